"""Hears of each search: of its first page and without filters, for only that tells what a reader asked first.

It is noted when the page has been sent, so that no reader waits for it.
"""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from practices.search.asked import Asked
from practices.search.signals import searched

from .rules import identity
from .services import note_search


@receiver(searched, dispatch_uid="search_worklist.searched")
def note(
    sender: object, request: HttpRequest, response: HttpResponse, asked: Asked, total: int, **_kwargs: Any
) -> None:
    if asked.query.words and not asked.filters and asked.page == 1:
        text, language, who = asked.query.text, language_of_page(), who_asks(request)
        response._resource_closers.append(lambda: note_search(text, language, total, who))


def who_asks(request: HttpRequest) -> str:
    address = get_adapter(request).get_client_ip(request) or ""
    return identity(request.reader.user_id, address, request.headers.get("User-Agent", ""))  # type: ignore[attr-defined]


def language_of_page() -> str:
    return (get_language() or "en").split("-")[0]
