"""Fills wagtail-localize's strings for a page from its twin in the other language, as a translator would in the editor."""

from __future__ import annotations

from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail_localize.models import (
    String,
    StringTranslation,
    TranslatableObject,
    Translation,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .case_files import CaseFileError


def translate(page: Page, twin: Page, *, source_changed: bool, partly: bool = False) -> bool:
    """Makes `page` readable in the twin's language; True where anything had to change.

    `twin` is an unsaved page with the same block ids and its texts in the other language. With `partly`, a string that is the
    same in both stays untranslated; else it counts as translated as it is.
    """
    originals, translated = extract_segments(page), extract_segments(twin)
    _check_shape(page, originals, translated)
    _prepare_strings(page, originals)
    source, _is_new = TranslationSource.update_or_create_from_instance(page)
    translation, is_new = Translation.objects.get_or_create(source=source, target_locale=twin.locale)
    texts_changed = _write_strings(source, twin.locale, _strings(translated), partly)
    if not (is_new or source_changed or texts_changed):
        return False
    Translation.objects.filter(pk=translation.pk).update(translations_last_updated_at=timezone.now())
    translation.save_target(publish=False)  # its own publishing would wait for the commit
    translation.get_target_instance().get_latest_revision().publish()
    Translation.objects.filter(pk=translation.pk).update(destination_last_updated_at=timezone.now())
    return True


def _strings(segments: list) -> list[StringSegmentValue]:
    return [segment for segment in segments if isinstance(segment, StringSegmentValue)]


def _check_shape(page: Page, originals: list, translated: list) -> None:
    """Both languages must have the same fields filled, and the same paragraphs and lists in each long text."""

    def shape(segments: list) -> list[tuple[str, str]]:
        return [(s.path, s.template if isinstance(s, TemplateSegmentValue) else "") for s in segments]

    for one, other in zip(shape(originals), shape(translated), strict=False):
        if one != other:
            raise CaseFileError(f"“{page.title}”: the languages differ in shape at {one[0]} and {other[0]}.")
    if len(originals) != len(translated):
        raise CaseFileError(f"“{page.title}”: the languages differ in length.")


def _prepare_strings(page: Page, segments: list) -> None:
    """Writes strings and contexts in bulk first: the library makes them one by one, each in its own savepoint."""
    strings = _strings(segments)
    TranslatableObject.objects.get_or_create_from_instance(page)
    String.objects.bulk_create(
        [
            String(locale=page.locale, data=s.string.data, data_hash=String._get_data_hash(s.string.data))
            for s in {s.string.data: s for s in strings}.values()
        ],
        ignore_conflicts=True,
    )
    TranslationContext.objects.bulk_create(
        [
            TranslationContext(object_id=page.translation_key, path=path, path_id=TranslationContext._get_path_id(path))
            for path in dict.fromkeys(segment.path for segment in segments)
        ],
        ignore_conflicts=True,
    )


def _write_strings(
    source: TranslationSource, locale: Locale, translated: list[StringSegmentValue], partly: bool
) -> bool:
    rows = list(source.stringsegment_set.select_related("string").order_by("order"))
    wanted = {
        (row.string_id, row.context_id): value.string.data
        for row, value in zip(rows, translated, strict=True)
        if not (partly and value.string.data == row.string.data)
    }
    present = {
        (row.translation_of_id, row.context_id): row
        for row in StringTranslation.objects.filter(locale=locale, context__object_id=source.object_id)
    }
    new = [
        StringTranslation(
            translation_of_id=string, context_id=context, locale=locale, data=data, translation_type="manual"
        )
        for (string, context), data in wanted.items()
        if (string, context) not in present
    ]
    StringTranslation.objects.bulk_create(new)
    changed = [row for pair, row in present.items() if pair in wanted and row.data != wanted[pair]]
    for row in changed:
        row.data = wanted[row.translation_of_id, row.context_id]
        row.save()
    return bool(new or changed)
