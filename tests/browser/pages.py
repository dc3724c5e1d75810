"""Every type of public page with one address of the real case: what accessibility, validity and pictures are checked on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.server import Site

LANGUAGES = ("en", "th")


@dataclass(frozen=True)
class PublicPage:
    name: str
    find: Callable[[Site], str]  # its path after the language, without a leading slash
    status: int = 200

    def path(self, site: Site, language: str) -> str:
        return f"/{language}/{self.find(site)}"


def at(path: str) -> Callable[[Site], str]:
    return lambda site: path


def record(slug: str, then: str = "") -> Callable[[Site], str]:
    """The page of a record, by the end of its address."""

    def find(site: Site) -> str:
        found = site.rows("SELECT url FROM catalogue_listing WHERE language = 'en' AND url LIKE ?", f"%/{slug}/")
        assert len(found) == 1, f"{len(found)} records at …/{slug}/"
        return found[0][0].removeprefix("/en/") + then

    return find


def by_code(slug: str, pattern: str) -> Callable[[Site], str]:
    """An address that names a record by its code."""

    def find(site: Site) -> str:
        query = (
            "SELECT code FROM catalogue_record WHERE id IN (SELECT record_id FROM catalogue_listing WHERE url LIKE ?)"
        )
        return pattern.format(code=site.rows(query, f"/en/%/{slug}/")[0][0].lower())

    return find


def first(query: str, pattern: str) -> Callable[[Site], str]:
    return lambda site: pattern.format(*site.rows(query)[0])


PAGES = [
    PublicPage("home", at("")),
    PublicPage("catalogue", at("catalogue/")),
    PublicPage("catalogue-filtered", at("catalogue/?kind=practice")),
    PublicPage("search", at("search/")),
    PublicPage(
        "search-found",
        at("search/?q=%E0%B8%9C%E0%B8%B9%E0%B9%89%E0%B9%80%E0%B8%AA%E0%B8%B5%E0%B8%A2%E0%B8%AB%E0%B8%B2%E0%B8%A2"),
    ),
    PublicPage("search-by-kind", at("search/?q=shelter&group=kind")),
    PublicPage("search-several-values", at("search/?all=country&country=IE&country=BE")),
    PublicPage("search-nothing", at("search/?q=xylophone")),
    PublicPage("practice", record("housing-first-ireland")),
    PublicPage("adaptation", record("dsdw-small-houses")),
    PublicPage("action", record("thailand-2013-2017")),
    PublicPage("case-study", record("case-study-thailand")),
    PublicPage("study-visit", record("study-visit-ireland")),
    PublicPage("workshop", record("workshop-children")),
    PublicPage("brochure", record("brochure-safe-technology")),
    PublicPage("institution", first("SELECT code FROM catalogue_institution WHERE code = 'dsdw'", "catalogue/{}/")),
    PublicPage("versions", by_code("housing-first-ireland", "r/{code}/versions/")),
    PublicPage("version", by_code("housing-first-ireland", "r/{code}/v1/")),
    PublicPage("similar", by_code("housing-first-ireland", "r/{code}/similar/")),
    PublicPage("tags", at("tags/")),
    PublicPage("tag", first("SELECT slug FROM catalogue_recordtag ORDER BY id LIMIT 1", "tags/{}/")),
    PublicPage("comments", by_code("dsdw-small-houses", "discussion/{code}/")),
    PublicPage("needs", at("needs/")),
    PublicPage("needs-filtered", at("needs/?topic=housing&sort=newest")),
    PublicPage("need", first("SELECT LOWER(code) FROM catalogue_record WHERE kind = 'need' LIMIT 1", "needs/{}/")),
    PublicPage("need-new", at("needs/new/?statement=homeless+housing")),
    PublicPage("glossary", at("glossary/")),
    PublicPage("glossary-term", at("glossary/victim-of-trafficking/")),
    PublicPage(
        "reading-list",
        first("SELECT token FROM reading_lists_readinglist WHERE sharing = 'anyone' LIMIT 1", "lists/{}/"),
    ),
    PublicPage("sign-in", at("accounts/login/")),
    PublicPage("forgot-password", at("accounts/password/reset/")),
    PublicPage("by-invitation", at("accounts/signup/")),
    PublicPage("invitation-closed", at("accounts/invitation/no-such-invitation/"), status=410),
    PublicPage("not-found", at("nothing-is-here/"), status=404),
]
