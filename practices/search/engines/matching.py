"""Which records answer a question, and how well: one rule for every engine that can say where a unit stands.

The measure is the share of weight (idf) that a record matches, not the number of words: function words then need no
care, and a long question still finds its answer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from pyroaring import BitMap

from ..idsets import as_array, as_bitmap
from ..plan import Notion, Plan, Unit
from ..vocabulary import Form

# Tried on the judged questions: at most two notions must both be there, more must reach this share of the weight.
ALL_REQUIRED = 2
COVERAGE = 0.35
TITLE_WEIGHT = 5.0
# Another way to say it counts less than the reader's own words.
OTHER_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Posting:
    """The records that hold a unit: anywhere, and in the title."""

    everywhere: BitMap
    titles: BitMap

    def __or__(self, other: Posting) -> Posting:
        return Posting(self.everywhere | other.everywhere, self.titles | other.titles)


Lookup = Callable[[Unit], Posting]


@dataclass(frozen=True, slots=True)
class Feature:
    """What lifts a record in the ranking."""

    unit: Unit
    posting: Posting
    weight: float


@dataclass(slots=True)
class Match:
    ids: BitMap
    features: list[Feature] = field(default_factory=list)
    # Those and longer phrases, sought only in the text of the best: the longest questions would cost the longest look-ups.
    weights: list[tuple[Unit, float]] = field(default_factory=list)
    loosened: bool = False
    # Per notion that has other forms: the records that hold the reader's own words.
    own: list[tuple[BitMap, Sequence[tuple[Form, BitMap]]]] = field(default_factory=list)

    def through(self, record_id: int) -> tuple[Form, ...]:
        """The forms that brought a record in where the reader's own words did not."""
        return tuple(
            form for own, others in self.own if record_id not in own for form, ids in others if record_id in ids
        )


def idf(holding: int, total: int) -> float:
    return math.log(1 + max(total - holding + 0.5, 0.5) / (holding + 0.5))


def match(plan: Plan, lookup: Lookup, pool: BitMap, total: int) -> Match:
    """What of `pool` answers the plan; words weigh by all `total` records, seen or not.

    Whether any record has all that was asked is judged by the pool alone, or a hidden record would show in what is loosened.
    """
    for phrase in plan.phrases:
        pool = pool & lookup(phrase).everywhere
    for unit in plan.excluded:
        pool = pool - lookup(unit).everywhere
    found = Match(ids=BitMap())
    if plan.notions:
        _match_notions(plan, lookup, pool, found, total)
    elif plan.phrases or plan.excluded:
        found.ids = pool
    if found.ids:
        found.features = _features(plan, lookup, total)
        found.weights = with_wholes([(feature.unit, feature.weight) for feature in found.features], plan)
    return found


def _match_notions(plan: Plan, lookup: Lookup, pool: BitMap, found: Match, total: int) -> None:
    content = plan.content()
    all_of_them = pool
    others: list[BitMap] = []
    for notion in content:
        own = _all_of(notion, lookup)
        forms = [(form, lookup(Unit(form.cuts)).everywhere) for form in notion.others]
        others.append(BitMap.union(BitMap(), *(ids for _, ids in forms)))
        if forms:
            found.own.append((own, forms))
        all_of_them = all_of_them & (own | others[-1])
    if all_of_them and len(content) <= ALL_REQUIRED:
        found.ids = all_of_them
        return
    found.ids = pool & _covering(content, others, lookup, total)
    found.loosened = bool(found.ids) and not all_of_them


def _all_of(notion: Notion, lookup: Lookup) -> BitMap:
    sets = [lookup(unit).everywhere for unit in notion.content_units()]
    return BitMap.intersection(*sets) if len(sets) > 1 else sets[0]


def _covering(content: Sequence[Notion], others: Sequence[BitMap], lookup: Lookup, total: int) -> BitMap:
    """Records that hold enough of the weight. A cut that no record holds weighs nothing: it is a slip, not a wish."""
    sets = [
        ids
        for notion, other in zip(content, others, strict=True)
        for cut in dict.fromkeys(notion.content_cuts())
        if (ids := lookup(cut).everywhere | other)
    ]
    if not sets:
        return BitMap()
    weights = [idf(len(ids), total) for ids in sets]
    scores = np.zeros(max(ids.max() for ids in sets) + 1, dtype=np.float32)
    for ids, weight in zip(sets, weights, strict=True):
        scores[as_array(ids)] += weight
    return as_bitmap(np.flatnonzero(scores >= COVERAGE * sum(weights) - 1e-4))


def shares(plan: Plan) -> dict[Unit, float]:
    """What lifts a record in the ranking, and how much each counts beside its rarity."""
    found: dict[Unit, float] = {}
    for notion in plan.content():
        for unit in (*notion.content_units(), *notion.content_cuts()):
            found[unit] = 1.0
        for form in notion.others:
            found.setdefault(Unit(form.cuts), OTHER_WEIGHT)
    return found | dict.fromkeys(plan.phrases, 1.0)


def with_wholes(weights: Sequence[tuple[Unit, float]], plan: Plan) -> list[tuple[Unit, float]]:
    """The longer phrases too: each lifts as much as the heaviest of what it is made of."""
    known = {unit for unit, _ in weights}
    heaviest = max((weight for _, weight in weights), default=0.0)
    return [*weights, *((unit, heaviest) for unit in plan.wholes if unit not in known)]


def _features(plan: Plan, lookup: Lookup, total: int) -> list[Feature]:
    features = []
    for unit, share in shares(plan).items():
        posting = lookup(unit)
        if posting.everywhere:
            features.append(Feature(unit, posting, share * idf(len(posting.everywhere), total)))
    return features
