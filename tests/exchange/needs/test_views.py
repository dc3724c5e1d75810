"""The list, the page and the form of a need: without scripts, in both languages, with bad input answered in words."""

from __future__ import annotations

import pytest
from django.utils.html import escape

from exchange.needs.forms import LONGEST
from exchange.needs.models import NeedStatus, TrainingNeed
from practices.access.reader import Role
from practices.access.rules import State
from practices.catalogue.projection import touch
from practices.search.registry import SearchDocument, builders
from tests.factories.needs import make_need
from tests.factories.records import make_bare_record, make_user

pytestmark = pytest.mark.django_db

FILLED = {
    "statement": "How do I find a lawful interpreter at night?",
    "topic": "referral",
    "difficulty": "tools",
    "existing_training": "None found",
    "visibility": "public",
}


@pytest.fixture
def member(client):
    user = make_user("Example Member", Role.MEMBER)
    client.force_login(user)
    return user


def test_trainee_records_a_need_and_sees_it(client, member):
    response = client.post("/en/needs/new/", FILLED, follow=True)
    page = response.content.decode()
    need = TrainingNeed.objects.get()
    assert response.redirect_chain == [(f"/en/needs/{need.record.code.lower()}/", 302)]
    assert "Your need is recorded." in page
    assert FILLED["statement"] in page
    assert "Example Member" not in page.split("<main")[1]
    assert need.asked_by == member
    assert FILLED["statement"] in client.get("/en/needs/").content.decode()


def test_other_language_shows_the_words_marked(client, member):
    client.post("/th/needs/new/", {**FILLED, "statement": "จะหาล่ามตอนกลางคืนได้อย่างไร"})
    code = TrainingNeed.objects.get().record.code.lower()
    thai, english = (client.get(f"/{language}/needs/{code}/").content.decode() for language in ("th", "en"))
    assert "<h1>จะหาล่ามตอนกลางคืนได้อย่างไร</h1>" in thai
    assert '<h1 lang="th">จะหาล่ามตอนกลางคืนได้อย่างไร</h1>' in english
    assert "This part is in Thai" in english


def test_visitor_signs_in_and_finds_everything_typed(client):
    response = client.post("/en/needs/new/", {**FILLED, "show_name": "on"})
    assert response.url.endswith("?next=/en/needs/new/")
    assert not TrainingNeed.objects.exists()
    client.force_login(make_user())
    page = client.get("/en/needs/new/").content.decode()
    assert FILLED["statement"] in page
    assert '<option value="referral" selected>' in page
    assert 'value="tools" required id="id_difficulty_2" checked' in page
    assert ">\nNone found</textarea>" in page
    assert 'name="show_name" id="id_show_name" checked' in page or "checked" in page.split('name="show_name"')[1][:80]


def test_statement_from_an_empty_search_is_filled_in(client):
    page = client.get("/en/needs/new/", {"statement": 'night <shelter> "x"'}).content.decode()
    assert escape('night <shelter> "x"') in page
    assert "<shelter>" not in page


def document_of(records):
    return [SearchDocument(r.pk, r.kind, {"en": r.listing.title}, {"en": r.listing.url}, r.changed_at) for r in records]


def test_practices_that_may_answer_are_offered_and_kept(client, member, monkeypatch):
    monkeypatch.setitem(builders(), "practice", document_of)
    practice = make_bare_record("Interpreters for victims at night")
    touch(practice)
    page = client.get("/en/needs/new/", {"statement": "interpreter night"}).content.decode()
    assert "Interpreters for victims at night" in page
    client.post("/en/needs/new/", {**FILLED, "suggested": [practice.pk]})
    need = TrainingNeed.objects.get()
    assert list(need.suggested_practices.all()) == [practice]
    assert "Interpreters for victims at night" in client.get(f"/en/needs/{need.record.code.lower()}/").content.decode()


def test_looking_for_answers_loses_nothing_and_records_nothing(client, member):
    page = client.post("/en/needs/new/", {**FILLED, "look": "1"}).content.decode()
    assert FILLED["statement"] in page
    assert '<option value="referral" selected>' in page
    assert "found no practice that answers this" in page
    assert "Please look at the marked fields" not in page
    assert not TrainingNeed.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"statement": ""}, "This field is required."),
        ({"statement": "\x00 \x00"}, "This field is required."),
        ({"statement": "x" * (LONGEST + 3)}, "This is 3 characters too long."),
        ({"existing_training": ""}, "This field is required."),
        ({"topic": "no-such"}, "Select a valid choice."),
        ({"difficulty": "no-such"}, "Select a valid choice."),
        ({"visibility": "institution"}, "Select a valid choice."),
        ({"suggested": ["x"]}, "is not a valid value"),
        ({"suggested": ["99999999999999999999999"]}, "is not a valid value"),
    ],
)
def test_bad_answer_comes_back_with_a_reason_and_all_that_was_typed(client, member, changes, message):
    sent = {**FILLED, "work_situation": "On the phone", **changes}
    response = client.post("/en/needs/new/", sent)
    page = response.content.decode()
    assert response.status_code == 200
    assert message in page
    assert "On the phone" in page
    assert sent["statement"].replace("\x00", "").strip() in page
    assert not TrainingNeed.objects.exists()


def test_script_stays_text_everywhere(client, member):
    attack = "<script>alert(1)</script>"
    client.post(
        "/en/needs/new/", {**FILLED, "statement": attack, "existing_training": attack, "work_situation": attack}
    )
    code = TrainingNeed.objects.get().record.code.lower()
    for address in ("/en/needs/", f"/en/needs/{code}/", f"/en/needs/{code}/edit/", "/en/"):
        assert "<script>alert" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=999999999999999999999",
        "page=x",
        "topic=no-such",
        "difficulty=%00",
        "status='",
        "sort=<b>",
        "topic=housing&topic=referral",
        "q=" + "x" * 10_000,
        "page=%00",
    ],
)
def test_any_address_of_the_list_is_answered(client, query):
    make_need(make_user())
    assert client.get(f"/en/needs/?{query}").status_code == 200


def test_filters_are_links_that_keep_each_other_and_count(client):
    asker = make_user()
    from practices.catalogue.models import Topic

    make_need(asker, statement="One", topic=Topic.objects.get(code="housing"), difficulty="rules")
    make_need(asker, statement="Two", topic=Topic.objects.get(code="housing"), difficulty="tools")
    make_need(asker, statement="Three", topic=Topic.objects.get(code="referral"), difficulty="tools")
    page = client.get("/en/needs/?topic=housing").content.decode()
    assert ">One</a>" in page
    assert ">Three</a>" not in page
    assert (
        '<a href="?topic=housing&amp;difficulty=tools" rel="nofollow"><span>Tools and forms</span> <span class="count">1</span>'
        in page
    )
    page = client.get("/en/needs/?topic=housing&difficulty=tools").content.decode()
    assert ">Two</a>" in page
    assert ">One</a>" not in page


def test_open_needs_stand_first_unless_asked_otherwise(client):
    asker = make_user()
    older = make_need(asker, statement="Older, open")
    newer = make_need(asker, statement="Newer, met")
    TrainingNeed.objects.filter(pk=newer.pk).update(status=NeedStatus.MET)

    def order(address):
        page = client.get(address).content.decode().split("<main")[1]
        return page.index(older.statement.localize("en")) < page.index(newer.statement.localize("en"))

    assert order("/en/needs/")
    assert not order("/en/needs/?sort=newest")


def test_asker_changes_withdraws_and_undoes(client, member):
    need = make_need(member)
    base = f"/en/needs/{need.record.code.lower()}/"
    client.post(f"{base}edit/", {**FILLED, "statement": "Better words"})
    assert "Better words" in client.get(base).content.decode()
    page = client.post(f"{base}withdraw/", follow=True).content.decode()
    assert "You can undo this here." in page
    assert f'action="{base}restore/"' in page
    need.record.refresh_from_db()
    assert need.record.state == State.ARCHIVED
    assert "Better words" not in client.get("/en/needs/").content.decode()
    client.post(f"{base}restore/")
    assert "Better words" in client.get("/en/needs/").content.decode()


def test_others_may_support_and_not_change(client, member):
    need = make_need(make_user("Example Other"))
    base = f"/en/needs/{need.record.code.lower()}/"
    page = client.post(f"{base}support/", follow=True).content.decode()
    assert "2 people" in page
    assert "Example Member" not in page.split("<main")[1].split('id="comments"')[0]
    assert client.get(f"{base}edit/").status_code == 404
    assert client.post(f"{base}withdraw/").status_code == 403
    assert "1 person" in client.post(f"{base}unsupport/", follow=True).content.decode()


def test_merged_need_leads_to_the_one_that_stays(client):
    from exchange.needs.services import merge_need

    asker = make_user()
    one, two = make_need(asker, statement="Old way to say it"), make_need(asker, statement="Better way to say it")
    merge_need(one, two)
    page = client.get(f"/en/needs/{one.record.code.lower()}/").content.decode()
    assert f'href="/en/needs/{two.record.code.lower()}/"' in page
    assert "Old way to say it" not in client.get("/en/needs/").content.decode()


def test_need_can_be_discussed(client, member):
    need = make_need(make_user("Example Other"))
    code = need.record.code.lower()
    response = client.post(f"/en/discussion/{code}/new/", {"body": "We run a course on this."}, follow=True)
    assert response.redirect_chain[-1][0] == f"/en/needs/{code}/#comment-1"
    assert "We run a course on this." in response.content.decode()


def test_unknown_need_answers_404(client):
    assert client.get("/en/needs/tn-999999/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_needs(client, django_assert_num_queries, number):
    for count in range(number):
        make_need(make_user(), statement=f"Need {count}")
    client.get("/en/needs/?sort=newest")
    with django_assert_num_queries(7):  # the content epoch, then those of the list
        client.get("/en/needs/")


@pytest.mark.parametrize("number", [1, 3])
def test_page_takes_the_same_queries_for_any_number_of_links(client, django_assert_num_queries, number):
    need = make_need(make_user(), suggested=[make_bare_record(f"Practice {count}") for count in range(number)])
    address = f"/en/needs/{need.record.code.lower()}/"
    client.get("/en/needs/")
    with django_assert_num_queries(8):
        client.get(address)
