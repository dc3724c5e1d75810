"""A published edition brings its record, listings, links and a frozen version with it; archiving takes all from sight and loses nothing."""

import pytest
from django.utils.translation import override
from wagtail.models import Locale

from practices.access.reader import ANONYMOUS, Reader
from practices.catalogue.chain import chain_of
from practices.catalogue.models import ContentEpoch, PracticePage, Record, RecordLink
from practices.catalogue.projection import project
from practices.catalogue.services import archive_record, restore_record
from tests.factories.editions import block, make_adaptation, make_practice, make_visit
from tests.factories.people import make_institution

pytestmark = pytest.mark.django_db


def test_a_published_edition_is_readable_in_both_languages_at_once(client):
    page = make_practice(title="Housing first")

    record = page.record
    assert record.state == "published"
    assert {(row.language, row.title, row.is_translated) for row in record.listings.all()} == {
        ("en", "Housing first", True),
        ("th", "Housing first", False),
    }
    mirror = PracticePage.objects.get(record=record, locale__language_code="th")
    assert mirror.alias_of_id == page.pk
    assert client.get(mirror.url).status_code == 200
    part = mirror.part("title")
    assert (part.language, part.is_untranslated) == ("en", True)


def test_a_draft_is_nobody_elses_to_see(client):
    institution = make_institution()
    page = make_practice(institution, draft=True)

    assert page.record.state == "draft"
    assert not Record.objects.visible_to(Reader(user_id=1)).filter(pk=page.record_id)
    assert Record.objects.visible_to(Reader(user_id=1, institutions=frozenset({institution.pk}))).filter(
        pk=page.record_id
    )
    assert client.get(page.url).status_code == 404


@pytest.mark.parametrize("visibility", ["members", "institution"])
def test_a_page_that_is_not_public_answers_404_to_strangers(client, visibility):
    page = make_practice(visibility=visibility)

    assert page.record.visibility == visibility
    assert client.get(page.url).status_code == 404
    assert client.get(f"/en/r/{page.record.code}/").status_code == 404
    assert client.get(f"/en/r/{page.record.code}/versions/").status_code == 404
    assert client.get(f"/en/r/{page.record.code}/v1/").status_code == 404
    assert client.get(f"/en/r/{page.record.code}.pdf").status_code == 404


def test_publishing_the_same_content_again_freezes_no_new_version():
    page = make_practice()
    page.save_revision().publish()
    assert page.record.versions.count() == 1

    page.summary = "Another summary."
    page.save_revision().publish()
    assert [version.number for version in page.record.versions.all()] == [2, 1]
    assert page.record.versions.last().content["summary"] != "Another summary."


def test_a_frozen_version_outlives_its_page(client):
    page = make_practice(summary="What was said first.")
    record = page.record
    page.summary = "What is said now."
    page.save_revision().publish()

    first = client.get(f"/en/r/{record.code.lower()}/v1/").content.decode()
    assert "What was said first." in first
    assert "What is said now." not in first
    assert client.get(f"/en/r/{record.code.lower()}/v3/").status_code == 404


def test_members_fields_are_in_no_version_page_and_no_pdf(client):
    page = make_practice(contact="office-for-members@example.org")
    assert "office-for-members" in str(page.record.versions.get().content)  # it could leak
    for url in (page.url, f"/en/r/{page.record.code}/v1/"):
        assert b"office-for-members" not in client.get(url).content


def test_the_short_address_leads_to_the_page_in_the_readers_language(client):
    page = make_practice()
    thai = client.get(f"/th/r/{page.record.code.lower()}/")
    assert thai.status_code == 302
    assert thai["Location"].startswith("/th/catalogue/")


def test_archiving_takes_a_record_out_of_sight_and_restoring_brings_it_back(client):
    page = make_practice()
    archive_record(page.record)
    assert client.get(page.url).status_code == 404
    assert not Record.objects.published().visible_to(ANONYMOUS)

    record = Record.objects.get(pk=page.record_id)
    restore_record(record)
    assert record.state == "published"
    assert client.get(page.url).status_code == 200
    assert record.versions.count() == 1


def test_unpublishing_makes_a_draft_again(client):
    page = make_practice()
    page.unpublish()
    assert Record.objects.get(pk=page.record_id).state == "draft"
    assert client.get(page.url).status_code == 404


def test_the_chain_is_followed_both_ways():
    practice = make_practice()
    visit = make_visit(
        make_institution(),
        observed=[block("practice", {"record": practice.record_id, "title": "Homes", "findings": "<p>Seen.</p>"})],
    )
    adaptation = make_adaptation([practice], born_from=[block("record", {"record": visit.record_id, "version": None})])

    from_practice = chain_of(practice.record, ANONYMOUS)
    assert (from_practice.seen_at, from_practice.adapted_as) == ([visit.record], [adaptation.record])
    from_adaptation = chain_of(adaptation.record, ANONYMOUS)
    assert (from_adaptation.adapted_from, from_adaptation.born_from) == ([practice.record], [visit.record])
    from_visit = chain_of(visit.record, ANONYMOUS)
    assert (from_visit.saw, from_visit.led_to) == ([practice.record], [adaptation.record])


def test_the_chain_betrays_no_hidden_record():
    practice = make_practice()
    make_adaptation([practice], visibility="members")
    assert chain_of(practice.record, ANONYMOUS).adapted_as == []
    assert len(chain_of(practice.record, Reader(user_id=1)).adapted_as) == 1


@pytest.mark.parametrize("count", [1, 30])
def test_a_chain_costs_the_same_queries_however_long(count, django_assert_num_queries):
    practice = make_practice()
    institution = make_institution()
    records = Record.objects.bulk_create(
        Record(kind="adaptation", code=f"A-{n}", institution=institution, state="published", source_language="en")
        for n in range(count)
    )
    RecordLink.objects.bulk_create(
        RecordLink(record=record, relation="adapted-from", target=practice.record) for record in records
    )
    with django_assert_num_queries(4):
        chain = chain_of(practice.record, ANONYMOUS)
    assert len(chain.adapted_as) == min(count, 12)
    assert chain.more == ({"adapted_as"} if count > 12 else set())


def test_links_follow_an_edit_of_the_edition():
    first, second = make_practice(), make_practice()
    adaptation = make_adaptation([first])
    adaptation.parents = [block("parent", {"record": second.record_id, "version": 1})]
    adaptation.save_revision().publish()
    assert list(adaptation.record.links.values_list("target_id", "version")) == [(second.record_id, 1)]


def test_projecting_again_changes_nothing():
    record = make_adaptation([make_practice()]).record
    before = [list(record.listings.values()), list(record.links.values()), list(record.versions.values())]
    project(record)
    assert [list(record.listings.values()), list(record.links.values()), list(record.versions.values())] == before


def test_every_visible_change_begins_a_new_epoch():
    page = make_practice()
    for change in (
        lambda: page.save_revision().publish(),
        page.unpublish,
        lambda: archive_record(page.record),
        lambda: restore_record(page.record),
        lambda: page.record.institution.save(),
    ):
        before = ContentEpoch.current()
        change()
        assert ContentEpoch.current() > before


def test_a_record_is_named_in_the_readers_language():
    page = make_practice(title="Housing first")
    page.record.listings.filter(language="th").update(title="บ้านมาก่อน")
    record = Record.objects.get(pk=page.record_id)
    with override("th"):
        assert record.listing.title == "บ้านมาก่อน"
    with override("en"):
        assert record.listing.title == "Housing first"


def test_a_thai_record_is_mirrored_in_english():
    page = make_practice(make_institution(), "th", title="บ้านพักชั่วคราว")
    assert page.record.source_language == "th"
    assert PracticePage.objects.filter(record=page.record, locale=Locale.objects.get(language_code="en")).exists()
