"""Of equal waiting index tasks one stays; other tasks, and tasks of other rows, are not touched."""

from __future__ import annotations

import pytest
from django_tasks_db.models import DBTaskResult
from modelsearch.tasks import insert_or_update_object_task
from wagtail.tasks import delete_file_from_storage_task, update_reference_index_task

from exchange.demo.waiting_tasks import drop_repeated_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _waiting(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def paths() -> list[str]:
    return sorted(path.rsplit(".", 1)[1] for path in DBTaskResult.objects.values_list("task_path", flat=True))


def test_equal_waiting_index_tasks_are_kept_once():
    for _time in range(3):
        for page in ("1", "2"):
            insert_or_update_object_task.enqueue("wagtailcore", "page", page)
        update_reference_index_task.enqueue("wagtailcore", "page", "1")
    assert drop_repeated_tasks() == 6
    assert paths() == ["insert_or_update_object_task"] * 2 + ["update_reference_index_task"]


def test_other_tasks_are_left_alone():
    for _time in range(2):
        delete_file_from_storage_task.enqueue(["storage", [], {}], "a.pdf")
    assert drop_repeated_tasks() == 0
    assert len(paths()) == 2
