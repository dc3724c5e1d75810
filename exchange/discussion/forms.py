"""The one field of a comment. Its rules are those of the service, told beside the field."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from . import services


class CommentForm(forms.Form):
    # No maxlength attribute: a browser would cut pasted text without a word.
    body = forms.CharField(
        label=_("Your comment"),
        strip=False,
        error_messages={"required": _("Write something first.")},
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Do not write anything by which a victim could be recognised. "
            "You can use **bold**, *italic*, lists and links."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].validators = []  # NUL and its kin are taken out by the service instead

    def clean_body(self) -> str:
        return services.clean_body(self.cleaned_data["body"])
