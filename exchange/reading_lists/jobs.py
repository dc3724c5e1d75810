"""Clears away lists that were deleted and not asked back."""

from __future__ import annotations

from practices.background.periodic import periodic

from .services import purge_deleted


@periodic(seconds=6 * 3600)
def purge_deleted_lists() -> None:
    purge_deleted()
