"""The form of an institution: where it stands in the tree is one of its fields."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from .models import Institution
from .services import save_institution


class InstitutionChoiceField(forms.ModelChoiceField):
    def label_from_instance(self, institution: Institution) -> str:
        return "– " * (institution.depth - 1) + str(institution.name)


class InstitutionForm(WagtailAdminModelForm):
    parent = InstitutionChoiceField(
        label=_("part of"),
        queryset=Institution.objects.order_by("path"),
        required=False,
        help_text=_("The institution above it. Its focal points may then work on this one’s records too."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            below = Institution.objects.filter(path__startswith=self.instance.path)
            self.fields["parent"].queryset = self.fields["parent"].queryset.exclude(pk__in=below)
            self.initial["parent"] = self.instance.get_parent()

    def clean(self):
        cleaned = super().clean()
        province, country = cleaned.get("province"), cleaned.get("country")
        if province and country and province.country_id != country.pk:
            self.add_error("province", _("This province is in another country."))
        return cleaned

    def save(self, commit=True):
        super().save(commit=False)
        save_institution(self.instance, self.cleaned_data["parent"])
        return self.instance
