"""Each check on a record and its queryset twin give the same answer, for every reader and every record."""

import itertools

import pytest

from practices.access.reader import ANONYMOUS, Reader, Role
from practices.access.rules import State, Visibility, can_edit, can_view
from practices.catalogue.models import Kind, Record
from tests.factories.people import make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    ministry = make_institution("ministry")
    shelter = make_institution("shelter", below=ministry)
    stranger = make_institution("stranger")
    for number, (institution, state, visibility) in enumerate(
        itertools.product([ministry, shelter, stranger, None], State.values, Visibility.values)
    ):
        Record.objects.create(
            kind=Kind.PRACTICE,
            code=f"X-{number}",
            institution=institution,
            state=state,
            visibility=visibility,
            source_language="en",
        )
    return ministry, shelter, stranger


def readers(ministry, shelter, stranger):
    yield ANONYMOUS
    yield Reader(user_id=1)
    yield Reader(user_id=1, institutions=frozenset({ministry.pk, shelter.pk}))
    yield Reader(user_id=1, institutions=frozenset({shelter.pk}))
    yield Reader(user_id=1, institutions=frozenset({stranger.pk}), roles=frozenset({Role.MODERATOR}))
    yield Reader(user_id=1, roles=frozenset({Role.ADMINISTRATOR}))


def test_lists_show_exactly_what_may_be_opened(world):
    for reader in readers(*world):
        assert set(Record.objects.visible_to(reader)) == {r for r in Record.objects.all() if can_view(reader, r)}
        assert set(Record.objects.editable_by(reader)) == {r for r in Record.objects.all() if can_edit(reader, r)}


def test_anonymous_readers_see_public_published_records_only(world):
    assert {(r.state, r.visibility) for r in Record.objects.visible_to(ANONYMOUS)} == {("published", "public")}
    assert not Record.objects.editable_by(ANONYMOUS)


def test_members_see_what_is_for_members_but_no_drafts_of_others(world):
    seen = {(r.state, r.visibility) for r in Record.objects.visible_to(Reader(user_id=1))}
    assert seen == {("published", "public"), ("published", "members")}


def test_readers_with_one_audience_key_see_the_same(world):
    by_audience = {}
    for reader in [*readers(*world), Reader(user_id=2), Reader(user_id=2, institutions=frozenset({world[1].pk}))]:
        seen = set(Record.objects.visible_to(reader).values_list("pk", flat=True))
        assert by_audience.setdefault(reader.audience, seen) == seen
