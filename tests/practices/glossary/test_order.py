"""The alphabet of each language: Thai files a word under its consonant, whatever vowel is written before it."""

import random

import pytest

from practices.glossary.querysets import OTHER, letter_of, order_of

# In the order of the Royal Society's dictionary.
THAI = [
    "กรรม",
    "กระทรวง",
    "การค้ามนุษย์",
    "กำกับ",
    "เก็บ",
    "แกน",
    "ขบวนการ",
    "ข่ม",
    "เขต",
    "ความรุนแรง",
    "คุ้มครอง",
    "เด็ก",
    "ผู้เสียหาย",
    "ฟื้นฟู",
    "แรงงาน",
    "ล่าม",
    "ไว้ใจ",
    "เหยื่อ",
    "อาสา",
]


def test_thai_words_stand_in_dictionary_order():
    assert sorted(random.sample(THAI, len(THAI)), key=lambda word: order_of(word, "th")) == THAI


def test_tone_marks_decide_only_between_words_alike():
    words = ["ขา", "ข่า", "ข้า", "ขาง"]
    assert sorted(random.sample(words, len(words)), key=lambda word: order_of(word, "th")) == words


@pytest.mark.parametrize(
    ("word", "letter"),
    [
        ("เหยื่อ", "ห"),
        ("ไร้บ้าน", "ร"),
        ("แรงงาน", "ร"),
        ("ฤดู", "ฤ"),
        ("housing first", "H"),
        ("éducation", "E"),
        ("3P", OTHER),
        ("", OTHER),
        ("“quoted”", "Q"),
    ],
)
def test_letter_of_a_word(word, letter):
    assert letter_of(word) == letter


def test_the_script_of_the_reader_comes_first():
    words = ["Zebra", "กรรม", "abc"]
    assert sorted(words, key=lambda word: order_of(word, "th")) == ["กรรม", "abc", "Zebra"]
    assert sorted(words, key=lambda word: order_of(word, "en")) == ["abc", "Zebra", "กรรม"]
