"""Nothing typed in a comment can become script, a picture of another host, or a heading of the page."""

from __future__ import annotations

import time
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.discussion.markdown import TAGS, excerpt, render
from exchange.typed import tidy


class Audit(HTMLParser):
    """Collects whatever a browser would act on."""

    def __init__(self):
        super().__init__()
        self.found: list[tuple[str, dict]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def harm_in(html: str) -> list:
    audit = Audit()
    audit.feed(html)
    harm = [tag for tag, attrs in audit.found if tag not in TAGS]
    for _tag, attrs in audit.found:
        harm += [name for name in attrs if name not in {"href", "rel", "start"}]
        href = (attrs.get("href") or "").strip().lower()
        if ":" in href.split("/")[0] and not href.startswith(("http:", "https:", "mailto:")):
            harm.append(href)
    return harm


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "<javascript:alert(1)>",
    "![p](https://example.org/p.png)",
    "![p](javascript:alert(1))",
    '[a](https://example.org "x\\" onmouseover=\\"alert(1)")',
    "[a]: javascript:alert(1)\n\n[a]",
    "<a href='javascript:alert(1)'>x</a>",
    "```\n<script>alert(1)</script>\n```",
    "`<script>`",
    "<style>body{display:none}</style>",
    "<iframe src=//example.org>",
    "<details open ontoggle=alert(1)>",
    '"><script>alert(1)</script>',
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<!--<script>alert(1)</script>-->",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_stays_text(attack):
    assert harm_in(render(tidy(attack))) == []


PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *ATTACKS,
                "<",
                ">",
                '"',
                "'",
                "&",
                "`",
                "```\n",
                "[",
                "](",
                ")",
                "*",
                "_",
                "~~",
                "\n",
                "> ",
                "- ",
                "1. ",
                "|",
                "# ",
                "\\",
            ]
        ),
        st.text(max_size=12),
        st.sampled_from(["ผู้เสียหาย", "javascript:", "onclick=", "\x00", "\u202e", "&#x6a;"]),
    ),
    max_size=30,
).map("".join)


@settings(max_examples=400, deadline=None)
@given(PIECES)
def test_no_text_becomes_active_content(text):
    assert harm_in(render(tidy(text))) == []


def test_headings_and_pictures_do_not_reach_the_page():
    html = render("# Big\n\nBig\n===\n\n![x](https://example.org/x.png)")
    assert "<h1" not in html
    assert "<img" not in html


def test_useful_marks_work_and_links_pass_nothing_on():
    html = render("**now** and *then*\nnext line\n\n- one\n\n[home](https://example.org)")
    assert "<strong>now</strong>" in html
    assert "<em>then</em>" in html
    assert "<br>" in html
    assert "<li>one</li>" in html
    assert 'rel="nofollow noopener noreferrer"' in html


@pytest.mark.parametrize(
    "text",
    [
        "> " * 500 + "deep",
        "[" * 9_000,
        "*a " * 3_000,
        "- " * 4_000,
        "`" * 9_000,
        "|a" * 4_000 + "\n" + "|-" * 4_000,
        "![" * 4_500,
    ],
)
def test_awkward_text_is_rendered_in_bounded_time(text):
    begun = time.perf_counter()
    render(text[:10_000])
    assert time.perf_counter() - begun < 2


def test_excerpt_is_plain_and_short():
    assert excerpt(render("**a** < b\n\nsecond")) == "a < b second"
    assert len(excerpt("<p>" + "ก" * 500 + "</p>")) <= 140
