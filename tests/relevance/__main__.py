"""`make relevance`: every engine against the judged set, beside Wagtail's stock search; ends with 1 where a bar is not met.

Each engine is measured in a process and on a database of its own; those whose server is not on this machine are left out,
but not in CI.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
NDCG, RECALL_ACROSS, PRECISION, APART = 0.85, 0.9, 0.6, 0.05
SERVERS = {"embedded": [], "postgresql": ["tools/with_postgresql"], "elasticsearch": ["tools/with_elasticsearch"]}
STOCK = "stock"


def measured(engine: str) -> dict[str, Any] | None:
    """The figures of an engine; None where its server cannot be started here."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {key: value for key, value in os.environ.items() if key != "ELASTICSEARCH_URL"}
        environment["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "site")])
        environment["DATABASE_URL"] = f"sqlite:///{folder}/relevance.sqlite3"
        command = [*SERVERS[engine], sys.executable, "-m", "tests.relevance.measure"]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        if os.environ.get("CI") == "true" or not SERVERS[engine]:
            sys.exit(f"{engine} could not be measured:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        print(
            f"{engine}: left out, its server did not start here ({' '.join(SERVERS[engine])} …)\n{done.stderr[-500:]}"
        )
        return None
    return json.loads(done.stdout.splitlines()[-1])["engines"]


def failures(engines: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    for name, found in engines.items():
        if found["ndcg"] < NDCG:
            yield f"{name}: nDCG@10 {found['ndcg']:.3f}, at least {NDCG}"
        if found["recall_across"] < RECALL_ACROSS:
            yield f"{name}: recall@10 across languages {found['recall_across']:.3f}, at least {RECALL_ACROSS}"
        if found["precision"] < PRECISION:
            yield f"{name}: precision {found['precision']:.3f}, at least {PRECISION}"
        for text in found["zero_thai"]:
            yield f"{name}: finds nothing for {text}"
    best = engines.get("elasticsearch")
    for name, found in engines.items():
        if best and abs(found["ndcg"] - best["ndcg"]) > APART:
            yield f"{name}: nDCG@10 {found['ndcg']:.3f} is more than {APART} from Elasticsearch's {best['ndcg']:.3f}"


def table(engines: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    names = list(engines)
    yield f"{'':<34}" + "".join(f"{name:>16}" for name in names)

    def line(label: str, values: list[str]) -> str:
        return f"{label:<34}" + "".join(f"{value:>16}" for value in values)

    def of(read: Any) -> list[str]:
        return [read(engines[name]) for name in names]

    yield line(f"nDCG@10 (at least {NDCG})", of(lambda found: f"{found['ndcg']:.3f}"))
    for language, label in (("en", "English"), ("th", "Thai")):
        yield line(f"  {label}", of(lambda found, key=language: f"{found['by_language'][key]:.3f}"))
    for kind in engines[names[0]]["by_class"]:
        yield line(f"  {kind}", of(lambda found, key=kind: f"{found['by_class'][key]:.3f}"))
    yield line(f"recall@10 across (at least {RECALL_ACROSS})", of(lambda found: f"{found['recall_across']:.3f}"))
    yield line(f"precision (at least {PRECISION})", of(lambda found: f"{found['precision']:.3f}"))
    yield line("hits", of(lambda found: f"{found['hits']:.1f}"))
    yield line("questions without a hit", of(lambda found: str(len(found["zero"]))))
    yield line("  of them Thai (none)", of(lambda found: str(len(found["zero_thai"]))))


def main() -> None:
    engines: dict[str, Any] = {}
    stock: dict[str, Any] = {}
    for engine in SERVERS:
        if found := measured(engine):
            engines[engine] = found.pop(engine)
            if engine != "elasticsearch":  # Wagtail's is the database's there too
                stock[f"Wagtail, {engine}"[:15]] = found[STOCK]
    print("\n".join(table(engines | stock)))
    print("\nThe weakest questions (nDCG@10, precision, hits):")
    print("\n".join(f"  {text}" for text in engines["embedded"]["weakest"][:12]))
    missed = list(failures(engines))
    print("\n" + "\n".join(f"missed: {text}" for text in missed) if missed else "\nAll bars are met.")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
