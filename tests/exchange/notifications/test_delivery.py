"""A stored mail reaches a real mail server once, whatever the server does; what cannot be sent stays in sight."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail as django_mail
from django.db import connection, transaction
from django.utils import timezone

from exchange.notifications import delivery
from exchange.notifications.delivery import MOST_ATTEMPTS, deliver, deliver_due
from exchange.notifications.kinds import Letter
from exchange.notifications.models import Mail, MailState
from exchange.notifications.services import clear_away, give_up, queue_mail, try_again
from exchange.people.services import close_account
from practices.background.periodic import jobs
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def queue(person, key: str = "test:1") -> Mail:
    assert queue_mail("test", key, recipient=person)
    return Mail.objects.get(key=key)


def later(mail: Mail, **by: float) -> None:
    """As if so much time had gone by."""
    mail.refresh_from_db()
    mail.due_at -= datetime.timedelta(**by)
    mail.save()


def test_a_mail_is_sent_once_in_the_language_of_its_reader(person, kind, smtp):
    kind.letter = Letter("เรื่อง\nใหม่", "ถึงคุณ\n\nข้อความภาษาไทยยาวหนึ่งย่อหน้า")
    mail = queue(person)
    assert deliver_due() == 1
    assert deliver_due() == 0
    (message,) = smtp.messages
    assert message["Subject"] == "[Sala] เรื่อง ใหม่"
    assert message["To"] == person.email
    assert message["Content-Language"] == "th"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content() == "ถึงคุณ\n\nข้อความภาษาไทยยาวหนึ่งย่อหน้า\n"
    assert message["List-Unsubscribe"] is None
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.SENT, 1, "")
    assert kind.language == "th"


def test_a_subscription_says_how_to_end_it_by_one_click(person, kind, smtp):
    kind.letter = Letter("News", "Text", unsubscribe_url="https://sala.example.org/en/stop/abc/")
    queue(person)
    deliver_due()
    (message,) = smtp.messages
    assert message["List-Unsubscribe"] == "<https://sala.example.org/en/stop/abc/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_key_is_mailed_once(person, kind, smtp):
    queue(person)
    assert not queue_mail("test", "test:1", recipient=person)
    deliver_due()
    assert not queue_mail("test", "test:1", recipient=person)
    deliver_due()
    assert len(smtp.messages) == 1


def test_it_leaves_with_its_transaction_or_not_at_all(person, kind, smtp, django_capture_on_commit_callbacks):
    with transaction.atomic():
        queue(person)
        transaction.set_rollback(True)
    assert not Mail.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        queue(person)
        assert smtp.messages == []
    assert len(smtp.messages) == 1


def test_a_server_that_is_down_gets_the_mails_later(person, kind, settings, smtp_port):
    """All of them, in one go; meanwhile only the first was tried."""
    from tests.mailing import mail_server

    mails = [queue(person, f"test:{number}") for number in range(3)]
    assert deliver_due() == 1
    for mail in mails:
        mail.refresh_from_db()
    assert [mail.attempts for mail in mails] == [1, 0, 0]
    assert "ConnectionRefusedError" in mails[0].last_error
    assert mails[0].due_at > timezone.now() + datetime.timedelta(seconds=50)
    later(mails[0], minutes=2)
    with mail_server(smtp_port) as (catcher, _port):
        assert deliver_due() == 3
    assert len(catcher.messages) == 3
    assert set(Mail.objects.values_list("state", flat=True)) == {MailState.SENT}


def test_while_the_server_is_away_a_new_mail_waits_with_the_others(
    person, kind, smtp_port, django_capture_on_commit_callbacks
):
    """Or each would hold up the worker until its time is out."""
    queue(person)
    deliver_due()
    with django_capture_on_commit_callbacks(execute=True):
        second = queue(person, "test:2")
    second.refresh_from_db()
    assert (second.state, second.attempts) == (MailState.WAITING, 0)


def test_a_slow_server_is_left_after_a_while(person, kind, smtp, monkeypatch):
    monkeypatch.setattr(delivery, "ROUND", 0)
    queue(person)
    queue(person, "test:2")
    assert deliver_due() == 1
    assert deliver_due() == 1
    assert len(smtp.messages) == 2


@pytest.mark.parametrize("where", ["recipient", "data"])
def test_not_now_is_tried_again_and_holds_up_no_other(person, kind, smtp, where):
    first, second = queue(person), queue(person, "test:2")
    (smtp.recipient_answers if where == "recipient" else smtp.answers).append("451 4.7.1 Greylisted, come back")
    assert deliver_due() == 2
    assert len(smtp.messages) == 1
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (MailState.WAITING, MailState.SENT)
    assert "451 4.7.1 Greylisted, come back" in first.last_error
    later(first, minutes=2)
    deliver_due()
    assert len(smtp.messages) == 2
    first.refresh_from_db()
    assert (first.state, first.last_error) == (MailState.SENT, "")


@pytest.mark.parametrize("where", ["recipient", "data"])
def test_never_is_not_tried_again_but_stays_in_sight(person, kind, smtp, where):
    mail = queue(person)
    (smtp.recipient_answers if where == "recipient" else smtp.answers).append("550 5.1.1 No such mailbox")
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, mail.last_error) == (MailState.FAILED, "550 5.1.1 No such mailbox")
    later(mail, days=1)
    assert deliver_due() == 0
    assert list(Mail.objects.stuck()) == [mail]
    try_again(mail)
    deliver_due()
    assert len(smtp.messages) == 1
    assert not Mail.objects.stuck().exists()


def test_a_connection_lost_after_the_text_repeats_the_mail_under_its_own_id(person, kind, smtp):
    """The server may have it or not: only so is no mail lost, and its reader's server can tell the two are one."""
    mail = queue(person)
    smtp.answers.append("drop")
    assert deliver_due() == 1
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING
    assert mail.last_error
    later(mail, minutes=2)
    deliver_due()
    first, second = smtp.messages
    assert first["Message-ID"] == second["Message-ID"]
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_attempts_come_ever_later_and_end(person, kind):
    kind.letter = RuntimeError("No ink")
    mail = queue(person)
    waits = []
    for _attempt in range(MOST_ATTEMPTS):
        assert mail.state == MailState.WAITING
        deliver_due()
        mail.refresh_from_db()
        waits.append(round((mail.due_at - timezone.now()).total_seconds() / 60))
        later(mail, days=1)
    assert waits[:6] == [1, 3, 9, 27, 81, 243]
    assert max(waits) == 360
    assert (mail.state, mail.last_error) == (MailState.FAILED, "RuntimeError: No ink")


def test_one_that_fails_holds_up_no_other(person, kind, smtp):
    """Also one of a kind that no app has any more."""
    queue_mail("gone", "gone:1", recipient=person)
    queue(person)
    deliver_due()
    assert len(smtp.messages) == 1


def test_a_worker_that_died_gives_the_mail_up_to_another_after_its_lease(person, kind, smtp):
    mail = queue(person)
    assert delivery._claim(mail.pk)
    deliver(mail.pk)
    assert smtp.messages == []
    later(mail, minutes=11)
    deliver(mail.pk)
    assert len(smtp.messages) == 1


def test_a_mail_that_ends_every_worker_is_given_up(person, kind, smtp):
    mail = queue(person)
    for _worker in range(MOST_ATTEMPTS):
        assert delivery._claim(mail.pk)
        later(mail, minutes=11)
    deliver(mail.pk)
    mail.refresh_from_db()
    assert mail.state == MailState.FAILED
    assert smtp.messages == []


def test_nobody_whose_account_is_closed_or_deleted_gets_mail(person, kind, smtp):
    gone = make_person()
    mail, other = queue(person), queue(gone, "test:2")
    close_account(person)
    gone.emailaddress_set.all().delete()
    gone.delete()
    deliver_due()
    assert smtp.messages == []
    mail.refresh_from_db()
    assert mail.state == MailState.NOT_NEEDED
    assert not Mail.objects.filter(pk=other.pk).exists()
    assert kind.asked == 0


def test_what_has_nothing_to_say_any_more_is_not_sent(person, kind, smtp):
    kind.letter = None
    mail = queue(person)
    deliver_due()
    mail.refresh_from_db()
    assert (mail.state, smtp.messages) == (MailState.NOT_NEEDED, [])


def test_one_given_up_by_hand_is_not_sent(person, kind, smtp):
    mail = queue(person)
    give_up(mail)
    deliver_due()
    assert smtp.messages == []


def test_done_mails_go_after_their_time(person, kind):
    now = timezone.now()
    for number, (state, days) in enumerate(
        [("sent", 29), ("sent", 31), ("not-needed", 31), ("failed", 31), ("failed", 91), ("waiting", 400)]
    ):
        mail = queue(person, f"test:{number}")
        then = now - datetime.timedelta(days=days)
        Mail.objects.filter(pk=mail.pk).update(
            state=state, created_at=then, done_at=None if state == "waiting" else then
        )
    clear_away()
    assert list(Mail.objects.order_by("pk").values_list("key", flat=True)) == ["test:0", "test:3", "test:5"]


def test_what_a_library_sends_is_stored_too(person, settings, smtp):
    """As Wagtail sends its notices."""
    settings.EMAIL_BACKEND = "exchange.notifications.backend.OutboxBackend"
    django_mail.send_mail("Notice", "Somebody answered", None, [person.email, "stranger@example.org"])
    assert smtp.messages == []
    deliver_due()
    assert sorted(message["To"] for message in smtp.messages) == sorted([person.email, "stranger@example.org"])
    assert smtp.messages[0]["Subject"] == "[Sala] Notice"
    assert Mail.objects.get(recipient=person).state == MailState.SENT


def test_the_demo_writes_its_mails_into_files(person, kind, settings, tmp_path):
    settings.MAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    kind.letter = Letter("ข่าว", "ข้อความภาษาไทย")
    queue(person)
    deliver_due()
    (written,) = tmp_path.iterdir()
    assert "ข้อความภาษาไทย" in written.read_text()


def test_the_worker_has_its_jobs():
    assert {
        "exchange.notifications.jobs.send_due_mail",
        "exchange.notifications.jobs.clear_old_mail",
        "exchange.alerts.jobs.queue_due_alerts",
        "practices.saved_searches.jobs.look_for_new_matches",
    } <= set(jobs())


@pytest.mark.django_db(transaction=True)
def test_of_four_workers_one_sends_it(kind, smtp):
    person = make_person()
    mail = Mail.objects.create(key="test:1", kind="test", recipient=person)
    together = Barrier(4)

    def work(number: int) -> None:
        together.wait()
        deliver(mail.pk) if number % 2 else deliver_due()
        connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert len(smtp.messages) == 1
