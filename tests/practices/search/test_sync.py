"""The outbox against a real search server: what is acknowledged is there, what fails waits its turn, and differences are mended."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import F
from elasticsearch import ConnectionError as Unreachable

from practices.search import outbox, services, sync
from practices.search.engines.elasticsearch import indices
from practices.search.engines.elasticsearch.documents import action
from practices.search.models import SearchRecord, SendFailure

pytestmark = pytest.mark.elasticsearch


@pytest.fixture
def index(records, search_server):
    return indices.ensure(search_server)


@pytest.fixture
def unsent(monkeypatch):
    """Writes that nobody is told of, as while no worker runs."""
    monkeypatch.setattr(outbox, "announce", lambda: None)


def held(client, index: str) -> dict[int, int]:
    return {key: version for page in indices.versions(client, index) for key, version in page.items()}


def written() -> dict[int, int]:
    return dict(SearchRecord.objects.values_list("pk", "version"))


def waiting() -> set[int]:
    return set(SearchRecord.objects.waiting().values_list("pk", flat=True))


def test_a_write_is_sent_without_being_asked_for(records, index, search_server):
    records.put({"en": "Housing"})
    gone = records.put({"en": "Referral"})
    records.take_away(gone)
    assert held(search_server, index) == written()
    assert waiting() == set()


def test_many_writes_wait_and_go_in_batches(records, index, search_server, unsent, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 3)
    for number in range(8):
        records.put({"en": f"Housing {number}"})
    assert len(waiting()) == 8
    done: list[int] = []
    assert sync.send(done.append) == 8
    assert done == [3, 3, 2]
    assert held(search_server, index) == written()
    assert sync.send() == 0


def test_a_row_written_while_it_is_sent_goes_on_waiting(records, index, search_server, unsent, monkeypatch):
    record = records.put({"en": "Housing"})
    real = sync._write

    def slow(*arguments):
        sent = real(*arguments)
        if len(calls) < 1:
            calls.append(1)
            records.change(record, titles={"en": "Houses"})
        return sent

    calls: list[int] = []
    monkeypatch.setattr(sync, "_write", slow)
    old = written()
    assert sync.send() == 0, "what was sent is no longer what the row says"
    assert held(search_server, index) == old
    assert waiting() == {record.pk}
    assert sync.send() == 1
    assert held(search_server, index) == written() != old


def test_what_was_sent_before_a_rebuild_began_is_not_acknowledged(records, index, search_server, unsent, monkeypatch):
    record = records.put({"en": "Housing"})
    real = sync._write

    def rebuild_begins(*arguments):
        sent = real(*arguments)
        if indices.being_built(search_server) is None:
            indices.create(search_server)
        return sent

    monkeypatch.setattr(sync, "_write", rebuild_begins)
    assert sync.send() == 0
    assert waiting() == {record.pk}
    assert sync.send() == 1
    assert held(search_server, indices.being_built(search_server)) == written()


def test_one_record_that_is_refused_keeps_no_other_back(records, index, search_server, unsent):
    good, bad = records.put({"en": "Housing"}), records.put({"en": "Referral"})
    SearchRecord.objects.filter(pk=bad.pk).update(facets={"tag": ["x" * 40_000]})
    assert sync.send() == 1
    assert waiting() == {bad.pk}
    failure = SendFailure.objects.get()
    assert (failure.pk, failure.attempts) == (bad.pk, 1)
    assert "facets.tag" in failure.error
    assert sync.send() == 0
    assert SendFailure.objects.get().attempts == 1, "it rests"
    records.change(bad, titles={"en": "Referral, mended"})
    assert sync.send() == 1, "a newer version is tried at once"
    assert not SendFailure.objects.exists()
    assert held(search_server, index).keys() == {good.pk, bad.pk}


def test_a_server_that_is_away_is_asked_again_later_and_later(records, unsent, settings):
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    record = records.put({"en": "Housing"})
    assert sync.send() == 0
    first = SendFailure.objects.get(pk=outbox.EVERYTHING)
    assert "Connection" in first.error
    assert outbox.rests()
    assert sync.send() == 0
    assert SendFailure.objects.get().attempts == 1, "not asked while it rests"
    for attempts in (2, 3):
        SendFailure.objects.update(next_attempt=datetime.datetime.now(datetime.UTC))
        assert sync.send() == 0
        failure = SendFailure.objects.get()
        assert failure.attempts == attempts
        assert failure.since == first.since
    assert waiting() == {record.pk}
    assert outbox.backlog().failing_since == first.since


def test_the_error_goes_once_the_server_answers(records, index, unsent):
    outbox.failed("gone")
    outbox.end_rest()
    sync.send()
    assert outbox.backlog() == outbox.Backlog()


def test_a_rebuild_lets_readers_change_over_to_an_index_that_lacks_nothing(records, index, search_server):
    for number in range(5):
        records.put({"en": f"Housing {number}"})
    records.take_away(records.put({"en": "Gone"}))
    assert sync.rebuild_index() == 5
    new = indices.current(search_server)
    assert new != index
    assert indices.previous(search_server) == index
    assert indices.count(search_server, new).records == 5


def test_what_is_written_while_a_rebuild_runs_is_in_the_new_index(records, index, search_server):
    kept = [records.put({"en": f"Housing {number}"}) for number in range(6)]

    def write(_done: int) -> None:
        records.change(kept[0], titles={"en": "Changed"})
        records.take_away(kept[1])
        records.put({"en": "New"})

    sync.rebuild_index(write)
    new = indices.current(search_server)
    versions = held(search_server, new)
    live = dict(SearchRecord.objects.in_index().values_list("pk", "version"))
    assert {key: versions[key] for key in live} == live
    assert indices.count(search_server, new).records == len(live) == 6
    assert not len(sync.compare(search_server, new))


def test_a_rebuild_that_fails_leaves_the_old_index_and_nothing_else(records, index, search_server):
    records.put({"en": "Housing"})

    def fail(_done: int) -> None:
        raise Unreachable("gone")

    with pytest.raises(Unreachable):
        sync.rebuild_index(fail)
    assert indices.every(search_server) == [index]
    assert indices.current(search_server) == index


def test_verify_finds_and_mends_what_differs_and_only_that(records, index, search_server):
    same, lost, old, strange = (records.put({"en": f"Housing {number}"}) for number in range(4))
    gone = records.put({"en": "Gone"})
    records.take_away(gone)
    SearchRecord.objects.filter(pk=old.pk).update(version=F("version") + 100, indexed_version=F("version") + 100)
    rows = {row.pk: row for row in SearchRecord.objects.for_sending()}
    at = {"index": index, "version_type": "external_gte"}
    search_server.delete(id=str(lost.pk), version=rows[lost.pk].version, **at)
    source = action(rows[strange.pk], index)["_source"]
    search_server.index(id=str(strange.pk), version=10_000, document=source, **at)
    search_server.index(id="987654", version=12_000, document=source | {"record_id": 987_654}, **at)

    found = sync.verify()
    assert found.behind == {lost.pk, old.pk}
    assert found.ahead == {strange.pk: 10_000}
    assert found.unknown == {987_654: 12_000}
    assert indices.count(search_server, index).records == 4
    versions = held(search_server, index)
    assert versions == written()
    assert versions[strange.pk] > 10_000
    assert versions[same.pk] == rows[same.pk].version
    assert not len(sync.verify())


def test_going_back_sends_what_changed_since(records, index, search_server):
    kept = records.put({"en": "Housing"})
    sync.rebuild_index()
    records.change(kept, titles={"en": "Houses"})
    new = records.put({"en": "New"})
    found = sync.rollback()
    assert found.behind == {kept.pk, new.pk}
    assert indices.current(search_server) == index
    assert held(search_server, index) == written()
    assert sync.rollback() is None


def test_a_server_that_lost_everything_gets_all_of_it_again(records, index, search_server):
    from practices.search.jobs import sweep

    records.put({"en": "Housing"})
    search_server.indices.delete(index=index)
    sweep()
    assert held(search_server, indices.current(search_server)) == written()


def test_records_written_above_a_version_have_newer_ones(records, index):
    record = records.put({"en": "Housing"})
    services.write_above(500, [record.pk])
    assert SearchRecord.objects.get().version == 501
