"""What a person's seats and roles make of them as a reader, and who must prove themselves a second time."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from practices.access.reader import Reader, Role
from practices.catalogue.models import Institution
from practices.catalogue.models.institutions import InstitutionKind

from .models import Seat, User

GUARDED_ROLES = (Role.ADMINISTRATOR, Role.MODERATOR)


def reader_of(user: User) -> Reader:
    """Three queries at most: the groups (roles), the tree paths of the open seats, and the institutions these reach."""
    roles = {name for name in user.groups.values_list("name", flat=True) if name in Role.ALL}
    if user.is_superuser:
        roles.add(Role.ADMINISTRATOR)
    reach = Q(pk__in=())
    for path in Seat.objects.filter(holder=user, until__isnull=True).values_list("institution__path", flat=True):
        reach |= Q(path__startswith=path)
    if Role.PROGRAMME_OFFICER in roles:
        reach |= EU_SIDE
    return Reader(
        user_id=user.pk,
        institutions=frozenset(Institution.objects.filter(reach).values_list("pk", flat=True)),
        roles=frozenset(roles),
    )


EU_SIDE = Q(country__in_eu=True) | Q(kind=InstitutionKind.INTERNATIONAL)


def eu_side() -> QuerySet[Institution]:
    """Where programme officers of the implementer work: institutions of member states and international ones."""
    return Institution.objects.filter(EU_SIDE)


def needs_second_factor(user: User) -> bool:
    """Whoever can publish, hide others' words or run the site proves it twice."""
    return (
        user.is_superuser
        or user.seats.filter(until__isnull=True).exists()
        or user.groups.filter(Q(name__in=GUARDED_ROLES) | Q(permissions__codename="access_admin")).exists()
    )


def example_people() -> QuerySet[User]:
    """Those the demo's sign-in page offers."""
    return (
        User.objects.filter(is_example=True, is_active=True)
        .select_related("institution")
        .prefetch_related("groups", "seats__institution")
        .order_by("pk")
    )
