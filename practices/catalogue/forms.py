"""What is checked of every edition before it is saved, and more strictly before it is published; each error stands beside its field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import StreamValue
from wagtail.blocks.list_block import ListValue

from practices.access.reader import reader_for
from practices.access.rules import State, visible_q

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
        if "slug" in self.fields:
            self.fields["slug"].required = False  # made from the title when the page is saved
        if self.instance.record_id and "tag_labels" in self.fields:
            from .tagging import labels_of

            language = self.instance.locale.language_code
            self.initial["tag_labels"] = ", ".join(labels_of(self.instance.record, language))
        self._offer_only_open_records()

    def add_prefix(self, field_name: str) -> str:
        """In a browser a form with a field called “action” has no address any more, and Wagtail saves to that address as one types."""
        return super().add_prefix("of_action" if field_name == "action" else field_name)

    def _offer_only_open_records(self) -> None:
        record_model = apps.get_model("catalogue.Record")
        for name, field in self.fields.items():
            queryset = getattr(field, "queryset", None)
            if queryset is not None and queryset.model is record_model:
                chosen = Q(pk=getattr(self.instance, f"{name}_id", None))
                open_to_user = visible_q(reader_for(self.for_user)) & ~Q(state=State.ARCHIVED)
                field.queryset = queryset.filter(open_to_user | chosen).for_cards()

    def defer_required_fields(self):
        super().defer_required_fields()
        # Wagtail takes lists of words for columns that cannot be empty; a draft may well lack them.
        for name, field in self.fields.items():
            if field.required and isinstance(field, forms.ModelMultipleChoiceField):
                field.required = False
                self.deferred_required_fields.append(name)

    def clean(self):
        cleaned = super().clean()
        for name, value in list(cleaned.items()):
            if any(CONTROL.search(text) for text in texts_in(value)):
                self.add_error(name, _("There is an invisible control character in the text. Type the text again."))
        self._check_chosen_records(cleaned)
        if not self.is_deferred_validation:  # a draft may be unfinished: nothing typed is lost
            self._check_citations(cleaned)
            self._check_period(cleaned)
            self._check_provinces(cleaned)
        return cleaned

    def _check_chosen_records(self, cleaned: dict[str, Any]) -> None:
        """A record's id in a block may have been typed by hand: whoever may not open it cannot point at it."""
        record_model = apps.get_model("catalogue.Record")
        chosen = {
            name: pks
            for name, value in cleaned.items()
            if (pks := {record.pk for record in instances_in(value, record_model)})
        }
        if chosen:
            wanted = {pk for pks in chosen.values() for pk in pks}
            found = record_model.objects.visible_to(reader_for(self.for_user)).filter(pk__in=wanted)
            hidden = wanted - set(found.values_list("pk", flat=True))
            for name, pks in chosen.items():
                if pks & hidden and name in self.changed_data:
                    self.add_error(name, _("One of the records chosen here is not open to you. Choose another."))

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


def instances_in(value: Any, model: type) -> Iterator[Any]:
    """Every instance of the model that the blocks of a stream hold."""
    if isinstance(value, model):
        yield value
    elif isinstance(value, StreamValue | ListValue):
        for item in value:
            yield from instances_in(item.value if isinstance(value, StreamValue) else item, model)
    elif isinstance(value, dict):
        for item in value.values():
            yield from instances_in(item, model)


def _texts_in_all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from texts_in(value)
