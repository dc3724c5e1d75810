"""Resetting a password with a mail that really crosses SMTP, in the language of the person and not of the page."""

import email
import email.policy
import re

import pytest
from aiosmtpd.controller import Controller
from django.core import mail

from tests.factories.people import PASSWORD, make_person

pytestmark = pytest.mark.django_db


class Catcher:
    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"


@pytest.fixture
def smtp(settings):
    catcher = Catcher()
    controller = Controller(catcher, hostname="127.0.0.1", port=0)
    controller.port = _free_port()
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield catcher
    controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_password_is_reset_by_mail_and_the_link_works_once(client, smtp):
    person = make_person("ตัวอย่าง ผู้ใช้", language="th")
    response = client.post("/en/accounts/password/reset/", {"email": person.email})
    assert response.url == "/en/accounts/password/reset/done/"
    (message,) = smtp.messages
    assert message["To"] == person.email
    assert message.get_content_type() == "text/plain"
    body = message.get_content()
    assert "ตัวอย่าง ผู้ใช้" in body
    link = re.search(r"https?://[^/]+(/th/accounts/password/reset/key/\S+/)", body).group(1)

    form = client.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    assert "set-password" in address  # the key leaves the address bar
    weak = client.post(address, {"password1": "short", "password2": "short"})
    assert "password1" in weak.context["form"].errors or "password2" in weak.context["form"].errors
    new = "another-good-long-one-2"
    assert client.post(address, {"password1": new, "password2": new}).url == "/th/accounts/password/reset/key/done/"
    client.logout()
    assert client.post("/en/accounts/login/", {"login": person.email, "password": PASSWORD}).status_code == 200
    assert client.post("/en/accounts/login/", {"login": person.email, "password": new}).status_code == 302
    client.logout()
    used = client.get(link, follow=True)
    assert used.context["token_fail"] is True
    assert len(smtp.messages) == 2  # the person is told that the password was changed


def test_unknown_address_gets_the_same_page_and_no_mail(client):
    response = client.post("/en/accounts/password/reset/", {"email": "nobody@example.org"})
    assert response.url == "/en/accounts/password/reset/done/"
    assert mail.outbox == []


def test_asking_for_mail_without_end_is_braked(client):
    person = make_person()
    answers = [client.post("/en/accounts/password/reset/", {"email": person.email}).status_code for _ in range(6)]
    assert answers == [302, 302, 302, 302, 302, 429]
    assert len(mail.outbox) == 5


def test_mail_server_that_is_away_betrays_no_account(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", _free_port(), 2
    known = client.post("/en/accounts/password/reset/", {"email": make_person().email})
    unknown = client.post("/en/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (
        (known.status_code, known.url)
        == (unknown.status_code, unknown.url)
        == (302, "/en/accounts/password/reset/done/")
    )
