"""Actions on stored mail: asking for one, trying it again, giving it up, and clearing away what is old."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from .models import Mail, MailState
from .tasks import send_mail

if TYPE_CHECKING:
    from exchange.people.models import User

# Sent mails are kept this long, so that an administrator can see that one left; those given up, longer.
SENT_KEPT = datetime.timedelta(days=30)
FAILED_KEPT = datetime.timedelta(days=90)


@transaction.atomic
def queue_mail(
    kind: str,
    key: str,
    *,
    recipient: User | None = None,
    address: str = "",
    language: str = "",
    payload: Mapping[str, Any] | None = None,
) -> bool:
    """Stores a mail in the transaction of what it tells of; a worker sends it after that. False if `key` was asked before.

    To a person, or to an address (with its language) that has no account. `payload` is what the kind needs to write it:
    numbers of rows and the like, no words and no secrets.
    """
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "recipient": recipient,
            "address": "" if recipient else address,
            "language": "" if recipient else language,
            "payload": dict(payload or {}),
        },
    )
    if is_new:
        # A queue that is away must not break what was saved: the periodic job finds the mail.
        transaction.on_commit(partial(send_mail.enqueue, mail.pk), robust=True)
    return is_new


@transaction.atomic
def try_again(mail: Mail) -> None:
    """At once, and with all its attempts before it."""
    changed = Mail.objects.filter(pk=mail.pk, state__in=[MailState.WAITING, MailState.FAILED]).update(
        state=MailState.WAITING, due_at=timezone.now(), attempts=0, claim=None, done_at=None
    )
    if changed:
        transaction.on_commit(partial(send_mail.enqueue, mail.pk), robust=True)


def give_up(mail: Mail) -> None:
    Mail.objects.filter(pk=mail.pk, state=MailState.WAITING).update(
        state=MailState.FAILED, done_at=timezone.now(), claim=None
    )


def clear_away() -> None:
    now = timezone.now()
    Mail.objects.done_before(now - SENT_KEPT).exclude(state=MailState.FAILED).delete()
    Mail.objects.done_before(now - FAILED_KEPT).delete()
