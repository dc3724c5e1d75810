"""The judged set stays what it was when it was judged, is large and varied enough, and is measured rightly."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from .__main__ import failures
from .invented import invented, topics
from .judged import digest, questions
from .measures import Answered, figures, ndcg

FROZEN = Path(__file__).with_name("frozen.sha256")


def test_the_set_is_frozen():
    """Whoever judges anew writes the new digest: `python -m tests.relevance.freeze`. Never to please an engine."""
    assert digest() == FROZEN.read_text().strip()


def test_there_are_enough_questions_of_every_kind_in_both_languages():
    by_language = Counter(one.language for one in questions())
    assert min(by_language["en"], by_language["th"]) >= 60
    kinds = {language: {one.kind for one in questions() if one.language == language} for language in by_language}
    assert kinds["en"] >= {"word", "words", "sentence", "misspelt", "acronym", "cross", "colloquial"}
    assert kinds["th"] >= {
        "word",
        "compound",
        "unspaced",
        "sentence",
        "misspelt",
        "acronym",
        "mixed",
        "cross",
        "colloquial",
    }
    assert len({(one.language, one.text) for one in questions()}) == len(questions())


def test_every_question_has_an_answer_and_every_name_in_it_exists():
    keys = {row.key for row in invented()}
    names = set().union(*(row.answers_to for row in invented()))
    for one in questions():
        assert max(one.grades.values()) >= 2, one.text
        assert all(key in keys or key.startswith(("case:", "term:")) for key in one.grades)
    assert names >= set(topics())


def test_every_invented_record_says_that_it_is_an_example():
    for row in invented():
        assert all("(example" in title or "(ตัวอย่าง" in title for title in row.titles.values())
    assert len(invented()) >= 250
    assert Counter(frozenset(row.titles) for row in invented()).keys() == {
        frozenset({"en"}), frozenset({"th"}), frozenset({"en", "th"})
    }  # fmt: skip


def test_ndcg_is_one_for_the_ideal_order_and_falls_with_each_exchange():
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c", "x"], grades) == pytest.approx(1)
    assert ndcg(["b", "a", "c"], grades) == pytest.approx((3 + 7 / 1.5849625 + 1 / 2) / (7 + 3 / 1.5849625 + 1 / 2))
    assert ndcg(["x", "y"], grades) == 0


def test_a_missed_bar_is_told():
    nothing = figures([Answered(one, []) for one in questions()])
    told = "\n".join(failures({"embedded": nothing}))
    assert "nDCG@10 0.000" in told
    assert "finds nothing for ล่าม" in told
    perfect = figures([Answered(one, sorted(one.grades, key=lambda key: -one.grades[key])) for one in questions()])
    assert perfect["ndcg"] == pytest.approx(1)
    assert [*failures({"embedded": perfect})] == []
    assert "more than 0.05" in "\n".join(failures({"embedded": nothing, "elasticsearch": perfect}))
