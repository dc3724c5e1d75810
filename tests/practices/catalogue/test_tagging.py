"""Free tags: when two labels are one tag."""

import pytest
from i18nfield.strings import LazyI18nString

from practices.catalogue.models import ContentEpoch, RecordTag
from practices.catalogue.services import create_record
from practices.catalogue.tagging import labels_of, merge_tags, normalise, set_tags

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    return create_record("practice", source_language="en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Night outreach", "night  OUTREACH"),
        ("night-outreach", "Night outreach"),
        ("Cafe\u0301", "caf\u00e9"),
        ("คํา", "คำ"),
    ],
)
def test_case_spaces_hyphens_and_composition_make_no_difference(one, other):
    assert normalise(one) == normalise(other)


@pytest.mark.parametrize(("one", "other"), [("night outreach teams", "night outreech teams"), ("shelter", "shelters")])
def test_slip_of_spelling_means_the_same_tag(record, one, other):
    set_tags(record, [one], "en")
    set_tags(record, [other], "en")
    assert labels_of(record, "en") == [one]


@pytest.mark.parametrize(("one", "other"), [("ค่าเช่า", "ค้าเช่า"), ("action plan 2017", "action plan 2018")])
def test_different_words_stay_different(record, one, other):
    set_tags(record, [one, other], "en")
    assert record.tags.count() == 2


def test_label_in_the_other_language_means_the_same_tag(record):
    tag = RecordTag.objects.create(
        name="night outreach", label=LazyI18nString({"en": "night outreach", "th": "การลงพื้นที่ยามค่ำ"})
    )
    set_tags(record, ["การลงพื้นที่ยามค่ำ"], "th")
    assert list(record.tags.all()) == [tag]
    assert labels_of(record, "en") == ["night outreach"]
    assert labels_of(record, "th") == ["การลงพื้นที่ยามค่ำ"]


def test_thai_tags_get_slugs_that_do_not_collide(record):
    set_tags(record, ["ค่า", "ค้า", "คา"], "th")
    slugs = set(record.tags.values_list("slug", flat=True))
    assert len(slugs) == 3
    assert all(slug.isascii() for slug in slugs)


def test_only_a_change_is_told(record):
    set_tags(record, ["housing", "outreach"], "en")
    before = ContentEpoch.current()
    set_tags(record, ["Outreach", "housing"], "en")
    assert ContentEpoch.current() == before
    set_tags(record, [], "en")
    assert ContentEpoch.current() > before
    assert not record.tags.exists()


def test_merging_moves_records_and_keeps_labels(record):
    other = create_record("practice", source_language="th")
    [keep] = set_tags(record, ["reintegration"], "en")
    [gone] = set_tags(other, ["การคืนสู่สังคม"], "th")
    set_tags(record, ["reintegration", "การคืนสู่สังคม"], "en")
    assert merge_tags(keep, [gone, keep]) == 2
    assert list(other.tags.all()) == list(record.tags.all()) == [keep]
    keep.refresh_from_db()
    assert keep.label.localize("th") == "การคืนสู่สังคม"
    assert not RecordTag.objects.filter(pk=gone.pk).exists()
