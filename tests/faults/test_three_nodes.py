"""A cluster of three that loses one node, then a second, then the answers of the last: readers fall back where they must, and all heals."""

from __future__ import annotations

import signal

import pytest

from tests.faults.place import place, reading
from tools.elasticsearch import cluster

pytestmark = pytest.mark.faults


def test_nodes_lost_one_after_the_other_and_all_back(tmp_path):
    with cluster(3) as running, place(tmp_path, running.url) as site:
        first, second, third = running.nodes
        with reading(site) as readers:
            editing = site.edit(200, pause=0.2)
            editing.wait_for(30)
            first.kill()
            editing.wait_for(80)
            site.wait_until_sent()  # two of three go on without anybody’s help
            second.kill()
            editing.wait_for(120)  # the last one takes no writes, and answers readers as long as it can
            third.signal(signal.SIGSTOP)
            editing.wait_for(150)  # nothing is left to answer but the database
            third.signal(signal.SIGCONT)
            first.start()
            second.start()
            running.wait()
            editing.finish()
            site.wait_until_sent()
        assert readers.fallbacks > 0
        site.check()
