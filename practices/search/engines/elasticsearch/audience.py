"""The rule of who sees what as the search server is asked for it: a third twin of `practices.access.rules.can_view`.

It narrows hits, counts and facets. Before a hit is shown, the database confirms it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from elasticsearch.dsl import Query
from elasticsearch.dsl.query import Bool, MatchAll, Term, Terms

from practices.access.rules import State, Visibility

if TYPE_CHECKING:
    from practices.access.reader import Reader


def visible_to(reader: Reader) -> Query:
    if reader.is_administrator:
        return MatchAll()
    open_to = [Visibility.PUBLIC.value] + ([Visibility.MEMBERS.value] if reader.is_member else [])
    seen = Bool(filter=[Term(state=State.PUBLISHED.value), Terms(visibility=open_to)])
    if not reader.institutions:
        return seen
    return Bool(should=[seen, Terms(institution_id=sorted(reader.institutions))])
