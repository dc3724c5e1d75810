"""`make_sample --records N --seed S`: adds N invented records, marked as examples, and fills the search index."""

from __future__ import annotations

import time

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from exchange.demo.sample.writer import write_sample
from practices.catalogue.models import Record

MOST = 1_000_000


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--records", type=int, required=True, help=f"How many, up to {MOST:,}.")
        parser.add_argument("--seed", type=int, default=1, help="The same seed gives the same records.")
        parser.add_argument("--no-index", action="store_true", help="Leave the search index as it is.")

    def handle(self, *, records, seed, no_index, **options):
        if not 1 <= records <= MOST:
            raise CommandError(f"--records must be between 1 and {MOST:,}.")
        if Record.objects.filter(institution__code="sample-1").exists():
            raise CommandError("This database holds a sample already; make a new one for another.")
        began = time.monotonic()
        with tqdm(total=records, unit=" records", disable=options["verbosity"] == 0) as bar:
            write_sample(records, seed, bar.update)
        seconds = time.monotonic() - began
        self.stdout.write(f"{records:,} records, {2 * records:,} pages, {2 * records / seconds:,.0f} pages a second")
        if not no_index:
            call_command("search_index", "rebuild", verbosity=options["verbosity"])
