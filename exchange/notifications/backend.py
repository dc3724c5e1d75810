"""Takes in what a library sends with Django's own `send_mail` (Wagtail's notices), so that all mail goes one way."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .kinds import Letter, register_kind
from .models import Mail

MESSAGE = "message"


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from .services import queue_mail

        with transaction.atomic():
            for message in email_messages:
                if message.attachments:
                    raise ValueError("The outbox keeps text only; put a link in the mail in place of a file.")
                payload = {"subject": message.subject, "body": message.body}
                for address in message.recipients():
                    queue_mail(
                        MESSAGE,
                        f"{MESSAGE}:{uuid.uuid4()}",
                        recipient=get_user_model().objects.filter(email__iexact=address).first(),
                        address=address,
                        language=get_language() or "",
                        payload=payload,
                    )
        return len(email_messages)


def _as_it_was(mail: Mail) -> Letter:
    return Letter(mail.payload["subject"], mail.payload["body"])


def register_message_kind() -> None:
    register_kind(MESSAGE, _("Notice of the editor"), _as_it_was)
