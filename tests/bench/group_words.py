"""What analysis and "did you mean" cost, in this process: shares of ICU's bare speed, and of a budget for 20,000 words."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

from .figures import Figure, p95
from .samples import Plan

WORDS = 20_000
DID_YOU_MEAN_MS = 5.0


def measure(plan: Plan) -> Iterator[Figure]:
    yield _analysis(plan)
    yield _spelling(plan)


def _best(run: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return min(times)


def _analysis(plan: Plan) -> Figure:
    """Characters a second of Thai without a space, against ICU giving the words and their places and nothing else."""
    from icu4py.breakers import WordBreaker

    from exchange.demo.sample.words import SENTENCES
    from practices.search.analysis import tokens

    text = "".join(thai for _, thai in random.Random(1).choices(SENTENCES, k=400))
    bare = _best(lambda: [(text[a:b], a, b) for a, b in WordBreaker(text, "th").segments()], plan.pairs)
    ours = _best(lambda: tokens(text), plan.pairs)
    share = bare / ours
    return Figure(
        "analysis against bare ICU",
        share,
        f"{share:.2f} ({len(text) / ours / 1e6:.1f} of {len(text) / bare / 1e6:.1f} million characters a second)",
        "≥ 0.5",
        share >= 0.5,
    )


def _spelling(plan: Plan) -> Figure:
    """Looking up what a slip may have meant: a letter or a mark left out of one of 20,000 words."""
    from practices.search.spelling import Lexicon, Slip, mended
    from practices.search.words import compounds

    rng = random.Random(2)
    thai = rng.sample(sorted(compounds()), WORDS // 2)
    syllables = [
        "ba",
        "con",
        "der",
        "fi",
        "gra",
        "ho",
        "lin",
        "mo",
        "ter",
        "pra",
        "sus",
        "tion",
        "vel",
        "war",
        "ex",
        "un",
    ]
    latin = ["".join(rng.choices(syllables, k=4)) for _ in range(WORDS // 2)]
    lexicon = Lexicon.of([*thai, *latin], [])
    times = []
    for word in rng.sample([*thai, *latin], 20 * plan.pairs):
        place = rng.randrange(len(word))
        slip = word[:place] + word[place + 1 :]
        start = time.process_time()
        mended(lexicon, Slip(0, len(slip), slip, ()))
        times.append((time.process_time() - start) * 1000)
    slowest = p95(times)
    return Figure(
        f"did you mean, p95, {len(lexicon.words):,} words",
        slowest,
        f"{slowest:.1f} ms",
        f"≤ {DID_YOU_MEAN_MS:g} ms",
        slowest <= DID_YOU_MEAN_MS,
    )
