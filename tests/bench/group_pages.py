"""Record pages and the search page against the bare view, and how many queries each costs."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

from .figures import Cost, Figure, at_most, pairs, share_of_bare
from .queries import addresses
from .samples import Plan, sample
from .server import Server, bare, site

IN_A_ROW, BARE_IN_A_ROW = 5, 40


def measure(plan: Plan) -> Iterator[Figure]:
    with bare() as server:
        yardstick = Asker(server)
        yardstick.cost(["/"] * 200)
        for records in plan.sizes:
            with site(sample(records)) as served:
                yield from _of_size(plan, records, served, yardstick)


class Asker:
    """Somebody who asks a server, and what that costs."""

    def __init__(self, server: Server, *, signed_in: bool = False) -> None:
        self.server = server
        self.client = server.client()
        self.ok = self.client.ok
        if signed_in:
            self.client.session = str(self.prepare("session"))

    def prepare(self, action: str, **options: str) -> Any:
        query = "&".join(f"{name}={value}" for name, value in options.items())
        return json.loads(self.ok(f"/bench/{action}?{query}").body)

    def queries(self, path: str) -> int:
        return self.ok(path, count=True).queries

    def cost(self, paths: Sequence[str]) -> Cost:
        """Of one request, as the mean of these in a row."""
        began = self.server.processor_time()
        waited = sum(self.ok(path).seconds for path in paths)
        return Cost(waited / len(paths), (self.server.processor_time() - began) / len(paths))


def _of_size(plan: Plan, records: int, server: Server, yardstick: Asker) -> Iterator[Figure]:
    anonymous, member = Asker(server), Asker(server, signed_in=True)
    for kind in ("practice", "adaptation"):
        path = anonymous.prepare("page", kind=kind)["path"]
        name = f"{kind}, {records:,} records: queries"
        anonymous.prepare("forget")
        yield at_most(f"{name} cold", anonymous.queries(path), 20)
        yield at_most(f"{name} cached", anonymous.queries(path), 1)
        anonymous.prepare("forget")
        yield at_most(f"{name} signed in, cold", member.queries(path), 25)
        yield at_most(f"{name} signed in", member.queries(path), 25)
    many, few = (anonymous.prepare("page", related=related) for related in ("most", "few"))
    counts = []
    for chosen in (many, few):
        anonymous.prepare("forget")
        counts.append(member.queries(chosen["path"]))
    yield at_most(
        f"practice, {records:,} records: queries more with {many['related']:,} related than with {few['related']:,}",
        counts[0] - counts[1],
        0,
    )
    path = anonymous.prepare("page")["path"]
    for language in ("en", "th"):
        here = f"/{language}/{path.split('/', 2)[2]}"
        name = f"practice, {language}, {records:,} records"
        yield share(f"{name}: anonymous", plan, yardstick, anonymous, [here], 6)
        yield share(f"{name}: signed in", plan, yardstick, member, [here], 40)
    yield search_share(f"search page, {records:,} records: signed in", plan, yardstick, member)


def share(name: str, plan: Plan, yardstick: Asker, asker: Asker, paths: Sequence[str], bar: int | None) -> Figure:
    """Every pair asks the next few of the paths, against as many times the bare view."""
    asker.cost(paths)  # the first answers fill caches
    turn = itertools.cycle(paths)
    return share_of_bare(
        name,
        *pairs(
            plan.pairs,
            lambda: asker.cost(list(itertools.islice(turn, IN_A_ROW))),
            lambda: yardstick.cost(["/"] * BARE_IN_A_ROW),
        ),
        bar,
    )


def search_share(name: str, plan: Plan, yardstick: Asker, asker: Asker, bar: int | None = None) -> Figure:
    """The frozen questions, asked by somebody signed in, so that no answer is kept as a page."""
    return share(name, plan, yardstick, asker, addresses()[: plan.questions], bar)
