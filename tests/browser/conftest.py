"""A browser on the served demo: any language, phone or desktop, light or dark, with or without JavaScript, and always watched.

A test fails when a page breaks the content security policy, logs an error or asks another host for anything.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.server import Site, running_site

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
# The browser's own errands outside are not ours to make, and fail on a machine without a network.
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
REPORT_VIOLATIONS = """
addEventListener('securitypolicyviolation', event =>
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`));
"""

# Wagtail saves a form by itself while someone writes, and answers so as long as the form is not yet complete.
NOT_YET_COMPLETE = re.compile(r"status of 400 .*/admin/pages/\d+/edit/$")

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="needs Chromium; on Debian: apt-get install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    with running_site() as served:
        yield served


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained of; a test that expects a complaint takes it out."""
    return []


@pytest.fixture
def open_page(browser: Browser, site: Site, faults: list[str]) -> Iterator[OpenPage]:
    contexts: list[BrowserContext] = []

    def open_page(language: str = "en", *, size: dict = DESKTOP, dark: bool = False, javascript: bool = True) -> Page:
        """A page of a new visitor; addresses are relative to the site."""
        context = browser.new_context(
            base_url=site.url,
            ignore_https_errors=True,  # the stack makes its certificate itself
            viewport=size,
            locale={"en": "en-GB", "th": "th-TH"}[language],
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            reduced_motion="reduce",
            has_touch=size is PHONE,
        )
        contexts.append(context)
        context.add_init_script(REPORT_VIOLATIONS)
        page = context.new_page()
        page.on("console", lambda message: _note(message, faults))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: _watch(request.url, site, faults))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


def _note(message: ConsoleMessage, faults: list[str]) -> None:
    fault = f"{message.text} {message.location.get('url')}"
    if message.type == "error" and not NOT_YET_COMPLETE.search(fault):
        faults.append(fault)


def _watch(url: str, site: Site, faults: list[str]) -> None:
    if not url.startswith((site.url, "data:", "blob:", "about:")):
        faults.append(f"asked another host: {url}")
