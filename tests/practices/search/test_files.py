"""The list as a table and as a feed: what the page lists, as the reader asked for it, and harmless in every program."""

from __future__ import annotations

import csv
import datetime
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from openpyxl import load_workbook

from practices.exports.tables import LONGEST_CELL
from practices.search import files

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1")


def lines(client, address: str) -> list[list[str]]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def sheet(client, address: str):
    response = client.get(address)
    assert response.status_code == 200
    return load_workbook(BytesIO(response.content)).active


def feed(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(response.content)[0]


def test_a_table_has_what_the_list_has_in_its_order(client, records):
    records.put({"en": "House b"}, facets={"country": ["IE"], "tag": ["x", "y"]}, usefulness=3)
    records.put({"en": "House a", "th": "บ้าน"}, facets={"country": ["IE"]})
    records.put({"en": "House c"}, facets={"country": ["BE"]})
    head, *rows = lines(client, "/en/search/results.csv?q=house&country=IE&sort=title")
    named = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["Title (English)"] for row in named] == ["House a", "House b"]
    assert (named[0]["Title (Thai)"], named[1]["Tag"], named[1]["Times used"]) == ("บ้าน", "x; y", "3")
    assert named[0]["Address"].startswith("http://testserver/en/t-")
    assert [row[head.index("Code")] for row in rows] == [
        cell.value for cell in sheet(client, "/en/search/results.xlsx?q=house&country=IE&sort=title")["A"][1:]
    ]


def test_headings_and_names_are_in_the_language_of_the_page(client, records):
    records.put({"th": "บ้าน"}, facets={"language": ["th"]})
    head, row = lines(client, "/th/catalogue/results.csv")
    with override("th"):
        assert head[head.index("ประเทศ")] == str(files.FACET_NAMES["country"])
    assert "ไทย" in row


def test_no_cell_is_a_formula(client, records):
    for number, title in enumerate(FORMULAS):
        records.put({"en": title}, days_old=number)
    head, *rows = lines(client, "/en/search/results.csv")
    column = head.index("Title (English)")
    assert [row[column] for row in rows] == [f"'{title}" for title in FORMULAS]
    cells = sheet(client, "/en/search/results.xlsx")["C"][1:]
    assert [cell.value for cell in cells] == list(FORMULAS)
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_a_spreadsheet_cannot_hold_is_left_out(client, records):
    records.put({"en": "House \x07"}, summaries={"en": "x" * 40_000})
    row = [cell.value for cell in sheet(client, "/en/search/results.xlsx")[2]]
    assert row[2] == "House "
    assert len(row[4]) == LONGEST_CELL


def test_dates_and_numbers_are_typed_in_a_workbook(client, records):
    records.put({"en": "House"}, usefulness=2)
    head, row = ([cell.value for cell in line] for line in sheet(client, "/en/search/results.xlsx").iter_rows())
    assert row[head.index("Times used")] == 2
    assert isinstance(row[head.index("Last change")], datetime.datetime)


def test_a_file_ends_at_its_limit_and_the_page_says_so(client, records, monkeypatch):
    monkeypatch.setattr(files, "MOST_ROWS", 2)
    for number in range(3):
        records.put({"en": f"House {number}"})
    assert len(lines(client, "/en/search/results.csv?q=house")) == 3
    assert "The files hold the first 2 records" in client.get("/en/search/?q=house").content.decode()
    assert "The files hold" not in client.get("/en/search/?q=house&sort=title&kind=none").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_costs_the_same_queries_whatever_its_rows(client, records, django_assert_max_num_queries, rows):
    for number in range(rows):
        records.put({"en": f"House {number}"})
    lines(client, "/en/catalogue/results.csv")
    with django_assert_max_num_queries(8):
        lines(client, "/en/catalogue/results.csv")


def test_a_feed_names_the_newest_first_in_the_language_asked(client, records):
    records.put({"en": "Houses & homes", "th": "บ้าน"}, days_old=2)
    records.put({"en": "New house", "th": "บ้านใหม่"}, days_old=1)
    found = feed(client, "/th/search/results.rss?q=house")
    assert [item.findtext("title") for item in found.findall("item")] == ["บ้านใหม่", "บ้าน"]
    assert found.findtext("language") == "th"
    assert found.findtext("link") == "http://testserver/th/search/?q=house&sort=newest"
    own = found.find("{http://www.w3.org/2005/Atom}link")
    assert own is not None
    assert own.get("href") == "http://testserver/th/search/results.rss?q=house"
    assert feed(client, "/en/search/results.rss").findall("item")[1].findtext("title") == "Houses & homes"


def test_the_page_leads_to_its_feed_and_files_with_the_same_filters(client, records):
    for country in ("IE", "BE"):
        records.put({"en": "House"}, facets={"country": [country]})
    for page in ("search", "catalogue"):
        html = client.get(f"/en/{page}/?country=IE").content.decode()
        assert (
            '<link rel="alternate" type="application/rss+xml" title="New records of this list" href="results.rss?country=IE">'
            in html
        )
        for name in ("results.csv", "results.xlsx", "results.rss"):
            assert f'href="{name}?country=IE"' in html
            assert client.get(f"/en/{page}/{name}?country=IE").status_code == 200


def test_who_has_the_feed_already_is_told_so(client, records):
    records.put({"en": "House"})
    tag = client.get("/en/search/results.rss")["ETag"]
    assert client.get("/en/search/results.rss", headers={"If-None-Match": tag}).status_code == 304


def test_too_many_files_in_a_minute_are_refused(client, records, settings):
    settings.REQUEST_LIMITS = {"search_file": "2/min"}
    answers = [client.get(f"/en/search/results.{kind}").status_code for kind in ("csv", "rss", "xlsx")]
    assert answers == [200, 200, 429]
