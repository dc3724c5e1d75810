"""Searches in vain in the admin, for whoever may change the glossary: to mend by a term or a need, and to tick off."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView, HistoryView, SnippetViewSet, UsageView

from practices.glossary.models import GlossaryTerm
from practices.glossary.viewsets import TermPolicy

from .models import SHOWN_FROM, SearchQuestion
from .querysets import worklist


class QuestionPolicy(ModelPermissionPolicy):
    """Nobody makes or deletes one by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and TermPolicy(GlossaryTerm).user_has_permission(user, "change")

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: SearchQuestion) -> bool:
        return self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: SearchQuestion) -> bool:
        return self.user_has_any_permission(user, actions)


class OnlyIfEnoughAsked:
    """Until then not even an editor may see what somebody asked."""

    def get_object(self, *args: Any, **kwargs: Any) -> SearchQuestion:
        question = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if question.readers < SHOWN_FROM:
            raise Http404
        return question


class QuestionEditView(OnlyIfEnoughAsked, EditView):
    pass


class QuestionHistoryView(OnlyIfEnoughAsked, HistoryView):
    pass


class QuestionUsageView(OnlyIfEnoughAsked, UsageView):
    pass


class QuestionViewSet(SnippetViewSet):
    model = SearchQuestion
    edit_view_class = QuestionEditView
    history_view_class = QuestionHistoryView
    usage_view_class = QuestionUsageView
    icon = "search"
    menu_label = _("Searches in vain")
    menu_order = 316
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["text", "language", "readers", "found", "clicked", "get_state_display", "last_asked"]
    list_filter = ["state", "language"]
    ordering = ["-readers"]
    edit_handler = ObjectList(
        [HelpPanel(template="search_worklist/ways.html"), FieldPanel("state"), FieldPanel("note")],
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchQuestion]:
        return worklist()
