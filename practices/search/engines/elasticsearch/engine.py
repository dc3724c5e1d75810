"""The search server as an engine: plan, facets and permissions in one body, the best read again in the database's text.

It answers within its budget or raises; whoever asks it has the database's engine beside it. Suggestions and the values of
facets come from there too: its table of beginnings is quicker than any request, and the same on every engine.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from elasticsearch.dsl import Q, Query
from elasticsearch.dsl.query import Bool, Ids, Term

from practices.access.reader import Reader

from ...models import SearchRecord
from ...registry import FACETS, kind_weights
from .. import base
from ..database import texts_of
from ..ranking import RERANKED, bm25f
from . import indices
from .audience import visible_to
from .budget import Budget
from .client import get_client
from .counts import Counter, Counts, needed
from .faceted import BY_SCORE, RecordSearch
from .likeness import alike
from .question import Question

# With more changes than these not yet heard by the server, what it would leave out is no small thing.
MOST_WAITING = 5_000
T = TypeVar("T")
_BY_ID = {"record_id": "desc"}


class TooFarBehind(Exception):
    """The server has yet to hear of so many changes that the database answers better."""


@dataclass(frozen=True, slots=True)
class _Found:
    # The values by which each hit was sorted; the last is its id.
    hits: Sequence[Sequence[Any]]
    total: int
    # Before the reader's filters: all that answer, and those of them that have everything that was asked.
    seen: int
    whole: int
    facets: Mapping[str, Mapping[str, int]]


class ElasticsearchEngine:
    name = "elasticsearch"

    def __init__(self, database: base.Engine) -> None:
        self._database = database
        self._counter = Counter()

    def search(self, request: base.Request) -> base.Result:
        if request.offset + request.limit > indices.DEEPEST_HIT:
            return self._database.search(request)
        budget = Budget()
        pool = [*visible(request.reader), *_parts(request)]
        if request.plan is None:
            found = self._ask(request, Bool(filter=pool), _order(request, ranked=False), budget)
            return base.Result(found.total, [base.Hit(hit[-1]) for hit in _page(request, found.hits)], found.facets)
        if not (request.plan.notions or request.plan.phrases or request.plan.excluded):
            return base.Result(0, [], {facet: {} for facet in FACETS})
        question = Question(request.plan, self._count(needed(request.plan), budget))
        found, loosened = self._match(request, question, pool, budget)
        hits = _hits(request, question, found.hits)
        return base.Result(found.total, hits, found.facets, loosened)

    def suggest(self, typed: str, language: str, reader: Reader, limit: int = 8) -> list[base.Suggestion]:
        return self._database.suggest(typed, language, reader, limit)

    def values_seen(self, facet: str, reader: Reader) -> set[str]:
        return self._database.values_seen(facet, reader)

    def more_like_this(self, record_id: int, reader: Reader, language: str, limit: int = 5) -> list[int]:
        budget = Budget()
        return alike(
            record_id, reader, language, limit, visible(reader), lambda wanted: self._count(wanted, budget), budget
        )

    def _count(self, wanted: Mapping[Hashable, Query], budget: Budget) -> Counts:
        return self._counter.read(get_client(), indices.alias(), wanted, budget)

    def _match(
        self, request: base.Request, question: Question, pool: Sequence[Query], budget: Budget
    ) -> tuple[_Found, bool]:
        order = _order(request, ranked=bool(question.sayings))
        should = question.ranking() if request.sort == base.BEST else []

        def ask(*parts: Query, notes: Mapping[str, Query] | None = None) -> _Found:
            query = Bool(
                filter=[*pool, *question.required(), *parts],
                must_not=question.excluded(),
                should=should,
                minimum_should_match=0,
            )
            return self._ask(request, query, order, budget, notes)

        if not question.plan.notions:
            return ask(), False
        if question.needs_all:
            found = ask(question.whole)
            if found.seen >= question.enough:
                return found, False
        found = ask(Bool(should=[question.whole, question.covering]), notes={"whole": question.whole})
        return found, bool(found.seen and not found.whole)

    def _ask(
        self,
        request: base.Request,
        query: Query,
        order: Sequence[Any],
        budget: Budget,
        notes: Mapping[str, Query] | None = None,
    ) -> _Found:
        client = budget.within(get_client())
        search = RecordSearch(client, indices.alias(), query, request.filters, order, notes or {})
        start, end = _read(request)
        answer = search[start:end].execute().to_dict()
        counted = answer["aggregations"]
        return _Found(
            hits=[hit["sort"] for hit in answer["hits"]["hits"]],
            total=answer["hits"]["total"]["value"],
            seen=counted["note_seen"]["doc_count"],
            whole=counted.get("note_whole", {}).get("doc_count", 0),
            facets={
                facet: {bucket["key"]: bucket["doc_count"] for bucket in counted[f"_filter_{facet}"][facet]["buckets"]}
                for facet in FACETS
            },
        )


def visible(reader: Reader) -> list[Query]:
    """What this reader may see; of the changes that the server has not heard, those that hide something are taken from the database."""
    waiting = list(SearchRecord.objects.waiting().order_by().values_list("pk", flat=True)[: MOST_WAITING + 1])
    if len(waiting) > MOST_WAITING:
        raise TooFarBehind
    parts: list[Query] = [Term(deleted=False), visible_to(reader)]
    if waiting and (hidden := set(waiting) - set(SearchRecord.objects.confirmed(reader, waiting))):
        parts.append(~Ids(values=[str(key) for key in sorted(hidden)]))
    return parts


def _parts(request: base.Request) -> list[Query]:
    """What the list is about, whatever the reader chooses; a choice of what is not counted narrows all the same."""
    uncounted = {facet: values for facet, values in request.filters.items() if facet not in FACETS}
    parts: list[Query] = [
        Q("terms", **{f"facets.{facet}": list(values)})
        for facet, values in [*request.within.items(), *uncounted.items()]
        if values
    ]
    if request.among is not None:
        parts.append(Ids(values=[str(key) for key in request.among]))
    return parts


def _order(request: base.Request, ranked: bool) -> Sequence[Any]:
    if request.sort == base.BEST and ranked:
        return BY_SCORE
    if request.sort == base.TITLE:
        by_title = {"order": "asc", "missing": "_last", "unmapped_type": "keyword"}
        return [{f"sort.{request.language}": by_title}, {"record_id": "asc"}]
    used = [{"usefulness": "desc"}] if request.sort == base.USED else []
    return [*used, {"changed": "desc"}, _BY_ID]


def _read(request: base.Request) -> tuple[int, int]:
    """The part of the order to read: all that is ranked anew where the page lies in it."""
    end = request.offset + request.limit
    if request.sort == base.BEST and request.offset < RERANKED:
        return 0, max(end, RERANKED)
    return request.offset, end


def _page(request: base.Request, hits: Sequence[T]) -> Sequence[T]:
    start, _ = _read(request)
    return hits[request.offset - start :][: request.limit]


def _hits(request: base.Request, question: Question, hits: Sequence[Sequence[Any]]) -> list[base.Hit]:
    start, _ = _read(request)
    ids = [hit[-1] for hit in hits]
    texts: dict[int, tuple[str, str]] = {}
    if start == 0 and request.sort == base.BEST and question.sayings:
        texts = texts_of(ids[:RERANKED])
        ids = [*_best_first(question, texts, hits[:RERANKED]), *ids[RERANKED:]]
    page = _page(request, ids)
    if not question.has_other_forms:
        return [base.Hit(key) for key in page]
    texts = texts if texts.keys() >= set(page) else texts_of(page)
    return [base.Hit(key, question.through(*texts[key]) if key in texts else ()) for key in page]


def _best_first(question: Question, texts: Mapping[int, tuple[str, str]], hits: Sequence[Sequence[Any]]) -> list[int]:
    weights = kind_weights()
    tie = {key: question.counts.tie(usefulness, changed) for _, usefulness, changed, _, key in hits}
    kinds = {key: weights[kind] for *_, kind, key in hits if kind in weights}
    return bm25f(texts, question.sayings, tie, kinds)
