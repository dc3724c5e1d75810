"""What people made of one's records, as a list in the admin to read, filter and export. Nobody writes there."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import InspectView, SnippetViewSet

from practices.access.reader import reader_for

from . import rules
from .models import Use


class UsePolicy(ModelPermissionPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Use) -> bool:
        return self.user_has_permission(user, action) and rules.can_read_words(reader_for(user), instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Use) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)


class UseInspectView(InspectView):
    def get_object(self, *args: Any, **kwargs: Any) -> Use:
        use = super().get_object(*args, **kwargs)
        if not rules.can_read_words(reader_for(self.request.user), use):
            raise Http404
        return use


class UseViewSet(SnippetViewSet):
    model = Use
    icon = "tick"
    menu_label = _("Used at work")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = UseInspectView
    inspect_view_fields = ["record", "version", "where", "helped", "words", "created_at"]
    list_display = ["__str__", "who", "where", "get_helped_display", "created_at"]
    list_filter = ["helped"]
    list_export = ["record", "where", "helped", "words", "created_at"]

    def get_queryset(self, request: Any) -> Any:
        uses = Use.objects.of_own_records(reader_for(request.user))
        return uses.select_related("record", "user").prefetch_related("record__listings").order_by("-created_at", "-pk")
