"""The search page on each engine: how long it takes, how it grows with the records, what it costs against the bare view.

Growth is the 95th percentile over the frozen mix at the large size against that at the small one: each question is asked
of both servers in turn, and the median of the rounds counts.
"""

from __future__ import annotations

import os
import statistics
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from . import search_server
from .figures import Cost, Figure, p95
from .group_pages import Asker, search_share
from .queries import addresses
from .samples import Plan, sample, sample_on_postgresql
from .server import Server, bare, site


@dataclass(frozen=True)
class Engine:
    name: str
    sample: Callable[[int], Path | str]
    variable: str = ""

    @property
    def is_there(self) -> bool:
        return not self.variable or bool(os.environ.get(self.variable))

    def site(self, records: int) -> AbstractContextManager[Server]:
        return site(self.sample(records), **(search_server.settings(records) if self is ELASTICSEARCH else {}))


EMBEDDED = Engine("embedded", sample)
POSTGRESQL = Engine("PostgreSQL", sample_on_postgresql, "DATABASE_URL")
ELASTICSEARCH = Engine("Elasticsearch", sample, "ELASTICSEARCH_URL")


def measure(plan: Plan) -> Iterator[Figure]:
    for engine in (EMBEDDED, POSTGRESQL, ELASTICSEARCH):
        yield from of_engine(engine, plan)


def of_engine(engine: Engine, plan: Plan) -> Iterator[Figure]:
    if not engine.is_there:
        yield Figure(engine.name, 0, f"left out: {engine.variable} is not set (make bench starts the servers)")
        return
    with bare() as bare_server, engine.site(plan.middle) as server:
        yardstick, member = Asker(bare_server), Asker(server, signed_in=True)
        if engine is ELASTICSEARCH:
            yield from search_server.upkeep(plan, member)
        yardstick.cost(["/"] * 200)
        yield search_share(f"{engine.name}: search page, {plan.middle:,} records", plan, yardstick, member, 60)
        if engine is ELASTICSEARCH:
            yield from search_server.against_raw(plan, plan.middle, member, more_ms=25)
    yield from (_grows(plan) if engine is ELASTICSEARCH else _growths(engine, plan))


def _growths(engine: Engine, plan: Plan) -> Iterator[Figure]:
    with engine.site(plan.small) as small_server, engine.site(plan.large) as large_server:
        small, large = Asker(small_server, signed_in=True), Asker(large_server, signed_in=True)
        _warm(plan, small, large)
        for asker, records in ((small, plan.small), (large, plan.large)):
            yield search_server.page_times(f"{engine.name}: search page, {records:,} records", plan, asker)
        sizes = f"{plan.large:,} records against {plan.small:,}"
        yield _growth(f"{engine.name}: search p95, {sizes}: warm", plan, small, large, 3)
        yield _growth(
            f"{engine.name}: search p95, {sizes}: first asked", plan, small, large, 6, before_round="forget_units"
        )
        yield _growth(f"{engine.name}: search p95, {sizes}: saves between", plan, small, large, 3.5, before_each="save")


def _grows(plan: Plan) -> Iterator[Figure]:
    for records, ratio in ((plan.small, None), (plan.large, 1.6)):
        with ELASTICSEARCH.site(records) as server:
            asker = Asker(server, signed_in=True)
            asker.prepare("fill")
            yield from search_server.against_raw(plan, records, asker, ratio=ratio)
            yield from search_server.deep(records, asker)


def _warm(plan: Plan, *askers: Asker) -> None:
    for path in addresses()[: plan.questions]:
        for asker in askers:
            asker.ok(path)


def _growth(
    name: str, plan: Plan, small: Asker, large: Asker, bar: float, before_round: str = "", before_each: str = ""
) -> Figure:
    rounds: list[dict[Asker, Cost]] = []
    for number in range(plan.rounds):
        for asker in (small, large) if before_round else ():
            asker.prepare(before_round)
        costs: dict[Asker, list[Cost]] = {small: [], large: []}
        for place, path in enumerate(addresses()[: plan.questions]):
            for asker in (small, large):
                if before_each:
                    asker.prepare(before_each, number=str((number * 60 + place) % 500))
                costs[asker].append(asker.cost([path]))
        rounds.append({asker: _slowest(found) for asker, found in costs.items()})
    ratio, computed = (
        statistics.median(getattr(one[large], kind) / getattr(one[small], kind) for one in rounds)
        for kind in ("waited", "computed")
    )
    times = " / ".join(
        f"{statistics.median(one[asker].waited for one in rounds) * 1000:.0f}" for asker in (large, small)
    )
    return Figure(
        name, ratio, f"{ratio:.2f} × ({times} ms; by processor time {computed:.2f} ×)", f"≤ {bar:g} ×", ratio <= bar
    )


def _slowest(costs: list[Cost]) -> Cost:
    return Cost(p95([cost.waited for cost in costs]), p95([cost.computed for cost in costs]))
