"""What is new to a saved search: what comes to match it after it was saved, once for each record, and only what its owner may see."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.http import QueryDict
from django.utils.translation import override
from wagtail.users.models import UserProfile

from exchange.people.services import assign_seat, close_account, reopen_account
from practices.access.reader import reader_for
from practices.access.rules import State, Visibility
from practices.saved_searches import services
from practices.saved_searches.models import Frequency, SavedMatch, SavedSearch
from practices.saved_searches.querysets import new_counts
from practices.saved_searches.questions import canonical, describe
from practices.saved_searches.schedule import next_mail_at
from practices.saved_searches.services import (
    change_search,
    find_new_matches,
    mark_opened,
    save_search,
    share_search,
    take_matches,
    unshare_search,
)
from practices.search.services import index_records, rebuild
from tests.factories.people import make_institution, make_person
from tests.factories.saved_searches import make_saved_search

pytestmark = pytest.mark.django_db


def found(search: SavedSearch) -> list[int]:
    find_new_matches()
    return list(search.matches.order_by("pk").values_list("record_id", flat=True))


# What is new


def test_what_matched_when_it_was_saved_is_not_new_not_even_when_it_changes(records, member):
    old = records.put({"en": "Housing first"})
    search = make_saved_search(member)
    records.change(old, bodies={"en": "More about housing"})
    assert found(search) == []


def test_what_is_published_later_is_new_once(records, member):
    search = make_saved_search(member)
    new = records.put({"en": "Housing for women"})
    records.put({"en": "Interpreters"})
    assert found(search) == [new.pk]
    records.change(new, bodies={"en": "More"})
    document = records.documents[new.pk]
    records.take_away(new)
    find_new_matches()
    records.documents[new.pk] = document  # published again
    index_records([new.pk])
    assert found(search) == [new.pk]


def test_what_changes_into_matching_is_new(records, member):
    search = make_saved_search(member)
    record = records.put({"en": "Interpreters"})
    assert found(search) == []
    records.change(record, titles={"en": "Housing"})
    assert found(search) == [record.pk]


def test_thai_words_and_filters_are_asked_as_on_the_page(records, member):
    search = make_saved_search(member, "q=ผู้เสียหาย&topic=housing&topic=shelter-care&page=3")
    assert search.query == canonical(QueryDict("q=ผู้เสียหาย&topic=housing&topic=shelter-care"))
    new = records.put({"th": "การคุ้มครองผู้เสียหายจากการค้ามนุษย์"}, facets={"topic": ["housing"]})
    records.put({"th": "การคุ้มครองผู้เสียหาย"}, facets={"topic": ["awareness"]})
    assert found(search) == [new.pk]


def test_what_merely_comes_near_is_no_news(records, member):
    """The page shows it where there is nothing better."""
    search = make_saved_search(member, "q=housing+women")
    records.put({"en": "Housing for families"})
    assert found(search) == []
    both = records.put({"en": "Housing for women"})
    assert found(search) == [both.pk]


def test_a_rebuild_brings_no_news(records, member):
    records.put({"en": "Housing first"})
    search = make_saved_search(member)
    rebuild()
    assert found(search) == []


def test_an_older_index_brings_no_news_and_is_followed(records, member):
    """After the database was restored from a backup the index counts from an earlier version."""
    records.put({"en": "Housing first"})
    search = make_saved_search(member)
    SavedSearch.objects.update(seen_version=10_000)
    assert found(search) == []
    new = records.put({"en": "Housing second"})
    assert found(search) == [new.pk]


def test_a_filter_alone_may_be_saved(records, member):
    search = make_saved_search(member, "kind=practice")
    new = records.put({"en": "Anything"})
    assert found(search) == [new.pk]


# Who may see it


@pytest.mark.parametrize(
    ("state", "visibility", "is_own", "is_told"),
    [
        (State.PUBLISHED, Visibility.PUBLIC, False, True),
        (State.PUBLISHED, Visibility.MEMBERS, False, True),
        (State.PUBLISHED, Visibility.INSTITUTION, False, False),
        (State.PUBLISHED, Visibility.INSTITUTION, True, True),
        (State.ARCHIVED, Visibility.PUBLIC, False, False),
    ],
)
def test_only_what_its_owner_may_see_is_found(records, member, state, visibility, is_own, is_told):
    institution = make_institution()
    if is_own:
        assign_seat(institution, "operational", member)
    search = make_saved_search(member)
    new = records.put({"en": "Housing"}, state=state, visibility=visibility, institution=institution)
    assert found(search) == ([new.pk] if is_told else [])


def test_what_is_opened_to_its_owner_later_is_new_then(records, member):
    search = make_saved_search(member)
    record = records.put({"en": "Housing"}, visibility=Visibility.INSTITUTION)
    assert found(search) == []
    record.visibility = Visibility.MEMBERS
    record.save()
    index_records([record.pk])
    assert found(search) == [record.pk]


def test_two_with_the_same_question_are_told_what_each_may_see(records, member):
    institution = make_institution()
    insider = make_person()
    assign_seat(institution, "operational", insider)
    outside, inside = make_saved_search(member), make_saved_search(insider)
    record = records.put({"en": "Housing"}, visibility=Visibility.INSTITUTION, institution=institution)
    find_new_matches()
    assert list(SavedMatch.objects.values_list("saved_search", "record")) == [(inside.pk, record.pk)]
    assert outside.matches.count() == 0


def test_a_closed_account_finds_nothing_until_it_is_opened_again(records, member):
    search = make_saved_search(member)
    close_account(member)
    new = records.put({"en": "Housing"})
    assert found(search) == []
    reopen_account(member)
    assert found(search) == [new.pk]


def test_only_members_save(records):
    with pytest.raises(PermissionDenied):
        save_search(AnonymousUser(), name="Example", query="q=housing", frequency="daily", language="en")


# Names and limits


def test_names_are_ones_own_and_unlike(records, member):
    make_saved_search(member, name="Housing for women")
    with pytest.raises(ValidationError):
        make_saved_search(member, name="  housing  FOR women ")
    make_saved_search(make_person(), name="Housing for women")
    other = make_saved_search(member, name="Other")
    with pytest.raises(ValidationError), transaction.atomic():
        change_search(other, name="Housing for WOMEN", frequency="daily")


def test_there_is_an_end_to_them(records, member, monkeypatch):
    monkeypatch.setattr(services, "MOST", 2)
    make_saved_search(member)
    make_saved_search(member)
    with pytest.raises(ValidationError, match="2 saved searches"):
        make_saved_search(member)


def test_one_with_too_many_filters_is_refused(records, member):
    typed = "q=housing&" + "&".join(f"tag={'x' * 90}{number}" for number in range(20)) + "&country=" + "y" * 100
    with pytest.raises(ValidationError, match="too many filters"):
        make_saved_search(member, typed + "&" + "&".join(f"province={'z' * 90}{number}" for number in range(9)))


def test_it_reads_as_words_and_filters_in_the_language_of_the_page(records, member):
    with override("en"):
        assert str(*describe("q=housing&kind=practice")) == "housing · Kind: Practice"
    with override("th"):
        assert "housing · " in str(*describe("q=housing&kind=practice"))
        assert "Practice" not in str(*describe("q=housing&kind=practice"))


# Counting what is new, and handing it out


def test_new_ones_are_counted_until_it_is_opened_and_only_those_still_open(records, member):
    search = make_saved_search(member, frequency="never")
    first, second = records.put({"en": "Housing one"}), records.put({"en": "Housing two"})
    find_new_matches()
    reader = reader_for(member)
    assert new_counts(reader, [search]) == {search.pk: 2}
    second.visibility = Visibility.INSTITUTION
    second.save()
    assert new_counts(reader, [search]) == {search.pk: 1}
    records.take_away(first)
    assert new_counts(reader, [search]) == {}
    second.visibility = Visibility.PUBLIC
    second.save()
    mark_opened(search)
    assert new_counts(reader, [search]) == {}


def test_matches_are_handed_out_once(records, member):
    search = make_saved_search(member)
    new = records.put({"en": "Housing"})
    find_new_matches()
    assert [match.record_id for match in take_matches(search)] == [new.pk]
    assert take_matches(search) == []


def test_what_was_found_while_no_mail_was_wanted_is_never_mailed(records, member):
    search = make_saved_search(member, frequency="never")
    records.put({"en": "Housing one"})
    find_new_matches()
    change_search(search, name=search.name, frequency=Frequency.AT_ONCE)
    assert take_matches(search) == []
    records.put({"en": "Housing two"})
    find_new_matches()
    change_search(search, name=search.name, frequency=Frequency.NEVER)
    change_search(search, name=search.name, frequency=Frequency.AT_ONCE)
    assert take_matches(search) == []


def test_a_link_that_was_ended_never_works_again(records, member):
    search = make_saved_search(member)
    first = share_search(search)
    assert share_search(search) == first
    assert SavedSearch.objects.shared_by(first) == search
    unshare_search(search)
    assert SavedSearch.objects.shared_by(first) is None
    assert SavedSearch.objects.shared_by("") is None
    assert share_search(search) != first


BANGKOK, BRUSSELS = ZoneInfo("Asia/Bangkok"), ZoneInfo("Europe/Brussels")


@pytest.mark.parametrize(
    ("zone", "frequency", "now", "then"),
    [
        (BANGKOK, "daily", (2026, 11, 24, 6, 59), (2026, 11, 24, 7)),
        (BANGKOK, "daily", (2026, 11, 24, 7, 0), (2026, 11, 25, 7)),
        (BANGKOK, "weekly", (2026, 11, 24, 9, 0), (2026, 11, 30, 7)),
        (BANGKOK, "weekly", (2026, 11, 30, 6, 0), (2026, 11, 30, 7)),
        (BANGKOK, "weekly", (2026, 11, 30, 7, 0), (2026, 12, 7, 7)),
        (BRUSSELS, "daily", (2026, 10, 24, 12, 0), (2026, 10, 25, 7)),  # the night in which clocks go back
    ],
)
def test_digests_go_at_seven_in_the_morning_of_their_reader(records, member, zone, frequency, now, then):
    UserProfile.objects.update_or_create(user=member, defaults={"current_time_zone": zone.key})
    member.refresh_from_db()
    search = SavedSearch(owner=type(member).objects.get(pk=member.pk))
    moment = next_mail_at(search, frequency, datetime.datetime(*now, tzinfo=zone))
    assert moment == datetime.datetime(*then, tzinfo=zone)
    assert moment.astimezone(zone).hour == 7


def test_never_and_at_once_need_no_clock(member):
    search = SavedSearch(owner=member)
    now = datetime.datetime(2026, 11, 24, tzinfo=BANGKOK)
    assert next_mail_at(search, Frequency.NEVER, now) is None
    assert next_mail_at(search, Frequency.AT_ONCE, now) == now


# Several workers


@pytest.mark.django_db(transaction=True)
def test_four_workers_find_each_match_once_and_hand_it_out_once(records):
    member = make_person()
    search = make_saved_search(member)
    for number in range(5):
        records.put({"en": f"Housing {number}"})
    together = Barrier(4)

    def work(_number: int) -> int:
        try:
            together.wait()
            find_new_matches()
            together.wait()
            return len(take_matches(search))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as workers:
        handed = list(workers.map(work, range(4)))
    assert sorted(handed) == [0, 0, 0, 5]
    assert search.matches.count() == 5
