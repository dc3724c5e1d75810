"""What makes one record like another: words that few records share, and the subjects they have in common.

Every engine weighs with these figures, so each names the same records.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..analysis import BORDER
from ..plan import Unit, is_stop
from ..words import divide
from .matching import TITLE_WEIGHT, idf

# Words looked up, and of these the heaviest that are sought; a long text says what it is about early.
LOOKED_UP, SOUGHT = 30, 15
_READ = 600
# Facets that say what a record is about, and how much they count against a word as rare.
SHARED_FACETS: Mapping[str, float] = {"topic": 1.0, "tag": 1.5, "pillar": 0.5}
# A record that this reader can read in the language of the page is a little more like it.
SAME_LANGUAGE = 0.5


def words_of(title: str, body: str) -> list[tuple[Unit, float]]:
    """The words of a stored text that may tell what it is about, each with how much it is said."""
    said: Counter[Unit] = Counter()
    for text, share in ((title, TITLE_WEIGHT), (body, 1.0)):
        for unit in _units(text.split()[:_READ]):
            said[unit] += share  # type: ignore[assignment]
    best = sorted(said, key=lambda unit: (-said[unit], -len("".join(unit.cuts)), unit.cuts))
    return [(unit, 1 + math.log(said[unit])) for unit in best[:LOOKED_UP]]


def heaviest(
    said: Iterable[tuple[Unit, float]], holding: Callable[[Unit], int], total: int
) -> list[tuple[Unit, float]]:
    """The words to seek with their weights; one that no other record has leads nowhere."""
    weighed = [(unit, share * idf(count, total)) for unit, share in said if (count := holding(unit)) > 1]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0].cuts))[:SOUGHT]


def subjects(
    facets: Mapping[str, Sequence[str]], language: str, holding: Callable[[str, str], int], total: int
) -> list[tuple[str, str, float]]:
    """Facet, value and weight of what a record is about."""
    found = [
        (facet, value, share * idf(holding(facet, value), total))
        for facet, share in SHARED_FACETS.items()
        for value in facets.get(facet, ())
    ]
    return [*found, ("language", language, SAME_LANGUAGE)]


def _units(cuts: Sequence[str]) -> Iterable[Unit]:
    for group in divide(cuts):
        unit = Unit(group)
        word = "".join(group)
        if len(word) > 1 and word != BORDER and not word.isdigit() and not is_stop(unit):
            yield unit
