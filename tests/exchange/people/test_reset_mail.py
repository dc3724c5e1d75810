"""Resetting a password with a mail that really crosses SMTP, in the language of the person and not of the page."""

import datetime
import re

import pytest
from django.utils import timezone

from exchange.notifications.delivery import deliver_due
from exchange.notifications.models import Mail
from tests.factories.people import PASSWORD, make_person
from tests.mailing import mail_server

pytestmark = pytest.mark.django_db


def test_password_is_reset_by_mail_and_the_link_works_once(client, smtp):
    person = make_person("ตัวอย่าง ผู้ใช้", language="th")
    response = client.post("/en/accounts/password/reset/", {"email": person.email})
    assert response.url == "/en/accounts/password/reset/done/"
    deliver_due()
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
    deliver_due()
    assert len(smtp.messages) == 2  # the person is told that the password was changed


def test_unknown_address_gets_the_same_page_and_no_mail(client):
    response = client.post("/en/accounts/password/reset/", {"email": "nobody@example.org"})
    assert response.url == "/en/accounts/password/reset/done/"
    assert not Mail.objects.exists()


def test_asking_for_mail_without_end_is_braked(client):
    person = make_person()
    answers = [client.post("/en/accounts/password/reset/", {"email": person.email}).status_code for _ in range(6)]
    assert answers == [302, 302, 302, 302, 302, 429]
    assert Mail.objects.count() == 5


def test_mail_server_that_is_away_betrays_no_account_and_loses_no_mail(
    client, smtp_port, django_capture_on_commit_callbacks
):
    person = make_person()
    with django_capture_on_commit_callbacks(execute=True):
        known = client.post("/en/accounts/password/reset/", {"email": person.email})
        unknown = client.post("/en/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (
        (known.status_code, known.url)
        == (unknown.status_code, unknown.url)
        == (302, "/en/accounts/password/reset/done/")
    )
    Mail.objects.update(due_at=timezone.now())
    with mail_server(smtp_port) as (catcher, _port):
        deliver_due()
    assert [message["To"] for message in catcher.messages] == [person.email]


def test_no_link_lies_in_the_database_and_a_late_one_is_not_sent(client, smtp):
    client.post("/en/accounts/password/reset/", {"email": make_person().email})
    mail = Mail.objects.get()
    assert mail.payload == {"template": "account/email/password_reset_key"}
    Mail.objects.update(created_at=timezone.now() - datetime.timedelta(hours=7))
    deliver_due()
    assert smtp.messages == []
