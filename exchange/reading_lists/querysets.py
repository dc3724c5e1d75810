"""Reads of lists. What a reader may not see of a list is neither shown nor counted; only its owner learns that something is gone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from exchange.typed import language_of
from practices.access.reader import Reader
from practices.access.rules import State, visible_q
from practices.catalogue.models import Record
from practices.catalogue.models.record import RecordQuerySet

from . import rules
from .models import Item, ReadingList

OFFERED = 50


def readable_records(reader: Reader) -> RecordQuerySet:
    """What can be kept in a list, and is shown in one."""
    return Record.objects.published().visible_to(reader)


def own_lists(reader: Reader) -> QuerySet[ReadingList]:
    """Those changed last first, each with `shown`, the number of its records that its owner may still open."""
    seen = visible_q(reader, "items__record__") & Q(items__record__state=State.PUBLISHED)
    return (
        ReadingList.objects.filter(owner=reader.user_id, deleted_at__isnull=True)
        .annotate(shown=Count("items", filter=seen))
        .order_by("-changed_at", "-pk")
    )


def deleted_lists(reader: Reader) -> QuerySet[ReadingList]:
    return ReadingList.objects.filter(owner=reader.user_id, deleted_at__isnull=False).order_by("-deleted_at", "-pk")


def lists_to_keep_in(reader: Reader, record: Record) -> list[ReadingList]:
    """This person's lists, those used last first, each with `holds`: whether the record is in it. One query."""
    inside = Item.objects.filter(reading_list=OuterRef("pk"), record=record)
    own = ReadingList.objects.filter(owner=reader.user_id, deleted_at__isnull=True)
    return list(own.annotate(holds=Exists(inside)).order_by("-changed_at", "-pk")[:OFFERED])


@dataclass(frozen=True)
class ShownItem:
    """A line of a list as this reader meets it. Without a record, it is one that its owner may no longer open."""

    item: Item
    record: Record | None
    note_language: str


def items_for(reading_list: ReadingList, reader: Reader) -> list[ShownItem]:
    """Three queries, whatever the number of records: at most a hundred, for a list is also read on paper, as a whole."""
    items = list(reading_list.items.all())
    records = readable_records(reader).for_cards().in_bulk([item.record_id for item in items])
    is_own = rules.is_own(reader, reading_list)
    return [
        ShownItem(item, records.get(item.record_id), language_of(item.note, reading_list.language))
        for item in items
        if is_own or item.record_id in records
    ]
