"""Who may open and change a list. A private list is its owner's alone, administrators included; what is in a shared one
is judged for each reader by `practices.access`."""

from __future__ import annotations

from django.db.models import Q

from practices.access.reader import Reader

from .models import ReadingList, Sharing


def is_own(reader: Reader, reading_list: ReadingList) -> bool:
    return reader.is_member and reading_list.owner_id == reader.user_id


def can_open(reader: Reader, reading_list: ReadingList) -> bool:
    if reading_list.deleted_at is not None:
        return False
    if is_own(reader, reading_list) or reading_list.sharing == Sharing.ANYONE:
        return True
    return reading_list.sharing == Sharing.MEMBERS and reader.is_member


def openable_q(reader: Reader) -> Q:
    """The twin of `can_open`."""
    allowed = Q(sharing=Sharing.ANYONE)
    if reader.is_member:
        allowed |= Q(sharing=Sharing.MEMBERS) | Q(owner=reader.user_id)
    return allowed & Q(deleted_at__isnull=True)


def can_change(reader: Reader, reading_list: ReadingList) -> bool:
    return is_own(reader, reading_list) and reading_list.deleted_at is None


def can_copy(reader: Reader, reading_list: ReadingList) -> bool:
    return reader.is_member and can_open(reader, reading_list)


def can_restore(reader: Reader, reading_list: ReadingList) -> bool:
    return is_own(reader, reading_list) and reading_list.deleted_at is not None
