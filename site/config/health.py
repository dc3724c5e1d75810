"""Two short answers for whoever watches the server: `/healthz` (it is alive) and `/readyz` (it can serve readers)."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from practices.background.querysets import jobs_overdue
from practices.search.state import trouble as search_trouble


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 while a part is not ready; which one is named, why stays in the log.

    Without the search server or the worker, pages are whole: the database answers searches, and what was written waits. So
    they are said to be degraded, but take no process out of service: that would end the pages that still work.
    """
    parts = {name: _answers(check) for name, check in CHECKS.items()}
    ready = all(parts.values())
    words = {name: "ok" if fine else "not ready" for name, fine in parts.items()}
    if ready:
        words |= {name: f"degraded: {trouble}" if (trouble := look()) else "ok" for name, look in HELPERS.items()}
    return JsonResponse({"ready": ready, **words}, status=200 if ready else 503)


def _answers(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except DatabaseError:
        return False


def database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_applied() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker_trouble() -> str:
    late = jobs_overdue(WORKER_LATE)
    return f"no worker for {int(late.total_seconds() // 60)} minutes" if late else ""


def cache_trouble() -> str:
    try:
        cache.get("readyz")
    except Exception:  # whatever the server's client raises: which client it is depends on the settings
        return "nobody can sign in while limits cannot be counted"
    return ""


WORKER_LATE = datetime.timedelta(minutes=5)
CHECKS: dict[str, Callable[[], bool]] = {"database": database_answers, "migrations": migrations_are_applied}
HELPERS: dict[str, Callable[[], str]] = {"search": search_trouble, "worker": worker_trouble, "cache": cache_trouble}
