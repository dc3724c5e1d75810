"""The body of a record's page is kept for readers who see the same records; nobody meets what is another's, or gone."""

import pytest
from django.core.cache import caches
from django.test import Client

from exchange.discussion.services import post_comment
from practices.catalogue.services import archive_record
from tests.factories.editions import make_adaptation, make_practice
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def signed_in(person=None, **fields) -> Client:
    client = Client()
    client.force_login(person or make_person(**fields))
    return client


def test_a_kept_page_is_the_same_and_costs_eleven_queries(django_assert_num_queries):
    page = make_practice()
    client = signed_in()
    first = client.get(page.url)
    with django_assert_num_queries(11):
        again = client.get(page.url)
    assert _without_tokens(again) == _without_tokens(first)


def _without_tokens(response) -> str:
    return "\n".join(line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line)


def test_a_hidden_record_is_gone_from_its_page_and_from_every_other_at_once():
    practice = make_practice(title="The first practice")
    adaptation = make_adaptation([practice], title="The adaptation to hide")
    client = signed_in()
    for _time in range(2):
        assert adaptation.title in client.get(practice.url).content.decode()
        assert client.get(adaptation.url).status_code == 200
    archive_record(adaptation.record)
    assert adaptation.title not in client.get(practice.url).content.decode()
    assert client.get(adaptation.url).status_code == 404


def test_a_changed_text_shows_at_once():
    page = make_practice(summary="What was said before.")
    client = signed_in()
    assert "said before" in client.get(page.url).content.decode()
    page.summary = "What is said now."
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert "said now" in html
    assert "said before" not in html


def test_members_fields_stay_with_members_whoever_came_first():
    page = make_practice(contact="for-members@example.org")
    for _time in range(2):
        assert b"for-members" in signed_in().get(page.url).content
        assert b"for-members" not in Client().get(page.url).content


def test_nothing_of_a_person_is_kept():
    page = make_practice()
    people = [make_person(name=name) for name in ("Anong Example", "Bram Example")]
    post_comment(page.record, people[0], "A comment of mine.")
    for person in people:
        signed_in(person).get(page.url)
    kept = [value for key in caches["pages"]._cache if (value := caches["pages"].get(key.split(":", 2)[2])) is not None]
    parts = [part for part in kept if isinstance(part, str)]
    assert len(parts) == 1  # for both
    for part in parts:
        assert "csrfmiddlewaretoken" not in part
        assert not any(person.email in part or person.first_name in part for person in people)
        assert "A comment of mine" not in part
    own, other = (signed_in(person).get(page.url).content.decode() for person in people)
    assert f"/en/discussion/{page.record.code.lower()}/1/edit/" in own
    assert f"/en/discussion/{page.record.code.lower()}/1/edit/" not in other


def test_languages_are_kept_apart():
    page = make_practice()
    client = signed_in()
    english, thai = (client.get(page.url.replace("/en/", f"/{code}/")).content.decode() for code in ("en", "th"))
    assert "/en/r/PR" in english
    assert "/th/r/PR" not in english
    assert "/th/r/PR" in thai
    assert "/en/r/PR" not in thai


def test_a_page_that_repeats_its_address_never_repeats_anothers():
    page, client = make_practice(), signed_in()
    client.get(f"{page.url}?from=chat")
    assert "from=chat" not in client.get(page.url).content.decode()
    assert "from=mail" in client.get(f"{page.url}?from=mail").content.decode()


def test_what_was_read_before_a_change_is_never_kept_as_new(monkeypatch):
    """The change falls between reading the edition and keeping its page."""
    from practices.catalogue import views

    page = make_practice(summary="What was said before.")
    read = views.edition_at

    def change_meanwhile(address):
        found = read(address)
        page.summary = "What is said now."
        page.save_revision().publish()
        return found

    client = signed_in()
    monkeypatch.setattr(views, "edition_at", change_meanwhile)
    assert "said before" in client.get(page.url).content.decode()
    monkeypatch.setattr(views, "edition_at", read)
    assert "said before" not in client.get(page.url).content.decode()
