"""What members type becomes HTML that can do no harm: Markdown without raw HTML, pictures or headings, then an allow-list."""

from __future__ import annotations

import re
from html import unescape

import nh3
from django.conf import settings
from django.utils.html import strip_tags
from django.utils.text import Truncator
from markdown_it import MarkdownIt

# Pictures would call other hosts and headings would break the outline of the page the comment stands on.
_parser = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": 20})
    .enable("strikethrough")
    .disable(["image", "heading", "lheading", "html_block", "html_inline", "reference"])
)
TAGS = {"p", "br", "em", "strong", "s", "a", "code", "pre", "blockquote", "ul", "ol", "li", "hr"}
_cleaner = nh3.Cleaner(
    tags=TAGS,
    attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer",
)
# Control characters, and those that turn the reading direction round so that text shows otherwise than it is.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_THAI = re.compile(r"[\u0e01-\u0e5b]")
_LATIN = re.compile(r"[^\W\d_\u0e01-\u0e5b]")


def tidy(text: str) -> str:
    """The same words with unix line ends and without characters that nobody can see or mean."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def render(text: str) -> str:
    return _cleaner.clean(_parser.render(text))


def excerpt(html: str, length: int = 140) -> str:
    return Truncator(" ".join(plain(html).split())).chars(length)


def plain(html: str) -> str:
    """Safe HTML as plain text."""
    return unescape(strip_tags(html.replace("</p>", " ").replace("<br>", " ")))


def language_of(text: str, fallback: str) -> str:
    """Thai is known by its letters; anything else is taken to be in the language of the page it was written on."""
    thai, other = len(_THAI.findall(text)), len(_LATIN.findall(text))
    if thai > other:
        return "th"
    return settings.LANGUAGE_CODE if other and fallback == "th" else fallback
