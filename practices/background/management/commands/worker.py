"""`manage.py worker` does tasks and periodic jobs until it is told to end; with --once it does what there is, and ends."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from practices.background.worker import Worker


class Command(BaseCommand):
    help = "Does background work: queued tasks and periodic jobs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Run every periodic job and all waiting tasks, then stop."
        )

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        worker = Worker()
        if once:
            worker.serve_once()
        else:
            worker.configure_signals()
            worker.serve()
