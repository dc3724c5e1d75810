"""The questions and how well each record answers them: by meaning, 0 to 3, the best reason counting.

A record that is written in the other language only answers one grade less.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from .invented import as_json, invented, read, topics

# What a reader of the other language must be able to find.
WORTH_FINDING = 2
TERM = 2  # a definition in the glossary answers a question about its topic half


@dataclass(frozen=True)
class Question:
    text: str
    language: str
    kind: str
    # By the key of a record: of an invented one, `case:key` of the real case, `term:code` of the glossary.
    grades: Mapping[str, int]

    @property
    def foreign(self) -> frozenset[str]:
        """Answers that are written in the other language only."""
        elsewhere = {row.key for row in invented() if self.language not in row.titles}
        return frozenset(key for key, grade in self.grades.items() if grade >= WORTH_FINDING and key in elsewhere)


@lru_cache(maxsize=1)
def questions() -> tuple[Question, ...]:
    return tuple(
        Question(row["q"], language, row["class"], _grades(row["wants"], language))
        for language, rows in read("queries.yaml").items()
        for row in rows
    )


def _grades(wants: Mapping[str, int], language: str) -> dict[str, int]:
    grades: dict[str, int] = {}

    def give(key: str, grade: int) -> None:
        grades[key] = max(grade, grades.get(key, 0))

    for record in invented():
        for name in record.answers_to & set(wants):
            give(record.key, wants[name] if language in record.titles else max(wants[name] - 1, 1))
    for name, grade in wants.items():
        if ":" in name:
            give(name, grade)
        topic = topics().get(name, {})
        for code in topic.get("terms", ()):
            give(f"term:{code}", min(grade, TERM))
        for key, fits in topic.get("case", {}).items():
            give(f"case:{key}", min(grade, fits))
    return grades


def digest() -> str:
    """Of everything that was judged: records, questions, grades."""
    asked = [[one.language, one.kind, one.text, dict(sorted(one.grades.items()))] for one in questions()]
    judged = as_json() + json.dumps(asked, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(judged.encode()).hexdigest()
