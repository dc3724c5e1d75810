"""Lists that pages show, each seen through its reader."""

from __future__ import annotations

from typing import Any

from practices.access.reader import Reader

from .models import Institution, Kind, Record

# What readers come for; needs and glossary terms have lists of their own.
CATALOGUE_KINDS = [
    Kind.PRACTICE,
    Kind.ADAPTATION,
    Kind.CASE_STUDY,
    Kind.ACTION,
    Kind.STUDY_VISIT,
    Kind.WORKSHOP,
    Kind.BROCHURE,
]


def home_lists(reader: Reader) -> dict[str, Any]:
    visible = Record.objects.published().visible_to(reader).for_cards()
    return {
        "newest": list(visible.filter(kind__in=CATALOGUE_KINDS).order_by("-published_at", "-pk")[:6]),
        "case_studies": list(visible.filter(kind=Kind.CASE_STUDY).order_by("-published_at", "-pk")[:1]),
        "asked_for": list(visible.filter(kind=Kind.NEED).order_by("-published_at", "-pk")[:5]),
    }


def institution_lists(institution: Institution, reader: Reader, limit: int = 60) -> dict[str, Any]:
    """An institution, where it stands in its tree, and its newest records."""
    records = Record.objects.published().visible_to(reader).filter(institution=institution, kind__in=CATALOGUE_KINDS)
    return {
        "institution": institution,
        "ancestors": list(institution.get_ancestors()),
        "children": list(institution.get_children()),
        "records": list(records.for_cards().order_by("-published_at", "-pk")[:limit]),
        "record_count": records.count(),
    }
