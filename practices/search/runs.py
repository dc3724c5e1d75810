"""The record of each piece of upkeep: one at a time, with its progress for whoever looks on, and what came of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from .models import SearchClock, SearchRun

KEPT = 50
SAVED_EVERY = 1.0  # seconds


class AlreadyRunning(Exception):
    """Another run is not over yet; it is the argument."""


def ask_for(action: str, by: Any = None) -> SearchRun:
    """A run that is about to begin. Raises `AlreadyRunning` while another one lives."""
    with transaction.atomic():
        SearchClock.objects.get_or_create(pk=1)
        SearchClock.objects.select_for_update().get(pk=1)
        for run in SearchRun.objects.filter(finished_at=None):
            if run.is_alive:
                raise AlreadyRunning(run)
            _finish(run, error="It was stopped before it was done.")
        old = SearchRun.objects.values_list("pk", flat=True)[KEPT:]
        SearchRun.objects.filter(pk__in=list(old)).delete()
        return SearchRun.objects.create(action=action, by=by)


class Report:
    """What a run tells of itself while it goes on: to the row that the admin shows, and to a terminal."""

    def __init__(self, run: SearchRun, on_terminal: bool = False) -> None:
        self._run, self._on_terminal = run, on_terminal
        self._bar: tqdm | None = None
        self._saved = 0.0

    def phase(self, phase: SearchRun.Phase, total: int) -> None:
        self.close()
        self._run.phase, self._run.done, self._run.total = phase, 0, total
        self._save()
        self._bar = tqdm(total=total, desc=phase.value, unit=" records", disable=not self._on_terminal)

    def advance(self, count: int) -> None:
        self._run.done += count
        if self._bar is not None:
            self._bar.update(count)
        if time.monotonic() > self._saved + SAVED_EVERY:
            self._save()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def _save(self) -> None:
        self._saved, self._run.seen_at = time.monotonic(), timezone.now()
        self._run.save(update_fields=["phase", "done", "total", "seen_at"])


@contextmanager
def recorded(run: SearchRun, on_terminal: bool = False) -> Iterator[Report]:
    """Carries the run out in the block, which sets `run.result`; an exception becomes its error and goes on."""
    run.started_at = run.seen_at = timezone.now()
    run.save(update_fields=["started_at", "seen_at"])
    report = Report(run, on_terminal)
    try:
        yield report
    except BaseException as error:
        _finish(run, error=f"{type(error).__name__}: {error}"[:1000])
        raise
    else:
        _finish(run)
    finally:
        report.close()


def _finish(run: SearchRun, error: str = "") -> None:
    run.finished_at, run.error = timezone.now(), error
    run.save(update_fields=["finished_at", "error", "result", "done"])
