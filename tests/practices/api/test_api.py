"""The API gives what the pages give, in shapes that stay; what a reader may not see is not there."""

from __future__ import annotations

import pytest
from django.urls import reverse

from practices.access.rules import Visibility
from practices.catalogue.services import archive_record
from tests.factories.editions import make_chain, make_practice
from tests.factories.needs import make_need
from tests.factories.people import make_focal_point, make_institution, make_person

pytestmark = pytest.mark.django_db
RECORDS = "/api/v1/records"


def read(client, address: str, status: int = 200, **headers) -> dict:
    response = client.get(address, **headers)
    assert response.status_code == status, response.content
    kind = "application/json; charset=utf-8" if status == 200 else "application/problem+json"
    assert response["Content-Type"] == kind
    return response.json()


def codes(answer: dict) -> list[str]:
    return [row["code"] for row in answer["results"]]


def test_records_are_listed_newest_first_and_by_pages(client):
    institution = make_institution()
    made = [make_practice(institution).record.code for _ in range(3)][::-1]
    first = read(client, f"{RECORDS}?page_size=2")
    assert (first["count"], codes(first), first["previous"]) == (3, made[:2], None)
    second = read(client, first["next"])
    assert (codes(second), second["next"]) == (made[2:], None)
    assert codes(read(client, second["previous"])) == made[:2]
    assert codes(read(client, f"{RECORDS}?page=50000")) == []


def test_records_are_narrowed_by_the_facets_of_the_page(client):
    chain = make_chain()
    assert codes(read(client, f"{RECORDS}?kind=practice&kind=workshop&country=IE")) == [chain.practice.record.code]
    assert codes(read(client, f"{RECORDS}?country=atlantis")) == []
    by_title = read(client, f"{RECORDS}?sort=title&kind=practice&kind=action")
    assert [row["titles"]["en"] for row in by_title["results"]] == [
        "Housing first",
        "Thailand – trafficking in human beings",
    ]


def test_a_record_brings_its_editions_facts_and_links(client):
    chain = make_chain()
    answer = read(client, f"{RECORDS}/{chain.practice.record.code.lower()}")
    assert [edition["language"] for edition in answer["editions"]] == ["en", "th"]
    texts = {(text["field"], text["label"]): text["text"] for text in answer["editions"][0]["texts"]}
    assert texts["detail", "The problem"] == "People moved from shelter to shelter."
    assert texts["summary", "Summary"].startswith("In Ireland, homeless people move into a home")
    assert {text["language"] for text in answer["editions"][1]["texts"]} == {"en"}  # nothing is translated yet
    facts = {fact["name"]: fact["values"] for fact in answer["facts"]}
    assert facts["country"] == [{"code": "IE", "label": "Ireland"}]
    assert facts["topics"] == [{"code": "housing", "label": "Housing"}]
    links = {(link["relation"], link["code"]) for link in answer["links"]}
    assert ("seen_at", chain.visit.record.code) in links
    assert ("adapted_as", chain.adaptation.record.code) in links
    thai = read(client, answer["url"], headers={"Accept-Language": "th"})
    assert {fact["name"]: fact["values"] for fact in thai["facts"]}["country"] == [{"code": "IE", "label": "ไอร์แลนด์"}]


def test_every_kind_of_record_can_be_read(client):
    chain = make_chain()
    wanted = {str(page.kind) for page in chain.pages} | {"need"}
    make_need(make_person())
    rows = read(client, f"{RECORDS}?page_size=100")["results"]
    assert {row["kind"] for row in rows} >= wanted
    for row in rows:
        answer = read(client, row["url"])
        assert answer["code"] == row["code"]
        assert read(client, answer["versions_url"])["count"] == (0 if row["kind"] in ("need", "glossary-term") else 1)


def test_what_is_for_members_only_leaves_for_nobody(client):
    page = make_practice(contact="Example office, housing@example.org")
    client.force_login(make_person())
    for address in ("", "/versions", "/versions/1"):
        assert b"housing@example.org" not in client.get(f"{RECORDS}/{page.record.code}{address}").content


def test_versions_are_listed_and_read_as_they_were(client):
    page = make_practice(summary="The first words.")
    page.summary = "Other words."
    page.save_revision().publish()
    listed = read(client, f"{RECORDS}/{page.record.code}/versions")
    assert [row["number"] for row in listed["results"]] == [2, 1]
    old = read(client, listed["results"][1]["url"])
    assert (old["is_latest"], old["digest"]) == (False, listed["results"][1]["digest"])
    assert {"label": "Summary", "texts": ["The first words."]} in old["parts"]
    read(client, f"{RECORDS}/{page.record.code}/versions/3", status=404)


def test_search_finds_marks_nothing_and_says_why(client):
    page = make_practice(title="Housing & homes", summary="People live in a home.")
    make_practice(title="Another matter", summary="Nothing of the kind.")
    answer = read(client, "/api/v1/search?q=homes")
    assert codes(answer) == [page.record.code]
    hit = answer["results"][0]
    assert "home" in hit["excerpt"]
    assert "<" not in hit["excerpt"]
    assert hit["titles"]["en"] == "Housing & homes"
    assert (answer["loosened"], answer["fallback"]) == (False, False)
    assert answer["facets"]["topic"] == [{"value": "housing", "label": "Housing", "count": 1}]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("records?page=0", "page"),
        ("records?page_size=101", "page_size"),
        ("records?sort=best", "sort"),
        ("search", "q"),
        ("search?q=" + "x" * 401, "q"),
    ],
)
def test_what_cannot_be_answered_is_told_as_a_problem(client, address, place):
    problem = read(client, f"/api/v1/{address}", status=422)
    assert [error["loc"] for error in problem["errors"]] == [["query", place]]
    assert (problem["status"], problem["title"]) == (422, "Unprocessable Entity")


@pytest.mark.parametrize("address", ["records/NO-1", "records/NO-1/versions", "records/NO-1/versions/1", "nothing"])
def test_what_is_not_there_is_a_problem_and_no_page(client, address):
    assert read(client, f"/api/v1/{address}", status=404)["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client, method):
    client.force_login(make_person())
    assert getattr(client, method)(RECORDS).status_code == 405


def test_who_has_the_answer_already_is_told_so_until_it_changes(client):
    page = make_practice()
    response = client.get(RECORDS)
    assert response["Cache-Control"] == "private, no-cache"
    assert client.get(RECORDS, headers={"If-None-Match": response["ETag"]}).status_code == 304
    page.title = "Another title"
    page.save_revision().publish()
    assert client.get(RECORDS, headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_too_many_questions_are_told_to_wait_each_person_alone(client, settings):
    settings.REQUEST_LIMITS = {"api": "2/min"}
    assert [client.get(RECORDS).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(RECORDS)["Retry-After"] == "60"
    client.force_login(make_person())
    read(client, RECORDS)


def test_the_description_names_each_address_and_every_filter(client):
    described = client.get(reverse("api:openapi-json")).json()
    assert set(described["paths"]) == {
        "/api/v1/records",
        "/api/v1/records/{code}",
        "/api/v1/records/{code}/versions",
        "/api/v1/records/{code}/versions/{number}",
        "/api/v1/search",
    }
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert all(set(path) == {"get"} for path in described["paths"].values())
    assert {operation["operationId"] for operation in operations} == {
        "list_records", "show_record", "list_versions", "show_version", "search",
    }  # fmt: skip


def test_page_about_the_api_loads_nothing_from_elsewhere(client):
    html = client.get("/api/v1/", follow=True).content.decode()
    assert "swagger-ui" in html
    assert "http" not in html.replace("http-equiv", "")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_queries_whatever_its_rows(client, django_assert_num_queries, rows):
    institution = make_institution()
    for _ in range(rows):
        make_practice(institution)
    client.get(RECORDS)
    with django_assert_num_queries(7):
        client.get(RECORDS)


def test_own_institution_reads_what_others_may_not_and_archived_is_gone_for_all(client):
    institution = make_institution()
    page = make_practice(institution, visibility=Visibility.INSTITUTION)
    address = f"{RECORDS}/{page.record.code}"
    read(client, address, status=404)
    staff = make_focal_point(institution)
    client.force_login(staff)
    assert read(client, address)["code"] == page.record.code
    archive_record(page.record, staff)
    read(client, address, status=404)
