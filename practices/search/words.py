"""Divides the fine cuts of a Thai question into words, and tells the words that carry no content."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

LONGEST_COMPOUND = 5

# Words that join and point: a question's answer does not hang on them. Stored forms (English ones are stems).
_DATA = Path(__file__).parent / "data"
STOP_WORDS = frozenset((_DATA / "stop_words.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def compounds() -> frozenset[str]:
    packed = (_DATA / "thai_compounds.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode().split())


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
