"""The pages of lists without scripts: keep, order, write, print, take along, delete and undo, in both languages."""

from __future__ import annotations

import re

import pytest

from exchange.reading_lists import services
from exchange.reading_lists.models import Item, ReadingList, Sharing
from practices.catalogue.services import archive_record
from tests.factories.editions import make_practice
from tests.factories.people import make_person
from tests.factories.reading_lists import make_list
from tests.factories.records import make_bare_record
from tests.practices.catalogue.test_pdf import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    person = make_person("Example Owner")
    client.force_login(person)
    return person


def page(client, path: str) -> str:
    response = client.get(path, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def test_a_member_keeps_a_record_from_its_page_in_a_new_list_and_takes_it_out(client, owner):
    practice = make_practice(title="Example practice to keep")
    assert 'id="keep"' in page(client, practice.url)
    response = client.post(f"/en/lists/keep/{practice.record.code.lower()}/", {"name": "To read"}, follow=True)
    assert response.redirect_chain == [(f"{practice.url}#keep", 302)]
    html = response.content.decode()
    made = ReadingList.objects.get(owner=owner)
    assert "Kept in “To read”." in html
    assert f'href="/en/lists/{made.token}/"' in html
    client.post(f"/en/lists/keep/{practice.record.code.lower()}/", {"drop": made.token})
    assert not made.items.exists()


def test_a_member_chooses_one_of_their_lists(client, owner):
    record, mine = make_bare_record(), make_list(owner, name="Mine")
    others = make_list(make_person(), name="Not mine")
    path = f"/en/lists/keep/{record.code.lower()}/"
    html = page(client, path)
    assert f'<option value="{mine.token}" selected>Mine</option>' in html
    assert "Not mine" not in html
    client.post(path, {"reading_list": mine.token, "name": ""})
    assert mine.items.get().record == record
    make_list(owner, name="Another of mine")
    assert "is not one of the available choices" in client.post(path, {"reading_list": others.token}).content.decode()
    assert not others.items.exists()
    assert client.post(path, {"drop": others.token}).status_code == 404


def test_without_list_and_name_the_form_says_what_is_missing(client, owner):
    record = make_bare_record()
    html = client.post(f"/en/lists/keep/{record.code.lower()}/", {"name": " "}).content.decode()
    assert 'id="id_name_error"' in html
    make_list(owner)
    html = client.post(f"/en/lists/keep/{record.code.lower()}/", {"name": ""}).content.decode()
    assert "Choose a list, or give a new one a name." in html


def test_a_visitor_is_led_to_sign_in_and_back_to_the_form(client):
    record = make_bare_record()
    path = f"/en/lists/keep/{record.code.lower()}/"
    response = client.get(path)
    assert response.url.endswith(f"?next={path}")


def test_a_hit_of_the_search_leads_a_member_to_keep_it(client):
    practice = make_practice(title="Example practice to find")
    keep = f"/en/lists/keep/{practice.record.code.lower()}/"
    assert keep not in page(client, "/en/search/?q=example+find")
    client.force_login(make_person())
    html = page(client, "/en/search/?q=example+find")
    assert keep in html
    assert "Example practice to find" in page(client, keep)


def test_an_empty_page_says_how_to_begin(client, owner):
    assert "You have no lists yet." in page(client, "/en/lists/")
    made = make_list(owner)
    assert "This list is empty." in page(client, f"/en/lists/{made.token}/")


def test_records_are_moved_noted_and_taken_out_by_plain_forms(client, owner):
    made = make_list(owner, [make_bare_record(title) for title in ("First example", "Second example")])
    first, second = made.items.all()
    address = f"/en/lists/{made.token}/"
    response = client.post(f"{address}{second.pk}/up/")
    assert response.url == f"{address}#item-{second.pk}"
    html = page(client, address)
    assert html.index("Second example</a>") < html.index("First example</a>")
    client.post(f"{address}{first.pk}/note/", {"note": "อ่านส่วนนี้ก่อน"})
    assert '<div lang="th"><p>อ่านส่วนนี้ก่อน</p></div>' in page(client, address)
    too_long = client.post(f"{address}{first.pk}/note/", {"note": "x" * 1001}).content.decode()
    assert "1 character too long" in too_long
    assert "x" * 1001 in too_long
    client.post(f"{address}{second.pk}/remove/")
    assert [item.pk for item in made.items.all()] == [first.pk]


def test_the_script_is_answered_without_a_page(client, owner):
    made = make_list(owner, [make_bare_record("A"), make_bare_record("B")])
    item = made.items.first()
    response = client.post(f"/en/lists/{made.token}/{item.pk}/down/", headers={"X-Requested-With": "fetch"})
    assert (response.status_code, response.content) == (204, b"")
    assert made.items.last() == item


def test_a_list_is_deleted_after_a_question_and_brought_back(client, owner):
    made = make_list(owner, [make_bare_record()], name="Example to delete")
    question = page(client, f"/en/lists/{made.token}/delete/")
    assert "It holds 1 record." in question
    assert ReadingList.objects.get().deleted_at is None
    html = client.post(f"/en/lists/{made.token}/delete/", follow=True).content.decode()
    assert "You can undo this here" in html
    assert client.get(f"/en/lists/{made.token}/").status_code == 404
    client.post(f"/en/lists/{made.token}/restore/")
    assert "Example practice" in page(client, f"/en/lists/{made.token}/")


def test_a_record_that_is_hidden_loses_its_title_but_keeps_the_note(client, owner):
    record = make_bare_record("Example that is hidden")
    made = make_list(owner, [record, make_bare_record("Example that stays")], sharing=Sharing.ANYONE)
    services.write_note(made.items.first(), owner, "My own words")
    archive_record(record)
    client.logout()
    html = page(client, f"/en/lists/{made.token}/")
    assert "Example that stays" in html
    assert "1 record" in html
    assert "no longer available" not in html
    assert "My own words" not in html
    client.force_login(owner)
    for door in ("", "list.md", "list.csv"):
        text = client.get(f"/en/lists/{made.token}/{door}").content.decode()
        assert "Example that is hidden" not in text
        assert record.code not in text.replace("\\", "")
        assert "no longer available" in text.lower()
        assert "My own words" in text


def test_titles_are_in_the_readers_language_and_marked_where_they_are_not(client, owner):
    record = make_bare_record("Example in English")
    record.listings.filter(language="th").update(title="ตัวอย่างภาษาไทย", is_translated=True)
    made = make_list(owner, [record, make_bare_record("Not translated example")])
    thai = page(client, f"/th/lists/{made.token}/")
    assert "ตัวอย่างภาษาไทย" in thai
    assert "Example in English" not in thai
    assert re.search(r'<h2 lang="en"\s*><a href="/th/catalogue/[\w-]+/">Not translated example</a>', thai)


def test_only_a_shared_list_prints_its_address_and_qr_code(client, owner):
    made = make_list(owner, [make_bare_record()])
    assert 'class="qr' not in page(client, f"/en/lists/{made.token}/")
    shared = make_list(owner, [make_bare_record()], sharing=Sharing.MEMBERS)
    html = page(client, f"/en/lists/{shared.token}/")
    assert 'class="qr' in html
    assert f"http://testserver/en/lists/{shared.token}/" in html


def test_the_pdf_has_every_record_with_its_note_and_where_to_read_it(client, owner):
    records = [make_bare_record("Example in English"), make_bare_record("ตัวอย่างภาษาไทย", source_language="th")]
    made = make_list(owner, records, name="รายการตัวอย่าง", sharing=Sharing.ANYONE)
    services.write_note(made.items.first(), owner, "Read this first")
    response = client.get(f"/en/lists/{made.token}/list.pdf")
    assert b"pdfuaid" in response.content
    text = text_of(response.content)
    for words in ("รายการตัวอย่าง", "1. Example in English", "2. ตัวอย่างภาษาไทย", "Read this first", "Where to read them"):
        assert words in text
    for record in records:
        assert f"/en/r/{record.code}/" in text
    assert f"/en/lists/{made.token}/" in text


def test_markdown_keeps_what_people_typed_from_acting(client, owner):
    record = make_bare_record("Example [x](https://example.org) *bold*")
    made = make_list(owner, [record], name="# Example <b>", description="One\n\nTwo")
    services.write_note(made.items.get(), owner, "=1+1 [y](z)")
    text = client.get(f"/en/lists/{made.token}/list.md").content.decode()
    assert text.startswith(
        "# \\# Example \\<b\\>\n\nOne\n\nTwo\n\n1. [Example \\[x\\](https://example\\.org) \\*bold\\*](<http"
    )
    assert "> =1\\+1 \\[y\\](z)" in text
    csv = client.get(f"/en/lists/{made.token}/list.csv").content.decode("utf-8-sig")
    assert "'=1+1" in csv


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_lists_cost_the_same_queries_whatever_their_rows(client, owner, rows, django_assert_num_queries):
    practices = [make_practice() for _number in range(rows)]
    lists = [make_list(owner, [page.record for page in practices]) for _number in range(rows)]
    deleted = [make_list(owner, [practices[0].record]) for _number in range(rows)]
    for one in deleted:
        services.delete_list(one, owner)
    costs = {
        "/en/lists/": 7,
        f"/en/lists/{lists[0].token}/": 8,
        f"/en/lists/{lists[0].token}/list.csv": 8,
        f"/en/lists/keep/{practices[0].record.code.lower()}/": 7,
    }
    for path in costs:
        client.get(path)
    for path, count in costs.items():
        with django_assert_num_queries(count):
            assert client.get(path).status_code == 200, path


def test_many_lists_stand_on_several_pages(client, owner):
    for _number in range(21):
        make_list(owner)
    assert page(client, "/en/lists/").count('<article class="hit">') == 20
    assert page(client, "/en/lists/?page=2").count('<article class="hit">') == 1


def test_keeping_does_not_end_the_pages_that_are_kept_for_visitors(client, owner, django_assert_num_queries):
    """What one member keeps changes nothing that others see."""
    practice = make_practice()
    client.logout()
    client.get(practice.url)
    services.keep_in_new(practice.record, owner, "Example")
    with django_assert_num_queries(1):
        client.get(practice.url)
    assert Item.objects.count() == 1
