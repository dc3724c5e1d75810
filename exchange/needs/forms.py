"""The short form of a need: five questions, what is optional folded, who asks hidden unless they say otherwise."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.typed import tidy
from practices.access.reader import Reader
from practices.access.rules import Visibility
from practices.catalogue.models import Topic

from .models import Difficulty, TrainingNeed
from .querysets import answers_for

LONGEST = 2_000


class TidyField(forms.CharField):
    """Text with a limit of its own: the browser's would cut what is pasted without a word, and NUL is no reason to refuse."""

    widget = forms.Textarea

    def __init__(self, *, rows: int = 3, limit: int = LONGEST, **kwargs: Any):
        super().__init__(strip=False, **kwargs)
        self.validators, self.limit = [], limit
        self.widget.attrs["rows"] = rows

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))

    def validate(self, value: str) -> None:
        super().validate(value)
        over = len(value) - self.limit
        if over > 0:
            message = ngettext(
                "This is %(count)s character too long. Please shorten it.",
                "This is %(count)s characters too long. Please shorten it.",
                over,
            )
            raise ValidationError(message % {"count": over}, code="max_length")


def is_key(value: str) -> bool:
    """A number that can be the key of a row: longer ones make databases fail."""
    return value.isascii() and value.isdigit() and len(value) < 18


class RecordsField(forms.ModelMultipleChoiceField):
    def clean(self, value: Any) -> Any:
        for key in value or []:
            if not is_key(str(key)):
                raise ValidationError(
                    self.error_messages["invalid_pk_value"], code="invalid_pk_value", params={"pk": key}
                )
        return super().clean(value)


class NeedForm(forms.Form):
    statement = TidyField(
        label=_("What is hard, or what do you want to learn?"),
        help_text=_(
            "In your own words. Do not name or describe a person. "
            "Example: “How do I talk with a child who is afraid of officials?”"
        ),
    )
    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=_("Topic"), to_field_name="code", empty_label=_("Choose a topic")
    )
    difficulty = forms.ChoiceField(
        label=_("What is hard about it?"), choices=Difficulty, widget=forms.RadioSelect, initial=Difficulty.KNOWING
    )
    existing_training = TidyField(
        label=_("Which training or guidance did you look for, and why was it not enough?"),
        help_text=_("“None found” is an answer."),
        rows=2,
    )
    work_situation = TidyField(
        label=_("When does it come up at work?"),
        help_text=_("Example: at the first interview, with an interpreter"),
        required=False,
        rows=2,
    )
    show_name = forms.BooleanField(
        label=_("Show my name with this need"),
        help_text=_("Without this mark nobody who reads the need learns who asked, and nothing says where you work."),
        required=False,
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        choices=[(value, Visibility(value).label) for value in (Visibility.PUBLIC, Visibility.MEMBERS)],
        initial=Visibility.PUBLIC,
    )
    suggested = RecordsField(queryset=None, required=False)

    more = ("work_situation", "visibility")

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["suggested"].queryset = answers_for(reader)

    def more_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.more]

    @property
    def more_is_open(self) -> bool:
        return any(
            self[name].errors or (self[name].value() or "") != (self.fields[name].initial or "") for name in self.more
        )

    def chosen(self) -> set[str]:
        """Keys of the ticked records, also of a form that is shown again."""
        return {str(value) for value in self["suggested"].value() or [] if is_key(str(value))}


def values_of(need: TrainingNeed) -> dict[str, Any]:
    """What the form shows of a need to its asker: the words in the language they were written in."""
    language = need.record.source_language
    return {
        "statement": need.statement.localize(language),
        "topic": need.topic.code,
        "difficulty": need.difficulty,
        "existing_training": need.existing_training.localize(language),
        "work_situation": need.work_situation.localize(language) if need.work_situation else "",
        "show_name": need.show_name,
        "visibility": need.record.visibility,
        "suggested": list(need.suggested_practices.values_list("pk", flat=True)),
    }
