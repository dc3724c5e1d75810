"""A worker that dies when the server has its records and before it knows of it: they are sent again, and nothing is there twice."""

from __future__ import annotations

import pytest

from tests.faults.place import reading
from tests.faults.proxy import proxy

pytestmark = pytest.mark.faults


def test_killed_between_send_and_acknowledge(site, node):
    with reading(site), proxy(node.port) as wire:
        site.kill_worker()
        site.start_worker(wire.url)
        site.edit(20).finish()
        site.wait_until_sent()

        wire.hold()
        site.edit(50, first=20).finish()
        assert wire.answered.wait(30), "The worker sent nothing."
        site.kill_worker()
        unknowing = site.waiting()
        assert unknowing > 0
        wire.let_go()

        site.edit(30, first=70).finish()
        site.start_worker(wire.url)
        site.wait_until_sent()
    site.check()


def test_two_workers_at_once_do_no_harm(site):
    with reading(site):
        site.start_worker()
        site.edit(150).finish()
        site.wait_until_sent()
    site.check()
