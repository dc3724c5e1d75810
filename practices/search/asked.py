"""What a reader asks of the list: words, filters, order and page, read from any address without ever failing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from .engines.base import BEST, NEWEST, PAGE_SIZE, TITLE
from .query import Query, parse
from .registry import FACETS

SORTS = (BEST, NEWEST, TITLE)
LAST_PAGE = 50_000
VALUES_READ = 20
LONGEST_VALUE = 100

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True)
class Asked:
    query: Query
    filters: Mapping[str, Sequence[str]]
    sort: str
    page: int
    # The facet of which every value is to be listed.
    whole_facet: str = ""

    @property
    def has_words(self) -> bool:
        return bool(self.query.text)

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    def sorts(self) -> Sequence[str]:
        return SORTS if self.has_words else SORTS[1:]

    def address(
        self, *, filters: Mapping[str, Sequence[str]] | None = None, sort: str | None = None, whole_facet: str = ""
    ) -> str:
        """This question with other filters or another order; from its first page."""
        pairs = [("q", self.query.text)] if self.has_words else []
        chosen = self.filters if filters is None else filters
        pairs += [(facet, value) for facet in FACETS for value in chosen.get(facet, ())]
        order = sort or self.sort
        if order != self.sorts()[0]:
            pairs.append(("sort", order))
        if whole_facet:
            pairs.append(("all", whole_facet))
        return "?" + urlencode(pairs)

    @cached_property
    def here(self) -> str:
        return self.address()

    def toggled(self, facet: str, value: str) -> str:
        values = self.filters.get(facet, ())
        if value in values:
            return self.address(filters={**self.filters, facet: [kept for kept in values if kept != value]})
        return f"{self.here}{'' if self.here == '?' else '&'}{facet}={quote_plus(value)}"


def read(typed: QueryDict) -> Asked:
    query = parse(typed.get("q", ""))
    filters: dict[str, list[str]] = {}
    pairs = [(facet, value) for facet in FACETS for value in typed.getlist(facet)]
    for facet, value in [*pairs, *query.filters]:
        clean = _CONTROL.sub("", value).strip()[:LONGEST_VALUE]
        values = filters.setdefault(facet, [])
        if clean and clean not in values and len(values) < VALUES_READ:
            values.append(clean)
    sort, whole_facet = typed.get("sort", ""), typed.get("all", "")
    sorts = SORTS if query.text else SORTS[1:]
    return Asked(
        query=query,
        filters={facet: values for facet, values in filters.items() if values},
        sort=sort if sort in sorts else sorts[0],
        page=_page(typed.get("page", "")),
        whole_facet=whole_facet if whole_facet in FACETS else "",
    )


def _page(typed: str) -> int:
    """The page number, 1 where none can be read."""
    return min(max(int(typed), 1), LAST_PAGE) if re.fullmatch(r"\d{1,9}", typed, re.ASCII) else 1
