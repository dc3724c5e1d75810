"""From what a reader asked to what an engine is asked: one way, for the page, its files, its feed and the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from practices.access.reader import Reader

from .asked import Asked
from .engines.base import PAGE_SIZE, Request
from .plan import make_plan
from .wordbook import Wordbook

Within = Mapping[str, Sequence[str]]


def active_language() -> str:
    return (get_language() or "en").split("-")[0]


def question(asked: Asked, reader: Reader, words: Wordbook, within: Within | None = None, **fields: Any) -> Request:
    """`fields` stand for those of the request that are not the reader's choice here, such as `limit`."""
    return Request(
        **{
            "reader": reader,
            "plan": make_plan(asked.query, words.vocabulary) if asked.has_words else None,
            "filters": asked.filters,
            "within": within or {},
            "sort": asked.sort,
            "language": active_language(),
            "offset": asked.offset,
            "limit": PAGE_SIZE,
            **fields,
        }
    )
