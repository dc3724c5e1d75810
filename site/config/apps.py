"""Gives the admin's link forms the labels Wagtail leaves to the names of their fields, which no catalogue can translate."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LINK_LABELS = {
    "link_text": _("Link text"),
    "email_address": _("Email address"),
    "subject": _("Subject"),
    "body": _("Message"),
    "phone_number": _("Phone number"),
}


class SiteConfig(AppConfig):
    name = "config"
    label = "site_config"
    verbose_name = _("Sala")

    def ready(self) -> None:
        from wagtail.admin.forms import choosers

        from config import checks  # noqa: F401

        link_forms = (
            choosers.ExternalLinkChooserForm,
            choosers.AnchorLinkChooserForm,
            choosers.EmailLinkChooserForm,
            choosers.PhoneLinkChooserForm,
        )
        for form in link_forms:
            for name in LINK_LABELS.keys() & form.base_fields.keys():
                form.base_fields[name].label = LINK_LABELS[name]
