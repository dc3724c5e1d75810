"""Divides the fine cuts of a Thai question into words, and tells the words that carry no content."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

LONGEST_COMPOUND = 5

# Words that join and point: a question's answer does not hang on them. Stored forms (English ones are stems).
STOP_WORDS = frozenset(
    "a about after all also am an and ani ar are as at be been befor but by can could did do doe for from had has have he "
    "her him his how i if in into is it its may me more most my no not of on or our out over she should so some such than "
    "that the their them then there these they this those to under up us was we were what when where which while who whi "
    "will with would you your "
    "และ หรือ ที่ ซึ่ง อัน ของ ใน จาก โดย ให้ ได้ เป็น คือ มี อยู่ ว่า กับ แก่ แด่ ต่อ เพื่อ ถึง แต่ ก็ จะ ต้อง ควร แล้ว "
    "การ ความ ผู้ นี้ นั้น โน้น ไหน อะไร ใคร อย่างไร ยังไง ทำไม เมื่อ เพราะ ถ้า หาก ด้วย ตาม ระหว่าง ทั้ง ทุก บาง ไม่ ไม่ได้ "
    "ครับ ค่ะ คะ นะ ไหม มั้ย หรือไม่ เคย กำลัง ยัง อีก กัน เอง ขึ้น ลง ไป มา ออก เข้า ไว้ อย่าง เช่น เท่า กว่า มาก".split()
)


@lru_cache(maxsize=1)
def compounds() -> frozenset[str]:
    path = Path(__file__).parent / "data" / "thai_compounds.txt.gz"
    return frozenset(gzip.decompress(path.read_bytes()).decode().split())


def divide(cuts: Sequence[str]) -> list[tuple[str, ...]]:
    """The fewest groups of neighbouring cuts of which each is one cut or a known word."""
    known = compounds()
    # best[i]: (number of groups, start of the last group) for the first i cuts; at a tie the longer last group.
    best: list[tuple[int, int]] = [(0, 0)]
    for end in range(1, len(cuts) + 1):
        options = [(best[end - 1][0] + 1, end - 1)]
        for start in range(max(0, end - LONGEST_COMPOUND), end - 1):
            if "".join(cuts[start:end]) in known:
                options.append((best[start][0] + 1, start))
        best.append(min(options))
    groups: list[tuple[str, ...]] = []
    end = len(cuts)
    while end:
        start = best[end][1]
        groups.append(tuple(cuts[start:end]))
        end = start
    return groups[::-1]
