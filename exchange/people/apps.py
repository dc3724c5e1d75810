from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "exchange.people"
    label = "people"
    verbose_name = _("People")

    def ready(self) -> None:
        from practices.access.reader import register_reader_source

        from . import signal_handlers  # noqa: F401
        from .letters import register_letters
        from .querysets import reader_of

        register_reader_source(reader_of)
        register_letters()
