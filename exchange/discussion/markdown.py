"""What members type becomes HTML that can do no harm: Markdown without raw HTML, pictures or headings, then an allow-list."""

from __future__ import annotations

from html import unescape

import nh3
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


def render(text: str) -> str:
    return _cleaner.clean(_parser.render(text))


def excerpt(html: str, length: int = 140) -> str:
    return Truncator(" ".join(plain(html).split())).chars(length)


def plain(html: str) -> str:
    """Safe HTML as plain text."""
    return unescape(strip_tags(html.replace("</p>", " ").replace("<br>", " ")))
