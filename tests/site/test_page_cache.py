"""Anonymous pages are kept whole for one query, and never a moment longer than they are true."""

import gzip

import pytest

from practices.catalogue.services import archive_record
from tests.factories.editions import make_practice
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_cache():
    from django.core.cache import caches

    caches["pages"].clear()


def test_a_kept_page_costs_one_query(client, django_assert_num_queries):
    page = make_practice()
    first = client.get(page.url)
    assert first.status_code == 200
    assert not first.cookies
    with django_assert_num_queries(1):
        again = client.get(page.url)
    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["Content-Type"] == first["Content-Type"]


def test_a_hidden_page_is_gone_at_once(client):
    page = make_practice()
    assert client.get(page.url).status_code == 200
    archive_record(page.record)
    assert client.get(page.url).status_code == 404


def test_a_signed_in_reader_neither_gets_nor_leaves_a_kept_page(client):
    page = make_practice(contact="for-members@example.org")
    assert b"for-members" not in client.get(page.url).content
    person = make_person()
    client.force_login(person)
    assert b"for-members" in client.get(page.url).content
    client.logout()
    assert b"for-members" not in client.get(page.url).content


def test_themes_are_kept_apart(client):
    page = make_practice()
    client.get(page.url)
    client.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in client.get(page.url).content
    client.cookies["theme"] = "no-such-theme"
    assert b"data-theme" not in client.get(page.url).content


def test_pages_are_sent_compressed_to_browsers_that_take_it_and_kept_so(client, django_assert_num_queries):
    page = make_practice()
    plain = client.get(page.url)
    packed = client.get(page.url, headers={"Accept-Encoding": "gzip, br"})
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert len(packed.content) < len(plain.content) / 2
    assert "Accept-Encoding" in packed["Vary"]
    with django_assert_num_queries(1):
        assert client.get(page.url, headers={"Accept-Encoding": "gzip"}).content == packed.content
    assert client.get(page.url).content == plain.content
