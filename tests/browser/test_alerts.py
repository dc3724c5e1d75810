"""A trainee saves a search, a focal point publishes, and the news arrives by mail: it opens, and it ends by one click."""

from __future__ import annotations

import re
import time
from email.message import EmailMessage

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.keyboard import Keyboard
from tests.browser.pages import LANGUAGES
from tests.browser.server import Site
from tests.browser.test_accounts import sign_in
from tests.browser.test_pages import violations
from tests.browser.test_stories import publish_visit

TRAINEE = "trainee.two@example.org"
WITHIN = 60  # seconds: what “at once” promises


def mail_to(site: Site, address: str, since: float) -> EmailMessage:
    while not (found := [mail for mail in site.mails if mail["To"] == address]):
        assert time.monotonic() - since < WITHIN, "No mail came in time."
        time.sleep(0.2)
    return found[0]


def test_trainee_hears_of_what_is_published_and_ends_it_by_one_click(open_page: OpenPage, site: Site) -> None:
    """In Thai, on a phone, without JavaScript."""
    page = open_page("th", size=PHONE, javascript=False)
    keys = Keyboard(page)
    page.goto("/th/")
    keys.write(page.locator("main input[name=q]"), "ที่อยู่อาศัยมาก่อน")
    page.keyboard.press("Enter")
    keys.press(page.locator("main a[href*='/saved-searches/new/']"))
    keys.sign_in(TRAINEE, settings.DEMO_PASSWORD)
    expect(page.locator("[name=name]")).to_have_value("ที่อยู่อาศัยมาก่อน")
    page.locator("input[name=frequency][value=at-once]").check()
    keys.press(page.locator("form.form button.act"))
    expect(page).to_have_url(re.compile("/th/saved-searches/$"))
    expect(page.locator("main")).to_contain_text("ที่อยู่อาศัยมาก่อน")

    title = "ศึกษาดูงานบ้านหลังเล็ก ประเทศไอร์แลนด์ (ตัวอย่าง)"
    publish_visit(open_page("th"), site, "th", title)
    mail = mail_to(site, TRAINEE, time.monotonic())

    assert "ที่อยู่อาศัยมาก่อน" in mail["Subject"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    text = mail.get_content()
    assert title in text
    links = re.findall(rf"^{re.escape(site.url)}/\S+$", text, re.MULTILINE)
    page.goto(next(link for link in links if "/catalogue/" in link))
    expect(page.locator("h1")).to_contain_text(title)
    page.goto("/th/saved-searches/")
    expect(page.locator("main .mark.ask")).to_contain_text("1")

    stop = next(link for link in links if "/stop/" in link)
    looked_at = open_page("th", size=PHONE)
    looked_at.goto(stop)
    assert violations(looked_at) == ""
    stranger = open_page("th", size=PHONE, javascript=False)
    stranger.goto(stop)
    keys = Keyboard(stranger)
    keys.press(stranger.locator("main form button"))
    expect(stranger.locator("main form")).to_have_count(0)
    query = (
        "SELECT frequency FROM saved_searches_savedsearch WHERE owner_id = (SELECT id FROM people_user WHERE email = ?)"
    )
    assert site.rows(query, TRAINEE) == [("never",)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_each_page_of_saved_searches_is_accessible_and_fits_a_phone(
    language: str, dark: bool, open_page: OpenPage, site: Site
) -> None:
    page = open_page(language, dark=dark)
    sign_in(page, language, "trainee.one@example.org")

    def look() -> None:
        page.set_viewport_size(PHONE)
        assert violations(page) == "", page.url
        assert page.locator("h1").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url

    start = f"/{language}/saved-searches/"
    page.goto(start)
    look()
    page.goto(f"{start}new/?q=housing&kind=practice")
    look()
    name = f"A long name of an example search, {language} {dark}"
    page.fill("[name=name]", "")
    page.click("form.form button.act")
    look()
    page.fill("[name=name]", name)
    page.click("form.form button.act")
    look()
    for then in ("change", "delete", "share"):
        page.goto(start)
        page.click(f"main li a[href$='/{then}/'] >> nth=0")
        look()
    page.click("main form button.act")
    look()
    page.goto(page.input_value("#link"))
    look()
