"""What happens to a translation when its source is published again."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import OverridableSegment, StringSegment, StringTranslation, Translation, TranslationSource

from practices.catalogue.models import PracticePage, Topic
from practices.catalogue.projection import edition_classes
from tests.factories.editions import make_chain, make_practice
from tests.factories.people import make_focal_point, make_institution

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice():
    institution = make_institution("example-department")
    return make_practice(institution, title="Housing first", many={"topics": list(Topic.objects.all()[:2])})


def translate(practice, **texts):
    thai = Locale.objects.get(language_code="th")
    source, _created = TranslationSource.update_or_create_from_instance(practice)
    translation = Translation.objects.create(source=source, target_locale=thai)
    for segment in source.stringsegment_set.select_related("context", "string"):
        if segment.context.path in texts:
            StringTranslation.objects.create(
                translation_of=segment.string, locale=thai, context=segment.context, data=texts[segment.context.path]
            )
    translation.save_target(publish=False)
    return PracticePage.objects.get(record=practice.record, locale=thai)


def republish(practice, **changes):
    page = PracticePage.objects.get(pk=practice.pk)
    for name, value in changes.items():
        setattr(page, name, value)
    page.save_revision().publish()


def thai_of(practice):
    return PracticePage.objects.get(record=practice.record, locale__language_code="th")


def test_published_source_stands_in_the_other_language_as_an_alias(practice):
    assert thai_of(practice).alias_of_id == practice.pk
    assert thai_of(practice).part("title").is_untranslated
    assert not practice.record.listings.get(language="th").is_translated


def test_facts_of_a_translation_follow_the_source_at_once(practice):
    translate(practice, title="ที่อยู่อาศัยมาก่อน")
    republish(practice, start="2019")
    thai = thai_of(practice)
    assert (thai.start, thai.title, thai.live) == ("2019", "ที่อยู่อาศัยมาก่อน", True)
    assert practice.record.listings.get(language="th").title == "ที่อยู่อาศัยมาก่อน"
    assert not thai.has_unpublished_changes


def test_emptied_list_is_emptied_in_the_translation_too(practice):
    translate(practice, title="ที่อยู่อาศัยมาก่อน")
    assert thai_of(practice).topics.count() == 2
    republish(practice, topics=[])
    assert thai_of(practice).topics.count() == 0
    assert PracticePage.objects.get(pk=practice.pk).topics.count() == 0


def test_changed_passage_shows_the_source_until_translated_again(practice):
    translate(practice, title="ที่อยู่อาศัยมาก่อน", summary="คำแปลเดิม")
    republish(practice, summary="A new summary.")
    part = thai_of(practice).part("summary")
    assert (part.value, part.language, part.is_untranslated) == ("A new summary.", "en", True)
    assert not thai_of(practice).part("title").is_untranslated


def test_translation_that_no_longer_fits_does_not_stop_the_source(practice, caplog):
    thai = translate(practice, title="ที่อยู่อาศัยมาก่อน")
    StringTranslation.objects.update(data="ย" * 300)
    republish(practice, start="2020")
    assert PracticePage.objects.get(pk=practice.pk).start == "2020"
    assert PracticePage.objects.get(pk=thai.pk).title == "ที่อยู่อาศัยมาก่อน"


def test_publishing_a_translation_does_not_touch_the_source(practice):
    thai = translate(practice, title="ที่อยู่อาศัยมาก่อน")
    before = PracticePage.objects.get(pk=practice.pk).last_published_at
    thai.save_revision().publish()
    assert PracticePage.objects.get(pk=practice.pk).last_published_at == before
    assert practice.record.versions.count() == 1


@pytest.mark.parametrize("model", edition_classes())
def test_translators_change_words_only(model):
    """Whatever is not named a text or a stream of the kind is a fact, closed to translators."""
    open_fields = {
        field.field_name
        for field in get_translatable_fields(model)
        if not hasattr(field, "overridable") or field.overridable
    }
    texts = {"title", "one_line", "summary", "seo_title", "search_description", *model.text_names, *model.stream_names}
    assert open_fields <= texts
    assert set(model.text_names) | set(model.stream_names) <= open_fields


def test_translators_see_no_chosen_record_source_or_institution():
    for page in make_chain().pages:
        TranslationSource.update_or_create_from_instance(page)
    chosen = OverridableSegment.objects.exclude(context__path__contains="https:")
    assert list(chosen.values_list("context__path", flat=True)) == []


def test_focal_point_translates_their_page_through_the_admin(client, practice, django_capture_on_commit_callbacks):
    client.force_login(make_focal_point(practice.institution))
    thai = Locale.objects.get(language_code="th")
    submit = reverse("wagtail_localize:submit_page_translation", args=[practice.pk])
    assert client.get(submit).status_code == 200
    response = client.post(submit, {"locales": [thai.pk]})
    page = thai_of(practice)
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert page.alias_of_id is None
    assert client.get(response.url).status_code == 200
    segment = StringSegment.objects.get(context__path="title")
    translation = Translation.objects.get()
    url = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    assert client.put(url, "value=ที่อยู่อาศัยมาก่อน", content_type="application/x-www-form-urlencoded").status_code in (
        200,
        201,
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(response.url, {"action": "publish"})
    assert thai_of(practice).title == "ที่อยู่อาศัยมาก่อน"
    listing = practice.record.listings.get(language="th")
    assert (listing.title, listing.is_translated) == ("ที่อยู่อาศัยมาก่อน", True)


def test_nobody_translates_another_institutions_page(client, practice):
    client.force_login(make_focal_point(make_institution()))
    thai = Locale.objects.get(language_code="th")
    client.post(reverse("wagtail_localize:submit_page_translation", args=[practice.pk]), {"locales": [thai.pk]})
    assert thai_of(practice).alias_of_id == practice.pk
    assert not Translation.objects.exists()
