"""What Sala already knows of a visit before anyone writes about it: the Action behind it and who went last time."""

from __future__ import annotations

from django.db.models import QuerySet

from practices.access.reader import Reader
from practices.catalogue.models import ActionPage, Institution, Kind, Listing, Record

from .models import StudyVisitPage


def actions_open_to(reader: Reader) -> QuerySet[Record]:
    return Record.objects.published().visible_to(reader).filter(kind=Kind.ACTION).for_cards().order_by("-pk")


def latest_action(institution: Institution, reader: Reader) -> Record | None:
    """The latest Action that this institution, or one above it, asked for."""
    asked = [institution, *institution.get_ancestors()]
    page = (
        ActionPage.objects.filter(
            requesting_institutions__in=asked, record__in=actions_open_to(reader).order_by(), alias_of__isnull=True
        )
        .order_by("-start", "-pk")
        .select_related("record")
        .first()
    )
    return page.record if page else None


def action_page(action: Record) -> ActionPage | None:
    """The edition that holds the Action's facts."""
    return ActionPage.objects.filter(record=action, locale__language_code=action.source_language).first()


def last_visit(institution: Institution) -> StudyVisitPage | None:
    return (
        StudyVisitPage.objects.filter(record__institution=institution, alias_of__isnull=True)
        .exclude(delegation=[])
        .order_by("-start", "-pk")
        .first()
    )


def practice_called(title: str, reader: Reader) -> Record | None:
    """The one published practice of this title that the reader may see."""
    open_practices = Record.objects.published().visible_to(reader).filter(kind=Kind.PRACTICE)
    found = Listing.objects.filter(title__iexact=title, record__in=open_practices).values_list("record", flat=True)
    pks = set(found[:3])
    return Record.objects.get(pk=pks.pop()) if len(pks) == 1 else None
