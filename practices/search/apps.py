"""The search app: one analysis and one record table behind every engine."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "practices.search"
    label = "search"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import signal_handlers

        signal_handlers.connect()
