"""Works a page as someone does who has no mouse: Tab until the thing has the focus, then keys. Nothing is ever clicked."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

FURTHEST = 400  # steps of Tab; a page where one needs more is not usable by keyboard
HAS_FOCUS = "element => element === document.activeElement"
SHOWS_FOCUS = """element => {
    const around = [element, element.nextElementSibling, element.parentElement, element.closest('label')].filter(Boolean);
    return around.some(one => {
        const style = getComputedStyle(one);
        return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
    });
}"""


class Keyboard:
    def __init__(self, page: Page) -> None:
        self.page = page
        # Playwright takes choosers over only while someone listens, and turning that on may lose against the key that opens one.
        page.on("filechooser", lambda _chooser: None)

    def reach(self, target: Locator, back: bool = False) -> Locator:
        """Moves the focus to the target, and sees that the focus can be seen there."""
        expect(target).to_be_visible()
        for _step in range(FURTHEST):
            if target.evaluate(HAS_FOCUS):
                assert target.evaluate(SHOWS_FOCUS), f"the focus cannot be seen on {target}"
                return target
            self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"Tab never reached {target}")

    def press(self, target: Locator, key: str = "Enter", back: bool = False) -> None:
        self.reach(target, back)
        self.page.keyboard.press(key)

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.insert_text(text)

    def choose(self, target: Locator, value: str) -> None:
        """An option of a select, by arrow keys."""
        self.reach(target)
        for _step in range(FURTHEST):
            if target.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{target} has no option {value}")

    def attach(self, target: Locator, name: str, content: bytes) -> None:
        self.reach(target)
        with self.page.expect_file_chooser() as opened:
            self.page.keyboard.press("Space")
        mime_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        opened.value.set_files([{"name": name, "mimeType": mime_type, "buffer": content}])

    def sign_in(self, email: str, password: str) -> None:
        self.write(self.page.locator("input[name=login]").first, email)
        self.write(self.page.locator("input[name=password][type=password]"), password)
        with self.page.expect_navigation(url=lambda url: "/accounts/login/" not in url):
            self.page.keyboard.press("Enter")
