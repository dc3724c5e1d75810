"""A real mail server for tests, that can be told to misbehave, and the mails it took."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Catcher:
    """`answers`: what the next mails are told, one after the other; then "250 OK". "drop" takes a mail and hangs up unanswered."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.answers: list[str] = []
        self.recipient_answers: list[str] = []

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        answer = self.recipient_answers.pop(0) if self.recipient_answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session, envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "drop" or answer.startswith("250"):
            self.messages.append(
                email.message_from_bytes(envelope.content.replace(b"\r\n", b"\n"), policy=email.policy.default)
            )
        if answer == "drop":
            server.transport.abort()
        return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(port: int = 0) -> Iterator[tuple[Catcher, int]]:
    catcher, port = Catcher(), port or free_port()
    controller = Controller(catcher, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield catcher, port
    finally:
        controller.stop()
