"""Whole pages for readers who are not signed in, kept in memory and dead the moment anything visible changes.

The content epoch is part of the key, so a hidden record disappears everywhere at once; a hit costs that one query.
A page is kept as it is sent, compressed where the browser takes it. Only what is the same for every anonymous reader is kept: no cookie set, status 200, HTML.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from practices.catalogue.models import ContentEpoch

from .theme import theme_of

SECONDS = 3600
LONGEST_QUERY = 300  # longer ones are hardly asked twice and would fill the memory
UNCACHED = (settings.STATIC_URL, settings.MEDIA_URL, "/admin/", "/documents/", "/healthz", "/readyz")


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self.may_be_kept(request):
            return self.get_response(request)
        request.content_epoch = ContentEpoch.current()
        key = ":".join(
            (
                str(request.content_epoch),
                request.scheme,
                request.META.get("HTTP_HOST", ""),
                theme_of(request),
                "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "",
                request.headers.get("HX-Request", ""),
                request.get_full_path(),
            )
        )
        kept = caches["pages"].get(key)
        if kept is None:
            response = self.get_response(request)
            if response.status_code == 200 and is_same_for_everyone(response):
                caches["pages"].set(key, (response.content, list(response.items())), SECONDS)
            return response
        content, headers = kept
        response = HttpResponse(content)
        for name, value in headers:
            response.headers[name] = value
        return response

    @staticmethod
    def may_be_kept(request: HttpRequest) -> bool:
        return (
            request.method == "GET"
            and settings.SESSION_COOKIE_NAME not in request.COOKIES
            and "messages" not in request.COOKIES
            and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
            and not request.path_info.startswith(UNCACHED)
        )


def is_same_for_everyone(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and not response.cookies
        and response.headers.get("Content-Type", "").startswith("text/html")
        and not {"no-store", "no-cache", "private"}
        & set(response.headers.get("Cache-Control", "").replace(",", " ").split())
    )
