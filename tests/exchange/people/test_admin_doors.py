"""No page of the admin shows a focal point the draft of another institution, whatever number they guess."""

import pytest
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from practices.access.reader import Role
from practices.catalogue.models import InstitutionPage
from tests.factories.editions import make_practice
from tests.factories.people import make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db

DOORS = [
    "/admin/pages/{page}/",
    "/admin/pages/{page}/results/",
    "/admin/pages/{page}/edit/",
    "/admin/pages/{page}/edit/preview/",
    "/admin/pages/{page}/view_draft/",
    "/admin/pages/{page}/history/",
    "/admin/pages/{page}/usage/",
    "/admin/pages/{page}/unpublish/",
    "/admin/pages/{page}/delete/",
    "/admin/pages/{page}/move/",
    "/admin/pages/{page}/copy/",
    "/admin/pages/{page}/privacy/",
    "/admin/pages/{page}/workflow/status/",
    "/admin/pages/{page}/revisions/{revision}/view/",
    "/admin/pages/{page}/revisions/compare/{revision}...live/",
    "/admin/pages/{folder}/",
    "/admin/pages/{folder}/add_subpage/",
    "/admin/pages/search/?q=Hidden",
    "/admin/pages/search/?q=Hidden&search_all=1",
    "/admin/pages/{root}/?q=Hidden&search_all=1",
    "/admin/choose-page/?page_type=catalogue.practicepage&q=Hidden",
    "/admin/choose-page/search/?q=Hidden",
    "/admin/choose-page/{folder}/",
    "/admin/api/main/pages/?search=Hidden",
    "/admin/api/main/pages/{page}/",
    "/admin/reports/site-history/",
    "/admin/reports/aging-pages/",
    "/admin/localize/submit/page/{page}/",
    "/admin/localize/update/{source}/",
    "/admin/localize/page/{page}/convert_to_alias/",
    "/admin/localize/reports/translations/",
    "/admin/localize/reports/translations/results/",
    "/admin/",
]


@pytest.fixture
def numbers():
    elsewhere = make_institution("elsewhere")
    page = make_practice(institution=elsewhere, title="Hidden title")
    page.unpublish()
    revision = page.save_revision()
    folder = InstitutionPage.objects.get(institution=elsewhere, locale__language_code="en")
    source, _created = TranslationSource.get_or_create_from_instance(page)
    Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="th"))
    return {
        "source": source.pk,
        "page": page.pk,
        "revision": revision.pk,
        "folder": folder.pk,
        "root": folder.get_root().pk,
    }


@pytest.mark.parametrize("door", DOORS)
def test_hidden_title_of_another_institution_is_nowhere(client, numbers, door):
    client.force_login(make_focal_point(make_institution("own")))
    response = client.get(door.format(**numbers), follow=True)
    assert "Hidden title" not in response.content.decode()


@pytest.mark.parametrize(
    "door",
    [
        "/admin/pages/{page}/",
        "/admin/pages/{page}/edit/",
        "/admin/pages/search/?q=Hidden",
        "/admin/localize/submit/page/{page}/",
        "/admin/localize/reports/translations/",
    ],
)
def test_administrator_does_see_it_there(client, numbers, door):
    client.force_login(make_person(role=Role.ADMINISTRATOR))
    assert "Hidden title" in client.get(door.format(**numbers)).content.decode()


def test_focal_point_opens_the_translation_of_the_own_page(client):
    own = make_institution("own")
    page = make_practice(institution=own, title="Own title")
    client.force_login(make_focal_point(own))
    assert "Own title" in client.get(f"/admin/localize/submit/page/{page.pk}/").content.decode()


def test_nobody_makes_a_translation_of_anothers_page(client, numbers):
    before = Page.objects.count()
    client.force_login(make_focal_point(make_institution("own")))
    made = Page.objects.count()
    thai = Locale.objects.get(language_code="th")
    client.post("/admin/localize/submit/page/{page}/".format(**numbers), {"locales": [thai.pk]})
    assert Page.objects.count() == made > before


def test_files_are_added_to_the_own_collection_only(client):
    own = make_institution("own")
    make_institution("elsewhere")
    client.force_login(make_focal_point(own))
    page = client.get("/admin/documents/multiple/add/")
    assert page.status_code == 200
    assert "elsewhere" not in page.content.decode()
