"""A trainee keeps what they read, orders it, passes it on and deletes it; and asks for what no search finds. By keyboard alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, OpenPage
from tests.browser.keyboard import Keyboard
from tests.browser.pages import LANGUAGES
from tests.browser.server import Site
from tests.browser.test_pages import violations

TRAINEE = "trainee.two@example.org"
PATHS = ("housing-first-ireland", "dsdw-small-houses")


def path_of(site: Site, slug: str, language: str) -> str:
    query = "SELECT url FROM catalogue_listing WHERE language = ? AND url LIKE ?"
    return site.rows(query, language, f"%/{slug}/")[0][0]


def lines(page: Page) -> Locator:
    return page.locator("[data-reading-list] > li")


def first_line(page: Page, slug: str) -> None:
    expect(lines(page).first.locator("h2 a")).to_have_attribute("href", re.compile(f"/{slug}/$"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_trainee_keeps_orders_shares_and_deletes_a_list(
    language: str, javascript: bool, open_page: OpenPage, site: Site, faults: list[str]
) -> None:
    page = open_page(language, size=DESKTOP if javascript else PHONE, javascript=javascript)
    keys, name = Keyboard(page), f"รายการทดสอบ {language} {javascript}"
    page.goto(f"{path_of(site, PATHS[0], language)}#keep")
    keys.press(page.locator("#keep a"))
    keys.sign_in(TRAINEE, settings.DEMO_PASSWORD)
    if page.locator("main select").count():
        keys.choose(page.locator("main select[name=reading_list]"), "")
    keys.write(page.locator("main input[name=name]"), name)
    keys.press(page.locator("main form.form button"))
    expect(page).to_have_url(re.compile(f"/{language}/catalogue/.*/{PATHS[0]}/#keep$"))

    page.goto(path_of(site, PATHS[1], language))
    choice = page.locator("#keep select[name=reading_list]")
    keys.choose(choice, choice.locator("option", has_text=name).get_attribute("value") or "")
    keys.press(page.locator("#keep form.form button"))
    keys.press(page.locator("#keep li a", has_text=name))
    first_line(page, PATHS[0])
    address = page.url

    keys.press(lines(page).nth(1).locator("form[data-step='-1'] button"))
    first_line(page, PATHS[1])
    if javascript:
        expect(lines(page).first.locator("form[data-step='1'] button")).to_be_focused()
        expect(page.locator("[data-said]")).to_contain_text("1")
        page.wait_for_load_state("networkidle")
    keys.press(lines(page).first.locator("summary"))
    keys.write(lines(page).first.locator("textarea"), "อ่านส่วนนี้ก่อน")
    keys.press(lines(page).first.locator("details button"))
    expect(lines(page).first).to_contain_text("อ่านส่วนนี้ก่อน")
    first_line(page, PATHS[1])
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    if javascript:
        assert violations(page) == ""

    visitor = open_page(language, javascript=False)
    assert visitor.goto(address).status == 404
    keys.press(page.locator("aside a[href$='/edit/']"))
    private = page.locator("input[name=sharing][value=private]")
    keys.reach(private)
    page.keyboard.press("ArrowUp")  # round to the last: everyone who has the link
    expect(page.locator("input[name=sharing][value=anyone]")).to_be_checked()
    keys.press(page.locator("main form.form button.act"))
    expect(page.locator("#list-address")).to_have_value(re.compile(r"/lists/\w+/$"))
    visitor.goto(address)
    expect(visitor.locator("h1")).to_have_text(name)
    expect(visitor.locator("main form")).to_have_count(0)

    keys.press(page.locator("aside a[href$='/delete/']"))
    keys.press(page.locator("main form button.act"))
    expect(page).to_have_url(re.compile(f"/{language}/lists/$"))
    if javascript:
        assert violations(page) == ""
    assert visitor.goto(address).status == 404
    keys.press(page.locator("#deleted-title ~ ul li", has_text=name).locator("button"))
    expect(page.locator("h1")).to_have_text(name)
    expect(lines(page)).to_have_count(2)
    faults[:] = [fault for fault in faults if "status of 404" not in fault]  # which the browser logs, and is expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_printed_list_has_words_addresses_and_no_buttons(language: str, open_page: OpenPage, site: Site) -> None:
    token = site.rows("SELECT token FROM reading_lists_readinglist WHERE name LIKE '(ตัวอย่าง)%'")[0][0]
    page = open_page(language)
    page.goto(f"/{language}/lists/{token}/")
    page.emulate_media(media="print")
    expect(lines(page)).to_have_count(3)
    for line in lines(page).all():
        expect(line.locator("h2")).to_be_visible()
        expect(line.get_by_text("/catalogue/")).to_be_visible()
    expect(page.locator("main .qr")).to_be_visible()
    expect(page.locator("main aside")).to_be_hidden()
    for button in page.locator("main button").all():
        expect(button).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_trainee_asks_for_what_no_search_finds(language: str, open_page: OpenPage, site: Site) -> None:
    """On a phone, without JavaScript: words and language go along to the form, and through signing in. The second time
    the search finds the first need, which has one of the words only, and still offers to record this one."""
    page = open_page(language, size=PHONE, javascript=False)
    keys, words = Keyboard(page), f"ฮิปโปโปเตมัสแคระ {language}"
    page.goto(f"/{language}/")
    keys.write(page.locator("main input[name=q]"), words)
    page.keyboard.press("Enter")
    keys.press(page.locator(f"main .empty a[href^='/{language}/needs/new/']"))
    expect(page.locator("[name=statement]")).to_have_value(words)
    expect(page.locator("html")).to_have_attribute("lang", language)
    keys.choose(page.locator("[name=topic]"), "housing")
    keys.write(page.locator("[name=existing_training]"), "ไม่พบ")
    keys.press(page.locator("form.form button.act"))
    keys.sign_in(TRAINEE, settings.DEMO_PASSWORD)
    expect(page.locator("[name=statement]")).to_have_value(words)
    keys.press(page.locator("form.form button.act"))
    expect(page).to_have_url(re.compile(f"/{language}/needs/tn-"))
    expect(page.locator("h1")).to_have_text(words)
    assert page.locator("h1").get_attribute("lang") == (None if language == "th" else "th")
