"""Needs in the admin: only what their curator may open, saved through the services, never made, deleted or unmasked there."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Permission

from exchange.needs.models import NeedStatus, TrainingNeed
from practices.access.reader import Role
from practices.access.rules import State, Visibility
from practices.catalogue.models import Record
from tests.factories.needs import make_need
from tests.factories.records import make_bare_record, make_user

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/needs/trainingneed/"


@pytest.fixture
def organiser(client):
    user = make_user("Example Organiser", Role.ORGANISER)
    names = ["access_admin", "change_trainingneed", "view_trainingneed"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=names))
    client.force_login(user)
    return user


def filled(need, **changes):
    return {
        "statement_0": need.statement.localize("en"),
        "statement_1": "",
        "work_situation_0": "",
        "work_situation_1": "",
        "topic": need.topic_id,
        "difficulty": need.difficulty,
        "status": need.status,
        "existing_training_0": need.existing_training.localize("en"),
        "existing_training_1": "",
        "suggested_codes": "",
        "merged_code": "",
        "is_listed": "on",
        **changes,
    }


def test_list_and_form_open_without_the_name_of_who_asked(client, organiser):
    need = make_need(make_user("Hidden Example", email="hidden@example.org"))
    for address in (LIST, f"{LIST}edit/{need.pk}/", f"{LIST}history/{need.pk}/"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "Hidden Example" not in page.content.decode()
        assert "hidden@example.org" not in page.content.decode()


def test_saving_follows_status_translation_and_suggestions(client, organiser):
    need, practice = make_need(make_user()), make_bare_record("Housing First")
    sent = filled(
        need, status=NeedStatus.PLANNED, statement_1="จะคุยกับเด็กอย่างไร", suggested_codes=f" {practice.code.lower()};"
    )
    response = client.post(f"{LIST}edit/{need.pk}/", sent)
    assert response.status_code == 302
    need.refresh_from_db()
    assert need.status == NeedStatus.PLANNED
    assert need.statement.data["th"] == "จะคุยกับเด็กอย่างไร"
    assert need.record.listings.get(language="th").title == "จะคุยกับเด็กอย่างไร"
    assert [link.target for link in need.record.links.all()] == [practice]


def test_merging_and_taking_out(client, organiser):
    asker = make_user()
    one, two = make_need(asker, statement="One"), make_need(asker, statement="Two")
    client.post(f"{LIST}edit/{one.pk}/", filled(one, merged_code=two.record.code))
    assert TrainingNeed.objects.get(pk=one.pk).merged_into == two
    client.post(f"{LIST}edit/{two.pk}/", filled(two, is_listed=""))
    assert Record.objects.get(pk=two.record_id).state == State.ARCHIVED


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"merged_code": "TN-999"}, "There is no need with this code."),
        ({"suggested_codes": "PR-999"}, "There is no such practice: PR-999"),
        ({"statement_0": "", "statement_1": ""}, "This field is required."),
    ],
)
def test_wrong_answers_are_explained(client, organiser, changes, message):
    need = make_need(make_user())
    response = client.post(f"{LIST}edit/{need.pk}/", filled(need, **changes))
    assert response.status_code == 200
    assert message in response.content.decode()


def test_need_cannot_be_merged_into_itself(client, organiser):
    need = make_need(make_user())
    page = client.post(f"{LIST}edit/{need.pk}/", filled(need, merged_code=need.record.code)).content.decode()
    assert "one that is not itself merged" in page


def test_hidden_need_answers_404_and_is_not_listed(client, organiser):
    need = make_need(make_user(), statement="A hidden question")
    Record.objects.filter(pk=need.record_id).update(visibility=Visibility.INSTITUTION)
    assert "A hidden question" not in client.get(LIST).content.decode()
    for door in ("edit", "history", "usage"):
        assert client.get(f"{LIST}{door}/{need.pk}/", follow=True).status_code == 404, door


def test_nobody_adds_or_deletes_there(client):
    need = make_need(make_user())
    client.force_login(make_user("Example Administrator", is_superuser=True, is_staff=True))
    assert client.get(f"{LIST}add/").status_code == 302
    client.post(f"{LIST}delete/{need.pk}/")
    assert TrainingNeed.objects.filter(pk=need.pk).exists()
