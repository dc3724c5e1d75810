"""What search may know of a record that has editions: the texts open to anyone who may see the record, and its facets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.db import models
from django.db.models import prefetch_related_objects
from modelcluster.fields import ParentalManyToManyField

from practices.access.rules import State
from practices.search.registry import SearchDocument

from . import dates
from .citations import without_references
from .models import EditionPage, Record
from .projection import edition_class, texts_of


def documents(records: Sequence[Record]) -> Iterator[SearchDocument]:
    """A document per published record; the number of queries does not grow with the number of records of a kind.

    An archived one is found by nobody, though its pages stay as they were.
    """
    by_kind: dict[str, list[Record]] = defaultdict(list)
    for record in (record for record in records if record.state == State.PUBLISHED):
        by_kind[record.kind].append(record)
    for kind, same in by_kind.items():
        model = edition_class(kind)
        if model is not None:
            yield from _of_kind(model, same)


def _of_kind(model: type[EditionPage], records: list[Record]) -> Iterator[SearchDocument]:
    by_id = {record.pk: record for record in records}
    prefetch_related_objects(records, "listings", "tagged_items__tag", "institution")
    facts = [field.name for field in model._meta.get_fields() if isinstance(field, ParentalManyToManyField)]
    owners = [
        field.name for field in model._meta.get_fields() if isinstance(field, models.ForeignKey) and field.name in FACTS
    ]
    pages = (
        model.objects.filter(record__in=by_id, live=True)
        .select_related("locale", *owners)
        .prefetch_related(*facts)
        .order_by("record_id", "pk")
    )
    editions: dict[int, dict[str, EditionPage]] = defaultdict(dict)
    for page in pages:
        page.record = by_id[page.record_id]
        editions[page.record_id][page.locale.language_code] = page
    for pk, by_language in editions.items():
        record = by_id[pk]
        if record.source_language in by_language:
            yield _document(record, by_language)


FACTS = {"pillar", "country", "province", "host_country"}


def _document(record: Record, by_language: Mapping[str, EditionPage]) -> SearchDocument:
    source = by_language[record.source_language]
    # An edition that only mirrors the source's words has none of its own to find.
    own = {code: page for code, page in by_language.items() if page is source or not page.alias_of_id}
    return SearchDocument(
        record_id=record.pk,
        kind=record.kind,
        titles={code: page.title for code, page in own.items()},
        urls={listing.language: listing.url for listing in record.listings.all()},
        changed=record.changed_at,
        summaries={code: without_references(f"{page.one_line}\n{page.summary}") for code, page in own.items()},
        bodies={code: without_references("\n".join(_body(page))) for code, page in own.items()},
        facets={
            **source.facets(),
            "institution": [record.institution.code] if record.institution else [],
            "tag": [item.tag.slug for item in record.tagged_items.all()],
            "endorsement": [record.endorsement],
        },
        usefulness=record.used_count,
    )


def _body(page: EditionPage) -> Iterable[str]:
    skip = {page.title, page.one_line, page.summary}
    return (text for text in texts_of(page) if text not in skip)


def concept_labels(model: type[models.Model]) -> Callable[[Sequence[str]], dict[str, str]]:
    def labels(codes: Sequence[str]) -> dict[str, str]:
        return {row.code: str(row) for row in model.objects.filter(code__in=codes)}

    return labels


def tag_labels(slugs: Sequence[str]) -> dict[str, str]:
    from .models import RecordTag

    return {tag.slug: str(tag) for tag in RecordTag.objects.filter(slug__in=slugs)}


def language_labels(codes: Sequence[str]) -> dict[str, str]:
    return {code: str(name) for code, name in settings.LANGUAGES if code in codes}


def year_labels(years: Sequence[str]) -> dict[str, str]:
    return {year: dates.display(year) for year in years if re.fullmatch(r"\d{4}", year, re.ASCII)}


def choice_labels(*choices: type[models.TextChoices]) -> Callable[[Sequence[str]], dict[str, str]]:
    def labels(codes: Sequence[str]) -> dict[str, str]:
        known = {str(value): str(label) for choice in choices for value, label in choice.choices}
        return {code: known[code] for code in codes if code in known}

    return labels
