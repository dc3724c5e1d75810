"""The worker as a process of its own: it does what is queued, ends cleanly when told to, and outlives a lost database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from practices.background.models import Beat

pytestmark = pytest.mark.django_db(transaction=True)


def enqueue() -> DBTaskResult:
    """A task of Wagtail's that is always there and has nothing to do."""
    return DBTaskResult.objects.create(
        task_path="wagtail.tasks.delete_file_from_storage_task",
        args_kwargs={"args": [["django.core.files.storage.FileSystemStorage", [], {}], "not-there.txt"], "kwargs": {}},
        backend_name="default",
    )


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    return f"postgres://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@pytest.fixture
def worker(tmp_path) -> Iterator[subprocess.Popen]:
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings.demo",
        "SALA_VAR": str(tmp_path),
    }
    process = subprocess.Popen([sys.executable, "site/manage.py", "worker"], cwd=settings.ROOT, env=environment)
    yield process
    process.kill()
    process.wait()


def wait_for(what, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while not what():
        assert time.monotonic() < deadline, "It did not come."
        time.sleep(0.1)


def done(task: DBTaskResult) -> bool:
    task.refresh_from_db()
    assert task.status != TaskResultStatus.FAILED, task.traceback
    return task.status == TaskResultStatus.SUCCESSFUL


def test_it_does_tasks_and_jobs_and_ends_cleanly(worker):
    task = enqueue()
    wait_for(lambda: done(task))
    wait_for(lambda: Beat.objects.filter(finished_at__isnull=False, error="").exists())
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(timeout=10) == 0


@pytest.mark.postgresql
def test_it_goes_on_after_its_connections_were_cut(worker):
    first = enqueue()
    wait_for(lambda: done(first))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchone()[0] >= 1
    second = enqueue()
    wait_for(lambda: done(second))
    assert worker.poll() is None
