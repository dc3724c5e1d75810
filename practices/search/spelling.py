"""The words that records, glossary and names are written in, and which of them a slip is nearest to.

Thai slips are mostly in tone marks and vowels, so words are found by their skeleton first: what is left without those.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .analysis import Token, tokens
from .normalise import fold
from .words import divide

WORDS_KEPT = 20_000
SHORTEST, LONGEST = 3, 40
# Of the letters that must agree.
NEAR_THAI, NEAR_LATIN = 0.7, 0.75
# Cuts put together where a longer text has a slip in the middle.
WINDOW = 4

# Signs that a skeleton lacks, and letters that sound alike and are mistaken for each other.
_DROPPED = dict.fromkeys(map(ord, "่้๊๋็์ัะฺํ"))
_ALIKE = str.maketrans("ีืูณฎฏศษฬฆญไ", "ิึุนดตสสลคยใ")
_SKELETON = _ALIKE | _DROPPED
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Slip:
    """Part of a question, from `start` to `end`, that is no word."""

    start: int
    end: int
    text: str
    cuts: tuple[str, ...]


@dataclass(slots=True)
class Lexicon:
    """Words by their folded spelling, the commonest first; as many as can be compared in a few milliseconds."""

    words: dict[str, str] = field(default_factory=dict)
    _thai: list[str] = field(default_factory=list)
    _thai_spelling: list[str] = field(default_factory=list)
    _latin: list[str] = field(default_factory=list)
    _by_skeleton: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, forms: Iterable[str], texts: Iterable[str]) -> Lexicon:
        """`forms`: names and terms, taken whole and first; `texts`: what is divided into words."""
        lexicon = cls()
        for form in forms:
            lexicon._add(form)
            for word in words_in(form):
                lexicon._add(word)
        counted: dict[str, int] = defaultdict(int)
        for text in texts:
            for word in words_in(text):
                counted[word] += 1
        for word in sorted(counted, key=lambda word: (-counted[word], word)):
            if len(lexicon.words) >= WORDS_KEPT:
                break
            lexicon._add(word)
        return lexicon

    def __contains__(self, text: str) -> bool:
        return fold(text) in self.words

    def _add(self, word: str) -> None:
        folded = fold(word)
        if not SHORTEST <= len(folded) <= LONGEST or folded in self.words:
            return
        self.words[folded] = word
        if is_thai(folded):
            skeleton = skeleton_of(folded)
            self._thai.append(skeleton)
            self._thai_spelling.append(folded)
            self._by_skeleton[skeleton].append(folded)
        else:
            self._latin.append(folded)

    def nearest(self, text: str, limit: int = 3) -> list[str]:
        """Words spelt most like `text`, best first, as they are written; itself is none of them."""
        folded = fold(text)
        found = self._nearest_thai(folded, limit) if is_thai(folded) else self._nearest_latin(folded, limit)
        return [self.words[word] for word in found if word != folded][:limit]

    def same_skeleton(self, text: str) -> str:
        """The word that differs from `text` in its marks only; empty if there is none."""
        folded = fold(text)
        found = [word for word in self._by_skeleton.get(skeleton_of(folded), ()) if word != folded]
        return self.words[min(found, key=lambda word: OSA.distance(folded, word))] if found else ""

    def _nearest_thai(self, folded: str, limit: int) -> list[str]:
        skeleton = skeleton_of(folded)
        same = sorted(self._by_skeleton.get(skeleton, ()), key=lambda word: OSA.distance(folded, word))
        if same:
            return same
        near = process.extract(
            skeleton,
            self._thai,
            scorer=OSA.normalized_similarity,
            score_cutoff=NEAR_THAI,
            limit=2 * limit,
            processor=None,
        )
        spelt = [self._thai_spelling[place] for _, _, place in near]
        return sorted(spelt, key=lambda word: -OSA.normalized_similarity(folded, word))

    def _nearest_latin(self, folded: str, limit: int) -> list[str]:
        near = process.extract(
            folded,
            self._latin,
            scorer=OSA.normalized_similarity,
            score_cutoff=NEAR_LATIN,
            limit=2 * limit,
            processor=None,
        )
        # A first letter is seldom wrong.
        return [word for word, _, _ in sorted(near, key=lambda one: (-one[1], one[0][:1] != folded[:1], one[2]))]


def is_thai(text: str) -> bool:
    return any("\u0e01" <= char <= "\u0e5b" for char in text)


def skeleton_of(text: str) -> str:
    return text.translate(_SKELETON)


def words_in(text: str) -> Iterator[str]:
    """Latin words as they are written, Thai ones as the dictionary divides them."""
    for match in _WORD.finditer(text):
        if not is_thai(match.group()):
            yield match.group()
    for run in thai_runs(tokens(text)):
        yield from ("".join(group) for group in divide([token.text for token in run]))


def thai_runs(words: Sequence[Token]) -> Iterator[list[Token]]:
    run: list[Token] = []
    for word in words:
        if run and (not word.unspaced or word.start != run[-1].end):
            yield run
            run = []
        if word.unspaced:
            run.append(word)
    if run:
        yield run


def mended(lexicon: Lexicon, slip: Slip) -> list[str]:
    """What may have been meant instead of a slip: a word in its place, or a word in the place of a part of it."""
    whole = lexicon.nearest(slip.text)
    if whole or not slip.cuts:
        return whole
    # Longest first, from the left: marks only, for the nearest of all would cost too much at every place.
    for length in range(min(WINDOW, len(slip.cuts)), 0, -1):
        for start in range(len(slip.cuts) - length + 1):
            part = "".join(slip.cuts[start : start + length])
            if len(part) >= SHORTEST and part not in lexicon and (word := lexicon.same_skeleton(part)):
                return ["".join([*slip.cuts[:start], word, *slip.cuts[start + length :]])]
    return []
