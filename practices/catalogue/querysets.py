"""Lists that pages show, each seen through its reader."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import Page, PageViewRestriction

from practices.access.reader import Reader
from practices.access.rules import State, visible_q

from .headlines import standings
from .models import EditionPage, Institution, Kind, Listing, Record, RecordTag
from .projection import edition_class

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
    adaptations = list(visible.filter(kind=Kind.ADAPTATION).order_by("-published_at", "-pk")[:4])
    standing = standings(adaptations)
    return {
        "adapted": [(record, standing.get(record.pk)) for record in adaptations],
        "newest": list(visible.filter(kind__in=CATALOGUE_KINDS).order_by("-published_at", "-pk")[:6]),
        "case_studies": list(visible.filter(kind=Kind.CASE_STUDY).order_by("-published_at", "-pk")[:1]),
        "asked_for": list(visible.filter(kind=Kind.NEED).order_by("-published_at", "-pk")[:5]),
    }


def pages_open_to(pages: QuerySet[Page], reader: Reader) -> QuerySet[Page]:
    """Without the editions of records that this reader may not see, and without archived ones."""
    from .projection import edition_classes

    open_records = Record.objects.visible_to(reader).exclude(state=State.ARCHIVED)
    for model in edition_classes():
        pages = pages.exclude(pk__in=model.objects.exclude(record__in=open_records).values("pk"))
    return pages


def archived_records(reader: Reader) -> QuerySet[Record]:
    """Those that this reader may bring back."""
    return Record.objects.filter(state=State.ARCHIVED).editable_by(reader).for_cards().order_by("-archived_at")


def records_pointing_at(record: Record, reader: Reader) -> QuerySet[Record]:
    return Record.objects.published().visible_to(reader).filter(links__target=record).distinct().for_cards()


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


def tags_in_use(reader: Reader) -> list[RecordTag]:
    """Tags of records this reader may see, each with `count` of them, most used first."""
    seen = Q(items__content_object__state=State.PUBLISHED) & visible_q(reader, "items__content_object__")
    return list(
        RecordTag.objects.annotate(count=Count("items", filter=seen))
        .filter(count__gt=0)
        .order_by("-count", "slug")[:500]
    )


def records_with_tag(slug: str, reader: Reader) -> tuple[RecordTag | None, QuerySet[Record]]:
    """No tag where this reader may see none of its records."""
    records = Record.objects.published().visible_to(reader).filter(tagged_items__tag__slug=slug)
    tag = RecordTag.objects.filter(slug=slug).first() if records.exists() else None
    return tag, records.for_cards().order_by("-published_at", "-pk")


def edition_at(address: str) -> EditionPage | None:
    """The live edition at this address unless Wagtail's privacy setting closes its folder; three queries make it ready to be read:
    its record, its facts and the edition in the source language come along."""
    found = Listing.objects.filter(url=address).select_related("record__institution__country")
    listing = found.prefetch_related("record__listings").first()
    model = edition_class(listing.record.kind) if listing else None
    if listing is None or model is None:
        return None
    record = listing.record
    foreign = [field.name for field in model._meta.local_fields if field.many_to_one and field.name != "record"]
    restrictions = PageViewRestriction.objects.annotate(
        address=ExpressionWrapper(OuterRef("path"), output_field=CharField())
    ).filter(address__startswith=F("page__path"))
    editions = {
        edition.locale.language_code: edition
        for edition in model.objects.filter(record=record, live=True)
        .select_related("locale", *foreign)
        .annotate(is_closed=Exists(restrictions))
    }
    edition = editions.get(listing.language)
    source = editions.get(record.source_language)
    if edition is None or source is None or edition.is_closed:
        return None
    edition.record = source.record = record
    edition.source = source
    return edition
