"""Suggestions under the search box: a combobox that keys and screen readers can use, and a plain form without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize(("language", "typed"), [("en", "hous"), ("th", "ผู้เสีย")])
def test_arrow_keys_choose_a_suggestion_and_enter_opens_it(open_page, language, typed):
    page = open_page(language)
    page.goto(f"/{language}/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially(typed)
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    target = options.first.get_attribute("data-url") or ""
    box.press("Enter")
    page.wait_for_url(lambda url: target.split("?")[0] in url)
    expect(page.locator("main h1")).to_be_visible()


def test_escape_closes_the_suggestions_and_keeps_what_was_typed(open_page):
    page = open_page("en")
    page.goto("/en/search/")
    box = page.get_by_role("combobox")
    box.press_sequentially("hous")
    expect(page.get_by_role("listbox")).to_be_visible()
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("hous")
    expect(box).to_have_attribute("aria-expanded", "false")


def test_without_javascript_the_box_searches_and_the_filters_are_links(open_page):
    page = open_page("th", javascript=False)
    page.goto("/th/search/")
    page.locator("#site-q").fill("ผู้เสียหาย")
    page.locator("#site-q").press("Enter")
    expect(page.locator("article.hit").first).to_be_visible()
    before = page.locator("article.hit").count()
    page.locator("#filters a").first.click()
    expect(page.locator("a.pill").first).to_be_visible()
    assert 0 < page.locator("article.hit").count() <= before
    page.locator("a.pill").first.click()
    expect(page.locator("a.pill")).to_have_count(0)
