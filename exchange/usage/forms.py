"""What somebody may add to “I used this”. Nothing of it is required."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import WHERE_LIMIT, WORDS_LIMIT, Helped


class UseForm(forms.Form):
    where = forms.CharField(
        label=_("Where did you use it?"),
        required=False,
        max_length=WHERE_LIMIT,
        help_text=_("A kind of place or a province, no names of people. Example: a shelter in the north"),
    )
    helped = forms.ChoiceField(
        label=_("Did it help?"),
        required=False,
        choices=[*Helped.choices, ("", _("I cannot say yet"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("What helped, and what did not?"),
        required=False,
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Do not write anything by which a victim could be recognised. "
            "Example: The form was clear. We had to shorten the second part for children."
        ),
    )
