"""Needs in the admin: organisers merge them, follow their status and name what may help. Nobody makes, deletes or unmasks one there."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import EditView, HistoryView, SnippetViewSet, UsageView

from practices.access.reader import reader_for
from practices.access.rules import State
from practices.catalogue.models import Record

from . import rules, services
from .models import TrainingNeed
from .querysets import answers_for


class NeedPolicy(ModelPermissionPolicy):
    """Needs are made by those who have them, on the public side, and are taken out of lists instead of being deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"view", "change"} and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: TrainingNeed) -> bool:
        return self.user_has_permission(user, action) and rules.can_open(reader_for(user), instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: TrainingNeed) -> bool:
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)


class NeedAdminForm(WagtailAdminModelForm):
    merged_code = forms.CharField(
        label=_("the same as"),
        required=False,
        help_text=_("Code of the need that says the same and stays. Everybody who asked counts there. Example: TN-12"),
    )
    suggested_codes = forms.CharField(
        label=_("practices that may help"),
        required=False,
        help_text=_("Codes of records, divided by commas. Example: PR-3, AD-7"),
    )
    is_listed = forms.BooleanField(
        label=_("readers can find it"),
        required=False,
        help_text=_("Take the mark away to take the need out of all lists. You can put it back."),
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        need = self.instance
        self.initial["merged_code"] = need.merged_into.record.code if need.merged_into else ""
        self.initial["suggested_codes"] = ", ".join(
            need.suggested_practices.order_by("pk").values_list("code", flat=True)
        )
        self.initial["is_listed"] = need.record.state == State.PUBLISHED

    def clean_merged_code(self) -> TrainingNeed | None:
        code = self.cleaned_data["merged_code"].strip().upper()
        if not code:
            if self.instance.merged_into_id:
                raise ValidationError(_("A merged need stays merged: those who asked are counted with the other one."))
            return None
        found = TrainingNeed.objects.filter(rules.openable_q(reader_for(self.for_user)), record__code=code).first()
        if found is None:
            raise ValidationError(_("There is no need with this code."))
        if found.pk != self.instance.merged_into_id and (found.pk == self.instance.pk or found.merged_into_id):
            raise ValidationError(_("Choose another need, one that is not itself merged."))
        return found

    def clean_suggested_codes(self) -> list[Record]:
        codes = {code.upper() for code in re.split(r"[\s,;]+", self.cleaned_data["suggested_codes"]) if code}
        found = list(answers_for(reader_for(self.for_user)).filter(code__in=codes))
        unknown = codes - {record.code for record in found}
        if unknown:
            raise ValidationError(
                _("There is no such practice: %(codes)s"), params={"codes": ", ".join(sorted(unknown))[:200]}
            )
        return found

    def save(self, commit: bool = True) -> TrainingNeed:
        need = super().save(commit=False)
        data = self.cleaned_data
        return services.curate_need(
            need, self.for_user, data["suggested_codes"], merged_into=data["merged_code"], is_listed=data["is_listed"]
        )


class OpenOnly:
    """404 for a need that this person could not open either on the public side."""

    def get_object(self, *args: Any, **kwargs: Any) -> TrainingNeed:
        need = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not rules.can_open(reader_for(self.request.user), need):  # type: ignore[attr-defined]
            raise Http404
        return need


class NeedEditView(OpenOnly, EditView):
    pass


class NeedHistoryView(OpenOnly, HistoryView):
    pass


class NeedUsageView(OpenOnly, UsageView):
    pass


class NeedViewSet(SnippetViewSet):
    model = TrainingNeed
    icon = "help"
    menu_label = _("Training needs")
    menu_order = 250
    add_to_admin_menu = True
    copy_view_enabled = False
    list_display = ["__str__", "topic", "difficulty", "status"]
    list_filter = ["status", "topic", "difficulty"]
    edit_view_class = NeedEditView
    history_view_class = NeedHistoryView
    usage_view_class = NeedUsageView
    edit_handler = ObjectList(
        [
            FieldPanel("statement"),
            FieldPanel("work_situation"),
            FieldRowPanel([FieldPanel("topic"), FieldPanel("target_group")]),
            FieldRowPanel([FieldPanel("difficulty"), FieldPanel("status")]),
            FieldPanel("existing_training"),
            FieldPanel("suggested_codes"),
            FieldPanel("merged_code"),
            FieldPanel("is_listed"),
        ],
        base_form_class=NeedAdminForm,
    )

    def get_queryset(self, request: Any) -> Any:
        seen = TrainingNeed.objects.filter(rules.openable_q(reader_for(request.user)))
        return seen.select_related("record", "topic").order_by("-pk")
