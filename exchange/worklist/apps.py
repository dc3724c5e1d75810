from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorklistConfig(AppConfig):
    name = "exchange.worklist"
    label = "worklist"
    verbose_name = _("Worklist")

    def ready(self) -> None:
        from . import signal_handlers  # noqa: F401
