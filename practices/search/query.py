"""Reads what was typed: words, "an exact phrase", -not, word*, and facet:value. Nothing typed is ever an error."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .registry import FACETS

MAX_LENGTH = 400

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
_PART = re.compile(
    r"""(?P<minus>(?<!\S)[-−](?=[^\s-]))?
        (?: ["“”«](?P<phrase>[^"“”«»]*)(?:["“”»]|$)
          | (?P<field>[a-z]+):(?P<value>"[^"]*"|[^\s"]+)
          | (?P<word>[^\s"“”«»]+) )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Query:
    # What was typed, without the facets: those are filters like any other.
    text: str
    words: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()
    # The last word is the beginning of one: `traffick*`.
    prefix: bool = False
    # More was typed than is read; the page says so.
    cut: bool = False
    # Every key that was pressed: with the keyboard in the other language, signs are letters.
    raw: str = ""

    def __bool__(self) -> bool:
        return bool(self.words or self.phrases or self.excluded)


def parse(typed: str) -> Query:
    text = _CONTROL.sub(" ", typed).strip()
    cut = len(text) > MAX_LENGTH
    text = text[:MAX_LENGTH]
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    filters: list[tuple[str, str]] = []
    kept: list[str] = []
    for part in _PART.finditer(text):
        phrase, field, value = part["phrase"], part["field"], part["value"]
        plain = part["word"] or ""
        if field and field not in FACETS:
            plain, field = f"{field}:{value}", None
        if field and not part["minus"]:
            filters.append((field, value.strip('"')))
            continue
        kept.append(part.group().strip())
        if part["minus"]:
            excluded.append(phrase or value or plain)
        elif phrase is not None:
            phrases.append(phrase)
        else:
            words.append(plain)
    last = words[-1] if words else ""
    return Query(
        text=" ".join(kept),
        words=" ".join(words),
        phrases=tuple(filter(str.strip, phrases)),
        excluded=tuple(excluded),
        filters=tuple(filters),
        prefix=last.endswith("*") and text.endswith("*"),
        cut=cut,
        raw=text,
    )
