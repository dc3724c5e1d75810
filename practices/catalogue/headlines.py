"""The measured results of many records at once, in a line each, for the places that only point at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language

from .models import Kind, Record
from .projection import edition_class

SHOWN = 3


@dataclass(frozen=True)
class Headline:
    text: str
    language: str


@dataclass(frozen=True)
class Standing:
    """What a line about an adaptation says beside its title."""

    status: str = ""
    status_label: str = ""
    place: str = ""
    language: str = ""
    results: tuple[Headline, ...] = ()


class Standings:
    """Of the adaptations that one page speaks of, each fetched once."""

    def __init__(self) -> None:
        self._known: dict[int, Standing] = {}

    def of(self, records: Iterable[Record]) -> dict[int, Standing]:
        self._known |= standings([record for record in records if record.pk not in self._known])
        return self._known


def standings(records: Iterable[Record]) -> dict[int, Standing]:
    """Of the adaptations among these records: one query for the few columns needed, read from raw blocks so that no chooser asks for more."""
    ids = [record.pk for record in records if record.kind == Kind.ADAPTATION]
    model = edition_class(Kind.ADAPTATION)
    if not ids or model is None:
        return {}
    editions: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    columns = ("record_id", "locale__language_code", "record__source_language", "status", "place", "results")
    for row in model.objects.filter(record__in=ids, live=True).order_by("pk").values(*columns):
        editions[row["record_id"]][row["locale__language_code"]] = row
    labels = dict(model._meta.get_field("status").flatchoices)
    return {pk: _standing(by_language, labels) for pk, by_language in editions.items()}


def _standing(by_language: dict[str, dict[str, Any]], labels: dict[str, str]) -> Standing:
    language = (get_language() or "en").split("-")[0]
    first = next(iter(by_language.values()))
    source = by_language.get(first["record__source_language"], first)
    own = by_language.get(language, source)
    is_own_place = bool(own["place"]) and own["place"] != source["place"]
    return Standing(
        status=source["status"],
        status_label=str(labels.get(source["status"], source["status"])),
        place=own["place"] or source["place"],
        language=(own if is_own_place else source)["locale__language_code"],
        results=tuple(_headlines(own, source)),
    )


def _headlines(own: dict[str, Any], source: dict[str, Any]) -> Iterable[Headline]:
    translated = {block["id"]: block["value"] for block in own["results"].raw_data}
    for block in list(source["results"].raw_data)[:SHOWN]:
        value = translated.get(block["id"], block["value"])
        is_own = own is not source and value != block["value"]
        yield Headline(_line(value), (own if is_own else source)["locale__language_code"])


def _line(value: dict) -> str:
    try:
        number = number_format(Decimal(str(value.get("value"))).normalize(), use_l10n=True, force_grouping=True)
    except InvalidOperation:
        return value["indicator"]
    return f"{number} {value.get('unit') or value['indicator']}"
