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


def groups(html: str) -> dict[str, list[str]]:
    """Titles by the heading they stand under."""
    found = re.findall(r'<section class="stack"><h2>(.*?)</h2>(.*?)</section>', html, re.DOTALL)
    return {name: re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a>", part) for name, part in found}


def test_the_best_of_each_kind_with_a_link_to_all_of_them(client, records):
    for number in range(4):
        records.put({"en": f"House {number}"}, days_old=number)
    records.put({"en": "House elsewhere"}, kind="adaptation")
    assert groups(page(client, "/en/search/?q=house&sort=newest")) == {}
    html = page(client, "/en/search/?q=house&sort=newest&group=kind").replace("<mark>", "").replace("</mark>", "")
    assert groups(html) == {"Practice": ["House 0", "House 1", "House 2"], "Adaptation": ["House elsewhere"]}
    assert re.search(r'<a href="\?q=house&amp;kind=practice&amp;sort=newest"[^>]*>All 4', html)
    assert '<a href="?q=house&amp;sort=newest" rel="nofollow">One list</a>' in html


def test_a_kind_far_down_the_list_is_shown_all_the_same(client, records, monkeypatch):
    from practices.search import listing

    monkeypatch.setattr(listing, "LOOKED_THROUGH", 2)
    for number in range(4):
        records.put({"en": f"House {number}"}, days_old=number)
        records.put({"en": f"House elsewhere {number}"}, kind="adaptation", days_old=9 + number)
    html = page(client, "/en/catalogue/?group=kind")
    assert list(groups(html).items()) == [
        ("Practice", ["House 0", "House 1", "House 2"]),
        ("Adaptation", ["House elsewhere 0", "House elsewhere 1", "House elsewhere 2"]),
    ]


def test_one_kind_is_never_shown_by_kind(client, records):
    records.put({"en": "House"})
    records.put({"en": "House elsewhere"}, kind="adaptation")
    html = page(client, "/en/search/?q=house&group=kind&kind=practice")
    assert titles(html) == ["House"]
    assert "Best of each kind" not in html


def test_several_values_of_a_facet_are_ticked_at_once_and_all_else_is_kept(client, records):
    for country in ("IE", "BE", "FR"):
        records.put({"en": f"House in {country}"}, facets={"country": [country], "topic": ["housing"]})
    assert 'href="?q=house&amp;topic=housing&amp;sort=title&amp;all=country#facet-country"' in page(
        client, "/en/search/?q=house&topic=housing&sort=title"
    )
    html = page(client, "/en/search/?q=house&topic=housing&sort=title&country=IE&all=country")
    form = re.search(r"<form>(.*?)</form>", html, re.DOTALL)
    assert form
    kept = re.findall(r'type="hidden" name="(\w+)" value="(\w+)"', form[1])
    assert kept == [("q", "house"), ("topic", "housing"), ("sort", "title")]
    boxes = re.findall(r'type="checkbox" name="country" value="(\w+)"( checked)?', form[1])
    assert boxes == [("IE", " checked"), ("BE", ""), ("FR", "")]
    chosen = page(client, "/en/search/?q=house&topic=housing&sort=title&country=IE&country=BE")
    assert titles(chosen) == ["House in BE", "House in IE"]


def test_most_used_first(client, records):
    records.put({"en": "House new"})
    records.put({"en": "House used"}, days_old=3, usefulness=2)
    assert titles(page(client, "/en/search/?q=house&sort=used")) == ["House used", "House new"]
    assert "Most used" in page(client, "/en/catalogue/")


def test_records_like_one_are_a_page_and_a_part_for_the_page_of_the_record(client, records):
    record = records.put({"en": "Rent deposits for families"}, facets={"tag": ["deposit"]})
    records.put({"en": "How a deposit is paid back"}, facets={"tag": ["deposit"]})
    records.put({"en": "A deposit for few"}, facets={"tag": ["deposit"]}, visibility=Visibility.MEMBERS)
    for number in range(9):
        records.put({"en": f"Report {number}"})
    address = f"/en/r/{record.code.lower()}/similar/"
    html = page(client, address)
    assert "How a deposit is paid back" in html
    assert "for few" not in html
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "How a deposit is paid back" in part
    assert "<html" not in part
    assert client.get("/en/r/no-such/similar/").status_code == 404


def test_when_the_search_server_is_away_the_page_says_so_and_is_not_kept(client, records, monkeypatch):
    from dataclasses import replace

    from practices.search import listing
    from practices.search.engines import get_engine

    class Away:
        def __getattr__(self, name: str) -> object:
            return getattr(get_engine(), name)

        def search(self, request: object) -> object:
            return replace(get_engine().search(request), fallback=True)

    records.put({"en": "House"})
    monkeypatch.setattr(listing, "answering_engine", Away)
    response = client.get("/en/search/?q=house")
    assert "The fast search does not answer at the moment" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


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
    for asked in ("zzz", "house"):  # what is asked for the first time is noted, after the page
        client.get(f"/en/search/?q={asked}")
    caches["pages"].clear()
    with django_assert_num_queries({"sqlite": 11, "postgresql": 17}[connection.vendor]):
        client.get("/en/search/?q=house")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_best_of_each_kind_costs_the_same_whatever_the_rows(client, records, django_assert_num_queries, rows):
    for number in range(rows):
        for kind in ("practice", "adaptation"):
            records.put({"en": f"House {number}"}, kind=kind, facets={"tag": ["one"]})
    for asked in ("zzz", "house"):
        client.get(f"/en/search/?q={asked}&group=kind")
    caches["pages"].clear()
    with django_assert_num_queries({"sqlite": 12, "postgresql": 18}[connection.vendor]):
        client.get("/en/search/?q=house&group=kind")
