"""What the API reads, through its reader's eyes: the rows of the search, the editions of one record, the links around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model
from django.utils.html import strip_tags
from django.utils.text import capfirst

from practices.access.reader import Reader
from practices.catalogue.chain import SLOTS, chain_of
from practices.catalogue.citations import without_references
from practices.catalogue.models import EditionPage, Record
from practices.catalogue.projection import edition_class
from practices.search.models import SearchRecord

_COLUMNS = ("kind", "titles", "urls", "facets", "changed", "usefulness", "record__code", "text__summaries")


def open_records(reader: Reader) -> Any:
    return Record.objects.published().visible_to(reader)


def rows(ids: Sequence[int], reader: Reader) -> list[SearchRecord]:
    """Those of the records that this reader may see, in the order given."""
    found = SearchRecord.objects.select_related("text").confirmed(reader, ids, *_COLUMNS)
    return [found[key] for key in ids if key in found]


def editions(record: Record) -> tuple[dict[str, EditionPage], EditionPage | None]:
    """The live editions by language and the one that holds the facts; none for needs and glossary terms, which have no pages."""
    model = edition_class(record.kind)
    if model is None:
        return {}, None
    found = {
        page.locale.language_code: page
        for page in model.objects.filter(record=record, live=True).select_related("locale")
    }
    source = found.get(record.source_language)
    for page in found.values():
        page.record = record
        if source is not None:
            page.source = source
    return found, source


def texts(page: EditionPage) -> Iterator[dict[str, str]]:
    """Every text that a reader without signing in may read."""
    for name in ("summary", *_open(page, page.text_names)):
        part = page.part(name)
        if part.value:
            yield _text(page, name, part.language, str(part.value))
    for name in _open(page, page.stream_names):
        languages = {part.block_id: part.language for part in page.stream(name)}
        for block in getattr(page, name):
            words = "\n".join(strip_tags(text) for text in block.block.get_searchable_content(block.value))
            if words.strip():
                yield _text(page, name, languages.get(block.id, page.locale.language_code), words, block.block.label)


def facts(source: EditionPage) -> Iterator[dict[str, Any]]:
    for name in _open(source, source.fact_names):
        if values := list(_values(source, name)):
            yield {"name": name, "label": _label(source, name), "values": values}


def links(record: Record, reader: Reader) -> Iterator[tuple[str, Record]]:
    """Records around this one, with how each stands to it."""
    chain = chain_of(record, reader)
    for slot in dict.fromkeys(SLOTS.values()):
        yield from ((slot, other) for other in getattr(chain, slot))


def _open(page: EditionPage, names: Sequence[str]) -> list[str]:
    return [name for name in names if name not in page.members_only]


def _label(page: EditionPage, name: str) -> str:
    return capfirst(str(page._meta.get_field(name).verbose_name))


def _text(page: EditionPage, name: str, language: str, text: str, label: str = "") -> dict[str, str]:
    words = without_references(text).strip()
    return {"field": name, "label": str(label) or _label(page, name), "language": language, "text": words}


def _values(page: EditionPage, name: str) -> Iterator[dict[str, str]]:
    value = getattr(page, name)
    if hasattr(value, "all"):
        yield from ({"code": one.code, "label": str(one)} for one in value.all())
    elif isinstance(value, Model):
        yield {"code": getattr(value, "code", str(value.pk)), "label": str(value)}
    elif value not in (None, ""):
        display = getattr(page, f"get_{name}_display", None)
        yield {"code": str(value), "label": str(display()) if display else str(value)}
