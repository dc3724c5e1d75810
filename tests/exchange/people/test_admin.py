"""People and seats in the admin: only administrators, only through the services, nobody deleted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exchange.people.invitations import invite
from exchange.people.models import Seat, User
from practices.access.reader import Role, reader_for
from tests.factories.people import make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    person = make_person("Example Administrator", role=Role.ADMINISTRATOR)
    client.force_login(person)
    return person


def fields_of(person: User, **changes) -> dict:
    institution = person.institution_id or ""
    return {
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "institution": institution,
        "roles": list(person.groups.filter(name__in=Role.ALL).values_list("name", flat=True)),
        "is_active": "on",
        **changes,
    }


def test_administrator_lists_and_finds_people(client, administrator):
    make_person("Example Findable")
    make_person("Example Other")
    html = client.get("/admin/users/").content.decode()
    assert "Example Findable" in html
    assert "Example Other" in html
    found = client.get("/admin/users/?q=Findable").content.decode()
    assert "Example Findable" in found
    assert "Example Other" not in found


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/seats/", "/admin/invitations/"])
def test_lists_cost_the_same_queries_for_one_row_and_for_three(client, administrator, address):
    def add_row():
        institution = make_institution()
        make_focal_point(institution)
        invite(administrator, f"{institution.code}@example.org", "strategic", institution)

    add_row()
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    add_row()
    add_row()
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_saving_a_person_keeps_roles_rights_and_address_in_step(client, administrator):
    institution, person = make_institution(), make_person()
    response = client.post(
        f"/admin/users/edit/{person.pk}/",
        fields_of(
            person,
            name="Example Renamed",
            email="Renamed@Example.org",
            language="th",
            institution=institution.pk,
            roles=[Role.ORGANISER, Role.EXPERT],
        ),
    )
    assert response.status_code == 302, response.context["form"].errors
    person = User.objects.get(pk=person.pk)
    assert (person.name, person.email, person.language) == ("Example Renamed", "renamed@example.org", "th")
    assert reader_for(person).roles == {Role.ORGANISER, Role.EXPERT}
    assert person.groups.filter(pk=institution.desk.organisers_id).exists()
    assert person.emailaddress_set.get().email == "renamed@example.org"
    assert person.wagtail_userprofile.preferred_language == "th"


def test_saving_keeps_the_groups_of_a_seat(client, administrator):
    institution = make_institution()
    person = make_focal_point(institution)
    client.post(f"/admin/users/edit/{person.pk}/", fields_of(person))
    assert person.groups.filter(pk=institution.desk.operational_id).exists()


def test_closing_an_account_ends_its_seats(client, administrator):
    institution = make_institution()
    person = make_focal_point(institution)
    fields = fields_of(person)
    del fields["is_active"]
    client.post(f"/admin/users/edit/{person.pk}/", fields)
    person.refresh_from_db()
    assert not person.is_active
    assert not Seat.objects.filter(holder=person, until__isnull=True).exists()


def test_last_administrator_can_neither_be_closed_nor_lose_the_role(client, administrator):
    fields = fields_of(administrator)
    for change in ({"roles": []}, {"is_active": ""}):
        response = client.post(f"/admin/users/edit/{administrator.pk}/", {**fields, **change})
        assert response.status_code == 200
        assert "at least one administrator" in response.content.decode()
    administrator.refresh_from_db()
    assert administrator.is_active
    assert administrator.is_superuser


def test_taken_address_is_said_beside_the_field(client, administrator):
    person, other = make_person(), make_person()
    response = client.post(f"/admin/users/edit/{person.pk}/", fields_of(person, email=other.email))
    assert "email" in response.context["form"].errors


def test_nobody_is_added_or_deleted_here(client, administrator):
    person = make_person()
    assert client.get("/admin/users/new/").status_code in (302, 403)
    client.post(f"/admin/users/delete/{person.pk}/")
    client.post(f"/admin/bulk/people/user/delete/?id={person.pk}")
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/seats/", "/admin/seats/new/", "/admin/groups/"])
@pytest.mark.parametrize("who", ["focal point", "programme officer", "moderator"])
def test_only_administrators_open_people_and_seats(client, address, who):
    person = make_focal_point(make_institution()) if who == "focal point" else make_person(role=who)
    client.force_login(person)
    assert client.get(address).status_code in (302, 403)


def test_seat_is_given_and_ended_in_the_admin(client, administrator):
    institution, person = make_institution(), make_person()
    fields = {"institution": institution.pk, "kind": "operational", "holder": person.pk}
    assert client.post("/admin/seats/new/", fields).status_code == 302
    seat = Seat.objects.get(holder=person)
    assert reader_for(User.objects.get(pk=person.pk)).institutions == {institution.pk}
    taken = client.post("/admin/seats/new/", {**fields, "holder": make_person().pk})
    assert "This seat is taken" in taken.content.decode()
    assert client.get(f"/admin/seats/{seat.pk}/end/").status_code == 200
    client.post(f"/admin/seats/{seat.pk}/end/")
    seat.refresh_from_db()
    assert seat.until
    assert client.get("/admin/seats/").status_code == 200


def test_second_step_and_sessions_are_reset_in_the_admin(client, administrator):
    person = make_focal_point(make_institution())
    client.post(f"/admin/users/{person.pk}/second-step/")
    assert not person.authenticator_set.exists()
    before = User.objects.get(pk=person.pk).sessions_ended
    client.post(f"/admin/users/{person.pk}/sign-out/")
    assert User.objects.get(pk=person.pk).sessions_ended == before + 1


def test_menu_shows_each_person_what_is_theirs(client, administrator):
    html = client.get("/admin/").content.decode()
    assert "/admin/users/" in html
    assert "/admin/groups/" not in html
    client.force_login(make_focal_point(make_institution()))
    html = client.get("/admin/").content.decode()
    assert "/admin/invitations/" in html
    assert "/admin/users/" not in html
    assert "/admin/seats/" not in html


def test_wagtails_account_page_offers_neither_password_nor_address(client, administrator):
    html = client.get("/admin/account/").content.decode()
    assert 'type="password"' not in html
    assert 'name="name_email-email"' not in html
