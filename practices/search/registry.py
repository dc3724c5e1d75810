"""What other apps tell the search: which text they have, what their facet values are called, which words mean the same.

Search never lists the apps. Each registers itself in its `AppConfig.ready`, and search asks whoever registered.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models.signals import post_delete, post_save

if TYPE_CHECKING:
    from django.db.models import Model

    from practices.catalogue.models import Record

# Every facet a reader may filter by, in the order in which the page shows them.
FACETS: tuple[str, ...] = (
    "kind",
    "topic",
    "pillar",
    "origin",
    "country",
    "province",
    "institution",
    "year",
    "tag",
    "endorsement",
    "status",
    "language",
)


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """All that search may know of one record: nothing in it may be for members only.

    Texts are plain, keyed by language code (`{"en": …, "th": …}`); a language the record lacks is left out.
    Facet values are stable codes. `urls` are paths a hit links to, by language.
    """

    record_id: int
    kind: str
    titles: Mapping[str, str]
    urls: Mapping[str, str]
    changed: datetime.datetime
    summaries: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)
    # Without "kind" and "language": search fills those two from `kind` and from the languages of `titles`.
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    usefulness: float = 0.0


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Forms that mean the same thing, in any language: `[("en", "victim of trafficking"), ("en", "VoT"), ("th", "ผู้เสียหาย…")]`."""

    key: str
    forms: Sequence[tuple[str, str]]


DocumentBuilder = Callable[["Sequence[Record]"], Iterable[SearchDocument]]
FacetLabels = Callable[[Sequence[str]], Mapping[str, str]]
Expansions = Callable[[], Iterable[Synonyms]]

_builders: dict[str, DocumentBuilder] = {}
_weights: dict[str, float] = {}
_labels: dict[str, list[FacetLabels]] = {}
_expansions: list[Expansions] = []


def register_document_source(kind: str, builder: DocumentBuilder, weight: float = 1.0) -> None:
    """Make records of `kind` searchable. A record for which `builder` yields nothing is not (or no longer) in the index.

    `weight` below 1 lets other kinds that match alike stand first: a practice before the word for it.
    """
    _builders[kind] = builder
    _weights[kind] = weight


def register_facet_labels(facet: str, labels: FacetLabels, models: Sequence[type[Model]] = ()) -> None:
    """Name the values of a facet in the active language; a code that has no name is shown as it is.

    Several may name values of one facet, each its own kind's; the first who knows a value names it. Saving one of `models` makes the next search read the names anew.
    """
    _labels.setdefault(facet, []).append(labels)
    _watch(models)


def register_expansions(source: Expansions, models: Sequence[type[Model]] = ()) -> None:
    """Add words that mean the same. Saving one of `models` makes the next search read them anew."""
    if source not in _expansions:
        _expansions.append(source)
    _watch(models)


def _watch(models: Sequence[type[Model]]) -> None:
    from .signal_handlers import reread_words

    for model in models:
        for signal in (post_save, post_delete):
            signal.connect(reread_words, sender=model, dispatch_uid=f"search.words.{model._meta.label}")


def kind_weights() -> Mapping[str, float]:
    """Of the kinds that do not weigh 1."""
    return {kind: weight for kind, weight in _weights.items() if weight != 1.0}


def builders() -> Mapping[str, DocumentBuilder]:
    return _builders


def facet_labels(facet: str, values: Sequence[str]) -> Mapping[str, str]:
    """The names of those values that have one; readers may ask for values that nobody knows."""
    named: dict[str, str] = {}
    for provider in _labels.get(facet, ()) if values else ():
        named = {**provider(values), **named}
    return named


def synonyms() -> list[Synonyms]:
    return [group for source in _expansions for group in source()]
