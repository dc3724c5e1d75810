"""Which mails are due, which are stuck, and which are old."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone

LATE = datetime.timedelta(hours=1)


class MailQuerySet(models.QuerySet):
    def due(self) -> MailQuerySet:
        return self.filter(state="waiting", due_at__lte=timezone.now()).order_by("due_at", "pk")

    def put_off(self) -> MailQuerySet:
        """Tried, and waiting for their next attempt."""
        return self.filter(state="waiting", attempts__gt=0, claim=None, due_at__gt=timezone.now())

    def stuck(self) -> MailQuerySet:
        """Given up, or not sent an hour after it was asked for: somebody should look."""
        late = Q(state="waiting", created_at__lt=timezone.now() - LATE)
        return self.filter(Q(state="failed") | late)

    def done_before(self, moment: datetime.datetime) -> MailQuerySet:
        return self.exclude(state="waiting").filter(done_at__lt=moment)
