"""The outbox as the database sees it: one queued sending for a burst of writes, and none where there is no server."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from practices.search import outbox, services
from practices.search.models import SearchRecord


@pytest.fixture
def queue(settings, records):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]  # nobody asks it: no worker runs
    return DBTaskResult.objects.filter(task_path=outbox.send_waiting.module_path)


def test_a_burst_of_writes_queues_one_sending(records, queue):
    for number in range(5):
        records.put({"en": f"Housing {number}"})
    assert queue.count() == 1
    assert outbox.backlog().waiting == 5
    assert outbox.backlog().since == SearchRecord.objects.order_by("waiting_since").first().waiting_since


def test_a_write_undone_queues_nothing(records, queue):
    with transaction.atomic():
        records.put({"en": "Housing"})
        transaction.set_rollback(True)
    assert not queue.exists()


def test_a_sending_that_has_begun_is_not_enough_for_a_later_write(records, queue):
    records.put({"en": "Housing"})
    queue.get().claim("a-worker")
    records.put({"en": "Referral"})
    assert queue.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_cannot_take_the_queued_sending_before_the_write_ends(records, queue):
    records.put({"en": "Housing"})
    record = records.put({"en": "Referral"}, index=False)
    tries = []

    def take() -> None:
        tries.append(DBTaskResult.objects.ready().get_locked())
        connection.close()

    with transaction.atomic():
        services.index_records([record.pk])
        if connection.vendor == "postgresql":  # SQLite lets no second writer begin
            worker = threading.Thread(target=lambda: transaction.atomic()(take)())
            worker.start()
            worker.join()
            assert tries == [None]
    assert queue.count() == 1


def test_nothing_waits_without_a_server_and_all_does_once_there_is_one(records, settings):
    records.put({"en": "Housing"})
    assert outbox.backlog() == outbox.Backlog()
    settings.ELASTICSEARCH_URL = ["http://127.0.0.1:9"]
    assert outbox.backlog().waiting == 1


def test_only_what_is_still_as_it_was_sent_is_acknowledged(records, queue):
    same, changed = records.put({"en": "Housing"}), records.put({"en": "Referral"})
    sent = dict(SearchRecord.objects.values_list("pk", "version"))
    records.change(changed, titles={"en": "Referrals"})
    assert outbox.acknowledge(sent) == 1
    assert outbox.next_batch() == [changed.pk]
    assert SearchRecord.objects.get(pk=same.pk).indexed_version == sent[same.pk]
