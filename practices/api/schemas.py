"""The shapes of the API's answers; what is not named here does not leave. Texts and titles are keyed by language code."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import create_model

from practices.search.asked import LAST_PAGE
from practices.search.query import MAX_LENGTH
from practices.search.registry import FACETS

LARGEST_PAGE = 100


class Paging(Schema):
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1
    page_size: Annotated[int, Field(ge=1, le=LARGEST_PAGE)] = 20


Values = Annotated[list[str], Field(description="Repeat it for alternatives; different facets narrow each other.")]
_facets: dict[str, Any] = {facet: (Values, Field(default_factory=list)) for facet in FACETS}
Facets: Any = create_model("Facets", __base__=Paging, **_facets)


class RecordFilters(Facets):
    sort: Literal["newest", "title", "used"] = "newest"


class SearchFilters(Facets):
    q: Annotated[str, Field(max_length=MAX_LENGTH, description='Words, "a phrase", -not, beginning*.')]
    sort: Literal["best", "newest", "title", "used"] = "best"


class RecordRow(Schema):
    code: str
    kind: str
    titles: dict[str, str]
    summaries: dict[str, str]
    pages: dict[str, str] = Field(description="Address of the page for people, by language.")
    url: str = Field(description="Address of the record in this API.")
    facets: dict[str, list[str]] = Field(description="Stable codes by facet.")
    endorsement: str
    is_example: bool = Field(description="Invented for training, not real.")
    used: int = Field(description="How many said that they used it.")
    changed: datetime.datetime


class Page(Schema):
    count: int
    page: int
    page_size: int
    next: str | None
    previous: str | None


class RecordPage(Page):
    results: list[RecordRow]


class Term(Schema):
    language: str
    text: str


class Hit(RecordRow):
    excerpt: str = Field(description="Plain text.")
    excerpt_language: str
    through: list[Term] = Field(description="Terms of the glossary that brought the record in.")


class FacetValue(Schema):
    value: str
    label: str
    count: int


class HitPage(Page):
    loosened: bool = Field(description="No record has all the words; these come nearest.")
    fallback: bool = Field(description="The search server did not answer in time, so the database did.")
    facets: dict[str, list[FacetValue]]
    results: list[Hit]


class Text(Schema):
    field: str
    label: str
    language: str = Field(description="The language the words are really in.")
    text: str


class Edition(Schema):
    language: str
    title: str
    one_line: str
    page: str
    is_translated: bool
    texts: list[Text]


class FactValue(Schema):
    code: str
    label: str


class Fact(Schema):
    name: str
    label: str
    values: list[FactValue]


class Link(Schema):
    relation: str = Field(description="How the other record stands to this one, such as seen_at or adapted_as.")
    code: str
    kind: str
    title: str
    url: str


class RecordDetail(RecordRow):
    source_language: str
    institution: str | None
    published_at: datetime.datetime | None
    editions: list[Edition]
    facts: list[Fact]
    links: list[Link]
    versions_url: str


class VersionRow(Schema):
    number: int
    digest: str = Field(description="SHA-256 of the normalised content.")
    created_at: datetime.datetime
    url: str


class VersionPage(Page):
    results: list[VersionRow]


class Part(Schema):
    label: str
    texts: list[str]


class VersionDetail(VersionRow):
    language: str
    is_latest: bool
    parts: list[Part]


class Problem(Schema):
    """RFC 9457, sent as application/problem+json."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, Any]] = []
