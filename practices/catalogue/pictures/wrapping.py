"""Breaks text into lines of a given width, for SVG knows no lines. Thai is broken between words, as ICU finds them."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from icu4py.breakers import LineBreaker

AVERAGE = 600  # of characters that Plex does not have


@lru_cache(maxsize=1)
def _widths() -> dict[str, int]:
    """Advance widths of Plex semibold, in thousandths of the letter size."""
    grouped = json.loads((Path(__file__).parent / "plex_widths.json").read_text())
    return {character: int(width) for width, characters in grouped.items() for character in characters}


def width_of(text: str, size: float) -> float:
    widths = _widths()
    return sum(widths.get(character, AVERAGE) for character in text) * size / 1000


def wrap(text: str, width: float, size: float, lines: int, language: str = "th") -> list[str]:
    """At most `lines` lines; what does not fit ends in an ellipsis. A word wider than a line is cut."""
    found: list[str] = []
    line = ""
    for piece in LineBreaker(" ".join(text.split()), language):
        while width_of(line + piece.rstrip(), size) > width:
            if line:
                found.append(line.rstrip())
                line = ""
                continue
            cut = _fitting(piece, width, size)
            found.append(piece[:cut])
            piece = piece[cut:]
        line += piece
        if len(found) > lines:
            break
    if line.strip():
        found.append(line.rstrip())
    if len(found) > lines:
        found = found[:lines]
        found[-1] = _with_ellipsis(found[-1], width, size)
    return found


def _fitting(text: str, width: float, size: float) -> int:
    """How many characters fit, at least one; never parts a letter from the marks above or below it."""
    cut = max(1, next((n for n in range(1, len(text) + 1) if width_of(text[:n], size) > width), len(text) + 1) - 1)
    while cut < len(text) and _widths().get(text[cut]) == 0:
        cut += 1
    return cut


def _with_ellipsis(line: str, width: float, size: float) -> str:
    while line and width_of(line + "…", size) > width:
        line = line[:-1]
    return line.rstrip() + "…"
