"""Cuts text into the tokens that are stored and asked for: one way for writing and for asking, on every engine.

Scripts are split first. Thai (and what else is written without spaces) is cut finely by ICU, everything else by its
letters and digits, English endings taken off. Every token knows where it stands in the original text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import Stemmer
from icu4py.breakers import WordBreaker

from .normalise import INVISIBLE, UNSPACED, Mended, fold_word, mend

# Stands between two fields stored together, so that no phrase reaches over the border.
BORDER = "¶"
LONGEST_TOKEN = 64
LONGEST_ACRONYM = 6


class Token(NamedTuple):
    text: str
    start: int
    end: int
    # The other form under which a word may have been stored: whole, when `text` is its stem, or the reverse.
    other: str = ""
    unspaced: bool = False
    # Stored as it is written, endings and all: an acronym.
    whole: bool = False


_new = tuple.__new__

# Where a run's cuts belong among the other tokens, where it starts in the text, and its mended spelling.
Run = tuple[int, int, Mended]


def _marks() -> str:
    """Combining marks outside the unspaced scripts: Python's \\w leaves them out and would cut words at them."""
    unspaced = re.compile(f"[{UNSPACED}]")
    return "".join(
        char
        for char in map(chr, range(0x300, 0xFFFF))
        if unicodedata.category(char) in ("Mn", "Mc") and not unspaced.match(char)
    )


# ฯ and ๆ count as letters but only shorten or repeat the word before them.
_LETTER = rf"(?:(?![{UNSPACED}ฯๆ])[^\W_])"
_MARK = f"[{re.escape(_marks())}]"
_RUN = re.compile(
    rf"(?P<unspaced>[{UNSPACED}](?:[{UNSPACED}{INVISIBLE}]*[{UNSPACED}])?)"
    rf"|(?P<number>\d{{1,3}}(?:,\d{{3}})+(?!\w))"
    rf"|(?P<word>(?:[A-Za-z0-9]++|{_LETTER})(?:[A-Za-z0-9]++|{_LETTER}|{_MARK}|[{INVISIBLE}])*(?:['’](?:{_LETTER}|{_MARK})+)*)"
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_PLURAL_ACRONYM = re.compile(r"([A-Z][A-Za-z]*[A-Z])s")
_english = Stemmer.Stemmer("english")


@lru_cache(maxsize=50_000)
def _word(word: str) -> tuple[str, str, bool]:
    """The stored form of a word, the form under which another writer may have stored it, and whether it is whole."""
    plain = _INVISIBLE.sub("", word)
    if plural := _PLURAL_ACRONYM.fullmatch(plain):
        plain = plural.group(1)
    folded = fold_word(plain).replace("'", "").replace("’", "")[:LONGEST_TOKEN]
    if not folded.isascii():
        return folded, "", False
    stem = _stem(fold_word(plain).replace("’", "'")[:LONGEST_TOKEN])
    if len(plain) <= LONGEST_ACRONYM and sum(map(str.isupper, plain)) > 1:
        return folded, stem if stem != folded else "", True  # an acronym stays whole: VoT, THB, DATIP, AIDS
    return stem or folded, folded if stem != folded else "", False


def _stem(word: str) -> str:
    stem = _english.stemWord(word).replace("'", "")
    # Snowball parts identification from identify, which readers do not.
    return stem + "i" if stem.endswith("if") and word.startswith(stem + "ication") else stem


def tokens(text: str) -> list[Token]:
    """Every token of `text`, in order. Never raises, whatever the text."""
    out: list[Token] = []
    runs: list[Run] = []
    for match in _RUN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "unspaced":
            runs.append((len(out), start, mend(match.group())))
        elif match.lastgroup == "number":
            out.append(Token(fold_word(match.group().replace(",", "")), start, end))
        else:
            word, other, whole = _word(match.group())
            if word:
                out.append(_new(Token, (word, start, end, other, False, whole)))
    return _with_cuts(out, runs) if runs else out


def _with_cuts(out: list[Token], runs: list[Run]) -> list[Token]:
    """Cuts all runs in one go (they hold no character beyond the BMP, so ICU's UTF-16 offsets are Python's)."""
    joined = "\n".join(run[2].text for run in runs)
    segments = WordBreaker(joined, "th").segments()
    merged: list[Token] = []
    taken = 0
    base = 0
    for at, origin, mended in runs:
        merged += out[taken:at]
        taken = at
        add = merged.append
        limit = base + len(mended.text)
        shift = origin - base
        for start, end in segments:
            if start >= limit:
                break  # the line end between two runs
            if mended.pieces is None:
                # Half of all the time goes into this line, so it goes round the named tuple's own constructor.
                add(_new(Token, (joined[start:end], start + shift, end + shift, "", True, False)))
            else:
                first, last = mended.span(start - base, end - base)
                add(Token(joined[start:end], origin + first, origin + last, "", True))
        base = limit + 1
    return merged + out[taken:]


def analyse(text: str) -> str:
    """The stored form of a text: its tokens, a space between two."""
    return " ".join(token.text for token in tokens(text))


def analyse_all(texts: Iterable[str]) -> str:
    """The stored form of several texts (languages, fields) kept in one column."""
    return f" {BORDER} ".join(filter(None, map(analyse, texts)))
