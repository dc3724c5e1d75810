"""Actions on people: making one, giving and ending seats and roles. Each keeps Wagtail's groups in step at once."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.access.reader import Role
from practices.catalogue.models import Institution

from .models import Seat, User
from .rights import refresh_members, refresh_programme_officers, refresh_rights


@transaction.atomic
def create_person(
    email: str,
    name: str,
    language: str = settings.LANGUAGE_CODE,
    *,
    password: str | None = None,
    institution: Institution | None = None,
    is_example: bool = False,
) -> User:
    """A person who can sign in once they have a password. ValidationError where the address is taken or not one."""
    person = User(
        email=User.objects.normalize_email(email.strip()).lower(),
        language=language,
        institution=institution,
        is_example=is_example,
    )
    person.name = name
    person.set_password(password)
    person.full_clean()
    person.save()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def update_person(person: User, *, name: str, language: str, email: str | None = None) -> User:
    person.name, person.language = name, language
    if email is not None:
        person.email = User.objects.normalize_email(email.strip()).lower()
    person.full_clean()
    person.save()
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
    return person


@transaction.atomic
def assign_seat(institution: Institution, kind: str, person: User, since: datetime.date | None = None) -> Seat:
    """The person becomes a focal point. ValidationError where someone else holds the seat, or they hold the other one."""
    seat = Seat.objects.filter(institution=institution, kind=kind, holder=person, until__isnull=True).first()
    if seat is None:
        seat = Seat(institution=institution, kind=kind, holder=person, since=since or timezone.localdate())
        seat.full_clean()
        seat.save()
    refresh_rights([institution])
    refresh_members(institution)
    return seat


@transaction.atomic
def end_seat(seat: Seat, until: datetime.date | None = None) -> None:
    """The seat becomes vacant and its rights end at once."""
    if seat.until is None:
        seat.until = until or timezone.localdate()
        seat.save(update_fields=["until"])
    refresh_members(seat.institution)


@transaction.atomic
def grant_role(person: User, role: str) -> None:
    person.groups.add(_role_group(role))
    _follow_role(person, role)


@transaction.atomic
def revoke_role(person: User, role: str) -> None:
    if role == Role.ADMINISTRATOR:
        _keep_one_administrator(person)
    person.groups.remove(_role_group(role))
    _follow_role(person, role)


@transaction.atomic
def administer_person(
    person: User,
    *,
    name: str,
    email: str,
    language: str,
    institution: Institution | None,
    roles: set[str],
    is_active: bool,
) -> User:
    """All that an administrator sets about a person, in one step."""
    update_person(person, name=name, language=language, email=email)
    if person.institution != institution:
        move_to_institution(person, institution)
    have = set(person.groups.filter(name__in=Role.ALL).values_list("name", flat=True))
    for role in roles - have:
        grant_role(person, role)
    for role in have - roles:
        revoke_role(person, role)
    if person.is_active != is_active:
        close_account(person) if not is_active else reopen_account(person)
    return person


@transaction.atomic
def close_account(person: User) -> None:
    """The person can no longer sign in; what they wrote stays, and their seats become vacant."""
    _keep_one_administrator(person)
    person.is_active = False
    person.save(update_fields=["is_active"])
    for seat in person.seats.filter(until__isnull=True).select_related("institution"):
        end_seat(seat)


def reopen_account(person: User) -> None:
    person.is_active = True
    person.save(update_fields=["is_active"])


def _keep_one_administrator(person: User) -> None:
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=person.pk)
    if person.is_superuser and not others.exists():
        raise ValidationError(_("Sala needs at least one administrator. Make someone else administrator first."))


@transaction.atomic
def move_to_institution(person: User, institution: Institution | None) -> None:
    """Where the person works; an organiser's rights follow them."""
    before, person.institution = person.institution, institution
    person.save(update_fields=["institution"])
    for place in (before, institution):
        if place is not None:
            refresh_members(place)


def _role_group(role: str) -> Group:
    if role not in Role.ALL:
        raise ValueError(f"There is no role {role!r}.")
    return Group.objects.get_or_create(name=role)[0]


def _follow_role(person: User, role: str) -> None:
    if role == Role.ADMINISTRATOR:
        person.is_superuser = person.is_staff = person.groups.filter(name=role).exists()
        person.save(update_fields=["is_superuser", "is_staff"])
    elif role == Role.PROGRAMME_OFFICER:
        refresh_programme_officers()
    elif role == Role.ORGANISER and person.institution:
        refresh_rights([person.institution])
        refresh_members(person.institution)


def end_sessions(person: User) -> None:
    """Signs the person out on every device; the next page they ask for there is that of a stranger."""
    User.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)


@transaction.atomic
def reset_second_factor(person: User) -> None:
    """For someone who lost telephone and recovery codes: they set both up anew when they next sign in."""
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
