"""What waits for whom: each queryset shows one's own and nothing of others; each role lands on its own page in both languages."""

import datetime

import pytest
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page

from exchange.discussion.services import post_comment
from exchange.people.models import SeatKind
from exchange.worklist import querysets
from practices.access.reader import Role, reader_for
from practices.catalogue.models import InstitutionPage
from practices.catalogue.services import archive_record
from tests.factories.editions import block, figure, make_adaptation, make_practice, make_visit
from tests.factories.people import make_focal_point, make_institution, make_person
from tests.practices.catalogue.test_translations import republish, translate

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "th"]


@pytest.fixture
def reader(focal_point):
    return reader_for(focal_point)


def test_drafts_are_ones_own_and_newest_first(reader, focal_point, department, other_department):
    colleagues = make_practice(department, title="Of a colleague", draft=True)
    mine = make_practice(department, title="Mine", draft=True, user=focal_point)
    make_practice(other_department, title="Theirs", draft=True)
    make_practice(department, title="Published")
    archived = make_practice(department, draft=True)
    archive_record(archived.record)
    assert [page.pk for page in querysets.drafts(reader)] == [mine.pk, colleagues.pk]


def test_change_after_publishing_is_a_draft_again(reader, department):
    page = make_practice(department)
    assert not querysets.drafts(reader).exists()
    page.title = "Changed"
    page.save_revision()
    assert [draft.draft_title for draft in querysets.drafts(reader)] == ["Changed"]


def test_published_records_without_a_mark_wait(reader, department, other_department):
    page = make_practice(department)
    make_practice(other_department)
    make_practice(department, draft=True)
    assert list(querysets.not_endorsed(reader)) == [page.record]


def test_visit_that_is_over_waits_for_what_was_seen(reader, department):
    silent = make_visit(department, start="2018-04")
    draft = make_visit(department, start="2018-05-01", end="2018-05-04", draft=True)
    make_visit(
        department, start="2018-04", observed=[block("practice", {"title": "A home first", "findings": "<p>Seen.</p>"})]
    )
    make_visit(department, start="2090-01")
    make_visit(make_institution(), start="2018-04")
    assert set(querysets.visits_without_summary(reader)) == {silent, draft}


def test_tried_adaptation_waits_for_its_result(reader, department):
    waiting = make_adaptation([], department, status="running")
    make_adaptation([], department, status="idea")
    make_adaptation([], department, status="pilot", results=[figure("houses", "270")])
    make_adaptation([], make_institution(), status="running")
    assert list(querysets.adaptations_without_result(reader)) == [waiting]


def test_practice_past_its_review_date_waits(reader, department):
    late = make_practice(department, review_by=timezone.localdate() - datetime.timedelta(days=1))
    make_practice(department, review_by=timezone.localdate() + datetime.timedelta(days=1))
    assert list(querysets.practices_to_review(reader)) == [late]


def test_untranslated_and_outdated_translations_are_told_apart(reader, department):
    page = make_practice(department, title="Housing first")
    assert [stand_in.alias_of_id for stand_in in querysets.untranslated(reader)] == [page.pk]
    translate(page, title="ที่อยู่อาศัยมาก่อน", summary="สรุป", one_line="หนึ่งบรรทัด", consent_statement="ไม่ได้ระบุในแหล่งข้อมูล")
    assert not querysets.untranslated(reader).exists()
    assert not querysets.outdated_translations(reader).exists()
    republish(page, summary="Quite another summary.")
    [outdated] = querysets.outdated_translations(reader)
    assert Page.objects.get(pk=outdated.page_id).locale.language_code == "th"
    assert not querysets.outdated_translations(reader_for(make_focal_point(make_institution()))).exists()


def test_comments_of_others_on_own_records_are_new_for_a_month(reader, focal_point, department, other_department):
    record, theirs = make_practice(department).record, make_practice(other_department).record
    expert = make_person("Example Expert", role=Role.EXPERT)
    post = post_comment(record, expert, "Who pays for it?")
    post_comment(theirs, expert, "And here?")
    post_comment(record, focal_point, "The city does.")
    assert list(querysets.new_comments(reader)) == [post]
    type(post).objects.filter(pk=post.pk).update(created_at=timezone.now() - datetime.timedelta(days=31))
    assert not querysets.new_comments(reader).exists()


def test_seat_without_a_holder_is_seen_once_the_institution_publishes(department, other_department, focal_point):
    assert not querysets.vacant_seats().exists()
    make_visit(department)
    make_visit(other_department)
    assert list(querysets.vacant_seats()) == [other_department]


def test_failed_background_work_is_seen_by_administrators(signed_in, administrator, focal_point):
    DBTaskResult.objects.create(
        task_path="practices.search.tasks.rebuild", status=TaskResultStatus.FAILED, args_kwargs={"args": [], "kwargs": {}},
        backend_name="default", run_after=timezone.now(), finished_at=timezone.now(), exception_class_path="builtins.OSError", traceback="",
    )  # fmt: skip
    assert "practices.search.tasks.rebuild" in signed_in(administrator).get("/admin/").content.decode()
    assert "practices.search.tasks.rebuild" not in signed_in(focal_point).get("/admin/").content.decode()


# The page


def home(signed_in, person, language):
    person.language = language
    person.save()
    return signed_in(person).get("/admin/")


def everything_waits(department):
    make_practice(department, title="Own draft", draft=True)
    make_practice(department, title="Own practice")
    make_visit(department, title="Silent visit")
    make_adaptation([], department, status="running")
    expert = make_person("Example Expert", role=Role.EXPERT)
    post_comment(make_practice(department).record, expert, "Who pays for it?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_operational_focal_point_lands_on_what_waits(signed_in, focal_point, department, other_department, language):
    everything_waits(department)
    make_practice(other_department, title="Their draft", draft=True)
    response = home(signed_in, focal_point, language)
    html = response.content.decode()
    assert response.status_code == 200
    assert "Own draft" in html
    assert "Silent visit" in html
    assert "Their draft" not in html
    assert html.count('class="worklist-section"') == 6
    for url in ("/admin/visits/new/", "/admin/new/practice/", "/admin/new/adaptation/", "/admin/new/workshop/"):
        assert f'href="{url}"' in html
    assert "/admin/reports/" not in html
    assert "/admin/settings/" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_strategic_focal_point_lands_on_what_to_endorse(signed_in, department, language):
    everything_waits(department)
    html = home(signed_in, make_focal_point(department, SeatKind.STRATEGIC), language).content.decode()
    assert "Own practice" in html
    assert "Own draft" not in html
    assert "worklist-new" not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_administrator_lands_on_what_is_stale_vacant_or_broken(signed_in, administrator, department, language):
    everything_waits(department)
    Page.objects.filter(draft_title="Own draft").update(
        latest_revision_created_at=timezone.now() - datetime.timedelta(days=90)
    )
    html = home(signed_in, administrator, language).content.decode()
    assert "Own draft" in html
    assert str(department.name.localize(language)) in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_programme_officer_begins_practices_of_the_eu_side(signed_in, language):
    officer = make_person(role=Role.PROGRAMME_OFFICER)
    make_institution(country="IE")
    html = home(signed_in, officer, language).content.decode()
    assert "/admin/new/action/" in html
    assert "/admin/visits/new/" not in html


def test_organiser_begins_workshops(signed_in, department):
    organiser = make_person(role=Role.ORGANISER, institution=department)
    html = home(signed_in, organiser, "en").content.decode()
    assert "/admin/new/workshop/" in html
    assert "/admin/new/practice/" not in html


@pytest.mark.parametrize("role", [Role.EXPERT, Role.MEMBER])
def test_experts_and_trainees_have_no_admin(signed_in, role):
    response = signed_in(make_person(role=role)).get("/admin/")
    assert response.status_code in (302, 403, 404)
    assert b"worklist" not in response.content


def test_number_of_queries_does_not_grow_with_what_waits(
    signed_in, focal_point, department, django_assert_max_num_queries
):
    browser = signed_in(focal_point)
    everything_waits(department)
    with django_assert_max_num_queries(90) as few:
        browser.get("/admin/")
    for _n in range(3):
        everything_waits(department)
    with django_assert_max_num_queries(len(few) + 6):  # one count for each list that is cut short
        browser.get("/admin/")


# Beginning something new


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("practice", "catalogue/practicepage"),
        ("adaptation", "adaptations/adaptationpage"),
        ("workshop", "workshops/workshoppage"),
    ],
)
def test_button_leads_straight_to_the_form(signed_in, focal_point, department, kind, path, language):
    make_institution(below=department)
    focal_point.language = language
    focal_point.save()
    browser = signed_in(focal_point)
    folder = InstitutionPage.objects.get(institution=department, locale__language_code=language)
    response = browser.get(f"/admin/new/{kind}/")
    assert response.url == f"/admin/pages/add/{path}/{folder.pk}/"
    form = browser.get(response.url).context["form"]
    assert form.initial.get("country") or form.instance.country_id == department.country_id


def test_programme_officer_chooses_the_institution(signed_in):
    officer = make_person(role=Role.PROGRAMME_OFFICER, language="th")
    irish, dutch = make_institution(country="IE"), make_institution(country="NL")
    thai = make_institution()
    browser = signed_in(officer)
    response = browser.get("/admin/new/practice/")
    assert set(response.context["form"].fields["institution"].queryset) >= {irish, dutch}
    folder = InstitutionPage.objects.get(institution=dutch, locale__language_code="th")
    chosen = browser.get("/admin/new/practice/", {"choose": 1, "institution": dutch.pk, "language": "th"})
    assert chosen.url == f"/admin/pages/add/catalogue/practicepage/{folder.pk}/"
    refused = browser.get("/admin/new/practice/", {"choose": 1, "institution": thai.pk, "language": "th"})
    assert "institution" in refused.context["form"].errors


def test_unknown_kind_is_not_found(signed_in, focal_point):
    assert signed_in(focal_point).get("/admin/new/nonsense/", follow=True).status_code == 404
