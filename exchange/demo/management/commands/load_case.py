"""Loads the real case and the example people: `manage.py load_case`. Safe to run again; what has not changed is left alone."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError

from exchange.demo.case_files import CaseFileError
from exchange.demo.loader import Loader


class Command(BaseCommand):
    help = "Loads the real case EU – Thailand in English and Thai, with example people to try it."

    def handle(self, *args, verbosity: int = 1, **options) -> None:
        start = time.monotonic()
        report = (lambda line: self.stdout.write(f"  {line}")) if verbosity else (lambda line: None)
        try:
            outcome = Loader(report).load()
        except CaseFileError as error:
            raise CommandError(str(error)) from error
        if not verbosity:
            return
        self.stdout.write(f"{'Loaded':<24}{'files':>6}{'changed':>9}")
        for kind, count in outcome.read.items():
            self.stdout.write(f"{kind:<24}{count:>6}{outcome.changed[kind]:>9}")
        self.stdout.write(f"{time.monotonic() - start:.1f} seconds")
