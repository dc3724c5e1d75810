"""Sample databases: built once for each size and seed in var/bench, and anew when a migration or their generator changes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

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


def environment(database: Path) -> dict[str, str]:
    """Settings of the demo on this database, debug pages off."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "DATABASE_URL": f"sqlite:///{database}",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }


def manage(database: Path, *arguments: str) -> str:
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


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
