"""The search page of the embedded engine: how it grows with the records, and what it costs against the bare view.

Growth is the 95th percentile over the frozen mix at the large size against that at the small one: each question is asked
of both servers in turn, and the median of the rounds counts.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from .figures import Figure, p95
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
        for path in addresses():
            small.ok(path)
            large.ok(path)
        sizes = f"{plan.large:,} records against {plan.small:,}"
        yield _growth(f"search p95, {sizes}: warm", plan, small, large, 3)
        yield _growth(f"search p95, {sizes}: first asked", plan, small, large, 6, before_round="forget_units")
        yield _growth(f"search p95, {sizes}: saves between", plan, small, large, 3.5, before_each="save")


def _growth(
    name: str, plan: Plan, small: Asker, large: Asker, bar: float, before_round: str = "", before_each: str = ""
) -> Figure:
    ratios, larges, smalls = [], [], []
    for number in range(1 if plan.is_quick else plan.pairs):
        for asker in (small, large) if before_round else ():
            asker.prepare(before_round)
        times: dict[Asker, list[float]] = {small: [], large: []}
        for place, path in enumerate(addresses()):
            for asker in (small, large):
                if before_each:
                    asker.prepare(before_each, number=str((number * 60 + place) % 500))
                times[asker].append(asker.ok(path).seconds)
        smalls.append(p95(times[small]))
        larges.append(p95(times[large]))
        ratios.append(larges[-1] / smalls[-1])
    ratio = statistics.median(ratios)
    shown = f"{ratio:.2f} × ({_ms(larges)} / {_ms(smalls)} ms)"
    return Figure(name, ratio, shown, f"≤ {bar:g} ×", ratio <= bar)


def _ms(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.1f}"
