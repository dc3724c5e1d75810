"""PDF by Typst: tagged for screen readers (PDF/UA-1), with Thai broken between words, set from plain data and no HTML."""

from .compile import compile_document
from .document import Block, Document, Heading, ListBlock, Paragraph, Span, Table, blocks_of, cited

__all__ = [
    "Block",
    "Document",
    "Heading",
    "ListBlock",
    "Paragraph",
    "Span",
    "Table",
    "blocks_of",
    "cited",
    "compile_document",
]
