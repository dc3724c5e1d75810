"""A printed record holds its text, figures and sources in its language, is tagged for screen readers, and no member's field."""

import shutil
import subprocess

import pytest

from tests.factories.editions import figure, make_practice, make_source

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("needs pdftotext: apt-get install poppler-utils")
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def test_a_practice_prints_with_figures_and_numbered_sources(client):
    source = make_source()
    page = make_practice(
        title="Housing first",
        summary="A home first.[^mieux-thailand]",
        contact="office@example.org",
        results=[figure("small houses", "270", "houses", source, place="24 provinces")],
    )
    response = client.get(f"/en/r/{page.record.code.lower()}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert b"pdfuaid" in response.content  # says it is PDF/UA
    text = text_of(response.content)
    for piece in (
        "Housing first",
        "A home first.",
        "[1]",
        "270 houses",
        "24 provinces",
        "MIEUX case study on Thailand",
        "Not yet endorsed",
    ):
        assert piece in text
    assert "office@example.org" not in text


def test_thai_prints_with_all_its_marks(client):
    page = make_practice(title="บ้านมาก่อนสถานคุ้มครอง", summary="ผู้เสียหายได้อยู่ในบ้านของตนเอง", language="th")
    text = text_of(client.get(f"/th/r/{page.record.code.lower()}.pdf").content)
    assert "สถานคุ" in text.replace("\n", "")
