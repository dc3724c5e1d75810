"""Test databases as copies of a migrated template, kept under a name that changes with the migrations.

Migrating takes a quarter of a minute, copying a moment. A test that commits gets its database back from the template,
first rows included, which Django's own flush would lose.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

import django
import wagtail
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

FOLDER = settings.VAR / "test-databases"


def fingerprint() -> str:
    """Of everything that a migrated database follows from."""
    digest = hashlib.sha256(f"{django.__version__} {wagtail.__version__} {Path(__file__).read_text()}".encode())
    for config in apps.get_app_configs():
        try:
            module = importlib.import_module(f"{config.name}.migrations")
        except ModuleNotFoundError:
            continue
        for path in sorted(Path(module.__path__[0]).glob("*.py")):
            digest.update(path.name.encode() + path.read_bytes())
        if Path(config.path).is_relative_to(settings.ROOT):  # rows that migrations load
            for path in sorted(Path(config.path).rglob("vocabularies/*")):
                digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()[:16]


@contextmanager
def _locked():
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class SQLite:
    def __init__(self, worker: str) -> None:
        self.template = FOLDER / f"template-{fingerprint()}.sqlite3"
        self.path = FOLDER / f"{worker}-{os.getpid()}.sqlite3"
        connection.settings_dict["OPTIONS"]["init_command"] += " PRAGMA synchronous = OFF;"

    def create(self) -> None:
        with _locked():
            if not self.template.exists():
                for old in FOLDER.glob("*.sqlite3*"):
                    old.unlink(missing_ok=True)
                scratch = FOLDER / "scratch.sqlite3"
                scratch.unlink(missing_ok=True)
                self._use(scratch)
                call_command("migrate", verbosity=0, interactive=False)
                connection.cursor().execute("PRAGMA journal_mode = DELETE")  # all of it in one file
                connection.close()
                scratch.rename(self.template)
        self._use(self.path)
        self.restore()

    def restore(self) -> None:
        connection.close()
        self._remove()
        shutil.copyfile(self.template, self.path)

    def drop(self) -> None:
        connection.close()
        self._remove()

    def _remove(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _use(self, path: Path) -> None:
        connection.close()
        connection.settings_dict["NAME"] = str(path)


class PostgreSQL:
    def __init__(self, worker: str) -> None:
        base = connection.settings_dict["NAME"]
        self.template = f"test_{base}_template_{fingerprint()}"
        self.name = f"test_{base}_{worker}"

    def create(self) -> None:
        with _locked():
            if not self._exists(self.template):
                self._admin(f'CREATE DATABASE "{self.template}_new"')
                self._use(f"{self.template}_new")
                call_command("migrate", verbosity=0, interactive=False)
                connection.close()
                self._admin(f'ALTER DATABASE "{self.template}_new" RENAME TO "{self.template}"')
        self._use(self.name)
        self.restore()

    def restore(self) -> None:
        connection.close()
        self.remove(self.name)
        self.copy(self.name)

    def copy(self, name: str) -> None:
        """One more database as the template is."""
        with _locked():  # a template can be copied by one session at a time
            self._admin(f'CREATE DATABASE "{name}" TEMPLATE "{self.template}"')

    def remove(self, name: str) -> None:
        self._admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def drop(self) -> None:
        connection.close()
        self.remove(self.name)

    def _use(self, name: str) -> None:
        connection.close()
        connection.settings_dict["NAME"] = name

    def _exists(self, name: str) -> bool:
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            return cursor.fetchone() is not None

    def _admin(self, statement: str) -> None:
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


def for_connection(worker: str) -> SQLite | PostgreSQL:
    return {"sqlite": SQLite, "postgresql": PostgreSQL}[connection.vendor](worker)


def restore_after_commits(database: SQLite | PostgreSQL) -> None:
    """From here on, tests that commit get this database back from the template."""
    TransactionTestCase._fixture_teardown = lambda self: database.restore()
