"""Gathers the family of a practice or an adaptation, as far as its reader may see it, for the picture of its lineage."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Q

from practices.access.reader import Reader
from practices.access.rules import State, visible_q

from .chain import Chain
from .headlines import Standings
from .models import Record, RecordLink, Relation
from .pictures import LineageNode

LARGEST = 500  # nodes; more would help no reader


def family_of(record: Record, reader: Reader, chain: Chain, standings: Standings) -> list[LineageNode]:
    """Parents and children at every distance; a query for each step away. Empty for a record that stands alone.

    The way never leads through a hidden record, so the picture cannot betray one. What the page's chain has fetched is used.
    """
    near_by = {each.pk: each for each in [record, *chain.adapted_from, *chain.adapted_as]}
    if len(near_by) == 1:
        return []
    parents: dict[int, list[int]] = defaultdict(list)
    frontier = {record.pk}
    if not chain.more & {"adapted_from", "adapted_as"}:  # then the chain knows the first step whole
        parents[record.pk] = [each.pk for each in chain.adapted_from]
        for child in chain.adapted_as:
            parents[child.pk].append(record.pk)
        frontier = near_by.keys() - {record.pk}
    members = {record.pk} | frontier
    visible = RecordLink.objects.filter(
        visible_q(reader, "record__"),
        visible_q(reader, "target__"),
        relation=Relation.ADAPTED_FROM,
        record__state=State.PUBLISHED,
        target__state=State.PUBLISHED,
    )
    while frontier and len(members) < LARGEST:
        found: set[int] = set()
        near = visible.filter(Q(record__in=frontier) | Q(target__in=frontier)).order_by("pk")
        for child, parent in near.values_list("record_id", "target_id")[: LARGEST * 2]:
            if parent not in parents[child]:
                parents[child].append(parent)
            found |= {child, parent}
        frontier = found - members
        members = members | frontier
    shown = sorted(members)[:LARGEST]
    missing = [pk for pk in shown if pk not in near_by]
    cards = near_by | (Record.objects.filter(pk__in=missing).for_cards().in_bulk() if missing else {})
    records = [cards[pk] for pk in shown]
    standing = standings.of(records)
    return [
        _node(each, standing.get(each.pk), tuple(parents[each.pk]), each.pk == record.pk)
        for each in records
        if each.listing
    ]


def _node(record: Record, standing, parents: tuple[int, ...], is_here: bool) -> LineageNode:
    shown = record.listing
    country = record.institution.country if record.institution else ""
    return LineageNode(
        id=record.pk,
        title=shown.title,
        label=standing.status_label if standing else record.get_kind_display(),
        status=standing.status if standing else "",
        place=standing.place if standing else str(country),
        url=shown.url,
        language=shown.language if shown.is_translated else record.source_language,
        parents=parents,
        is_here=is_here,
    )
