"""Mends what Wagtail's admin says in English past its catalogues: labels of the link forms, the first breadcrumb of snippets."""

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
        from wagtail.snippets.views import snippets
        from wagtail_localize import wagtail_hooks as localize

        from config import checks  # noqa: F401

        # They translate a breadcrumb and a menu entry once, into the language of whoever comes first.
        snippets._ = localize._ = _

        link_forms = (
            choosers.ExternalLinkChooserForm,
            choosers.AnchorLinkChooserForm,
            choosers.EmailLinkChooserForm,
            choosers.PhoneLinkChooserForm,
        )
        for form in link_forms:
            for name in LINK_LABELS.keys() & form.base_fields.keys():
                form.base_fields[name].label = LINK_LABELS[name]
