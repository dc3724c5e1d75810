"""The indices of the search server: writes in any order leave the newest, and readers change over from one moment to the next."""

from __future__ import annotations

import pytest
from elasticsearch.helpers import bulk

from practices.search.engines.elasticsearch import indices
from practices.search.engines.elasticsearch.documents import action
from practices.search.models import SearchRecord

pytestmark = pytest.mark.elasticsearch


def rows() -> list[SearchRecord]:
    return list(SearchRecord.objects.for_sending())


def send(client, index: str, some: list[SearchRecord]) -> list[int]:
    """Status of each refused action."""
    _, errors = bulk(client, [action(row, index) for row in some], raise_on_error=False, refresh=True)
    return [error["index"]["status"] for error in errors]


def held(client, index: str) -> dict[int, int]:
    return {key: version for page in indices.versions(client, index, page=2) for key, version in page.items()}


def test_the_index_holds_the_versions_of_the_database_tombstones_included(records, search_server):
    index = indices.ensure(search_server)
    kept = [records.put({"en": f"Housing {number}", "th": "บ้าน"}) for number in range(4)]
    kept.pop().delete()
    records.take_away(kept.pop())
    assert send(search_server, index, rows()) == []
    assert held(search_server, index) == dict(SearchRecord.objects.values_list("pk", "version"))
    assert indices.count(search_server, index) == indices.Count(records=2, tombstones=2)


def test_late_news_of_a_record_is_refused_and_the_same_news_again_is_not(records, search_server):
    index = indices.ensure(search_server)
    record = records.put({"en": "Housing"})
    old = rows()
    records.take_away(record)
    new = rows()
    assert send(search_server, index, new) == []
    assert send(search_server, index, old) == [409]
    assert send(search_server, index, new) == []
    assert indices.count(search_server, index) == indices.Count(records=0, tombstones=1)


def test_readers_change_to_the_new_index_at_once_and_can_go_back(records, search_server):
    first = indices.ensure(search_server)
    assert indices.ensure(search_server) == indices.current(search_server) == first
    left = indices.create(search_server)
    second = indices.create(search_server)
    assert indices.targets(search_server) == [first, second]
    assert indices.every(search_server) == [first, second], f"{left} was never finished"
    assert indices.swap(search_server, second) == first
    assert (indices.current(search_server), indices.being_built(search_server)) == (second, None)
    third = indices.create(search_server)
    assert indices.swap(search_server, third) == second
    assert indices.every(search_server) == [second, third]
    assert indices.previous(search_server) == indices.rollback(search_server) == second
    assert indices.current(search_server) == second
    assert indices.rollback(search_server) is None


def test_a_rebuild_given_up_leaves_readers_where_they_were(records, search_server):
    first = indices.ensure(search_server)
    indices.create(search_server)
    indices.drop_next(search_server)
    assert indices.every(search_server) == indices.targets(search_server) == [first]
