"""What readers looked for in vain, as work for editors; hears of each search by a signal and never stands in its way."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchWorklistConfig(AppConfig):
    name = "practices.search_worklist"
    label = "search_worklist"
    verbose_name = _("Searches in vain")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from . import signal_handlers  # noqa: F401
        from .models import SearchQuestion
        from .viewsets import QuestionPolicy

        register_permission_policy(SearchQuestion, QuestionPolicy(SearchQuestion))
