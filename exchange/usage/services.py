"""Saying that a record was used, whether it helped, and taking it back. The record's count, its place in the search and the
mail to its owner follow in the same transaction."""

from __future__ import annotations

import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exchange.notifications.services import queue_mail
from exchange.people.models import Seat, SeatKind, User
from exchange.typed import tidy
from practices.access.reader import reader_for
from practices.catalogue.models import Record
from practices.catalogue.projection import touch

from . import rules
from .models import Use

FLOOD_LIMIT, FLOOD_WITHIN = 20, datetime.timedelta(minutes=10)
USED, HELPED = "record-used", "record-helped"


@transaction.atomic
def record_use(record: Record, user: User, *, where: str = "", helped: str = "", words: str = "") -> Use:
    """Says or says again what this person made of the record. The version is the one that was in force when they first said so."""
    record = Record.objects.select_for_update().get(pk=record.pk)
    version = record.versions.first()
    if version is None or not rules.can_use(reader_for(user), record):
        raise PermissionDenied
    use = Use.objects.filter(record=record, user=user).first()
    if use is None:
        _check_flood(user)
        use = Use(record=record, user=user, version=version)
    use.where, use.words = tidy(where), tidy(words)
    if use.helped != helped:
        use.helped, use.answered_at = helped, timezone.now() if helped else None
    is_new = use.pk is None
    use.save()
    if is_new:
        _count(record)
    _tell_owner(use, USED if is_new else HELPED)
    return use


@transaction.atomic
def take_back(record: Record, user: User) -> None:
    record = Record.objects.select_for_update().get(pk=record.pk)
    deleted, _by_model = Use.objects.filter(record=record, user=user).delete()
    if deleted:
        _count(record)


def _count(record: Record) -> None:
    record.used_count = record.uses.count()
    record.save(update_fields=["used_count"])
    touch(record)


def _tell_owner(use: Use, kind: str) -> None:
    """Each thing once: that it was used, and what was answered later."""
    if kind == HELPED and not use.helped:
        return
    seats = Seat.objects.filter(
        institution=use.record.institution_id, kind=SeatKind.OPERATIONAL, until__isnull=True
    ).exclude(holder=use.user_id)
    for seat in seats.select_related("holder"):
        queue_mail(kind, f"{kind}:{use.pk}:{seat.holder_id}", recipient=seat.holder, payload={"use": use.pk})


def _check_flood(user: User) -> None:
    if Use.objects.filter(user=user, created_at__gte=timezone.now() - FLOOD_WITHIN).count() >= FLOOD_LIMIT:
        raise ValidationError(
            _("You marked many records in a short time. Please wait a few minutes, then send this one again."),
            code="flood",
        )
