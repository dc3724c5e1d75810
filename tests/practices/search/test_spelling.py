"""A slip is mended by a word that records use, a wrong keyboard is noticed, and neither is offered where it finds nothing."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.access.rules import Visibility
from practices.search import registry
from practices.search.layout import _LATIN, _THAI, other_layout
from practices.search.registry import Synonyms
from practices.search.spelling import Lexicon, skeleton_of


def offered(client, typed: str, language: str = "en", **more: str) -> tuple[str, dict[str, list[str]]]:
    """The text of the offer, and the question that its link asks; empty where nothing is offered."""
    html = client.get(f"/{language}/search/?{urlencode({'q': typed, **more})}").content.decode()
    found = re.search(r'class="did-you-mean" role="status">.*?<a href="([^"]*)"[^>]*><strong>(.*?)</strong>', html)
    return (unescape(found[2]), parse_qs(urlsplit(unescape(found[1])).query)) if found else ("", {})


@pytest.mark.parametrize(
    ("slip", "word"),
    [
        ("repatration", "repatriation"),
        ("Repatraition", "repatriation"),
        ("สายดวน", "สายด่วน"),
        ("สายด้วน", "สายด่วน"),
        ("แก๊งคอลเซนเตอร์", "แก๊งคอลเซ็นเตอร์"),
        ("จิตแพท", "จิตแพทย์"),
        ("เด็กขอทาณ", "เด็กขอทาน"),
        ("ประชุมเคศ", "ประชุมเคส"),
    ],
)
def test_a_slip_is_nearest_to_the_word_that_was_meant(slip, word):
    words = ["repatriation", "reparation", "สายด่วน", "สายไฟ", "แก๊งคอลเซ็นเตอร์", "จิตแพทย์", "จิตใจ", "เด็กขอทาน", "ประชุมเคส"]
    assert Lexicon.of(words, []).nearest(slip)[0] == word


def test_a_skeleton_has_no_tone_marks():
    assert skeleton_of("สายด่วน") == skeleton_of("สายดวน")
    assert skeleton_of("ผู้เสียหาย") == skeleton_of("ผู่เสียหาย")


@given(st.text(max_size=30))
def test_no_text_makes_the_lexicon_fail(text):
    lexicon = Lexicon.of(["สายด่วน", "shelter", text], [text])
    assert len(lexicon.nearest(text)) <= 3


def test_the_unknown_word_alone_is_mended_and_filters_are_kept(client, records):
    record = records.put({"en": "Repatriation of children"}, facets={"topic": ["return"]})
    assert offered(client, "children repatration", topic="return") == (
        "children repatriation",
        {"q": ["children repatriation"], "topic": ["return"]},
    )
    assert offered(client, "children repatriation") == ("", {})
    records.take_away(record)
    assert offered(client, "children repatration") == ("", {})


def test_a_thai_slip_in_a_longer_text_is_mended(client, records):
    records.put({"th": "สายด่วนช่วยเหลือ"})
    assert offered(client, "สายดวน", "th")[0] == "สายด่วน"
    assert offered(client, "สายดวนช่วยเหลือ", "th")[0] == "สายด่วนช่วยเหลือ"


def test_a_term_of_the_glossary_is_offered_only_if_it_finds_a_record(client, records):
    registry.register_expansions(lambda: [Synonyms("h", [("en", "helpline"), ("th", "สายด่วน")])])
    assert offered(client, "helplne") == ("", {})
    records.put({"th": "สายด่วน 24 ชั่วโมง"})
    assert offered(client, "helpine")[0] == "helpline"


def test_a_hidden_word_is_neither_offered_nor_betrayed(client, records):
    records.put({"en": "Clandestine"}, visibility=Visibility.MEMBERS)
    assert offered(client, "clandestne") == ("", {})
    records.put({"en": "Clandestino"})
    # The reader may not see the record that has this very word, so it is as unknown as any other.
    assert offered(client, "clandestine")[0] == "clandestino"


@pytest.mark.parametrize("typed", ["l;ylfu", "้นีหรืเ ดรพหะ"])
def test_the_wrong_keyboard_is_noticed_both_ways(client, records, typed):
    records.put({"th": "สวัสดีครับ", "en": "Housing first"})
    meant = {"l;ylfu": "สวัสดี", "้นีหรืเ ดรพหะ": "housing first"}[typed]
    assert offered(client, typed, "th")[0] == meant


def test_ordinary_words_are_not_taken_for_the_other_keyboard(client, records):
    records.put({"th": "สวัสดีครับ", "en": "Housing first"})
    for typed in ("tiger", "hello world", "โรงเรียน", "a", ";;;", "COVID-19"):
        assert offered(client, typed) == ("", {}), typed


@given(st.text(st.sampled_from(_LATIN), min_size=3))
def test_each_key_has_one_sign_on_the_other_keyboard(typed):
    assert len(set(_LATIN)) == len(_LATIN) == len(_THAI)
    assert len(other_layout(typed)) in (0, len(typed))
