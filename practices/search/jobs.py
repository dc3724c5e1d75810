"""The search's background work: sends what waits, sees after a server that came back empty, and does what the admin asked for."""

from __future__ import annotations

from contextlib import suppress

from django_tasks import task

from practices.background.periodic import periodic

from . import outbox, runs, upkeep
from .models import SearchRun


@periodic(seconds=5, at_most=30)
def sweep() -> None:
    """Whatever was not sent when it was written; and a server without an index, new or emptied, gets one."""
    if not outbox.has_server() or outbox.rests():
        return
    from . import sync

    try:
        if sync.has_index():
            sync.send()
            return
        with suppress(runs.AlreadyRunning):
            upkeep.fill_empty_server()
    except (*sync.Unreachable, sync.NotTaken) as error:
        outbox.failed(error)


@task()
def carry_out(run_id: int) -> dict[str, int]:
    """What somebody asked for; nothing where the worker came so late that the run counts as lost."""
    run = SearchRun.objects.filter(pk=run_id, finished_at=None).first()
    return upkeep.carry_out(run) if run else {}
