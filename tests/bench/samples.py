"""Sample databases: built once for each size and seed in var/bench, and anew when a migration or their generator changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import psycopg

from .figures import ROOT

FOLDER = ROOT / "var" / "bench"
# What a sample follows from.
INGREDIENTS = (
    "*/*/migrations/*.py",
    "exchange/demo/sample/*.py",
    "practices/catalogue/search_documents.py",
    "practices/catalogue/vocabularies/*",
    "practices/search/*.py",
    "practices/search/data/*",
)


@dataclass(frozen=True)
class Plan:
    """How much one run measures."""

    small: int = 1_000
    middle: int = 10_000
    large: int = 100_000
    pairs: int = 30
    rounds: int = 30  # of all the questions
    questions: int = 60
    is_quick: bool = False

    @classmethod
    def quick(cls) -> Plan:
        return cls(middle=1_000, large=1_000, pairs=3, rounds=1, questions=15, is_quick=True)

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self.small, self.large)))


def fingerprint() -> str:
    digest = hashlib.sha256()
    for pattern in INGREDIENTS:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def environment(database: Path | str, **more: str) -> dict[str, str]:
    """Settings of the demo on this database, a file or an address; debug pages off, no search server unless named."""
    return {
        **{name: value for name, value in os.environ.items() if name != "ELASTICSEARCH_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": database if isinstance(database, str) else f"sqlite:///{database}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        **more,
    }


def manage(database: Path | str, *arguments: str) -> str:
    command = [sys.executable, str(ROOT / "site" / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment(database), cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def migrated(name: str) -> Path:
    """A new database without records; migrating takes a while, so it is a copy of one made before."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    template = FOLDER / f"migrated-{fingerprint()}.sqlite3"
    if not template.exists():
        for old in FOLDER.glob("migrated-*"):
            remove(old)
        compiler = ROOT / "tools" / "compile_messages.py"
        subprocess.run([sys.executable, str(compiler)], check=True, stdout=subprocess.DEVNULL)
        draft = FOLDER / "draft.sqlite3"
        remove(draft)
        manage(draft, "migrate", "--verbosity", "0")
        draft.rename(template)
    path = FOLDER / name
    remove(path)
    shutil.copyfile(template, path)
    return path


def sample(records: int, seed: int = 1) -> Path:
    path = FOLDER / f"sample-{records}-{seed}-{fingerprint()}.sqlite3"
    if not path.exists():
        for old in FOLDER.glob(f"sample-{records}-{seed}-*"):
            remove(old)
        print(f"building a sample of {records:,} records", file=sys.stderr, flush=True)
        draft = migrated(f"draft-{records}-{seed}.sqlite3")
        manage(draft, "make_sample", "--records", str(records), "--seed", str(seed), "--verbosity", "0")
        draft.rename(path)
    return path


@lru_cache
def sample_on_postgresql(records: int, seed: int = 1) -> str:
    """The address of a sample on the PostgreSQL server that DATABASE_URL names; it lives as long as that server."""
    server = os.environ["DATABASE_URL"]
    name = f"sample_{records}_{seed}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    address = server.rpartition("/")[0] + f"/{name}"
    print(f"building a sample of {records:,} records on PostgreSQL", file=sys.stderr, flush=True)
    manage(address, "migrate", "--verbosity", "0")
    manage(address, "make_sample", "--records", str(records), "--seed", str(seed), "--verbosity", "0")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return address


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
