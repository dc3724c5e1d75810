"""A heading and rows as a CSV or XLSX file to keep. Text stays text in both, whatever it begins with."""

from __future__ import annotations

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_CELL = 32_767  # of Excel, which counts UTF-16
WIDTH = 24  # of a column, in characters
# What a spreadsheet would calculate, or skip to find something to calculate.
_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@＝＋－＠]|[\t\r\n]")

Cell = str | int | float | bool | datetime.date | datetime.datetime | None


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """`name` without an ending. Begins with a byte order mark, without which Excel takes Thai for something else."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    patch_cache_control(response, private=True)
    return response


def xlsx_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> FileResponse:
    """`name` without an ending. Kept in a file that is gone when it was sent, so that its size costs no memory."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sala")
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTH
    head = [_typed(sheet, title) for title in header]
    for cell in head:
        cell.font = Font(bold=True)
    sheet.append(head)
    for row in rows:
        sheet.append([_typed(sheet, cell) for cell in row])
    file = TemporaryFile()  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    patch_cache_control(response, private=True)
    return response


class _Line:
    """What the csv module takes for a file: a line written is handed back."""

    @staticmethod
    def write(line: str) -> str:
        return line


def _lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + writer.writerow([_harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([_harmless(cell) for cell in row])


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, datetime.datetime) and timezone.is_aware(cell):
        return timezone.make_naive(cell).isoformat(" ", "seconds")
    if not isinstance(cell, str):
        return cell
    text = cell.replace("\0", "")
    return f"'{text}" if _FORMULA.match(text) else text


def _typed(sheet: Any, value: Cell) -> Any:
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)  # a spreadsheet knows no time zones
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet, _shortened(ILLEGAL_CHARACTERS_RE.sub("", value)))
    cell.data_type = "s"  # openpyxl takes what begins with = for a formula
    return cell


def _shortened(text: str) -> str:
    return text.encode("utf-16-le")[: 2 * LONGEST_CELL].decode("utf-16-le", "ignore")
