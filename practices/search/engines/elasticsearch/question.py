"""A plan as one query of the search server: the rule of `matching`, with weights from the index's own counts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from elasticsearch.dsl import Query
from elasticsearch.dsl.function import BoostFactor
from elasticsearch.dsl.query import Bool, FunctionScore, MatchNone

from ...plan import Notion, Plan, Unit
from ...vocabulary import Form
from ..matching import ALL_REQUIRED, COVERAGE, TITLE_WEIGHT, Saying, enough, sayings, shares, term_weight
from ..snapshot import stands_in
from .counts import Counts
from .units import lift, stand

# What rounding may take from a record that holds exactly the share.
_SLACK = 1e-4


@dataclass(frozen=True)
class Question:
    plan: Plan
    counts: Counts

    @property
    def enough(self) -> int:
        """How many records with all that was asked suffice."""
        return enough(self.plan)

    @property
    def needs_all(self) -> bool:
        """Whether a record must have all that was asked, if any has."""
        return len(self.plan.content()) <= ALL_REQUIRED

    def required(self) -> list[Query]:
        return [self._holds(phrase) for phrase in self.plan.phrases]

    def excluded(self) -> list[Query]:
        return [self._holds(unit) for unit in self.plan.excluded]

    @cached_property
    def whole(self) -> Query:
        """Every notion, in the reader's words or another form."""
        return Bool(filter=[self._notion(notion) for notion in self.plan.content()])

    @cached_property
    def covering(self) -> Query:
        """Enough of the weight. A cut that no record holds weighs nothing: it is a slip, not a wish."""
        queries: list[Query] = []
        weights: list[float] = []
        for notion in self.plan.content():
            if weight := term_weight(notion, self._weight):
                queries.append(self._notion(notion))
                weights.append(weight)
                continue
            for cut in dict.fromkeys(notion.content_cuts()):
                if weight := self._weight(cut):
                    queries.append(self._holds(cut))
                    weights.append(weight)
        if not queries:
            return MatchNone()
        return FunctionScore(
            query=Bool(filter=[Bool(should=queries)]),
            functions=[
                BoostFactor(filter=query, weight=weight) for query, weight in zip(queries, weights, strict=True)
            ],
            score_mode="sum",
            boost_mode="replace",
            min_score=COVERAGE * sum(weights) - _SLACK,
        )

    @cached_property
    def sayings(self) -> list[Saying]:
        """What counts in the text of the best, as `matching` weighs it."""
        return sayings(self.plan, self._weight)

    def ranking(self) -> list[Query]:
        """BM25 of units, cuts and whole phrases, the title counting more; the server weighs by rarity itself."""
        units = {unit: share for unit, share in shares(self.plan).items() if self._weight(unit)}
        return [
            query
            for unit, share in (units | dict.fromkeys(self.plan.wholes, 1.0)).items()
            for query in lift(self.counts.meaning(unit), share, TITLE_WEIGHT)
        ]

    @property
    def has_other_forms(self) -> bool:
        return any(notion.others for notion in self.plan.content())

    def through(self, title: str, body: str) -> tuple[Form, ...]:
        """The forms that brought a record in where the reader's own words did not."""
        return tuple(
            form
            for notion in self.plan.content()
            if notion.others and not self._has_own(notion, title, body)
            for form in notion.others
            if any(stands_in(Unit(form.cuts), title, body))
        )

    def _has_own(self, notion: Notion, title: str, body: str) -> bool:
        return all(
            any(any(stands_in(meant, title, body)) for meant in self.counts.meaning(unit))
            for unit in notion.content_units()
        )

    def _weight(self, unit: Unit) -> float:
        meaning = self.counts.meaning(unit)
        return self.counts.weight(meaning) if self.counts.of(meaning) else 0.0

    def _holds(self, unit: Unit) -> Query:
        return stand(self.counts.meaning(unit))

    def _notion(self, notion: Notion) -> Query:
        own = Bool(filter=[self._holds(unit) for unit in notion.content_units()])
        forms = [Unit(form.cuts) for form in notion.others]
        return Bool(should=[own, stand(forms)]) if forms else own
