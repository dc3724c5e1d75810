"""`search_index`: says how the index is, rebuilds and verifies it while people read and write, and goes back to the one before."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from practices.search import runs, upkeep
from practices.search.models import SearchRun
from practices.search.state import State, state

MENDED = {"rows", "engine", "behind", "ahead", "unknown"}


class Command(BaseCommand):
    help = "Looks after the search index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["status", *SearchRun.Action.values],
            help="status: say what the index holds, what it should, and what waits. rebuild: write every record into it"
            " again. verify: compare index and database record by record, and mend what differs. rollback: return to the"
            " Elasticsearch index from before the last rebuild. send: send what waits for Elasticsearch now.",
        )
        parser.add_argument("--json", action="store_true", help="The status for programs.")

    def handle(self, *args: Any, action: str, verbosity: int, **options: Any) -> None:
        if action == "status":
            self.say_status(state(), as_json=options["json"])
            return
        try:
            run = runs.ask_for(action)
            counted = upkeep.carry_out(run, on_terminal=verbosity > 0)
        except runs.AlreadyRunning as error:
            raise CommandError(f"Another run is not over yet: {error}") from error
        except upkeep.NotPossible as error:
            raise CommandError(str(error)) from error
        self.stdout.write("\n".join(run.told))
        if action == SearchRun.Action.VERIFY:
            differences = sum(count for name, count in counted.items() if name in MENDED)
            self.stdout.write("Differences were found and mended." if differences else "No difference.")

    def say_status(self, status: State, as_json: bool) -> None:
        if as_json:
            indices = status.indices
            found = asdict(status) | {"indices": None if indices is None else [asdict(index) for index in indices]}
            self.stdout.write(json.dumps(found, default=str, indent=2))
            return
        self.stdout.write(
            f"engine {status.engine}, version {status.version}: {status.indexed} records in the index,"
            f" {status.indexable} that may be, {status.tombstones} taken out"
        )
        if status.has_server:
            self.say_backlog(status)

    def say_backlog(self, status: State) -> None:
        backlog = status.backlog
        since = f", the oldest since {backlog.since:%Y-%m-%d %H:%M:%S}" if backlog.since else ""
        self.stdout.write(f"{backlog.waiting} waiting to be sent{since}; {backlog.refused} refused")
        if backlog.error:
            self.stdout.write(f"failed {backlog.attempts} times since {backlog.failing_since}: {backlog.error}")
        if backlog.refusal:
            self.stdout.write(f"refused {backlog.refusal}")
        if status.indices is None:
            self.stdout.write("Elasticsearch does not answer")
        for index in status.indices or []:
            self.stdout.write(
                f"{index.name} {index.role or 'unused'}: {index.records} records, {index.tombstones} taken out"
            )
