"""What a PDF can hold, as plain data that the Typst template sets; rich text is taken apart into spans."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import Any

Span = dict[str, Any]  # {"text": str, "bold": bool, "italic": bool, "url": str, "note": int}


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2
    language: str = ""
    type: str = "heading"


@dataclass(frozen=True)
class Paragraph:
    spans: list[Span]
    language: str = ""
    type: str = "paragraph"


@dataclass(frozen=True)
class ListBlock:
    items: list[list[Span]]
    ordered: bool = False
    language: str = ""
    type: str = "list"


@dataclass(frozen=True)
class Table:
    """`header` names the columns; each row has as many cells, each a list of spans."""

    caption: str
    header: list[str]
    rows: list[list[list[Span]]]
    type: str = "table"


Block = Heading | Paragraph | ListBlock | Table


@dataclass(frozen=True)
class Document:
    title: str
    language: str
    kicker: str
    lead: str
    facts: list[tuple[str, str]]
    blocks: list[Block]
    notes: list[tuple[int, list[Span]]]
    marks: list[str] = field(default_factory=list)
    url: str = ""
    url_label: str = ""
    notes_title: str = ""
    footer: str = ""

    def data(self) -> dict[str, Any]:
        return asdict(self)


def cited(spans: list[Span], split: Callable[[str], Iterable[Span]]) -> list[Span]:
    """The spans with each text cut by `split`, which gives the style it adds, such as the number of a note."""
    return [{**span, **part} for span in spans for part in split(span["text"])]


class _Spans(HTMLParser):
    """Collects paragraphs and lists out of the small HTML that the editor can write."""

    def __init__(self, language: str) -> None:
        super().__init__(convert_charrefs=True)
        self.language = language
        self.blocks: list[Block] = []
        self.spans: list[Span] = []
        self.items: list[list[Span]] | None = None
        self.ordered = False
        self.style: dict[str, Any] = {}

    def handle_starttag(self, tag, attrs):
        if tag in {"b", "strong"}:
            self.style["bold"] = True
        elif tag in {"i", "em"}:
            self.style["italic"] = True
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self.style["url"] = href if href.startswith(("http://", "https://")) else ""
        elif tag in {"ul", "ol"}:
            self.flush()
            self.items, self.ordered = [], tag == "ol"
        elif tag == "br":
            self.spans.append({"text": "\n"})

    def handle_endtag(self, tag):
        if tag in {"b", "strong"}:
            self.style.pop("bold", None)
        elif tag in {"i", "em"}:
            self.style.pop("italic", None)
        elif tag == "a":
            self.style.pop("url", None)
        elif tag == "li" and self.items is not None:
            self.items.append(self.spans)
            self.spans = []
        elif tag in {"ul", "ol"} and self.items is not None:
            self.blocks.append(ListBlock([item for item in self.items if item], self.ordered, self.language))
            self.items, self.spans = None, []
        elif tag in {"p", "h2", "h3", "h4", "div"}:
            self.flush()

    def handle_data(self, data):
        data = re.sub(r"\s+", " ", data)
        if data.strip() or self.spans:
            self.spans.append({"text": data, **self.style})

    def flush(self):
        if self.items is None:
            if any(span["text"].strip() for span in self.spans):
                self.blocks.append(Paragraph(self.spans, self.language))
            self.spans = []


def blocks_of(html: str, language: str) -> list[Block]:
    """The paragraphs and lists of safe HTML."""
    parser = _Spans(language)
    parser.feed(html)
    parser.close()
    parser.flush()
    return parser.blocks
