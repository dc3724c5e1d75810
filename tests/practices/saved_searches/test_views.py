"""The pages of saved searches: only one's own, by link those that were shared, all of it without JavaScript."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.people.services import close_account
from practices.access.reader import Role
from practices.access.rules import Visibility
from practices.saved_searches.models import Frequency, SavedSearch
from practices.saved_searches.services import find_new_matches, share_search
from tests.factories.people import make_person
from tests.factories.saved_searches import make_saved_search

pytestmark = pytest.mark.django_db
LIST = "/en/saved-searches/"


@pytest.fixture
def visitor(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_the_search_page_leads_to_the_form_and_the_form_to_the_list(records, visitor):
    records.put({"th": "ที่พัก"})
    address = "/th/search/?" + f"q={quote('ที่พัก')}&kind=practice&sort=newest&page=2"
    page = visitor.get(address).content.decode()
    link = re.search(r'href="(/th/saved-searches/new/[^"]+)"', page)[1].replace("&amp;", "&")
    form = visitor.get(link)
    assert form.context["form"]["name"].value().startswith("ที่พัก · ")
    assert form.context["form"]["frequency"].value() == Frequency.DAILY
    done = visitor.post(link, {"name": "ที่พักของฉัน", "frequency": "weekly"}, follow=True)
    assert done.redirect_chain == [("/th/saved-searches/", 302)]
    assert "ที่พักของฉัน" in done.content.decode()
    search = SavedSearch.objects.get()
    assert (search.query, search.language, search.frequency) == (
        f"q={quote('ที่พัก')}&kind=practice&sort=newest",
        "th",
        "weekly",
    )
    assert visitor.get(f"{LIST}{search.pk}/").url == f"/en/search/?{search.query}"


def test_who_has_not_signed_in_does_so_first_and_comes_back_to_the_form(records):
    response = Client().get("/en/saved-searches/new/?q=housing&kind=practice")
    assert response.url == "/en/accounts/login/?next=/en/saved-searches/new/%3Fq%3Dhousing%26kind%3Dpractice"


def test_the_page_of_everything_offers_no_saving(records, visitor):
    assert "saved-searches/new" not in visitor.get("/en/search/").content.decode()
    assert visitor.get("/en/saved-searches/new/?page=2").url == "/en/search/"


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"name": "  ", "frequency": "daily"}, "name"),
        ({"name": "x" * 101, "frequency": "daily"}, "name"),
        ({"name": "Example", "frequency": "hourly"}, "frequency"),
        ({"name": "HOUSING", "frequency": "daily"}, "__all__"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_kept(records, visitor, member, sent, wrong):
    make_saved_search(member, name="Housing")
    response = visitor.post("/en/saved-searches/new/?q=housing", sent)
    assert response.status_code == 200
    assert wrong in response.context["form"].errors
    assert SavedSearch.objects.count() == 1


def test_it_is_changed(records, visitor, member):
    search = make_saved_search(member)
    address = f"{LIST}{search.pk}/change/"
    assert search.name in visitor.get(address).content.decode()
    assert visitor.post(address, {"name": "Other name", "frequency": "never"}).url == LIST
    search.refresh_from_db()
    assert (search.name, search.frequency, search.next_mail_at) == ("Other name", "never", None)


def test_it_is_deleted_after_one_more_question(records, visitor, member):
    search = make_saved_search(member)
    address = f"{LIST}{search.pk}/delete/"
    assert visitor.get(address).status_code == 200
    assert SavedSearch.objects.exists()
    assert visitor.post(address).url == LIST
    assert not SavedSearch.objects.exists()


def test_the_list_says_what_is_new_until_it_is_opened(records, visitor, member):
    search = make_saved_search(member)
    records.put({"en": "Housing"})
    find_new_matches()
    assert "1 new" in visitor.get(LIST).content.decode()
    visitor.get(f"{LIST}{search.pk}/")
    assert "1 new" not in visitor.get(LIST).content.decode()


def test_an_empty_list_says_how_to_begin(visitor):
    assert "You have saved no search yet" in visitor.get(LIST).content.decode()


def test_a_long_list_has_pages(records, visitor, member):
    for number in range(21):
        make_saved_search(member, name=f"Example {number}")
    assert len(visitor.get(LIST).context["rows"]) == 20
    assert len(visitor.get(LIST + "?page=2").context["rows"]) == 1


def test_the_list_costs_the_same_queries_for_one_row_and_for_three(records, visitor, member):
    make_saved_search(member, "q=housing&kind=practice")
    visitor.get(LIST)
    with CaptureQueriesContext(connection) as one:
        visitor.get(LIST)
    make_saved_search(member, "q=legal&kind=practice")
    make_saved_search(member, "q=work&kind=practice")
    with CaptureQueriesContext(connection) as three:
        visitor.get(LIST)
    assert len(three) == len(one)
    assert len(one) == 8


# Sharing


def test_others_open_a_shared_search_with_their_own_rights_and_save_a_copy(records, visitor, member):
    search = make_saved_search(member, "q=housing&kind=practice", name="Housing")
    records.put({"en": "Housing for everyone"})
    records.put({"en": "Housing for members"}, visibility=Visibility.MEMBERS)
    visitor.post(f"{LIST}{search.pk}/share/on/")
    page = visitor.get(f"{LIST}{search.pk}/share/").content.decode()
    link = re.search(r'value="http://testserver(/en/saved-searches/shared/[^"]+)"', page)[1]

    stranger = Client()
    shared = stranger.get(link)
    assert "Housing" in shared.content.decode()
    found = stranger.get(shared.context["search_url"]).content.decode()
    assert "for everyone" in found
    assert "for members" not in found

    other = make_person()
    stranger.force_login(other)
    copy = re.search(r'href="(/en/saved-searches/new/[^"]+)"', stranger.get(link).content.decode())[1]
    stranger.post(copy.replace("&amp;", "&"), {"name": "Mine", "frequency": "never"})
    assert SavedSearch.objects.get(owner=other).query == search.query

    visitor.post(f"{LIST}{search.pk}/share/off/")
    assert stranger.get(link).status_code == 404


def test_a_shared_search_betrays_no_address(records, member):
    link = f"{LIST}shared/{share_search(make_saved_search(member))}/"
    assert member.name in Client().get(link).content.decode()
    type(member).objects.filter(pk=member.pk).update(first_name="", last_name="")
    page = Client().get(link).content.decode()
    assert "somebody shared" in page
    assert member.email not in page


def test_a_shared_search_of_a_closed_account_is_gone(records, member):
    link = f"{LIST}shared/{share_search(make_saved_search(member))}/"
    assert Client().get(link).status_code == 200
    close_account(member)
    assert Client().get(link).status_code == 404


# Only one's own


@pytest.mark.parametrize("then", ["", "change/", "delete/", "share/", "share/on/", "share/off/"])
@pytest.mark.parametrize("role", [None, Role.MODERATOR, Role.ADMINISTRATOR])
def test_nobody_reaches_anothers_search(records, member, role, then):
    search = make_saved_search(member)
    client = Client()
    client.force_login(make_person(role=role))
    address = f"{LIST}{search.pk}/{then}"
    method = client.post if then.endswith(("on/", "off/")) else client.get
    assert method(address).status_code == 404
    assert client.post(address, {"name": "Taken", "frequency": "never"}).status_code in (404, 405)
    search.refresh_from_db()
    assert (search.frequency, search.share_token) == (Frequency.AT_ONCE, None)
    assert search.name not in client.get(LIST).content.decode()


@pytest.mark.parametrize("then", ["", "{}/", "{}/change/", "{}/delete/", "{}/share/"])
def test_strangers_sign_in_first(records, member, then):
    address = LIST + then.format(make_saved_search(member).pk)
    assert Client().get(address).url.startswith("/en/accounts/login/")
