"""A kind of mail for tests, and a mail server to send it to."""

from __future__ import annotations

import pytest
from django.utils.translation import get_language

from exchange.notifications import kinds
from exchange.notifications.kinds import Letter
from tests.factories.people import make_person


@pytest.fixture
def person(db):
    return make_person("ตัวอย่าง ผู้อ่าน", language="th")


@pytest.fixture
def kind(monkeypatch):
    """Its letters; a test may put another one in, or None, or an error."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))

    class Kind:
        letter: Letter | Exception | None = Letter("ข่าว", "สวัสดี")
        asked = 0
        language: str | None = None

        def compose(self, mail):
            self.asked, self.language = self.asked + 1, get_language()
            if isinstance(self.letter, Exception):
                raise self.letter
            return self.letter

    made = Kind()
    kinds.register_kind("test", "Test", made.compose)
    return made
