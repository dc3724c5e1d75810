"""Whatever is in a cell, both files can be read again and neither holds a formula."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from practices.exports import csv_response, xlsx_response

HEADER = ["Title", "Number", "Day"]
ROWS = [["บ้านพัก, “หนึ่ง”\nสอง", 3, datetime.date(2018, 5, 1)], ["=1+1", None, None]]
ACTS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\x00=1", "=1"]


def read_csv(rows: list[list[object]]) -> list[list[str]]:
    body = b"".join(csv_response("x", HEADER, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(body, newline="")))


def read_xlsx(rows: list[list[object]]) -> list[list[object]]:
    response = xlsx_response("x", HEADER, rows)
    sheet = load_workbook(io.BytesIO(b"".join(response))).active
    assert sheet is not None
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_csv_holds_the_rows_and_begins_with_the_mark_that_excel_needs():
    body = b"".join(csv_response("x", HEADER, ROWS))
    assert body.startswith(b"\xef\xbb\xbfTitle,Number,Day\r\n")
    assert read_csv(ROWS)[1] == ["บ้านพัก, “หนึ่ง”\nสอง", "3", "2018-05-01"]


def test_xlsx_holds_the_rows_with_their_types():
    assert read_xlsx(ROWS)[:2] == [HEADER, [ROWS[0][0], 3, datetime.datetime(2018, 5, 1)]]


@pytest.mark.parametrize("text", ACTS)
def test_a_text_that_would_be_calculated_stays_text(text):
    assert read_csv([[text]])[1][0].startswith("'")
    assert isinstance(read_xlsx([[text]])[1][0], str)


def test_files_have_a_name_and_are_kept_by_no_shared_cache():
    for response, ending in (
        (csv_response("sala", HEADER, ROWS), "csv"),
        (xlsx_response("sala", HEADER, ROWS), "xlsx"),
    ):
        assert response.headers["Content-Disposition"] == f'attachment; filename="sala.{ending}"'
        assert response.headers["Cache-Control"] == "private"


@given(st.text())
def test_any_text_can_be_written_and_read_again(text):
    assert len(read_csv([[text]])) == 2
    assert len(read_xlsx([[text]])) == 2


def test_a_text_too_long_for_a_cell_is_cut_and_no_letter_is_halved():
    value = read_xlsx([["a" + "😀" * 20_000]])[1][0]
    assert value == "a" + "😀" * 16_383
