"""What a benchmark says: a figure, the bar it is held against, and whether it meets it.

A bar is a ratio to something measured in the same run, or a count, so that it means the same on every machine.
"""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Figure:
    name: str
    value: float
    shown: str
    bar: str = ""  # as people read it; empty where a figure is only told
    met: bool | None = None


def at_most(name: str, value: float, bar: float, unit: str = "", digits: int = 0) -> Figure:
    return Figure(name, value, f"{value:,.{digits}f}{unit}", f"≤ {bar:,g}{unit}", value <= bar)


def at_least(name: str, value: float, bar: float, unit: str = "") -> Figure:
    return Figure(name, value, f"{value:,.0f}{unit}", f"≥ {bar:,g}{unit}", value >= bar)


@dataclass(frozen=True)
class Cost:
    """Of one request: seconds as the client waits for it, and seconds the server computes."""

    waited: float
    computed: float


def share_of_bare(name: str, site: Sequence[Cost], bare: Sequence[Cost], bar: int | None = None) -> Figure:
    """How the requests per second compare with those of the bare view, as the median of pairs measured next to each other.

    The processor time tells the same of a machine that is busy with other things; the bar goes by what the client waits.
    """
    both = list(zip(site, bare, strict=True))
    times = statistics.median(one.waited / other.waited for one, other in both)
    computed = statistics.median(one.computed / other.computed for one, other in both)
    rate = 1 / statistics.median(one.waited for one in site)
    shown = f"1/{times:.1f} ({rate:,.0f}/s; by processor time 1/{computed:.1f})"
    return Figure(name, 1 / times, shown, f"≥ 1/{bar}" if bar else "", times <= bar if bar else None)


def pairs(count: int, one: Callable[[], Cost], other: Callable[[], Cost]) -> tuple[list[Cost], list[Cost]]:
    """`one` and `other` in turn, so that whatever else the machine does falls on both."""
    ones, others = [], []
    for _number in range(count):
        ones.append(one())
        others.append(other())
    return ones, others


def p95(values: Sequence[float]) -> float:
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]


@dataclass
class Report:
    quick: bool
    rows: list[tuple[str, Figure]] = field(default_factory=list)

    def add(self, group: str, figure: Figure) -> None:
        self.rows.append((group, figure))

    @property
    def all_met(self) -> bool:
        return all(figure.met is not False for _group, figure in self.rows)

    def table(self) -> str:
        lines = [("group", "name", "figure", "bar", "")]
        for group, figure in self.rows:
            verdict = {True: "met", False: "NOT MET", None: ""}[figure.met]
            lines.append((group, figure.name, figure.shown, figure.bar, verdict))
        widths = [max(len(line[column]) for line in lines) for column in range(5)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
        )

    def write(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        figures = [{"group": group, **asdict(figure)} for group, figure in self.rows]
        content = {"when": datetime.now(UTC).isoformat(timespec="seconds"), "quick": self.quick, "figures": figures}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n")
