"""One spelling for one word, before anything is cut: every change keeps its place in the original text.

Thai marks are mended and never dropped (ผี must not become ผู้); Latin case and accents are folded.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

THAI = "\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e"
# Scripts that are written without spaces, so that only a dictionary can cut them: Thai, Lao, Burmese, Khmer, kana, Han.
UNSPACED = THAI + "\u0e81-\u0ecf\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u9fff"
INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"

_TONES = "\u0e48\u0e49\u0e4a\u0e4b"
_NIKHAHIT, _AA, _AM = "\u0e4d", "\u0e32", "\u0e33"
# Vowels and signs above or below the consonant: they stand before the tone mark.
_MARKS = "\u0e31\u0e34-\u0e3a\u0e47\u0e4c\u0e4d\u0e4e"
_IS_MARK = re.compile(f"[{_MARKS}]")
# What needs mending. Each on its own, for one pattern of all takes four times as long.
_TROUBLE = tuple(
    re.compile(pattern)
    for pattern in (
        f"[{INVISIBLE}{_NIKHAHIT}]",
        "\u0e40\u0e40",
        f"{_AM}[{_TONES}]",
        f"[{_TONES}][{_MARKS}{_TONES}]",
        f"[{_MARKS}][{_MARKS}]",
    )
)
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_ACCENTS = re.compile("[\u0300-\u036f]")
_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_GAPS = re.compile(r"\s+")
_UNSPACED_RUN = re.compile(f"[{UNSPACED}{INVISIBLE}]+")

Piece = tuple[str, int, int]


class Mended(NamedTuple):
    """A run in its proper spelling; `pieces` says where each character came from, where the spelling changed."""

    text: str
    pieces: list[Piece] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original run of `text[start:end]`."""
        if self.pieces is None:
            return start, end
        # Marks that changed places overlap; spans still follow each other.
        return min(piece[1] for piece in self.pieces[start:]), max(piece[2] for piece in self.pieces[:end])


def mend(run: str) -> Mended:
    if not any(trouble.search(run) for trouble in _TROUBLE):
        return Mended(run)
    out: list[Piece] = []
    for place, char in enumerate(run):
        if not _INVISIBLE.match(char):
            _append(out, (char, place, place + 1))
    return Mended("".join(piece[0] for piece in out), out)


def _append(out: list[Piece], piece: Piece) -> None:
    char, _start, end = piece
    last = out[-1] if out else ("", 0, 0)
    if char == "\u0e40" and last[0] == char:  # เ + เ → แ
        out[-1] = ("\u0e41", last[1], end)
    elif char == last[0] and (char in _TONES or _IS_MARK.match(char)):  # a mark typed twice
        out[-1] = (char, last[1], end)
    elif char == _AA and last[0] == _NIKHAHIT:  # ํ + า → ำ
        out[-1] = (_AM, last[1], end)
    elif char == _AA and last[0] and last[0] in _TONES and len(out) > 1 and out[-2][0] == _NIKHAHIT:
        out[-2:] = [(last[0], last[1], last[2]), (_AM, out[-2][1], end)]
    elif last[0] and ((_IS_MARK.match(char) and last[0] in _TONES) or (char in _TONES and last[0] == _AM)):
        out.pop()  # the tone mark is written after the vowel, but before ำ
        _append(out, piece)
        out.append(last)
    else:
        out.append(piece)


def fold_word(word: str) -> str:
    """Case, accents, compatibility forms and Thai digits of a word that is not Thai."""
    if word.isascii():
        return word.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", word)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", plain)).translate(_DIGITS)


def fold(text: str) -> str:
    """A whole text as the suggestions compare it: character by character, nothing cut."""
    out: list[str] = []
    done = 0
    for run in _UNSPACED_RUN.finditer(text):
        out += [fold_word(text[done : run.start()]), mend(run.group()).text]
        done = run.end()
    out.append(fold_word(text[done:]))
    return _GAPS.sub(" ", "".join(out)).strip()


_LEADING_VOWEL = re.compile("([\u0e40-\u0e44])([\u0e01-\u0e2e])")
_LIGHT = re.compile(f"[{_TONES}\u0e47\u0e4c]")


def sort_key(text: str) -> str:
    """Dictionary order: in Thai the consonant counts before a vowel written to its left, and tone marks count last."""
    swapped = _LEADING_VOWEL.sub(r"\2\1", fold(text)).lstrip("\"'“‘«(")
    return (_LIGHT.sub("", swapped)[:60] + "\x01" + swapped[:60])[:120]
