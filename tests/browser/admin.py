"""The screens of the admin that our people work on, each as the person who meets it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.pages import at, first
from tests.browser.server import Site

OPERATIONAL = "dsdw.operational@example.org"
STRATEGIC = "dsdw.strategic@example.org"
ORGANISER = "organiser@example.org"
OFFICER = "programme.officer@example.org"
ADMINISTRATOR = "administrator@example.org"


@dataclass(frozen=True)
class Screen:
    name: str
    person: str
    find: Callable[[Site], str]  # its path after /admin/

    def path(self, site: Site) -> str:
        return f"/admin/{self.find(site)}"


def edition(slug: str, language: str, then: str) -> Callable[[Site], str]:
    """An address of the page of a record in one language."""
    query = (
        "SELECT wagtailcore_page.id FROM wagtailcore_page JOIN wagtailcore_locale ON wagtailcore_locale.id = locale_id"
        f" WHERE slug = '{slug}' AND language_code = '{language}'"
    )
    return first(query, f"pages/{{}}/{then}")


folder = edition("dsdw", "th", "")
SCREENS = [
    Screen("worklist", OPERATIONAL, at("")),
    Screen("new-visit", OPERATIONAL, at("visits/new/")),
    Screen("folder", OPERATIONAL, folder),
    Screen("adaptation", OPERATIONAL, edition("dsdw-small-houses", "en", "edit/")),
    Screen("translation", OPERATIONAL, edition("dsdw-small-houses", "th", "edit/")),
    Screen("history", OPERATIONAL, edition("dsdw-small-houses", "en", "history/")),
    Screen("kinds-of-page", OPERATIONAL, edition("dsdw", "th", "add_subpage/")),
    Screen(
        "new-practice", OPERATIONAL, lambda site: "pages/add/catalogue/practicepage/" + folder(site).split("/")[1] + "/"
    ),
    Screen(
        "new-adaptation",
        OPERATIONAL,
        lambda site: "pages/add/adaptations/adaptationpage/" + folder(site).split("/")[1] + "/",
    ),
    Screen("account", OPERATIONAL, at("account/")),
    Screen("sources", OPERATIONAL, at("snippets/catalogue/source/")),
    Screen("new-source", OPERATIONAL, at("snippets/catalogue/source/add/")),
    Screen("needs", OPERATIONAL, at("snippets/needs/trainingneed/")),
    Screen("images", OPERATIONAL, at("images/")),
    Screen("documents", OPERATIONAL, at("documents/")),
    Screen("strategic-worklist", STRATEGIC, at("")),
    Screen("organiser-worklist", ORGANISER, at("")),
    Screen("officer-worklist", OFFICER, at("")),
    Screen("officer-case-study", OFFICER, edition("case-study-thailand", "en", "edit/")),
    Screen("administrator-worklist", ADMINISTRATOR, at("")),
    Screen("people", ADMINISTRATOR, at("users/")),
    Screen("invitations", ADMINISTRATOR, at("invitations/")),
    Screen("seats", ADMINISTRATOR, at("seats/")),
    Screen("mails", ADMINISTRATOR, at("mails/")),
    Screen("institutions", ADMINISTRATOR, at("snippets/catalogue/institution/")),
    Screen("search-index", ADMINISTRATOR, at("search-index/")),
    Screen("search-rebuild", ADMINISTRATOR, at("search-index/rebuild/")),
    Screen("terms", ADMINISTRATOR, at("snippets/glossary/glossaryterm/")),
]


def open_signed_in(open_page: OpenPage, site: Site, person: str, language: str) -> Page:
    """A browser in which this person has signed in, their own language set as in their profile."""
    speak(site, person, language)
    page = open_page(language)
    page.goto(f"/{language}/accounts/login/")
    page.locator("input[name=login]").first.fill(person)
    page.locator("input[name=password][type=password]").fill(settings.DEMO_PASSWORD)
    with page.expect_navigation(url=lambda url: "/accounts/login/" not in url):
        page.keyboard.press("Enter")
    return page


def speak(site: Site, email: str, language: str) -> None:
    site.write("UPDATE people_user SET language = ? WHERE email = ?", language, email)
    site.write(
        "UPDATE wagtailusers_userprofile SET preferred_language = ?"
        " WHERE user_id = (SELECT id FROM people_user WHERE email = ?)",
        language,
        email,
    )
