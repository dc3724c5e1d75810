"""The one client of the search server in this process: it never sniffs, and tries another node only where one is gone.

A node that is gone refuses at once, so trying the next costs nothing. A node that keeps silent has used up the time there was.
"""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

# For those who write. Readers give each request what is left of their budget.
PATIENCE_S = 30.0
# How long a node that failed is left alone, while others answer.
_REST_S = 5.0
_CONNECTIONS = 20


def is_configured() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


def get_client() -> Elasticsearch:
    return _client(tuple(settings.ELASTICSEARCH_URL))


@lru_cache(maxsize=4)
def _client(nodes: tuple[str, ...]) -> Elasticsearch:
    return Elasticsearch(
        list(nodes),
        request_timeout=PATIENCE_S,
        max_retries=len(nodes) - 1,
        retry_on_timeout=False,
        retry_on_status=(),
        dead_node_backoff_factor=1.0,
        max_dead_node_backoff=_REST_S,
        connections_per_node=_CONNECTIONS,
    )
