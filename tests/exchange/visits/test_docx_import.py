"""Notes in a Word file: what goes where, what is listed, and what is refused."""

import io
import re
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.visits import docx_file
from exchange.visits.docx_headings import slot_of
from exchange.visits.docx_import import read_notes
from exchange.visits.docx_prose import plain_text

from .docx_files import MAIN, NAMESPACES, PICTURE, docx, h1, h2, link, p, run, table, thai_notes


def read(content: bytes):
    return read_notes(io.BytesIO(content))


def code_of(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        read(content)
    return caught.value.code


def text(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def test_thai_report_is_placed_by_its_headings():
    notes = read(thai_notes())
    assert notes.title == "รายงานการศึกษาดูงาน ณ ประเทศไอร์แลนด์ (ตัวอย่าง)"
    assert notes.expectations.startswith("เราต้องการเรียนรู้")
    assert notes.programme[0] == {"date": "2018-04-09", "title": "เยี่ยมหน่วยงานท้องถิ่น", "description": ""}
    assert [practice["title"] for practice in notes.observed] == ["ที่อยู่อาศัยมาก่อน", "หน่วยเดินเท้ายามค่ำ"]
    assert [slot for slot, _html in notes.detail] == ["notes", "relevance", "notes", "decisions"]
    assert "งบประมาณโดยสังเขป" in notes.detail[2][1]


def test_bold_links_and_lists_stay():
    findings = read(thai_notes()).observed[0]["findings"]
    assert "<b>ก่อนเงื่อนไขอื่น</b>" in findings
    assert '<a href="https://example.org/housing">หน้าโครงการ</a>' in findings
    assert findings.count("<li") == 2


def test_what_was_not_taken_over_is_listed_in_the_readers_language():
    notices = read(thai_notes()).notices
    assert {notice.code for notice in notices} == {"heading", "pictures", "tables"}
    picture = next(notice for notice in notices if notice.code == "pictures")
    assert "A house of the programme" in str(picture)
    with translation.override("th"):
        assert str(picture)


def test_unknown_style_comments_headers_and_deleted_text_are_listed():
    content = docx(
        p("Kept", "Odd"),
        p(inner='<w:del w:id="1"><w:r><w:delText>gone</w:delText></w:r></w:del>' + run("stays")),
        more={
            "word/header1.xml": f"<w:hdr {NAMESPACES}>{p('Ministry, internal')}</w:hdr>",
            "word/comments.xml": f'<w:comments {NAMESPACES}><w:comment w:id="0">{p("Is this right?")}</w:comment></w:comments>',
        },
    )
    notices = {notice.code: str(notice) for notice in read(content).notices}
    assert set(notices) == {"style", "deleted", "margins", "comments"}
    assert "Ministry Style" in notices["style"]
    assert "Is this right?" in notices["comments"]


def test_script_links_and_bookmarks_lose_their_address_but_keep_their_words():
    notes = read(docx(p(inner=link("press me", 10)), p("<script>alert(1)</script>")))
    html = notes.detail[0][1]
    assert "press me" in html
    assert "javascript:" not in html
    assert "<script" not in html
    assert "alert(1)" in html


def test_table_in_notes_becomes_lines():
    notes = read(docx(h1("Notes"), table(["Shelter", "Beds"], ["A", "12"])))
    assert re.findall(r"<p[^>]*>(.*?)</p>", notes.detail[0][1]) == ["Shelter | Beds", "A | 12"]


def test_links_in_plain_fields_keep_their_address():
    notes = read(docx(h1("Expectations"), p(inner=run("See ") + link("the plan"))))
    assert notes.expectations == "See the plan (https://example.org/housing)"


def test_overlong_title_is_cut_and_the_whole_kept():
    long = "Housing first " * 30
    notes = read(docx(h1("What we saw"), h2(long), p("text")))
    assert len(notes.observed[0]["title"]) <= 200
    assert text(notes.observed[0]["findings"]).split()[:60] == long.split()
    notes = read(docx(h1("Programme"), p("9 April 2018: " + long)))
    assert notes.programme[0]["date"] == "2018-04-09"
    assert notes.programme[0]["description"] == long.strip()


def test_paragraph_that_reads_like_a_heading_counts_as_one():
    notes = read(docx(p("Decisions:", bold=True), p("Try it.")))
    assert notes.detail[0][0] == "decisions"
    assert "Try it." in notes.detail[0][1]


@pytest.mark.parametrize(
    ("heading", "slot"),
    [
        ("2. What we saw:", "observed"),
        ("PROGRAMME, 9 to 13 April", "programme"),
        ("Programmes of the city", None),
        ("๓) สิ่งที่ได้เห็นจากการศึกษาดูงาน", "observed"),
        ("ประโยชน์ต่อหน่วยงาน", "relevance"),
        ("Budget", None),
    ],
)
def test_heading_is_recognised(heading, slot):
    assert slot_of(heading) == slot


words = st.text(alphabet="abc กขคงน้ำใจ<>&|:.๑2–", min_size=1, max_size=30)
pieces = st.one_of(
    words.map(h1), words.map(h2), words.map(p), words.map(lambda w: p(w, item=True)), words.map(lambda w: p(w, bold=True)),
    st.lists(st.lists(words, min_size=1, max_size=3), min_size=1, max_size=3).map(lambda rows: table(*rows)),
    st.sampled_from([h1("Expectations"), h1("กำหนดการ"), h1("What we saw"), h2("ข้อสรุป"), p(inner=link("here"))]),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(pieces, min_size=1, max_size=12))
def test_no_word_is_lost(body):
    """Every word of the file is in the import; only headings that became the names of parts may be missing."""
    import mammoth
    from bs4 import BeautifulSoup

    def plain(html: str) -> str:
        return BeautifulSoup(html.replace(">", "> "), "html.parser").get_text()

    content = docx(*body)
    soup = BeautifulSoup(mammoth.convert_to_html(io.BytesIO(content)).value, "html.parser")
    if not soup.get_text(strip=True):
        assert code_of(content) == "no-text"
        return
    notes = read(content)
    kept = [notes.title, notes.expectations, *(plain(html) for _slot, html in notes.detail)]
    kept += [part for item in notes.programme for part in (item["date"], item["title"], item["description"])]
    kept += [part for practice in notes.observed for part in (practice["title"], plain(practice["findings"]))]
    letters = "".join(re.findall(r"\w", " ".join(kept)))
    for element in soup.find_all(["p", "li", "td", "h2"]):
        for word in plain_text(element).split():
            letters_of_word = "".join(re.findall(r"\w", word))
            assert letters_of_word in letters or slot_of(plain_text(element))


# What is refused


def test_empty_file():
    assert code_of(b"") == "empty"


def test_file_without_text():
    assert code_of(docx(p(""))) == "no-text"


def test_huge_file(monkeypatch):
    monkeypatch.setattr(docx_file, "MAX_SIZE", 1000)
    assert code_of(b"x" * 1001) == "size"


def test_encrypted_file_and_old_file():
    assert code_of(docx_file.OLE + b"\0" * 600 + docx_file.ENCRYPTED_STREAM + b"\0" * 100) == "encrypted"
    assert code_of(docx_file.OLE + b"\0" * 600) == "old"


def test_disguised_files():
    assert code_of(b"%PDF-1.7 not a word file") == "not-word"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert code_of(other.getvalue()) == "not-word"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert code_of(docx(p("x"), main_type=sheet)) == "not-word"


def test_macros():
    assert code_of(docx(p("x"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml")) == "macros"
    assert code_of(docx(p("x"), more={"word/vbaProject.bin": b"x"})) == "macros"


def test_broken_files():
    whole = docx(p("x" * 500))
    assert code_of(docx(document="<w:document><w:body>")) == "broken"
    assert code_of(docx(document="")) == "broken"
    assert code_of(whole[: len(whole) // 2] + whole[-300:]) in ("broken", "not-word")
    damaged = bytearray(whole)
    at = damaged.find(b"word/document.xml") + 60
    damaged[at : at + 20] = b"\0" * 20
    assert code_of(bytes(damaged)) == "broken"


def test_bombs():
    entities = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    assert code_of(docx(document=entities)) == "too-much"
    assert code_of(docx(p("x"), more={"word/pad.xml": b"<a>" + b" " * docx_file.MAX_XML + b"</a>"})) == "too-much"
    assert code_of(docx(p("x"), more={f"word/media/{n}.png": b"" for n in range(docx_file.MAX_PARTS)})) == "too-much"
    deep = "<w:p>" * 5000 + "</w:p>" * 5000
    assert code_of(docx(deep)) == "too-much"


def test_file_that_mammoth_cannot_read_is_called_broken():
    content = docx(document=f"<w:other {NAMESPACES}/>", main_type=MAIN)
    assert code_of(content) == "broken"


def test_picture_alone_is_no_text():
    assert code_of(docx(p(inner=PICTURE))) == "no-text"
