"""`make bench`: measures the site against the bars of docs/benchmarks.md, prints a table, writes var/bench.json, exits 1 below a bar.

python -m tests.bench [--group pages] [--quick]
"""

from __future__ import annotations

import argparse
import sys
import time
from importlib import import_module

from .figures import ROOT, Report
from .samples import Plan

GROUPS = ("pages", "visits", "search", "words", "sample")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--group", choices=GROUPS, help="one group only")
    parser.add_argument("--quick", action="store_true", help="a small sample and few pairs; no figure fails the run")
    options = parser.parse_args()
    plan = Plan.quick() if options.quick else Plan()
    report = Report(quick=options.quick)
    for group in [options.group] if options.group else GROUPS:
        began = time.monotonic()
        print(f"{group} …", file=sys.stderr, flush=True)
        for figure in import_module(f"tests.bench.group_{group}").measure(plan):
            report.add(group, figure)
            print(f"  {figure.name}: {figure.shown}", file=sys.stderr, flush=True)
        print(f"{group}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    print(report.table())
    report.write(ROOT / "var" / "bench.json")
    return 0 if options.quick or report.all_met else 1


if __name__ == "__main__":
    sys.exit(main())
