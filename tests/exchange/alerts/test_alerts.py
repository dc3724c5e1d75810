"""New records reach the owner of a saved search by mail: once, together, at the hour they chose, and only while they may see them."""

from __future__ import annotations

import datetime
import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override

from exchange.alerts.letters import SHOWN
from exchange.alerts.services import queue_alerts
from exchange.notifications.delivery import deliver_due
from exchange.notifications.models import Mail, MailState
from exchange.people.services import assign_seat, close_account, end_seat
from practices.access.rules import State, Visibility
from practices.saved_searches.models import Frequency, SavedSearch
from practices.saved_searches.services import change_search, delete_search, find_new_matches, stop_mails
from practices.search import registry
from practices.search.registry import Synonyms
from practices.search.services import index_records, vocabulary_changed
from tests.factories.people import make_institution, make_person
from tests.factories.saved_searches import make_saved_search

pytestmark = pytest.mark.django_db


def post() -> None:
    """Everything the worker does for alerts, once."""
    find_new_matches()
    queue_alerts()
    deliver_due()


def the_hour_comes(search: SavedSearch) -> None:
    SavedSearch.objects.filter(pk=search.pk).update(next_mail_at=timezone.now() - datetime.timedelta(minutes=1))


def hide(record) -> None:
    record.visibility = Visibility.INSTITUTION
    record.save()


# What it reads

RECORDS = [
    {
        "titles": {"en": "Housing for women", "th": "ที่พักสำหรับผู้หญิง"},
        "bodies": {
            "en": "A small house near the clinic. Women choose their housing themselves & pay a little.",
            "th": "บ้านหลังเล็กใกล้คลินิก ผู้หญิงเลือกที่พักเอง และจ่ายเงินเล็กน้อย",
        },
    },
    {"titles": {"en": "A roof first"}, "bodies": {"en": "Nothing but accommodation, and at once."}},
]
SNAPSHOT = """\
Dear Example Member,

There are 2 new records for your saved search “Housing”.

1. Housing for women
Practice · Example institution example-home · Thailand
A small house near the clinic. Women choose their housing themselves & pay a little.
http://localhost:8000/en/{0}/

2. A roof first
Practice · Example institution example-home · Thailand
Nothing but accommodation, and at once.
Found through the glossary: accommodation
http://localhost:8000/en/{1}/

The whole list:
http://localhost:8000/en/saved-searches/{search}/

You get this mail because you saved this search: housing · Kind: Practice
Change how often you hear of it:
http://localhost:8000/en/saved-searches/{search}/change/
Get no more of these mails (you need not sign in):
http://localhost:8000/en/saved-searches/stop/TOKEN/

Sala · ศาลา
http://localhost:8000
"""


@pytest.fixture
def written(records, smtp):
    """Sends the mail about two records, to a reader of this language; gives the search, the records and the mail."""

    def write(language: str, typed: str):
        registry.register_expansions(
            lambda: [
                Synonyms("housing", [("en", "housing"), ("en", "accommodation"), ("th", "ที่พัก"), ("th", "ที่อยู่อาศัย")])
            ]
        )
        vocabulary_changed()
        home = make_institution("example-home")
        member = make_person({"en": "Example Member", "th": "ตัวอย่าง สมาชิก"}[language], language=language)
        name = {"en": "Housing", "th": "ที่พัก"}[language]
        search = make_saved_search(member, typed, name=name, language=language)
        made = [records.put(record["titles"], record["bodies"], institution=home, index=False) for record in RECORDS]
        index_records([record.pk for record in made])
        post()
        (message,) = smtp.messages
        return search, [record.code.lower() for record in made], message

    return write


def test_the_mail_in_english(written):
    search, codes, message = written("en", "q=housing&kind=practice")
    assert message["Subject"] == "[Sala] 2 new records: Housing"
    body = re.sub(r"(/stop/)[^/]+", r"\1TOKEN", message.get_content())
    assert body == SNAPSHOT.format(*codes, search=search.pk)


def test_the_mail_in_thai(written):
    """The same mail: its frame as the catalogue says it, records and addresses in Thai wherever there is Thai."""
    search, codes, message = written("th", "q=ที่พัก&kind=practice")
    assert message["Content-Language"] == "th"
    page = f"http://localhost:8000/th/saved-searches/{search.pk}/"
    place = "แนวปฏิบัติ · หน่วยงานตัวอย่าง example-home · ไทย"
    with override("th"):
        one, many = (
            f"There {verb} %(count)s new record{s} for your saved search “%(name)s”."
            for verb, s in [("is", ""), ("are", "s")]
        )
        subject = ngettext("%(count)s new record: %(name)s", "%(count)s new records: %(name)s", 2)
        assert message["Subject"].strip() == "[Sala] " + subject % {"count": 2, "name": "ที่พัก"}
        expected = [
            gettext("Dear %(name)s,") % {"name": "ตัวอย่าง สมาชิก"},
            "",
            ngettext(one, many, 2) % {"count": 2, "name": "ที่พัก"},
            "",
            "1. ที่พักสำหรับผู้หญิง",
            place,
            "บ้านหลังเล็กใกล้คลินิก ผู้หญิงเลือกที่พักเอง และจ่ายเงินเล็กน้อย",
            f"http://localhost:8000/th/{codes[0]}/",
            "",
            "2. A roof first",  # there is no Thai of it
            place,
            "Nothing but accommodation, and at once.",
            gettext("Found through the glossary:") + " accommodation",
            f"http://localhost:8000/en/{codes[1]}/",
            "",
            gettext("The whole list:"),
            page,
            "",
            gettext("You get this mail because you saved this search: %(question)s")
            % {"question": "ที่พัก · ประเภท: แนวปฏิบัติ"},
            gettext("Change how often you hear of it:"),
            page + "change/",
            gettext("Get no more of these mails (you need not sign in):"),
            "http://localhost:8000/th/saved-searches/stop/TOKEN/",
            "",
            "Sala · ศาลา",
            "http://localhost:8000",
            "",
        ]
    assert re.sub(r"(/stop/)[^/]+", r"\1TOKEN", message.get_content()).split("\n") == expected


def test_a_long_list_is_cut_and_says_how_much_more_there_is(records, smtp):
    search = make_saved_search(make_person())
    for number in range(SHOWN + 5):
        records.put({"en": f"Housing {number}"})
    post()
    (message,) = smtp.messages
    assert f"{SHOWN + 5} new records" in message["Subject"]
    assert f"{SHOWN}. Housing" in message.get_content()
    assert f"{SHOWN + 1}. " not in message.get_content()
    assert "And 5 more, in the list." in message.get_content()
    assert search.name in message.get_content()


# When


def test_at_once_tells_several_in_one_mail_and_each_once_ever(records, member, smtp):
    make_saved_search(member)
    first = records.put({"en": "Housing one"})
    records.put({"en": "Housing two"})
    post()
    post()
    records.change(first, bodies={"en": "Changed"})
    post()
    assert len(smtp.messages) == 1
    assert "2 new records" in smtp.messages[0]["Subject"]
    records.put({"en": "Housing three"})
    post()
    assert "1 new record:" in smtp.messages[1]["Subject"]
    assert "Housing one" not in smtp.messages[1].get_content()


@pytest.mark.parametrize(("frequency", "days"), [("daily", 1), ("weekly", 7)])
def test_a_digest_waits_for_its_hour_and_gathers_what_came(records, member, smtp, frequency, days):
    search = make_saved_search(member, frequency=frequency)
    records.put({"en": "Housing one"})
    post()
    records.put({"en": "Housing two"})
    post()
    assert smtp.messages == []
    the_hour_comes(search)
    post()
    assert "2 new records" in smtp.messages[0]["Subject"]
    search.refresh_from_db()
    assert datetime.timedelta(0) < search.next_mail_at - timezone.now() <= datetime.timedelta(days=days)


def test_an_hour_without_news_sends_nothing_and_the_next_one_is_waited_for(records, member, smtp):
    search = make_saved_search(member, frequency="daily")
    the_hour_comes(search)
    post()
    records.put({"en": "Housing"})
    post()
    assert smtp.messages == []


def test_never_is_never(records, member, smtp):
    make_saved_search(member, frequency="never")
    records.put({"en": "Housing"})
    post()
    assert smtp.messages == []
    assert not Mail.objects.exists()


# Who may see it, at the time of sending


@pytest.fixture
def waiting(records, member):
    """A mail about two records that is stored, and not yet sent."""
    search = make_saved_search(member)
    two = records.put({"en": "Housing one"}), records.put({"en": "Housing two"})
    find_new_matches()
    assert queue_alerts() == 1
    return search, two


def test_what_was_hidden_meanwhile_is_not_told(waiting, smtp):
    _search, (first, _second) = waiting
    hide(first)
    deliver_due()
    (message,) = smtp.messages
    assert "1 new record:" in message["Subject"]
    assert "Housing one" not in message.get_content()


def test_without_anything_left_to_tell_no_mail_leaves(waiting, smtp):
    for record in waiting[1]:
        hide(record)
    deliver_due()
    assert smtp.messages == []
    assert Mail.objects.get().state == MailState.NOT_NEEDED


def test_what_no_longer_matches_is_not_told(waiting, records, smtp):
    records.change(waiting[1][0], titles={"en": "Interpreters"})
    records.take_away(waiting[1][1])
    deliver_due()
    assert smtp.messages == []


@pytest.mark.parametrize("end", ["closed", "stopped", "never", "deleted"])
def test_who_wants_or_may_have_no_mail_any_more_gets_none(waiting, member, smtp, end):
    search = waiting[0]
    {
        "closed": lambda: close_account(member),
        "stopped": lambda: stop_mails(search),
        "never": lambda: change_search(search, name=search.name, frequency=Frequency.NEVER),
        "deleted": lambda: delete_search(search),
    }[end]()
    post()
    assert smtp.messages == []


def test_whose_seat_ended_is_told_nothing_of_what_only_the_seat_opened(records, smtp):
    institution, holder = make_institution(), make_person()
    seat = assign_seat(institution, "operational", holder)
    make_saved_search(holder)
    records.put({"en": "Housing inside"}, visibility=Visibility.INSTITUTION, institution=institution)
    find_new_matches()
    queue_alerts()
    end_seat(seat)
    deliver_due()
    assert smtp.messages == []


def test_an_archived_record_is_told_to_nobody(waiting, smtp):
    for record in waiting[1]:
        record.state = State.ARCHIVED
        record.save()
        index_records([record.pk])
    deliver_due()
    assert smtp.messages == []


# Ending it


def test_the_mail_ends_itself_by_one_click_without_signing_in(waiting, smtp):
    search = waiting[0]
    deliver_due()
    (message,) = smtp.messages
    address = re.fullmatch(
        r"<http://localhost:8000(/en/saved-searches/stop/\S+/)>", message["List-Unsubscribe"].strip()
    )[1]
    assert address in message.get_content()
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(address).status_code == 200
    search.refresh_from_db()
    assert search.frequency == Frequency.AT_ONCE  # looking changes nothing
    response = stranger.post(address, {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert stranger.post(address).status_code == 200
    search.refresh_from_db()
    assert (search.frequency, search.next_mail_at) == (Frequency.NEVER, None)


@pytest.mark.parametrize("change", [lambda token: token[:-1] + "x", lambda token: "1:2", lambda token: "x"])
def test_a_forged_link_ends_nothing(waiting, change):
    from practices.saved_searches.services import stop_token

    search = waiting[0]
    address = f"/en/saved-searches/stop/{change(stop_token(search))}/"
    assert Client().post(address).status_code == 404
    search.refresh_from_db()
    assert search.frequency == Frequency.AT_ONCE


# Several workers


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_one_mail(records, smtp):
    make_saved_search(make_person())
    for number in range(3):
        records.put({"en": f"Housing {number}"})
    together = Barrier(4)

    def work(_number: int) -> None:
        for step in (find_new_matches, queue_alerts, deliver_due):
            together.wait()
            step()
        connection.close()

    with ThreadPoolExecutor(4) as workers:
        list(workers.map(work, range(4)))
    assert len(smtp.messages) == 1
    assert "3 new records" in smtp.messages[0]["Subject"]
    assert Mail.objects.count() == 1
