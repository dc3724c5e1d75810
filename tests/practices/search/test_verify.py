"""`verify` looks at every record: what its row says against its pages, and the database's index against the rows."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from practices.search.models import SearchRecord, SearchText, SearchTitle
from tests.factories.search import Shelf
from tests.practices.search.test_services import found


def verify() -> str:
    said = StringIO()
    call_command("search_index", "verify", verbosity=0, stdout=said)
    return said.getvalue()


def test_nothing_differs_where_nothing_went_past_the_services(records: Shelf):
    records.put({"en": "Housing", "th": "ที่พัก"}, {"en": "A house"}, facets={"year": ["2020"]})
    records.take_away(records.put({"en": "Gone"}))
    assert "No difference." in verify()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: SearchRecord.objects.filter(pk=key).update(titles={"en": "Something else"}),
        lambda key: SearchRecord.objects.filter(pk=key).update(facets={}),
        lambda key: SearchText.objects.filter(pk=key).update(summaries={"en": "Something else"}),
        lambda key: SearchTitle.objects.filter(search_record=key).delete(),
    ],
)
def test_a_row_that_says_something_else_is_written_again(records: Shelf, spoil):
    same = records.put({"en": "Referral"})
    key = records.put({"en": "Housing"}).pk
    version = SearchRecord.objects.get(pk=same.pk).version
    spoil(key)
    said = verify()
    assert "said something else than their pages: 1" in said
    assert "Differences were found and mended." in said
    assert SearchRecord.objects.get(pk=key).titles == {"en": "Housing"}
    assert SearchRecord.objects.get(pk=same.pk).version == version, "what agrees is left alone"
    assert "No difference." in verify()


def test_a_record_that_was_never_told_of_is_put_in_and_one_that_is_no_more_taken_out(records: Shelf):
    new = records.put({"en": "Housing"}, index=False)
    gone = records.put({"en": "Referral"})
    del records.documents[gone.pk]
    assert "said something else than their pages: 2" in verify()
    assert found("housing") == [new.pk]
    assert found("referral") == []


def test_the_index_of_the_database_is_made_anew_where_it_lacks_a_text(records: Shelf):
    record = records.put({"en": "Housing"})
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DELETE FROM search_tokens")
        else:
            cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('delete-all')")
    assert "indices of the database that were incomplete: 1" in verify()
    assert found("housing") == [record.pk]
    assert "No difference." in verify()
