"""What search may know of a need: its words and its topic, never who asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from django.db.models import prefetch_related_objects

from practices.access.rules import State
from practices.catalogue.bilingual import own_texts
from practices.catalogue.models import Record
from practices.search.registry import SearchDocument

from .models import TrainingNeed


def documents(records: Sequence[Record]) -> Iterator[SearchDocument]:
    """Three queries, whatever the number of records. Withdrawn needs, and those merged into another, are not found."""
    prefetch_related_objects(records, "listings")
    by_id = {record.pk: record for record in records if record.state == State.PUBLISHED}
    needs = TrainingNeed.objects.filter(record__in=by_id, merged_into__isnull=True).select_related("topic")
    for need in needs:
        record = by_id[need.record_id]
        bodies: dict[str, list[str]] = defaultdict(list)
        for words in (need.work_situation, need.existing_training):
            for language, text in own_texts(words).items():
                bodies[language].append(text)
        yield SearchDocument(
            record_id=record.pk,
            kind=record.kind,
            titles=own_texts(need.statement),
            urls={listing.language: listing.url for listing in record.listings.all()},
            changed=record.changed_at,
            bodies={language: "\n".join(texts) for language, texts in bodies.items()},
            facets={"topic": [need.topic.code], "status": [need.status], "year": [str(record.created_at.year)]},
        )
