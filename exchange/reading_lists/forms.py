"""The forms of lists: one for what a list is called and who may open it, one for keeping a record, one for a note."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.needs.forms import TidyField
from exchange.typed import tidy

from .models import DESCRIPTION_LIMIT, NAME_LIMIT, NOTE_LIMIT, ReadingList, Sharing


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any):
        super().__init__(max_length=NAME_LIMIT, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(tidy(super().to_python(value)).split())


class ListForm(forms.Form):
    name = NameField(label=_("Name of the list"), help_text=_("Example: For the visit to Ireland"))
    description = TidyField(
        label=_("What the list is for"),
        help_text=_("Example: What our team should read before we plan small houses."),
        required=False,
        limit=DESCRIPTION_LIMIT,
    )
    sharing = forms.ChoiceField(
        label=_("Who may open it"),
        help_text=_(
            "Whoever opens it sees your name, your notes, and only those records that they may see anyway. "
            "If you choose “Only me” again, the link that you passed on stops working."
        ),
        choices=Sharing,
        initial=Sharing.PRIVATE,
        widget=forms.RadioSelect,
    )


class KeepForm(forms.Form):
    """A list of one's own, or the name of a new one, which counts when both are there; without any list yet, only the name."""

    reading_list = forms.ChoiceField(label=_("List"), required=False)
    name = NameField(label=_("Name of a new list"), required=False, help_text=_("Example: To read for Monday"))

    def __init__(self, *args: Any, lists: list[ReadingList], **kwargs: Any):
        super().__init__(*args, **kwargs)
        free = [(one.token, one.name) for one in lists if not one.holds]
        if free:
            self.fields["reading_list"].choices = [*free, ("", _("A new list"))]
            self.fields["reading_list"].initial = free[0][0]
        else:
            del self.fields["reading_list"]
            self.fields["name"].required = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "reading_list" in self.fields and not cleaned.get("reading_list") and not cleaned.get("name"):
            self.add_error("name", _("Choose a list, or give a new one a name."))
        return cleaned


class NoteForm(forms.Form):
    note = TidyField(
        label=_("Note"), help_text=_("Example: Read the part on costs first."), required=False, limit=NOTE_LIMIT
    )
