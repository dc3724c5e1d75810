"""What people type into a public form: made tidy, and told apart by language."""

from __future__ import annotations

import re

from django.conf import settings

# Control characters, and those that turn the reading direction round so that text shows otherwise than it is.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_OTHER = re.compile(r"[^\W\d_\u0e01-\u0e5b]")


def tidy(text: str) -> str:
    """The same words with unix line ends and without characters that nobody can see or mean."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def language_of(text: str, page_language: str) -> str:
    """Thai is known by its letters; anything else is taken to be in the language of the page it was written on."""
    thai, other = len(_THAI.findall(text)), len(_OTHER.findall(text))
    if thai > other:
        return "th"
    return settings.LANGUAGE_CODE if other and page_language == "th" else page_language
