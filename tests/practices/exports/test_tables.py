"""What was written into a table is read back from the file as it was, and nothing in it acts."""

import csv
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from practices.exports import FORMATS, Table

THAI = "ที่อยู่อาศัยมาก่อน"


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes) -> list[tuple]:
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_thai_numbers_dates_and_empty_cells_come_back():
    day = datetime.date(2026, 4, 12)
    table = Table("List [of] 2026?", ["Title", "Count", "Day"], [[THAI, 3, day], ["", 0, None]])
    csv_rows = read_csv(FORMATS["csv"][1](table))
    assert csv_rows == [["Title", "Count", "Day"], [THAI, "3", "2026-04-12"], ["", "0", ""]]
    xlsx_rows = read_xlsx(FORMATS["xlsx"][1](table))
    assert xlsx_rows[0] == ("Title", "Count", "Day")
    assert xlsx_rows[1] == (THAI, 3, datetime.datetime(2026, 4, 12))
    assert FORMATS["csv"][1](table).startswith(b"\xef\xbb\xbf")  # by which Excel knows UTF-8


@pytest.mark.parametrize(
    "typed", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", ' =HYPERLINK("https://example.org")']
)
def test_what_looks_like_a_formula_stays_text(typed):
    table = Table("x", ["A"], [[typed]])
    assert read_csv(FORMATS["csv"][1](table))[1] == [f"'{typed}"]
    cell = load_workbook(io.BytesIO(FORMATS["xlsx"][1](table))).worksheets[0]["A2"]
    assert cell.data_type != "f"
    assert str(cell.value).strip() == typed.strip()


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5), st.text())
def test_any_text_makes_a_file_that_opens(rows, title):
    table = Table(title, ["A", "B"], rows)
    for form, read in (("csv", read_csv), ("xlsx", read_xlsx)):
        assert len(read(FORMATS[form][1](table))) == len(rows) + 1
