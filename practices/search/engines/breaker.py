"""Keeps a server that failed from being asked by everyone: after a failure it rests, then one caller tries it.

The others are answered elsewhere meanwhile, so nobody queues behind a server that keeps silent. One for each process.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

FIRST_REST_S = 1.0
LONGEST_REST_S = 15.0

logger = logging.getLogger(__name__)


class Breaker:
    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name = name
        self._clock = clock
        self._lock = threading.Lock()
        # How long it rests after the last failure, 0 where it answers; and until when.
        self._rest = 0.0
        self._until = 0.0

    @property
    def is_open(self) -> bool:
        return self._rest > 0

    def lets_through(self) -> bool:
        """Whether this caller may ask. After a rest, for one of them this is the try."""
        with self._lock:
            if not self._rest:
                return True
            now = self._clock()
            if now < self._until:
                return False
            self._until = now + self._rest
            return True

    def succeeded(self) -> None:
        with self._lock:
            if self._rest:
                logger.warning("%s answers again.", self._name)
            self._rest = 0.0

    def failed(self, error: Exception) -> None:
        with self._lock:
            if not self._rest:
                logger.warning("%s does not answer; the database does meanwhile: %r", self._name, error)
            self._rest = min(self._rest * 2, LONGEST_REST_S) or FIRST_REST_S
            self._until = self._clock() + self._rest
