"""May this reader see or change this record? Each check on an object stands beside its queryset twin.

A record is anything with `state`, `visibility` and `institution_id`; `prefix` reaches one through a relation.
"""

from __future__ import annotations

from typing import Protocol

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from .reader import Reader


class Visibility(TextChoices):
    PUBLIC = "public", _("Everyone")
    MEMBERS = "members", _("Members of Sala")
    INSTITUTION = "institution", _("My institution only")


class State(TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    ARCHIVED = "archived", _("Archived")


class HasAccess(Protocol):
    state: str
    visibility: str
    institution_id: int | None


def can_view(reader: Reader, record: HasAccess) -> bool:
    if reader.is_administrator or record.institution_id in reader.institutions:
        return True
    if record.state != State.PUBLISHED:
        return False
    return record.visibility == Visibility.PUBLIC or (record.visibility == Visibility.MEMBERS and reader.is_member)


def visible_q(reader: Reader, prefix: str = "") -> Q:
    """The twin of `can_view`."""
    if reader.is_administrator:
        return Q()
    open_to = [Visibility.PUBLIC] + ([Visibility.MEMBERS] if reader.is_member else [])
    seen = Q(**{f"{prefix}state": State.PUBLISHED, f"{prefix}visibility__in": open_to})
    if reader.institutions:
        seen |= Q(**{f"{prefix}institution__in": reader.institutions})
    return seen


def can_see_members_fields(reader: Reader) -> bool:
    """Contacts and the like, inside records that are themselves open to everyone."""
    return reader.is_member


def can_edit(reader: Reader, record: HasAccess) -> bool:
    return reader.is_administrator or record.institution_id in reader.institutions


def editable_q(reader: Reader, prefix: str = "") -> Q:
    """The twin of `can_edit`."""
    if reader.is_administrator:
        return Q()
    return Q(**{f"{prefix}institution__in": reader.institutions})
