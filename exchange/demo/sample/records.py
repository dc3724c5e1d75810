"""One sample record, as plain values for its rows; nothing here touches the database."""

from __future__ import annotations

import json
import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from practices.catalogue.models import Kind

from .words import GROUPS, METHODS, SETTINGS, paragraph, zipf

FIRST_DAY = datetime(2015, 1, 1, tzinfo=UTC)
DAYS = 4000


@dataclass
class SampleRecord:
    """`texts`: {language: {field: value}}; `facts`: the same in both; `many`: {field: [primary keys]}."""

    kind: Kind
    uuid: uuid.UUID
    source_language: str
    visibility: str
    published: datetime
    texts: dict[str, dict[str, Any]]
    facts: dict[str, Any]
    many: dict[str, list[int]] = field(default_factory=dict)
    parent: int | None = None  # position, in this run, of the record it is adapted from


@dataclass(frozen=True)
class Concepts:
    """Primary keys to choose from."""

    pillars: list[int]
    topics: list[int]
    target_groups: list[int]
    thailand: int
    eu_countries: list[int]
    provinces: list[int]


def make_record(number: int, seed: int, concepts: Concepts, parent: int | None) -> SampleRecord:
    """The record with this number; the same for the same seed, whatever was made before it."""
    rng = random.Random(f"{seed}:{number}")
    method, group, setting = zipf(rng, METHODS), zipf(rng, GROUPS), rng.choice(SETTINGS)
    titles = {
        "en": f"{method[0]} {group[0]} {setting[0]} ({number})",
        "th": f"{method[1]}{group[1]}{setting[1]} ({number})",
    }
    summary, detail = paragraph(rng, 4), paragraph(rng, 8)
    block = {"type": "lessons", "id": str(uuid.UUID(int=rng.getrandbits(128), version=4))}
    texts: dict[str, dict[str, Any]] = {}
    for index, language in enumerate(("en", "th")):
        texts[language] = {
            "title": titles[language],
            "one_line": paragraph(rng, 1)[index][:190],
            "summary": summary[index],
            "detail": json.dumps([{**block, "value": f"<p>{detail[index]}</p>"}], ensure_ascii=False),
        }
    published = FIRST_DAY + timedelta(minutes=rng.randrange(DAYS * 24 * 60))
    roll = rng.random()
    record = SampleRecord(
        kind=Kind.ADAPTATION if parent is not None else Kind.PRACTICE,
        uuid=uuid.UUID(int=rng.getrandbits(128), version=4),
        source_language=rng.choice(["en", "th"]),
        visibility="public" if roll < 0.95 else "members" if roll < 0.98 else "institution",
        published=published,
        texts=texts,
        facts={"start": f"{published.year}", "end": "", "pillar_id": zipf(rng, concepts.pillars), "is_example": True},
        many={
            "topics": sorted({zipf(rng, concepts.topics) for _ in range(rng.choice([1, 1, 2, 3]))}),
            "target_groups": [zipf(rng, concepts.target_groups)],
        },
        parent=parent,
    )
    at_home = rng.random() < 0.6 or parent is not None
    record.facts["country_id"] = concepts.thailand if at_home else rng.choice(concepts.eu_countries)
    province = rng.choice(concepts.provinces) if at_home and rng.random() < 0.7 else None
    if record.kind == Kind.PRACTICE:
        record.facts |= {
            "origin": "thailand" if at_home else "eu",
            "province_id": province,
            "status": rng.choice(["running", "ended", "planned"]),
            "level": rng.choice(["local", "provincial", "national"]),
        }
        _for_each(record, "consent_statement", ("Everyone concerned agreed.", "ทุกคนที่เกี่ยวข้องยินยอมแล้ว"))
    else:
        record.facts["status"] = rng.choice(["idea", "decided", "pilot", "running", "stopped", "scaled"])
        record.many["provinces"] = [province] if province else []
        _for_each(record, "advice", paragraph(rng, 2))
        _for_each(record, "place", setting)
    return record


def _for_each(record: SampleRecord, name: str, pair: tuple[str, str]) -> None:
    for language, value in zip(("en", "th"), pair, strict=True):
        record.texts[language][name] = value
