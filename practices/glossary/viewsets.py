"""The glossary in the admin: saving goes through the service, and a term is taken out of lists instead of being deleted."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from practices.access.rules import State

from .models import GlossaryTerm
from .services import list_term, save_term


class TermPolicy(ModelPermissionPolicy):
    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)


class TermForm(WagtailAdminModelForm):
    is_listed = forms.BooleanField(
        label=_("readers can find it"),
        required=False,
        initial=True,
        help_text=_("Take the mark away to take the term out of the glossary. You can put it back."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if self.instance.record_id:
            self.initial["is_listed"] = self.instance.record.state == State.PUBLISHED

    def save(self, commit: bool = True) -> GlossaryTerm:
        term = save_term(super().save(commit=False))
        return list_term(term, self.cleaned_data["is_listed"], self.for_user)


class TermViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 315
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "code"]
    ordering = ["code"]
    edit_handler = ObjectList(
        [
            FieldPanel("term"),
            FieldPanel("code", help_text=_("A short name in Latin letters, used in its address. Example: referral")),
            FieldPanel("abbreviations"),
            FieldPanel("synonyms"),
            HelpPanel(template="glossary/admin/preview_panel.html", heading=_("What readers would find")),
            FieldPanel("definition"),
            FieldPanel("is_listed"),
        ],
        base_form_class=TermForm,
    )
