"""“I used this”: who used a record at work, and whether it helped. Readers see how many; the owner sees who and what they wrote."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UsageConfig(AppConfig):
    name = "exchange.usage"
    label = "usage"
    verbose_name = _("Use of records")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import letters
        from .models import Use
        from .viewsets import UsePolicy

        letters.register()
        register_permission_policy(Use, UsePolicy(Use))
