"""Serves an application with one gunicorn worker, of one thread unless told, which keeps connections alive, while a group measures it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .client import Client, Failed
from .figures import ROOT
from .samples import environment


@dataclass(frozen=True)
class Server:
    port: int
    process: int

    def client(self, session: str = "") -> Client:
        return Client(self.port, session)

    def processor_time(self) -> float:
        """Seconds the worker has computed so far; other programs on the machine do not change them."""
        workers = Path(f"/proc/{self.process}/task/{self.process}/children").read_text().split()
        threads = [thread for pid in workers for thread in Path(f"/proc/{pid}/task").glob("*/schedstat")]
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


@contextmanager
def serve(application: str, settings: dict[str, str], threads: int = 1) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-W", "ignore", "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", "1", "--worker-class", "gthread", "--threads", str(threads), "--keep-alive", "600"),
        *("--timeout", "600", "--graceful-timeout", "1", "--log-level", "warning"),
    ]
    process = subprocess.Popen(command, env=settings, cwd=ROOT, start_new_session=True)
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def site(database: Path | str, **settings: str) -> Iterator[Server]:
    with serve("tests.bench.served", environment(database, **settings)) as server:
        yield server


@contextmanager
def bare() -> Iterator[Server]:
    with serve("tests.bench.bare", {**os.environ, "PYTHONPATH": str(ROOT)}) as server:
        yield server


def _wait(process: subprocess.Popen, port: int) -> None:
    for _attempt in range(600):
        if process.poll() is not None:
            break
        try:
            Client(port).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Failed("the server did not start; what it said stands above")
