"""Forgets in time who asked what."""

from __future__ import annotations

from practices.background.periodic import periodic

from .services import forget


@periodic(seconds=6 * 3600)
def forget_askings() -> None:
    forget()
