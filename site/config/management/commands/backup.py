"""`manage.py backup FILE`: database and uploads in one file, while Sala runs; to standard output with `-`."""

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
    help = "Writes database and uploads into one file, such as sala-2026-11-24.tar.gz. Sala may run meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        if str(file) == "-":
            with tempfile.TemporaryDirectory() as scratch:
                self._write(Path(scratch) / "sala.tar.gz")
                with (Path(scratch) / "sala.tar.gz").open("rb") as made:
                    shutil.copyfileobj(made, sys.stdout.buffer)
        else:
            self._write(file)

    def _write(self, file: Path) -> None:
        try:
            manifest = backup.write(file.resolve())
        except backup.Refused as error:
            raise CommandError(str(error)) from error
        size = file.stat().st_size / 1e6
        self.stderr.write(
            f"{file.name}: the database and {len(manifest.files)} files, {size:.1f} MB. Keep the secrets too."
        )
