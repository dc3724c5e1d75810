"""The search as the library of the server puts it together: filters chosen, and each facet counted under the others' choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import FacetedSearch, Query, TermsFacet
from elasticsearch.dsl.query import MatchAll

from ...registry import FACETS

# Of one facet; a list of all values is a page of its own.
MOST_VALUES = 4_000
# Each hit tells these by itself: nothing stored needs to be read.
BY_SCORE: Sequence[Any] = (
    "_score",
    {"usefulness": "desc"},
    {"changed": "desc"},
    {"facets.kind": "asc"},
    {"record_id": "desc"},
)


class RecordSearch(FacetedSearch):
    facets = {facet: TermsFacet(field=f"facets.{facet}", size=MOST_VALUES) for facet in FACETS}

    using: Any

    def __init__(
        self,
        client: Elasticsearch,
        index: str,
        query: Query,
        filters: Mapping[str, Sequence[str]],
        sort: Sequence[Any],
        notes: Mapping[str, Query],
    ) -> None:
        """`notes` are counted among all that the query finds, whatever the filters."""
        self.using, self.index, self._notes = client, index, notes
        super().__init__(query, {facet: list(values) for facet, values in filters.items() if facet in FACETS}, sort)

    def search(self) -> Any:
        return super().search().source(False).extra(track_total_hits=True, stored_fields="_none_")

    def query(self, search: Any, query: Any) -> Any:
        return search.query(query)

    def aggregate(self, search: Any) -> None:
        super().aggregate(search)
        for name, query in {"seen": MatchAll(), **self._notes}.items():
            search.aggs.bucket(f"note_{name}", "filter", filter=query)
