"""Template tags used on every page: dates in the reader's era, the parts of an edition, and citations that become numbered notes."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from practices.catalogue import chain, citations, dates
from practices.catalogue.chain_table import ChainRow, chain_rows
from practices.catalogue.lineage import family_of
from practices.catalogue.models import EditionPage, Feature, Kind, Province, Source
from practices.catalogue.models.edition import Part
from practices.catalogue.pictures import MapEntry, lineage_list, lineage_tree, province_map, qr

register = template.Library()


@register.filter
def partial_date(value: str) -> str:
    return dates.display(value)


@register.simple_tag
def period(start: str, end: str) -> str:
    return dates.display_period(start, end)


@register.filter
def day(value: datetime.date | None) -> str:
    """A date as people of the page's language write it, in their era; a moment is first brought to the site's time zone."""
    return dates.display_day(timezone.localdate(value) if isinstance(value, datetime.datetime) else value)


# Parts of an edition


@register.simple_tag
def part(page: EditionPage, name: str) -> Part:
    return page.part(name)


@register.simple_tag
def stream(page: EditionPage, name: str) -> list[Part]:
    return page.stream(name)


@register.filter
def named(parts: Iterable[Part], names: str) -> list[Part]:
    """Those parts whose block type is one of the comma-separated names, in the order of the names."""
    order = names.split(",")
    return sorted((part for part in parts if part.name in order), key=lambda part: order.index(part.name))


@register.simple_tag
def basis(page: EditionPage, name: str) -> str:
    """`stated`, `inferred`, `not-stated`, or empty where nothing is said about this fact."""
    facts = page.source.provenance.raw_data  # as stored: the sources behind them are not needed here
    return next((raw["value"]["basis"] for raw in facts if raw["value"]["field"] == name), "")


@register.filter
def among(records: Iterable[Any], open_records: dict[int, Any]) -> list[Any]:
    """Those of the chosen records that this reader may open, ready for cards."""
    return [open_records[record.pk] for record in records if record.pk in open_records]


@register.filter
def choice(struct_value: Any, name: str) -> str:
    """The words for the chosen value of a ChoiceBlock inside a StructBlock."""
    value = struct_value[name]
    options = dict(struct_value.block.child_blocks[name].field.choices)
    flat = {key: label for group in options.values() if isinstance(group, (list, tuple)) for key, label in group}
    return str({**options, **flat}.get(value, value or ""))


# Citations: the page's context holds the `notes` of this rendering


@register.simple_tag(takes_context=True)
def cite(context: template.Context, text: str) -> SafeString:
    return context["notes"].line(text)


@register.simple_tag(takes_context=True)
def prose(context: template.Context, value: Any) -> SafeString:
    return context["notes"].prose(value)


@register.simple_tag(takes_context=True)
def note_for(context: template.Context, source: Source) -> SafeString:
    return context["notes"].refer_to(source)


@register.simple_tag(takes_context=True)
def noted_sources(context: template.Context) -> list:
    return context["notes"].sources()


@register.filter
def uncited(text: str) -> str:
    return citations.without_references(text)


# The chain and the pictures


@register.simple_tag(takes_context=True)
def chain_steps(context: template.Context) -> list[chain.Step]:
    """Of the record whose page this is; its own results stand on the page, those of its adaptations are named."""
    found = context["chain"]
    if not found:
        found = chain.Chain()
    page = context["page"]
    own = bool(getattr(page.source, "results", None)) and page.kind == Kind.ADAPTATION
    return chain.steps(found, page.kind, own, context["standings"].of(found.cards.values()))


@register.simple_tag(takes_context=True)
def chain_table(context: template.Context) -> list[ChainRow]:
    if not context["chain"]:
        return []
    return chain_rows(context["chain"].tells_of, context["request"].reader, context["standings"])


@register.simple_tag(takes_context=True)
def lineage(context: template.Context) -> dict[str, SafeString]:
    """`picture` and `list` of the family of this page's record; empty when it stands alone."""
    found = context["chain"]
    if not found:
        return {}
    record = context["record"]
    nodes = family_of(record, found.family, {record.pk: record, **found.cards}, context["standings"])
    if not nodes:
        return {}
    return {
        "picture": lineage_tree(
            nodes,
            title=_("What was adapted from what"),
            description=_("The same as the list below the picture. Shapes show the status: it also stands in words."),
        ),
        "list": lineage_list(nodes, also_from=_("also adapted from"), here=_("this page")),
    }


@register.simple_tag
def map_of(provinces: Iterable[Province]) -> SafeString:
    """The map with these provinces numbered in their order, which is that of the list beside it."""
    chosen = {province.code: MapEntry(str(province), number) for number, province in enumerate(provinces, 1)}
    names = ", ".join(entry.name for entry in chosen.values())
    return province_map(
        chosen, title=_("Map of Thailand by province"), description=_("Marked: %(names)s") % {"names": names}
    )


@register.filter
def as_list(value: Any) -> list:
    return [value] if value else []


@register.simple_tag
def feature_answers(parts: list[Part]) -> list[tuple[Part, Feature | None]]:
    """Each answer with the feature it is about."""
    features = {str(feature.position): feature for feature in Feature.objects.all()}
    return [(part, features.get(part.value["number"])) for part in parts]


@register.simple_tag(takes_context=True)
def qr_code(context: template.Context) -> SafeString:
    """The address of this page as a square for paper; read by any phone."""
    return qr.svg(context["request"].build_absolute_uri(), _("QR code with the address of this page"))
