"""What people meet in the admin, in both languages."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from practices.catalogue.models import InstitutionPage, RecordTag
from practices.catalogue.tagging import set_tags
from tests.factories.editions import make_practice, make_visit

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "th"]


def folder_of(institution, language="en"):
    return InstitutionPage.objects.get(institution=institution, locale__language_code=language)


def in_language(person, language):
    person.language = language
    person.save()
    return person


KINDS = ["catalogue/practicepage", "adaptations/adaptationpage", "visits/studyvisitpage", "workshops/workshoppage"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_form_of_a_new_record_opens(signed_in, focal_point, department, kind, language):
    browser = signed_in(in_language(focal_point, language))
    response = browser.get(f"/admin/pages/add/{kind}/{folder_of(department).pk}/")
    assert response.status_code == 200
    assert 'name="tag_labels"' in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_adds_to_another_institutions_folder(signed_in, focal_point, other_department, kind):
    response = signed_in(focal_point).get(f"/admin/pages/add/{kind}/{folder_of(other_department).pk}/", follow=True)
    assert 'name="one_line"' not in response.content.decode()
    assert response.redirect_chain or response.status_code in (403, 404)


def test_nobody_edits_another_institutions_record(signed_in, focal_point, other_department):
    page = make_practice(other_department, title="Theirs", visibility="institution")
    response = signed_in(focal_point).get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)
    assert "Theirs" not in response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "snippet",
    ["catalogue/institution", "catalogue/source", "catalogue/legalinstrument", "catalogue/recordtag", "catalogue/topic",
     "catalogue/province"],
)  # fmt: skip
def test_lists_and_forms_of_shared_words_open(signed_in, administrator, snippet, language):
    browser = signed_in(in_language(administrator, language))
    assert browser.get(f"/admin/snippets/{snippet}/").status_code == 200
    assert browser.get(f"/admin/snippets/{snippet}/add/").status_code == 200


def test_focal_point_may_add_sources_but_no_institutions(signed_in, focal_point):
    browser = signed_in(focal_point)
    assert browser.get("/admin/snippets/catalogue/source/add/").status_code == 200
    assert browser.get("/admin/snippets/catalogue/institution/add/").status_code == 302
    assert browser.get("/admin/snippets/catalogue/topic/").status_code == 302


def test_choosers_hide_what_the_reader_may_not_open(signed_in, focal_point, department, other_department):
    hidden = make_practice(other_department, title="Kept inside", visibility="institution")
    shown = make_practice(other_department, title="Open to all")
    own = make_practice(department, title="Our own draft", draft=True)
    browser = signed_in(focal_point)
    listed = browser.get("/admin/record_chooser/results/").content.decode()
    assert "Kept inside" not in listed
    assert "Open to all" in listed
    assert own.record.code in listed
    assert browser.get(f"/admin/record_chooser/chosen/{hidden.record_id}/", follow=True).status_code == 404
    assert browser.get(f"/admin/record_chooser/chosen/{shown.record_id}/").status_code == 200
    parent = folder_of(other_department)
    pages = browser.get(f"/admin/choose-page/{parent.pk}/").content.decode()
    assert "Open to all" in pages
    assert "Kept inside" not in pages


# Institutions


def institution_data(**fields):
    return {
        "name_0": "Example shelter",
        "name_1": "บ้านตัวอย่าง",
        "code": "example-shelter",
        "kind": "government",
        **fields,
    }


def test_institution_is_added_below_another_with_its_folders(signed_in, administrator, department):
    browser = signed_in(administrator)
    data = institution_data(parent=department.pk, country=department.country_id)
    response = browser.post("/admin/snippets/catalogue/institution/add/", data)
    assert response.status_code == 302, response.context["form"].errors
    shelter = type(department).objects.get(code="example-shelter")
    assert shelter.get_parent() == department
    assert {page.title for page in shelter.pages.all()} == {"Example shelter", "บ้านตัวอย่าง"}


def test_institution_is_moved_and_its_focal_points_rights_follow(
    signed_in, administrator, department, other_department, focal_point
):
    browser = signed_in(administrator)
    url = f"/admin/snippets/catalogue/institution/edit/{other_department.pk}/"
    data = institution_data(code=other_department.code, parent=department.pk, country=department.country_id)
    response = browser.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    other_department.refresh_from_db()
    assert other_department.get_parent() == department
    add = f"/admin/pages/add/catalogue/practicepage/{folder_of(other_department).pk}/"
    assert signed_in(focal_point).get(add).status_code == 200
    response = browser.post(url, {**data, "parent": ""})
    other_department.refresh_from_db()
    assert other_department.get_parent() is None
    assert signed_in(focal_point).get(add).status_code != 200


def test_institution_cannot_be_put_below_itself(signed_in, administrator, department):
    data = institution_data(code=department.code, parent=department.pk, country=department.country_id)
    response = signed_in(administrator).post(f"/admin/snippets/catalogue/institution/edit/{department.pk}/", data)
    assert "parent" in response.context["form"].errors


# Archiving


@pytest.mark.parametrize("language", LANGUAGES)
def test_record_is_archived_and_restored(signed_in, focal_point, department, client, language):
    browser = signed_in(in_language(focal_point, language))
    page = make_practice(department, title="Housing first")
    record = page.record
    assert browser.get(reverse("catalogue_archive", args=[record.pk])).status_code == 200
    assert browser.post(reverse("catalogue_archive", args=[record.pk])).status_code == 302
    assert client.get(page.get_url()).status_code == 404
    assert "Housing first" in browser.get(reverse("catalogue_archived")).content.decode()
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert browser.post(reverse("catalogue_restore", args=[record.pk])).status_code == 302
    assert client.get(page.get_url()).status_code == 200


def test_nobody_archives_another_institutions_record(signed_in, focal_point, other_department):
    record = make_practice(other_department).record
    browser = signed_in(focal_point)
    for name in ("catalogue_archive", "catalogue_restore"):
        assert browser.post(reverse(name, args=[record.pk]), follow=True).status_code == 404
    record.refresh_from_db()
    assert not record.is_archived


@pytest.mark.parametrize("who", ["focal_point", "administrator"])
def test_editions_and_folders_cannot_be_deleted_moved_or_copied(request, signed_in, who, department):
    page = make_practice(department)
    browser = signed_in(request.getfixturevalue(who))
    for target in (page, folder_of(department)):
        browser.post(reverse("wagtailadmin_pages:delete", args=[target.pk]))
        browser.post(f"/admin/bulk/wagtailcore/page/delete/?id={target.pk}&next=/admin/")
        assert Page.objects.filter(pk=target.pk).exists()
        assert browser.get(reverse("wagtailadmin_pages:move", args=[target.pk])).status_code == 302
    assert browser.get(reverse("wagtailadmin_pages:copy", args=[page.pk])).status_code == 302


# Tags


def test_tags_are_merged_by_administrators_only(signed_in, administrator, focal_point, department):
    record = make_practice(department).record
    keep, gone = set_tags(record, ["outreach", "street work"], "en")
    data = {"keep": keep.pk, "others": [gone.pk]}
    signed_in(focal_point).post(reverse("catalogue_merge_tags"), data)
    assert record.tags.count() == 2
    browser = signed_in(administrator)
    assert browser.get(reverse("catalogue_merge_tags")).status_code == 200
    assert browser.post(reverse("catalogue_merge_tags"), data).status_code == 302
    assert list(RecordTag.objects.all()) == [keep]


# Preview


@pytest.mark.parametrize("mode", LANGUAGES)
def test_published_page_is_previewed_in_both_languages(signed_in, focal_point, department, mode):
    page = make_visit(department, title="A visit in words")
    response = signed_in(focal_point).get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]) + f"?mode={mode}")
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{mode}"' in html
    assert "A visit in words" in html
    with translation.override("th"):
        untranslated = translation.gettext("Not yet translated")
    assert mode == "en" or 'lang="en"' in html or untranslated in html
