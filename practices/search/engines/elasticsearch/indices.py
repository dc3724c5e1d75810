"""The indices of the search server: readers ask an alias, a rebuild fills a new index beside it, one atomic step swaps them.

`sala` names what is read, `sala-next` what is being filled; writes go to both (`targets`). The index read before stays for `rollback`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from elasticsearch import Elasticsearch, NotFoundError
from elasticsearch.dsl import Index

from .documents import RecordDocument

# Pages are small, but a reader may ask for the last of very many.
DEEPEST_HIT = 1_000_000
VERSIONS_READ = 5_000


@dataclass(frozen=True, slots=True)
class Count:
    records: int
    tombstones: int


def alias() -> str:
    return settings.ELASTICSEARCH_INDEX


def next_alias() -> str:
    return f"{alias()}-next"


def every(client: Elasticsearch) -> list[str]:
    """All indices of this site, oldest first."""
    return sorted(client.indices.get(index=f"{alias()}-2*", features=["aliases"]).body)


def current(client: Elasticsearch) -> str | None:
    """The index that is read."""
    return next(iter(_behind(client, alias())), None)


def being_built(client: Elasticsearch) -> str | None:
    return next(iter(_behind(client, next_alias())), None)


def targets(client: Elasticsearch) -> list[str]:
    """The indices to which every change goes."""
    return [index for index in (current(client), being_built(client)) if index]


def ensure(client: Elasticsearch) -> str:
    """The index that is read, made empty where there is none."""
    found = current(client)
    if found is None:
        found = _make(client)
        client.indices.update_aliases(actions=[{"add": {"index": found, "alias": alias()}}])
    return found


def create(client: Elasticsearch) -> str:
    """A new empty index that writes reach from now on; one left over from a rebuild that stopped is dropped."""
    made = _make(client)
    left = _behind(client, next_alias())
    client.indices.update_aliases(
        actions=[
            *({"remove_index": {"index": index}} for index in left),
            {"add": {"index": made, "alias": next_alias()}},
        ]
    )
    return made


def swap(client: Elasticsearch, new: str) -> str | None:
    """Lets readers ask `new` from one moment to the next. Gives the index read before, which is kept; older ones go."""
    before = current(client)
    client.indices.update_aliases(
        actions=[
            *({"remove": {"index": index, "alias": alias()}} for index in _behind(client, alias())),
            *({"remove": {"index": index, "alias": next_alias()}} for index in _behind(client, next_alias())),
            {"add": {"index": new, "alias": alias()}},
        ]
    )
    for index in set(every(client)) - {new, before}:
        client.indices.delete(index=index, ignore_unavailable=True)
    return before


def drop_next(client: Elasticsearch) -> None:
    """Ends a rebuild without using it."""
    for index in _behind(client, next_alias()):
        client.indices.delete(index=index, ignore_unavailable=True)


def previous(client: Elasticsearch) -> str | None:
    """What `rollback` would return to: the newest index older than the one that is read."""
    read = current(client)
    return next((index for index in reversed(every(client)) if read and index < read), None)


def rollback(client: Elasticsearch) -> str | None:
    """Readers ask the index from before the last swap again. Writes since then are missing there: verify it afterwards."""
    before, read = previous(client), current(client)
    if before:
        client.indices.update_aliases(
            actions=[
                {"remove": {"index": read, "alias": alias()}},
                {"add": {"index": before, "alias": alias()}},
            ]
        )
    return before


def count(client: Elasticsearch, index: str) -> Count:
    """What the index holds, every write before this call included."""
    client.indices.refresh(index=index)
    records, gone = (
        client.count(index=index, query={"term": {"deleted": deleted}})["count"] for deleted in (False, True)
    )
    return Count(records, gone)


def versions(client: Elasticsearch, index: str, page: int = VERSIONS_READ) -> Iterator[dict[int, int]]:
    """Version by record id, tombstones included, in pages by rising id."""
    client.indices.refresh(index=index)
    after = -1
    while True:
        hits = client.search(
            index=index,
            size=page,
            query={"range": {"record_id": {"gt": after}}},
            sort=[{"record_id": "asc"}],
            version=True,
            source=False,
            track_total_hits=False,
        )["hits"]["hits"]
        if not hits:
            return
        yield {int(hit["_id"]): hit["_version"] for hit in hits}
        after = int(hits[-1]["_id"])


def _make(client: Elasticsearch) -> str:
    name = f"{alias()}-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"
    index = Index(name, using=client)
    index.settings(
        number_of_shards=1,
        # Every node of a small cluster can answer alone.
        auto_expand_replicas="0-2",
        max_result_window=DEEPEST_HIT,
    )
    index.document(RecordDocument)
    index.create(wait_for_active_shards=1)
    return name


def _behind(client: Elasticsearch, name: str) -> list[str]:
    try:
        return sorted(client.indices.get_alias(name=name).body)
    except NotFoundError:
        return []
