"""Looks for new matches often enough that whoever wants to hear at once hears within a minute."""

from __future__ import annotations

from practices.background.periodic import periodic

from .services import find_new_matches


@periodic(seconds=15, at_most=300)
def look_for_new_matches() -> None:
    find_new_matches()
