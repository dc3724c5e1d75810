"""The site as benchmarks serve it (WSGI: `tests.bench.served`), with addresses beside it that prepare what is measured.

They exist only here: nothing of this is part of the site.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from config.wsgi import application as site
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import caches
from django.db import connection
from django.db.models import Count, Q

from exchange.people.models import User
from exchange.people.services import create_person
from practices.access.rules import Visibility
from practices.catalogue.models import ContentEpoch, Kind, Listing, Record, Relation
from practices.search import services
from practices.search.engines import database

from .served_search import SEARCH_SERVER

EMAIL = "bench@example.org"


def session(**_options: str) -> str:
    """Signs in an example member; gives the key of the session."""
    member = User.objects.filter(email=EMAIL).first() or create_person(
        name="Example Person", email=EMAIL, password="a-good-long-example-1", is_example=True
    )
    store = SessionStore()
    store[SESSION_KEY], store[HASH_SESSION_KEY] = str(member.pk), member.get_session_auth_hash()
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store.create()
    return store.session_key


def page(language: str = "en", kind: str = Kind.PRACTICE, related: str = "any", **_options: str) -> dict[str, Any]:
    """A public record's page: the first one, the one with `most` related records, or one with a `few`."""
    records = Record.objects.published().filter(kind=kind, visibility=Visibility.PUBLIC)
    if related != "any":
        is_seen = Q(links_here__relation=Relation.ADAPTED_FROM, links_here__record__visibility=Visibility.PUBLIC)
        adapted = Count("links_here", filter=is_seen)
        records = records.annotate(related=adapted).filter(related__gt=0)
        records = records.order_by("-related" if related == "most" else "related", "pk")
    record = records.first()
    path = Listing.objects.get(record=record, language=language).url
    return {"path": path, "related": getattr(record, "related", None)}


def forget(**_options: str) -> None:
    """Empties every cache of this process, as if it had just started."""
    for cache in caches.all():
        cache.clear()
    database._shared.clear()


def forget_units(**_options: str) -> None:
    """Keeps the index as this process holds it, but not what it has been asked."""
    for snapshot in database._shared.values():
        snapshot.units.clear()


def save(number: str = "0", **_options: str) -> None:
    """Saves one record, as far as search and pages notice it."""
    services.index_records([Record.objects.published().order_by("pk")[int(number)].pk])
    ContentEpoch.bump()


PREPARATIONS: dict[str, Callable[..., Any]] = {
    f"/bench/{action.__name__}": action for action in (session, page, forget, forget_units, save, *SEARCH_SERVER)
}


def application(environ: dict[str, Any], start_response: Callable) -> Any:
    action = PREPARATIONS.get(environ["PATH_INFO"])
    if action is not None:
        body = json.dumps(action(**dict(parse_qsl(environ["QUERY_STRING"])))).encode()
        start_response("200 OK", [("Content-Length", str(len(body)))])
        return [body]
    if "HTTP_X_COUNT" not in environ:
        return site(environ, start_response)
    counted = 0

    def count(execute: Callable, *arguments: Any) -> Any:
        nonlocal counted
        counted += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        return site(
            environ,
            lambda status, headers, *rest: start_response(status, [*headers, ("X-Queries", str(counted))], *rest),
        )
