"""A person who edits without pause: `python -m tests.faults.editor --edits 1000`, in the site's own environment.

Each edit gives a record's title a word that stands nowhere else, and is printed once it is committed. Some records are archived,
some saved and published as the admin does it.
"""

from __future__ import annotations

import argparse
import time

import django

RECORDS = 200
# Digits as letters that no stemmer takes for an ending.
LETTERS = str.maketrans("0123456789", "bcdfghjklm")


def word(number: int) -> str:
    return f"qx{number:04}".translate(LETTERS)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, required=True)
    parser.add_argument("--first", type=int, default=0, help="the number of the first edit, so that its word is new")
    parser.add_argument("--pause", type=float, default=0, help="seconds between two edits")
    options = parser.parse_args()
    django.setup()

    from django.db import transaction

    from practices.catalogue.models import Record
    from practices.catalogue.projection import edition_class, touch
    from practices.catalogue.services import archive_record

    kinds = ["practice", "adaptation", "case-study"]
    records = list(Record.objects.published().filter(kind__in=kinds).order_by("pk")[:RECORDS])
    for number in range(options.first, options.first + options.edits):
        record = records[number % len(records)]
        pages = edition_class(record.kind).objects.filter(
            record=record, alias_of=None, locale__language_code=record.source_language
        )
        title = f"Example {word(number)}"
        if number % 50 == 49:
            archive_record(record)
            records.remove(record)
        elif number % 50 == 24:
            page = pages.get()
            page.title = title
            page.save_revision().publish()
        else:
            with transaction.atomic():
                pages.update(title=title)
                touch(record)
        print(number, flush=True)
        time.sleep(options.pause)


if __name__ == "__main__":
    main()
