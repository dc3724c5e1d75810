"""Starting a visit summary: what is offered, what the draft holds, and that nothing typed is lost."""

import os

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageLogEntry

from exchange.people.services import end_seat
from exchange.visits.models import StudyVisitPage
from practices.catalogue import dates
from practices.catalogue.models import Country, Topic
from tests.factories.editions import block, make_action, make_practice, make_visit
from tests.factories.people import make_focal_point, make_institution

from . import docx_files
from .docx_files import docx, p, thai_notes
from .test_admin_pages import LANGUAGES, in_language

pytestmark = pytest.mark.django_db
URL = "/admin/visits/new/"


def word_file(content: bytes, name: str = "บันทึก.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def data(department, **more):
    ireland = Country.objects.get(code="IE")
    return {"institution": department.pk, "host_country": ireland.pk, "start": "9 April 2018", "end": "13 เมษายน 2561",
            "language": "th", "action": "", **more}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_opens_and_offers_the_latest_action_of_the_institution(signed_in, focal_point, department, language):
    make_action(department, title="The older Action", start="2013")
    latest = make_action(department, title="The latest Action", start="2018")
    make_action(make_institution(), title="Of others", start="2020")
    response = signed_in(in_language(focal_point, language)).get(URL)
    assert response.status_code == 200
    form = response.context["form"]
    assert form.initial["action"] == latest.record
    assert form.initial["institution"] == department
    assert form.initial["language"] == language


def test_action_asked_for_by_the_ministry_is_offered_to_its_shelter(signed_in, department):
    action = make_action(department)
    shelter = make_institution(below=department)
    response = signed_in(make_focal_point(shelter)).get(URL)
    assert response.context["form"].initial["action"] == action.record


def test_hidden_action_is_not_offered(signed_in, focal_point, other_department):
    make_action(other_department, title="Not yet public", visibility="institution")
    response = signed_in(focal_point).get(URL)
    assert "Not yet public" not in response.content.decode()


def test_draft_is_made_from_what_is_known(signed_in, focal_point, department):
    topics = list(Topic.objects.all()[:2])
    action = make_action(department, many={"requesting_institutions": [department], "topics": topics})
    make_visit(
        department, language="th",
        delegation=[block("delegate", {"institution": department.pk, "role": "หัวหน้าสถานคุ้มครอง", "level": "management"})],
    )  # fmt: skip
    response = signed_in(focal_point).post(URL, data(department, action=action.record_id))
    visit = StudyVisitPage.objects.latest("pk")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[visit.pk])
    assert not visit.live
    assert "ไอร์แลนด์" in visit.title
    assert visit.title.endswith("9 เมษายน 2561")
    assert (visit.start, visit.end) == ("2018-04-09", "2018-04-13")
    assert visit.action == action.record
    assert set(visit.topics.all()) == set(topics)
    assert visit.delegation[0].value["role"] == "หัวหน้าสถานคุ้มครอง"
    assert visit.record.source_language == "th"
    assert visit.record.institution == department
    assert visit.owner == focal_point


def test_word_file_becomes_the_draft_and_what_was_left_out_is_listed(signed_in, focal_point, department):
    practice = make_practice(title="ที่อยู่อาศัยมาก่อน")
    browser = signed_in(focal_point)
    response = browser.post(URL, data(department, notes=word_file(thai_notes())), follow=True)
    assert response.status_code == 200
    visit = StudyVisitPage.objects.latest("pk")
    assert visit.title == "รายงานการศึกษาดูงาน ณ ประเทศไอร์แลนด์ (ตัวอย่าง)"
    assert visit.slug.isascii()
    assert visit.expectations.startswith("เราต้องการเรียนรู้")
    assert [b.value["title"] for b in visit.observed] == ["ที่อยู่อาศัยมาก่อน", "หน่วยเดินเท้ายามค่ำ"]
    assert visit.observed[0].value["record"] == practice.record
    assert str(visit.programme[0].value["date"]) == "2018-04-09"
    assert "งบประมาณโดยสังเขป" in response.content.decode()
    with translation.override("en"):
        edit = browser.get(reverse("wagtailadmin_pages:edit", args=[visit.pk])).content.decode()
    assert "1 picture was not taken over" in edit
    assert PageLogEntry.objects.filter(page_id=visit.pk, action="visits.import").count() == 1
    history = browser.get(reverse("wagtailadmin_pages:history", args=[visit.pk])).content.decode()
    assert "1 picture was not taken over" in history


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.docx"),
        (b"%PDF-1.7", "report.docx"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "locked.docx"),
        (docx(document="<broken"), "broken.docx"),
        (docx(p("x"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml"), "macros.docm"),
    ],
)
def test_bad_file_is_refused_beside_its_field_and_the_rest_is_kept(
    signed_in, focal_point, department, content, name, language
):
    browser = signed_in(in_language(focal_point, language))
    response = browser.post(URL, data(department, notes=word_file(content, name)))
    assert response.status_code == 422
    html = response.content.decode()
    assert response.context["form"].errors["notes"]
    for date in ("2018-04-09", "2018-04-13"):
        assert dates.display(date, language) in html
    assert not StudyVisitPage.objects.exists()


def test_huge_file_is_refused(signed_in, focal_point, department):
    content = docx(p("x"), more={"word/media/image2.png": os.urandom(21 * 1024 * 1024)})
    response = signed_in(focal_point).post(URL, data(department, notes=word_file(content)))
    assert response.status_code == 422
    assert "20 MB" in str(response.context["form"].errors["notes"])


def test_end_before_start_and_nonsense_dates_are_told(signed_in, focal_point, department):
    browser = signed_in(focal_point)
    assert "end" in browser.post(URL, data(department, end="2017")).context["form"].errors
    assert "start" in browser.post(URL, data(department, start="soon")).context["form"].errors
    assert browser.post(URL, data(department, start="2018", end="April 2018")).status_code == 302


def test_nobody_starts_a_visit_for_another_institution(signed_in, focal_point, department, other_department):
    response = signed_in(focal_point).post(URL, data(department, institution=other_department.pk))
    assert "institution" in response.context["form"].errors
    assert not StudyVisitPage.objects.exists()


def test_overlong_title_in_the_file_stays_whole_in_the_notes(signed_in, focal_point, department):
    content = docx(p("ชื่อเรื่องยาวมาก" * 40, "Title"), p("เนื้อหา"))
    signed_in(focal_point).post(URL, data(department, notes=word_file(content)))
    visit = StudyVisitPage.objects.latest("pk")
    assert len(visit.title) <= 255
    assert "ชื่อเรื่องยาวมาก" * 40 in str(visit.detail[0].value)


def test_script_in_the_file_stays_text(signed_in, focal_point, department):
    content = docx(
        p("<script>alert(1)</script>", "Title"), docx_files.h1("What we saw"), p("<img src=x onerror=alert(1)>")
    )
    browser = signed_in(focal_point)
    html = browser.post(URL, data(department, notes=word_file(content)), follow=True).content.decode()
    assert "<script>alert(1)" not in html
    assert "<img src=x" not in html


def test_seat_that_ended_gives_nothing_any_more(signed_in, department):
    person = make_focal_point(department)
    end_seat(person.seats.get())
    assert signed_in(person).get(URL).status_code == 302
