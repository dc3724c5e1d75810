"""A periodic job runs when it is due, by one worker at a time, and comes back after a failure or a worker's death."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.tasks import update_reference_index_task

from practices.background.jobs import tidy_tasks
from practices.background.models import Beat
from practices.background.periodic import jobs
from practices.background.services import run_due_jobs

pytestmark = pytest.mark.django_db


def later(**fields: datetime.timedelta) -> None:
    """As if so much time had gone by."""
    beat = Beat.objects.get()
    for name, by in fields.items():
        setattr(beat, name, getattr(beat, name) - by)
    beat.save()


def test_a_job_runs_at_once_and_again_when_it_is_due(job):
    run_due_jobs()
    run_due_jobs()
    assert job.runs == 1
    later(due_at=datetime.timedelta(seconds=31))
    run_due_jobs()
    assert job.runs == 2


def test_a_job_that_fails_keeps_its_error_and_its_turn(job):
    job.fails = True
    run_due_jobs()
    beat = Beat.objects.get()
    assert beat.error == "RuntimeError: No paper in the machine"
    assert beat.due_at == beat.started_at + datetime.timedelta(seconds=30)
    job.fails = False
    later(due_at=datetime.timedelta(seconds=31))
    run_due_jobs()
    assert Beat.objects.get().error == ""


def test_a_run_whose_worker_died_is_begun_anew_by_another(job):
    started = timezone.now() - datetime.timedelta(seconds=50)
    Beat.objects.create(
        job="test.counted", started_at=started, due_at=started + datetime.timedelta(seconds=60)
    )  # as a worker leaves it that is killed while the job runs
    run_due_jobs()
    assert job.runs == 0
    later(due_at=datetime.timedelta(seconds=11))
    run_due_jobs()
    assert job.runs == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_new", [True, False])
def test_of_several_workers_one_runs_it(job, is_new):
    if not is_new:
        Beat.objects.create(job="test.counted", due_at=timezone.now())
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        run_due_jobs()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert job.runs == 1


def test_once_runs_every_job_each_time(job):
    call_command("worker", "--once")
    call_command("worker", "--once")
    assert job.runs == 2


def test_once_does_the_tasks_that_wait(job, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    update_reference_index_task.enqueue("wagtailcore", "page", "1")
    call_command("worker", "--once")
    assert DBTaskResult.objects.successful().count() == 1


def test_each_app_brings_its_jobs():
    assert "practices.background.jobs.tidy_tasks" in jobs()


def test_finished_tasks_go_after_their_time_and_lost_ones_are_said_to_have_failed():
    def task(status: str, **fields: object) -> DBTaskResult:
        shared = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x.y", "backend_name": "default"}
        return DBTaskResult.objects.create(status=status, **shared, **fields)

    now, day = timezone.now(), datetime.timedelta(days=1)
    done, fresh = (
        task(TaskResultStatus.SUCCESSFUL, finished_at=now - 2 * day),
        task(TaskResultStatus.SUCCESSFUL, finished_at=now),
    )
    failed, failed_long_ago = (
        task(TaskResultStatus.FAILED, finished_at=now - 2 * day),
        task(TaskResultStatus.FAILED, finished_at=now - 40 * day),
    )
    lost, running = (
        task(TaskResultStatus.RUNNING, started_at=now - day),
        task(TaskResultStatus.RUNNING, started_at=now),
    )
    tidy_tasks()
    left = {row.pk: row.status for row in DBTaskResult.objects.all()}
    assert left == {
        fresh.pk: TaskResultStatus.SUCCESSFUL,
        failed.pk: TaskResultStatus.FAILED,
        lost.pk: TaskResultStatus.FAILED,
        running.pk: TaskResultStatus.RUNNING,
    }
    assert {done.pk, failed_long_ago.pk}.isdisjoint(left)
