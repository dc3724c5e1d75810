"""Who sees a need and learns what of it: role × visibility × state, for the check, its queryset twin and every door."""

from __future__ import annotations

import itertools

import pytest

from exchange.needs import rules
from exchange.needs.models import TrainingNeed
from exchange.needs.querysets import needs_listed_for
from practices.access.reader import ANONYMOUS, Role, reader_for
from practices.access.rules import State, Visibility
from practices.catalogue.models import Listing, Record
from tests.factories.needs import make_need
from tests.factories.records import make_bare_record, make_user

pytestmark = pytest.mark.django_db

EVERYBODY = {"anonymous", "member", "expert", "moderator", "asker", "administrator"}
LISTED_FOR = {
    (State.PUBLISHED, Visibility.PUBLIC): EVERYBODY,
    (State.PUBLISHED, Visibility.MEMBERS): EVERYBODY - {"anonymous"},
    (State.PUBLISHED, Visibility.INSTITUTION): {"administrator"},
}


def test_needs_are_seen_by_role_visibility_and_state():
    asker = make_user("Example Asker", Role.MEMBER)
    readers = {
        "anonymous": ANONYMOUS,
        "member": reader_for(make_user("Example Member", Role.MEMBER)),
        "expert": reader_for(make_user("Example Expert", Role.EXPERT)),
        "moderator": reader_for(make_user("Example Moderator", Role.MODERATOR)),
        "asker": reader_for(asker),
        "administrator": reader_for(make_user("Example Administrator", Role.ADMINISTRATOR)),
    }
    needs = {}
    for number, key in enumerate(itertools.product(State, Visibility)):
        needs[key] = make_need(asker, statement=f"Need {number}")
        Record.objects.filter(pk=needs[key].record_id).update(state=key[0], visibility=key[1])
        needs[key] = TrainingNeed.objects.select_related("record").get(pk=needs[key].pk)
    for name, reader in readers.items():
        listed = set(needs_listed_for(reader).values_list("pk", flat=True))
        openable = set(TrainingNeed.objects.filter(rules.openable_q(reader)).values_list("pk", flat=True))
        for key, need in needs.items():
            is_listed = name in LISTED_FOR.get(key, set())
            opens = is_listed or name in {"asker", "administrator"}
            assert (need.pk in listed) is is_listed, (name, key)
            assert (need.pk in openable) is opens, (name, key)
            assert rules.can_open(reader, need) is opens, (name, key)


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.INSTITUTION])
def test_hidden_need_is_in_no_list_count_or_filter_and_answers_404(client, visibility):
    need = make_need(make_user("Example Asker"), statement="A hidden question")
    make_need(make_user("Example Other"), statement="An open question")
    Record.objects.filter(pk=need.record_id).update(visibility=visibility)
    page = client.get("/en/needs/").content.decode()
    assert "A hidden question" not in page
    assert "<strong>1 need</strong>" in page
    code = need.record.code.lower()
    assert client.get(f"/en/needs/{code}/").status_code == 404
    assert client.get(f"/en/needs/{code}/edit/").status_code == 404
    for action in ("support", "withdraw", "restore"):
        assert client.post(f"/en/needs/{code}/{action}/").status_code == 404


def test_asker_is_named_nowhere_unless_they_wish_so(client):
    asker = make_user("Hidden Example", Role.MEMBER, email="hidden@example.org")
    need = make_need(asker)
    reader = make_user("Example Reader", Role.MODERATOR)
    client.force_login(reader)
    doors = ["/en/needs/", f"/en/needs/{need.record.code.lower()}/", "/en/search/?q=afraid+officials", "/en/"]
    for door in doors:
        page = client.get(door, follow=True).content.decode()
        assert "Hidden Example" not in page, door
        assert "hidden@example.org" not in page, door
    open_need = make_need(asker, statement="I may be named", show_name=True)
    assert "Hidden Example" in client.get(f"/en/needs/{open_need.record.code.lower()}/").content.decode()


def test_need_does_not_point_at_a_practice_its_reader_may_not_see(client):
    secret = make_bare_record("Secret practice", visibility=Visibility.MEMBERS)
    asker = make_user("Example Asker")
    need = make_need(asker, suggested=[secret])
    address = f"/en/needs/{need.record.code.lower()}/"
    assert "Secret practice" not in client.get(address).content.decode()
    client.force_login(asker)
    assert "Secret practice" in client.get(address).content.decode()


def test_form_refuses_a_practice_its_writer_may_not_see(client):
    secret = make_bare_record("Secret practice", visibility=Visibility.INSTITUTION)
    client.force_login(make_user("Example Asker"))
    response = client.post(
        "/en/needs/new/",
        {
            "statement": "A question",
            "topic": "housing",
            "difficulty": "rules",
            "existing_training": "None found",
            "visibility": "public",
            "suggested": [secret.pk],
        },
    )
    assert response.status_code == 200
    assert "Secret practice" not in response.content.decode()
    assert not TrainingNeed.objects.exists()


def test_listing_of_a_need_is_only_its_own_words():
    make_need(make_user("Hidden Example"), existing_training="My boss knows none")
    for listing in Listing.objects.all():
        assert "Hidden" not in listing.title + listing.one_line
