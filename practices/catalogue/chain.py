"""The chain need → seen at → adapted as → result, followed both ways from any record of it, through its reader's eyes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Window
from django.db.models.functions import RowNumber

from practices.access.reader import Reader
from practices.access.rules import State, visible_q

from .models import Record, RecordLink, Relation

SHOWN = 12  # of one kind of link; more are reached through the list that the page links to


@dataclass(frozen=True)
class Chain:
    """Records by how they stand to this one; each list holds `Record`s ready for cards."""

    seen_at: list[Record] = field(default_factory=list)
    saw: list[Record] = field(default_factory=list)
    adapted_from: list[Record] = field(default_factory=list)
    adapted_as: list[Record] = field(default_factory=list)
    born_from: list[Record] = field(default_factory=list)
    led_to: list[Record] = field(default_factory=list)
    belongs_to: list[Record] = field(default_factory=list)
    includes: list[Record] = field(default_factory=list)
    told_in: list[Record] = field(default_factory=list)
    tells_of: list[Record] = field(default_factory=list)
    needs: list[Record] = field(default_factory=list)
    workshops: list[Record] = field(default_factory=list)
    practices: list[Record] = field(default_factory=list)
    more: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return any(value for name, value in vars(self).items() if name != "more")


# (relation, is this record the one that points) → the list it fills
SLOTS = {
    (Relation.OBSERVED, True): "saw",
    (Relation.OBSERVED, False): "seen_at",
    (Relation.ADAPTED_FROM, True): "adapted_from",
    (Relation.ADAPTED_FROM, False): "adapted_as",
    (Relation.BORN_FROM, True): "born_from",
    (Relation.BORN_FROM, False): "led_to",
    (Relation.UNDER, True): "belongs_to",
    (Relation.UNDER, False): "includes",
    (Relation.TELLS_OF, True): "tells_of",
    (Relation.TELLS_OF, False): "told_in",
    (Relation.ANSWERS, True): "needs",
    (Relation.ANSWERS, False): "workshops",
    (Relation.USES, True): "practices",
    (Relation.USES, False): "workshops",
    (Relation.SUGGESTS, True): "practices",
    (Relation.SUGGESTS, False): "needs",
}


def chain_of(record: Record, reader: Reader) -> Chain:
    """Four queries, however many records are linked: one for each direction, two that fetch the cards."""
    ids: dict[str, list[int]] = defaultdict(list)
    for points, here, there in ((True, "record", "target"), (False, "target", "record")):
        first = (
            RecordLink.objects.filter(
                visible_q(reader, f"{there}__"), **{here: record, f"{there}__state": State.PUBLISHED}
            )
            .annotate(rank=Window(RowNumber(), partition_by="relation", order_by=["position", f"-{there}_id"]))
            .filter(rank__lte=SHOWN + 1)
            .order_by("relation", "rank")
        )
        for relation, other in first.values_list("relation", f"{there}_id"):
            ids[SLOTS[Relation(relation), points]].append(other)
    wanted = {pk for slot in ids.values() for pk in slot[:SHOWN]}
    cards = Record.objects.filter(pk__in=wanted).for_cards().in_bulk() if wanted else {}
    return Chain(
        **{slot: [cards[pk] for pk in dict.fromkeys(pks[:SHOWN])] for slot, pks in ids.items()},
        more=frozenset(slot for slot, pks in ids.items() if len(pks) > SHOWN),
    )
