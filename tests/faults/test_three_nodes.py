"""A cluster of three that loses one node, then a second: readers fall back where they must, and all heals when they return."""

from __future__ import annotations

import pytest

from tests.faults.place import place, reading
from tools.elasticsearch import cluster

pytestmark = pytest.mark.faults


def test_one_node_lost_then_a_second_then_both_back(tmp_path):
    with cluster(3) as running, place(tmp_path, running.url) as site:
        first, second, _third = running.nodes
        with reading(site) as readers:
            editing = site.edit(200, pause=0.2)
            editing.wait_for(30)
            first.kill()
            editing.wait_for(80)
            site.wait_until_sent()  # two of three go on without anybody’s help
            second.kill()
            editing.wait_for(140)
            first.start()
            second.start()
            running.wait()
            editing.finish()
            site.wait_until_sent()
        assert readers.fallbacks > 0
        site.check()
