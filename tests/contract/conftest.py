"""Records to search, and the engine under test: the database's own, or the search server fed from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.db.models import Max
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from practices.search.engines import base, get_engine
from tests.factories.search import shelf


@pytest.fixture
def records(db):
    caches["pages"].clear()
    with shelf() as made:
        yield made


class Fed:
    """The search server, told of every change before each question."""

    def __init__(self, client: Elasticsearch) -> None:
        from practices.search.engines.elasticsearch import indices
        from practices.search.engines.elasticsearch.engine import ElasticsearchEngine

        self._client, self._index = client, indices.ensure(client)
        self._engine = ElasticsearchEngine(get_engine())
        self._sent = 0

    def __getattr__(self, name: str) -> object:
        self.feed()
        return getattr(self._engine, name)

    def feed(self) -> None:
        from practices.search.engines.elasticsearch.documents import action
        from practices.search.models import SearchRecord

        rows = SearchRecord.objects.for_sending().filter(version__gt=self._sent)
        bulk(self._client, (action(row, self._index) for row in rows.iterator(chunk_size=500)), refresh=True)
        self._sent = SearchRecord.objects.aggregate(version=Max("version"))["version"] or 0


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request, records) -> Iterator[base.Answers]:
    if request.param == "database":
        return get_engine()
    return Fed(request.getfixturevalue("search_server"))
