"""How the search is, for the command, the admin's page and `/readyz`: this database's part, the outbox, the server's indices."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from . import outbox, services
from .engines import get_engine
from .models import SearchClock, SearchRecord

# Of the oldest change that a search server has not heard: a few turns of the worker, and a server's restart.
TOO_LATE = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Index:
    name: str
    # "read" by readers, "next" (being filled), "previous" (kept), or empty.
    role: str
    records: int
    tombstones: int


@dataclass(frozen=True)
class State:
    engine: str
    version: int
    indexed: int
    indexable: int
    tombstones: int
    backlog: outbox.Backlog

    @property
    def has_server(self) -> bool:
        return outbox.has_server()

    @cached_property
    def indices(self) -> list[Index] | None:
        """Asked of the server when first looked at; None where it does not answer."""
        return _indices()


def state() -> State:
    return State(
        engine="elasticsearch" if outbox.has_server() else get_engine().name,
        version=SearchClock.objects.values_list("version", flat=True).first() or 0,
        indexed=SearchRecord.objects.in_index().count(),
        indexable=services.indexable(),
        tombstones=SearchRecord.objects.filter(deleted=True).count(),
        backlog=outbox.backlog(),
    )


def trouble() -> str:
    """What is wrong, in a few words and from this database alone; empty where nothing is."""
    backlog = outbox.backlog()
    if backlog.error:
        return "Elasticsearch is away, the database answers"
    if backlog.since and backlog.since < timezone.now() - TOO_LATE:
        return (
            f"{backlog.waiting} changes wait to be sent, the oldest since {backlog.since.isoformat(timespec='seconds')}"
        )
    return ""


def _indices() -> list[Index] | None:
    if not outbox.has_server():
        return []
    from . import sync

    try:
        return [Index(*found) for found in sync.every_index()]
    except sync.Unreachable:
        return None
