"""`search_index rebuild` writes the index anew while people read and write; `search_index status` says what is in it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from practices.search import services


class Command(BaseCommand):
    help = "Looks after the search index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "action",
            choices=["rebuild", "status"],
            help="rebuild: write every record into the index again. status: say how many it holds and how many it should.",
        )

    def handle(self, *args: Any, action: str, verbosity: int, **options: Any) -> None:
        if action == "rebuild":
            self.rebuild(quiet=verbosity == 0)
        self.say(services.status())

    def rebuild(self, quiet: bool) -> None:
        with tqdm(total=services.status().indexable, unit=" records", disable=quiet) as bar:
            services.rebuild(bar.update)

    def say(self, status: services.Status) -> None:
        self.stdout.write(
            f"engine {status.engine}, version {status.version}: {status.indexed} records in the index,"
            f" {status.indexable} that may be, {status.tombstones} taken out"
        )
