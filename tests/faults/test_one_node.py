"""A search server that dies, keeps silent or takes no more writes: people go on editing and searching, and nothing is lost."""

from __future__ import annotations

import json
import signal
import time
import urllib.request

import pytest

from tests.faults.place import reading, wait_for

pytestmark = pytest.mark.faults

# More than any disk has, so that the server takes its own for full.
FULL = {"low": "900000gb", "high": "800000gb", "flood_stage": "700000gb"}
WATERMARK = "cluster.routing.allocation.disk.watermark"


def test_killed_during_a_thousand_edits_and_started_again(site, one_node, node):
    with reading(site) as readers:
        editing = site.edit(1000)
        editing.wait_for(300)
        node.kill()
        editing.wait_for(600)
        assert site.waiting() > 0
        node.start()
        one_node.wait()
        editing.finish()
        site.wait_until_sent()
    assert readers.fallbacks > 0
    site.check()


def test_silent_for_half_a_minute(site, node):
    with reading(site) as readers:
        editing = site.edit(200, pause=0.1)
        editing.wait_for(20)
        node.signal(signal.SIGSTOP)
        try:
            time.sleep(30)
        finally:
            node.signal(signal.SIGCONT)
        editing.finish()
        site.wait_until_sent()
    assert readers.fallbacks > 0
    site.check()


def test_a_disk_too_full_for_writes(site, node):
    with reading(site):
        set_cluster(node, {f"{WATERMARK}.{name}": value for name, value in FULL.items()})
        try:
            wait_for(lambda: b"read_only_allow_delete" in get(node, "/_all/_settings"), 60, "The disk is not full.")
            editing = site.edit(100)
            editing.finish()
            wait_for(
                lambda: site.ask("SELECT count(*) FROM search_sendfailure WHERE record_id = 0"),
                30,
                "Nobody noticed that the server takes no writes.",
            )
            assert site.waiting() > 0
        finally:
            set_cluster(node, {f"{WATERMARK}.{name}": None for name in FULL})
        site.wait_until_sent()
    site.check()


def set_cluster(node, settings: dict[str, str | None]) -> None:
    body = json.dumps({"persistent": settings | {"cluster.info.update.interval": "10s"}}).encode()
    request = urllib.request.Request(
        f"{node.url}/_cluster/settings", body, {"Content-Type": "application/json"}, method="PUT"
    )
    urllib.request.urlopen(request, timeout=30).read()


def get(node, path: str) -> bytes:
    return urllib.request.urlopen(node.url + path, timeout=30).read()
