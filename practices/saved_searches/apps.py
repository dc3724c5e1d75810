"""Searches that people keep, and the records that came to match them since."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SavedSearchesConfig(AppConfig):
    name = "practices.saved_searches"
    label = "saved_searches"
    verbose_name = _("Saved searches")
