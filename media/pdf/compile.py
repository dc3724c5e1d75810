"""Runs Typst on a document's data, in a folder of its own, with the fonts beside this module and nothing else."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import qrcode
import qrcode.image.svg
import typst

from .document import Document

HERE = Path(__file__).parent
FONTS = HERE / "fonts"
TEMPLATE = (HERE / "document.typ").read_text()


def qr_svg(url: str) -> bytes:
    """A QR code of this address as SVG, dark modules only."""
    image = qrcode.make(url, image_factory=qrcode.image.svg.SvgPathImage, border=0)
    stream = io.BytesIO()
    image.save(stream)
    return stream.getvalue()


def compile_document(document: Document) -> bytes:
    """PDF/UA-1."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "main.typ").write_text(TEMPLATE)
        (root / "data.json").write_text(json.dumps(document.data(), ensure_ascii=False))
        if document.url:
            (root / "qr.svg").write_bytes(qr_svg(document.url))
        return typst.compile(
            str(root / "main.typ"),
            root=str(root),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            pdf_standards=["ua-1"],
        )
