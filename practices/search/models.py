"""The search's own rows: one per record, written in the transaction that changed the record.

They are the table behind the database engines, the source of a rebuild, and the list of what another engine has yet to hear.
"""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .querysets import SearchRecordQuerySet


def undecided() -> bool:
    """Whether what is read now may yet be undone: then it is for this transaction alone, not for the whole process."""
    return connection.in_atomic_block


class SearchClock(models.Model):
    """One row that tells every process how new its sets in memory are. Its lock puts writers in order."""

    # Another generation means another history (a new or emptied table): nothing in memory counts any more.
    generation = models.UUIDField(default=uuid.uuid4)
    version = models.BigIntegerField(default=0)
    # Counts changes of words: glossary terms, names of tags and institutions.
    vocabulary = models.BigIntegerField(default=0)


class SearchRecord(models.Model):
    """What can be found, and where. The record may be gone: its row stays as a tombstone without text."""

    record = models.OneToOneField(
        "catalogue.Record",
        models.DO_NOTHING,
        primary_key=True,
        db_constraint=False,
        related_name="search_record",
    )
    kind = models.CharField(max_length=40)
    titles = models.JSONField(default=dict)
    urls = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    changed = models.DateTimeField()
    usefulness = models.FloatField(default=0)
    version = models.BigIntegerField(db_index=True)
    # The version that a search server has acknowledged; the database's engine is written in the same transaction.
    indexed_version = models.BigIntegerField(default=0)
    # When there was last something new to tell the server.
    waiting_since = models.DateTimeField(default=timezone.now)
    deleted = models.BooleanField(default=False)

    objects = SearchRecordQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["version"],
                condition=models.Q(indexed_version__lt=models.F("version")),
                name="search_record_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class SearchText(models.Model):
    """The long texts, apart from the narrow rows. A record has this row exactly as long as it is in the index."""

    search_record = models.OneToOneField(
        SearchRecord, models.CASCADE, primary_key=True, db_column="record_id", related_name="text"
    )
    summaries = models.JSONField(default=dict)
    bodies = models.JSONField(default=dict)
    analysed_title = models.TextField()
    analysed_body = models.TextField()


class SearchTitle(models.Model):
    """A title from one of its words on: what suggestions look up by its first characters, nothing typed being cut."""

    search_record = models.ForeignKey(SearchRecord, models.CASCADE, db_column="record_id", related_name="starts")
    language = models.CharField(max_length=12)
    position = models.PositiveSmallIntegerField()
    start = models.CharField(max_length=40)
    # Dictionary order of the whole title, on its first row.
    sort = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["start"], name="search_title_start"),
            models.Index(fields=["language", "sort"], condition=models.Q(position=0), name="search_title_sort"),
        ]


class SendFailure(models.Model):
    """What the search server did not take, and when it is tried again: one record, or (number 0) everything."""

    EVERYTHING = 0

    record_id = models.BigIntegerField(primary_key=True)
    # Of the record that was refused; a newer one is tried at once.
    version = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField()
    since = models.DateTimeField(default=timezone.now)
    next_attempt = models.DateTimeField()

    def __str__(self) -> str:
        return self.error


COUNTED = {
    "records": _("records looked at: %(count)s"),
    "rows": _("said something else than their pages: %(count)s"),
    "engine": _("indices of the database that were incomplete: %(count)s"),
    "sent": _("sent to Elasticsearch: %(count)s"),
    "behind": _("missing or old in Elasticsearch: %(count)s"),
    "ahead": _("newer in Elasticsearch than here: %(count)s"),
    "unknown": _("in Elasticsearch but not here: %(count)s"),
}


class SearchRun(models.Model):
    """One piece of upkeep of the index, asked for by a person or by the site: what it did and how far it is."""

    class Action(models.TextChoices):
        REBUILD = "rebuild", _("Rebuild")
        VERIFY = "verify", _("Verify")
        ROLLBACK = "rollback", _("Roll back")
        SEND = "send", _("Send now")

    class Phase(models.TextChoices):
        RECORDS = "records", _("Records read from the pages")
        INDEX = "index", _("Records sent to Elasticsearch")
        COMPARE = "compare", _("Records compared with Elasticsearch")

    action = models.CharField(max_length=20, choices=Action)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    # Moves on while the run lives.
    seen_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    phase = models.CharField(max_length=20, choices=Phase, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    # What it counted, by name.
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["-pk"]

    # A run that has not moved for so long was stopped.
    LOST_AFTER = datetime.timedelta(minutes=2)

    @property
    def is_alive(self) -> bool:
        return self.finished_at is None and self.seen_at > timezone.now() - self.LOST_AFTER

    @property
    def told(self) -> list[str]:
        """What it counted, in words."""
        return [str(COUNTED[name] % {"count": count}) for name, count in self.result.items()]

    def __str__(self) -> str:
        return f"{self.action} {self.asked_at:%Y-%m-%d %H:%M}"
