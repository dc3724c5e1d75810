"""Takes a stored mail to the mail server. One worker at a time has it, on a lease; what fails is tried again, ever later.

A server that accepts a mail and is lost before it says so gets it twice, under one Message-ID: SMTP has no way round that.
"""

from __future__ import annotations

import datetime
import hashlib
import logging
import time
import uuid
from email.utils import parseaddr
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F
from django.utils import timezone
from django.utils.translation import override

from .kinds import Letter, compose
from .models import Mail, MailState

logger = logging.getLogger(__name__)

# Longer than the slowest mail server may take with its every answer (EMAIL_TIMEOUT).
LEASE = datetime.timedelta(minutes=10)
# Attempts after 1, 3, 9, 27 … minutes, six hours at most: a day and a half in all.
MOST_ATTEMPTS = 12
FIRST_WAIT, LONGEST_WAIT = datetime.timedelta(minutes=1), datetime.timedelta(hours=6)
# What one round takes up, and how long it goes on (seconds) at a slow server: other periodic jobs wait for it.
AT_ONCE, ROUND = 500, 15
PREFIX = "[Sala] "


class ServerAway(Exception):
    """No mail can be sent now, this one or another."""


class Refused(Exception):
    """The server will never take this mail."""


def deliver_due() -> int:
    """Sends what is due over one connection, and says how many mails it took up; stops when the server is away."""
    server = get_connection(settings.MAIL_BACKEND)
    began, taken = time.monotonic(), 0
    try:
        for mail_id in list(Mail.objects.due().values_list("pk", flat=True)[:AT_ONCE]):
            taken += 1
            if not deliver(mail_id, server) or time.monotonic() - began > ROUND:
                break
    finally:
        server.close()
    return taken


def deliver(mail_id: int, server: BaseEmailBackend | None = None) -> bool:
    """Sends one mail if it is due and nobody else is at it. False when the server is away."""
    mail = _claim(mail_id)
    if mail is None:
        return True
    try:
        message = _write(mail)
        if message is None:
            _finish(mail, MailState.NOT_NEEDED)
            return True
        _hand_over(message, server or get_connection(settings.MAIL_BACKEND))
    except Refused as error:
        _finish(mail, MailState.FAILED, str(error))
    except ServerAway as error:
        _put_off(mail, str(error))
        return False
    except Exception as error:
        logger.exception("The mail %s could not be sent.", mail.key)
        _put_off(mail, f"{type(error).__name__}: {error}")
    else:
        _finish(mail, MailState.SENT)
    return True


def _claim(mail_id: int) -> Mail | None:
    claim = uuid.uuid4()
    due = Mail.objects.due().filter(pk=mail_id).order_by()
    if not due.update(claim=claim, due_at=timezone.now() + LEASE, attempts=F("attempts") + 1):
        return None
    mail = Mail.objects.select_related("recipient").get(pk=mail_id)
    if mail.attempts > MOST_ATTEMPTS:  # whoever had it did not live to say what went wrong
        _finish(mail, MailState.FAILED, mail.last_error or "Every worker that tried it ended.")
        return None
    return mail


def _write(mail: Mail) -> EmailMessage | None:
    """None where the person may get no mail, or there is nothing to say any more."""
    if mail.recipient is not None and not mail.recipient.is_active:
        return None
    with override(mail.tongue):
        letter = compose(mail)
    return None if letter is None else _message(mail, letter)


def _message(mail: Mail, letter: Letter) -> EmailMessage:
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {
        "Message-ID": f"<{hashlib.sha256(mail.key.encode()).hexdigest()[:40]}@{domain}>",
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.tongue,
    }
    if letter.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{letter.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    subject = PREFIX + " ".join(letter.subject.split())
    return EmailMessage(subject, letter.body.strip() + "\n", to=[mail.to], headers=headers)


def _hand_over(message: EmailMessage, server: BaseEmailBackend) -> None:
    try:
        server.open()
    except OSError as error:  # SMTP errors are among them: whatever is wrong before a mail is named, is wrong for all
        server.close()
        raise ServerAway(f"{type(error).__name__}: {error}") from error
    try:
        server.send_messages([message])
    except SMTPRecipientsRefused as error:
        server.close()
        code, reason = next(iter(error.recipients.values()))
        _judge(code, reason, error)
    except SMTPResponseException as error:
        server.close()
        _judge(error.smtp_code, error.smtp_error, error)
    except OSError as error:  # the connection broke
        server.close()
        raise ServerAway(f"{type(error).__name__}: {error}") from error


def _judge(code: int, reason: bytes | str, error: Exception) -> None:
    """A server says 4xx for “not now” and 5xx for “never”."""
    words = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    raise (Refused if code >= 500 else SMTPException)(f"{code} {words}") from error


def _finish(mail: Mail, state: MailState, error: str = "") -> None:
    """Only while the mail is still ours: one that took too long has been given to another worker."""
    Mail.objects.filter(pk=mail.pk, claim=mail.claim).update(
        state=state, done_at=timezone.now(), claim=None, last_error=error[:500]
    )


def _put_off(mail: Mail, error: str) -> None:
    if mail.attempts >= MOST_ATTEMPTS:
        _finish(mail, MailState.FAILED, error)
        return
    wait = min(FIRST_WAIT * 3 ** (mail.attempts - 1), LONGEST_WAIT)
    Mail.objects.filter(pk=mail.pk, claim=mail.claim).update(
        due_at=timezone.now() + wait, claim=None, last_error=error[:500]
    )
