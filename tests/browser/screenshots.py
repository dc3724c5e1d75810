"""Pictures of every type of public page at 390 and 1280 px, in both languages, light and dark: `make screenshots`."""

from __future__ import annotations

import shutil
import sys

from playwright.sync_api import sync_playwright

from tests.browser.conftest import CHROMIUM, DESKTOP, PHONE, QUIET
from tests.browser.pages import LANGUAGES, PAGES
from tests.browser.server import ROOT, running_site

FOLDER = ROOT / "var" / "screenshots"


def main() -> None:
    if CHROMIUM is None:
        sys.exit("Needs Chromium; on Debian: apt-get install chromium")
    wanted = [page for page in PAGES if len(sys.argv) == 1 or page.name in sys.argv[1:]]
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for language in LANGUAGES:
            for theme in ("light", "dark"):
                for size in (PHONE, DESKTOP):
                    context = browser.new_context(base_url=site.url, viewport=size, color_scheme=theme)
                    page = context.new_page()
                    for public_page in wanted:
                        page.goto(public_page.path(site, language))
                        name = f"{public_page.name}-{language}-{theme}-{size['width']}.png"
                        page.screenshot(path=FOLDER / name, full_page=True)
                    context.close()
        browser.close()
    print(f"{len(list(FOLDER.iterdir()))} pictures in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
