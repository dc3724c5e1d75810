"""Loads the real case and, where the demo runs, the example people: `manage.py load_case`. Safe to run again."""

from __future__ import annotations

import argparse
import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from exchange.demo.case_files import CaseFileError
from exchange.demo.loader import Loader, Outcome
from exchange.demo.people import example_people


class Command(BaseCommand):
    help = "Loads the real case EU – Thailand in English and Thai, with example people to try it. Safe to run again."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--examples",
            action=argparse.BooleanOptionalAction,
            default=settings.DEMO or settings.DEBUG,
            help="Example people with a known password, what they say, and an example record; by default only in the demo and with DEBUG.",
        )

    def handle(self, *args, examples: bool, verbosity: int, **options) -> None:
        start = time.monotonic()
        report = self._line if verbosity else _silent
        try:
            outcome = Loader(report, with_examples=examples).load()
        except CaseFileError as error:
            raise CommandError(str(error)) from error
        if verbosity:
            self._table(outcome)
            self.stdout.write(f"Loaded in {time.monotonic() - start:.1f} seconds.")
            if examples:
                self._people()

    def _line(self, text: str) -> None:
        self.stdout.write(f"  {text}")

    def _table(self, outcome: Outcome) -> None:
        self.stdout.write(f"\n{'The case':<16}{'files':>7}{'changed':>9}")
        for kind, count in outcome.read.items():
            self.stdout.write(f"{kind:<16}{count:>7}{outcome.changed[kind]:>9}")

    def _people(self) -> None:
        self.stdout.write(f"\nExample people; the password of each is {settings.DEMO_PASSWORD}")
        with translation.override("en"):
            for person in example_people():
                self.stdout.write(f"  {person.email:<34}{person.role}")


def _silent(text: str) -> None:
    pass
