"""Puts the records that match in order: all of them by weight with the title counting five times, the best by BM25F."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from pyroaring import BitMap

from ..idsets import as_array
from .matching import TITLE_WEIGHT, Feature, Saying

# Read and counted again, token by token.
RERANKED = 100
K1, B_TITLE, B_BODY = 1.2, 0.5, 0.75
# Decides only between records that match alike.
TIE = 0.01


def first_stage(
    ids: np.ndarray,
    features: Sequence[Feature],
    size: int,
    tie: np.ndarray,
    kinds: Sequence[tuple[BitMap, float]] = (),
) -> np.ndarray:
    """Scores of `ids`, from the sets alone. `kinds`: the records of a kind that weighs less than others, and how much."""
    scores = np.zeros(size, dtype=np.float32)
    for feature in features:
        scores[as_array(feature.posting.everywhere)] += feature.weight
        if feature.posting.titles:
            scores[as_array(feature.posting.titles)] += (TITLE_WEIGHT - 1) * feature.weight
    for light, weight in kinds:
        scores[as_array(light)] *= weight
    return scores[ids].astype(np.float64) + TIE * tie[ids]  # in short floats, what is new would be lost beside a score


def best_first(ids: np.ndarray, scores: np.ndarray, wanted: int) -> np.ndarray:
    """The `wanted` best of `ids` in order; the whole is sorted only when a deep page asks for it."""
    if wanted < len(ids) // 4:
        # With all that score as the last of them does: a partition takes any of those, and the order below decides.
        near = np.flatnonzero(scores >= -np.partition(-scores, wanted - 1)[wanted - 1])
        ids, scores = ids[near], scores[near]
    return ids[np.lexsort((-ids.astype(np.int64), -scores))][:wanted]


def most_used_first(ids: np.ndarray, usefulness: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """All of `ids` by how many used them; the newest first among those used alike."""
    return ids[np.lexsort((-ids.astype(np.int64), -changed[ids], -usefulness[ids]))]


def bm25f(
    texts: Mapping[int, tuple[str, str]],
    sayings: Sequence[Saying],
    tie: np.ndarray | Mapping[int, float],
    kinds: Mapping[int, float],
) -> list[int]:
    """Record ids in order, from their stored titles and bodies. `kinds`: what a record’s kind weighs, where that is not 1."""
    needles = [(list(_needles(saying)), saying.weight) for saying in sayings]
    # Every token with its own space on both sides, so that neighbours are both counted.
    spaced = {
        key: (f" {title.replace(' ', '  ')} ", f" {body.replace(' ', '  ')} ") for key, (title, body) in texts.items()
    }
    mean_title = sum(len(title) for title, _ in spaced.values()) / max(len(spaced), 1)
    mean_body = sum(len(body) for _, body in spaced.values()) / max(len(spaced), 1)
    scores: dict[int, float] = {}
    for key, (title, body) in spaced.items():
        in_title = TITLE_WEIGHT / (1 - B_TITLE + B_TITLE * len(title) / mean_title)
        in_body = 1 / (1 - B_BODY + B_BODY * len(body) / mean_body)
        score = 0.0
        for ways, weight in needles:
            seen = sum(
                share * (title.count(needle) * in_title + body.count(needle) * in_body) for needle, share in ways
            )
            if seen:
                score += weight * seen / (K1 + seen)
        scores[key] = score * kinds.get(key, 1.0) + TIE * float(tie[key])
    return sorted(scores, key=lambda key: (-scores[key], -key))


def _needles(saying: Saying) -> Iterator[tuple[str, float]]:
    for unit, share in saying.ways:
        yield " " + "  ".join(unit.cuts) + ("" if unit.prefix else " "), share
        if unit.other and not unit.other_if_unknown:
            yield f" {unit.other} ", share
