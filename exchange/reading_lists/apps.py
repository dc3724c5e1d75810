"""Reading lists: what a person keeps to read, to print or to pass on."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadingListsConfig(AppConfig):
    name = "exchange.reading_lists"
    label = "reading_lists"
    verbose_name = _("Reading lists")
