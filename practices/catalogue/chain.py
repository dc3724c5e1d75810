"""The chain need → seen at → adapted as → result, followed both ways from any record of it, through its reader's eyes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Value, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from practices.access.reader import Reader
from practices.access.rules import State, visible_q

from .headlines import Headline, Standing
from .lineage import family_edges
from .models import Kind, Record, RecordLink, Relation

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
    family: list[tuple[int, int]] = field(
        default_factory=list
    )  # (child, parent): what was adapted from what, near and far
    cards: dict[int, Record] = field(default_factory=dict)  # every record named in the lists and in the family

    def __bool__(self) -> bool:
        return bool(self.cards)


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
    """Four queries, however many records are linked: one for the links, one for the family, two that fetch the cards."""
    ids: dict[str, list[int]] = defaultdict(list)
    directions = []
    for points, here, there in ((True, "record", "target"), (False, "target", "record")):
        first = (
            RecordLink.objects.filter(
                visible_q(reader, f"{there}__"), **{here: record, f"{there}__state": State.PUBLISHED}
            )
            .annotate(rank=Window(RowNumber(), partition_by="relation", order_by=["position", f"-{there}_id"]))
            .filter(rank__lte=SHOWN + 1)
            .order_by()
        )
        directions.append(first.values_list(Value(points), "relation", "rank", f"{there}_id"))
    for points, relation, _rank, other in sorted(directions[0].union(directions[1], all=True)):
        ids[SLOTS[Relation(relation), bool(points)]].append(other)
    family = family_edges(record, reader) if ids["adapted_from"] or ids["adapted_as"] else []
    wanted = {pk for slot in ids.values() for pk in slot[:SHOWN]} | {pk for edge in family for pk in edge}
    cards = Record.objects.filter(pk__in=wanted - {record.pk}).for_cards().in_bulk() if wanted else {}
    return Chain(
        **{slot: [cards[pk] for pk in dict.fromkeys(pks[:SHOWN])] for slot, pks in ids.items()},
        more=frozenset(slot for slot, pks in ids.items() if len(pks) > SHOWN),
        family=family,
        cards=cards,
    )


@dataclass(frozen=True)
class Step:
    """One link of the chain as a page shows it: records, results in words, or a link to a part of this same page."""

    label: str
    records: list[Record] = field(default_factory=list)
    is_here: bool = False
    anchor: str = ""
    results: list[tuple[Headline, str]] = field(default_factory=list)
    empty: str = ""

    @property
    def is_gap(self) -> bool:
        return not (self.records or self.is_here or self.anchor or self.results)


def steps(chain: Chain, kind: str, has_own_results: bool, standings: Mapping[int, Standing]) -> list[Step]:
    """The chain seen at → adapted as → result → discussed, from where a record of this kind stands in it."""
    seen_at = [*chain.seen_at, *(record for record in chain.born_from if record.kind == Kind.STUDY_VISIT)]
    asked = [*chain.needs, *(record for record in chain.born_from if record.kind == Kind.NEED)]
    seen = [*chain.saw, *chain.practices, *(record for record in chain.adapted_from if record.kind == Kind.PRACTICE)]
    adaptations = [
        *(record for record in chain.adapted_from if record.kind == Kind.ADAPTATION),
        *chain.adapted_as,
        *(record for record in chain.led_to if record.kind == Kind.ADAPTATION),
    ]
    results = [
        (headline, record.listing.url)
        for record in adaptations
        if record.pk in standings and record.listing
        for headline in standings[record.pk].results
    ]
    return [
        *([Step(_("Asked for by"), asked)] if asked else []),
        Step(_("Seen at"), seen_at, kind == Kind.STUDY_VISIT, empty=_("No study visit is recorded.")),
        Step(_("Practice"), seen, kind == Kind.PRACTICE, empty=_("No practice is recorded.")),
        Step(_("Adapted as"), adaptations, kind == Kind.ADAPTATION, empty=_("No adaptation is recorded yet.")),
        Step(
            _("Result"),
            anchor="#results" if has_own_results else "",
            results=results,
            empty=_("No result is recorded yet."),
        ),
        Step(_("Discussed"), anchor="#comments"),
    ]
