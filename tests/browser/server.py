"""The site as `make demo` serves it, real case and all, for the browser tests: gunicorn, DEBUG off, its own data.

Loading takes half a minute, so a loaded copy is kept under a name that changes with what it follows from.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from tests.mailing import mail_server

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "var" / "browser"


@dataclass(frozen=True)
class Site:
    url: str
    var: Path
    # What a real mail server has taken from it.
    mails: list[EmailMessage]

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the site's database says; to find addresses and to set the scene, never to decide a test."""
        with closing(sqlite3.connect(f"file:{self.var / 'db.sqlite3'}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()

    def write(self, statement: str, *values: object) -> None:
        with closing(sqlite3.connect(self.var / "db.sqlite3", timeout=20)) as connection, connection:
            connection.execute(statement, values)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fingerprint() -> str:
    digest = hashlib.sha256()
    for package in ("practices", "exchange", "media"):
        for path in sorted((ROOT / package).rglob("*")):
            if path.suffix in {".py", ".yaml", ".json", ".docx"}:
                digest.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def loaded() -> Path:
    """A folder with the case loaded, made where it is missing."""
    target = FOLDER / f"loaded-{fingerprint()}"
    if not target.exists():
        shutil.rmtree(FOLDER, ignore_errors=True)
        scratch = FOLDER / "loading"
        scratch.mkdir(parents=True)
        environment = {**os.environ, "SALA_VAR": str(scratch), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        environment.pop("DATABASE_URL", None)
        code = "import sys; sys.path.insert(0, '.'); from tools.demo import prepare; prepare()"
        subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env=environment)
        scratch.rename(target)
    return target


def wait(url: str, server: subprocess.Popen, patience: float = 90) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"The site ended at once; see {FOLDER / 'server.log'}")
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{url} answers {error.code}; see {FOLDER / 'server.log'}") from error
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} did not answer in {patience} s; see {FOLDER / 'server.log'}")


@dataclass(frozen=True)
class StackedSite(Site):
    """The site that `tools/with_stack` serves, whose database is PostgreSQL and whose mail goes to the worker's log."""

    database: str

    def rows(self, query: str, *values: object) -> list[tuple]:
        with self._connected() as connection:
            return connection.execute(*self._said(query, values)).fetchall()

    def write(self, statement: str, *values: object) -> None:
        with self._connected() as connection:
            connection.execute(*self._said(statement, values))

    def _connected(self):
        import psycopg

        return psycopg.connect(self.database)

    @staticmethod
    def _said(statement: str, values: tuple) -> tuple[str, tuple]:
        return statement.replace("%", "%%").replace("?", "%s"), values


@contextmanager
def running_site() -> Iterator[Site]:
    if stack := os.environ.get("STACK"):
        facts = json.loads(Path(stack).read_text())
        yield StackedSite(facts["url"], Path(facts["folder"]) / "var", [], facts["database"])
        return
    source, port = loaded(), free_port()
    var = FOLDER / f"run-{os.getpid()}"
    shutil.copytree(source, var)
    environment = {**os.environ, "SALA_VAR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
    environment.pop("DATABASE_URL", None)
    with mail_server() as (catcher, mail_port):
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{mail_port}"
        yield from _serve(var, port, environment, catcher.messages)


def _serve(var: Path, port: int, environment: dict[str, str], mails: list[EmailMessage]) -> Iterator[Site]:
    command = [sys.executable, "tools/demo.py", "--port", str(port)]
    with (FOLDER / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            site = Site(f"http://localhost:{port}", var, mails)
            wait(f"{site.url}/en/", server)
            yield site
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
            shutil.rmtree(var, ignore_errors=True)
