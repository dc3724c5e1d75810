"""Found records as a table for a spreadsheet: the same questions, filters and permissions as the page.

Rows are read in batches, and each record is confirmed for the reader when its row is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.access.reader import Reader
from practices.exports import Table
from practices.exports.tables import Cell

from .asked import Asked
from .engines import answering_engine
from .hits import url_of
from .idsets import batches
from .listing import FACET_NAMES
from .models import SearchRecord
from .questions import Within, active_language, question
from .wordbook import Wordbook, current

# Stated on the page.
MOST_ROWS = 5_000
BATCH = 200
_FACETS = [facet for facet in FACET_NAMES if facet != "kind"]


def table(asked: Asked, reader: Reader, within: Within | None, absolute: Callable[[str], str]) -> Table:
    """A row per record, in the order of the list. `absolute` makes an address of a path."""
    words, language = current(), active_language()
    request = question(asked, reader, words, within, offset=0, limit=MOST_ROWS)
    ids = [hit.record_id for hit in answering_engine().search(request).hits]
    rows = (row for batch in batches(ids, BATCH) for row in _rows(batch, reader, language, words, absolute))
    return Table(_("Records"), _header(), rows)


def _header() -> list[str]:
    titles = [_("Title (%(language)s)") % {"language": str(name)} for _code, name in settings.LANGUAGES]
    facets = [str(FACET_NAMES[facet]) for facet in _FACETS]
    described = [_("Code"), _("Kind"), *titles, _("Summary"), *facets]
    return [*described, _("Last change"), _("Times used"), _("Example"), _("Address")]


def _rows(
    ids: Sequence[int], reader: Reader, language: str, words: Wordbook, absolute: Callable[[str], str]
) -> list[Sequence[Cell]]:
    columns = ("kind", "titles", "urls", "facets", "changed", "usefulness", "record__code", "text__summaries")
    found = SearchRecord.objects.select_related("text").confirmed(reader, ids, *columns)
    shown = [found[key] for key in ids if key in found]
    values = {facet: {value for row in shown for value in row.facets.get(facet, ())} for facet in FACET_NAMES}
    labels = {facet: words.labels(facet, named) for facet, named in values.items()}

    def row_of(row: SearchRecord) -> Sequence[Cell]:
        summaries = row.text.summaries
        return [
            row.record.code,
            labels["kind"].get(row.kind, row.kind),
            *(row.titles.get(code, "") for code, _name in settings.LANGUAGES),
            summaries.get(language) or next(iter(summaries.values()), ""),
            *("; ".join(labels[facet][value] for value in row.facets.get(facet, ())) for facet in _FACETS),
            timezone.localdate(row.changed),
            int(row.usefulness),
            _("Yes") if row.record.is_example else _("No"),
            absolute(url_of(row, language)),
        ]

    return [row_of(row) for row in shown]
