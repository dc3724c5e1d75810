"""Marks what matched, in the original text and HTML-escaped, the same on every engine.

A long text is not analysed whole: the window is found by plain search for the letters, and only the window is analysed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .analysis import Token, tokens
from .plan import Unit

WINDOW = 240
_BEFORE = 70
# How much of a text is analysed when plain search finds nothing (an accent, a mended Thai spelling).
_SEARCHED = 2_000
_LAST_SPACE = re.compile(r"\s\S*$")


def highlight(text: str, needles: Sequence[Unit]) -> SafeString:
    """The whole text, for titles."""
    return _marked(text, tokens(text), needles)


def has_match(text: str, needles: Sequence[Unit]) -> bool:
    return bool(_spans(tokens(text), needles))


def excerpt(text: str, needles: Sequence[Unit], width: int = WINDOW) -> tuple[SafeString, bool]:
    """The part of a text in which the match stands, marked, and whether anything was marked."""
    place = _place(text, needles)
    if place is None:
        words = tokens(text[:_SEARCHED])
        spans = _spans(words, needles)
        place = spans[0][0] if spans else 0
    start = _word_start(text, place - _BEFORE)
    end = _word_end(text, start + width)
    window = text[start:end]
    words = tokens(window)
    marked = _marked(window, words, needles)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return format_html("{}{}{}", before, marked, after), "<mark>" in marked


def _place(text: str, needles: Sequence[Unit]) -> int | None:
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter whose small form is longer would shift every offset
        lowered = text
    for unit in needles:
        for letters in (_letters(unit), unit.other):
            if letters and (place := lowered.find(letters)) >= 0:
                return place
    return None


def _letters(unit: Unit) -> str:
    """What the unit surely looks like in a text: Thai as it is, English the first word without its changing end."""
    if unit.cuts[0].isascii():
        first = unit.cuts[0]
        return first[:-1] if len(first) > 4 and first[-1] == "i" else first
    return "".join(unit.cuts)


def _word_start(text: str, place: int) -> int:
    """A place at or after `place` where no word is cut; in text without spaces a border between two cuts."""
    if place <= 0:
        return 0
    near = text[place : place + 40]
    if space := re.search(r"\s", near):
        return place + space.end()
    before = max(0, place - 40)
    return next((before + t.start for t in tokens(text[before : place + 40]) if before + t.start >= place), place)


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    if space := _LAST_SPACE.search(text, max(0, place - 40), place):
        return space.start()
    ends = [place - 40 + t.end for t in tokens(text[max(0, place - 40) : place + 40])]
    return max((end for end in ends if end <= place), default=place)


def _spans(words: Sequence[Token], needles: Sequence[Unit]) -> list[tuple[int, int]]:
    """Places of matches, in order, none overlapping another."""
    by_first: dict[str, list[Unit]] = {}
    prefixes = [unit for unit in needles if unit.prefix and len(unit.cuts) == 1]
    for unit in needles:
        by_first.setdefault(unit.cuts[0], []).append(unit)
        if unit.other:
            by_first.setdefault(unit.other, []).append(Unit((unit.other,)))
    spans: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        lengths = [len(u.cuts) for u in by_first.get(word.text, ()) if _matches(words, at, u)]
        if any(word.text.startswith(unit.cuts[0]) for unit in prefixes):
            lengths.append(1)
        if lengths:
            start, end = word.start, max(token.end for token in words[at : at + max(lengths)])
            if spans and start <= spans[-1][1]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
    return spans


def _matches(words: Sequence[Token], at: int, unit: Unit) -> bool:
    if at + len(unit.cuts) > len(words):
        return False
    *body, last = unit.cuts
    ending = words[at + len(body)].text
    return all(words[at + i].text == cut for i, cut in enumerate(body)) and (
        ending.startswith(last) if unit.prefix else ending == last
    )


def _marked(text: str, words: Sequence[Token], needles: Sequence[Unit]) -> SafeString:
    out: list[str] = []
    done = 0
    for start, end in _spans(words, needles):
        out += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*out, escape(text[done:])]))  # noqa: S308 - every piece is escaped above
