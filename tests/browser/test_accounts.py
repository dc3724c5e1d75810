"""One's own account in a browser: signing in, setting up the second step with a real code, and coming back with it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage
from tests.browser.server import Site
from tests.browser.test_pages import violations
from tests.exchange.people.codes import code_for

PASSWORD = "sala-demo-2561"


def sign_in(page: Page, language: str, address: str) -> None:
    page.goto(f"/{language}/accounts/login/")
    page.fill("#id_login", address)
    page.fill("#id_password", PASSWORD)
    page.click("form.form button.act")


@pytest.mark.parametrize(
    ("language", "address", "javascript"),
    [("en", "expert.ngo@example.org", True), ("th", "expert.academic@example.org", False)],
)
def test_second_step_is_set_up_and_asked_for(
    language: str, address: str, javascript: bool, open_page: OpenPage, site: Site
) -> None:
    page = open_page(language, size=PHONE, dark=not javascript, javascript=javascript)
    sign_in(page, language, address)
    for path in ("profile/", "password/change/", "2fa/"):
        page.goto(f"/{language}/accounts/{path}")
        if javascript:
            assert violations(page) == "", path
    page.click("a.act")
    if javascript:
        assert violations(page) == ""
    assert page.locator("img[src^='data:image/svg+xml']").evaluate("image => image.naturalWidth") > 100
    secret = page.locator("code").inner_text().replace(" ", "")
    page.fill("#id_code", code_for(secret))
    page.click("form.form button.act")
    codes = page.locator("li code").all_inner_texts()
    assert len(codes) == 10
    if javascript:
        assert violations(page) == ""

    again = open_page(language, size=PHONE, javascript=javascript)
    sign_in(again, language, address)
    assert again.url == f"{site.url}/{language}/accounts/2fa/authenticate/"
    if javascript:
        assert violations(again) == ""
    again.fill("#id_code", "000 000")
    again.click("form.form button.act")
    expect(again.locator("#id_code_error")).to_be_visible()
    expect(again.locator("#id_code")).to_have_attribute("aria-invalid", "true")
    again.fill("#id_code", codes[0])
    again.click("form.form button.act")
    again.goto(f"/{language}/accounts/profile/")
    expect(again.locator("#id_name")).to_be_visible()


def test_example_person_is_tried_with_one_press_and_no_script(open_page: OpenPage, site: Site) -> None:
    page = open_page("en", javascript=False)
    page.goto("/en/accounts/login/")
    page.click("text=Sign in as Example Moderator")
    page.goto("/en/accounts/profile/")
    expect(page.locator("#id_name")).to_have_value("Example Moderator")
