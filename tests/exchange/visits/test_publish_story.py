"""A focal point's sitting, from the form to the page in both languages, through the admin's own views."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from exchange.visits.models import StudyVisitPage
from practices.catalogue.models import Country, PracticePage, Province, Source
from practices.catalogue.tagging import labels_of
from tests.factories.editions import make_action, make_practice, make_source

from .test_admin_pages import LANGUAGES, folder_of, in_language

pytestmark = pytest.mark.django_db


def visit_data(department, **changes):
    observed = {
        "record": "", "title": "A home first", "findings": rich_text("<p>People get a <b>home</b> first.</p>", features=["bold"]),
        "numbers": "", "conditions": "", "questions": "",
    }  # fmt: skip
    return nested_form_data(
        {
            "title": "Study visit to Ireland",
            "slug": "",
            "one_line": "How a home comes first.",
            "summary": "We saw it.[^mieux-thailand]",
            "of_action": "",
            "host_country": Country.objects.get(code="IE").pk,
            "host_city": "",
            "start": "เมษายน 2561",
            "end": "",
            "expectations": "How do they find flats?",
            "delegation": streamfield(
                [("delegate", {"institution": department.pk, "role": "Head", "level": "management"})]
            ),
            "observed": streamfield([("practice", observed)]),
            "programme": streamfield([]),
            "detail": streamfield([("relevance", rich_text("<p>It fits.</p>", features=[]))]),
            "provenance": streamfield([]),
            "visibility": "public",
            "management_present": "yes",
            "contacts": "",
            "tag_labels": "night outreach, Housing First",
            "search_description": "",
            "is_example": "on",
            "comments": inline_formset([]),
            **changes,
        }
    )


def add_url(department, language="en"):
    return reverse("wagtailadmin_pages:add", args=["visits", "studyvisitpage", folder_of(department, language).pk])


@pytest.fixture
def source(db) -> Source:
    return make_source()


@pytest.mark.parametrize("language", LANGUAGES)
def test_published_in_one_sitting_and_read_in_both_languages(
    signed_in, focal_point, department, source, client, language
):
    browser = signed_in(in_language(focal_point, language))
    data = {**visit_data(department), "action-publish": "1"}
    response = browser.post(add_url(department, "th"), data, follow=True)
    assert "form" not in (response.context or {}), response.context["form"].errors
    visit = StudyVisitPage.objects.get(locale__language_code="th")
    assert visit.live
    assert visit.start == "2018-04"
    assert visit.record.endorsement == "none"
    html = response.content.decode()
    assert visit.get_url() in html
    english = StudyVisitPage.objects.get(record=visit.record, locale__language_code="en")
    assert english.get_url() in html
    for page in (visit, english):
        shown = client.get(page.get_url())
        assert shown.status_code == 200
        with translation.override(page.locale.language_code):
            assert translation.gettext("Not yet endorsed") in shown.content.decode()
    assert sorted(labels_of(visit.record, "th")) == ["Housing First", "night outreach"]


def test_draft_needs_little_and_publishing_says_what_is_missing(signed_in, focal_point, department):
    browser = signed_in(focal_point)
    data = visit_data(department, one_line="", summary="", expectations="", tag_labels="")
    assert browser.post(add_url(department), data).status_code == 302
    visit = StudyVisitPage.objects.get()
    assert not visit.live
    assert visit.slug == "study-visit-to-ireland"
    edit = reverse("wagtailadmin_pages:edit", args=[visit.pk])
    response = browser.post(edit, {**data, "slug": visit.slug, "action-publish": "1"})
    errors = response.context["form"].errors
    assert {"one_line", "summary", "expectations"} <= set(errors)
    assert "A home first" in response.content.decode()


@pytest.mark.parametrize("kind", ["visits/studyvisitpage", "workshops/workshoppage", "catalogue/brochurepage"])
def test_no_field_hides_the_address_of_the_form(signed_in, focal_point, department, kind):
    """`form.action` is where the editor saves as one types; an input called “action” would take its place."""
    response = signed_in(focal_point).get(f"/admin/pages/add/{kind}/{folder_of(department).pk}/")
    names = {field.html_name for field in response.context["form"]}
    assert "of_action" in names
    assert not names & {"action", "method", "submit", "elements", "target"}


def test_editor_offers_no_workflow_that_sala_does_not_have(signed_in, focal_point, department):
    assert "action-submit" not in signed_in(focal_point).get(add_url(department)).content.decode()


def test_thai_title_gets_an_address_in_latin_letters(signed_in, focal_point, department):
    signed_in(focal_point).post(add_url(department, "th"), visit_data(department, title="การศึกษาดูงาน ณ ประเทศไอร์แลนด์"))
    slug = StudyVisitPage.objects.get().slug
    assert slug.isascii()
    assert len(slug) > 5


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"summary": "As they say.[^no-such-source]"}, "summary"),
        ({"detail": streamfield([("notes", rich_text("<p>So.[^no-such-source]</p>", features=[]))])}, "detail"),
        ({"start": "2018", "end": "2017"}, "end"),
        ({"start": "one fine day"}, "start"),
        ({"title": "ก" * 300}, "title"),
        ({"title": "bad\x00title"}, "title"),
        ({"expectations": "bell\x07"}, "expectations"),
        ({"detail": streamfield([("notes", rich_text("<p>bell\x07</p>", features=[]))])}, "detail"),
        ({"tag_labels": "x" * 200}, "tag_labels"),
    ],
)
def test_error_stands_beside_its_field_and_the_rest_is_kept(signed_in, focal_point, department, source, changes, field):
    data = {**visit_data(department, **changes), "action-publish": "1"}
    response = signed_in(focal_point).post(add_url(department), data)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "How a home comes first." in response.content.decode()
    assert not StudyVisitPage.objects.exists()


def test_unknown_source_names_the_key(signed_in, focal_point, department, source):
    data = {**visit_data(department, summary="Said.[^mieux-thailnd]"), "action-publish": "1"}
    response = signed_in(focal_point).post(add_url(department), data)
    assert "mieux-thailnd" in str(response.context["form"].errors["summary"])


def test_control_character_is_refused_in_a_draft_too(signed_in, focal_point, department):
    response = signed_in(focal_point).post(add_url(department), visit_data(department, summary="a\x00b"))
    assert "summary" in response.context["form"].errors


def test_province_of_another_country_is_refused(signed_in, focal_point, department):
    page = make_practice(department)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    browser = signed_in(focal_point)
    form = browser.get(edit).context["form"]
    data = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}
    data |= {name: [row.pk for row in form.initial[name]] for name in ("topics", "target_groups")}
    streams = ("building_blocks", "actors", "results", "detail", "features", "provenance")
    data |= nested_form_data({name: streamfield([]) for name in streams} | {"comments": inline_formset([])})
    chiang_mai = Province.objects.get(code="TH-50")
    response = browser.post(edit, {**data, "province": chiang_mai.pk, "action-publish": "1"})
    assert list(response.context["form"].errors) == ["province"]
    response = browser.post(
        edit, {**data, "province": chiang_mai.pk, "country": chiang_mai.country_id, "action-publish": "1"}
    )
    assert response.status_code == 302, response.context["form"].errors
    assert PracticePage.objects.get(pk=page.pk).province == chiang_mai


def test_record_hidden_from_its_editor_cannot_be_pointed_at(signed_in, focal_point, department, other_department):
    hidden = make_practice(other_department, visibility="institution").record
    observed = {"record": hidden.pk, "title": "Secret", "findings": rich_text("<p>x</p>", features=[]), "numbers": "",
                "conditions": "", "questions": ""}  # fmt: skip
    data = visit_data(department, observed=streamfield([("practice", observed)]))
    response = signed_in(focal_point).post(add_url(department), data)
    assert "observed" in response.context["form"].errors
    response = signed_in(focal_point).post(add_url(department), visit_data(department, of_action=hidden.pk))
    assert "action" in response.context["form"].errors


def test_script_in_every_text_field_is_text_on_the_page(signed_in, focal_point, department, client):
    script = "<script>alert(1)</script>"
    changes = dict.fromkeys(
        ("title", "one_line", "summary", "host_city", "expectations", "contacts", "tag_labels"), script
    )
    changes["detail"] = streamfield([("notes", rich_text(f"<p>&lt;script&gt;</p>{script}", features=[]))])
    data = {**visit_data(department, **changes), "action-publish": "1"}
    response = signed_in(focal_point).post(add_url(department), data, follow=True)
    assert script not in response.content.decode()
    html = client.get(StudyVisitPage.objects.get(locale__language_code="en").get_url()).content.decode()
    assert script not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("mode", LANGUAGES)
def test_unsaved_page_is_previewed_in_both_languages(signed_in, focal_point, department, mode):
    browser = signed_in(focal_point)
    url = reverse("wagtailadmin_pages:preview_on_add", args=["visits", "studyvisitpage", folder_of(department).pk])
    for data in (visit_data(department), visit_data(department, one_line="", summary="", start="", expectations="")):
        answer = browser.post(url, data).json()
        assert answer["is_valid"], answer
        response = browser.get(f"{url}?mode={mode}")
        html = response.content.decode()
        assert response.status_code == 200
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in response.headers["Content-Security-Policy"]
        assert f'<html lang="{mode}"' in html
        assert "Study visit to Ireland" in html
        assert "A home first" in html
    assert not StudyVisitPage.objects.exists()


def test_preview_shows_the_chain_that_publishing_will_make(signed_in, focal_point, department):
    action = make_action(department, title="The Action that paid")
    browser = signed_in(focal_point)
    url = reverse("wagtailadmin_pages:preview_on_add", args=["visits", "studyvisitpage", folder_of(department).pk])
    browser.post(url, visit_data(department, of_action=action.record_id))
    assert "The Action that paid" in browser.get(f"{url}?mode=en").content.decode()


@pytest.mark.parametrize("kind", ["catalogue/practicepage", "adaptations/adaptationpage", "workshops/workshoppage",
                                  "catalogue/actionpage", "catalogue/casestudypage", "catalogue/brochurepage"])  # fmt: skip
@pytest.mark.parametrize("mode", LANGUAGES)
def test_empty_page_of_every_kind_can_be_previewed(signed_in, focal_point, department, kind, mode):
    app, model = kind.split("/")
    browser = signed_in(focal_point)
    form = browser.get(reverse("wagtailadmin_pages:add", args=[app, model, folder_of(department).pk])).context["form"]
    data = {name: value for name, value in form.initial.items() if isinstance(value, str | int)}
    streams = {name: streamfield([]) for name, field in form.fields.items() if hasattr(field, "block")}
    data |= nested_form_data(streams | {"comments": inline_formset([])})
    chosen_at_once = (
        "country",
        "pillar",
        "thematic_area",
        "feature",
    )  # cannot be empty in the database, even in a draft
    data |= {name: form.fields[name].queryset.first().pk for name in chosen_at_once if name in form.fields}
    url = reverse("wagtailadmin_pages:preview_on_add", args=[app, model, folder_of(department).pk])
    answer = browser.post(url, {**data, "title": "Just begun"}).json()
    assert answer["is_valid"], answer
    response = browser.get(f"{url}?mode={mode}")
    assert response.status_code == 200
    assert "Just begun" in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_unpublished_record_disappears_in_both_languages(signed_in, focal_point, department, client, language):
    page = make_practice(department)
    record = page.record
    addresses = list(record.listings.values_list("url", flat=True))
    assert len(addresses) == 2
    browser = signed_in(in_language(focal_point, language))
    unpublish = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    assert browser.get(unpublish).status_code == 200
    assert browser.post(unpublish).status_code == 302
    record.refresh_from_db()
    assert record.state == "draft"
    for address in addresses:
        assert client.get(address).status_code == 404


def test_same_title_in_both_languages_gets_addresses_that_do_not_meet(signed_in, focal_point, department, source):
    browser = signed_in(focal_point)
    for language in LANGUAGES:
        browser.post(add_url(department, language), {**visit_data(department), "action-publish": "1"})
    originals = StudyVisitPage.objects.filter(alias_of__isnull=True)
    assert sorted(originals.values_list("slug", flat=True)) == ["study-visit-to-ireland", "study-visit-to-ireland-2"]
    for page in originals:
        assert {other.slug for other in StudyVisitPage.objects.filter(record=page.record)} == {page.slug}
