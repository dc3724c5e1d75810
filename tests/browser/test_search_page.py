"""The list of records as people use it: by keyboard, on a telephone, without JavaScript; and what other programs are told."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.keyboard import Keyboard
from tests.browser.pages import record

ENDS = "window.innerWidth >= document.documentElement.scrollWidth"


@pytest.mark.parametrize("language", ["en", "th"])
def test_several_values_of_a_filter_are_chosen_by_keyboard(open_page, language):
    page = open_page(language)
    page.goto(f"/{language}/catalogue/")
    keys = Keyboard(page)
    facet = page.locator(".facet").filter(has=page.locator("#facet-kind"))
    keys.press(facet.locator("> a"))
    page.wait_for_url("**all=kind**")
    boxes = facet.get_by_role("checkbox")
    counts = [int(text) for text in facet.locator("label .count").all_inner_texts()]
    for number in (0, 1):
        keys.press(boxes.nth(number), "Space")
        expect(boxes.nth(number)).to_be_checked()
    keys.press(facet.get_by_role("button"))
    expect(page.locator("a.pill").filter(has=page.locator("svg"))).to_have_count(2)
    expect(page.locator("main strong").first).to_contain_text(str(sum(counts[:2])))


def test_on_a_telephone_without_javascript_the_best_of_each_kind_lead_to_all_of_it(open_page):
    page = open_page("th", size=PHONE, javascript=False)
    page.goto("/th/catalogue/")
    page.locator('.sorts a[href*="group=kind"]').click()
    first = page.locator("main section:has(> p a)").first  # of a kind that has more than its best three
    expect(first.locator("article.hit")).to_have_count(3)
    name = first.locator("h2").inner_text()
    first.locator("> p a").click()
    expect(page.locator("a.pill")).to_contain_text(name)
    kinds = page.locator("article.hit .kind").all_inner_texts()
    assert len(kinds) > 3
    assert set(kinds) == {name}


@pytest.mark.parametrize("language", ["en", "th"])
def test_records_alike_come_when_the_reader_comes_near_and_by_a_link_without_javascript(open_page, site, language):
    address = record("housing-first-ireland")(site)
    page = open_page(language, size=PHONE)
    page.goto(f"/{language}/{address}")
    alike = page.locator("[data-similar]")
    expect(alike.locator("article")).to_have_count(0)
    alike.scroll_into_view_if_needed()
    expect(alike.locator("article.hit").first).to_be_visible()
    titles = alike.locator("h3").all_inner_texts()
    assert page.evaluate(ENDS)

    plain = open_page(language, javascript=False)
    plain.goto(f"/{language}/{address}")
    plain.locator("[data-similar] a").click()
    expect(plain.locator("main article.hit h3")).to_have_text(titles)


def test_files_and_feed_of_the_list_can_be_taken_along(open_page):
    page = open_page("th")
    page.goto("/th/search/?q=%E0%B8%9A%E0%B9%89%E0%B8%B2%E0%B8%99")
    for kind in ("csv", "xlsx"):
        with page.expect_download() as taken:
            page.locator(f'main a[href^="results.{kind}?q="]').click()
        assert taken.value.suggested_filename.endswith(f".{kind}")
    feed = page.locator('link[type="application/rss+xml"]').evaluate("link => link.href")
    answer = page.request.get(feed)
    assert answer.ok
    assert "<language>th</language>" in answer.text()


def test_a_question_without_an_answer_is_carried_into_a_need(open_page):
    page = open_page("en")
    page.goto("/en/search/?q=xylophone+lessons")
    page.locator(".empty a.act").click()
    expect(page.locator("textarea[name=statement]")).to_have_value("xylophone lessons")


def test_page_about_the_api_works_under_the_content_policy(open_page):
    page = open_page("en")
    page.goto("/api/v1/")
    expect(page.get_by_text("/api/v1/search")).to_be_visible()
    expect(page.locator(".opblock")).to_have_count(5)
