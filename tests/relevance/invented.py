"""The invented records of the judged set: five for each topic, in one language or both, each saying that it is an example."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
PER_TOPIC = 5
# Which languages the records of a topic have, and which of its aspects (by place, as many as it has).
_LANGUAGES = (("en", "th"), ("en",), ("th",), ("en", "th"), ("en", "th"))
_ASPECTS = ((0, 1), (1, 2), (0, 2), (2, 3), (0, 3))
_PLACES = (
    ("border town", "เมืองชายแดน"),
    ("harbour", "เมืองท่า"),
    ("capital", "เมืองหลวง"),
    ("northern province", "จังหวัดภาคเหนือ"),
    ("island", "เกาะ"),
)


@dataclass(frozen=True)
class Invented:
    """One record, and by which names the questions may ask for it: its topic, `topic/aspect`, `@mention`."""

    key: str
    answers_to: frozenset[str]
    titles: dict[str, str]
    bodies: dict[str, str]

    def only(self, languages: tuple[str, ...]) -> Invented:
        texts = (
            {code: text for code, text in by_code.items() if code in languages}
            for by_code in (self.titles, self.bodies)
        )
        return Invented(self.key, self.answers_to, *texts)


def read(name: str) -> Any:
    return yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def topics() -> dict[str, dict[str, Any]]:
    return {topic["key"]: topic for topic in read("topics.yaml")}


@lru_cache(maxsize=1)
def invented() -> tuple[Invented, ...]:
    return tuple(_records())


def _records() -> Iterator[Invented]:
    mentions = list(read("mentions.yaml").items())
    for number, (key, topic) in enumerate(topics().items()):
        aspects = list(topic["aspects"].items())
        for variant in range(PER_TOPIC):
            chosen = [aspects[place % len(aspects)] for place in _ASPECTS[variant]]
            mention, mentioned = mentions[(number * 3 + variant) % len(mentions)]
            # A topic of other things mentions nothing of ours.
            extra = [] if topic.get("trap") else [mentioned]
            sentences = [topic["lead"], *(text for _, text in chosen), *extra]
            place = _PLACES[(number + variant) % len(_PLACES)]
            names = {key, *(f"{key}/{aspect}" for aspect, _ in chosen)}
            yield Invented(
                key=f"{key}-{variant + 1}",
                answers_to=frozenset(names if topic.get("trap") else {*names, f"@{mention}"}),
                titles={
                    "en": f"{topic['title'][0]} – {place[0]} (example {variant + 1})",
                    "th": f"{topic['title'][1]} – {place[1]} (ตัวอย่าง {variant + 1})",
                },
                bodies={"en": " ".join(pair[0] for pair in sentences), "th": " ".join(pair[1] for pair in sentences)},
            ).only(_LANGUAGES[(number + variant) % len(_LANGUAGES)])


def as_json() -> str:
    rows = [[row.key, sorted(row.answers_to), row.titles, row.bodies] for row in invented()]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True)
