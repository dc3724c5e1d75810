"""Notes in a Word file become the parts of a visit summary. Nothing is lost: what no heading places goes to the notes, in
order, and what cannot be taken over is listed."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO

import mammoth
import nh3
from bs4 import BeautifulSoup, Tag
from django.core.exceptions import ValidationError

from practices.catalogue import dates

from . import docx_file
from .docx_headings import slot_of
from .docx_notices import Notice, notices_of_file, notices_of_messages
from .docx_prose import inline_text, is_bold_line, plain_text, rows_of, to_prose

logger = logging.getLogger(__name__)

STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='List Paragraph'] => p:fresh
p[style-name='Normal (Web)'] => p:fresh
"""
TITLE_LENGTH = 200  # of a practice observed or a part of the programme
HEADING_LENGTH = 120
PSEUDO_LEVEL = 1  # a line that stands where a heading would counts as a first-level one


@dataclass
class ImportedNotes:
    """Raw values for the fields of a `StudyVisitPage`; streams as (block type, value)."""

    title: str = ""
    expectations: str = ""
    programme: list[dict[str, str]] = field(default_factory=list)
    observed: list[dict[str, Any]] = field(default_factory=list)
    detail: list[tuple[str, str]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def notices_as_data(self) -> list[dict]:
        return [asdict(notice) for notice in self.notices]


@dataclass
class Section:
    slot: str
    heading: str = ""
    level: int = 0
    is_recognised: bool = False
    elements: list[Tag] = field(default_factory=list)


def read_notes(file: BinaryIO) -> ImportedNotes:
    """The notes in this file; `ValidationError`, in words for the person who gave it, when it cannot be read."""
    docx_file.check(file)
    pictures: list[str] = []

    def leave_out(image) -> list:
        pictures.append(" ".join((image.alt_text or "").split())[:80])
        return []

    try:
        result = mammoth.convert_to_html(
            file, style_map=STYLES, convert_image=leave_out, include_embedded_style_map=False
        )
        found = notices_of_file(file)
    except Exception as error:  # mammoth fails in as many ways as a document can be malformed
        logger.info("A Word file could not be read: %s", type(error).__name__)
        raise docx_file.problem("broken") from error
    html = nh3.clean(
        result.value,
        tags={
            "p",
            "br",
            "b",
            "strong",
            "i",
            "em",
            "a",
            "ol",
            "ul",
            "li",
            "table",
            "tr",
            "td",
            "th",
            "sup",
            "sub",
            "dl",
            "dt",
            "dd",
        }
        | {f"h{level}" for level in range(1, 7)},
        attributes={"a": {"href"}, "p": {"class"}},
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )
    soup = BeautifulSoup(html, "html.parser")
    if not soup.get_text(strip=True):
        raise docx_file.problem("no-text")
    notes = _arrange(soup)
    notes.notices += notices_of_messages(result.messages, pictures, len(soup.find_all("table"))) + found
    return notes


def _arrange(soup: BeautifulSoup) -> ImportedNotes:
    notes = ImportedNotes()
    sections = [Section("notes")]
    for element in [child for child in soup.children if isinstance(child, Tag)]:
        text = plain_text(element)
        if not text:
            continue
        if element.name == "p" and "title" in (element.get("class") or []) and not notes.title and len(text) <= 255:
            notes.title = text
        elif (level := _heading_level(element, text)) is None:
            sections[-1].elements.append(element)
        elif slot := slot_of(text, exactly=element.name == "p"):
            sections.append(Section(slot, text, level, is_recognised=True))
        elif sections[-1].is_recognised and level > sections[-1].level:
            sections[-1].elements.append(element)  # a heading inside its part
        else:
            notes.notices.append(Notice("heading", text[:HEADING_LENGTH]))
            sections.append(Section("notes", text, level, elements=[element]))
    for section in sections:
        _place(section, notes)
    return notes


def _heading_level(element: Tag, text: str) -> int | None:
    if element.name[0] == "h" and element.name[1:].isdigit():
        return int(element.name[1:])
    if element.name == "p" and len(text) <= HEADING_LENGTH and slot_of(text, exactly=True):
        return PSEUDO_LEVEL
    return None


def _place(section: Section, notes: ImportedNotes) -> None:
    if section.slot == "expectations":
        lines = "\n".join(inline_text(row) for element in section.elements for row in rows_of(element))
        notes.expectations = "\n\n".join(filter(None, [notes.expectations, lines]))
    elif section.slot == "programme":
        notes.programme += [_programme_item(row) for element in section.elements for row in rows_of(element)]
    elif section.slot == "observed":
        notes.observed += _observed(section)
    elif html := to_prose(section.elements):
        notes.detail.append((section.slot, html))


def _programme_item(row: Tag) -> dict[str, str]:
    """`9 April: Visit to …`, or a row of a table whose first cell is the date."""
    text = inline_text(row)
    date = ""
    for separator in (" | ", ": ", " – ", " - ", "\t"):
        before, found, after = text.partition(separator)
        if found and after.strip():
            try:
                date = dates.parse(before)
            except ValidationError:
                continue
            if date:
                text = after.strip()
                break
    title, rest = _cut(text)
    return {"date": date, "title": title, "description": text if rest else ""}


def _observed(section: Section) -> list[dict[str, Any]]:
    practices: list[tuple[str, list[Tag]]] = []
    for element in section.elements:
        text = plain_text(element)
        if element.name[0] == "h" or (is_bold_line(element) and len(text) <= HEADING_LENGTH):
            practices.append((text, []))
        else:
            if not practices:
                practices.append((section.heading, []))
            practices[-1][1].append(element)
    found = []
    for heading, elements in practices:
        title, rest = _cut(heading)
        kept = [_bold(heading), *elements] if rest else elements
        found.append({"title": title, "findings": to_prose(kept)})
    return found


def _cut(text: str) -> tuple[str, str]:
    """What fits in a title, and what is left over."""
    if len(text) <= TITLE_LENGTH:
        return text, ""
    head = text[: TITLE_LENGTH - 1]
    at = max(head.rfind(" "), TITLE_LENGTH // 2)
    return head[:at].rstrip() + "…", text[at:]


def _bold(text: str) -> Tag:
    soup = BeautifulSoup("<p><b></b></p>", "html.parser")
    soup.b.string = text
    return soup.p
