"""Copies a whole database into a file, in one moment and while others write, and puts one back whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import connection


def dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_file())) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path) -> None:
    connection.close()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(_file(), timeout=30)) as database:
            copy.backup(database)
        return
    script = source.with_name(f"{source.name}.sql")
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source), connects=False)
    anew = ("--command=DROP SCHEMA public CASCADE", "--command=CREATE SCHEMA public")
    _run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *anew, f"--file={script}")


def version() -> str:
    """Of the server, or of SQLite."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        return str(cursor.fetchone()[0])


def _file() -> str:
    return str(connection.settings_dict["NAME"])


def _run(program: str, *arguments: str, connects: bool = True) -> None:
    if shutil.which(program) is None:
        raise CommandError(f"{program} is not on this machine. On Debian: apt-get install postgresql-client")
    settings = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    environment = {variable: str(settings[name]) for variable, name in names.items() if settings[name] and connects}
    done = subprocess.run(  # noqa: S603  (PostgreSQL's own programs with arguments we wrote)
        [program, *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{program} failed: {done.stderr.strip()}")
