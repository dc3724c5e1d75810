"""Tells people by mail what has come to match their saved searches: brings together what is known and the mail."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AlertsConfig(AppConfig):
    name = "exchange.alerts"
    label = "alerts"
    verbose_name = _("Alerts")

    def ready(self) -> None:
        from .letters import register_letters

        register_letters()
