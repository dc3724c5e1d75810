"""How fast sample records are written. The one bar that is no ratio: the records come a thousand pages a second or more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .figures import Figure, at_least
from .samples import Plan, manage, migrated, remove

RECORDS = 5_000


def measure(plan: Plan) -> Iterator[Figure]:
    records = plan.small if plan.is_quick else RECORDS
    database = migrated("made.sqlite3")
    said = manage(database, "make_sample", "--records", str(records), "--no-index", "--verbosity", "0")
    remove(database)
    rate = int(re.search(r"([\d,]+) pages a second", said)[1].replace(",", ""))
    yield at_least(f"make_sample, {records:,} records: pages a second", rate, 1_000)
