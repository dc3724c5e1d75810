"""Looks after the index, in this database and in a search server where there is one: rebuild, verify, roll back, send now."""

from __future__ import annotations

from typing import Any

from . import outbox, runs, services
from .engines import get_engine
from .idsets import batches
from .models import SearchRecord, SearchRun
from .runs import Report

Phase = SearchRun.Phase


class NotPossible(Exception):
    """There is no server to send to, or no earlier index to return to; the argument says which."""


def carry_out(run: SearchRun, on_terminal: bool = False) -> dict[str, int]:
    """Does what was asked for. Gives what it counted, by name; the run keeps it too."""
    with runs.recorded(run, on_terminal) as report:
        run.result = _ACTIONS[SearchRun.Action(run.action)](report)
    return run.result


def rebuild(report: Report) -> dict[str, int]:
    """Every record is read from its pages again; then a new index of the server is filled beside the old one."""
    report.phase(Phase.RECORDS, services.indexable())
    services.rebuild(report.advance)
    counted = {"records": SearchRecord.objects.in_index().count()}
    return counted | (_rebuild_index(report) if outbox.has_server() else {})


def fill_empty_server() -> None:
    """The server's index alone, from the rows as they are."""
    run = runs.ask_for(SearchRun.Action.REBUILD)
    with runs.recorded(run) as report:
        run.result = _rebuild_index(report)


def _rebuild_index(report: Report) -> dict[str, int]:
    from . import sync

    report.phase(Phase.INDEX, SearchRecord.objects.in_index().count())
    return {"sent": sync.rebuild_index(report.advance)}


def verify(report: Report) -> dict[str, int]:
    """Compares record by record what the pages say, what the rows say and what the server has; mends what differs."""
    every = services.every_record()
    report.phase(Phase.RECORDS, len(every))
    wrong = 0
    for batch in batches(every):
        doubtful = services.differing(batch)
        changed = services.differing(doubtful) if doubtful else []  # a second look: people go on writing
        if changed:
            services.index_records(changed)
        wrong += len(changed)
        report.advance(len(batch))
    counted = {"records": len(every), "rows": wrong, "engine": 0}
    if not get_engine().is_sound():
        counted["engine"] = 1
        services.rebuild()
    return counted | (_verify_index(report) if outbox.has_server() else {})


def _verify_index(report: Report) -> dict[str, int]:
    from . import sync

    outbox.end_rest()
    sync.send()
    report.phase(Phase.COMPARE, SearchRecord.objects.count())
    return _counted(sync.verify(report.advance))


def rollback(report: Report) -> dict[str, int]:
    _need_server()
    from . import sync

    report.phase(Phase.COMPARE, SearchRecord.objects.count())
    found = sync.rollback(report.advance)
    if found is None:
        raise NotPossible("There is no earlier index to return to.")
    return _counted(found)


def send_now(report: Report) -> dict[str, int]:
    _need_server()
    from . import sync

    outbox.end_rest()
    report.phase(Phase.INDEX, SearchRecord.objects.waiting().count())
    return {"sent": sync.send(report.advance)}


def _need_server() -> None:
    if not outbox.has_server():
        raise NotPossible("ELASTICSEARCH_URL names no server.")


def _counted(found: Any) -> dict[str, int]:
    return {"behind": len(found.behind), "ahead": len(found.ahead), "unknown": len(found.unknown)}


_ACTIONS = {
    SearchRun.Action.REBUILD: rebuild,
    SearchRun.Action.VERIFY: verify,
    SearchRun.Action.ROLLBACK: rollback,
    SearchRun.Action.SEND: send_now,
}
