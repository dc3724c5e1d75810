"""The words of the moment: glossary, and names of facet values. Read once per change, not once per search.

Kept per process and compared with the clock, so that an editor's change acts on the next search everywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import get_language, override
from rapidfuzz import fuzz, process

from practices.catalogue.models import Institution

from . import registry
from .analysis import tokens
from .models import SearchClock, SearchRecord, undecided
from .normalise import fold
from .vocabulary import Vocabulary

# Facets whose values people type: suggested, and offered when nothing was found.
TYPED_FACETS = ("tag", "institution", "topic")
NEAR_ENOUGH = 62

_shared: dict[str, Wordbook] = {}


@dataclass(frozen=True, slots=True)
class Marked:
    """As much of a record as the component of the marks looks at."""

    institution: Institution | None
    endorsement: str
    get_endorsement_display: str
    is_example: bool
    source_language: str
    is_translated: bool = False

    @property
    def listing(self) -> Marked | None:
        return self if self.source_language else None


@dataclass(slots=True)
class Wordbook:
    key: tuple[object, int]
    vocabulary: Vocabulary
    _labels: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    _starts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _institutions: dict[int, Institution] = field(default_factory=dict)
    _marks: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict)

    def labels(self, facet: str, values: Collection[str]) -> dict[str, str]:
        """Names of facet values in the active language; a code that has no name stands for itself, and is not kept."""
        known = self._labels.setdefault((facet, get_language() or settings.LANGUAGE_CODE), {})
        missing = [value for value in values if value not in known]
        if missing:
            known.update({value: str(label) for value, label in registry.facet_labels(facet, missing).items()})
        return {value: known.get(value, value) for value in values}

    def beginning_with(self, typed: str, seen: dict[str, set[str]], language: str) -> list[tuple[str, str]]:
        """Terms and names that have `typed` at the start of one of their words, with their language."""
        begun = fold(typed)
        found = [
            (start_at, form_language != language, len(text), text, form_language)
            for text, form_language in self._words(seen)
            if (start_at := self._starts_with(text, begun)) is not None
        ]
        best: dict[str, str] = {}
        for _, _, _, text, form_language in sorted(found):
            best.setdefault(text, form_language)
        return list(best.items())

    def nearest(self, typed: str, seen: dict[str, set[str]], limit: int = 5) -> list[tuple[str, str]]:
        """Terms and names spelt most like what was typed."""
        words = dict(self._words(seen))
        choices = {text: fold(text) for text in words}
        best = process.extract(fold(typed), choices, scorer=fuzz.QRatio, limit=limit, score_cutoff=NEAR_ENOUGH)
        return [(text, words[text]) for _, _, text in best]

    def read_places(self, institution_ids: Collection[int]) -> None:
        missing = [key for key in institution_ids if key not in self._institutions]
        if missing:
            self._institutions.update(Institution.objects.select_related("country").in_bulk(missing))

    def place_and_marks(self, row: SearchRecord, shown_language: str) -> tuple[str, str]:
        """Whose the record is, and its small marks; `shown_language` is set where its title is not in the page's language."""
        institution = self._institutions.get(row.record.institution_id or 0)
        # Terms and needs are not endorsed, so nothing is said of it.
        endorsement = row.record.endorsement if "endorsement" in row.facets else ""
        key = (institution, endorsement, row.record.is_example, shown_language, get_language())
        if key not in self._marks:
            label = self.labels("endorsement", [endorsement])[endorsement]
            marked = Marked(institution, endorsement, label, row.record.is_example, shown_language)
            marks = render_to_string("components/marks.html", {"record": marked})
            self._marks[key] = (f"{institution} · {institution.country}" if institution else "", marks)
        return self._marks[key]

    def _words(self, seen: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
        for form in self.vocabulary.forms():
            yield form.text, form.language
        for language, _ in settings.LANGUAGES:
            with override(language):
                for facet, values in seen.items():
                    for label in self.labels(facet, values).values():
                        yield label, language

    def _starts_with(self, text: str, begun: str) -> int | None:
        starts = self._starts.get(text)
        if starts is None:
            starts = self._starts[text] = tuple(fold(text[token.start :]) for token in tokens(text))
        return next((number for number, start in enumerate(starts) if start.startswith(begun)), None)


def current() -> Wordbook:
    row = SearchClock.objects.order_by().values_list("generation", "vocabulary").first()
    key = row or (None, 0)
    kept = _shared.get(connection.alias)
    if kept and kept.key == key:
        return kept
    made = Wordbook(key, Vocabulary.of(registry.synonyms()))
    # What a transaction has not committed stays its own.
    if not undecided():
        _shared[connection.alias] = made
    return made
