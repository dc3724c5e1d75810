"""Records with text for the search, without the pages that would bring it in the real catalogue."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.db import connection
from django.utils import timezone

from practices.access.rules import State, Visibility
from practices.catalogue.models import Record
from practices.search import registry, services
from practices.search.idsets import batches
from practices.search.registry import SearchDocument

_numbers = itertools.count(1)
DAY = datetime.timedelta(days=1)


class Shelf:
    """A document source for tests: what was put on it can be found."""

    def __init__(self) -> None:
        self.documents: dict[int, SearchDocument] = {}

    def build(self, records: Sequence[Record]) -> Iterator[SearchDocument]:
        return (self.documents[record.pk] for record in records if record.pk in self.documents)

    def put(
        self,
        titles: dict[str, str],
        bodies: dict[str, str] | None = None,
        *,
        visibility: str = Visibility.PUBLIC,
        state: str = State.PUBLISHED,
        institution: object = None,
        days_old: int = 0,
        kind: str = "practice",
        index: bool = True,
        **fields: object,
    ) -> Record:
        number = next(_numbers)
        record = Record.objects.create(
            kind=kind,
            code=f"T-{number}",
            source_language="en",
            visibility=visibility,
            state=state,
            institution=institution,
        )
        self.documents[record.pk] = SearchDocument(
            record_id=record.pk,
            kind=kind,
            titles=titles,
            urls={language: f"/{language}/t-{number}/" for language in titles},
            bodies=bodies or {},
            changed=timezone.now() - days_old * DAY,
            **fields,  # type: ignore[arg-type]
        )
        if index:
            services.index_records([record.pk])
        return record

    def put_many(self, title: str, count: int) -> None:
        """Records that differ by a number and by a second."""
        now = timezone.now()
        made = Record.objects.bulk_create(
            Record(kind="practice", code=f"M-{next(_numbers)}", source_language="en", state=State.PUBLISHED)
            for _ in range(count)
        )
        for number, record in enumerate(made):
            self.documents[record.pk] = SearchDocument(
                record_id=record.pk,
                kind="practice",
                titles={"en": f"{title} {number}"},
                urls={"en": f"/en/m-{record.pk}/"},
                changed=now - number * datetime.timedelta(seconds=1),
            )
        for keys in batches(record.pk for record in made):
            services.index_records(keys)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # inside a test's transaction nobody else tells the planner of so many rows

    def change(self, record: Record, **fields: object) -> None:
        self.documents[record.pk] = replace(self.documents[record.pk], **fields)  # type: ignore[arg-type]
        services.index_records([record.pk])

    def take_away(self, record: Record) -> None:
        del self.documents[record.pk]
        services.index_records([record.pk])


@contextmanager
def shelf() -> Iterator[Shelf]:
    """Stands in for the catalogue's own sources while a test runs; words that mean the same are the test's own too."""
    kept, kept_weights, kept_expansions = dict(registry._builders), dict(registry._weights), list(registry._expansions)
    made = Shelf()
    registry._builders.clear()
    registry._expansions.clear()
    for kind in ("practice", "adaptation"):
        registry.register_document_source(kind, made.build)
    try:
        yield made
    finally:
        registry._builders.clear()
        registry._builders.update(kept)
        registry._weights.update(kept_weights)
        registry._expansions[:] = kept_expansions
