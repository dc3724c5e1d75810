"""The three stories that Sala is for, told in both languages of the interface, by keyboard alone."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect

from tests.browser.admin import OPERATIONAL, speak
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.keyboard import Keyboard
from tests.browser.pages import LANGUAGES
from tests.browser.server import Site
from tests.exchange.visits.docx_files import thai_notes

every_language = pytest.mark.parametrize("language", LANGUAGES)


def said(language: str, message: str) -> str:
    """The message as the interface says it in this language."""
    with override(language):
        return gettext(message)


def named_comment(page: Page, language: str) -> Locator:
    """The comment that the address names, on the page of the adaptation."""
    expect(page).to_have_url(re.compile(rf"/{language}/catalogue/dsdw/dsdw-small-houses/#comment-\d+$"))
    return page.locator(page.url[page.url.index("#") :])


@every_language
def test_trainee_finds_a_practice_in_thai_and_records_a_need(language: str, open_page: OpenPage, site: Site) -> None:
    """On a phone, without JavaScript."""
    page = open_page(language, size=PHONE, javascript=False)
    keys = Keyboard(page)
    page.goto(f"/{language}/")
    keys.write(page.locator("main input[name=q]"), "ที่อยู่อาศัยมาก่อน")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/{language}/search/"))
    keys.press(page.locator("main a[href*='/housing-first-ireland/']").first)
    expect(page).to_have_url(re.compile(f"/{language}/catalogue/.*/housing-first-ireland/"))
    expect(page.locator("h1")).to_be_visible()

    keys.press(page.locator(f".site-nav a[href='/{language}/needs/']"))
    keys.press(page.locator(f"main a[href='/{language}/needs/new/']").first)
    statement = f"จะอธิบายสัญญาเช่าให้ผู้ที่ไม่เคยมีบ้านเข้าใจได้อย่างไร ({language})"
    keys.write(page.locator("[name=statement]"), statement)
    keys.press(page.locator("button[name=look]"))
    expect(page.locator("[name=statement]")).to_have_value(statement)
    keys.choose(page.locator("[name=topic]"), "housing")
    keys.write(page.locator("[name=existing_training]"), "ไม่พบ")
    keys.press(page.locator("form.form button.act"))
    expect(page).to_have_url(re.compile("/accounts/login/"))
    keys.sign_in("trainee.one@example.org", settings.DEMO_PASSWORD)

    expect(page.locator("[name=statement]")).to_have_value(statement)
    expect(page.locator("[name=existing_training]")).to_have_value("ไม่พบ")
    keys.press(page.locator("form.form button.act"))
    expect(page.locator("h1")).to_contain_text(statement)
    expect(page.locator("main")).not_to_contain_text("Trainee One")


@every_language
def test_expert_comments_on_an_adaptation(language: str, open_page: OpenPage, site: Site) -> None:
    page = open_page(language)
    keys = Keyboard(page)
    page.goto(f"/{language}/catalogue/dsdw/dsdw-small-houses/")
    keys.press(page.locator("#comments a[href*='/discussion/']").first)
    keys.sign_in("expert.government@example.org", settings.DEMO_PASSWORD)
    keys.write(page.locator("[name=body]"), f"Who pays the **upkeep** after three years? ({language})")
    keys.press(page.locator("form.form button.act"))
    comment = named_comment(page, language)
    expect(comment.locator("strong")).to_have_text("upkeep")
    expect(comment).to_contain_text(f"({language})")

    keys.press(comment.locator("a[href$='/reply/']"))
    keys.write(page.locator("[name=body]"), f"The settlement office does. ({language})")
    keys.press(page.locator("form.form button.act"))
    reply = named_comment(page, language)
    expect(reply).to_contain_text("The settlement office does.")

    keys.press(reply.locator("a[href$='/edit/']"))
    keys.reach(page.locator("[name=body]"))
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" Ask Ratchaburi, for example.")
    keys.press(page.locator("form.form button.act"))
    expect(reply).to_contain_text("Ask Ratchaburi")

    visitor = open_page(language, javascript=False)
    visitor.goto(page.url)
    expect(visitor.locator("#comments")).to_contain_text("Ask Ratchaburi")


@every_language
def test_focal_point_publishes_a_visit_from_a_word_file(language: str, open_page: OpenPage, site: Site) -> None:
    title = f"ศึกษาดูงานที่อยู่อาศัย ประเทศไอร์แลนด์ (ตัวอย่าง {language})"
    publish_visit(open_page(language), site, language, title)
    path = site.rows("SELECT url FROM catalogue_listing WHERE title = ? AND language = ?", title, language)[0][0]
    visitor = open_page(language, javascript=False)
    visitor.goto(path)
    expect(visitor.locator("h1")).to_contain_text(title)
    expect(visitor.locator("main")).to_contain_text(said(language, "Not yet endorsed"))
    expect(visitor.locator("main")).to_contain_text("ที่อยู่อาศัยมาก่อน")


def publish_visit(page: Page, site: Site, language: str, title: str) -> None:
    """By the focal point, who begins with a Word file."""
    keys = Keyboard(page)
    page.goto(f"/{language}/accounts/login/?next=/admin/")
    keys.sign_in(OPERATIONAL, settings.DEMO_PASSWORD)
    speak(site, OPERATIONAL, language)
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".worklist-page")).to_be_visible()
    keys.press(page.locator("main a[href$='/admin/visits/new/']").first)

    expect(page.locator("input[name=institution]")).to_have_value(_id_of(site, "institution", "dsdw"))
    expect(page.locator("select[name=action] option:checked")).not_to_have_attribute("value", "")
    keys.choose(page.locator("select[name=host_country]"), _id_of(site, "country", "IE"))
    keys.write(page.locator("[name=start]"), "เมษายน 2561")
    keys.attach(page.locator("[name=notes]"), "notes.docx", thai_notes())
    keys.press(page.locator("main form button[type=submit]"))

    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))
    expect(page.locator("[name=title]")).not_to_have_value("")
    expect(page.locator("main")).to_contain_text("ที่อยู่อาศัยมาก่อน")
    _replace(keys, page, "[name=title]", title)
    _replace(keys, page, "[name=one_line]", "บ้านมาก่อนทุกสิ่ง")
    _replace(keys, page, "[name=summary]", "คณะได้เห็นว่าผู้ไร้บ้านย้ายเข้าบ้านของตนเองทันที")
    keys.write(page.locator("[name=delegation-0-value-role]"), "หัวหน้ากลุ่มงาน")
    keys.press(page.locator("footer [data-w-dropdown-target=toggle], .footer [data-w-dropdown-target=toggle]").first)
    keys.press(page.locator("button[name=action-publish]"))

    said_published = page.locator(".messages .success").first
    expect(said_published).to_be_visible(timeout=30_000)


def _id_of(site: Site, model: str, code: str) -> str:
    return str(site.rows(f"SELECT id FROM catalogue_{model} WHERE code = ?", code)[0][0])


def _replace(keys: Keyboard, page: Page, field: str, text: str) -> None:
    keys.reach(page.locator(field), back=True) if field == "[name=title]" else keys.reach(page.locator(field))
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)
