"""Whether an uploaded file is a Word document that is safe to read. What is wrong is said in words; nothing is unpacked to disk."""

from __future__ import annotations

import xml.sax
import zipfile
import zlib
from typing import BinaryIO

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
MAX_SIZE = 20 * MEGABYTE
MAX_UNPACKED = 200 * MEGABYTE
MAX_XML = 6 * MEGABYTE  # all XML parts together: some 400 pages of notes, read in a few seconds
MAX_PARTS = 2000
MAX_DEPTH = 200  # Word nests some 30 deep

OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old Word files, and of encrypted new ones
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
MAIN_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPES = (b"macroEnabled", b"vbaProject")

MESSAGES = {
    "empty": _("The file is empty."),
    "size": _("The file is larger than 20 MB. Remove the pictures and save it again."),
    "encrypted": _("The file is locked with a password. Open it in Word, remove the password and save it again."),
    "old": _("This is an old Word file (.doc). Open it in Word and save it as .docx."),
    "not-word": _("This is not a Word file (.docx)."),
    "macros": _("The file contains macros. Save it in Word as a document without macros (.docx)."),
    "too-much": _("The file holds more than Sala can read safely. Save the text alone in a new Word file."),
    "broken": _("The file is broken and cannot be read. Open it in Word and save it again."),
    "no-text": _("There is no text in this file."),
}


def problem(code: str) -> ValidationError:
    return ValidationError(MESSAGES[code], code=code)


def check(file: BinaryIO) -> None:
    """Raises `ValidationError` unless the file is a plain Word document of bearable size; leaves it rewound."""
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if size == 0:
        raise problem("empty")
    if size > MAX_SIZE:
        raise problem("size")
    if file.read(len(OLE)) == OLE:
        raise problem("encrypted" if ENCRYPTED_STREAM in file.read() else "old")
    file.seek(0)
    if not zipfile.is_zipfile(file):
        raise problem("not-word")
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, xml.sax.SAXException):
        raise problem("broken") from None
    finally:
        file.seek(0)


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    # Python reads no further than the size an entry declares, so that the sums below hold even for a lying file.
    markup = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
    if (
        len(parts) > MAX_PARTS
        or sum(part.file_size for part in parts) > MAX_UNPACKED
        or sum(part.file_size for part in markup) > MAX_XML
    ):
        raise problem("too-much")
    if any(part.flag_bits & 0x1 for part in parts):
        raise problem("encrypted")
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise problem("not-word")
    types = archive.read("[Content_Types].xml")
    if any(name in types for name in MACRO_TYPES) or any(name.endswith("vbaProject.bin") for name in names):
        raise problem("macros")
    if MAIN_TYPE not in types:
        raise problem("not-word")
    for part in markup:
        _check_markup(archive, part)


class _DepthLimit(xml.sax.ContentHandler):
    def __init__(self) -> None:
        super().__init__()
        self.depth = 0

    def startElement(self, name, attrs):
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise problem("too-much")

    def endElement(self, name):
        self.depth -= 1


def _check_markup(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Reads one part as a stream: well-formed, without entities, not nested without end."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(_DepthLimit())
    try:
        with archive.open(part) as stream:
            parser.parse(stream)
    except DefusedXmlException:
        raise problem("too-much") from None
