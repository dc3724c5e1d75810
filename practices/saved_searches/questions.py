"""A kept question put to the index: what matches it, and how it reads to people."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from pyroaring import BitMap

from practices.access.reader import Reader
from practices.search.asked import Asked, read
from practices.search.engines import get_engine
from practices.search.engines.base import BEST, NEWEST, Result
from practices.search.engines.matching import ALL_REQUIRED
from practices.search.hits import ShownHit, show_hits
from practices.search.listing import FACET_NAMES
from practices.search.plan import Plan
from practices.search.questions import question
from practices.search.wordbook import Wordbook, current

EVERY = 10_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """Words as typed, and the chosen filters by name, in the active language."""

    words: str
    filters: Sequence[str]

    def __str__(self) -> str:
        return " · ".join([*([self.words] if self.words else []), *self.filters])


def canonical(typed: QueryDict) -> str:
    """The question as it is kept: what the search page understands of it, and no page number."""
    return read(typed).address().removeprefix("?")


def asked(query: str) -> Asked:
    return read(QueryDict(query))


def describe(*queries: str) -> list[Question]:
    words = current()
    return [_describe(query, words) for query in queries]


def _describe(query: str, words: Wordbook) -> Question:
    read_again = asked(query)
    return Question(
        read_again.query.text,
        [
            f"{FACET_NAMES[facet]}: {words.labels(facet, values)[value]}"
            for facet, values in read_again.filters.items()
            for value in values
        ],
    )


def matching(query: str, reader: Reader, words: Wordbook, among: Collection[int] | None = None) -> BitMap:
    """Ids of all records that answer the question to this reader; of only these, where `among` names some."""
    result, _plan = _search(query, reader, words, among, sort=NEWEST, limit=EVERY)
    return BitMap(hit.record_id for hit in result.hits)


def shown(query: str, reader: Reader, among: Collection[int], language: str, limit: int) -> tuple[list[ShownHit], int]:
    """The best of those records that answer the question to this reader now, with why; and how many there are."""
    words = current()
    result, plan = _search(query, reader, words, among, sort=BEST, limit=limit)
    return show_hits(result, plan, reader, language, words), result.total


def _search(
    query: str, reader: Reader, words: Wordbook, among: Collection[int] | None, *, sort: str, limit: int
) -> tuple[Result, Plan | None]:
    request = question(asked(query), reader, words, sort=sort, limit=limit, among=among)
    plan, result = request.plan, get_engine().search(request)
    if plan and result.loosened and len(plan.content()) <= ALL_REQUIRED:
        # A record that merely comes near is shown on the page where there is none better, but is no news.
        return Result(0, [], {}), plan
    return result, plan
