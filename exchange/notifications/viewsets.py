"""The stored mails in the admin: where each one is, and what to do about one that does not leave. Never what it says."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies.base import ModelPermissionPolicy

from practices.access.reader import reader_for

from .models import Mail, MailState


class MailPolicy(ModelPermissionPolicy):
    """Administrators look on; nobody writes, changes or deletes a mail here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and reader_for(user).is_administrator

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class MailIndexView(generic.IndexView):
    def get_base_queryset(self) -> Any:
        return Mail.objects.select_related("recipient")

    def get_list_more_buttons(self, instance: Mail) -> list[Any]:
        buttons = []
        if instance.state in (MailState.WAITING, MailState.FAILED):
            buttons.append(
                MenuItem(_("Try again now"), url=reverse("mail_try_again", args=[instance.pk]), icon_name="rotate")
            )
        if instance.state == MailState.WAITING:
            buttons.append(MenuItem(_("Give up"), url=reverse("mail_give_up", args=[instance.pk]), icon_name="cross"))
        return buttons


class MailViewSet(ModelViewSet):
    model = Mail
    icon = "mail"
    menu_label = gettext_lazy("Mails")
    menu_order = 410
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    index_view_class = MailIndexView
    ordering = ["-created_at", "-pk"]
    list_filter = ["state"]
    search_fields = ["recipient__email", "address", "last_error"]
    search_backend_name = None
    list_display = [
        "to",
        Column("kind_name", label=gettext_lazy("Kind")),
        Column("get_state_display", label=gettext_lazy("State"), sort_key="state"),
        DateColumn("created_at", label=gettext_lazy("Written"), sort_key="created_at"),
        Column("attempts", label=gettext_lazy("Attempts"), sort_key="attempts"),
        Column("last_error", label=gettext_lazy("Last error")),
    ]
