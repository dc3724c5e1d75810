"""Which engine answers: the one of the database that holds the records, or a search server where one is set."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.db import connection

from .base import Answers, Engine


@lru_cache(maxsize=2)
def _engine(vendor: str) -> Engine:
    if vendor == "postgresql":
        from .postgresql import PostgresEngine

        return PostgresEngine()
    from .embedded import EmbeddedEngine

    return EmbeddedEngine()


@lru_cache(maxsize=4)
def _guarded(vendor: str, nodes: tuple[str, ...], index: str) -> Answers:
    from .elasticsearch.engine import ElasticsearchEngine
    from .guarded import GuardedEngine

    database = _engine(vendor)
    return GuardedEngine(ElasticsearchEngine(database), database)


def get_engine() -> Engine:
    """The engine in the database: exact and at once, for what must be (alerts, a check after a save)."""
    return _engine(connection.vendor)


def answering_engine() -> Answers:
    """What pages ask: the search server where one is set, with the database behind it."""
    if settings.ELASTICSEARCH_URL:
        return _guarded(connection.vendor, tuple(settings.ELASTICSEARCH_URL), settings.ELASTICSEARCH_INDEX)
    return get_engine()
