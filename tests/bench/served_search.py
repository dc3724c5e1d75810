"""What the served site does for the figures of the search server: fills it, repeats its questions bare, and times its upkeep."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from typing import Any
from unittest.mock import patch

from django.db.models import F
from django.test import RequestFactory
from django.utils import translation

from practices.access.reader import Reader
from practices.search import outbox, services, sync, views
from practices.search.engines import answering_engine
from practices.search.engines.base import Request
from practices.search.models import SearchRecord
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.vocabulary import Vocabulary

BULK = 500
_bodies: dict[str, Any] = {}


def fill(**_options: str) -> dict[str, float]:
    """A new index of every row, and rows that count as sent. Gives records a second."""
    from practices.search.engines.elasticsearch import indices
    from practices.search.engines.elasticsearch.client import get_client

    indices.ensure(get_client())
    began = time.perf_counter()
    records = sync.rebuild_index()
    seconds = time.perf_counter() - began
    SearchRecord.objects.update(indexed_version=F("version"))
    return {"rate": records / seconds, "records": records}


def bare_bulk(number: str = "10000", **_options: str) -> dict[str, float]:
    """The bulk helper alone, fed with documents that are ready. Records a second."""
    from elasticsearch.helpers import bulk

    from practices.search.engines.elasticsearch import indices
    from practices.search.engines.elasticsearch.client import get_client
    from practices.search.engines.elasticsearch.documents import action

    client = get_client()
    index = indices.create(client)
    rows = SearchRecord.objects.in_index().for_sending().iterator(chunk_size=BULK)
    ready = [action(row, index) for row in islice(rows, int(number))]
    began = time.perf_counter()
    bulk(client, ready, chunk_size=BULK)
    client.indices.refresh(index=index)
    seconds = time.perf_counter() - began
    indices.drop_next(client)
    return {"rate": len(ready) / seconds}


def from_records(number: str = "2000", **_options: str) -> dict[str, float]:
    """Records analysed again and written to the database. Records a second."""
    keys = services.every_record()[: int(number)]
    began = time.perf_counter()
    with patch.object(outbox, "announce"):
        for start in range(0, len(keys), BULK):
            services.index_records(keys[start : start + BULK])
    seconds = time.perf_counter() - began
    sync.send()
    return {"rate": len(keys) / seconds}


def findable(waiting: str = "1000", **_options: str) -> dict[str, float]:
    """Seconds from a save, with others waiting, until the server finds it, the worker's pause left out."""
    keys = services.every_record()[: int(waiting)]
    with patch.object(outbox, "announce"):
        services.index_records(keys)
        began = time.perf_counter()
        services.index_records(keys[-1:])
    sync.send()
    seconds = time.perf_counter() - began
    if SearchRecord.objects.waiting().exists():
        raise RuntimeError("not all was sent")
    return {"seconds": seconds}


def waiting(again: str = "", **_options: str) -> dict[str, int]:
    """How many rows wait for the server; with `again`, all of them from now on."""
    if again:
        SearchRecord.objects.update(indexed_version=0)
    return {"waiting": SearchRecord.objects.waiting().count()}


def raw(path: str, **_options: str) -> dict[str, float]:
    """The body that the page of this path sends, sent alone: seconds."""
    from practices.search.engines.elasticsearch import indices
    from practices.search.engines.elasticsearch.client import get_client

    client = get_client()
    if path not in _bodies:
        _bodies[path] = _body(path)
    began = time.perf_counter()
    client.search(index=indices.alias(), **_bodies[path])
    return {"seconds": time.perf_counter() - began}


def _body(path: str) -> dict[str, Any]:
    """The last that is asked is the list; what is counted before is kept between questions."""
    from elasticsearch import Elasticsearch

    asked: list[dict[str, Any]] = []
    search = Elasticsearch.search

    def note(client: Any, **options: Any) -> Any:
        asked.append({name: value for name, value in options.items() if name != "index"})
        return search(client, **options)

    request = RequestFactory(SERVER_NAME="localhost").get(path)
    request.reader = Reader(user_id=1)
    with patch.object(Elasticsearch, "search", note), translation.override(path[1:3]):
        views.results(request)
    return asked[-1]


def fallback(**_options: str) -> dict[str, bool]:
    """Whether the database answers instead of the server."""
    plan = make_plan(parse("shelter"), Vocabulary())
    return {"fallback": answering_engine().search(Request(Reader(user_id=1), plan)).fallback}


SEARCH_SERVER: tuple[Callable[..., Any], ...] = (fill, bare_bulk, from_records, findable, waiting, raw, fallback)
