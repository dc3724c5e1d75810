"""The search page, the catalogue (the same list without a question), both as a file or a feed, and what is offered beside them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from practices.access.limits import may_ask
from practices.exports import table_response

from . import files
from .asked import read
from .feeds import SearchFeed
from .listing import make_listing, suggestions
from .offers import did_you_mean
from .questions import Within, active_language
from .signals import searched
from .similar import similar_to

LONGEST_BEGINNING = 60
_feed = SearchFeed()


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    return _list(request, "search/results.html")


@require_safe
def browse(request: HttpRequest, within: Within) -> HttpResponse:
    return _list(request, "search/browse.html", within)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("q", "").replace("\0", "")[:LONGEST_BEGINNING]
    return JsonResponse({"suggestions": suggestions(typed, request.reader)})  # type: ignore[attr-defined]


@require_safe
def similar(request: HttpRequest, code: str) -> HttpResponse:
    """A page of its own, of which the record's page fetches the part within: it never waits for a search."""
    found = similar_to(code, request.reader)  # type: ignore[attr-defined]
    if found is None:
        raise Http404
    is_part = request.headers.get("HX-Request") == "true"
    return render(request, "search/similar_part.html" if is_part else "search/similar.html", {"similar": found})


def limited(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Lists of thousands are not asked for every second; what is in them is this reader's alone."""

    @require_safe
    @wraps(view)
    def limit(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_ask(request, "search_file"):
            return render(request, "429.html", status=429)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return response

    return limit


@limited
def as_file(request: HttpRequest, form: str, within: Within | None = None) -> HttpResponseBase:
    found = files.table(read(request.GET), request.reader, within, request.build_absolute_uri)  # type: ignore[attr-defined]
    return table_response(found, form, f"sala-{active_language()}")


@limited
@conditional_page
def as_feed(request: HttpRequest, page: str, within: Within | None = None) -> HttpResponseBase:
    return _feed(request, page=page, within=within)


def _list(request: HttpRequest, template: str, within: Within | None = None) -> HttpResponse:
    reader = request.reader  # type: ignore[attr-defined]
    listing = make_listing(read(request.GET), reader, within)
    context: dict[str, Any] = {
        "listing": listing,
        "did_you_mean": did_you_mean(listing.asked, reader, listing.total, listing.loosened, within),
        "page_obj": listing.page,
        "q": listing.asked.query.text,
        "clear_url": listing.asked.address(filters={}),
        "most_rows": files.MOST_ROWS,
    }
    response = render(request, template, context)
    if within is None and listing.asked.has_words:
        searched.send_robust(_list, request=request, response=response, asked=listing.asked, total=listing.total)
        if not listing.total:
            patch_cache_control(response, private=True)  # who looks in vain is to be heard each time
    if listing.fallback:
        add_never_cache_headers(response)  # or its notice would be shown long after the server is back
    return response
