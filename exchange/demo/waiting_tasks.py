"""Every save of a page asks the worker to index it; after a load each page waits several times, and once is enough."""

from __future__ import annotations

from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

# Tasks that read the row as it is when they run: running one twice in a row changes nothing.
REPEATABLE = ["modelsearch.tasks.insert_or_update_object_task", "wagtail.tasks.update_reference_index_task"]


def drop_repeated_tasks() -> int:
    """Leaves one waiting task for each row and kind of index; call it inside the transaction that enqueued them."""
    for path in REPEATABLE:
        import_string(path)  # a renamed task must fail here, not silently stay repeated
    seen: set[tuple[str, str]] = set()
    repeated = []
    waiting = DBTaskResult.objects.ready().filter(task_path__in=REPEATABLE)
    for pk, path, arguments in waiting.values_list("pk", "task_path", "args_kwargs"):
        if (path, str(arguments)) in seen:
            repeated.append(pk)
        seen.add((path, str(arguments)))
    DBTaskResult.objects.filter(pk__in=repeated).delete()
    return len(repeated)
