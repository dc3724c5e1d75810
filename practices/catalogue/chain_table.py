"""The whole chain as a table, one row for each adaptation or for each practice that nobody has adapted: what a case study shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from practices.access.reader import Reader
from practices.access.rules import State, visible_q

from .headlines import Standing, Standings
from .models import Kind, Record, RecordLink, Relation


@dataclass(frozen=True)
class ChainRow:
    seen_at: list[Record]
    practices: list[Record]
    adaptation: Record | None
    standing: Standing | None


def chain_rows(records: Iterable[Record], reader: Reader, standings: Standings) -> list[ChainRow]:
    """Five queries at most, however many records there are."""
    records = list(records)
    adaptations = [record for record in records if record.kind == Kind.ADAPTATION]
    practices = {record.pk: record for record in records if record.kind == Kind.PRACTICE}
    outward = _links(
        reader, {record.pk for record in adaptations}, "record", [Relation.ADAPTED_FROM, Relation.BORN_FROM]
    )
    parents = {adaptation.pk: outward[adaptation.pk, Relation.ADAPTED_FROM] for adaptation in adaptations}
    wanted = set(practices) | {pk for pks in parents.values() for pk in pks}
    seen = _links(reader, wanted, "target", [Relation.OBSERVED])
    others = wanted | {pk for pks in [*outward.values(), *seen.values()] for pk in pks}
    cards = Record.objects.filter(pk__in=others - set(practices)).for_cards().in_bulk() | practices
    standing = standings.of(adaptations)

    def row(adaptation: Record | None, practice_ids: list[int]) -> ChainRow:
        born = outward[adaptation.pk, Relation.BORN_FROM] if adaptation else []
        visits = [pk for practice in practice_ids for pk in seen[practice, Relation.OBSERVED]] + born
        visits = [pk for pk in dict.fromkeys(visits) if cards[pk].kind == Kind.STUDY_VISIT]
        return ChainRow(
            seen_at=[cards[pk] for pk in visits],
            practices=[cards[pk] for pk in practice_ids],
            adaptation=adaptation,
            standing=standing.get(adaptation.pk) if adaptation else None,
        )

    adapted = {pk for pks in parents.values() for pk in pks}
    return [row(adaptation, parents[adaptation.pk]) for adaptation in adaptations] + [
        row(None, [pk]) for pk in practices if pk not in adapted
    ]


def _links(reader: Reader, ids: set[int], here: str, relations: list[Relation]) -> dict[tuple[int, str], list[int]]:
    there = "target" if here == "record" else "record"
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    if ids:
        rows = RecordLink.objects.filter(
            visible_q(reader, f"{there}__"),
            **{f"{here}__in": ids, f"{there}__state": State.PUBLISHED},
            relation__in=relations,
        )
        for mine, relation, other in rows.values_list(f"{here}_id", "relation", f"{there}_id"):
            found[mine, relation].append(other)
    return found
