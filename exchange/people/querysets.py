"""What a person's seats and roles make of them as a reader."""

from __future__ import annotations

from practices.access.reader import Reader, Role
from practices.catalogue.models import Institution

from .models import Seat, User


def reader_of(user: User) -> Reader:
    """Two queries: the groups (roles), and the institutions of the open seats with all below them."""
    roles = {name for name in user.groups.values_list("name", flat=True) if name in Role.ALL}
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR)
    paths = Seat.objects.filter(holder=user, until__isnull=True).values_list("institution__path", flat=True)
    return Reader(
        user_id=user.pk,
        institutions=frozenset(Institution.objects.ids_below(list(paths))),
        roles=frozenset(roles),
    )
