"""Who may say that they used a record, and who may read what they wrote about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from practices.access.reader import Reader
from practices.access.rules import State, can_edit, can_view
from practices.catalogue.models import Kind, Record

if TYPE_CHECKING:
    from .models import Use

# What somebody can take into their own work.
USABLE = {Kind.PRACTICE, Kind.ADAPTATION, Kind.BROCHURE}


def can_be_used(record: Record) -> bool:
    return record.kind in USABLE and record.state == State.PUBLISHED


def can_use(reader: Reader, record: Record) -> bool:
    return reader.is_member and can_be_used(record) and can_view(reader, record)


def can_read_words(reader: Reader, use: Use) -> bool:
    """Its queryset twin for owners is `UseQuerySet.of_own_records`."""
    return (reader.is_member and use.user_id == reader.user_id) or (
        can_edit(reader, use.record) and use.record.state != State.ARCHIVED
    )
