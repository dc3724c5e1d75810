"""The frame of every page: theme, languages, error pages, the weight of a first visit."""

from __future__ import annotations

import re
from gzip import compress
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.factories.editions import make_chain

FIRST_VISIT = 150_000
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities", "print"]


def css() -> str:
    return Path(finders.find("css/site.css")).read_text()


@pytest.mark.django_db
def test_chosen_theme_is_kept_without_a_script(client):
    assert 'data-theme="' not in client.get("/en/").content.decode()
    response = client.post("/theme/", {"theme": "dark", "next": "/en/"})
    assert response.status_code == 302
    assert response.headers["Location"] == "/en/"
    assert '<html lang="en" data-theme="dark">' in client.get("/en/").content.decode()
    client.post("/theme/", {"theme": "auto", "next": "/en/"})
    assert 'data-theme="' not in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_theme_never_leads_to_another_site_nor_takes_other_words(client):
    response = client.post("/theme/", {"theme": '"><script>', "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
    assert "script" not in str(response.cookies)
    assert client.get("/theme/").status_code == 405


@pytest.mark.django_db
def test_address_is_kept_when_the_language_changes(client):
    html = client.get("/en/tags/?page=2").content.decode()
    assert '<a href="/th/tags/?page=2" hreflang="th" lang="th">' in html


@pytest.mark.django_db
def test_missing_page_answers_in_the_readers_language(client):
    response = client.get("/th/no-such-page/")
    assert response.status_code == 404
    html = response.content.decode()
    assert '<html lang="th"' in html
    with translation.override("th"):
        assert translation.gettext("We cannot find this page") in html
    assert 'role="search"' in html


@pytest.mark.parametrize("template", ["500.html", "400.html"])
def test_worst_error_pages_need_neither_request_nor_database_and_speak_both_languages(template):
    html = render_to_string(template)
    assert '<html lang="en">' in html
    assert 'lang="th"' in html
    assert "ไปหน้าหลัก" in html


def test_stylesheet_is_lean_layered_and_asks_no_other_host():
    sheet = css()
    assert len(sheet.encode()) < 35_000
    assert [name.strip() for name in re.search(r"@layer ([^{;]+);", sheet)[1].split(",")] == LAYERS
    assert "http" not in re.sub(r'\[href\^="http"\]', "", sheet)
    assert not re.search(r"letter-spacing:|@import", sheet)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def themes() -> dict[str, dict[str, str]]:
    tokens = css().split("@layer tokens {")[1]
    start, rest = tokens.split("@media screen and (prefers-color-scheme: dark)", 1)
    light = dict(re.findall(r"--([\w-]+): (#\w{6})", start))
    by_device, by_choice = rest.split(':root[data-theme="dark"]')
    device = dict(re.findall(r"--([\w-]+): (#\w{6})", by_device))
    choice = dict(re.findall(r"--([\w-]+): (#\w{6})", by_choice.split("}")[0]))
    assert device == choice  # the device's dark and the chosen dark are one
    return {"light": light, "dark": {**light, **choice}}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_reading_text_has_contrast_of_seven_to_one(theme):
    colours = themes()[theme]
    for text in ("ink", "strong", "muted", "link"):
        for ground in ("paper", "surface"):
            assert contrast(colours[text], colours[ground]) >= 7, (text, ground)
    for text, ground in (
        ("on-ochre", "ochre"),
        ("on-teal", "teal"),
        ("ink", "mark"),
        ("error", "surface"),
        ("ochre-ink", "paper"),
    ):
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["edge"], colours["paper"]) >= 3


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "th"])
def test_first_visit_weighs_less_than_the_bar(client, language):
    """The heaviest page there is, its sheet, and every font a page of both scripts can ask for."""
    page = make_chain().adaptation
    html = client.get(page.url.replace("/en/", f"/{language}/", 1)).content
    fonts = [f"fonts/plex-{script}-{weight}.woff2" for script in ("latin", "thai-looped") for weight in (400, 600)]
    weight = len(compress(html)) + len(css().encode())  # the demo sends the sheet as it is
    weight += sum(Path(finders.find(name)).stat().st_size for name in [*fonts, "img/mark.svg"])
    assert weight < FIRST_VISIT
    hosts = set(
        re.findall(
            rb'(?:src|href)="(https?://[^/"]+)',
            re.sub(rb"<a [^>]*>|<link rel=\"(?:alternate|canonical)[^>]*>", b"", html),
        )
    )
    assert not hosts


def test_paging_keeps_the_rest_of_the_address_and_is_named():
    request = RequestFactory().get("/en/tags/", {"q": "บ้าน", "kind": ["practice", "action"], "page": "2"})
    page = Paginator(range(100), 10).get_page(2)
    html = engines["django"].get_template("components/pagination.html").render({"page_obj": page}, request)
    assert 'aria-label="Pages"' in html
    assert html.count("kind=practice&amp;kind=action") == html.count("<a ")
    assert 'aria-current="page"' in html


def test_field_has_label_help_and_error_in_this_order():
    from django import forms

    class Form(forms.Form):
        name = forms.CharField(label="Statement", help_text="In your own words.")

    html = render_to_string("components/field.html", {"field": Form({"name": ""})["name"]})
    label, help_text, error, field = (
        html.index(word) for word in ("<label", "In your own words", "This field is required", "<input")
    )
    assert label < help_text < error < field
    assert 'aria-describedby="id_name_helptext id_name_error"' in html or 'aria-describedby="id_name_helptext' in html
    assert 'id="id_name_helptext"' in html
