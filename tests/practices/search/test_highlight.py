"""Marks stand on whole words of the original, and nothing of it is trusted as HTML."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from practices.search.highlight import Marker, opening
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.vocabulary import Vocabulary


def marker(typed: str, loosened: bool = False) -> Marker:
    return Marker(make_plan(parse(typed), Vocabulary()).needles(loosened))


def test_any_form_of_a_word_is_marked():
    assert marker("shelter").mark("Shelters & SHELTER") == "<mark>Shelters</mark> &amp; <mark>SHELTER</mark>"


def test_thai_words_are_marked_whole_and_single_cuts_only_where_nothing_better_was_found():
    text = "ผู้เสียหายจากบ้านเสีย"
    assert marker("ผู้เสียหาย").mark(text) == "<mark>ผู้เสียหาย</mark>จากบ้านเสีย"
    assert marker("ผู้เสียหาย", loosened=True).mark(text).count("<mark>") == 2


def test_html_in_a_text_is_shown_as_text():
    marked = marker("script").mark("<script>alert('x')</script>")
    assert "<script>" not in marked
    assert marked.count("<mark>script</mark>") == 2


def test_excerpt_shows_the_place_of_the_match_without_cutting_words():
    text = "เริ่มต้น " + "การทำงานร่วมกัน" * 40 + "ผู้เสียหาย" + "ในประเทศไทย" * 40
    excerpt = marker("ผู้เสียหาย").excerpt(text)
    assert excerpt is not None
    assert "<mark>ผู้เสียหาย</mark>" in excerpt
    assert excerpt.startswith("… ")
    assert excerpt.endswith(" …")
    assert len(excerpt) < 300


def test_excerpt_says_when_there_is_nothing_to_mark():
    assert marker("aid").excerpt("She said nothing") is None
    assert marker("shelter").excerpt("") is None


def test_acronym_is_marked_only_as_it_was_meant():
    assert marker("VoT").mark("VoTs vote") == "<mark>VoTs</mark> vote"


@given(st.text(max_size=300), st.text(max_size=40))
def test_any_text_can_be_marked_for_any_question(text, typed):
    made = marker(typed)
    assert made.mark(text).replace("<mark>", "").replace("</mark>", "") == escape(text)
    made.excerpt(text)
    opening(text)
