"""What recording, changing, withdrawing, supporting and merging a need does, and to whom it is refused."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone, translation

from exchange.needs import services
from exchange.needs.models import Difficulty, NeedStatus, TrainingNeed
from practices.access.reader import Role
from practices.access.rules import State
from practices.catalogue.models import ContentEpoch, Record, RecordLink, Relation, Topic
from practices.search.models import SearchRecord
from practices.search.registry import facet_labels
from tests.factories.needs import make_need
from tests.factories.records import make_bare_record, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def asker():
    return make_user("Example Asker", Role.MEMBER)


def test_need_is_published_at_once_and_knows_its_language(asker):
    with translation.override("en"):
        need = make_need(asker, statement="ฉันจะคุยกับเด็กที่กลัวเจ้าหน้าที่ได้อย่างไร")
    record = need.record
    assert record.state == State.PUBLISHED
    assert record.source_language == "th"
    assert need.statement.data == {"th": "ฉันจะคุยกับเด็กที่กลัวเจ้าหน้าที่ได้อย่างไร"}
    shown = {listing.language: listing for listing in record.listings.all()}
    assert shown["th"].is_translated
    assert not shown["en"].is_translated
    assert shown["en"].title == shown["th"].title
    assert shown["en"].url == f"/en/needs/{record.code.lower()}/"
    assert shown["th"].url == f"/th/needs/{record.code.lower()}/"


def test_need_is_found_by_its_status_as_it_is_now(asker):
    need = make_need(asker)
    need.status = NeedStatus.PLANNED
    services.curate_need(need, asker, [], merged_into=None, is_listed=True)
    assert SearchRecord.objects.get(pk=need.record_id).facets["status"] == ["planned"]
    with translation.override("en"):
        assert facet_labels("status", ["met", "planned", "pilot"]) == {
            "met": "Met",
            "planned": "Planned",
            "pilot": "Pilot",
        }


def test_record_of_a_need_does_not_know_who_asked(asker):
    record = make_need(asker).record
    assert record.created_by is None
    assert record.institution is None


def test_need_that_was_sent_twice_is_recorded_once(asker):
    first = make_need(asker)
    assert make_need(asker).pk == first.pk
    Record.objects.update(created_at=timezone.now() - datetime.timedelta(minutes=2))
    assert make_need(asker).pk != first.pk


def test_flood_of_needs_is_stopped(asker):
    for number in range(services.FLOOD_LIMIT):
        make_need(asker, statement=f"Need number {number}")
    with pytest.raises(ValidationError):
        make_need(asker, statement="One more")


def test_suggested_practices_become_links_both_ways(asker):
    practice, other = make_bare_record("Housing First"), make_bare_record("Other")
    need = make_need(asker, suggested=[practice])
    assert [(link.relation, link.target) for link in need.record.links.all()] == [(Relation.SUGGESTS, practice)]
    need.suggested_practices.set([other])
    services.project_need(need)
    assert list(RecordLink.objects.values_list("target", flat=True)) == [other.pk]


def test_projecting_twice_changes_nothing(asker):
    need = make_need(asker, suggested=[make_bare_record()])
    before = list(need.record.listings.order_by("pk").values()), list(RecordLink.objects.values())
    services.project_need(need)
    assert (list(need.record.listings.order_by("pk").values()), list(RecordLink.objects.values())) == before


def test_every_change_kills_cached_pages_and_reaches_search(asker):
    need = make_need(asker)
    epoch = ContentEpoch.current()
    assert SearchRecord.objects.in_index().filter(record=need.record).exists()
    services.withdraw_need(need, asker)
    assert ContentEpoch.current() > epoch
    assert not SearchRecord.objects.in_index().filter(record=need.record).exists()
    services.restore_need(need, asker)
    assert SearchRecord.objects.in_index().filter(record=need.record).exists()


def test_withdrawing_can_be_undone_by_the_one_who_did_it(asker):
    need = make_need(asker)
    services.withdraw_need(need, asker)
    assert need.record.state == State.ARCHIVED
    with pytest.raises(PermissionDenied):
        services.restore_need(need, make_user("Example Other"))
    services.restore_need(need, asker)
    assert need.record.state == State.PUBLISHED


def test_asker_cannot_bring_back_what_an_administrator_took_down(asker):
    need = make_need(asker)
    services.withdraw_need(need, make_user("Example Administrator", Role.ADMINISTRATOR))
    with pytest.raises(PermissionDenied):
        services.restore_need(need, asker)


def test_editing_drops_the_translation_of_changed_words_only(asker):
    need = make_need(asker, statement="Old words", work_situation="At night")
    need.statement.data["th"] = "คำเดิม"
    need.work_situation.data["th"] = "ตอนกลางคืน"
    need.save()
    services.edit_need(
        need,
        asker,
        statement="New words",
        work_situation="At night",
        existing_training="None found",
        difficulty=Difficulty.RULES,
    )
    need.refresh_from_db()
    assert need.statement.data == {"en": "New words"}
    assert need.work_situation.data == {"en": "At night", "th": "ตอนกลางคืน"}
    assert need.difficulty == Difficulty.RULES


def test_others_cannot_change_or_withdraw(asker):
    need = make_need(asker)
    other = make_user("Example Other", Role.EXPERT)
    with pytest.raises(PermissionDenied):
        services.edit_need(need, other, statement="Theirs", work_situation="", existing_training="")
    with pytest.raises(PermissionDenied):
        services.withdraw_need(need, other)


def test_support_counts_each_person_once_and_never_the_asker(asker):
    need, other = make_need(asker), make_user("Example Other")
    services.support_need(need, other)
    services.support_need(need, other)
    assert need.supporters.count() == 1
    with pytest.raises(PermissionDenied):
        services.support_need(need, asker)
    services.unsupport_need(need, other)
    assert need.supporters.count() == 0


def test_merging_keeps_everybody_who_asked(asker):
    first, second = make_need(asker), make_need(make_user("Example Second"), statement="The same in other words")
    third = make_user("Example Third")
    services.support_need(second, third)
    services.support_need(second, asker)
    services.merge_need(second, first)
    assert set(first.supporters.all()) == {second.asked_by, third}
    assert second.merged_into == first
    assert not SearchRecord.objects.in_index().filter(record=second.record).exists()


def test_need_is_not_merged_into_itself_or_in_a_ring(asker):
    first, second = make_need(asker), make_need(asker, statement="Another")
    with pytest.raises(ValidationError):
        services.merge_need(first, first)
    services.merge_need(first, second)
    with pytest.raises(ValidationError):
        services.merge_need(second, first)
    assert TrainingNeed.objects.get(pk=second.pk).merged_into is None


def test_needs_merged_before_follow_to_the_last_one(asker):
    one, two, three = (make_need(asker, statement=f"Need {number}") for number in range(3))
    services.merge_need(one, two)
    services.merge_need(two, three)
    assert TrainingNeed.objects.get(pk=one.pk).merged_into == three


def test_nobody_unknown_records_a_need():
    with pytest.raises(PermissionDenied):
        services.record_need(
            AnonymousUser(),
            statement="x",
            topic=Topic.objects.first(),
            difficulty=Difficulty.RULES,
            existing_training="None found",
        )
