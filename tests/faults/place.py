"""The site as processes of its own over a database of 300 invented records: server, worker, an editor and readers."""

from __future__ import annotations

import itertools
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from tests.bench.samples import environment, sample
from tests.bench.server import Server, serve

ROOT = Path(__file__).resolve().parent.parent.parent
RECORDS = 300
# A page waits at most a second for the search server; then the database answers, and the page is made. How long that takes
# on a machine as busy as this one is measured beside it, by what never asks the search server.
BUDGET_S, REST_OF_THE_PAGE_S = 1.0, 1.5
BESIDE = 3
HEALED_WITHIN_S = 180
FILLED = "SELECT count(*) FROM search_searchrun WHERE phase = 'index' AND finished_at IS NOT NULL AND error = ''"
NOTICE = b"The fast search does not answer"  # in English
QUESTIONS = ["การค้ามนุษย์", "shelter", "ผู้เสียหาย", "housing for migrants", "ล่าม", "training", ""]


@dataclass
class Place:
    database: Path
    settings: dict[str, str]
    server: Server
    worker: subprocess.Popen | None = None
    programs: list[subprocess.Popen] = field(default_factory=list)

    def start_worker(self, url: str | None = None) -> None:
        settings = self.settings | ({"ELASTICSEARCH_URL": url} if url else {})
        command = [sys.executable, "site/manage.py", "worker"]
        self.worker = subprocess.Popen(command, cwd=ROOT, env=settings)
        self.programs.append(self.worker)

    def kill_worker(self) -> None:
        """At once, as a fault would."""
        assert self.worker is not None
        self.worker.send_signal(signal.SIGKILL)
        self.worker.wait()

    def manage(self, *arguments: str) -> str:
        return self.run("site/manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.settings, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def edit(self, count: int, first: int = 0, pause: float = 0) -> Editing:
        """Begins editing, in a process of its own."""
        command = [sys.executable, "-m", "tests.faults.editor", "--edits", str(count), "--first", str(first)]
        program = subprocess.Popen(
            [*command, "--pause", str(pause)], cwd=ROOT, env=self.settings, stdout=subprocess.PIPE, text=True
        )
        self.programs.append(program)
        return Editing(program)

    def waiting(self) -> int:
        return self.ask("SELECT count(*) FROM search_searchrecord WHERE indexed_version < version")

    def ask(self, query: str) -> int:
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True, timeout=20)) as connection:
            return connection.execute(query).fetchone()[0]

    def wait_until_sent(self) -> None:
        wait_for(lambda: not self.waiting(), HEALED_WITHIN_S, "Changes still wait to be sent.")

    def check(self) -> None:
        """Every record findable, none twice, none stale, and nothing for `verify` to mend."""
        said = self.run("-m", "tests.faults.examine").splitlines()
        assert len(said) == 1, "\n".join(said)
        assert "No difference." in (verified := self.manage("search_index", "verify", "-v", "0")), verified
        assert json.loads(self.manage("search_index", "status", "--json"))["backlog"]["error"] == ""

    def stop(self) -> None:
        for program in self.programs:
            if program.poll() is None:
                program.terminate()
                try:
                    program.wait(timeout=10)
                except subprocess.TimeoutExpired:
                    program.kill()
                    program.wait()


class Editing:
    """An editor at work; `done` counts the edits committed so far."""

    def __init__(self, program: subprocess.Popen) -> None:
        self._program = program
        self.done = 0
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def _read(self) -> None:
        assert self._program.stdout is not None
        for _line in self._program.stdout:
            self.done += 1

    def wait_for(self, done: int) -> None:
        wait_for(lambda: self.done >= done or self._program.poll() is not None, 300, "The editor is stuck.")
        assert self.done >= done, "The editor gave up."

    def finish(self) -> None:
        assert self._program.wait(timeout=300) == 0
        self._reading.join()


class Readers:
    """Two people who search without pause, never the same words twice, so that no kept page answers them; and a third who types."""

    def __init__(self, port: int) -> None:
        self._address = f"http://127.0.0.1:{port}"
        self._stopping = threading.Event()
        self.pages = self.fallbacks = 0
        self.slowest = self.slowest_beside = 0.0
        self.failures: list[str] = []
        self._threads = [
            threading.Thread(target=self._search, args=("a",), daemon=True),
            threading.Thread(target=self._search, args=("b",), daemon=True),
            threading.Thread(target=self._type, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    @property
    def patience(self) -> float:
        return BUDGET_S + max(REST_OF_THE_PAGE_S, BESIDE * self.slowest_beside)

    def _search(self, name: str) -> None:
        for count in itertools.count():
            typed = f"{QUESTIONS[count % len(QUESTIONS)]} {name}{count}"
            seconds, page = self._get(f"/{('en', 'th')[count % 2]}/search/?q={quote(typed)}")
            self.slowest = max(self.slowest, seconds)
            self.fallbacks += NOTICE in page
            self.pages += 1
            if self._stopping.wait(0.2):
                return

    def _type(self) -> None:
        for count in itertools.count():
            seconds, _answer = self._get(f"/en/search/suggest/?q=sh{count}")
            self.slowest_beside = max(self.slowest_beside, seconds)
            if self._stopping.wait(0.2):
                return

    def _get(self, path: str) -> tuple[float, bytes]:
        began, page = time.monotonic(), b""
        try:
            with urllib.request.urlopen(self._address + path, timeout=60) as answer:
                page = answer.read()
        except OSError as error:
            self.failures.append(f"{path}: {error}")
        return time.monotonic() - began, page

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join()


def wait_for(what: Callable[[], object], patience: float, else_say: str) -> None:
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, else_say
        time.sleep(0.1)


@contextmanager
def place(folder: Path, elasticsearch: str) -> Iterator[Place]:
    database = folder / "sala.sqlite3"
    shutil.copyfile(sample(RECORDS), database)
    settings = environment(database) | {
        "ELASTICSEARCH_URL": elasticsearch,
        "ELASTICSEARCH_INDEX": folder.name.replace("_", "-").lower(),
        "SALA_VAR": str(folder),
    }
    with serve("config.wsgi", settings, threads=4) as server:
        made = Place(database, settings, server)
        try:
            made.start_worker()
            wait_for(lambda: made.ask(FILLED), HEALED_WITHIN_S, "The server’s index was not filled.")
            made.wait_until_sent()
            yield made
        finally:
            made.stop()


@contextmanager
def reading(place: Place) -> Iterator[Readers]:
    """People search while the block runs; afterwards none of them may have met an error, or waited too long."""
    readers = Readers(place.server.port)
    try:
        yield readers
    finally:
        readers.stop()
    told = (
        f"{readers.pages} pages, {readers.fallbacks} by the database, slowest {readers.slowest:.2f} s,"
        f" beside it {readers.slowest_beside:.2f} s"
    )
    print(told, file=sys.stderr)
    assert not readers.failures, readers.failures[:5]
    assert readers.pages > 20, told
    assert readers.slowest < readers.patience, told
