"""PDF by Typst: tagged for screen readers (PDF/UA-1), with Thai broken between words, set from plain data and no HTML."""

from .document import Document, Heading, ListBlock, Paragraph, Table, spans_of
from .compile import compile_document

__all__ = ["Document", "Heading", "ListBlock", "Paragraph", "Table", "compile_document", "spans_of"]
