"""What axe-core finds in the admin is Wagtail's own, or of its companions, and known: a frozen list that may only get shorter."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.admin import SCREENS, open_signed_in
from tests.browser.conftest import OpenPage
from tests.browser.server import Site

FROZEN = Path(__file__).parent / "wagtails_own_violations.json"


def named(rule: dict, node: dict) -> str:
    """A violation by its rule and the kind of element, as "rule tag.class"."""
    element = re.match(r"<(\w+)", node["html"])
    classes = re.match(r'<[^>]*?\sclass="([^"]*)"', node["html"])
    kind = "" if rule["id"].startswith("page-") or classes is None else "." + classes[1].split()[-1]
    return f"{rule['id']} {element[1] if element else ''}{kind}"


@pytest.mark.parametrize("language", ["en", "th"])
@pytest.mark.parametrize("person", sorted({screen.person for screen in SCREENS}))
def test_axe_finds_nothing_but_what_is_wagtails(person: str, language: str, open_page: OpenPage, site: Site) -> None:
    frozen = set(json.loads(FROZEN.read_text()))
    page = open_signed_in(open_page, site, person, language)
    new = []
    for screen in SCREENS:
        if screen.person == person:
            page.goto(screen.path(site))
            page.wait_for_load_state("networkidle")
            for rule in Axe().run(page).response["violations"]:
                for node in rule["nodes"]:
                    if named(rule, node) not in frozen:
                        new.append(f"{screen.name}: {named(rule, node)}")
    assert not new, "\n".join(sorted(set(new)))
