"""The web processes can be renewed one after the other while people read and send forms, and nobody notices."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest

from tests.stack.client import Load

pytestmark = pytest.mark.stack
PAGES = [
    "/en/",
    "/th/",
    "/en/catalogue/",
    "/th/search/",
    "/th/glossary/",
]  # with a word of each reader’s own: never kept
FORM = ("/theme/", b"theme=dark&next=/en/")


@pytest.fixture
def load(stack: dict) -> Load:
    return Load(stack["url"], PAGES, FORM)


def test_renewing_each_web_process_fails_no_request(stack: dict, load: Load) -> None:
    """Each is ended and started anew, as containers are for another image."""
    with load:
        time.sleep(2)
        os.kill(stack["supervisor"], signal.SIGUSR1)
        after = _when_rolled(stack)
        time.sleep(2)
    assert not load.failures, load.failures[:20]
    assert load.answers["page", 200] > 50
    assert load.answers["form", 302] > 10
    for name in ("web-1", "web-2"):
        assert stack["processes"][name]["pid"] != after["processes"][name]["pid"]


def test_reading_the_settings_anew_fails_no_request(stack: dict, load: Load) -> None:
    """SIGHUP: gunicorn stays, its workers are others."""
    masters = [stack["processes"][name]["pid"] for name in ("web-1", "web-2")]
    before = {master: _children(master) for master in masters}
    with load:
        time.sleep(1)
        for master in masters:
            os.kill(master, signal.SIGHUP)
            _until(lambda master=master: _children(master) and not _children(master) & before[master])
        time.sleep(1)
    assert not load.failures, load.failures[:20]
    assert load.answers["page", 200] > 20


def _when_rolled(stack: dict) -> dict:
    place = Path(stack["folder"]) / "stack.json"
    _until(lambda: json.loads(place.read_text())["rolls"] > stack["rolls"])
    return json.loads(place.read_text())


def _children(pid: int) -> set[int]:
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def _until(holds, patience: float = 180) -> None:
    deadline = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < deadline, f"not after {patience} s"
        time.sleep(0.2)
