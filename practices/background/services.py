"""Runs what is due, once among all workers; a job that fails says so and is tried again at its next turn."""

from __future__ import annotations

import datetime
import logging

from django.utils import timezone

from .models import Beat
from .periodic import Job, jobs

logger = logging.getLogger(__name__)


def run_due_jobs() -> None:
    resting = set(Beat.objects.filter(due_at__gt=timezone.now()).values_list("job", flat=True))
    for job in jobs().values():
        if job.name not in resting:
            _take_turn(job)


def run_every_job() -> None:
    """Whether due or not, and without a turn."""
    for job in jobs().values():
        job.run()


def _take_turn(job: Job) -> None:
    started = timezone.now()
    turn = {"due_at": started + _seconds(job.at_most), "started_at": started}
    if not Beat.objects.filter(job=job.name, due_at__lte=started).update(**turn):
        _beat, is_new = Beat.objects.get_or_create(job=job.name, defaults=turn)
        if not is_new:
            return  # another worker was quicker
    error = ""
    try:
        job.run()
    except Exception as raised:
        logger.exception("The periodic job %s failed.", job.name)
        error = f"{type(raised).__name__}: {raised}"
    # Only while it is still ours: a run that took too long has been given to another worker.
    Beat.objects.filter(job=job.name, started_at=started).update(
        due_at=started + _seconds(job.seconds), finished_at=timezone.now(), error=error
    )


def _seconds(count: float) -> datetime.timedelta:
    return datetime.timedelta(seconds=count)
