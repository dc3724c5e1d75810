"""Who may invite whom: administrators anyone; a focal point colleagues, and focal points of institutions in their reach."""

from __future__ import annotations

from django.db.models import Q

from practices.access.reader import Reader, Role

from .models import Invitation, SeatKind

OFFERED_BY_FOCAL_POINTS = (Role.MEMBER, Role.EXPERT, Role.ORGANISER, *SeatKind.values)
NEEDS_INSTITUTION = (Role.ORGANISER, *SeatKind.values)


def may_invite_somebody(reader: Reader) -> bool:
    return reader.is_administrator or bool(reader.institutions)


def may_invite(reader: Reader, post: str, institution_id: int | None) -> bool:
    if reader.is_administrator:
        return True
    return post in OFFERED_BY_FOCAL_POINTS and institution_id in reader.institutions


def may_manage(reader: Reader, invitation: Invitation) -> bool:
    return reader.is_administrator or invitation.institution_id in reader.institutions


def manageable_q(reader: Reader) -> Q:
    """The twin of `may_manage`."""
    return Q() if reader.is_administrator else Q(institution__in=reader.institutions)
