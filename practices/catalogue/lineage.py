"""The family of a practice or an adaptation, as far as its reader may see it: what the picture of its lineage shows.

The way never leads through a hidden record, so the picture cannot betray one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models.expressions import RawSQL

from practices.access.reader import Reader

from .headlines import Standings
from .models import Record, RecordLink, Relation
from .pictures import LineageNode

LARGEST = 100  # nodes; more would help no reader, and make the page heavy
OTHER_END = "CASE WHEN link.record_id = family.id THEN link.target_id ELSE link.record_id END"


def family_edges(record: Record, reader: Reader) -> list[tuple[int, int]]:
    """(child, parent) of all that descends from what this record descends from; one query, however far that reaches."""
    next_one = Record.objects.published().visible_to(reader).filter(pk=RawSQL(OTHER_END, ())).values("pk")  # noqa: S611 (a constant)
    is_visible, values = next_one.query.sql_with_params()
    links = connection.ops.quote_name(RecordLink._meta.db_table)
    query = f"""
        WITH RECURSIVE family(id) AS (
            SELECT CAST(%s AS bigint)
            UNION
            SELECT {OTHER_END}
            FROM family JOIN {links} link ON link.relation = %s AND (link.record_id = family.id OR link.target_id = family.id)
            WHERE EXISTS ({is_visible})
        ), shown AS (SELECT id FROM family LIMIT {LARGEST})
        SELECT link.record_id, link.target_id FROM {links} link
        JOIN shown child ON child.id = link.record_id JOIN shown parent ON parent.id = link.target_id
        WHERE link.relation = %s ORDER BY link.id
    """  # noqa: S608 (constants and SQL from Django itself)
    relation = Relation.ADAPTED_FROM.value
    with connection.cursor() as cursor:
        cursor.execute(query, [record.pk, relation, *values, relation])
        return cursor.fetchall()


def family_of(
    record: Record, edges: Iterable[tuple[int, int]], cards: Mapping[int, Record], standings: Standings
) -> list[LineageNode]:
    """The nodes of the picture; empty for a record that stands alone."""
    parents: dict[int, list[int]] = defaultdict(list)
    members = {}
    for child, parent in edges:
        parents[child].append(parent)
        members |= {child: cards.get(child), parent: cards.get(parent)}
    records = [each for _pk, each in sorted(members.items()) if each is not None and each.listing]
    standing = standings.of(records)
    return [_node(each, standing.get(each.pk), tuple(parents[each.pk]), each.pk == record.pk) for each in records]


def _node(record: Record, standing, parents: tuple[int, ...], is_here: bool) -> LineageNode:
    shown = record.listing
    country = record.institution.country if record.institution else None
    # A record of the EU as a whole says nothing of where its practice lives.
    place = str(country) if country and country.code != "EU" else ""
    return LineageNode(
        id=record.pk,
        title=shown.title,
        label=standing.status_label if standing else record.get_kind_display(),
        status=standing.status if standing else "",
        place=standing.place if standing else place,
        url=shown.url,
        language=shown.language if shown.is_translated else record.source_language,
        parents=parents,
        is_here=is_here,
    )
