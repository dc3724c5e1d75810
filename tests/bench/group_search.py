"""The search page of the embedded engine: how it grows with the records, and what it costs against the bare view.

Growth is the 95th percentile over the frozen mix at the large size against that at the small one: each question is asked
of both servers in turn, and the median of the rounds counts.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from .figures import Cost, Figure, p95
from .group_pages import Asker, search_share
from .queries import addresses
from .samples import Plan, sample
from .server import bare, site


def measure(plan: Plan) -> Iterator[Figure]:
    with bare() as bare_server, site(sample(plan.middle)) as server:
        yardstick, member = Asker(bare_server), Asker(server, signed_in=True)
        yardstick.cost(["/"] * 200)
        yield search_share(f"search page, {plan.middle:,} records", plan, yardstick, member, 60)
    with site(sample(plan.small)) as small_server, site(sample(plan.large)) as large_server:
        small, large = Asker(small_server, signed_in=True), Asker(large_server, signed_in=True)
        for path in addresses()[: plan.questions]:
            small.ok(path)
            large.ok(path)
        sizes = f"{plan.large:,} records against {plan.small:,}"
        yield _growth(f"search p95, {sizes}: warm", plan, small, large, 3)
        yield _growth(f"search p95, {sizes}: first asked", plan, small, large, 6, before_round="forget_units")
        yield _growth(f"search p95, {sizes}: saves between", plan, small, large, 3.5, before_each="save")


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
