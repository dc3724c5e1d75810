"""No public page carries an inline script, style or event handler, and each answers with the headers that forbid them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client

from tests.factories.editions import Chain, make_chain

pytestmark = pytest.mark.django_db
PLAIN = ["", "catalogue/", "search/?q=example", "tags/", "accounts/login/", "nothing-is-here/"]
DATA_TYPES = {"application/json", "application/ld+json"}  # data, which browsers never run


class Inline(HTMLParser):
    """Collects what a strict policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in attributes and attributes.get("type") not in DATA_TYPES):
            self.found.append(f"<{tag}>")
        self.found += [f"<{tag} {name}>" for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src", "action"):
            if (attributes.get(name) or "").lower().lstrip().startswith("javascript:"):
                self.found.append(f"<{tag} {name}=javascript:>")


@pytest.fixture
def chain() -> Chain:
    return make_chain()


@pytest.mark.parametrize("language", ["en", "th"])
def test_no_public_page_has_anything_inline(client: Client, chain: Chain, language: str) -> None:
    addresses = [f"/{language}/{path}" for path in PLAIN]
    addresses += [page.get_url().replace("/en/", f"/{language}/", 1) for page in chain.pages]
    found = {}
    for address in addresses:
        response = client.get(address)
        assert response.status_code in {200, 404}, address
        parser = Inline()
        parser.feed(response.content.decode())
        found[address] = parser.found
    assert found == {address: [] for address in addresses}


def test_the_checker_finds_what_is_inline() -> None:
    parser = Inline()
    parser.feed('<style>a{}</style><script>x()</script><p style="" onclick="y()"><a href=" JavaScript:z()">')
    assert parser.found == ["<style>", "<script>", "<p style>", "<p onclick>", "<a href=javascript:>"]


def test_public_pages_forbid_what_is_not_ours(client: Client, chain: Chain) -> None:
    policy = client.get("/en/").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";") if part.strip())
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert "unsafe" not in policy


def test_security_headers_are_there(client: Client) -> None:
    headers = client.get("/en/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
