"""Reads of needs: the list with its filters, and the practices that may already answer one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, QuerySet, Value, When
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from practices.access.reader import Reader
from practices.catalogue.models import Kind, Record, Topic
from practices.catalogue.models.record import RecordQuerySet
from practices.search.engines import get_engine
from practices.search.engines.base import Request
from practices.search.listing import Link
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.wordbook import current

from .models import Difficulty, NeedStatus, TrainingNeed
from .rules import listed_q

PAGE_SIZE = 20
ANSWERING_KINDS = [Kind.PRACTICE, Kind.ADAPTATION, Kind.CASE_STUDY, Kind.BROCHURE]
ANSWERS_SHOWN = 5
FACETS = ("status", "topic", "difficulty")
SORTS = ("open", "newest", "asked")


def needs_listed_for(reader: Reader) -> QuerySet[TrainingNeed]:
    """Open to this reader, and not merged into another."""
    return TrainingNeed.objects.filter(listed_q(reader), merged_into__isnull=True)


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown in it is passed over."""

    filters: Mapping[str, str]
    sort: str

    @classmethod
    def read(cls, typed: Mapping[str, str], topics: set[str]) -> Asked:
        known = {"status": set(NeedStatus.values), "topic": topics, "difficulty": set(Difficulty.values)}
        filters = {name: typed[name] for name in FACETS if typed.get(name) in known[name]}
        sort = typed.get("sort", "")
        return cls(filters, sort if sort in SORTS else SORTS[0])

    def address(self, **changes: str) -> str:
        chosen = {**self.filters, "sort": self.sort, **changes}
        pairs = [(name, value) for name, value in chosen.items() if value and (name, value) != ("sort", SORTS[0])]
        return "?" + urlencode(pairs)


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    links: list[Link]


@dataclass(frozen=True)
class NeedList:
    page: Page
    facets: list[Facet]
    pills: list[Link]
    sorts: list[Link]
    clear_url: str


def need_list(reader: Reader, typed: Mapping[str, str]) -> NeedList:
    """Six queries, whatever the number of needs: topics, one count per facet, the count and the rows of the page."""
    topics = {topic.code: topic for topic in Topic.objects.all()}
    asked = Asked.read(typed, set(topics))
    needs = needs_listed_for(reader)
    labels = {
        "status": {value: str(label) for value, label in NeedStatus.choices},
        "topic": {code: str(topic) for code, topic in topics.items()},
        "difficulty": {value: str(label) for value, label in Difficulty.choices},
    }
    names = {"status": _("Status"), "topic": _("Topic"), "difficulty": _("What is hard about it")}
    facets = [Facet(name, names[name], _links(needs, asked, name, labels[name])) for name in FACETS]
    pills = [
        Link(f"{names[name]}: {labels[name][value]}", asked.address(**{name: ""}))
        for name, value in asked.filters.items()
    ]
    words = {"open": _("Open first"), "newest": _("Newest"), "asked": _("Most asked for")}
    sorts = [Link(words[sort], asked.address(sort=sort), sort == asked.sort) for sort in SORTS]
    rows = _rows(_filtered(needs, asked.filters), asked.sort)
    page = Paginator(rows, PAGE_SIZE).get_page(typed.get("page"))
    return NeedList(
        page, [facet for facet in facets if facet.links], pills, sorts, asked.address(**dict.fromkeys(FACETS, ""))
    )


def _filtered(needs: QuerySet[TrainingNeed], filters: Mapping[str, str]) -> QuerySet[TrainingNeed]:
    fields = {"status": "status", "topic": "topic__code", "difficulty": "difficulty"}
    return needs.filter(**{fields[name]: value for name, value in filters.items()})


def _rows(needs: QuerySet[TrainingNeed], sort: str) -> QuerySet[TrainingNeed]:
    """Ready for the list, each with the number of people who have it: the asker and all who support it."""
    counted = needs.select_related("record", "topic").annotate(people=Count("supporters") + 1)
    if sort == "open":
        is_open = Case(When(status=NeedStatus.OPEN, then=Value(0)), default=Value(1), output_field=IntegerField())
        return counted.order_by(is_open, "-pk")
    return counted.order_by("-people", "-pk") if sort == "asked" else counted.order_by("-pk")


def _links(needs: QuerySet[TrainingNeed], asked: Asked, name: str, labels: Mapping[str, str]) -> list[Link]:
    """Each value with its count under the other filters; a click on the chosen one takes it away."""
    others = {other: value for other, value in asked.filters.items() if other != name}
    field = "topic__code" if name == "topic" else name
    counts = dict(_filtered(needs, others).order_by().values_list(field).annotate(number=Count("pk")))
    chosen = asked.filters.get(name)
    if len(counts) < 2 and not chosen:
        return []  # one value for all narrows nothing
    return [
        Link(label, asked.address(**{name: "" if value == chosen else value}), value == chosen, counts.get(value, 0))
        for value, label in labels.items()
        if value in counts or value == chosen
    ]


def may_answer(statement: str, reader: Reader) -> list[Record]:
    """Published records that may already answer what someone asks; at most a handful, the nearest first."""
    query = parse(statement[:300])
    if not query.text:
        return []
    language = (get_language() or "en").split("-")[0]
    request = Request(
        reader,
        make_plan(query, current().vocabulary),
        within={"kind": [*ANSWERING_KINDS]},
        language=language,
        limit=ANSWERS_SHOWN,
    )
    ids = [hit.record_id for hit in get_engine().search(request).hits]
    found = answers_for(reader).for_cards().in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def answers_for(reader: Reader) -> RecordQuerySet:
    """Any record that a need may point at."""
    return Record.objects.published().visible_to(reader).filter(kind__in=ANSWERING_KINDS)
