"""“Did you mean”: what else the reader may have wanted to type, offered only where it finds more that they may see."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db import connection

from practices.access.reader import Reader

from .analysis import tokens
from .asked import Asked
from .engines import get_engine
from .engines.base import Request
from .layout import other_layout
from .models import SearchClock, SearchRecord, undecided
from .plan import Unit, make_plan
from .query import Query, parse
from .questions import Within
from .spelling import Lexicon, Slip, is_thai, mended, thai_runs
from .vocabulary import Vocabulary
from .wordbook import Wordbook, current
from .words import divide

# Of the letters of the other keyboard that must be of known words.
KNOWN_LETTERS = 0.8
# Read for the lexicon, the newest first. Kept for a while: a word too few only goes unoffered.
RECORDS_READ = 5_000
KEPT_S = 600

_lexicons: dict[str, tuple[object, float, Lexicon]] = {}


@dataclass(frozen=True, slots=True)
class Offer:
    text: str
    # A question like any other, with the reader's filters kept.
    url: str
    language: str


def did_you_mean(asked: Asked, reader: Reader, total: int, loosened: bool, within: Within | None = None) -> list[Offer]:
    """At most one other way to put the question. `total` and `loosened` are of what the question itself found."""
    if not asked.query.words or (total and not loosened):
        return []  # some record has every word
    words = current()
    better = _Better(reader, {**asked.filters, **(within or {})}, words, total, loosened)
    for text in _other_ways(asked.query, better, words):
        if better.than_before(text):
            url = replace(asked, query=parse(text), page=1).address()
            return [Offer(text, url, "th" if is_thai(text) else "en")]
    return []


@dataclass(frozen=True, slots=True)
class _Better:
    reader: Reader
    filters: Within
    words: Wordbook
    total: int
    loosened: bool

    def than_before(self, text: str) -> bool:
        total, loosened = self._count(text, self.filters)
        return total > 0 and (self.total == 0 or (self.loosened and not loosened))

    def knows(self, unit: Unit) -> bool:
        return get_engine().holds(unit, self.reader)

    def _count(self, text: str, filters: Within) -> tuple[int, bool]:
        plan = make_plan(parse(text), self.words.vocabulary)
        result = get_engine().search(Request(self.reader, plan, filters, limit=0))
        return result.total, result.loosened


def _other_ways(query: Query, better: _Better, words: Wordbook) -> Iterator[str]:
    lexicon = lexicon_of(words)
    if text := _mended_question(query, better, lexicon):
        yield text
    other = other_layout(query.raw)
    if other and _share_known(other, better, lexicon) >= KNOWN_LETTERS:
        yield other.strip()


def _mended_question(query: Query, better: _Better, lexicon: Lexicon) -> str:
    """The question with its unknown words replaced, and only those; empty where nothing is near enough."""
    text = query.text
    for slip in _slips(query.words, better):
        best = next(iter(mended(lexicon, slip)), "")
        if best:
            text = text.replace(slip.text, _cased(best, slip.text), 1)
    return text if text != query.text else ""


def _cased(word: str, typed: str) -> str:
    """A word from the beginning of a title in small letters where the reader types small; an acronym as it is."""
    return word.lower() if typed.islower() and word.istitle() else word


def _slips(text: str, better: _Better) -> Iterator[Slip]:
    """Words that no record has, and runs of Thai with a part that none has."""
    found = tokens(text)
    for token in found:
        if not token.unspaced and not better.knows(Unit((token.text,), False, token.other)):
            yield Slip(token.start, token.end, text[token.start : token.end], ())
    for run in thai_runs(found):
        cuts = tuple(token.text for token in run)
        if not all(better.knows(Unit(group)) for group in divide(cuts)):
            start, end = run[0].start, run[-1].end
            yield Slip(start, end, text[start:end], cuts)


def _share_known(text: str, better: _Better, lexicon: Lexicon) -> float:
    """How many of the letters of a text belong to words that somebody uses."""
    units = [unit for notion in make_plan(parse(text), Vocabulary()).notions for unit in notion.units]
    known = [unit for unit in units if "".join(unit.cuts) in lexicon or better.knows(unit)]
    letters, known_letters = (sum(len(cut) for unit in some for cut in unit.cuts) for some in (units, known))
    return known_letters / letters if letters else 0.0


def lexicon_of(words: Wordbook) -> Lexicon:
    """Kept per process for some minutes; anew when the glossary changes."""
    generation = SearchClock.objects.order_by().values_list("generation", "vocabulary").first()
    kept = _lexicons.get(connection.alias)
    if kept and kept[0] == generation and kept[1] > time.monotonic():
        return kept[2]
    made = Lexicon.of((form.text for form in words.vocabulary.forms()), _texts())
    if not undecided():
        _lexicons[connection.alias] = (generation, time.monotonic() + KEPT_S, made)
    return made


def _texts() -> Iterator[str]:
    rows = SearchRecord.objects.in_index().order_by("-pk").values_list("titles", "text__summaries")
    for titles, summaries in rows[:RECORDS_READ]:
        yield from titles.values()
        yield from summaries.values()
