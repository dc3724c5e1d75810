"""A table as CSV or XLSX. Cells are text, numbers or dates; text that a spreadsheet would take for a formula stays text."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

Cell = str | int | float | datetime.date | None

LONGEST_CELL = 32_767  # of a spreadsheet
WIDTHS = (8, 60)  # of a column, in characters
# With which a spreadsheet begins a formula, also in the wide letters of East Asia, or what it skips to look for one.
# In CSV, where a cell has no type, an apostrophe makes it text.
_ACTS = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")


@dataclass(frozen=True, slots=True)
class Table:
    """`title` names the sheet; each row has as many cells as `header`."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def as_csv(table: Table) -> bytes:
    """UTF-8 with the mark by which Excel knows it: Thai would be garbled without."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(table.header)
    writer.writerows([_harmless(cell) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _ACTS.match(cell) else cell


def as_xlsx(table: Table) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_title(table.title))
    sheet.freeze_panes = "A2"
    rows = [list(row) for row in table.rows]
    for number, name in enumerate(table.header):
        longest = max((len(str(row[number] or "")) for row in rows), default=0)
        width = min(max(len(name), longest, WIDTHS[0]), WIDTHS[1]) + 2
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    head = [WriteOnlyCell(sheet, name) for name in table.header]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _typed(sheet: object, value: Cell) -> WriteOnlyCell:
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:LONGEST_CELL])
    cell.data_type = "s"  # also where it begins like a formula
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _sheet_title(title: str) -> str:
    kept = "".join(" " if letter in r"[]:*?/\'" else letter for letter in ILLEGAL_CHARACTERS_RE.sub("", title))
    return kept.strip()[:31] or "Sala"


FORMATS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def table_response(table: Table, form: str, name: str) -> HttpResponse:
    """The table as a file `name.form` to keep; `form` is one of `FORMATS`, `name` is plain ASCII."""
    content_type, write = FORMATS[form]
    response = HttpResponse(write(table), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
