"""The visit's own page of the admin, and what its import leaves in the history."""

from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from . import views
from .panels import IMPORT_LOG, notices_of


@hooks.register("register_admin_urls")
def register_urls():
    return [path("visits/new/", views.start, name="visits_start")]


@hooks.register("register_log_actions")
def register_log_actions(actions):
    @actions.register_action(IMPORT_LOG)
    class ImportFormatter(LogFormatter):
        label = gettext_lazy("Taken from a Word file")

        def format_message(self, log_entry):
            notices = " ".join(str(notice) for notice in notices_of(log_entry.data))
            return _("Taken from a Word file.") + (f" {notices}" if notices else "")
