"""How long one question may take, all its requests together: what is left goes to each as its time limit."""

from __future__ import annotations

import time

from elasticsearch import Elasticsearch

SECONDS = 1.0
# Less than this is not worth a request.
_LEAST_S = 0.02


class Late(Exception):
    """The time is used up before the last request."""


class Budget:
    def __init__(self) -> None:
        self._end = time.monotonic() + SECONDS

    def within(self, client: Elasticsearch) -> Elasticsearch:
        """The client for the next request, which ends when the time does."""
        left = self._end - time.monotonic()
        if left < _LEAST_S:
            raise Late
        return client.options(request_timeout=left)
