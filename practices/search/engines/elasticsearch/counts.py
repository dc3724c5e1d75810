"""How many records hold what: the weights of words, by the index itself, so that they are those of the database.

A large index changes its weights slowly, so they are kept for a while. A small one is counted each time, and what no
record holds is never kept: one record may change it.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from elasticsearch import Elasticsearch
from elasticsearch.dsl import A, Query, Search
from elasticsearch.dsl.query import Term

from ...plan import Plan, Unit
from ..matching import idf
from .budget import Budget
from .units import Alternatives, stand, variants

KEPT_S = 60.0
KEPT = 5_000
LARGE = 5_000
# How many records there are, and when the oldest and the newest of them changed.
Frame = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Counts:
    # Of records in the index, whoever may see them.
    total: int
    # When the oldest and the newest of them changed, in seconds.
    oldest: float
    newest: float
    by_key: Mapping[Hashable, int]

    def of(self, key: Hashable) -> int:
        return self.by_key.get(key, 0)

    def weight(self, key: Hashable) -> float:
        return idf(self.of(key), self.total)

    def tie(self, usefulness: float, changed: float) -> float:
        """What lifts a record among equals, by the same figures as the sets of the database engines."""
        recency = (changed - self.oldest) / max(self.newest - self.oldest, 1.0)
        return math.log1p(usefulness) + min(max(recency, 0.0), 1.0)

    def meaning(self, unit: Unit) -> Alternatives:
        """What a unit means, now that it is known which words some record holds."""
        first, *second = variants(unit)
        return second[0] if second and not self.of(first) else first


class Counter:
    """What one index was asked, by one process."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, tuple[float, int]] = OrderedDict()
        self._frame: tuple[float, Frame] = (0.0, (0, 0.0, 0.0))
        self._lock = threading.Lock()

    def read(self, client: Elasticsearch, index: str, wanted: Mapping[Hashable, Query], budget: Budget) -> Counts:
        now = time.monotonic()
        with self._lock:
            until, frame = self._frame
            known = {key: found[1] for key in wanted if (found := self._kept.get(key)) and found[0] > now}
        missing = [key for key in wanted if key not in known]
        if until < now or missing:
            frame, counted = _ask(client, index, {key: wanted[key] for key in missing}, budget)
            self._keep(now + KEPT_S, frame, counted)
            known |= counted
        return Counts(*frame, known)

    def _keep(self, until: float, frame: Frame, counted: Mapping[Hashable, int]) -> None:
        if frame[0] < LARGE:
            return
        with self._lock:
            self._frame = (until, frame)
            self._kept.update({key: (until, count) for key, count in counted.items() if count})
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def needed(plan: Plan) -> dict[Hashable, Query]:
    """All that weighs in a question, and all that a word in it may turn out to mean."""
    wanted: set[Alternatives] = set()
    for notion in plan.content():
        forms = [Unit(form.cuts) for form in notion.others]
        for unit in (*forms, *notion.content_units(), *notion.content_cuts()):
            wanted.update(variants(unit))
    for unit in (*plan.phrases, *plan.excluded):
        wanted.update(variants(unit))
    return {alternatives: stand(alternatives) for alternatives in wanted}


def _ask(
    client: Elasticsearch, index: str, wanted: Mapping[Hashable, Query], budget: Budget
) -> tuple[Frame, dict[Hashable, int]]:
    names = {f"{number}": key for number, key in enumerate(wanted)}
    search = Search(using=budget.within(client), index=index)[:0].extra(track_total_hits=True)
    filters = {name: wanted[key] for name, key in names.items()} | {"gone": Term(deleted=True)}
    search.aggs.bucket("held", A("filters", filters=filters))
    search.aggs.metric("oldest", "min", field="changed")
    search.aggs.metric("newest", "max", field="changed")
    answer = search.execute().to_dict()
    held = answer["aggregations"]["held"]["buckets"]
    total = answer["hits"]["total"]["value"] - held.pop("gone")["doc_count"]
    oldest, newest = (answer["aggregations"][name]["value"] or 0.0 for name in ("oldest", "newest"))
    return (total, oldest, newest), {names[name]: bucket["doc_count"] for name, bucket in held.items()}
