"""Records to search, and the engine under test: the database's own, or the search server that hears of every write."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from practices.search.engines import base, get_engine
from tests.factories.search import shelf


@pytest.fixture
def records(db):
    caches["pages"].clear()
    with shelf() as made:
        yield made


def server_engine(client) -> base.Answers:
    from practices.search.engines.elasticsearch import indices
    from practices.search.engines.elasticsearch.engine import ElasticsearchEngine

    indices.ensure(client)
    return ElasticsearchEngine(get_engine())


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request, records) -> base.Answers:
    if request.param == "database":
        return get_engine()
    return server_engine(request.getfixturevalue("search_server"))
