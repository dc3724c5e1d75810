"""Stores the mails of saved searches as they fall due."""

from __future__ import annotations

from practices.background.periodic import periodic

from .services import queue_alerts


@periodic(seconds=15, at_most=300)
def queue_due_alerts() -> None:
    queue_alerts()
