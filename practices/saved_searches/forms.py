"""The one short form of a saved search: its name, and how often to hear of it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Frequency, SavedSearch


class SavedSearchForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=SavedSearch._meta.get_field("name").max_length,
        help_text=_("You see it in your list and in the mails. Example: Housing for women"),
    )
    frequency = forms.ChoiceField(
        label=_("Mail about new records"),
        choices=Frequency.choices,
        initial=Frequency.DAILY,
        widget=forms.RadioSelect,
        help_text=_("Each record is told once. Every mail has a link that ends it."),
    )
