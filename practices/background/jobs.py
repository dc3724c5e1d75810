"""Keeps the table of tasks short, and says of a task whose worker was killed that it did not get done."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .periodic import periodic

DONE_KEPT = datetime.timedelta(days=1)
FAILED_KEPT = datetime.timedelta(days=30)
LONGEST = datetime.timedelta(hours=12)


@periodic(seconds=600)
def tidy_tasks() -> None:
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - DONE_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILED_KEPT).delete()
    for task in DBTaskResult.objects.running().filter(started_at__lt=now - LONGEST):
        task.set_failed(TimeoutError("The worker that began this ended before it was done."))
