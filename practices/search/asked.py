"""What a reader asks of the list: words, filters, order and page, read from any address without ever failing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote_plus, urlencode

from django.http import QueryDict

from .engines.base import BEST, NEWEST, PAGE_SIZE, TITLE, USED
from .query import Query, parse
from .registry import FACETS

SORTS = (BEST, NEWEST, TITLE, USED)
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
    # The best of each kind instead of one list.
    grouped: bool = False

    @property
    def has_words(self) -> bool:
        return bool(self.query.text)

    @property
    def offset(self) -> int:
        return (self.page - 1) * PAGE_SIZE

    def sorts(self) -> Sequence[str]:
        return SORTS if self.has_words else SORTS[1:]

    def address(
        self,
        *,
        filters: Mapping[str, Sequence[str]] | None = None,
        sort: str | None = None,
        whole_facet: str = "",
        grouped: bool | None = None,
    ) -> str:
        """This question with other filters or another order; from its first page."""
        chosen = self.filters if filters is None else filters
        pairs = self._pairs(chosen, sort or self.sort, self.grouped if grouped is None else grouped)
        if whole_facet:
            pairs.append(("all", whole_facet))
        return "?" + urlencode(pairs)

    def pairs_without(self, facet: str) -> list[tuple[str, str]]:
        """All that a form which asks for values of this facet must carry along."""
        others = {name: values for name, values in self.filters.items() if name != facet}
        return self._pairs(others, self.sort, self.grouped)

    def _pairs(self, filters: Mapping[str, Sequence[str]], sort: str, grouped: bool) -> list[tuple[str, str]]:
        pairs = [("q", self.query.text)] if self.has_words else []
        pairs += [(facet, value) for facet in FACETS for value in filters.get(facet, ())]
        if sort != self.sorts()[0]:
            pairs.append(("sort", sort))
        if grouped:
            pairs.append(("group", "kind"))
        return pairs

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
        grouped=typed.get("group", "") == "kind",
    )


def _page(typed: str) -> int:
    """The page number, 1 where none can be read."""
    return min(max(int(typed), 1), LAST_PAGE) if re.fullmatch(r"\d{1,9}", typed, re.ASCII) else 1
