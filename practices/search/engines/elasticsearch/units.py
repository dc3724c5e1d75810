"""Units as the search server is asked for them: in title or body, alone or any of several.

Every unit is asked as a phrase of our own tokens, so that what the server cuts off an overlong token it cuts off both times.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from elasticsearch.dsl import Query
from elasticsearch.dsl.query import Bool, MatchPhrase, MatchPhrasePrefix, Prefix

from ...plan import Unit

TITLE, BODY = "analysed_title", "analysed_body"
# More words than any index has that begin alike.
_ALL = 1_000_000

# Units without another form, of which a record must hold one.
Alternatives = frozenset[Unit]


def variants(unit: Unit) -> list[Alternatives]:
    """What a unit may turn out to mean; where there are two, the second counts if no record holds the first."""
    own = Unit(unit.cuts, unit.prefix)
    if not unit.other:
        return [frozenset([own])]
    other = Unit((unit.other,))
    return [frozenset([own]), frozenset([other])] if unit.other_if_unknown else [frozenset([own, other])]


def stand(alternatives: Iterable[Unit]) -> Query:
    """Records that hold any of them, in title or body."""
    return Bool(should=[query for unit in alternatives for query in _places(unit, 1.0, 1.0)])


def lift(alternatives: Iterable[Unit], weight: float, title_weight: float) -> Iterator[Query]:
    """What adds to a record's score where one of them stands."""
    for unit in alternatives:
        yield from _places(unit, title_weight * weight, weight)


def in_title(unit: Unit) -> Query:
    return _in(TITLE, unit, 1.0)


def _places(unit: Unit, in_title: float, in_body: float) -> list[Query]:
    return [_in(TITLE, unit, in_title), _in(BODY, unit, in_body)]


def _in(field: str, unit: Unit, boost: float) -> Query:
    if not unit.prefix:
        return MatchPhrase(**{field: {"query": " ".join(unit.cuts), "boost": boost}})
    if len(unit.cuts) == 1:
        return Prefix(**{field: {"value": unit.cuts[0], "boost": boost}})
    return MatchPhrasePrefix(**{field: {"query": " ".join(unit.cuts), "boost": boost, "max_expansions": _ALL}})
