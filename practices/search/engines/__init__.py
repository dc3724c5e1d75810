"""Which engine answers: the one of the database that holds the records, or a search server where one is set."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection

from .base import Engine


@lru_cache(maxsize=1)
def _engine(vendor: str) -> Engine:
    if vendor == "postgresql":
        from .postgresql import PostgresEngine

        return PostgresEngine()
    from .embedded import EmbeddedEngine

    return EmbeddedEngine()


def get_engine() -> Engine:
    return _engine(connection.vendor)


def answering_engine() -> Engine:
    """What pages ask. What must be exact and at once (alerts, a check after a save) asks `get_engine()`."""
    return get_engine()
