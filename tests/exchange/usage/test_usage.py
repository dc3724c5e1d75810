"""“I used this”: counted once for each person, told to the owner, read by nobody else, and taken back without a trace."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from exchange.notifications.models import Mail
from exchange.usage import letters, services
from exchange.usage.models import Helped, Use
from exchange.worklist.querysets import new_uses
from practices.access.reader import Role, reader_for
from practices.access.rules import State, Visibility
from practices.catalogue.models import Kind, RecordVersion
from practices.search.models import SearchRecord
from tests.factories.editions import make_practice
from tests.factories.people import make_focal_point, make_institution, make_person
from tests.factories.records import make_bare_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make_institution()


@pytest.fixture
def owner(home):
    return make_focal_point(home)


def versioned(**fields):
    record = make_bare_record(**fields)
    RecordVersion.objects.create(record=record, number=1, digest="x", content={}, text="")
    return record


@pytest.fixture
def record(home, owner):
    return versioned(title="Example practice", institution=home)


@pytest.fixture
def member():
    return make_person("Example Member", role=Role.MEMBER)


def test_person_is_counted_once_whatever_they_add_later(record, member):
    services.record_use(record, member, where="a shelter in the north")
    services.record_use(record, member, helped=Helped.PARTLY, words="ต้องย่อส่วนที่สองสำหรับเด็ก")
    use = Use.objects.get()
    assert (use.version.number, use.helped, use.words) == (1, "partly", "ต้องย่อส่วนที่สองสำหรับเด็ก")
    record.refresh_from_db()
    assert record.used_count == 1


def test_use_lifts_the_record_in_the_search_and_taking_it_back_lowers_it():
    practice = make_practice()
    user = make_person("Example Member", role=Role.MEMBER)
    services.record_use(practice.record, user)
    assert SearchRecord.objects.get(pk=practice.record_id).usefulness == 1
    services.take_back(practice.record, user)
    assert SearchRecord.objects.get(pk=practice.record_id).usefulness == 0
    assert not Use.objects.exists()


def test_owner_is_told_once_that_it_was_used_and_once_whether_it_helped(record, member, owner):
    services.record_use(record, member)
    services.record_use(record, member, helped=Helped.YES)
    services.record_use(record, member, helped=Helped.NO)
    assert list(Mail.objects.order_by("pk").values_list("kind", "recipient")) == [
        (services.USED, owner.pk),
        (services.HELPED, owner.pk),
    ]


def test_mail_says_who_where_and_what_in_plain_words(record, member, owner):
    services.record_use(record, member, where="เชียงราย", helped=Helped.YES, words="The form was clear.")
    with translation.override("en"):
        letter = letters._letter(Mail.objects.get())
    assert letter.subject == "Used at work: Example practice"
    assert (
        "Example Member used a record that your institution shares (version 1):\n\nExample practice\nhttp"
        in letter.body
    )
    assert "Where: เชียงราย\n" in letter.body
    assert "Did it help? Yes\n\nThe form was clear.\n" in letter.body


def test_nothing_is_mailed_of_what_was_taken_back_or_may_no_longer_be_read(record, member, owner):
    services.record_use(record, member)
    mail = Mail.objects.get()
    owner.seats.update(until=timezone.localdate())
    assert letters._letter(mail) is None
    owner.seats.update(until=None)
    services.take_back(record, member)
    assert letters._letter(mail) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"visibility": Visibility.INSTITUTION},
        {"state": State.DRAFT},
        {"state": State.ARCHIVED},
        {"kind": Kind.WORKSHOP},
    ],
)
def test_what_one_may_not_see_or_cannot_use_is_refused(member, home, fields, client):
    record = versioned(institution=home, **fields)
    with pytest.raises(PermissionDenied):
        services.record_use(record, member)
    client.force_login(member)
    assert client.get(f"/en/used/{record.code.lower()}/").status_code == 404


def test_flood_is_stopped_with_a_word(member, home, monkeypatch):
    monkeypatch.setattr(services, "FLOOD_LIMIT", 1)
    services.record_use(versioned(institution=home), member)
    with pytest.raises(ValidationError):
        services.record_use(versioned(institution=home), member)


def test_owner_meets_it_on_the_worklist_and_other_institutions_do_not(record, member, owner):
    services.record_use(record, member)
    other = make_focal_point(make_institution())
    assert [use.record for use in new_uses(reader_for(owner))] == [record]
    assert not new_uses(reader_for(other)).exists()
    Use.objects.update(created_at=timezone.now() - datetime.timedelta(days=31))
    assert not new_uses(reader_for(owner)).exists()


def test_only_owners_find_the_words_in_the_admin(record, member, owner, client):
    services.record_use(record, member, words="only for the owner")
    other = make_focal_point(make_institution())
    inspect = f"/admin/snippets/usage/use/inspect/{Use.objects.get().pk}/"
    client.force_login(owner)
    assert "only for the owner" in client.get(inspect).content.decode()
    assert "Example practice" in client.get("/admin/snippets/usage/use/").content.decode()
    client.force_login(other)
    assert client.get(inspect, follow=True).status_code == 404
    assert "Example practice" not in client.get("/admin/snippets/usage/use/").content.decode()


def test_visitor_writes_first_and_signs_in_then(record, member, client):
    address = f"/en/used/{record.code.lower()}/"
    response = client.post(address, {"where": "a shelter", "helped": "yes", "words": ""})
    assert response.status_code == 302
    assert "/accounts/login/" in response.url
    client.force_login(member)  # keeps the session, as signing in does
    assert "a shelter" in client.get(address).content.decode()


def test_panel_is_in_thai_and_takes_one_question_for_members(record, member, client, django_assert_num_queries):
    services.record_use(record, member)
    record.refresh_from_db()
    request = RequestFactory().get("/")
    request.user, request.reader = member, reader_for(member)
    template = Template("{% load usage %}{% used record %}")
    with translation.override("th"), django_assert_num_queries(1):
        html = template.render(Context({"request": request, "record": record}))
    assert "มี 1 คนนำไปใช้แล้ว" in html


def test_answers_too_long_are_told_beside_the_field_and_kept(record, member, client):
    client.force_login(member)
    response = client.post(f"/en/used/{record.code.lower()}/", {"where": "x" * 201, "words": "kept words"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "kept words" in html
    assert not Use.objects.exists()
