"""What is kept of what people type, and in which language it is taken to be."""

import pytest

from exchange.typed import language_of, tidy


def test_unseen_characters_go_and_words_stay():
    assert tidy("  a\x00b\u202ec\r\nd ผู้  ") == "abc\nd ผู้"


@pytest.mark.parametrize(
    ("text", "page", "language"),
    [
        ("Hello", "en", "en"),
        ("Hello", "th", "en"),
        ("สวัสดีค่ะ", "en", "th"),
        ("DSDW ตอบแล้วค่ะ", "en", "th"),
        ("123", "th", "th"),
    ],
)
def test_language_follows_the_letters(text, page, language):
    assert language_of(text, page) == language
