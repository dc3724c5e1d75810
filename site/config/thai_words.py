"""Keeps a Thai word on one line. Browsers cut Thai as finely as a dictionary can (ผู้|เสีย|หาย) and break a line at any cut;
a word made of several cuts is held together here, so that no reader meets half of ผู้เสียหาย at the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from practices.search.analysis import tokens
from practices.search.words import divide

# Longer ones would leave ragged lines on a phone.
LONGEST = 16
# Left as it is: markup, and what shows its text raw (no element may stand in it).
_PASSED = r"<(script|style|textarea|title|option|svg|pre)\b.*?</\1>|<!--.*?-->|<[^>]+>"
_PARTS = re.compile(rf"{_PASSED}|[\u0e01-\u0e4e]{{4,}}", re.DOTALL | re.IGNORECASE)


def keep_words_whole(html: str) -> str:
    return _PARTS.sub(lambda part: part.group() if part.group()[0] == "<" else _held_together(part.group()), html)


@lru_cache(maxsize=20_000)
def _held_together(run: str) -> str:
    cuts = tokens(run)
    held: list[str] = []
    done = at = 0
    for word in divide([cut.text for cut in cuts]):
        first, last = cuts[at], cuts[at + len(word) - 1]
        at += len(word)
        if len(word) > 1 and last.end - first.start <= LONGEST:
            held.append(f'{run[done : first.start]}<span class="w">{run[first.start : last.end]}</span>')
            done = last.end
    return "".join(held) + run[done:]


class ThaiWordsMiddleware:
    """Stands inside compression and the page cache, which keep the result. Wagtail's editor is left as it is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and not request.path.startswith(self.admin):
            response.content = keep_words_whole(response.content.decode(response.charset)).encode(response.charset)
            if "Content-Length" in response.headers:
                response.headers["Content-Length"] = str(len(response.content))
        return response
