"""Whether somebody does the periodic jobs."""

from __future__ import annotations

import datetime

from django.utils import timezone

from .models import Beat


def jobs_overdue(patience: datetime.timedelta) -> datetime.timedelta | None:
    """For how long the job that is most overdue has waited, where that is more than `patience`; None where no worker ever ran."""
    due = Beat.objects.order_by("due_at").values_list("due_at", flat=True).first()
    late = timezone.now() - due if due else datetime.timedelta()
    return late if late > patience else None
