"""What the page of a workshop tells of the records its agenda names."""

import uuid

import pytest
from django.core.cache import caches

from exchange.workshops.models import WorkshopPage
from tests.factories.editions import block, make_adaptation, make_practice, make_visit, publish
from tests.factories.people import make_focal_point, make_institution

pytestmark = pytest.mark.django_db


def item_with(*records) -> dict:
    return {
        "title": "The first talk", "type": "talk", "date": "", "start": None, "minutes": 45, "room": "", "facilitator": "",
        "method": "", "needs": [], "minutes_text": "",
        "practices": [{"type": "item", "value": record.pk, "id": str(uuid.uuid4())} for record in records],
    }  # fmt: skip


def test_agenda_names_only_records_that_its_reader_may_open(client):
    owner = make_institution()
    hidden = make_practice(owner, title="Kept inside the house", visibility="institution")
    shown = make_practice(owner, title="Open to everyone")
    page = publish(WorkshopPage, make_institution(), agenda=[block("item", item_with(hidden.record, shown.record))])
    html = client.get(page.get_url()).content.decode()
    assert "Open to everyone" in html
    assert "Kept inside the house" not in html
    client.force_login(make_focal_point(owner))
    assert "Kept inside the house" in client.get(page.get_url()).content.decode()


def test_neither_do_visits_and_adaptations_name_a_hidden_record(client):
    hidden = make_practice(make_institution(), title="Kept inside the house", visibility="institution").record
    observed = {"record": hidden.pk, "title": "Seen", "findings": "<p>It works.</p>"}
    pages = [
        make_visit(make_institution(), observed=[block("practice", observed)]),
        make_adaptation([], born_from=[block("record", {"record": hidden.pk, "version": None})]),
    ]
    for page in pages:
        assert "Kept inside the house" not in client.get(page.get_url()).content.decode()


@pytest.mark.parametrize("language", ["en", "th"])
def test_number_of_queries_does_not_grow_with_the_records_named(client, language, django_assert_max_num_queries):
    institution = make_institution()
    one = publish(WorkshopPage, institution, agenda=[block("item", item_with(make_practice().record))])
    many = publish(
        WorkshopPage, institution, agenda=[block("item", item_with(*(make_practice().record for _n in range(3))))]
    )
    addresses = [page.get_url().replace("/en/", f"/{language}/") for page in (one, many, one)]
    client.get(addresses.pop())  # what any first page reads once
    caches["pages"].clear()
    with django_assert_max_num_queries(40) as few:
        assert client.get(addresses[0]).status_code == 200
    with django_assert_max_num_queries(len(few)):
        assert client.get(addresses[1]).status_code == 200
