"""`manage.py restore FILE`: database and uploads as they were, the index built from them anew; from standard input with `-`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import backup


class Command(BaseCommand):
    help = "Restores a backup into an empty Sala whose web and worker are stopped, and rebuilds the index."
    requires_system_checks = []
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="lose the people, records and files that are here")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        if str(file) == "-":
            with tempfile.TemporaryDirectory() as scratch:
                came = Path(scratch) / "sala.tar.gz"
                with came.open("wb") as copy:
                    shutil.copyfileobj(sys.stdin.buffer, copy)
                self._restore(came, force)
        else:
            self._restore(file, force)

    def _restore(self, file: Path, force: bool) -> None:
        try:
            manifest = backup.restore(file.resolve(), force=force)
        except backup.Refused as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(f"Restored: the database of {manifest.made} and {len(manifest.files)} files.")
