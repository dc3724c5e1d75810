"""Administrators see where each mail is and act on one that does not leave; nobody else sees a thing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.notifications.kinds import Letter
from exchange.notifications.models import Mail, MailState
from exchange.notifications.services import queue_mail
from tests.factories.people import make_person

LIST = "/admin/mails/"


@pytest.fixture
def stuck(person, kind) -> Mail:
    kind.letter = Letter("Secret subject", "Secret words")
    queue_mail("test", "test:1", recipient=person)
    Mail.objects.update(state=MailState.FAILED, attempts=12, last_error="550 No such mailbox")
    return Mail.objects.get()


def test_the_list_says_who_what_and_why_but_never_the_words(signed_in, administrator, stuck):
    page = signed_in(administrator).get(LIST).content.decode()
    for word in (stuck.recipient.email, "Test", "Given up", "550 No such mailbox", "Try again now"):
        assert word in page
    assert "Secret" not in page
    assert stuck.recipient.email not in signed_in(administrator).get(LIST, {"state": "sent"}).content.decode()


def test_stuck_mail_waits_on_the_worklist(signed_in, administrator, stuck):
    page = signed_in(administrator).get("/admin/").content.decode()
    assert "Mail that does not leave" in page
    assert stuck.recipient.email in page


def test_it_is_tried_again_after_one_more_question(
    signed_in, administrator, stuck, smtp, django_capture_on_commit_callbacks
):
    browser, address = signed_in(administrator), f"/admin/mails/{stuck.pk}/try-again/"
    assert browser.get(address).status_code == 200
    assert smtp.messages == []
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(address).url == LIST
    assert len(smtp.messages) == 1


def test_it_is_given_up_after_one_more_question(signed_in, administrator, stuck):
    Mail.objects.update(state=MailState.WAITING)
    browser, address = signed_in(administrator), f"/admin/mails/{stuck.pk}/give-up/"
    assert browser.get(address).status_code == 200
    assert browser.post(address).url == LIST
    stuck.refresh_from_db()
    assert stuck.state == MailState.FAILED


def test_the_list_costs_the_same_queries_for_one_row_and_for_three(signed_in, administrator, stuck):
    browser = signed_in(administrator)
    browser.get(LIST)
    with CaptureQueriesContext(connection) as one:
        browser.get(LIST)
    for number in (2, 3):
        queue_mail("test", f"test:{number}", recipient=make_person())
    with CaptureQueriesContext(connection) as three:
        browser.get(LIST)
    assert len(three) == len(one)


@pytest.mark.parametrize("address", ["", "1/try-again/", "1/give-up/", "new/", "edit/1/", "delete/1/"])
def test_nobody_else_gets_in(signed_in, focal_point, stuck, address):
    Mail.objects.filter(pk=stuck.pk).update(last_error="550 Seen by none")
    response = signed_in(focal_point).get(LIST + address, follow=True)
    assert "Seen by none" not in response.content.decode()
    assert stuck.recipient.email not in response.content.decode()
    assert response.status_code in (403, 404) or response.redirect_chain[0][0].startswith("/admin/")


@pytest.mark.parametrize("address", ["new/", "edit/{}/", "delete/{}/"])
def test_administrators_write_change_and_delete_none(signed_in, administrator, stuck, address):
    response = signed_in(administrator).post(LIST + address.format(stuck.pk))
    assert response.status_code in (302, 403, 404)
    assert Mail.objects.filter(pk=stuck.pk, key="test:1").exists()
