"""A list as a file: a table for a spreadsheet, Markdown for other programs, a PDF for paper. Each as its reader sees the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exchange.discussion.authors import name_of
from media.pdf import Block, Document, Heading, Paragraph, Span, compile_document
from practices.catalogue import dates
from practices.catalogue.models import Listing, Record
from practices.exports import Table

from .models import ReadingList
from .querysets import ShownItem

NOT_THERE = "–"


def address_of(record: Record, request: HttpRequest) -> str:
    """The short address that never changes; a need and a term have only their page's."""
    listing = record.listing
    if record.kind in ("need", "glossary-term") and listing is not None:
        return request.build_absolute_uri(listing.url)
    return request.build_absolute_uri(reverse("catalogue:record", args=[record.code]))


def words_language(listing: Listing, record: Record) -> str:
    """The language that the words of a listing are really in."""
    return listing.language if listing.is_translated else record.source_language


def language_name(code: str) -> str:
    return str(dict(settings.LANGUAGES).get(code, code))


def table_of(reading_list: ReadingList, items: Sequence[ShownItem], request: HttpRequest) -> Table:
    header = [
        *(_("Number"), _("Title"), _("In one line"), _("Language"), _("Kind"), _("Code"), _("Institution")),
        *(_("Endorsement"), _("Last changed"), _("Address"), _("Note")),
    ]
    return Table(reading_list.name, header, [_row(n, shown, request) for n, shown in enumerate(items, 1)])


def _row(number: int, shown: ShownItem, request: HttpRequest) -> list[str | int | date | None]:
    record = shown.record
    listing = record.listing if record else None
    if record is None or listing is None:
        return [number, _("No longer available"), "", "", "", "", "", "", None, "", shown.item.note]
    return [
        number,
        listing.title,
        listing.one_line,
        language_name(words_language(listing, record)),
        record.get_kind_display(),
        record.code,
        str(record.institution or ""),
        record.get_endorsement_display() if record.institution else "",
        timezone.localdate(record.changed_at),
        address_of(record, request),
        shown.item.note,
    ]


# What Markdown would read as a sign of its own, in words that are none.
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_{}[]<>#+-.!|~"})


def _escaped(text: str) -> str:
    return " ".join(text.split()).translate(_SIGNS)


def markdown_of(reading_list: ReadingList, items: Sequence[ShownItem], request: HttpRequest) -> str:
    lines = [f"# {_escaped(reading_list.name)}", ""]
    lines += [line for part in reading_list.description.split("\n\n") if part for line in (_escaped(part), "")]
    for number, shown in enumerate(items, 1):
        record = shown.record
        listing = record.listing if record else None
        if record is None or listing is None:
            lines.append(f"{number}. *{_escaped(_('No longer available'))}*")
        else:
            lines.append(f"{number}. [{_escaped(listing.title)}](<{address_of(record, request)}>)")
            where = " · ".join(
                str(word) for word in (record.get_kind_display(), record.code, record.institution) if word
            )
            lines += [f"   {text}  " for text in (_escaped(listing.one_line), _escaped(where)) if text]
        if shown.item.note:
            lines += ["", f"   > {_escaped(shown.item.note)}"]
        lines.append("")
    return "\n".join(lines)


def pdf_of(reading_list: ReadingList, items: Sequence[ShownItem], request: HttpRequest) -> bytes:
    """The QR code of the list only where others may open it; each record's own address stands among the sources."""
    url = request.build_absolute_uri(reverse("reading_lists:list", args=[reading_list.token]))
    count = len([shown for shown in items if shown.record])
    facts = [
        (_("Put together by"), name_of(reading_list.owner)),
        (_("Records"), str(count)),
        (_("Last changed"), dates.display_day(timezone.localdate(reading_list.changed_at))),
    ]
    blocks: list[Block] = []
    notes: list[tuple[int, list[Span]]] = []
    for number, shown in enumerate(items, 1):
        blocks += _blocks(number, shown)
        if shown.record:
            notes.append((number, _source(shown.record, address_of(shown.record, request))))
    return compile_document(
        Document(
            title=reading_list.name,
            language=(get_language() or settings.LANGUAGE_CODE).split("-")[0],
            kicker=_("Reading list"),
            lead=reading_list.description,
            facts=facts,
            blocks=blocks,
            notes=notes,
            url=url if reading_list.is_shared else "",
            url_label=_("The list as it is now, with its links:"),
            notes_title=_("Where to read them"),
            footer=_("Sala, %(date)s") % {"date": dates.display_day(timezone.localdate())},
        )
    )


def _blocks(number: int, shown: ShownItem) -> list[Block]:
    record = shown.record
    listing = record.listing if record else None
    found: list[Block]
    if record is None or listing is None:
        found = [Heading(f"{number}. {_('No longer available')}")]
    else:
        language = words_language(listing, record)
        where = " · ".join(str(word) for word in (record.get_kind_display(), record.code, record.institution) if word)
        found = [Heading(f"{number}. {listing.title}", language=language)]
        if listing.one_line:
            found.append(Paragraph([{"text": listing.one_line}], language))
        found.append(Paragraph([{"text": where}, {"text": "", "note": number}]))
        if record.is_example:
            found.append(Paragraph([{"text": _("Example – not real"), "italic": True}]))
    if shown.item.note:
        found.append(
            Paragraph([{"text": _("Note:") + " ", "bold": True}, {"text": shown.item.note}], shown.note_language)
        )
    return found


def _source(record: Record, address: str) -> list[Span]:
    listing = record.listing
    words = (
        record.institution,
        listing.title if listing else "",
        record.code,
        dates.display_day(timezone.localdate(record.changed_at)),
    )
    return [{"text": ", ".join(str(word) for word in words if word) + " "}, {"text": address, "url": address}]


Text = Callable[[ReadingList, Sequence[ShownItem], HttpRequest], "str | bytes"]
DOCUMENTS: dict[str, tuple[str, Text]] = {
    "md": ("text/markdown; charset=utf-8", markdown_of),
    "pdf": ("application/pdf", pdf_of),
}
