"""The read-only API for other programs: records, their versions, search. The same reader, the same querysets as the pages.

A record that a reader may not see is answered as one that does not exist.
"""

from __future__ import annotations

import math
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from practices.catalogue.models import RecordVersion
from practices.catalogue.versions import readable
from practices.search.asked import read
from practices.search.engines import answering_engine, get_engine
from practices.search.hits import show_hits
from practices.search.models import SearchRecord
from practices.search.questions import question
from practices.search.registry import FACETS
from practices.search.wordbook import current

from . import querysets, schemas

router = Router()


@router.get("records", response=schemas.RecordPage, summary="Records, newest first")
def list_records(request: HttpRequest, filters: Query[schemas.RecordFilters]) -> dict[str, Any]:
    """Exact at once after a change; without a question of words."""
    words = current()
    ask = question(_asked(request, without="q"), request.reader, words, **_slice(filters))  # type: ignore[attr-defined]
    result = get_engine().search(ask)
    rows = querysets.rows([hit.record_id for hit in result.hits], ask.reader)
    return _page(request, filters, result.total) | {"results": [_row(request, row) for row in rows]}


@router.get("search", response=schemas.HitPage, summary="Search in Thai and English at once")
def search(request: HttpRequest, filters: Query[schemas.SearchFilters]) -> dict[str, Any]:
    """Facets are counted under the others’ choices but not their own. Names are in the language of `Accept-Language`."""
    words = current()
    ask = question(_asked(request), request.reader, words, **_slice(filters))  # type: ignore[attr-defined]
    result = answering_engine().search(ask)
    shown = {hit.record_id: hit for hit in show_hits(result, ask.plan, ask.reader, ask.language, words)}
    rows = querysets.rows([hit.record_id for hit in result.hits], ask.reader)
    facets = {facet: counts for facet in FACETS if (counts := result.facets.get(facet))}
    labels = {facet: words.labels(facet, list(counts)) for facet, counts in facets.items()}
    return _page(request, filters, result.total) | {
        "loosened": result.loosened,
        "fallback": result.fallback,
        "facets": {
            facet: [
                {"value": value, "label": labels[facet][value], "count": counts[value]}
                for value in sorted(counts, key=lambda value, counts=counts: (-counts[value], value))
            ]
            for facet, counts in facets.items()
        },
        "results": [_row(request, row) | _why(shown[row.pk], ask.language) for row in rows if row.pk in shown],
    }


@router.get("records/{slug:code}", response=schemas.RecordDetail, summary="One record with its editions and links")
def show_record(request: HttpRequest, code: str) -> dict[str, Any]:
    """Facts and labels are in the language of `Accept-Language`; texts in every language they have."""
    reader = request.reader  # type: ignore[attr-defined]
    record = get_object_or_404(querysets.open_records(reader).for_cards(), code=code.upper())
    rows = querysets.rows([record.pk], reader)
    if not rows:
        raise Http404
    editions, source = querysets.editions(record)
    return _row(request, rows[0]) | {
        "source_language": record.source_language,
        "institution": record.institution.code if record.institution else None,
        "published_at": record.published_at,
        "editions": [_edition(request, listing, editions) for listing in record.listings.all()],
        "facts": list(querysets.facts(source)) if source else [],
        "links": [
            {
                "relation": slot,
                "code": other.code,
                "kind": other.kind,
                "title": other.listing.title if other.listing else "",
                "url": _address(request, "show_record", code=other.code),
            }
            for slot, other in querysets.links(record, reader)
        ],
        "versions_url": _address(request, "list_versions", code=record.code),
    }


@router.get(
    "records/{slug:code}/versions", response=schemas.VersionPage, summary="Its published versions, newest first"
)
def list_versions(request: HttpRequest, code: str, paging: Query[schemas.Paging]) -> dict[str, Any]:
    record = get_object_or_404(querysets.open_records(request.reader), code=code.upper())  # type: ignore[attr-defined]
    versions = record.versions.defer("content", "text")
    start = (paging.page - 1) * paging.page_size
    page = versions[start : start + paging.page_size]
    return _page(request, paging, versions.count()) | {
        "results": [_version(request, record.code, version) for version in page]
    }


@router.get("records/{slug:code}/versions/{int:number}", response=schemas.VersionDetail, summary="One version, frozen")
def show_version(request: HttpRequest, code: str, number: int) -> dict[str, Any]:
    record = get_object_or_404(querysets.open_records(request.reader), code=code.upper())  # type: ignore[attr-defined]
    version = get_object_or_404(RecordVersion.objects.select_related("record"), record=record, number=number)
    return _version(request, record.code, version) | {
        "language": record.source_language,
        "is_latest": number == record.versions.values_list("number", flat=True).first(),
        "parts": [{"label": part.label, "texts": part.texts} for part in readable(version)],
    }


@router.get("{path:rest}", include_in_schema=False)
def nothing(request: HttpRequest, rest: str) -> None:
    raise Http404


def _asked(request: HttpRequest, without: str = "") -> Any:
    """The question as the page reads it; every address of the API is one that the page understands."""
    typed = request.GET.copy()
    typed.pop(without, None)
    return read(typed)


def _slice(paging: schemas.Paging) -> dict[str, Any]:
    return {"offset": (paging.page - 1) * paging.page_size, "limit": paging.page_size}


def _address(request: HttpRequest, name: str, **kwargs: Any) -> str:
    return request.build_absolute_uri(reverse(f"api:{name}", kwargs=kwargs))


def _page(request: HttpRequest, paging: schemas.Paging, count: int) -> dict[str, Any]:
    def beside(number: int) -> str | None:
        if not 1 <= number <= math.ceil(count / paging.page_size):
            return None
        pairs = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
        return request.build_absolute_uri(f"{request.path}?{urlencode([*pairs, ('page', number)])}")

    return {
        "count": count,
        "page": paging.page,
        "page_size": paging.page_size,
        "next": beside(paging.page + 1),
        "previous": beside(paging.page - 1),
    }


def _row(request: HttpRequest, row: SearchRecord) -> dict[str, Any]:
    return {
        "code": row.record.code,
        "kind": row.kind,
        "titles": row.titles,
        "summaries": row.text.summaries,
        "pages": {language: request.build_absolute_uri(url) for language, url in row.urls.items()},
        "url": _address(request, "show_record", code=row.record.code),
        "facets": row.facets,
        "endorsement": row.record.endorsement,
        "is_example": row.record.is_example,
        "used": int(row.usefulness),
        "changed": row.changed,
    }


def _why(hit: Any, language: str) -> dict[str, Any]:
    return {
        "excerpt": hit.plain_excerpt,
        "excerpt_language": hit.excerpt_language or language,
        "through": [{"language": form.language, "text": form.text} for form in hit.through],
    }


def _edition(request: HttpRequest, listing: Any, editions: Any) -> dict[str, Any]:
    page = editions.get(listing.language)
    return {
        "language": listing.language,
        "title": listing.title,
        "one_line": listing.one_line,
        "page": request.build_absolute_uri(listing.url),
        "is_translated": listing.is_translated,
        "texts": list(querysets.texts(page)) if page else [],
    }


def _version(request: HttpRequest, code: str, version: RecordVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "digest": version.digest,
        "created_at": version.created_at,
        "url": _address(request, "show_version", code=code, number=version.number),
    }
