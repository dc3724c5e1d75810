"""Who may see, change and support a need. It has no institution, so that nothing says where its asker works."""

from __future__ import annotations

from django.db.models import Q

from practices.access.reader import Reader
from practices.access.rules import State, can_edit, can_view, visible_q

from .models import TrainingNeed


def is_own(reader: Reader, need: TrainingNeed) -> bool:
    return reader.is_member and need.asked_by_id == reader.user_id


def can_open(reader: Reader, need: TrainingNeed) -> bool:
    """Its queryset twin is `openable_q`. Askers also open what they withdrew, to bring it back."""
    is_out = need.record.state == State.PUBLISHED and can_view(reader, need.record)
    return is_out or is_own(reader, need) or reader.is_administrator


def openable_q(reader: Reader) -> Q:
    """The twin of `can_open`."""
    if reader.is_administrator:
        return Q()
    seen = listed_q(reader)
    return seen | Q(asked_by=reader.user_id) if reader.is_member else seen


def listed_q(reader: Reader) -> Q:
    """What lists and counts show: published, and open to this reader."""
    return visible_q(reader, "record__") & Q(record__state=State.PUBLISHED)


def can_change(reader: Reader, need: TrainingNeed) -> bool:
    return need.record.state == State.PUBLISHED and (is_own(reader, need) or can_edit(reader, need.record))


def can_restore(reader: Reader, need: TrainingNeed) -> bool:
    """Askers undo their own withdrawing, not what somebody else took down."""
    own = is_own(reader, need) and need.record.archived_by_id == reader.user_id
    return need.record.state == State.ARCHIVED and (own or reader.is_administrator)


def can_support(reader: Reader, need: TrainingNeed) -> bool:
    return (
        reader.is_member
        and not is_own(reader, need)
        and need.merged_into_id is None
        and need.record.state == State.PUBLISHED
        and can_view(reader, need.record)
    )
