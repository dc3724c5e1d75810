"""The administrators' page about the search: how it is, what was done, and what may be asked for, each after a question back."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from practices.access.reader import reader_for

from . import jobs, runs
from .models import SearchRun
from .state import State, state

Action = SearchRun.Action
RUNS_SHOWN = 10

CONSEQUENCES = {
    Action.REBUILD: gettext_lazy(
        "Every record is read from its pages again. People can go on reading and writing meanwhile."
    ),
    Action.VERIFY: gettext_lazy("Every record is compared with the search. What differs is mended."),
    Action.ROLLBACK: gettext_lazy(
        "Readers get the search from before the last rebuild again. What changed since then is sent to it."
    ),
    Action.SEND: gettext_lazy("All changes that wait are sent to Elasticsearch now, even after a failure."),
}


def for_administrators(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not reader_for(request.user).is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@for_administrators
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    title = _("Search")
    context = {"header_title": title, "page_title": title, "header_icon": "search"}
    return render(request, "search/admin/overview.html", context | _standing())


@for_administrators
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """The part of the page that moves while something runs."""
    return render(request, "search/admin/standing.html", _standing())


@for_administrators
def ask(request: HttpRequest, action: str) -> HttpResponse:
    if action not in Action.values:
        raise Http404
    wanted = Action(action)
    if request.method == "POST":
        try:
            run = runs.ask_for(wanted, request.user)
        except runs.AlreadyRunning:
            messages.error(request, _("Something is under way already. Please wait until it is done."))
        else:
            jobs.carry_out.enqueue(run.pk)
            messages.success(request, _("It has been asked for. This page shows how far it is."))
        return redirect("search_upkeep")
    context = {
        "header_title": wanted.label,
        "page_title": wanted.label,
        "page_subtitle": _("Search"),
        "header_icon": "search",
        "text": CONSEQUENCES[wanted],
    }
    return render(request, "search/admin/confirm.html", context)


def _standing() -> dict[str, object]:
    found = state()
    latest = list(SearchRun.objects.select_related("by")[:RUNS_SHOWN])
    return {
        "state": found,
        "runs": latest,
        "is_running": any(run.is_alive for run in latest),
        "actions": [action for action in Action if _makes_sense(action, found)],
    }


def _makes_sense(action: Action, found: State) -> bool:
    if action == Action.ROLLBACK:
        return any(index.role == "previous" for index in found.indices or [])
    return found.has_server or action != Action.SEND
