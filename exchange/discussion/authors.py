"""How an author is named beside a comment: the full name, never the e-mail address, and the word for what they are here."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from exchange.people.models import Seat, User
from practices.access.reader import Role


def prefetch_for(path: str) -> list[Prefetch | str]:
    """Two queries for all authors of a list reached by `path`."""
    seats: QuerySet[Seat] = Seat.objects.filter(until__isnull=True).select_related("institution").order_by("pk")
    return [f"{path}__groups", Prefetch(f"{path}__seats", queryset=seats, to_attr="open_seats")]


def name_of(user: User | None) -> str:
    if user is None:
        return _("A former member")
    return user.get_full_name().strip() or _("A member")


def role_of(user: User | None) -> str:
    """A seat says most; then the role, for experts with their side. Members' workplaces, often shelters, are not told.

    Needs what `prefetch_for` fetched, and the institution joined.
    """
    if user is None:
        return ""
    if user.open_seats:
        seat = user.open_seats[0]
        return f"{seat.get_kind_display()}, {seat.institution}"
    roles = {group.name for group in user.groups.all()}
    if Role.EXPERT in roles and user.institution:
        return _("Expert, %(kind)s") % {"kind": user.institution.get_kind_display()}
    words = {
        Role.EXPERT: _("Expert"),
        Role.PROGRAMME_OFFICER: _("Programme officer"),
        Role.ORGANISER: _("Organiser"),
        Role.MODERATOR: _("Moderator"),
        Role.ADMINISTRATOR: _("Administrator"),
    }
    return next((word for role, word in words.items() if role in roles), _("Member"))
