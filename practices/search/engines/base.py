"""What every engine answers, and nothing of how: the page, the exports and the contract suite know only this."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from ..plan import Plan, Unit
from ..vocabulary import Form

if TYPE_CHECKING:
    from practices.access.reader import Reader

BEST, NEWEST, TITLE, USED = "best", "newest", "title", "used"
PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Request:
    reader: Reader
    # Without a plan, every record: the catalogue is a search for nothing in particular.
    plan: Plan | None = None
    # Values of one facet are alternatives, facets narrow each other.
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # The part of all records that the list is about; not a choice of the reader's.
    within: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = BEST
    language: str = "en"
    offset: int = 0
    limit: int = PAGE_SIZE
    # Only these records.
    among: Collection[int] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    record_id: int
    # Forms of a glossary term that brought the record in, where the words typed alone did not.
    through: tuple[Form, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    total: int
    hits: Sequence[Hit]
    # Each facet counted under the others' choices but not its own; values without a record are left out.
    facets: Mapping[str, Mapping[str, int]]
    # No record has all that was asked; these have the most of it.
    loosened: bool = False
    # The search server did not answer in time, so the database did.
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    language: str
    # A record's title leads straight to the record; a tag, an institution or a term is searched for.
    record_id: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One record as the engines store it: titles by language, and its two columns of tokens."""

    record_id: int
    titles: Mapping[str, str]
    analysed_title: str
    analysed_body: str


class Answers(Protocol):
    """What a reader can ask."""

    name: str

    def search(self, request: Request) -> Result: ...

    def suggest(self, typed: str, language: str, reader: Reader, limit: int = 8) -> list[Suggestion]: ...

    def more_like_this(self, record_id: int, reader: Reader, language: str, limit: int = 5) -> list[int]:
        """Ids of other records that this reader may see and that share most with this one, best first."""

    def values_seen(self, facet: str, reader: Reader) -> set[str]: ...


class Engine(Answers, Protocol):
    """An engine in the database of the records, written in the transaction that changes them."""

    def holds(self, unit: Unit, reader: Reader) -> bool: ...

    def index(self, entries: Sequence[Entry]) -> None: ...

    def remove(self, record_ids: Sequence[int]) -> None: ...

    def repair(self) -> None: ...

    def is_sound(self) -> bool: ...
