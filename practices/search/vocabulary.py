"""Finds the glossary's terms in a question, so that what an editor adds to the glossary acts on the next search."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .analysis import Token, tokens
from .registry import Synonyms


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a term: as it is shown, and as it is stored."""

    text: str
    language: str
    cuts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A term that stands in the question at `tokens[start:end]`, and the other ways to say it."""

    start: int
    end: int
    others: tuple[Form, ...]


# They make a noun of a verb or an adjective: whoever asks leaves them out (การคืนสู่สังคม, คืนสู่สังคม).
_NOUN_MAKERS = ("การ", "ความ")


def _without_prefix(cuts: tuple[str, ...]) -> tuple[str, ...]:
    return cuts[1:] if len(cuts) > 2 and cuts[0] in _NOUN_MAKERS else cuts


@dataclass(slots=True)
class Vocabulary:
    # By its first cut, every form that begins so, with its whole group.
    _by_first: dict[str, list[tuple[tuple[str, ...], int]]] = field(default_factory=dict)
    _groups: list[tuple[Form, ...]] = field(default_factory=list)

    @classmethod
    def of(cls, groups: Iterable[Synonyms]) -> Vocabulary:
        vocabulary = cls()
        for group in groups:
            vocabulary._add(group)
        return vocabulary

    def _add(self, group: Synonyms) -> None:
        forms = [
            Form(text, language, tuple(token.text for token in cut))
            for language, text in group.forms
            if (cut := tokens(text))
        ]
        number = len(self._groups)
        self._groups.append(tuple(forms))
        for cuts in dict.fromkeys(spelt for form in forms for spelt in (form.cuts, _without_prefix(form.cuts))):
            self._by_first.setdefault(cuts[0], []).append((cuts, number))

    def forms(self) -> Iterable[Form]:
        return (form for group in self._groups for form in group)

    def find(self, words: Sequence[Token]) -> list[Found]:
        """The longest terms from left to right; a form that belongs to several terms brings the others of all."""
        found: list[Found] = []
        at = 0
        while at < len(words):
            length, groups = self._longest(words, at)
            if length:
                own = {cuts for cuts, number in self._matching(words, at) if len(cuts) == length}
                others = {form.cuts: form for number in groups for form in self._groups[number] if form.cuts not in own}
                found.append(Found(at, at + length, tuple(others.values())))
            at += length or 1
        return found

    def _matching(self, words: Sequence[Token], at: int) -> list[tuple[tuple[str, ...], int]]:
        firsts = {words[at].text, words[at].other} - {""}
        return [
            (cuts, number)
            for first in firsts
            for cuts, number in self._by_first.get(first, ())
            if len(cuts) <= len(words) - at
            and all(cut in (word.text, word.other) for cut, word in zip(cuts, words[at:], strict=False))
        ]

    def _longest(self, words: Sequence[Token], at: int) -> tuple[int, list[int]]:
        matching = self._matching(words, at)
        length = max((len(cuts) for cuts, _ in matching), default=0)
        return length, [number for cuts, number in matching if len(cuts) == length]
