"""The page answers whatever is asked, shows what matched, and keeps what was chosen."""

from __future__ import annotations

import re

import pytest
from django.core.cache import caches
from django.db import connection

from practices.access.rules import Visibility
from practices.search import registry
from practices.search.registry import Synonyms


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    main = html[html.index("<main") :]
    return [
        re.sub("<[^>]+>", "", found).strip()
        for found in re.findall(r'<article class="hit">.*?<h2[^>]*>(.*?)</h2>', main, re.DOTALL)
    ]


def test_each_hit_is_an_article_with_its_match_marked(client, records):
    records.put({"en": "Housing first <script>"}, {"en": "People live in a home of their own."})
    html = page(client, "/en/search/?q=housing+first")
    assert "<mark>Housing first</mark> &lt;script&gt;" in html
    assert titles(html) == ["Housing first &lt;script&gt;"]
    assert "<mark>home</mark>" in page(client, "/en/search/?q=home")


def test_thai_words_are_found_in_the_middle_of_a_text(client, records):
    records.put({"th": "บ้านพักเด็ก"}, {"th": "การคุ้มครองผู้เสียหายในบ้านพัก"})
    assert titles(page(client, "/th/search/?q=ผู้เสียหาย")) == ["บ้านพักเด็ก"]
    assert "<mark>ผู้เสียหาย</mark>" in page(client, "/en/search/?q=ผู้เสียหาย")


def test_the_reason_of_a_match_in_the_other_language_is_shown(client, records):
    registry.register_expansions(lambda: [Synonyms("shelter", [("en", "shelter"), ("th", "สถานคุ้มครอง")])])
    records.put({"th": "งานในสถานคุ้มครอง"})
    html = page(client, "/en/search/?q=shelter")
    assert "Found through the glossary:" in html
    assert '<mark lang="th">สถานคุ้มครอง</mark>' in html


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "ก" * 10_000,
        "q=" + "%22" * 99,
        "q=%F0%28%8C%BC",
        "q=a&page=0",
        "q=a&page=-1",
        "q=a&page=99999999999999999999",
        "q=a&page=x",
        "country=atlantis",
        "country=%00&kind=&topic=" + "x" * 5_000,
        "sort=nonsense",
        "q=kind:practice",
        "q=kind:",
        "q=-",
        "q=*",
        "&".join(f"tag=t{number}" for number in range(500)),
    ],
)
@pytest.mark.parametrize("address", ["/en/search/", "/th/catalogue/", "/th/search/suggest/"])
def test_nothing_asked_is_an_error(client, records, address, query):
    records.put({"en": "House"})
    assert client.get(f"{address}?{query}").status_code == 200


def test_a_very_long_question_is_answered_and_the_page_says_it_was_cut(client, records):
    records.put({"en": "House"})
    assert "We used only its first part" in page(client, "/en/search/?q=" + "house " * 2_000)


def test_a_page_past_the_end_shows_the_last_one_and_says_so(client, records):
    for number in range(21):
        records.put({"en": f"House {number:02}"}, days_old=number)
    html = page(client, "/en/search/?q=house&sort=newest&page=9")
    assert titles(html) == ["House 20"]
    assert "There is no such page" in html


def test_facets_are_links_and_chosen_ones_are_pills_that_take_them_away(client, records):
    records.put({"en": "House one"}, facets={"country": ["IE"], "year": ["2017"]})
    records.put({"en": "House two"}, facets={"country": ["BE"], "year": ["2018"]})
    html = page(client, "/en/search/?q=house&sort=title&country=BE")
    assert titles(html) == ["House two"]
    assert '<a class="pill" href="?q=house&amp;sort=title">' in html
    assert 'href="?q=house&amp;country=BE&amp;sort=title&amp;country=IE"' in html


def test_a_facet_typed_in_the_box_becomes_a_filter(client, records):
    records.put({"en": "House one"}, facets={"country": ["IE"]})
    records.put({"en": "House two"}, facets={"country": ["BE"]})
    html = page(client, "/en/search/?q=house+country:IE")
    assert titles(html) == ["House one"]
    assert 'name="q" value="house"' in html


def test_filters_and_order_are_kept_while_paging(client, records):
    for number in range(21):
        records.put({"en": f"House {number:02}"}, facets={"topic": ["housing"]})
    assert "?q=house&amp;topic=housing&amp;sort=title&amp;page=2" in page(
        client, "/en/search/?q=house&topic=housing&sort=title"
    )


def test_without_a_question_the_catalogue_lists_all_newest_first(client, records):
    records.put({"en": "Older"}, days_old=2)
    records.put({"en": "Newer"}, days_old=1)
    assert titles(page(client, "/en/catalogue/")) == titles(page(client, "/en/search/")) == ["Newer", "Older"]
    assert titles(page(client, "/en/catalogue/?sort=title")) == ["Newer", "Older"]


def test_nothing_found_offers_the_nearest_words_and_to_record_a_need(client, records):
    registry.register_expansions(lambda: [Synonyms("x", [("en", "psychosocial support"), ("th", "การดูแลด้านจิตสังคม")])])
    html = page(client, "/en/search/?q=psicosocial+suport")
    assert "No record answers “psicosocial suport” here." in html
    assert "/en/search/?q=psychosocial+support" in html


def test_hidden_record_is_not_on_the_page_nor_in_its_counts_nor_suggested(client, records):
    records.put({"en": "House of all"}, facets={"tag": ["open", "second"]})
    records.put({"en": "House of few"}, visibility=Visibility.MEMBERS, facets={"tag": ["closed"]})
    html = page(client, "/en/search/?q=house")
    assert titles(html) == ["House of all"]
    assert "1 record<" in html.replace("\n", "")
    assert "closed" not in html
    assert "few" not in page(client, "/en/search/suggest/?q=house")
    assert client.get("/en/search/suggest/?q=clo").json() == {"suggestions": []}


def test_suggestions_name_tags_terms_and_titles(client, records):
    registry.register_expansions(lambda: [Synonyms("h", [("en", "housing first"), ("th", "ที่อยู่อาศัยมาก่อน")])])
    records.put({"en": "Housing for all"}, facets={"tag": ["housing-benefit"]})
    records.put({"en": "Housing for all"})  # one line is enough for two of a name
    found = client.get("/en/search/suggest/?q=hou").json()["suggestions"]
    assert [row["text"] for row in found] == ["housing first", "housing-benefit", "Housing for all"]
    assert found[0]["url"] == "/en/search/?q=housing+first"
    assert found[2]["url"].startswith("/en/t-")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_queries_whatever_the_rows(client, records, django_assert_num_queries, rows):
    for number in range(rows):
        records.put({"en": f"House {number}", "th": f"บ้าน {number}"}, facets={"tag": ["one"], "topic": ["two"]})
    client.get("/en/search/?q=zzz")
    caches["pages"].clear()
    with django_assert_num_queries({"sqlite": 11, "postgresql": 17}[connection.vendor]):
        client.get("/en/search/?q=house")
