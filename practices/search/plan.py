"""Turns a question into what must be found: notions made of units, each a cut or a phrase of cuts that engines can look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .analysis import Token, tokens
from .query import Query
from .vocabulary import Form, Vocabulary
from .words import STOP_WORDS, divide

# Looked up per question at most; what is beyond only ranks a question of that length, it cannot change what it means.
MAX_TOKENS = 40
LONGEST_PHRASE = 12


class Unit(NamedTuple):
    """A cut or a phrase of cuts: the one thing an engine is asked for."""

    cuts: tuple[str, ...]
    prefix: bool = False
    # Another stored form of a single word. An acronym takes it only where its own form is unknown (AIDS is not "aid").
    other: str = ""
    other_if_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Notion:
    """One thing the reader wants: its own words (all of them), or any other way to say it."""

    units: tuple[Unit, ...]
    cuts: tuple[Unit, ...]
    others: tuple[Form, ...] = ()

    @property
    def whole(self) -> Unit:
        return self.units[0] if len(self.units) == 1 else Unit(tuple(cut for unit in self.units for cut in unit.cuts))

    @property
    def has_content(self) -> bool:
        return any(not is_stop(unit) for unit in self.units)

    def content_units(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if not is_stop(unit)) or self.units

    def content_cuts(self) -> tuple[Unit, ...]:
        return tuple(cut for cut in self.cuts if not is_stop(cut)) or self.cuts


@dataclass(frozen=True, slots=True)
class Plan:
    notions: tuple[Notion, ...] = ()
    # Quoted: required as they stand.
    phrases: tuple[Unit, ...] = ()
    excluded: tuple[Unit, ...] = ()
    # Longer phrases that only lift a record in the ranking.
    wholes: tuple[Unit, ...] = field(default=())

    def content(self) -> tuple[Notion, ...]:
        return tuple(notion for notion in self.notions if notion.has_content) or self.notions

    def needles(self, loosened: bool = False) -> list[Unit]:
        """Everything worth marking in a hit, longest first; single cuts only where no record has the whole words."""
        units: list[Unit] = [*self.phrases, *self.wholes]
        for notion in self.content():
            units += notion.content_units()
            units += notion.content_cuts() if loosened else ()
            units += [Unit(form.cuts) for form in notion.others]
        return sorted(dict.fromkeys(units), key=lambda unit: -len(unit.cuts))


def is_stop(unit: Unit) -> bool:
    return len(unit.cuts) == 1 and not unit.prefix and unit.cuts[0] in STOP_WORDS


def make_plan(query: Query, vocabulary: Vocabulary) -> Plan:
    words = tokens(query.words)[:MAX_TOKENS]
    notions: list[Notion] = []
    wholes: list[Unit] = []
    done = 0
    for found in vocabulary.find(words):
        notions += _plain(words[done : found.start])
        span = words[found.start : found.end]
        units = tuple(unit for chunk in _chunks(span) for unit in _units(chunk))
        notions.append(Notion(units, tuple(map(_word, span)), found.others))
        done = found.end
    notions += _plain(words[done:])
    for chunk in [words, *_chunks(words)]:
        if 1 < len(chunk) <= LONGEST_PHRASE:
            wholes.append(Unit(tuple(word.text for word in chunk)))
    if query.prefix and notions:
        notions[-1] = _as_prefix(notions[-1])
    return Plan(
        notions=tuple(notions),
        phrases=tuple(_phrases(query.phrases)),
        excluded=tuple(_phrases(query.excluded)),
        wholes=tuple(dict.fromkeys(wholes)),
    )


def _phrases(texts: Sequence[str]) -> Iterator[Unit]:
    for text in texts:
        words = tokens(text)[:MAX_TOKENS]
        if len(words) == 1:
            yield _word(words[0])
        elif words:
            yield Unit(tuple(word.text for word in words))


def _plain(words: Sequence[Token]) -> list[Notion]:
    return [
        Notion((unit,), tuple(Unit((cut,)) for cut in unit.cuts) if len(unit.cuts) > 1 else (unit,))
        for chunk in _chunks(words)
        for unit in _units(chunk)
    ]


def _chunks(words: Sequence[Token]) -> list[list[Token]]:
    """Neighbours in a script without spaces belong together; every other word stands alone."""
    chunks: list[list[Token]] = []
    for word in words:
        last = chunks[-1][-1] if chunks else None
        if last and last.unspaced and word.unspaced and last.end == word.start:
            chunks[-1].append(word)
        else:
            chunks.append([word])
    return chunks


def _units(chunk: Sequence[Token]) -> list[Unit]:
    if len(chunk) == 1:
        return [_word(chunk[0])]
    return [Unit(cuts) for cuts in divide([word.text for word in chunk])]


def _word(word: Token) -> Unit:
    return Unit((word.text,), False, word.other, word.whole)


def _as_prefix(notion: Notion) -> Notion:
    """English is stored without endings, so the beginning that is sought is that of the stem: `housing*` is `hous*`."""
    cuts = notion.units[-1].cuts
    return Notion((*notion.units[:-1], Unit(cuts, True)), (*notion.cuts[:-1], Unit(cuts[-1:], True)), notion.others)
