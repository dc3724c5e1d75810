"""The sample is the same for the same seed, keeps the tree sound, and is marked as invented."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from exchange.demo.sample.records import Concepts, make_record
from practices.catalogue.models import PracticePage, Record

CONCEPTS = Concepts(pillars=[1, 2], topics=[1, 2, 3], target_groups=[1], thailand=1, eu_countries=[2], provinces=[1, 2])


def test_the_same_seed_gives_the_same_record_whatever_came_before():
    assert make_record(7, 1, CONCEPTS, None) == make_record(7, 1, CONCEPTS, None)
    assert make_record(7, 1, CONCEPTS, None) != make_record(7, 2, CONCEPTS, None)


@pytest.mark.django_db
def test_a_sample_is_whole_readable_and_marked(client):
    call_command("make_sample", records=30, seed=1, verbosity=0)
    assert Record.objects.count() == 30
    assert not Record.objects.filter(is_example=False)
    assert Page.find_problems() == ([], [], [], [], [])
    page = PracticePage.objects.filter(record__visibility="public", locale__language_code="th").first()
    response = client.get(page.url)
    assert response.status_code == 200
    assert page.title in response.content.decode()
    listing = page.record.listings.get(language="th")
    assert listing.url == page.url
