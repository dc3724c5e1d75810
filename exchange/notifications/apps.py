"""Every mail Sala sends: stored first, in the transaction of what it tells of, then sent in the background."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "exchange.notifications"
    label = "notifications"
    verbose_name = _("Mail")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from .backend import register_message_kind
        from .models import Mail
        from .viewsets import MailPolicy

        register_message_kind()
        register_permission_policy(Mail, MailPolicy(Mail))
