"""Thai words stay whole on a line, and nothing but the text of a page is touched."""

from __future__ import annotations

import re

import pytest
from config.thai_words import LONGEST, ThaiWordsMiddleware, keep_words_whole
from django.http import HttpResponse, JsonResponse
from hypothesis import given
from hypothesis import strategies as st

WORDS = ["ผู้เสียหาย", "ความร่วมมือ", "เจ้าหน้าที่", "ตัวบ่งชี้", "ที่อยู่อาศัย"]


@pytest.mark.parametrize("word", WORDS)
def test_word_of_several_cuts_is_held_together(word):
    assert keep_words_whole(f"<p>{word}</p>") == f'<p><span class="w">{word}</span></p>'


@pytest.mark.parametrize(
    "html",
    [
        '<img alt="ผู้เสียหาย">',
        "<title>ผู้เสียหาย</title>",
        "<option value='x'>ผู้เสียหาย</option>",
        "<textarea>\nผู้เสียหาย <b></textarea>",
        '<script type="application/json">"ผู้เสียหาย"</script>',
        "<svg><text>ผู้เสียหาย</text></svg>",
        "<!-- ผู้เสียหาย -->",
        "<p>Victims of trafficking</p>",
    ],
)
def test_what_is_no_running_thai_text_stays_as_it_is(html):
    assert keep_words_whole(html) == html


def test_mark_inside_a_word_stays_where_it_is():
    assert keep_words_whole("<mark>ผู้เสียหาย</mark>จาก") == '<mark><span class="w">ผู้เสียหาย</span></mark>จาก'


@given(st.lists(st.sampled_from([*WORDS, "การ", "า", "ำ", "ๆ", "ฯ", "่", "x", " ", "&amp;"]), max_size=30).map("".join))
def test_text_reads_the_same_after_it(text):
    held = keep_words_whole(f"<p>{text}</p>")
    assert re.sub(r'<span class="w">(.*?)</span>', r"\1", held) == f"<p>{text}</p>"
    assert all(1 < len(word) <= LONGEST for word in re.findall(r'<span class="w">(.*?)</span>', held))


def test_pages_are_served_with_whole_words_and_the_editor_is_left_alone(rf):
    served = ThaiWordsMiddleware(lambda request: HttpResponse("<p>ผู้เสียหาย</p>"))
    assert 'class="w"' in served(rf.get("/th/")).content.decode()
    assert served(rf.get("/admin/pages/")).content.decode() == "<p>ผู้เสียหาย</p>"


def test_length_that_was_said_before_is_said_anew(rf):
    answer = HttpResponse("<p>ผู้เสียหาย</p>")
    answer.headers["Content-Length"] = str(len(answer.content))
    served = ThaiWordsMiddleware(lambda request: answer)(rf.get("/th/"))
    assert int(served.headers["Content-Length"]) == len(served.content) > len("<p>ผู้เสียหาย</p>".encode())


def test_other_answers_are_left_alone(rf):
    served = ThaiWordsMiddleware(lambda request: JsonResponse({"title": "ผู้เสียหาย"}))
    assert served(rf.get("/th/")).content == JsonResponse({"title": "ผู้เสียหาย"}).content
