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

# Tried on the judged questions (`make relevance`): at most two notions must both be there, more must reach this share of
# the weight. Where fewer records have both, those that reach the share follow them.
ALL_REQUIRED = 2
ENOUGH = 5
COVERAGE = 0.35
TITLE_WEIGHT = 5.0
# Another way to say it counts less than the reader's own words; part of a term's words is another thing, and only tells
# the better of good hits.
OTHER_WEIGHT = 0.7
PART_WEIGHT = 0.2


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


@dataclass(frozen=True, slots=True)
class Saying:
    """The ways to say one thing, each with its share: all that stand in a text count together, like one word."""

    ways: tuple[tuple[Unit, float], ...]
    weight: float


@dataclass(slots=True)
class Match:
    ids: BitMap
    features: list[Feature] = field(default_factory=list)
    # What counts in the text of the best; with phrases that are sought only there, for they cost the longest look-ups.
    sayings: list[Saying] = field(default_factory=list)
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
        found.sayings = sayings(plan, lambda unit: _weight(unit, lookup, total))
    return found


def _match_notions(plan: Plan, lookup: Lookup, pool: BitMap, found: Match, total: int) -> None:
    content = plan.content()
    all_of_them = pool
    owns: list[BitMap] = []
    others: list[BitMap] = []
    for notion in content:
        own = _all_of(notion, lookup)
        owns.append(own)
        forms = [(form, lookup(Unit(form.cuts)).everywhere) for form in notion.others]
        others.append(BitMap.union(BitMap(), *(ids for _, ids in forms)))
        if forms:
            found.own.append((own, forms))
        all_of_them = all_of_them & (own | others[-1])
    if len(content) <= ALL_REQUIRED and len(all_of_them) >= enough(plan):
        found.ids = all_of_them
    else:
        found.ids = all_of_them | (pool & _covering(content, owns, others, lookup, total))
    found.loosened = bool(found.ids) and not all_of_them


def _all_of(notion: Notion, lookup: Lookup) -> BitMap:
    sets = [lookup(unit).everywhere for unit in notion.content_units()]
    return BitMap.intersection(*sets) if len(sets) > 1 else sets[0]


def _covering(
    content: Sequence[Notion], owns: Sequence[BitMap], others: Sequence[BitMap], lookup: Lookup, total: int
) -> BitMap:
    """Records that hold enough of the weight. A cut that no record holds weighs nothing: it is a slip, not a wish."""
    sets: list[BitMap] = []
    weights: list[float] = []
    for notion, own, other in zip(content, owns, others, strict=True):
        if weight := term_weight(notion, lambda unit: _weight(unit, lookup, total)):
            sets.append(own | other)
            weights.append(weight)
            continue
        for cut in dict.fromkeys(notion.content_cuts()):
            if weight := _weight(cut, lookup, total):
                sets.append(lookup(cut).everywhere)
                weights.append(weight)
    if not sets:
        return BitMap()
    scores = np.zeros(max((ids.max() for ids in sets if ids), default=0) + 1, dtype=np.float32)
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


def enough(plan: Plan) -> int:
    """How many records with all that was asked suffice; of one thing there is no part."""
    return ENOUGH if len(plan.content()) > 1 else 1


def term_weight(notion: Notion, weight_of: Callable[[Unit], float]) -> float:
    """Of a glossary term in all its forms: that of the commonest. 0 where it is none, or no record says it in any form."""
    if not notion.others:
        return 0.0
    own = [weight_of(unit) for unit in notion.content_units()]
    ways = [max(own) if all(own) else 0.0, *(weight_of(Unit(form.cuts)) for form in notion.others)]
    return min(filter(None, ways), default=0.0)


def sayings(plan: Plan, weight_of: Callable[[Unit], float]) -> list[Saying]:
    """What counts in the text of a record. `weight_of` gives 0 for a unit that no record holds."""
    weights = {unit: weight for unit in shares(plan) if (weight := weight_of(unit))}
    found: list[Saying] = []
    for notion in plan.content():
        if weight := term_weight(notion, weight_of):
            ways = {Unit(form.cuts): OTHER_WEIGHT for form in notion.others} | {notion.whole: 1.0}
            found.append(Saying(tuple(ways.items()), weight))
            for unit in ways:
                weights.pop(unit, None)
            for unit in {*notion.content_units(), *notion.content_cuts()} & weights.keys():
                weights[unit] *= PART_WEIGHT
    found += [Saying(((unit, 1.0),), weight) for unit, weight in weights.items()]
    said = {unit for saying in found for unit, _ in saying.ways}
    heaviest = max((saying.weight for saying in found), default=0.0)
    return found + [Saying(((unit, 1.0),), heaviest) for unit in plan.wholes if unit not in said]


def _weight(unit: Unit, lookup: Lookup, total: int) -> float:
    holding = len(lookup(unit).everywhere)
    return idf(holding, total) if holding else 0.0


def _features(plan: Plan, lookup: Lookup, total: int) -> list[Feature]:
    features = []
    for unit, share in shares(plan).items():
        posting = lookup(unit)
        if posting.everywhere:
            features.append(Feature(unit, posting, share * _weight(unit, lookup, total)))
    return features
