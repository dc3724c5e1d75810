"""Actions on invitations: sending, sending anew, withdrawing, and accepting one, which makes the account and gives the post."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.access.reader import reader_for
from practices.catalogue.models import Institution

from .letters import queue_invitation
from .models import Invitation, Seat, User
from .rules import NEEDS_INSTITUTION, may_invite, may_manage
from .services import assign_seat, create_person, grant_role, move_to_institution

LIFETIME = timedelta(days=14)


@transaction.atomic
def invite(
    by: User,
    email: str,
    post: str,
    institution: Institution | None = None,
    *,
    language: str = settings.LANGUAGE_CODE,
    name: str = "",
) -> Invitation:
    if not may_invite(reader_for(by), post, institution.pk if institution else None):
        raise PermissionDenied
    invitation = Invitation(
        email=User.objects.normalize_email(email.strip()).lower(),
        name=" ".join(name.split()),
        language=language,
        post=post,
        institution=institution,
        invited_by=by,
        expires_at=timezone.now() + LIFETIME,
    )
    if post in NEEDS_INSTITUTION and institution is None:
        raise ValidationError({"institution": _("Choose the institution this seat or role belongs to.")})
    if invitation.is_for_seat and Seat.objects.filter(institution=institution, kind=post, until__isnull=True).exists():
        raise ValidationError({"post": _("This seat is taken. End the present holder's time first.")})
    invitation.full_clean()
    invitation.save()
    send_invitation(invitation)
    return invitation


@transaction.atomic
def send_invitation(invitation: Invitation, by: User | None = None) -> None:
    """Sends it, or sends it anew: the new link works for two weeks, the older one no longer."""
    if by is not None and not may_manage(reader_for(by), invitation):
        raise PermissionDenied
    if not invitation.is_pending:
        raise ValidationError(_("This invitation is no longer open."))
    invitation.sendings += 1
    invitation.expires_at = timezone.now() + LIFETIME
    invitation.save(update_fields=["sendings", "expires_at"])
    queue_invitation(invitation)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, by: User) -> None:
    if not may_manage(reader_for(by), invitation):
        raise PermissionDenied
    if invitation.is_pending:
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])


@transaction.atomic
def accept_as_new_person(invitation: Invitation, *, name: str, password: str, language: str) -> User:
    person = create_person(invitation.email, name, language, password=password, institution=invitation.institution)
    _accept(invitation, person)
    return person


@transaction.atomic
def accept_as(invitation: Invitation, person: User) -> None:
    """Someone who has an account already takes on one more seat or role."""
    if person.email != invitation.email:
        raise PermissionDenied
    if person.institution is None and invitation.institution is not None:
        move_to_institution(person, invitation.institution)
    _accept(invitation, person)


def _accept(invitation: Invitation, person: User) -> None:
    now = timezone.now()
    taken = Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now
    ).update(accepted_at=now, accepted_by=person)
    if not taken:
        raise ValidationError(_("This invitation is no longer open."))
    if invitation.is_for_seat:
        assert invitation.institution is not None  # noqa: S101  (`invite` refuses a seat without one)
        assign_seat(invitation.institution, invitation.post, person)
    else:
        grant_role(person, invitation.post)
