"""The rows behind the best hits, as the database has them: what ranks them, and which words stand in them."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

from ...models import SearchRecord
from ...plan import Unit
from ..snapshot import stands_in
from .counts import Counts


@dataclass(frozen=True, slots=True)
class Row:
    title: str
    body: str
    usefulness: float
    changed: float
    kind: str

    def tie(self, counts: Counts) -> float:
        """What lifts a record among equals, by the same figures as the sets of the database engines."""
        recency = (self.changed - counts.oldest) / max(counts.newest - counts.oldest, 1.0)
        return math.log1p(self.usefulness) + min(max(recency, 0.0), 1.0)

    def holds(self, unit: Unit) -> bool:
        return any(stands_in(unit, self.title, self.body))


def read_rows(ids: Collection[int]) -> dict[int, Row]:
    columns = ("pk", "text__analysed_title", "text__analysed_body", "usefulness", "changed", "kind")
    rows = SearchRecord.objects.in_index().filter(pk__in=ids).order_by().values_list(*columns)
    return {
        key: Row(title, body, usefulness, changed.timestamp(), kind)
        for key, title, body, usefulness, changed, kind in rows
    }
