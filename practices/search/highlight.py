"""Marks what matched, in the original text and HTML-escaped, the same on every engine.

A long text is not analysed whole: the window is found by plain search for the letters, and only the window is analysed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from .analysis import Token, tokens
from .plan import Unit

WINDOW = 240
_BEFORE = 70
# Room to either side in which a word's border is looked for.
_NEAR = 40
_LAST_SPACE = re.compile(r"\s\S*$")
_SPACE = re.compile(r"\s")


class Marker:
    """Marks the needles of one question in many texts."""

    def __init__(self, needles: Sequence[Unit]) -> None:
        self._by_first: dict[str, list[Unit]] = {}
        self._prefixes = [unit.cuts[0] for unit in needles if unit.prefix and len(unit.cuts) == 1]
        for unit in needles:
            self._by_first.setdefault(unit.cuts[0], []).append(unit)
            if unit.other:
                self._by_first.setdefault(unit.other, []).append(Unit((unit.other,)))
        self._patterns = [re.compile(pattern) for pattern in dict.fromkeys(map(_letters, needles))]

    def mark(self, text: str) -> SafeString:
        """The whole text, for titles."""
        return self._marked(text, tokens(text))

    def excerpt(self, text: str) -> SafeString | None:
        """The part of a text in which a match stands, marked; nothing where plain search finds none."""
        place = self._place(text)
        if place is None:
            return None
        start = _word_start(text, place - _BEFORE)
        end = _word_end(text, start + WINDOW)
        window = text[start:end]
        marked = self._marked(window, tokens(window))
        return _with_dots(marked, start > 0, end < len(text)) if "<mark>" in marked else None

    def _place(self, text: str) -> int | None:
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose small form is longer would shift every offset
            lowered = text
        for pattern in self._patterns:
            if match := pattern.search(lowered):
                return match.start()
        return None

    def _marked(self, text: str, words: Sequence[Token]) -> SafeString:
        out: list[str] = []
        done = 0
        for start, end in self._spans(words):
            out += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
            done = end
        return mark_safe("".join([*out, escape(text[done:])]))  # noqa: S308 - every piece is escaped above

    def _spans(self, words: Sequence[Token]) -> list[tuple[int, int]]:
        """Places of matches, in order, none overlapping another."""
        spans: list[tuple[int, int]] = []
        for at, word in enumerate(words):
            lengths = [len(unit.cuts) for unit in self._by_first.get(word.text, ()) if _matches(words, at, unit)]
            if any(map(word.text.startswith, self._prefixes)):
                lengths.append(1)
            if lengths:
                start, end = word.start, max(token.end for token in words[at : at + max(lengths)])
                if spans and start <= spans[-1][1]:
                    spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
                else:
                    spans.append((start, end))
        return spans


def opening(text: str) -> SafeString:
    """The beginning of a text in which nothing is marked."""
    end = _word_end(text, WINDOW)
    return format_html("{}{}", text[:end], " …" if end < len(text) else "")


def _with_dots(marked: SafeString, before: bool, after: bool) -> SafeString:
    return format_html("{}{}{}", "… " if before else "", marked, " …" if after else "")


def _letters(unit: Unit) -> str:
    """What the unit surely looks like in a text: Thai as it is, English the first word without its changing end."""
    first = unit.cuts[0]
    if not first.isascii():
        return re.escape("".join(unit.cuts))
    return r"(?<!\w)" + re.escape(first[:-1] if len(first) > 4 and first[-1] == "i" else first)


def _word_start(text: str, place: int) -> int:
    """A place at or after `place` where no word is cut; in text without spaces a border between two cuts."""
    if place <= 0:
        return 0
    if space := _SPACE.search(text, place, place + _NEAR):
        return space.end()
    before = max(0, place - _NEAR)
    starts = (before + token.start for token in tokens(text[before : place + _NEAR]))
    return next((start for start in starts if start >= place), place)


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    before = max(0, place - _NEAR)
    if space := _LAST_SPACE.search(text, before, place):
        return space.start()
    ends = [before + token.end for token in tokens(text[before : place + _NEAR])]
    return max((end for end in ends if end <= place), default=place)


def _matches(words: Sequence[Token], at: int, unit: Unit) -> bool:
    if at + len(unit.cuts) > len(words):
        return False
    *body, last = unit.cuts
    ending = words[at + len(body)].text
    return all(words[at + i].text == cut for i, cut in enumerate(body)) and (
        ending.startswith(last) if unit.prefix else ending == last
    )
