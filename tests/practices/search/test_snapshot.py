"""Sets in memory follow the database: after a save they are mended, not dropped, and never show what was rolled back."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.http import QueryDict

from practices.access.reader import ANONYMOUS
from practices.access.rules import Visibility
from practices.catalogue.models import Record
from practices.search import registry, services, wordbook
from practices.search.asked import read
from practices.search.engines import database, get_engine
from practices.search.engines.base import Request
from practices.search.listing import make_listing, suggestions
from practices.search.models import SearchClock
from practices.search.plan import Unit, make_plan
from practices.search.query import parse
from practices.search.registry import Synonyms
from practices.search.vocabulary import Vocabulary
from tests.factories.search import shelf


@pytest.fixture
def records(db, monkeypatch):
    """A test is one transaction that is undone; here only a transaction inside it counts as undecided."""
    for module in (database, wordbook):
        monkeypatch.setattr(module, "undecided", lambda: bool(connection.savepoint_ids))
        monkeypatch.setattr(module, "_shared", {})
    with shelf() as made:
        yield made


def ask(typed: str) -> tuple[int, dict[str, int]]:
    plan = make_plan(parse(typed), Vocabulary())
    result = get_engine().search(Request(ANONYMOUS, plan))
    return result.total, dict(result.facets["tag"])


def shared() -> database.Snapshot:
    return database._shared["default"]


def test_a_save_mends_the_sets_and_keeps_them(records, django_assert_max_num_queries):
    first = records.put({"en": "Housing for all"}, facets={"tag": ["a"]})
    second = records.put({"en": "Referral"}, facets={"tag": ["a"]})
    assert ask("housing") == (1, {"a": 1})
    kept = shared()
    assert Unit(("hous",)) in kept.units
    records.change(second, titles={"en": "Referral and housing"}, facets={"tag": ["b"]})
    with django_assert_max_num_queries(6):  # clock, what changed, this audience, texts of the best
        assert ask("housing") == (2, {"a": 1, "b": 1})
    assert shared() is kept
    records.change(first, titles={"en": "Other"})
    records.take_away(second)
    assert ask("housing") == (0, {})
    assert ask("other") == (1, {"a": 1})
    assert shared() is kept


def test_a_record_beyond_the_arrays_finds_its_place(records):
    records.put({"en": "Housing"})
    assert ask("housing")[0] == 1
    for number in range(3):
        records.put({"en": f"Housing {number}"})
    assert ask("housing")[0] == 4


def test_hiding_a_record_acts_on_the_next_search(records):
    record = records.put({"en": "Housing"})
    assert ask("housing")[0] == 1
    record.visibility = Visibility.MEMBERS
    record.save()
    services.index_records([record.pk])
    assert ask("housing")[0] == 0


def test_what_is_rolled_back_is_not_found_afterwards(records):
    records.put({"en": "Housing"})
    assert ask("housing")[0] == 1
    with transaction.atomic():
        records.put({"en": "Housing undone"})
        assert ask("housing")[0] == 2
        transaction.set_rollback(True)
    records.put({"en": "Referral"})
    assert ask("housing")[0] == 1
    assert ask("referral")[0] == 1


def test_an_emptied_table_is_another_history(records):
    records.put({"en": "Housing"})
    assert ask("housing")[0] == 1
    services.SearchRecord.objects.all().delete()
    SearchClock.objects.all().delete()
    assert ask("housing")[0] == 0


def test_many_changes_are_read_anew(records, monkeypatch):
    monkeypatch.setattr(database, "CATCH_UP", 2)
    records.put({"en": "Housing"})
    assert ask("housing")[0] == 1
    before = shared()
    for number in range(4):
        records.put({"en": f"Housing {number}"})
    assert ask("housing")[0] == 5
    assert shared() is not before


def test_a_new_glossary_term_acts_on_the_next_search(records):
    assert list(wordbook.current().vocabulary.forms()) == []
    registry.register_expansions(lambda: [Synonyms("vot", [("en", "VoT")])])
    services.vocabulary_changed()
    assert [form.text for form in wordbook.current().vocabulary.forms()] == ["VoT"]
    assert wordbook.current() is wordbook.current()


def test_a_hit_is_confirmed_by_the_database_before_it_is_shown(records):
    record = records.put({"en": "Housing"})
    assert ask("housing")[0] == 1
    Record.objects.filter(pk=record.pk).update(visibility=Visibility.MEMBERS)  # past every signal
    assert make_listing(read(QueryDict("q=housing")), ANONYMOUS).hits == []
    assert suggestions("hous", ANONYMOUS) == []
