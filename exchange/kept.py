"""Nothing typed is lost on the way to the sign-in page: what a form held waits in the session until its writer comes back."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

LONGEST = 20_000  # of one field: more than any form takes, and no way to fill the session table
AT_ONCE = 5


def keep(request: HttpRequest, name: str, fields: Iterable[str]) -> None:
    kept = request.session.get("kept", {})
    kept.pop(name, None)
    kept[name] = {field: request.POST[field][:LONGEST].replace("\x00", "") for field in fields if field in request.POST}
    request.session["kept"] = dict(list(kept.items())[-AT_ONCE:])


def take(request: HttpRequest, name: str) -> dict[str, str]:
    """What was kept under this name, once."""
    kept = request.session.get("kept")
    if not kept or name not in kept:
        return {}
    found = kept.pop(name)
    request.session["kept"] = kept
    return found
