"""What real people are as readers, against every state and visibility a record can have."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from exchange.people.models import SeatKind, User
from exchange.people.services import close_account, end_seat
from practices.access.reader import ANONYMOUS, Role, reader_for
from practices.access.rules import State, Visibility, can_edit, can_see_members_fields, can_view
from practices.catalogue.models import Institution, Kind, Record
from tests.factories.people import make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db

PUBLIC, MEMBERS, INSTITUTION = Visibility.PUBLIC, Visibility.MEMBERS, Visibility.INSTITUTION
# Of a published record elsewhere, who sees which visibility.
SEES = {
    "anonymous": {PUBLIC},
    "member": {PUBLIC, MEMBERS},
    "expert": {PUBLIC, MEMBERS},
    "organiser": {PUBLIC, MEMBERS},
    "moderator": {PUBLIC, MEMBERS},
    "focal point elsewhere": {PUBLIC, MEMBERS},
    "programme officer": {PUBLIC, MEMBERS},
    "former focal point": {PUBLIC, MEMBERS},
    "closed account": {PUBLIC},
    "focal point": {PUBLIC, MEMBERS, INSTITUTION},
    "focal point above": {PUBLIC, MEMBERS, INSTITUTION},
    "strategic focal point": {PUBLIC, MEMBERS, INSTITUTION},
    "administrator": {PUBLIC, MEMBERS, INSTITUTION},
}
ACTS_FOR_IT = {"focal point", "focal point above", "strategic focal point", "administrator"}


@pytest.fixture
def world():
    ministry = make_institution("ministry")
    department = make_institution("department", below=ministry)
    elsewhere = make_institution("elsewhere")
    records = [
        Record.objects.create(
            kind=Kind.PRACTICE,
            code=f"X-{number}",
            institution=department,
            state=state,
            visibility=visibility,
            source_language="en",
        )
        for number, (state, visibility) in enumerate(itertools.product(State, Visibility))
    ]
    former = make_focal_point(department)
    end_seat(former.seats.get())
    closed = make_focal_point(department)
    make_person(role=Role.ADMINISTRATOR)
    close_account(closed)
    people = {
        "anonymous": AnonymousUser(),
        "former focal point": former,
        "closed account": closed,
        "focal point": make_focal_point(Institution.objects.get(pk=department.pk)),
        "strategic focal point": make_focal_point(department, SeatKind.STRATEGIC),
        "focal point above": make_focal_point(ministry),
        "focal point elsewhere": make_focal_point(elsewhere),
        "organiser": make_person(role=Role.ORGANISER, institution=department),
        **{role: make_person(role=role) for role in (Role.MEMBER, Role.EXPERT, Role.MODERATOR, Role.PROGRAMME_OFFICER)},
        "administrator": make_person(role=Role.ADMINISTRATOR),
    }
    readers = {
        who: reader_for(User.objects.get(pk=person.pk) if person.pk else person) for who, person in people.items()
    }
    assert readers.keys() == SEES.keys()
    return records, readers


@pytest.mark.parametrize("who", SEES)
def test_who_sees_and_changes_what(world, who):
    records, readers = world
    reader = readers[who]
    for record in records:
        published = record.state == State.PUBLISHED
        expected = record.visibility in SEES[who] if published else who in ACTS_FOR_IT
        assert can_view(reader, record) is expected, (record.state, record.visibility)
        assert can_edit(reader, record) is (who in ACTS_FOR_IT), (record.state, record.visibility)
    assert set(Record.objects.visible_to(reader)) == {record for record in records if can_view(reader, record)}
    assert set(Record.objects.editable_by(reader)) == {record for record in records if can_edit(reader, record)}


def test_members_fields_need_a_living_account(world):
    _records, readers = world
    closed = {who for who, reader in readers.items() if not can_see_members_fields(reader)}
    assert closed == {"anonymous", "closed account"}
    assert readers["closed account"] == ANONYMOUS
