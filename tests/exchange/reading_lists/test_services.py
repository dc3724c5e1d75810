"""Keeping, ordering, deleting and bringing back; twice at once changes nothing twice."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from exchange.reading_lists import services
from exchange.reading_lists.models import Item, ReadingList, Sharing
from practices.background.periodic import jobs
from tests.factories.people import make_person
from tests.factories.reading_lists import make_list
from tests.factories.records import make_bare_record

pytestmark = pytest.mark.django_db


def order(reading_list: ReadingList) -> list[str]:
    return [item.record.listing.title for item in reading_list.items.all()]


@pytest.fixture
def owner():
    return make_person("Example Owner")


@pytest.fixture
def three(owner):
    return make_list(owner, [make_bare_record(title) for title in "ABC"])


def test_a_record_is_kept_once_and_stays_where_it_is(owner, three):
    first = three.items.first()
    assert services.keep(first.record, owner, three) == first
    assert order(three) == ["A", "B", "C"]


@pytest.mark.parametrize(
    ("title", "steps", "expected"),
    [("A", 1, "BAC"), ("C", -1, "ACB"), ("A", -1, "ABC"), ("C", 1, "ABC"), ("B", -1, "BAC")],
)
def test_a_record_moves_one_place_and_not_past_the_ends(owner, three, title, steps, expected):
    item = next(item for item in three.items.all() if item.record.listing.title == title)
    services.move(item, owner, steps)
    assert order(three) == list(expected)


def test_moving_mends_places_that_are_double(owner, three):
    Item.objects.update(position=1)
    services.move(three.items.last(), owner, -1)
    assert order(three) == ["A", "C", "B"]
    assert [item.position for item in three.items.all()] == [1, 2, 3]


def test_a_deleted_list_comes_back_with_its_records_and_a_free_name(owner, three):
    services.delete_list(three, owner)
    other = make_list(owner, name=three.name)
    with pytest.raises(PermissionDenied):
        services.keep(make_bare_record(), owner, three)
    back = services.restore_list(three, owner)
    assert (back.name, order(back)) == (f"{other.name} (2)", ["A", "B", "C"])
    with pytest.raises(PermissionDenied):
        services.restore_list(back, owner)


def test_deleted_lists_are_gone_after_thirty_days(owner, three):
    services.delete_list(three, owner)
    jobs()["exchange.reading_lists.jobs.purge_deleted_lists"].run()
    assert ReadingList.objects.count() == 1
    ReadingList.objects.update(deleted_at=timezone.now() - datetime.timedelta(days=31))
    jobs()["exchange.reading_lists.jobs.purge_deleted_lists"].run()
    assert (ReadingList.objects.count(), Item.objects.count()) == (0, 0)


def test_two_lists_of_one_person_have_two_names(owner, three):
    with pytest.raises(ValidationError):
        services.create_list(owner, f"  {three.name} ")
    other = make_list(owner)
    with pytest.raises(ValidationError):
        services.edit_list(other, owner, name=three.name, description="", sharing=Sharing.PRIVATE)
    make_list(make_person(), name=three.name)


def test_a_new_name_is_a_new_list_and_a_known_one_is_that_list(owner):
    first, second = make_bare_record("A"), make_bare_record("B")
    services.keep_in_new(first, owner, "To read")
    services.keep_in_new(second, owner, " To  read ")
    assert order(ReadingList.objects.get()) == ["A", "B"]


def test_a_list_has_an_end(owner, three, monkeypatch):
    monkeypatch.setattr(services, "ITEMS_LIMIT", 3)
    with pytest.raises(ValidationError, match="full"):
        services.keep(make_bare_record(), owner, three)
    monkeypatch.setattr(services, "LISTS_LIMIT", 1)
    with pytest.raises(ValidationError):
        services.create_list(owner, "One more")


def test_words_are_tidied_and_their_language_is_known(owner):
    made = make_list(owner, name=" บ้านมาก่อน\x00\u202e ", description="\x00")
    assert (made.name, made.language, made.description) == ("บ้านมาก่อน", "th", "")
    with pytest.raises(ValidationError):
        make_list(owner, name="\u202e \x00")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_at_once_keep_a_record_once_in_one_list():
    owner, records = make_person("Example Owner"), [make_bare_record(f"Example {number}") for number in range(3)]
    together = Barrier(9)

    def keep(number: int) -> None:
        try:
            together.wait()
            services.keep_in_new(records[number % 3], owner, "Example list")
        finally:
            connection.close()

    with ThreadPoolExecutor(9) as pool:
        list(pool.map(keep, range(9)))
    made = ReadingList.objects.get()
    assert sorted(item.position for item in made.items.all()) == [1, 2, 3]
