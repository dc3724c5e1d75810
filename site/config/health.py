"""Two short answers for whoever watches the server: `/healthz` (it is alive) and `/readyz` (it can serve readers)."""

from __future__ import annotations

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """503 while a part is not ready; which one is named, why stays in the log."""
    parts = {name: _answers(check) for name, check in CHECKS.items()}
    ready = all(parts.values())
    words = {name: "ok" if fine else "not ready" for name, fine in parts.items()}
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


CHECKS: dict[str, Callable[[], bool]] = {"database": database_answers, "migrations": migrations_are_applied}
