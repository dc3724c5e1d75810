"""An edition, saved or not, as its reader in another language would meet it: their translation where there is one, else its own words."""

from __future__ import annotations

import copy

from wagtail.models import Locale

from .models import EditionPage


def edition_in(edition: EditionPage, language: str) -> EditionPage:
    if language in ("", edition.locale.language_code):
        return edition
    if not edition.is_source and edition.source.locale.language_code == language:
        return edition.source
    other = None
    if edition.record_id:
        other = (
            type(edition)
            .objects.filter(record_id=edition.record_id, locale__language_code=language, alias_of__isnull=True)
            .first()
        )
    if other is None:
        other = copy.copy(edition)
        other.locale = Locale.objects.get(language_code=language)
        other.__dict__.pop("source", None)
    other.preview_of = edition.source
    return other
