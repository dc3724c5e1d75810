"""Sends what is due, first attempts that were missed and further ones alike, and clears away what is old."""

from __future__ import annotations

from practices.background.periodic import periodic

from .delivery import deliver_due
from .services import clear_away


@periodic(seconds=20, at_most=300)
def send_due_mail() -> None:
    deliver_due()


@periodic(seconds=6 * 3600)
def clear_old_mail() -> None:
    clear_away()
