"""One list of records for search and catalogue: ranked hits with their marks, facets with counts, and ways on from nothing.

The same records can be shown by kind, the best of each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from practices.access.reader import Reader
from practices.catalogue.querysets import CATALOGUE_KINDS

from .asked import Asked
from .engines import answering_engine
from .engines.base import BEST, NEWEST, PAGE_SIZE, TITLE, USED, Hit, Request, Result, Suggestion
from .hits import ShownHit, show_hits, url_of
from .models import SearchRecord
from .questions import Within, active_language, question
from .registry import FACETS
from .wordbook import TYPED_FACETS, Wordbook, current

FACET_NAMES = {
    "kind": _("Kind"),
    "topic": _("Topic"),
    "pillar": _("Pillar"),
    "origin": pgettext_lazy("of a practice", "Origin"),
    "country": _("Country"),
    "province": _("Province"),
    "institution": _("Institution"),
    "year": _("Year"),
    "tag": _("Tag"),
    "endorsement": _("Endorsement"),
    "status": _("Status"),
    "language": _("Language"),
}
SORT_NAMES = {BEST: _("Best match"), NEWEST: _("Newest"), TITLE: _("Title"), USED: _("Most used")}
VALUES_SHOWN, MOST_VALUES = 8, 500
SHOWN_OF_A_KIND, LOOKED_THROUGH = 3, 200


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    is_current: bool = False
    count: int = 0
    # As it stands in the address.
    value: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: Sequence[Link]
    # Leads to the page on which all of its values stand in a form, to choose several at once; empty on that page.
    all_url: str
    number: int
    # What the form carries along.
    kept: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Group:
    """The best of one kind."""

    label: str
    total: int
    hits: Sequence[ShownHit]
    url: str


@dataclass(frozen=True, slots=True)
class Listing:
    asked: Asked
    total: int
    hits: Sequence[ShownHit]
    facets: Sequence[Facet]
    pills: Sequence[Link]
    sorts: Sequence[Link]
    page: Page
    loosened: bool
    # The search server is away, and the database answered.
    fallback: bool
    # The page asked for does not exist; the last one is shown.
    past_the_end: bool
    nearest: Sequence[Link]
    groups: Sequence[Group]
    # One list, and the best of each kind; empty where there is but one kind.
    views: Sequence[Link]


def make_listing(asked: Asked, reader: Reader, within: Within | None = None) -> Listing:
    words, engine = current(), answering_engine()
    request = question(asked, reader, words, within)
    result = engine.search(replace(request, offset=0, limit=LOOKED_THROUGH) if asked.grouped else request)
    kinds = _kinds(asked, result)
    groups = _groups(asked, request, result, kinds, words) if asked.grouped and len(kinds) > 1 else []
    if asked.grouped and not groups:
        result = engine.search(request)
    pages = Paginator(range(result.total), PAGE_SIZE)
    past_the_end = asked.page > pages.num_pages and not groups
    if past_the_end and result.total:
        result = engine.search(replace(request, offset=(pages.num_pages - 1) * PAGE_SIZE))
    return Listing(
        asked=asked,
        total=result.total,
        hits=[] if groups else show_hits(result, request.plan, reader, request.language, words),
        facets=_facets(asked, result, words),
        pills=_pills(asked, words),
        sorts=[Link(str(SORT_NAMES[sort]), asked.address(sort=sort), sort == asked.sort) for sort in asked.sorts()],
        page=pages.get_page(asked.page),
        loosened=result.loosened,
        fallback=result.fallback,
        past_the_end=past_the_end,
        nearest=[] if result.total else _nearest(asked, reader, words),
        groups=groups,
        views=[
            Link(str(_("One list")), asked.address(grouped=False), not groups),
            Link(str(_("Best of each kind")), asked.address(grouped=True), bool(groups)),
        ]
        if len(kinds) > 1
        else [],
    )


def suggestions(typed: str, reader: Reader, limit: int = 8) -> list[dict[str, Any]]:
    """Names and terms first, then titles; a title leads to its record."""
    language = active_language()
    names = current().beginning_with(typed, _seen(reader), language)[: limit // 2] if typed.strip() else []
    by_text: dict[str, Suggestion] = {}
    for suggestion in answering_engine().suggest(typed, language, reader, 2 * limit):
        by_text.setdefault(suggestion.text.casefold(), suggestion)
    for name, _form_language in names:
        by_text.pop(name.casefold(), None)
    titles = list(by_text.values())[: limit - len(names)]
    rows = SearchRecord.objects.confirmed(reader, [s.record_id for s in titles if s.record_id], "urls")
    return [
        *({"text": text, "language": form_language, "url": _search_url(text)} for text, form_language in names),
        *(
            {"text": s.text, "language": s.language, "url": url_of(rows[s.record_id], language)}
            for s in titles
            if s.record_id in rows
        ),
    ]


def _search_url(text: str) -> str:
    return f"{reverse('search:results')}?{urlencode({'q': text})}"


def _seen(reader: Reader) -> dict[str, set[str]]:
    return {facet: answering_engine().values_seen(facet, reader) for facet in TYPED_FACETS}


def _kinds(asked: Asked, result: Result) -> dict[str, int]:
    """The kinds that the list holds, with how many of each; in the catalogue's order, then needs and terms."""
    chosen = asked.filters.get("kind")
    counts = {kind: n for kind, n in result.facets.get("kind", {}).items() if n and (not chosen or kind in chosen)}
    order = [*CATALOGUE_KINDS, *sorted(counts)]
    return dict(sorted(counts.items(), key=lambda pair: order.index(pair[0])))


def _groups(asked: Asked, request: Request, result: Result, kinds: Mapping[str, int], words: Wordbook) -> list[Group]:
    """From the first hits of the whole list; a kind of which too few are among them is asked for by itself."""
    kind_of = dict(SearchRecord.objects.filter(pk__in=[hit.record_id for hit in result.hits]).values_list("pk", "kind"))
    best: dict[str, list[Hit]] = {kind: [] for kind in kinds}
    for hit in result.hits:
        of_kind = best.get(kind_of.get(hit.record_id, ""), [])
        if len(of_kind) < SHOWN_OF_A_KIND:
            of_kind.append(hit)
    for kind, total in kinds.items():
        if len(best[kind]) < min(total, SHOWN_OF_A_KIND):
            alone = replace(request, filters={**asked.filters, "kind": [kind]}, offset=0, limit=SHOWN_OF_A_KIND)
            best[kind] = list(answering_engine().search(alone).hits)
    together = replace(result, hits=[hit for hits in best.values() for hit in hits])
    shown = {hit.record_id: hit for hit in show_hits(together, request.plan, request.reader, request.language, words)}
    labels = words.labels("kind", kinds)
    return [
        Group(
            label=labels[kind],
            total=total,
            hits=[shown[hit.record_id] for hit in best[kind] if hit.record_id in shown],
            url=asked.address(filters={**asked.filters, "kind": [kind]}, grouped=False),
        )
        for kind, total in kinds.items()
    ]


def _facets(asked: Asked, result: Result, words: Wordbook) -> list[Facet]:
    facets = []
    for name in FACETS:
        chosen = asked.filters.get(name, ())
        counts = dict.fromkeys(chosen, 0) | dict(result.facets.get(name, {}))
        if len(counts) < 2 and not chosen:
            continue  # one value for all narrows nothing
        whole = name == asked.whole_facet
        ordered = sorted(counts, key=lambda value: (value not in chosen, -counts[value], value))
        listed = ordered[: MOST_VALUES if whole else VALUES_SHOWN]
        if name == "year":
            listed.sort(reverse=True)
        labels = words.labels(name, listed)
        facets.append(
            Facet(
                name=name,
                label=str(FACET_NAMES[name]),
                values=[Link(labels[v], asked.toggled(name, v), v in chosen, counts[v], v) for v in listed],
                all_url="" if whole else asked.address(whole_facet=name),
                number=len(ordered),
                kept=asked.pairs_without(name),
            )
        )
    return facets


def _pills(asked: Asked, words: Wordbook) -> list[Link]:
    return [
        Link(f"{FACET_NAMES[facet]}: {words.labels(facet, values)[value]}", asked.toggled(facet, value))
        for facet, values in asked.filters.items()
        for value in values
    ]


def _nearest(asked: Asked, reader: Reader, words: Wordbook) -> list[Link]:
    if not asked.has_words:
        return []
    return [Link(text, _search_url(text)) for text, _language in words.nearest(asked.query.text, _seen(reader))]
