"""Pieces of a Word file as rich text of the site: only what our editor itself can write, and tables as readable lines."""

from __future__ import annotations

from functools import cache

from bs4 import BeautifulSoup, NavigableString, Tag
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from practices.catalogue.blocks import PROSE_FEATURES

CELL = " | "
BLOCKS = ["p", "li", "ul", "ol", "table", "tr", "dt", "dd", "dl", *(f"h{level}" for level in range(1, 7))]


@cache
def _converter() -> ContentstateConverter:
    return ContentstateConverter(PROSE_FEATURES)


def plain_text(element: Tag) -> str:
    return " ".join(element.get_text(" " if element.name in ("table", "ul", "ol", "dl") else "").split())


def is_bold_line(element: Tag) -> bool:
    """A paragraph that is bold from end to end: what people write who do not use heading styles."""
    if element.name != "p":
        return False
    bold = "".join(part.get_text() for part in element.find_all(["b", "strong"], recursive=False))
    return bool(bold.strip()) and bold.split() == element.get_text().split()


def rows_of(element: Tag) -> list[Tag]:
    """The lines of an element: a row of a table, an item of a list, or the paragraph itself."""
    if element.name == "table":
        return [row for row in element.find_all("tr") if row.get_text(strip=True)]
    if element.name in ("ul", "ol", "dl"):
        return [item for item in element.find_all(["li", "dt", "dd"]) if _own_text(item)]
    return [element]


def _own_text(item: Tag) -> str:
    return "".join(
        _text_of(child) for child in item.children if getattr(child, "name", None) not in ("ul", "ol")
    ).strip()


def _text_of(node) -> str:
    """Text with the address of each link behind it, since a plain field cannot hold a link."""
    if isinstance(node, NavigableString):
        return str(node)
    if node.name == "br":
        return "\n"
    if node.name == "ul" or node.name == "ol":
        return ""  # an inner list: its items are rows of their own
    text = "".join(_text_of(child) for child in node.children)
    href = node.get("href", "") if node.name == "a" else ""
    if href and not href.startswith("#") and href.removeprefix("mailto:") not in text:
        text += f" ({href.removeprefix('mailto:')})"
    return text + (" " if node.name in ("p", "li") else "")


def inline_text(row: Tag) -> str:
    if row.name == "tr":
        cells = (" ".join(_text_of(cell).split()) for cell in row.find_all(["td", "th"], recursive=False))
        return CELL.join(cell for cell in cells if cell)
    text = _own_text(row) if row.name in ("li", "dt", "dd") else _text_of(row)
    return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()


def to_prose(elements: list[Tag]) -> str:
    """Rich text in the form our editor writes; passing through its own converter leaves nothing it could not show."""
    soup = BeautifulSoup("".join(str(element) for element in elements), "html.parser")
    for anchor in soup.find_all("a"):
        if not anchor.get("href") or anchor["href"].startswith("#"):
            anchor.unwrap()
    for table in soup.find_all("table"):
        if table.parent is not None and not table.find_parent("table"):
            _lines_instead_of(table)
    for heading in soup.find_all([f"h{level}" for level in range(1, 7)]):
        _as_bold_paragraph(heading)
    for term in soup.find_all(["dt", "dd"]):
        _lift_paragraphs(term)
    for item in soup.find_all("dl"):
        item.unwrap()
    if not soup.get_text(strip=True):
        return ""
    converter = _converter()
    return converter.to_database_format(converter.from_database_format(str(soup)))


def _as_bold_paragraph(heading: Tag) -> None:
    heading.name, heading.attrs = "p", {}
    for inner in heading.find_all(["b", "strong"]):
        inner.unwrap()
    bold = BeautifulSoup("", "html.parser").new_tag("b")
    for child in list(heading.children):
        bold.append(child.extract())
    heading.append(bold)


def _lift_paragraphs(term: Tag) -> None:
    if term.find("p"):
        term.unwrap()
    else:
        term.name = "p"


def _lines_instead_of(table: Tag) -> None:
    """Each row as one paragraph, its cells divided by a bar; bold and links inside the cells stay."""
    maker = BeautifulSoup("", "html.parser")
    for row in table.find_all("tr"):
        if row.find_parent("table") is not table:
            continue
        line = maker.new_tag("p")
        for cell in row.find_all(["td", "th"], recursive=False):
            if not cell.get_text(strip=True):
                continue
            for inner in cell.find_all(BLOCKS):
                inner.append(" ")
                inner.unwrap()
            for inner in cell.find_all(["td", "th"]):
                inner.append(CELL)
                inner.unwrap()
            if line.contents:
                line.append(CELL)
            for child in list(cell.children):
                line.append(child.extract())
        if line.get_text(strip=True):
            table.insert_before(line)
    table.decompose()
