"""The one step before a visit summary: what the draft is filled from."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from practices.access.reader import reader_for
from practices.catalogue.dates import PartialDateFormField
from practices.catalogue.folders import folder_in, institutions_to_write_for, own_institution
from practices.catalogue.models import Country, Institution, Record

from .docx_import import ImportedNotes, read_notes
from .querysets import actions_open_to, latest_action


class ActionField(forms.ModelChoiceField):
    def label_from_instance(self, action: Record) -> str:
        return action.listing.title if action.listing else action.code


class StartVisitForm(forms.Form):
    institution = forms.ModelChoiceField(Institution.objects.none(), label=_("Institution"))
    action = ActionField(
        Record.objects.none(),
        label=_("Action"),
        required=False,
        empty_label=_("None, or not known"),
        help_text=_("The Action that paid for the visit. We offer the latest one your institution asked for."),
    )
    host_country = forms.ModelChoiceField(Country.objects.all(), label=_("Host country"))
    start = PartialDateFormField(
        label=_("From"), required=False, help_text=_("A day, a month or a year, in either era. Example: เมษายน 2561")
    )
    end = PartialDateFormField(label=_("Until"), required=False)
    language = forms.ChoiceField(
        label=_("Language you write in"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        help_text=_("The other language can be added later."),
    )
    notes = forms.FileField(
        label=_("Notes in a Word file"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".docx"}),
        help_text=_(
            "A .docx of up to 20 MB. Its text becomes the draft; what Sala does not understand is listed. "
            "The file itself is not kept."
        ),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.imported: ImportedNotes | None = None
        reader = reader_for(user)
        institutions = institutions_to_write_for(user)
        own = own_institution(user, institutions)
        self.fields["institution"].queryset = institutions
        if institutions.count() == 1:
            self.fields["institution"].widget = forms.HiddenInput()
        self.fields["action"].queryset = actions_open_to(reader)
        self.initial.setdefault("institution", own)
        self.initial.setdefault("action", latest_action(own, reader) if own else None)
        self.initial.setdefault("language", user.language)

    def clean_notes(self):
        notes = self.cleaned_data["notes"]
        if notes:
            self.imported = read_notes(notes)
        return notes

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("start") or "", cleaned.get("end") or ""
        shared = min(len(start), len(end))
        if shared and end[:shared] < start[:shared]:
            self.add_error("end", ValidationError(_("The end comes before the beginning."), code="period"))
        return cleaned

    @property
    def folder(self):
        return folder_in(self.cleaned_data["institution"], self.cleaned_data["language"])
