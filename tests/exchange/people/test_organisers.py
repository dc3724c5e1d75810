"""An organiser plans workshops in the own institution, and touches nothing else there or elsewhere."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Page

from exchange.workshops.models import WorkshopPage
from practices.access.reader import Role
from practices.catalogue.models import InstitutionPage
from tests.factories.editions import make_practice
from tests.factories.people import make_institution, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make_institution("department")


@pytest.fixture
def organiser(department, client):
    person = make_person("Example Organiser", role=Role.ORGANISER, institution=department)
    client.force_login(person)
    return get_user_model().objects.get(pk=person.pk)


def folder_of(institution) -> InstitutionPage:
    return InstitutionPage.objects.get(institution=institution, locale__language_code="en")


def test_organiser_opens_the_form_of_a_workshop_and_of_nothing_else(client, organiser, department):
    folder = folder_of(department).pk
    assert client.get(f"/admin/pages/add/workshops/workshoppage/{folder}/").status_code == 200
    for kind in ("catalogue/practicepage", "visits/studyvisitpage", "adaptations/adaptationpage"):
        assert client.get(f"/admin/pages/add/{kind}/{folder}/").status_code == 302, kind


def test_organiser_adds_nothing_in_another_institution(client, organiser):
    folder = folder_of(make_institution("elsewhere")).pk
    assert client.get(f"/admin/pages/add/workshops/workshoppage/{folder}/").status_code == 302


def test_organiser_publishes_only_what_they_made(organiser, department):
    own = WorkshopPage(title="Own", slug="own", owner=organiser, one_line="x", summary="x")
    folder_of(department).add_child(instance=own)
    others = make_practice(institution=department)
    assert own.permissions_for_user(organiser).can_publish()
    assert own.permissions_for_user(organiser).can_edit()
    rights = others.permissions_for_user(organiser)
    assert not rights.can_edit()
    assert not rights.can_publish()
    assert not rights.can_unpublish()


def test_others_page_stays_live_when_the_organiser_posts_to_unpublish_it(client, organiser, department):
    others = make_practice(institution=department)
    client.post(f"/admin/pages/{others.pk}/unpublish/")
    assert Page.objects.get(pk=others.pk).live
