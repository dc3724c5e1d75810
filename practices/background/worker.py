"""One process that does queued tasks and periodic jobs: it ends between two of them, and outlives a lost database.

The jobs have a thread of their own, so that a long task does not hold up what is due.
"""

from __future__ import annotations

import logging
import threading
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from .services import run_due_jobs, run_every_job

logger = logging.getLogger(__name__)

POLL = 0.5  # seconds
AFTER_LOSS = 2.0
# What is still running when the process is to end; less than servers are commonly given before they are killed.
LAST_JOB = 8.0


class Worker(db_worker.Worker):
    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=POLL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self.stopping = threading.Event()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The library's leaves at once where no task runs, and so also between taking one and beginning it."""
        if self.stopping.is_set():
            super().shutdown(signum, frame)
        self.stopping.set()
        self.running = False

    def serve(self) -> None:
        """Until a signal ends it."""
        beating = threading.Thread(target=self._beat, name="periodic jobs", daemon=True)
        beating.start()
        while self.running:
            try:
                self.run()
            except (OperationalError, InterfaceError) as error:
                self._lost(error)
        beating.join(LAST_JOB)

    def serve_once(self) -> None:
        """Every periodic job and all waiting tasks, then no more; in the caller's own transaction where there is one."""
        run_every_job()
        while task := self._take():
            self.run_task(task)

    def _take(self) -> DBTaskResult | None:
        tasks = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        with exclusive_transaction():
            task = tasks.get_locked()
            if task:
                task.claim(self.worker_id)
        return task

    def _beat(self) -> None:
        while not self.stopping.wait(POLL):
            try:
                run_due_jobs()
            except (OperationalError, InterfaceError) as error:
                self._lost(error)
            close_old_connections()
        connection.close()

    def _lost(self, error: Exception) -> None:
        logger.warning("The database does not answer: %s", error)
        connection.close()
        self.stopping.wait(AFTER_LOSS)
