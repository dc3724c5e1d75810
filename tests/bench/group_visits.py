"""What a first visit to each type of public page loads, as Chromium counts it on the wire, and whom it asks for it.

The site is served as by `make demo`; for a public server static files are compressed, so that less is loaded there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

from .figures import Figure, at_most
from .samples import Plan

KILOBYTES = 150
QUICK = ("home", "search-found", "practice", "case-study")


def measure(plan: Plan) -> Iterator[Figure]:
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import CHROMIUM, QUIET
    from tests.browser.pages import LANGUAGES, PAGES
    from tests.browser.server import running_site

    if CHROMIUM is None:
        print("first visits left out, they need Chromium; on Debian: apt-get install chromium", file=sys.stderr)
        return
    hosts: set[str] = set()
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for page in [page for page in PAGES if not plan.is_quick or page.name in QUICK]:
            for language in LANGUAGES:
                loaded, asked = _visit(browser, site.url + page.path(site, language))
                hosts |= asked
                yield at_most(f"first visit, {page.name}, {language}", loaded / 1000, KILOBYTES, " kB")
        browser.close()
    yield at_most("first visits: other hosts asked", len(hosts - {urlsplit(site.url).hostname}), 0)


def _visit(browser, url: str) -> tuple[int, set[str]]:
    """Bytes transferred, heads of the answers included, and the hosts that were asked."""
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    sizes: list[float] = []
    hosts: set[str] = set()
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.on(
        "request",
        lambda request: hosts.add(urlsplit(request.url).hostname or "") if request.url.startswith("http") else None,
    )
    network.send("Network.enable")
    page.goto(url, wait_until="networkidle")
    context.close()
    return round(sum(sizes)), hosts
