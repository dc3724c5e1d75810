"""When a source edition is published, its translations follow in the same transaction: facts at once, words where they are translated;
a passage that changed shows the new source text, marked, until someone translates it."""

from __future__ import annotations

import logging

from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from modelcluster.fields import ParentalManyToManyField
from wagtail_localize.fields import get_translatable_fields
from wagtail_localize.models import Translation, TranslationSource

from .models import EditionPage

logger = logging.getLogger(__name__)


def sync_translations(edition: EditionPage, user=None) -> list[EditionPage]:
    """Brings the translations of this source edition up to date; gives those that changed."""
    source = TranslationSource.objects.filter(object_id=edition.translation_key, locale=edition.locale).first()
    if source is None:
        return []
    source.update_from_db()
    changed = []
    for translation in source.translations.filter(enabled=True).select_related("target_locale"):
        try:
            with transaction.atomic():
                changed.append(_sync(edition, translation, user))
        except (ValidationError, DataError) as error:  # PostgreSQL refuses what is too long before anybody has looked
            # A translated text no longer fits its field. The translation stays as it was and is listed as out of date.
            logger.warning(
                "The translation of %s into %s was not synchronised: %s",
                edition.record,
                translation.target_locale,
                error,
            )
    return changed


def _sync(edition: EditionPage, translation: Translation, user) -> EditionPage:
    target = (
        type(edition).objects.filter(translation_key=edition.translation_key, locale=translation.target_locale).first()
    )
    if target:
        _empty_what_the_source_emptied(edition, target)
    translation.save_target(user=user, publish=False)
    target = type(edition).objects.get(translation_key=edition.translation_key, locale=translation.target_locale)
    # Not localize's own publishing: that waits for the end of the transaction, when a failure would leave this half done.
    target.get_latest_revision().publish(user=user, skip_permission_checks=True)
    return target


def _empty_what_the_source_emptied(edition: EditionPage, target: EditionPage) -> None:
    """localize copies many-to-many fields only when they hold something."""
    emptied = False
    for translatable in get_translatable_fields(type(edition)):
        field = translatable.get_field(type(edition))
        if not isinstance(field, ParentalManyToManyField) or not translatable.is_synchronized(edition):
            continue
        if not getattr(edition, field.name).exists() and getattr(target, field.name).exists():
            getattr(target, field.name).clear()
            emptied = True
    if emptied:
        target.save(clean=False)
