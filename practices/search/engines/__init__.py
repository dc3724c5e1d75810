"""Which engine answers: the one of the database that holds the records."""

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
