"""The search server with the database behind it: a question is answered, whatever becomes of the server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from elasticsearch import ApiError, TransportError

from . import base
from .breaker import Breaker
from .elasticsearch.budget import Late
from .elasticsearch.engine import ElasticsearchEngine, TooFarBehind

if TYPE_CHECKING:
    from practices.access.reader import Reader

logger = logging.getLogger(__name__)
T = TypeVar("T")
# What is the fault of one question. All else is the state of the server: no index, too much to do, not Elasticsearch at all.
_REFUSED = frozenset({400, 413})


class GuardedEngine:
    name = "elasticsearch"

    def __init__(self, server: ElasticsearchEngine, database: base.Engine) -> None:
        self._server = server
        self._database = database
        self.breaker = Breaker("Elasticsearch")

    def search(self, request: base.Request) -> base.Result:
        return self._answer(
            lambda: self._server.search(request),
            lambda: replace(self._database.search(request), fallback=True),
        )

    def more_like_this(self, record_id: int, reader: Reader, language: str, limit: int = 5) -> list[int]:
        return self._answer(
            lambda: self._server.more_like_this(record_id, reader, language, limit),
            lambda: self._database.more_like_this(record_id, reader, language, limit),
        )

    def suggest(self, typed: str, language: str, reader: Reader, limit: int = 8) -> list[base.Suggestion]:
        return self._database.suggest(typed, language, reader, limit)

    def values_seen(self, facet: str, reader: Reader) -> set[str]:
        return self._database.values_seen(facet, reader)

    def _answer(self, ask_server: Callable[[], T], ask_database: Callable[[], T]) -> T:
        if not self.breaker.lets_through():
            return ask_database()
        try:
            answer = ask_server()
        except TooFarBehind:
            return ask_database()
        except (TransportError, Late) as error:
            self.breaker.failed(error)
        except ApiError as error:
            if error.status_code in _REFUSED:
                logger.exception("Elasticsearch refused a question.")
            else:
                self.breaker.failed(error)
        else:
            self.breaker.succeeded()
            return answer
        return ask_database()
