"""Every type of public page, in both languages, light and dark: it is served, whole, accessible, and keeps to its policy."""

from __future__ import annotations

import socket

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.pages import LANGUAGES, PAGES, PublicPage
from tests.browser.server import Site

every_page = pytest.mark.parametrize("public_page", PAGES, ids=lambda page: page.name)
every_language = pytest.mark.parametrize("language", LANGUAGES)


def visit(page: Page, site: Site, public_page: PublicPage, language: str, faults: list[str]) -> None:
    response = page.goto(public_page.path(site, language))
    assert response is not None
    assert response.status == public_page.status
    if public_page.status != 200:  # the browser logs the very status that is expected
        expected = f"status of {public_page.status}"
        faults[:] = [fault for fault in faults if expected not in fault]


def violations(page: Page) -> str:
    """What axe-core finds, one line for each element."""
    found = Axe().run(page).response["violations"]
    return "\n".join(
        f"{rule['id']}: {rule['help']} {node['target']} {node.get('failureSummary', '')[:300]} {node['html'][:200]}"
        for rule in found
        for node in rule["nodes"]
    )


@every_page
@every_language
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(
    public_page: PublicPage, language: str, dark: bool, open_page: OpenPage, site: Site, faults: list[str]
) -> None:
    page = open_page(language, dark=dark, size=PHONE if dark else DESKTOP)
    visit(page, site, public_page, language, faults)
    assert violations(page) == ""


@every_page
@every_language
def test_page_is_in_its_language_and_fits_a_phone(
    public_page: PublicPage, language: str, open_page: OpenPage, site: Site, faults: list[str]
) -> None:
    page = open_page(language, size=PHONE)
    visit(page, site, public_page, language, faults)
    assert page.locator("html").get_attribute("lang") == language
    assert page.locator("h1").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize(("browser_language", "expected"), [("en", "/en/"), ("th", "/th/")])
def test_root_leads_to_the_readers_language(
    browser_language: str, expected: str, open_page: OpenPage, site: Site
) -> None:
    page = open_page(browser_language)
    page.goto("/")
    assert page.url == site.url + expected


def test_an_address_with_thai_letters_as_people_type_it_is_answered(site: Site) -> None:
    """Browsers encode the letters, command-line tools and chat programmes often do not."""
    host, port = site.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=60) as connection:
        connection.sendall("GET /th/search/?q=ผู้เสียหาย HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        answer = connection.makefile("rb").readline()
    assert b" 200 " in answer
