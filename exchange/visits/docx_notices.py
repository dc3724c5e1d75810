"""What an import says about itself: what it could not take over or did not understand. Kept as codes, said in the reader's language."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import defusedxml.ElementTree
from django.utils.translation import gettext, gettext_lazy, ngettext

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHOWN = 300

TEXTS = {
    "heading": gettext_lazy("The heading “%(what)s” was not recognised. Its text is under “Notes”."),
    "style": gettext_lazy("The style “%(what)s” is unknown to Sala. Its text was kept without it."),
    "element": gettext_lazy("A part that Sala does not know was left out: %(what)s."),
    "margins": gettext_lazy("Headers and footers were left out: “%(what)s”"),
    "comments": gettext_lazy("Comments in the margin were left out: “%(what)s”"),
    "linked": gettext_lazy("“%(what)s” is already a practice in Sala. Your findings are linked to it."),
    "deleted": gettext_lazy("Text that was deleted while tracking changes was left out."),
}


@dataclass(frozen=True)
class Notice:
    code: str
    what: str = ""
    count: int = 1

    def __str__(self) -> str:
        if self.code == "pictures":
            text = ngettext(
                "%(count)d picture was not taken over. A picture needs its licence and consent first.",
                "%(count)d pictures were not taken over. A picture needs its licence and consent first.",
                self.count,
            ) % {"count": self.count}
            return text + (" " + gettext("Described as: %(what)s.") % {"what": self.what} if self.what else "")
        if self.code == "tables":
            return ngettext(
                "%(count)d table became lines of text, its cells divided by “|”.",
                "%(count)d tables became lines of text, their cells divided by “|”.",
                self.count,
            ) % {"count": self.count}
        return str(TEXTS[self.code]) % {"what": self.what}


def notices_of_messages(messages: Iterable[Any], pictures: list[str], tables: int) -> list[Notice]:
    """What mammoth remarked, each thing once."""
    found = []
    if pictures:
        found.append(Notice("pictures", ", ".join(text for text in pictures if text)[:SHOWN], len(pictures)))
    if tables:
        found.append(Notice("tables", count=tables))
    for message in messages:
        if style := re.match(r"Unrecognised \w+ style: '?(.*?)'? \(Style ID", message.message):
            found.append(Notice("style", style[1][:SHOWN]))
        else:
            found.append(Notice("element", message.message.rpartition(": ")[2][:SHOWN]))
    return list(dict.fromkeys(found))


def notices_of_file(file: BinaryIO) -> list[Notice]:
    """What mammoth passes over in silence."""
    found = []
    with zipfile.ZipFile(file) as archive:
        for part in archive.namelist():
            if re.fullmatch(r"word/(header|footer)\d*\.xml", part) and (text := _text(archive, part)):
                found.append(Notice("margins", text))
            elif part == "word/comments.xml" and (text := _text(archive, part)):
                found.append(Notice("comments", text))
            elif part == "word/document.xml" and b"<w:delText" in archive.read(part):
                found.append(Notice("deleted"))
    return list(dict.fromkeys(found))


def _text(archive: zipfile.ZipFile, part: str) -> str:
    tree = defusedxml.ElementTree.fromstring(archive.read(part))
    paragraphs = (
        "".join(text.text or "" for text in paragraph.iter(f"{WORD}t")) for paragraph in tree.iter(f"{WORD}p")
    )
    return " / ".join(text.strip() for text in paragraphs if text.strip())[:SHOWN]
