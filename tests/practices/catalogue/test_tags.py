"""Tags are shown with what this reader may see, and their slugs keep Thai words apart."""

import pytest

from practices.catalogue.models import RecordTag
from practices.catalogue.tagging import set_tags
from tests.factories.editions import make_practice

pytestmark = pytest.mark.django_db


def test_thai_words_that_differ_by_a_mark_get_different_slugs():
    slugs = [RecordTag().slugify(word) for word in ("ค้า", "ค่า", "คา", "น้ำ", "นำ", "การค้ามนุษย์")]
    assert all(slugs)
    tags = [RecordTag.objects.create(name=word) for word in ("ค้า", "ค่า", "น้ำ", "นำ")]
    assert len({tag.slug for tag in tags}) == 4


def test_a_tag_used_only_by_hidden_records_is_not_there(client):
    page = make_practice(visibility="members")
    set_tags(page.record, ["Housing"], "en")
    tag = RecordTag.objects.get()
    assert client.get(f"/en/tags/{tag.slug}/").status_code == 404
    assert b"Housing" not in client.get("/en/tags/").content


@pytest.mark.parametrize("count", [1, 3])
def test_a_tag_page_costs_the_same_queries_with_one_and_three_records(client, count, django_assert_num_queries):
    for _ in range(count):
        set_tags(make_practice().record, ["Housing"], "en")
    tag = RecordTag.objects.get()
    with django_assert_num_queries(6):
        response = client.get(f"/en/tags/{tag.slug}/")
    assert response.content.count(b'<article class="card') == count
