"""Sends the outbox to the search server and keeps its indices: nothing is acknowledged that an index in use has not got.

Sending twice does no harm, for the server refuses an older version than it has. So workers need not agree who sends what,
and whatever stops half-way is done again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import bulk, streaming_bulk

from practices.catalogue.models import ContentEpoch

from . import outbox, services
from .engines.elasticsearch import indices
from .engines.elasticsearch.client import get_client
from .engines.elasticsearch.documents import action
from .idsets import BATCH, batches
from .models import SearchRecord

# Of text in one request, and of rows in memory.
REQUEST_BYTES = 5 * 1024 * 1024
ROWS_READ = 50
# Of a rebuild: how often what changed meanwhile is looked for.
ROUNDS = 5
STATUS_PATIENCE_S = 2.0
# One in so many records; with more, a new index is no good.
MOST_REFUSED = 100
NO_INDEX = "Elasticsearch has no index yet."
BAD_REQUEST, CONFLICT = 400, 409

Unreachable = (ApiError, TransportError)
Progress = Callable[[int], object]


class NotTaken(Exception):
    """The server would not write for now: its disk is full, its queue is, or it has no index."""


@dataclass
class Differences:
    """Record ids by what is wrong with them in an index."""

    # Missing there, or older than the row.
    behind: set[int] = field(default_factory=set)
    # Newer than the row, which is then from an older copy of the database. Version by id.
    ahead: dict[int, int] = field(default_factory=dict)
    # Of no row. Version by id.
    unknown: dict[int, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.behind) + len(self.ahead) + len(self.unknown)


def has_index() -> bool:
    return indices.current(get_client()) is not None


def every_index() -> Iterator[tuple[str, str, int, int]]:
    """Name, what it is for, records and tombstones of each, newest first. Does not wait long for a server that is away."""
    client = get_client().options(request_timeout=STATUS_PATIENCE_S)
    current, previous, new = indices.current(client), indices.previous(client), indices.being_built(client)
    roles = {new: "next", previous: "previous", current: "read"}
    for name in reversed(indices.every(client)):
        count = indices.count(client, name)
        yield name, roles.get(name, ""), count.records, count.tombstones


def send(progress: Progress = lambda done: None) -> int:
    """Sends what waits until nothing does, or until the server fails. Gives the number of records acknowledged."""
    if outbox.rests():
        return 0
    client, acknowledged = get_client(), 0
    try:
        while keys := outbox.next_batch():
            done = _send_batch(client, keys)
            progress(done)
            acknowledged += done
            if not done:
                break
        outbox.answered()
    except (*Unreachable, NotTaken) as error:
        outbox.failed(error)
    return acknowledged


def _send_batch(client: Elasticsearch, keys: Sequence[int]) -> int:
    targets = indices.targets(client)
    if not targets:
        raise NotTaken(NO_INDEX)
    sent, refused = _write(client, _rows(keys), targets)
    for key, error in refused.items():
        outbox.refused(key, sent.pop(key), error)
    client.indices.refresh(index=targets)  # what counts as sent can be found
    # A rebuild that began meanwhile may have read older rows than were sent here, which its index has not got.
    return outbox.acknowledge(sent) if indices.targets(client) == targets else 0


def rebuild_index(progress: Progress = lambda done: None) -> int:
    """Fills a new index from the rows while people read and write, and has readers ask it once it lacks nothing.

    Writes reach the old index and the new from the first moment. Gives the number of records sent.
    """
    client = get_client()
    new = indices.create(client)
    filled = refused = 0
    try:
        for keys in batches(SearchRecord.objects.in_index().order_by("pk").values_list("pk", flat=True)):
            taken = _fill(client, new, keys)
            filled, refused = filled + taken, refused + len(keys) - taken
            progress(len(keys))
        if refused * MOST_REFUSED > filled:
            raise NotTaken(f"The new index refused {refused} records: {outbox.backlog().refusal}")
        for _round in range(ROUNDS):
            missing = compare(client, new).behind
            if not missing:
                break
            _fill(client, new, sorted(missing))
        else:
            raise NotTaken(f"The new index lacks {len(missing)} records still, so the old one goes on answering.")
        indices.swap(client, new)
        ContentEpoch.bump()
    except BaseException:
        with suppress(*Unreachable):
            indices.drop_next(client)
        raise
    return filled


def _fill(client: Elasticsearch, index: str, keys: Sequence[int]) -> int:
    sent, refused = _write(client, _rows(keys), [index])
    if refused:
        outbox.send_again(refused)
        for key, error in refused.items():
            outbox.refused(key, sent.pop(key), error)
    if indices.targets(client) == [index]:
        outbox.acknowledge(sent)  # no other index is in use
    return len(sent)


def rollback(progress: Progress = lambda done: None) -> Differences | None:
    """Has readers ask the index from before the last rebuild, and sends it what changed since. None where there is none."""
    client = get_client()
    before = indices.rollback(client)
    if before is None:
        return None
    found = compare(client, before, progress)
    mend(client, before, found)
    ContentEpoch.bump()
    return found


def verify(progress: Progress = lambda done: None) -> Differences:
    """Compares the index that is read with the rows, and mends it. Gives what differed."""
    client = get_client()
    index = indices.current(client)
    if index is None:
        raise NotTaken(NO_INDEX)
    found = compare(client, index, progress)
    mend(client, index, found)
    return found


def compare(client: Elasticsearch, index: str, progress: Progress = lambda done: None) -> Differences:
    """Every row against the index by id and version. A row that waits to be sent is no difference."""
    found, after = Differences(), -1
    for page in indices.versions(client, index):
        last = max(page)
        _compare_page(found, page, SearchRecord.objects.filter(pk__gt=after, pk__lte=last))
        after = last
        progress(len(page))
    _compare_page(found, {}, SearchRecord.objects.filter(pk__gt=after))
    return _confirmed(client, index, found)


def mend(client: Elasticsearch, index: str, found: Differences) -> None:
    outbox.send_again(found.behind)
    if found.ahead:
        services.write_above(max(found.ahead.values()), list(found.ahead))
    # Really deleted: no late message can bring back what has no row.
    bulk(
        client,
        (
            {"_op_type": "delete", "_index": index, "_id": str(key), "version": version, "version_type": "external_gte"}
            for key, version in found.unknown.items()
        ),
    )
    send()


def _compare_page(found: Differences, page: dict[int, int], rows: QuerySet[SearchRecord]) -> None:
    unknown = dict(page)
    columns = rows.order_by().values_list("pk", "version", "indexed_version", "deleted")
    for key, version, indexed_version, deleted in columns.iterator():
        there = unknown.pop(key, None)
        if there is not None and there > version:
            found.ahead[key] = there
        elif there != version and indexed_version >= version and not (deleted and there is None):
            found.behind.add(key)
    found.unknown.update(unknown)


def _confirmed(client: Elasticsearch, index: str, found: Differences) -> Differences:
    """A second look, at the documents themselves: index and rows were read one after the other, and people went on writing."""
    behind: set[int] = set()
    for keys in batches(sorted(found.behind)):
        settled = SearchRecord.objects.filter(pk__in=keys).exclude(pk__in=SearchRecord.objects.waiting())
        wanted = dict(settled.values_list("pk", "version"))
        if wanted:
            documents = client.mget(index=index, ids=[str(key) for key in wanted], source=False)["docs"]
            there = {int(document["_id"]): document.get("_version", 0) for document in documents}
            behind.update(key for key, version in wanted.items() if there[key] < version)
    doubtful = {**found.ahead, **found.unknown}
    rows: dict[int, int] = {}
    for keys in batches(doubtful):
        rows.update(SearchRecord.objects.filter(pk__in=keys).values_list("pk", "version"))
    return Differences(
        behind,
        {key: there for key, there in doubtful.items() if key in rows and there > rows[key]},
        {key: there for key, there in doubtful.items() if key not in rows},
    )


def _rows(keys: Sequence[int]) -> Iterator[SearchRecord]:
    for part in batches(keys, ROWS_READ):
        yield from SearchRecord.objects.for_sending().filter(pk__in=part)


def _write(
    client: Elasticsearch, rows: Iterable[SearchRecord], targets: Sequence[str]
) -> tuple[dict[int, int], dict[int, str]]:
    """Writes rows to each index. Gives the version of each that was read, and why the server refused some, by record id.

    That the server has a newer version already is as good as having taken this one.
    """
    versions: dict[int, int] = {}
    refused: dict[int, str] = {}

    def actions() -> Iterator[dict[str, Any]]:
        for row in rows:
            versions[row.pk] = row.version
            try:
                yield from [action(row, index) for index in targets]
            except ObjectDoesNotExist as error:
                refused[row.pk] = str(error)

    for taken, item in streaming_bulk(
        client, actions(), chunk_size=BATCH, max_chunk_bytes=REQUEST_BYTES, raise_on_error=False
    ):
        answer = item["index"]
        if taken or answer["status"] == CONFLICT:
            continue
        if answer["status"] != BAD_REQUEST:
            raise NotTaken(str(answer["error"]))
        refused[int(answer["_id"])] = str(answer["error"])
    return versions, refused
