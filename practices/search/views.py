"""The search page, the catalogue (the same list without a question) and what is offered while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from practices.catalogue.querysets import CATALOGUE_KINDS

from .asked import read
from .listing import make_listing, suggestions

LONGEST_BEGINNING = 60


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    return _list(request, "search/results.html")


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    return _list(request, "search/browse.html", within={"kind": [*CATALOGUE_KINDS]})


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_BEGINNING]
    return JsonResponse({"suggestions": suggestions(typed, request.reader)})  # type: ignore[attr-defined]


def _list(request: HttpRequest, template: str, within: Mapping[str, Sequence[str]] | None = None) -> HttpResponse:
    listing = make_listing(read(request.GET), request.reader, within)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "listing": listing,
        "page_obj": listing.page,
        "q": listing.asked.query.text,
        "clear_url": listing.asked.address(filters={}),
    }
    response = render(request, template, context)
    if listing.fallback:
        add_never_cache_headers(response)  # or its notice would be shown long after the server is back
    return response
