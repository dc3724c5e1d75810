"""Records like one record, by the words and subjects that `engines.likeness` names, scored as the database engines score them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING

from elasticsearch.dsl import Query, Search
from elasticsearch.dsl.query import Bool, ConstantScore, Ids, Term

from ...models import SearchRecord
from ...plan import Unit
from ..likeness import SHARED_FACETS, heaviest, subjects, words_of
from ..matching import TITLE_WEIGHT
from ..ranking import TIE
from . import indices
from .budget import Budget
from .client import get_client
from .counts import Counts
from .faceted import BY_SCORE
from .units import in_title, stand

if TYPE_CHECKING:
    from practices.access.reader import Reader

# Read for each that is wanted, so that the newest of those alike is among them.
_SPARE = 4


def alike(
    record_id: int,
    reader: Reader,
    language: str,
    limit: int,
    pool: Sequence[Query],
    count: Callable[[Mapping[Hashable, Query]], Counts],
    budget: Budget,
) -> list[int]:
    own = SearchRecord.objects.select_related("text").confirmed(reader, [record_id], "facets", "text")
    if record_id not in own:
        return []
    row = own[record_id]
    said = words_of(row.text.analysed_title, row.text.analysed_body)
    wanted: dict[Hashable, Query] = {unit: stand([unit]) for unit, _ in said}
    values = [(facet, value) for facet in SHARED_FACETS for value in row.facets.get(facet, ())]
    wanted |= {pair: _has(*pair) for pair in values}
    counts = count(wanted)
    words = heaviest(said, counts.of, counts.total)
    shared = subjects(row.facets, language, lambda facet, value: counts.of((facet, value)), counts.total)
    lifts = [_worth(query, weight) for unit, weight in words for query, weight in _places(unit, weight)]
    lifts += [_worth(_has(facet, value), weight) for facet, value, weight in shared]
    # What only the language is shared with is not alike.
    some = Bool(should=[*(stand([unit]) for unit, _ in words), *(_has(*pair) for pair in values)])
    query = Bool(filter=[*pool, some], must_not=[Ids(values=[str(record_id)])], should=lifts, minimum_should_match=0)
    if not words and not values:
        return []
    search = Search(using=budget.within(get_client()), index=indices.alias()).query(query)
    search = search.source(False).sort(*BY_SCORE).extra(stored_fields="_none_")
    hits = search[: _SPARE * limit].execute().to_dict()["hits"]["hits"]
    scores = {
        key: score + TIE * counts.tie(usefulness, changed)
        for score, usefulness, changed, _, key in (hit["sort"] for hit in hits)
    }
    ranked = sorted(scores, key=lambda key: (-scores[key], -key))[:limit]
    confirmed = SearchRecord.objects.confirmed(reader, ranked)
    return [key for key in ranked if key in confirmed]


def _places(unit: Unit, weight: float) -> list[tuple[Query, float]]:
    return [(stand([unit]), weight), (in_title(unit), (TITLE_WEIGHT - 1) * weight)]


def _has(facet: str, value: str) -> Query:
    return Term(**{f"facets.{facet}": value})


def _worth(query: Query, weight: float) -> Query:
    return ConstantScore(filter=query, boost=weight)
