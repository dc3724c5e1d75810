"""One search server for the faults of a single node; each test has its own database, site and indices."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.place import Place, place
from tools.elasticsearch import Cluster, Node, cluster


@pytest.fixture(scope="session")
def one_node() -> Iterator[Cluster]:
    with cluster(1) as running:
        yield running


@pytest.fixture
def node(one_node) -> Node:
    return one_node.nodes[0]


@pytest.fixture
def site(tmp_path, one_node) -> Iterator[Place]:
    with place(tmp_path, one_node.url) as made:
        yield made
