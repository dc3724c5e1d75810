"""What a person's seats and roles make of them as a reader, and who must prove themselves a second time."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db.models import Q, QuerySet

from practices.access.reader import Reader, Role
from practices.catalogue.models import Institution
from practices.catalogue.models.institutions import InstitutionKind

from .models import ROLE_LABELS, Invitation, Seat, User

INVITATION_SALT = "exchange.people.invitation"
UNGUARDED_ROLES = {Role.EXPERT, Role.MEMBER}


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


def needs_second_factor(reader: Reader) -> bool:
    """Whoever can publish, hide others' words or run the site proves it twice."""
    return bool(reader.institutions) or not reader.roles <= UNGUARDED_ROLES


def has_second_factor(user: User) -> bool:
    return Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()


def example_people() -> QuerySet[User]:
    """Those the demo's sign-in page offers."""
    return (
        User.objects.filter(is_example=True, is_active=True)
        .select_related("institution")
        .prefetch_related("groups", "seats__institution")
        .order_by("pk")
    )


def posts_of(person: User) -> list[str]:
    """Seats and roles in words, in the reader's language; prefetch `seats__institution` and `groups` for many people."""
    seats = [f"{seat.get_kind_display()}, {seat.institution}" for seat in person.seats.all() if seat.until is None]
    names = {group.name for group in person.groups.all()}
    roles = [str(label) for role, label in ROLE_LABELS.items() if role in names]
    return seats + roles or [str(ROLE_LABELS[Role.MEMBER])]


def invitation_of(token: str) -> Invitation | None:
    """The open invitation this link was sent for; None for a link that is forged, used, replaced, withdrawn or too old."""
    try:
        pk, sending = map(int, signing.loads(token, salt=INVITATION_SALT))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    invitation = Invitation.objects.select_related("institution", "invited_by").filter(pk=pk, sendings=sending).first()
    return invitation if invitation and invitation.is_open else None
