"""The index follows the catalogue by itself, and the command says and mends its state."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.db import transaction

from practices.access.reader import ANONYMOUS
from practices.catalogue.projection import touch
from practices.search import idsets, services
from practices.search.engines import get_engine
from practices.search.engines.base import Request
from practices.search.models import SearchRecord
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.vocabulary import Vocabulary


def found(typed: str) -> list[int]:
    plan = make_plan(parse(typed), Vocabulary())
    return [hit.record_id for hit in get_engine().search(Request(ANONYMOUS, plan)).hits]


def test_a_record_that_changed_is_found_in_the_same_transaction(records):
    record = records.put({"en": "Housing"}, index=False)
    assert found("housing") == []
    with transaction.atomic():
        touch(record)
        assert found("housing") == [record.pk]


def test_a_change_undone_leaves_the_index_as_it_was(records):
    record = records.put({"en": "Housing"})
    with transaction.atomic():
        records.change(record, titles={"en": "Referral"})
        transaction.set_rollback(True)
    assert found("housing") == [record.pk]
    assert found("referral") == []


def test_a_record_taken_out_keeps_a_tombstone_with_a_newer_version(records):
    record = records.put({"en": "Housing"})
    before = SearchRecord.objects.get(pk=record.pk).version
    records.take_away(record)
    row = SearchRecord.objects.get(pk=record.pk)
    assert row.deleted
    assert row.version > before
    assert not row.titles
    assert not row.urls


def test_the_command_rebuilds_and_tells(records):
    records.put({"en": "Housing"}, index=False)
    said = StringIO()
    call_command("search_index", "status", stdout=said)
    assert "0 records in the index, 1 that may be, 0 taken out" in said.getvalue()
    call_command("search_index", "rebuild", verbosity=0, stdout=said)
    call_command("search_index", "status", stdout=said)
    assert "1 records in the index, 1 that may be, 0 taken out" in said.getvalue()


def test_a_large_rebuild_takes_many_batches_and_loses_none(records, monkeypatch):
    monkeypatch.setattr(idsets, "BATCH", 3)
    keys = {records.put({"en": f"Housing {number}"}, index=False).pk for number in range(8)}
    done: list[int] = []
    services.rebuild(done.append)
    assert done == [3, 3, 2]
    assert set(found("housing")) == keys
    services.rebuild()
    assert set(found("housing")) == keys


def test_text_with_nul_is_stored_without_it(records):
    record = records.put({"en": "Hou\0sing"}, {"en": "A\0B"})
    assert SearchRecord.objects.get(pk=record.pk).titles == {"en": "Housing"}
