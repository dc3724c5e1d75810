"""The figures of one engine over all questions: nDCG@10, hits, precision, zero hits, and recall across languages."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .judged import Question

DEPTH = 10


@dataclass(frozen=True)
class Answered:
    """A question, and the keys of its hits in order."""

    question: Question
    hits: Sequence[str]

    @property
    def ndcg(self) -> float:
        return ndcg(self.hits, self.question.grades)

    @property
    def precision(self) -> float:
        return sum(key in self.question.grades for key in self.hits) / len(self.hits) if self.hits else 0.0

    @property
    def recall_across(self) -> float | None:
        wanted = self.question.foreign
        return len(wanted & set(self.hits[:DEPTH])) / min(len(wanted), DEPTH) if wanted else None


def ndcg(hits: Sequence[str], grades: Mapping[str, int]) -> float:
    gained = _gain(grades.get(key, 0) for key in hits[:DEPTH])
    ideal = _gain(sorted(grades.values(), reverse=True)[:DEPTH])
    return gained / ideal if ideal else 0.0


def _gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def figures(answered: Sequence[Answered]) -> dict[str, object]:
    kinds = dict.fromkeys(one.question.kind for one in answered)
    found = [one for one in answered if one.hits]
    return {
        "ndcg": mean(one.ndcg for one in answered),
        "by_language": {
            language: mean(one.ndcg for one in answered if one.question.language == language)
            for language in ("en", "th")
        },
        "by_class": {kind: mean(one.ndcg for one in answered if one.question.kind == kind) for kind in kinds},
        "zero_thai": [one.question.text for one in answered if one.question.language == "th" and not one.hits],
        "zero": [one.question.text for one in answered if not one.hits],
        "recall_across": mean(
            one.recall_across for one in answered if one.question.kind == "cross" and one.recall_across is not None
        ),
        "hits": mean(len(one.hits) for one in answered),
        "precision": mean(one.precision for one in found),
        "weakest": [
            f"{one.ndcg:.2f} {one.precision:.2f} {len(one.hits)} {one.question.kind}: {one.question.text}"
            for one in sorted(answered, key=lambda one: one.ndcg)
        ],
    }
