"""Every role × every visibility × every state of a record, on every engine: it is, or is not, in what the search gives out.

The expectation is written here by hand, not asked of the rules under test.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.cache import caches
from openpyxl import load_workbook

from exchange.alerts.services import queue_alerts
from exchange.notifications.delivery import deliver_due
from exchange.people.models import User
from practices.access.reader import Role
from practices.access.rules import Visibility
from practices.catalogue.models import EditionPage, Institution, Record
from practices.catalogue.services import archive_record
from practices.catalogue.tagging import set_tags
from practices.saved_searches.services import find_new_matches
from tests.factories.editions import make_practice
from tests.factories.people import make_focal_point, make_institution, make_person
from tests.factories.saved_searches import make_saved_search

STATES = ("draft", "published", "archived", "unpublished")
# Names of tags: unlike each other, or they would be taken for slips of one another.
TAGS = {
    f"{visibility} {state}": f"{visibility} {word}"
    for visibility in Visibility.values
    for state, word in zip(STATES, ("ochre", "violet", "scarlet", "emerald"), strict=True)
}
NAME = re.compile(rf"Lantern ({'|'.join(Visibility.values)}) ({'|'.join(STATES)})")
ANCHOR = "Lantern for comparison"

ANYONE = {"public published"}
SIGNED_IN = ANYONE | {"members published"}
OWN = SIGNED_IN | {"institution published"}
SEES = {
    "nobody signed in": ANYONE,
    **dict.fromkeys(Role.ALL, SIGNED_IN),
    "focal point elsewhere": SIGNED_IN,
    "focal point of its institution": OWN,
    "focal point above its institution": OWN,
    Role.ADMINISTRATOR: OWN,
}


@pytest.fixture(params=["database", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request, db) -> str:
    """What answers the pages: the database's own engine, or the search server that the outbox feeds."""
    if request.param == "elasticsearch":
        from practices.search.engines.elasticsearch import indices

        indices.ensure(request.getfixturevalue("search_server"))
    return request.param


@pytest.fixture
def institution(db) -> Institution:
    return make_institution(below=make_institution())


@pytest.fixture
def records(engine, institution) -> dict[str, Record]:
    """One of each, by name, and one that all may see to start “more like this” from."""
    made = {"anchor": _practice(make_institution(), ANCHOR, Visibility.PUBLIC).record}
    for visibility, state in itertools.product(Visibility.values, STATES):
        made[f"{visibility} {state}"] = _one(institution, visibility, state)
    return made


def _one(institution: Institution, visibility: str, state: str) -> Record:
    page = _practice(institution, f"Lantern {visibility} {state}", visibility, draft=state == "draft")
    set_tags(page.record, [TAGS[f"{visibility} {state}"]], "en")
    if state == "archived":
        archive_record(page.record)
    elif state == "unpublished":
        page.unpublish()
    return page.record


def _practice(institution: Institution, title: str, visibility: str, **fields) -> EditionPage:
    return make_practice(institution, title=title, visibility=visibility, **fields)


def _person(role: str, institution: Institution) -> User:
    if role == "focal point of its institution":
        return make_focal_point(institution)
    if role == "focal point above its institution":
        return make_focal_point(institution.get_parent())
    if role == "focal point elsewhere":
        return make_focal_point(make_institution())
    return make_person(role=role)


def _sign_in(client, role: str, institution: Institution) -> None:
    if role != "nobody signed in":
        client.force_login(_person(role, institution))


def _names(text: str) -> set[str]:
    return {" ".join(found) for found in NAME.findall(re.sub("<[^>]+>", "", text))}


def _body(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def _hits(client, records) -> set[str]:
    return _names(_body(client, "/en/search/?q=lantern"))


def _catalogue(client, records) -> set[str]:
    return _names(_body(client, "/en/catalogue/?sort=title"))


def _by_kind(client, records) -> set[str]:
    return _names(_body(client, "/en/search/?q=lantern&group=kind"))


def _facet_counts(client, records) -> set[str]:
    answer = client.get("/api/v1/search?q=lantern").json()
    assert answer["fallback"] is False
    counted = answer["facets"].get("tag", [])
    assert all(value["count"] == 1 for value in counted)
    assert answer["count"] == len(counted) + 1  # the anchor has no tag
    return _tagged({value["label"] for value in counted})


def _facets_on_the_page(client, records) -> set[str]:
    html = _body(client, "/en/search/?q=lantern&tag=none&all=tag")
    return _tagged({value.replace("-", " ") for value in re.findall(r'name="tag" value="([^"]+)"', html)} - {"none"})


def _tagged(tags: set[str]) -> set[str]:
    assert tags <= set(TAGS.values())
    return {name for name, tag in TAGS.items() if tag in tags}


def _suggested_titles(client, records) -> set[str]:
    return _names(_body(client, "/en/search/suggest/?q=lant"))


def _suggested_tags(client, records) -> set[str]:
    offers = {name: client.get("/en/search/suggest/", {"q": tag}).json() for name, tag in TAGS.items()}
    return {name for name, offer in offers.items() if offer["suggestions"]}


def _nearest_words(client, records) -> set[str]:
    """What is offered instead of words misspelt."""
    pages = {name: _body(client, f"/en/search/?q=%22{tag[:-1]}%22") for name, tag in TAGS.items()}
    return {name for name, html in pages.items() if f">{TAGS[name]}<" in html}


def _more_like_this(client, records) -> set[str]:
    return _names(_body(client, f"/en/r/{records['anchor'].code}/similar/"))


def _own_similar_page(client, records) -> set[str]:
    return _opened(client, records, "/en/r/{}/similar/")


def _csv(client, records) -> set[str]:
    return _names(_body(client, "/en/search/results.csv?q=lantern"))


def _xlsx(client, records) -> set[str]:
    response = client.get("/en/catalogue/results.xlsx")
    sheet = load_workbook(BytesIO(response.content), read_only=True).active
    return _names(" ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row))


def _feed(client, records) -> set[str]:
    return _names(_body(client, "/en/search/results.rss?q=lantern"))


def _api_list(client, records) -> set[str]:
    return _names(_body(client, "/api/v1/records?page_size=100"))


def _api_search(client, records) -> set[str]:
    return _names(_body(client, "/api/v1/search?q=lantern"))


def _api_record(client, records) -> set[str]:
    return _opened(client, records, "/api/v1/records/{}")


def _api_versions(client, records) -> set[str]:
    return _opened(client, records, "/api/v1/records/{}/versions")


def _opened(client, records, address: str) -> set[str]:
    answers = {name: client.get(address.format(record.code)).status_code for name, record in records.items()}
    assert set(answers.values()) <= {200, 404}
    return {name for name, status in answers.items() if status == 200 and name != "anchor"}


CHANNELS: tuple[Callable[..., set[str]], ...] = (
    _hits, _catalogue, _by_kind, _facet_counts, _facets_on_the_page, _suggested_titles, _suggested_tags, _nearest_words,
    _more_like_this, _own_similar_page, _csv, _xlsx, _feed, _api_list, _api_search, _api_record, _api_versions,
)  # fmt: skip


def test_a_record_is_given_out_to_exactly_those_who_may_see_it(client, records, institution, subtests):
    for role, expected in SEES.items():
        client.logout()
        _sign_in(client, role, institution)
        for channel in CHANNELS:
            caches["pages"].clear()
            with subtests.test(role=role, channel=channel.__name__.strip("_")):
                assert channel(client, records) == expected


def test_a_record_that_is_hidden_again_is_gone_at_once(client, records):
    seen = records["public published"]
    for channel in CHANNELS:
        assert "public published" in channel(client, records), channel
    archive_record(seen)
    for channel in CHANNELS:
        assert channel(client, records) == set(), channel


# Alerts: the person is there before the record, so that it is new to their saved search.


@pytest.fixture
def watchers(institution) -> dict[str, User]:
    """A member of each role, who wants to hear of lanterns at once."""
    people = {role: _person(role, institution) for role in SEES if role != "nobody signed in"}
    for person in people.values():
        make_saved_search(person, "q=lantern", frequency="at-once")
    return people


def _told(smtp, watchers: dict[str, User]) -> dict[str, set[str]]:
    deliver_due()
    told = {person.email: set[str]() for person in watchers.values()}
    for message in smtp.messages:
        told[message["To"]] |= _names(message.get_content())
    return {role: told[person.email] for role, person in watchers.items()}


def test_an_alert_tells_of_a_record_exactly_those_who_may_see_it(watchers, institution, smtp, subtests):
    for visibility, state in itertools.product(Visibility.values, STATES):
        _one(institution, visibility, state)
    find_new_matches()
    queue_alerts()
    for role, names in _told(smtp, watchers).items():
        with subtests.test(role=role):
            assert names == SEES[role]


def test_a_record_that_is_hidden_before_the_mail_leaves_is_told_to_nobody(watchers, institution, smtp):
    record = _one(institution, "public", "published")
    find_new_matches()
    assert queue_alerts() == len(watchers)
    archive_record(record)
    assert set().union(*_told(smtp, watchers).values()) == set()
    assert smtp.messages == []
