"""Reads of the search's rows. Whether a reader may see a record is always asked of `practices.access`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Aggregate, F, TextField
from pyroaring import BitMap

from practices.access.rules import can_view, visible_q

from .idsets import parse_ids

if TYPE_CHECKING:
    from practices.access.reader import Reader

    from .models import SearchRecord


class IdList(Aggregate):
    """All ids in one value: a third of the time that a row for each takes."""

    function = "GROUP_CONCAT"
    output_field = TextField()
    template = "%(function)s(%(expressions)s)"

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, function="STRING_AGG", template="%(function)s(%(expressions)s::text, ',')", **extra
        )


# What `can_view` asks of a record, and what a list shows of it beside the search's own columns.
_RECORD = [
    "record__code",
    "record__state",
    "record__visibility",
    "record__institution_id",
    "record__endorsement",
    "record__is_example",
]


class SearchRecordQuerySet(models.QuerySet["SearchRecord"]):
    def in_index(self) -> SearchRecordQuerySet:
        return self.filter(deleted=False)

    def shown_to(self, reader: Reader) -> SearchRecordQuerySet:
        return self.in_index().filter(visible_q(reader, "record__"))

    def ids(self) -> BitMap:
        return parse_ids(self.order_by().aggregate(ids=IdList("record_id"))["ids"])

    def confirmed(self, reader: Reader, record_ids: Iterable[int], *columns: str) -> dict[int, SearchRecord]:
        """Those of the rows that this reader may see, by the records as they are now.

        By key, and judged one by one: with the rule in SQL, the planner walks all published records for twenty rows.
        """
        rows = self.in_index().select_related("record").only(*_RECORD, *columns).in_bulk(list(record_ids))
        return {key: row for key, row in rows.items() if can_view(reader, row.record)}

    def for_page(self, reader: Reader, record_ids: Iterable[int]) -> dict[int, SearchRecord]:
        """The rows of a page of hits; without the analysed text, the longest of the columns."""
        columns = ("kind", "titles", "urls", "facets", "changed", "text__summaries", "text__bodies")
        return self.select_related("text").confirmed(reader, record_ids, *columns)

    def waiting(self) -> SearchRecordQuerySet:
        """Rows of which a search server has not heard the newest."""
        return self.filter(indexed_version__lt=F("version"))

    def for_sending(self) -> SearchRecordQuerySet:
        """Rows with all that another engine holds of them, to be read in batches; a tombstone has neither text nor record."""
        return self.select_related("text").prefetch_related("record").order_by("version", "pk")
