"""What a search server has yet to hear, as this database knows it: rows whose version is newer than the acknowledged one.

Nothing waits where no server is set, but nothing is forgotten either: a server set later hears of every row.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from practices.catalogue.models import ContentEpoch

from .idsets import BATCH
from .models import SearchRecord, SendFailure

LONGEST_REST = datetime.timedelta(minutes=1)
LONGEST_REST_OF_A_RECORD = datetime.timedelta(hours=1)
EVERYTHING = SendFailure.EVERYTHING


@dataclass(frozen=True, slots=True)
class Backlog:
    waiting: int = 0
    # Since when the oldest of them waits.
    since: datetime.datetime | None = None
    # Why nothing is sent; empty when the server took what it was last sent.
    error: str = ""
    failing_since: datetime.datetime | None = None
    attempts: int = 0
    # Records that the server will not have, however often it is asked.
    refused: int = 0
    refusal: str = ""


def has_server() -> bool:
    return bool(settings.ELASTICSEARCH_URL)


def announce() -> None:
    """Queues one sending, in the caller's transaction, unless one is queued that will begin after it.

    The lock keeps a worker from taking the queued one before this transaction ends, and so before its rows can be read.
    """
    if not has_server():
        return
    queued = DBTaskResult.objects.ready().filter(task_path=send_waiting.module_path)
    if queued.select_for_update().first() is None:
        send_waiting.enqueue()


@task(priority=10)  # before the tasks of Wagtail, of which every save leaves several
def send_waiting() -> int:
    from .sync import send  # the server's client is not part of a small installation

    return send() if has_server() else 0


def backlog() -> Backlog:
    if not has_server():
        return Backlog()
    found = SearchRecord.objects.waiting()
    failures = SendFailure.objects.order_by("-next_attempt")
    whole = failures.filter(pk=EVERYTHING).first()
    refused = failures.exclude(pk=EVERYTHING)
    newest = refused.first()
    return Backlog(
        waiting=found.count(),
        since=found.aggregate(since=Min("waiting_since"))["since"],
        error=whole.error if whole else "",
        failing_since=whole.since if whole else None,
        attempts=whole.attempts if whole else 0,
        refused=refused.count(),
        refusal=f"{newest.pk}: {newest.error}" if newest else "",
    )


def next_batch() -> list[int]:
    """The records to send next, oldest change first, without those that rest after a refusal."""
    resting = SendFailure.objects.filter(
        record_id=OuterRef("pk"), version=OuterRef("version"), next_attempt__gt=timezone.now()
    )
    waiting = SearchRecord.objects.waiting().exclude(Exists(resting)).order_by("version", "pk")
    return list(waiting.values_list("pk", flat=True)[:BATCH])


def acknowledge(sent: Mapping[int, int]) -> int:
    """The server finds these versions, by record id. A row that is newer by now, or being written, goes on waiting."""
    with transaction.atomic():
        rows = SearchRecord.objects.filter(pk__in=sent).select_for_update(skip_locked=True)
        unchanged = [key for key, version in rows.values_list("pk", "version") if version == sent[key]]
        SearchRecord.objects.filter(pk__in=unchanged).update(indexed_version=F("version"))
        SendFailure.objects.filter(pk__in=unchanged).delete()
        if unchanged:
            ContentEpoch.bump()  # pages made meanwhile, and kept, list what the server knew before
    return len(unchanged)


def send_again(record_ids: Collection[int]) -> None:
    """The server has lost these, or never had them."""
    SearchRecord.objects.filter(pk__in=record_ids).update(indexed_version=0, waiting_since=timezone.now())


def rests() -> bool:
    """After a failure nothing is sent for a while."""
    return SendFailure.objects.filter(pk=EVERYTHING, next_attempt__gt=timezone.now()).exists()


def end_rest() -> None:
    SendFailure.objects.update(next_attempt=timezone.now())


def failed(error: object) -> None:
    """The server took nothing. Tried again after 2, 4, 8, … seconds."""
    _note(EVERYTHING, 0, str(error), LONGEST_REST)


def answered() -> None:
    SendFailure.objects.filter(pk=EVERYTHING).delete()


def refused(record_id: int, version: int, error: str) -> None:
    """The server took others but not this one."""
    _note(record_id, version, error, LONGEST_REST_OF_A_RECORD)


def _note(record_id: int, version: int, error: str, longest: datetime.timedelta) -> None:
    with transaction.atomic():
        failure = SendFailure.objects.select_for_update().filter(pk=record_id).first()
        if failure is None or failure.version != version:
            failure = SendFailure(pk=record_id, version=version)
        failure.attempts += 1
        failure.error = error[:1000]
        failure.next_attempt = timezone.now() + min(datetime.timedelta(seconds=2 ** min(failure.attempts, 20)), longest)
        failure.save()
