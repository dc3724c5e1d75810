"""Word files written by hand: just enough of the format for Word, and for an importer, to open them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{RELATIONSHIPS}"'
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/></w:style>'
    for id, name in [("Title", "Title"), ("1", "heading 1"), ("2", "heading 2"), ("Odd", "Ministry Style")]
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def run(text: str, bold: bool = False) -> str:
    return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(text: str = "", style: str = "", bold: bool = False, item: bool = False, inner: str = "") -> str:
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner or run(text, bold)}</w:p>"


def h1(text: str) -> str:
    return p(text, "1")


def h2(text: str) -> str:
    return p(text, "2")


def link(text: str, number: int = 9) -> str:
    return f'<w:hyperlink r:id="rId{number}">{run(text)}</w:hyperlink>'


def table(*rows: list[str]) -> str:
    return (
        "<w:tbl>"
        + "".join("<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows)
        + "</w:tbl>"
    )


PICTURE = (
    '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:docPr id="1" name="p" descr="A house of the programme"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rId8"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def docx(
    *body: str, main_type: str = MAIN, document: str | None = None, more: dict[str, str | bytes] | None = None
) -> bytes:
    """A Word file with these paragraphs; `document` replaces the whole main part, `more` adds parts."""
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONSHIPS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONSHIPS}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rId8" Type="{RELATIONSHIPS}/image" Target="media/image1.png"/>'
        f'<Relationship Id="rId9" Type="{RELATIONSHIPS}/hyperlink" Target="https://example.org/housing" TargetMode="External"/>'
        f'<Relationship Id="rId10" Type="{RELATIONSHIPS}/hyperlink" Target="javascript:alert(1)" TargetMode="External"/>'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/media/image1.png": b"\x89PNG\r\n\x1a\n",
        "word/document.xml": document
        if document is not None
        else f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{"".join(body)}</w:body></w:document>',
        **(more or {}),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def thai_notes() -> bytes:
    """A mission report as a ministry's officer writes one; the visit is invented."""
    return docx(
        p("รายงานการศึกษาดูงาน ณ ประเทศไอร์แลนด์ (ตัวอย่าง)", "Title"),
        p("เรียบเรียงจากบันทึกของคณะผู้เดินทาง"),
        h1("๑. สิ่งที่คาดหวัง"),
        p("เราต้องการเรียนรู้ว่าผู้ที่ไม่มีรายได้เข้าถึงที่พักอาศัยของตนเองได้อย่างไร"),
        h1("๒. กำหนดการ"),
        table(["๙ เมษายน ๒๕๖๑", "เยี่ยมหน่วยงานท้องถิ่น"], ["๑๐ เมษายน ๒๕๖๑", "พบผู้จัดบริการ"]),
        h1("๓. สิ่งที่ได้เห็น"),
        h2("ที่อยู่อาศัยมาก่อน"),
        p(inner=run("ผู้ไร้บ้านได้บ้าน") + run("ก่อนเงื่อนไขอื่น", bold=True) + run(" อ่านต่อที่ ") + link("หน้าโครงการ")),
        p("มีผู้เยี่ยมบ้านประจำ", item=True),
        p("ค่าเช่าตามรายได้", item=True),
        h2("หน่วยเดินเท้ายามค่ำ"),
        p("เจ้าหน้าที่สองคนเดินพบผู้ที่นอนในที่สาธารณะ"),
        h1("๔. ประโยชน์ต่อหน่วยงาน"),
        p("ใช้กับนิคมสร้างตนเองได้"),
        h1("งบประมาณโดยสังเขป"),
        p("ไม่มีข้อมูลในเอกสาร"),
        h1("๕. ข้อสรุป"),
        p("เสนอให้ทดลองในสามจังหวัด"),
        p(inner=PICTURE),
    )  # fmt: skip
