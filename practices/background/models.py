"""When each periodic job is due again, so that several workers share the jobs out among them."""

from __future__ import annotations

from django.db import models


class Beat(models.Model):
    """One row per job; taking a turn is one conditional update of its row."""

    job = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # Of the last run that ended; empty when it went well.
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.job
