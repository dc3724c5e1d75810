"""Our people's screens, the public ones and the admin's, show no English message to who reads Thai."""

from __future__ import annotations

import json

import pytest

from tests.browser.admin import SCREENS, open_signed_in
from tests.browser.conftest import OpenPage
from tests.browser.english import english_on, english_words
from tests.browser.pages import PAGES, PublicPage
from tests.browser.server import Site

CONTENT = [
    "SELECT title FROM wagtailcore_page",
    "SELECT draft_title FROM wagtailcore_page",
    "SELECT title FROM catalogue_listing",
    "SELECT one_line FROM catalogue_listing",
    "SELECT first_name || ' ' || last_name FROM people_user",
    "SELECT first_name FROM people_user",
    "SELECT last_name FROM people_user",
    "SELECT code FROM catalogue_institution",
    "SELECT code FROM glossary_glossaryterm",
    "SELECT data FROM wagtail_localize_string",
]
TRANSLATED = [
    "SELECT name FROM catalogue_institution",
    "SELECT short_name FROM catalogue_institution",
    "SELECT title FROM catalogue_source",
]


@pytest.fixture(scope="session")
def known(site: Site) -> list[str]:
    """Titles and names of the content, longest first by the order in which they are taken out."""
    found = {row[0] for query in CONTENT for row in site.rows(query)}
    for query in TRANSLATED:
        for (value,) in site.rows(query):
            found |= set(json.loads(value).values()) if (value or "").startswith("{") else {value}
    found.add("xylophone")  # what the empty search asks for
    return sorted(filter(None, found), key=len, reverse=True)


@pytest.mark.parametrize("public_page", PAGES, ids=lambda page: page.name)
def test_public_page_shows_no_english_message(
    public_page: PublicPage, open_page: OpenPage, site: Site, known: list[str], faults: list[str]
) -> None:
    page = open_page("th")
    page.goto(public_page.path(site, "th"))
    found = english_on(page, known)
    assert not found, "\n".join(found)
    faults[:] = [fault for fault in faults if f"status of {public_page.status}" not in fault]


@pytest.mark.parametrize("person", sorted({screen.person for screen in SCREENS}))
def test_admin_shows_no_english_message(person: str, open_page: OpenPage, site: Site, known: list[str]) -> None:
    page = open_signed_in(open_page, site, person, "th")
    found = []
    for screen in SCREENS:
        if screen.person == person:
            response = page.goto(screen.path(site))
            assert response is not None
            assert response.status == 200, screen.name
            page.wait_for_load_state("networkidle")
            found += [f"{screen.name}: {text}" for text in english_on(page, known)]
    assert not found, "\n".join(found)


def test_the_search_for_english_finds_it() -> None:
    assert english_words("บันทึก Save draft", []) == ["Save", "draft"]
    assert english_words("หน่วยงาน DSDW (AC-60), datip@example.org, NGOs", []) == []
    assert english_words("Housing first ของไอร์แลนด์", ["Housing first"]) == []
