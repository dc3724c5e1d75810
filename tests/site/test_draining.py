"""A web server that ends answers whoever came before, and refuses whoever comes after at once, so that a proxy asks the next one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest
from config.environment import ROOT

from tests.browser.server import free_port

SLOW_S = 2.0


def application(environ, start_response):
    """Answers after a while at /slow, at once elsewhere."""
    if environ["PATH_INFO"] == "/slow":
        time.sleep(SLOW_S)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]


@pytest.fixture
def server() -> Iterator[tuple[subprocess.Popen, str]]:
    port = free_port()
    environment = {
        **os.environ,
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", f"{__name__}:application"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            if ask(url) == 200:
                break
            time.sleep(0.1)
        yield process, url
    finally:
        process.kill()
        process.wait()


def ask(url: str, path: str = "/") -> int | str:
    try:
        with urllib.request.urlopen(url + path, timeout=15) as answer:
            return answer.status
    except urllib.error.URLError as error:
        return type(error.reason).__name__
    except OSError as error:
        return type(error).__name__


class Asked(threading.Thread):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.answer = url, None
        self.start()

    def run(self) -> None:
        self.answer = ask(self.url, "/slow")


def test_ending_answers_those_inside_and_refuses_others_at_once(server):
    process, url = server
    inside = [Asked(url), Asked(url)]  # the second waits for the first: there is one thread
    time.sleep(0.5)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.7)
    began = time.monotonic()
    assert ask(url) == "ConnectionRefusedError"
    assert time.monotonic() - began < SLOW_S / 2
    assert all(asked.is_alive() for asked in inside)
    for asked in inside:
        asked.join()
    assert [asked.answer for asked in inside] == [200, 200]
    assert process.wait(timeout=10) == 0


def test_renewing_the_workers_leaves_the_door_open(server):
    process, url = server
    inside = Asked(url)
    time.sleep(0.5)
    process.send_signal(signal.SIGHUP)
    answers = set()
    while inside.is_alive():
        answers.add(ask(url))
    assert (inside.answer, answers) == (200, {200})
