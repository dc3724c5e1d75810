"""Figures of the search server: the page beside its bare question, and filling it beside the bare bulk helper."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from .figures import ROOT, Figure, at_most, p95
from .group_pages import Asker
from .queries import addresses
from .samples import Plan, environment, sample

COMMON_WORD = "/en/search/?q=staff"


def settings(records: int) -> dict[str, str]:
    return {"ELASTICSEARCH_URL": os.environ["ELASTICSEARCH_URL"], "ELASTICSEARCH_INDEX": f"bench-{records}"}


def page_times(name: str, plan: Plan, asker: Asker) -> Figure:
    times = [asker.ok(path).seconds for _ in range(plan.rounds) for path in addresses()[: plan.questions]]
    return _times(name, times)


def against_raw(
    plan: Plan, records: int, asker: Asker, *, ratio: float | None = None, more_ms: float | None = None
) -> Iterator[Figure]:
    """The page and its bare question in turn; the 95th percentiles of all are compared."""
    paths = addresses()[: plan.questions]
    for path in paths:
        asker.ok(path)
        asker.prepare("raw", path=quote(path, safe=""))
    if asker.prepare("fallback")["fallback"]:
        raise RuntimeError("the database answers instead of the search server")
    pages, bare = [], []
    for _ in range(plan.rounds):
        for path in paths:
            pages.append(asker.ok(path).seconds)
            bare.append(asker.prepare("raw", path=quote(path, safe=""))["seconds"])
    name = f"Elasticsearch: search page, {records:,} records"
    yield _times(name, pages)
    yield _times(f"Elasticsearch: the same _search alone, {records:,} records", bare)
    page, alone = p95(pages), p95(bare)
    if ratio:
        yield at_most(f"{name}: p95 against that of _search", page / alone, ratio, " ×", 2)
    if more_ms:
        yield at_most(f"{name}: p95 over that of _search", (page - alone) * 1000, more_ms, " ms", 1)


def deep(records: int, asker: Asker) -> Iterator[Figure]:
    """The first page and a very late one of a common word."""
    last = max(records // 40, 2)
    first, late = (
        statistics.median(asker.ok(f"{COMMON_WORD}&page={page}").seconds for _ in range(15)) for page in (1, last)
    )
    yield Figure(
        f"Elasticsearch: page {last:,} against the first, {records:,} records",
        late / first,
        f"{late / first:.2f} × ({late * 1000:.0f} / {first * 1000:.0f} ms)",
    )


def upkeep(plan: Plan, asker: Asker) -> Iterator[Figure]:
    """Fills the index; says how quickly beside the bulk helper, how soon a save is found, and what the worker takes."""
    size = str(min(plan.middle, 10_000))
    filled, alone = asker.prepare("fill"), asker.prepare("bare_bulk", number=size)
    rates = [(asker.prepare("fill")["rate"], asker.prepare("bare_bulk", number=size)["rate"]) for _ in range(3)]
    stored = statistics.median(one / other for one, other in [(filled["rate"], alone["rate"]), *rates])
    rate = statistics.median(one for one, _ in rates)
    name = f"Elasticsearch: rebuild, {plan.middle:,} records"
    yield _share(f"{name}: from stored text, against the bulk helper", stored, rate, 0.7)
    analysed = asker.prepare("from_records", number=str(min(plan.middle, 2_000)))["rate"]
    whole = 1 / (1 / analysed + 1 / rate)
    yield _share(f"{name}: analysed again", whole * stored / rate, whole, 0.2)
    waits = [asker.prepare("findable", waiting="1000")["seconds"] for _ in range(3 if plan.is_quick else 20)]
    yield at_most("Elasticsearch: save to findable, 1,000 waiting: p95", p95(waits), 1, " s", 2)
    yield _worker(plan, asker)


def _worker(plan: Plan, asker: Asker) -> Figure:
    """Memory of the worker at its most while it sends every record."""
    asker.prepare("waiting", again="yes")
    settings_ = environment(sample(plan.middle), **settings(plan.middle))
    command = [sys.executable, str(ROOT / "site" / "manage.py"), "worker"]
    worker = subprocess.Popen(command, env=settings_, cwd=ROOT, stdout=subprocess.DEVNULL)
    began, most = time.monotonic(), 0.0
    try:
        while asker.prepare("waiting")["waiting"]:
            if worker.poll() is not None or time.monotonic() - began > 600:
                raise RuntimeError("the worker does not send")
            time.sleep(0.5)
        status = Path(f"/proc/{worker.pid}/status").read_text()
        most = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    finally:
        worker.terminate()
        worker.wait(timeout=30)
    return Figure(f"worker, {plan.middle:,} records waiting: memory at its most", most, f"{most:.0f} MB")


def _share(name: str, share: float, rate: float, bar: float) -> Figure:
    return Figure(name, share, f"{share:.2f} ({rate:,.0f} records/s)", f"≥ {bar:g}", share >= bar)


def _times(name: str, times: list[float]) -> Figure:
    middle, slow = statistics.median(times) * 1000, p95(times) * 1000
    return Figure(name, slow / 1000, f"{middle:.1f} / {slow:.1f} ms (p50 / p95)")
