"""What readers seek in vain becomes work for editors, of nobody in particular, and never at the cost of the search."""

from __future__ import annotations

import datetime

import pytest
from django.core.cache import cache, caches
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from practices.search_worklist import services
from practices.search_worklist.models import Asking, HashKey, SearchQuestion
from practices.search_worklist.querysets import worklist
from practices.search_worklist.rules import identity, may_be_kept
from tests.factories.records import make_user
from tests.factories.search import shelf


@pytest.fixture
def records(db):
    with shelf() as made:
        yield made


def search(client: Client, typed: str, address: str = "198.51.100.7", **headers: str) -> None:
    response = client.get("/en/search/", {"q": typed}, REMOTE_ADDR=address, headers=headers)
    assert response.status_code == 200


NETWORKS = ["198.51.100.7", "203.0.113.7", "192.0.2.7"]


def test_a_search_in_vain_is_shown_once_three_have_asked_it(client, records):
    for number, address in enumerate(NETWORKS):
        assert not worklist().exists(), number
        search(client, "Tigers", address)
        search(client, "tigers ", address)
    (question,) = worklist()
    assert (question.text, question.language, question.readers, question.found) == ("tigers", "en", 3, 0)


def test_one_office_behind_one_address_counts_once(client, records):
    for last in (7, 8, 9):
        search(client, "tigers", f"198.51.100.{last}")
    assert SearchQuestion.objects.get().readers == 1


def test_what_is_kept_tells_nobody_who_asked(client, records):
    search(client, "tigers", user_agent="Example Browser")
    kept = " ".join(map(str, [*Asking.objects.values_list(), *SearchQuestion.objects.values_list()]))
    assert "198.51" not in kept
    assert "Example Browser" not in kept


def test_found_but_not_opened_is_shown_until_somebody_opens_a_record(client, records):
    records.put({"en": "House of tigers"})
    for address in NETWORKS:
        caches["pages"].clear()
        search(client, "tigers", address)
    assert [question.found for question in worklist()] == [1]
    told = reverse("search_worklist:told") + "?q=Tigers&opened=1"
    assert Client(enforce_csrf_checks=True).post(told, REMOTE_ADDR=NETWORKS[0]).status_code == 204
    assert not worklist().exists()


def test_a_page_from_the_cache_is_counted_by_its_script_and_never_makes_a_question(client, records):
    records.put({"en": "House of tigers"})
    search(client, "tigers")
    told = reverse("search_worklist:told")
    for address in NETWORKS:
        client.post(f"{told}?q=tigers", REMOTE_ADDR=address)
        client.post(f"{told}?q=lions", REMOTE_ADDR=address)
    assert SearchQuestion.objects.get().readers == 3
    assert client.get(f"{told}?q=tigers").status_code == 405
    client.post(f"{told}?q=tigers&opened=1", headers={"Sec-Fetch-Site": "cross-site"})
    assert SearchQuestion.objects.get().clicked == 0


def test_hits_tell_which_question_they_were_opened_for(client, records):
    records.put({"en": "House of tigers"})
    html = client.get("/en/search/", {"q": 'tigers "a&b"<'}).content.decode()
    html += client.get("/en/search/", {"q": "tigers"}).content.decode()
    assert 'ping="http://testserver/en/search/told/?q=tigers&amp;opened=1"' in html
    assert "ping=" not in client.get("/en/search/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        "0812345678",
        "1-2345-67890-12-3",
        "someone@example.org",
        "https://example.org/a",
        "Mrs Example",
        "นางสาวตัวอย่าง สมมุติ",
        "ด.ช. ตัวอย่าง สมมุติ",
        "x" * 121,
        "",
    ],
)
def test_what_may_point_at_a_person_is_not_kept(client, records, typed):
    assert not may_be_kept(typed)
    search(client, typed)
    assert not SearchQuestion.objects.exists()


@pytest.mark.parametrize(
    "typed", ["housing first", "พ.ร.บ. 2557", "คุณภาพชีวิต", "นายหน้าเถื่อน ชายแดน", "คุณภาพ ชีวิต", "นางสาว", "MIEUX 2018"]
)
def test_ordinary_questions_are_kept(typed):
    assert may_be_kept(typed)


def test_members_count_as_themselves_and_strangers_by_network_and_browser():
    assert identity(7, "198.51.100.7", "a") == identity(7, "203.0.113.1", "b")
    assert identity(None, "198.51.100.7", "a") == identity(None, "198.51.100.99", "a")
    assert identity(None, "198.51.100.7", "a") != identity(None, "198.51.100.7", "b")
    assert identity(None, "2001:db8:1:2::1", "a") == identity(None, "2001:db8:1:ff::9", "a")
    assert identity(None, "nonsense", "a")


def test_the_key_and_all_that_was_hashed_by_it_are_thrown_away_after_thirty_days(client, records):
    search(client, "tigers")
    forever = SearchQuestion.objects.create(text="lions", language="en", readers=3)
    old = timezone.now() - datetime.timedelta(days=31)
    HashKey.objects.update(made=old)
    SearchQuestion.objects.update(last_asked=old)
    services.forget()
    assert (HashKey.objects.count(), Asking.objects.count()) == (0, 0)
    assert list(SearchQuestion.objects.all()) == [forever]
    cache.clear()
    search(client, "tigers")
    assert HashKey.objects.count() == 1


def test_a_note_that_cannot_be_written_fails_no_search(client, records, monkeypatch):
    def locked(*args: object) -> None:
        raise DatabaseError("database is locked")

    monkeypatch.setattr(services, "_count", locked)
    search(client, "tigers")
    assert not SearchQuestion.objects.exists()


def test_filters_and_later_pages_are_no_new_question(client, records):
    for query in ("q=tigers&topic=housing", "q=tigers&page=2", "topic=housing"):
        assert client.get(f"/en/search/?{query}").status_code == 200
    assert not SearchQuestion.objects.exists()


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_the_patience_of_the_connection_is_given_back():
    services.note_search("tigers", "en", 0, "somebody")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone()[0] == 20_000
    assert SearchQuestion.objects.count() == 1


def test_editors_see_the_worklist_and_tick_off(client, records):
    question = SearchQuestion.objects.create(text="tigers", language="en", readers=3)
    hidden = SearchQuestion.objects.create(text="lions", language="en", readers=2)
    client.force_login(make_user("Example Administrator", is_superuser=True, is_staff=True))
    html = client.get(reverse("wagtailsnippets_search_worklist_searchquestion:list")).content.decode()
    assert "tigers" in html
    assert "lions" not in html
    edit = "wagtailsnippets_search_worklist_searchquestion:edit"
    assert client.get(reverse(edit, args=[hidden.pk]), follow=True).status_code == 404
    page = client.get(reverse(edit, args=[question.pk])).content.decode()
    assert "3 readers asked it." in page
    assert "statement=tigers" in page
    client.post(reverse(edit, args=[question.pk]), {"state": "done", "note": "A term."})
    question.refresh_from_db()
    assert (question.state, question.note) == ("done", "A term.")
