"""Who opens which list, and what of it: every role before every sharing and every record, through every door."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from exchange.people.querysets import reader_of
from exchange.reading_lists import rules
from exchange.reading_lists.models import ReadingList, Sharing
from practices.access.reader import ANONYMOUS, Role
from practices.access.rules import State, Visibility, can_view
from tests.factories.people import make_focal_point, make_institution, make_person
from tests.factories.reading_lists import make_list
from tests.factories.records import make_bare_record

pytestmark = pytest.mark.django_db

SHOWN = {
    "public": {"visibility": Visibility.PUBLIC},
    "members": {"visibility": Visibility.MEMBERS},
    "institution": {"visibility": Visibility.INSTITUTION},
    "draft": {"state": State.DRAFT},
    "archived": {"state": State.ARCHIVED},
}
DOORS = ("", "list.csv", "list.xlsx", "list.md")
WHO = ("visitor", "member", "expert", "other focal point", "moderator", "administrator", "owner")


@pytest.fixture
def house():
    """An institution with a record of each kind of visibility, and a person for each role; the owner is its focal point."""
    home, elsewhere = make_institution("example-home"), make_institution("example-elsewhere")
    people = {
        "visitor": None,
        "member": make_person(role=Role.MEMBER),
        "expert": make_person(role=Role.EXPERT),
        "other focal point": make_focal_point(elsewhere),
        "moderator": make_person(role=Role.MODERATOR),
        "administrator": make_person(role=Role.ADMINISTRATOR),
        "owner": make_focal_point(home),
    }
    records = {name: make_bare_record(f"Example {name} record", institution=home) for name in SHOWN}
    lists = {sharing: make_list(people["owner"], records.values(), sharing=sharing) for sharing in Sharing.values}
    for name, fields in SHOWN.items():
        for field, value in fields.items():
            setattr(records[name], field, value)
        records[name].save()
    return people, records, lists


def browser_of(person) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def text_of(response) -> str:
    if "spreadsheet" in response["Content-Type"]:
        sheet = load_workbook(io.BytesIO(response.content)).worksheets[0]
        return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    return response.content.decode()


@pytest.mark.parametrize("sharing", Sharing.values)
@pytest.mark.parametrize("who", WHO)
def test_every_door_of_a_list_for_every_role(house, who, sharing):
    people, records, lists = house
    person, reading_list = people[who], lists[sharing]
    reader, client = reader_of(person) if person else ANONYMOUS, browser_of(person)
    may_open = who == "owner" or sharing == Sharing.ANYONE or (sharing == Sharing.MEMBERS and person is not None)
    assert rules.can_open(reader, reading_list) is may_open
    assert ReadingList.objects.filter(rules.openable_q(reader), pk=reading_list.pk).exists() is may_open
    for door in DOORS:
        response = client.get(f"/en/lists/{reading_list.token}/{door}")
        if not may_open:
            expected = 302 if sharing == Sharing.MEMBERS else 404  # whoever has a link for members is asked to sign in
            assert response.status_code == expected, door
            continue
        assert response.status_code == 200, door
        text = text_of(response)
        seen = {name for name in SHOWN if f"Example {name} record" in text.replace("\\", "")}
        open_to = {
            name for name, record in records.items() if record.state == State.PUBLISHED and can_view(reader, record)
        }
        assert seen == open_to, door
        assert ("no longer available" in text.lower()) is (who == "owner"), door
    if may_open:
        page = client.get(f"/en/lists/{reading_list.token}/").content.decode()
        assert f"{len(open_to)} record{'s' if len(open_to) != 1 else ''}" in page
        assert client.get(f"/en/lists/{reading_list.token}/list.pdf").status_code == 200


@pytest.mark.parametrize("who", [name for name in WHO if name != "owner"])
def test_only_the_owner_changes_a_list(house, who):
    people, _records, lists = house
    shared = lists[Sharing.ANYONE]
    item = shared.items.first()
    client = browser_of(people[who])
    before = [(one.pk, one.position, one.note) for one in shared.items.all()]
    address = f"/en/lists/{shared.token}"
    for path in (
        *(f"{address}/{item.pk}/{action}/" for action in ("up", "down", "remove", "note")),
        *(f"{address}/{action}/" for action in ("edit", "delete", "restore")),
    ):
        response = client.post(path, {"name": "Mine now", "sharing": "private", "note": "x"})
        assert response.status_code == (404 if people[who] else 302), path
        assert people[who] or "/accounts/login/" in response.url
    shared.refresh_from_db()
    assert (shared.name != "Mine now", shared.deleted_at, shared.sharing) == (True, None, Sharing.ANYONE)
    assert [(one.pk, one.position, one.note) for one in shared.items.all()] == before
    page = client.get(f"{address}/").content.decode()
    assert f"{address}/{item.pk}/" not in page
    assert f"{address}/edit/" not in page


def test_a_copy_has_only_what_the_copier_may_see(house):
    people, records, lists = house
    client = browser_of(people["member"])
    response = client.post(f"/en/lists/{lists[Sharing.ANYONE].token}/copy/")
    copied = ReadingList.objects.get(owner=people["member"])
    assert response.url == f"/en/lists/{copied.token}/"
    assert copied.sharing == Sharing.PRIVATE
    assert {item.record for item in copied.items.all()} == {records["public"], records["members"]}


def test_nobody_keeps_what_they_may_not_see(house):
    people, records, _lists = house
    client = browser_of(people["member"])
    for name, status in {"public": 302, "members": 302, "institution": 404, "draft": 404, "archived": 404}.items():
        response = client.post(f"/en/lists/keep/{records[name].code.lower()}/", {"name": "Example"})
        assert response.status_code == status, name
    assert ReadingList.objects.get(owner=people["member"]).items.count() == 2


def test_a_link_is_dead_once_the_list_is_private_again(house, client):
    people, _records, lists = house
    old = lists[Sharing.ANYONE].token
    assert client.get(f"/en/lists/{old}/").status_code == 200
    owner = browser_of(people["owner"])
    for sharing in (Sharing.PRIVATE, Sharing.ANYONE):
        token = ReadingList.objects.get(pk=lists[Sharing.ANYONE].pk).token
        owner.post(f"/en/lists/{token}/edit/", {"name": "Example shared", "sharing": sharing})
    now = ReadingList.objects.get(pk=lists[Sharing.ANYONE].pk)
    assert (now.sharing, now.name) == (Sharing.ANYONE, "Example shared")
    assert client.get(f"/en/lists/{old}/").status_code == 404
    assert client.get(f"/en/lists/{now.token}/").status_code == 200


def test_a_shared_list_is_kept_by_no_cache_and_no_search_engine(house, client):
    _people, _records, lists = house
    response = client.get(f"/en/lists/{lists[Sharing.ANYONE].token}/")
    assert "private" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
