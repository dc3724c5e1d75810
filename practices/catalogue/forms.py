"""What is checked of every edition before it is saved, and more strictly before it is published; each error stands beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue

CITATION = re.compile(r"\[\^([^\]\s]{1,80})\]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
LONGEST_TAG = 80


class TagLabelsField(forms.CharField):
    """Tags as people type them: words divided by commas."""

    def clean(self, value: Any) -> list[str]:
        labels = [" ".join(label.split()) for label in re.split(r"[,،;\n]", super().clean(value))]
        labels = list(dict.fromkeys(filter(None, labels)))
        for label in labels:
            if len(label) > LONGEST_TAG:
                raise ValidationError(
                    _("“%(label)s…” is too long for a tag (%(limit)d characters at most). Divide tags by commas."),
                    params={"label": label[:40], "limit": LONGEST_TAG},
                    code="too-long",
                )
        return labels


class EditionForm(WagtailAdminPageForm):
    tag_labels = TagLabelsField(
        label=_("Tags"),
        required=False,
        help_text=_(
            "Your own words, divided by commas, in the language of this page. They hold for every language and at once. "
            "Example: night outreach, mobile team"
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.record_id and "tag_labels" in self.fields:
            from .tagging import labels_of

            language = self.instance.locale.language_code
            self.initial["tag_labels"] = ", ".join(labels_of(self.instance.record, language))

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if any(CONTROL.search(text) for text in texts_in(value)):
                self.add_error(name, _("There is an invisible control character in the text. Type the text again."))
        if not self.is_deferred_validation:  # a draft may be unfinished: nothing typed is lost
            self._check_citations(cleaned)
            self._check_period(cleaned)
            self._check_provinces(cleaned)
        return cleaned

    def _check_citations(self, cleaned: dict[str, Any]) -> None:
        cited = {
            name: keys
            for name, value in cleaned.items()
            if (keys := list(dict.fromkeys(key for text in texts_in(value) for key in CITATION.findall(text))))
        }
        if not cited:
            return
        wanted = {key for keys in cited.values() for key in keys}
        known = set(apps.get_model("catalogue.Source").objects.filter(key__in=wanted).values_list("key", flat=True))
        for name, keys in cited.items():
            for key in keys:
                if key not in known:
                    self.add_error(
                        name,
                        ValidationError(
                            _("No source has the key “%(key)s”. Check how it is written, or add the source first."),
                            params={"key": key},
                            code="unknown-source",
                        ),
                    )

    def _check_period(self, cleaned: dict[str, Any]) -> None:
        start, end = cleaned.get("start") or "", cleaned.get("end") or ""
        shared = min(len(start), len(end))  # "2018" does not end before "2018-04"
        if shared and end[:shared] < start[:shared]:
            self.add_error("end", _("The end comes before the beginning."))

    def _check_provinces(self, cleaned: dict[str, Any]) -> None:
        country = cleaned.get("country")
        for name in ("province", "provinces"):
            chosen = cleaned.get(name)
            if not chosen or country is None:
                continue
            for province in [chosen] if hasattr(chosen, "country_id") else chosen:
                if province.country_id != country.pk:
                    self.add_error(
                        name,
                        ValidationError(
                            _("%(province)s is not in %(country)s."),
                            params={"province": province, "country": country},
                            code="wrong-country",
                        ),
                    )

    def save(self, commit=True):
        # The record may not be there yet; what is typed is applied once the page is saved (see `wagtail_hooks`).
        if "tag_labels" in self.changed_data:
            self.instance.typed_tag_labels = self.cleaned_data["tag_labels"]
        return super().save(commit=commit)


def texts_in(value: Any) -> Iterator[str]:
    """Every text in the value of a field, however deep in its blocks."""
    if isinstance(value, StreamValue):
        value = value.get_prep_value()
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts_in_all(value.values())
    elif isinstance(value, list):
        yield from _texts_in_all(value)


def _texts_in_all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from texts_in(value)
