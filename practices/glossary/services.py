"""Saving a glossary term: its record and its line in every list follow in the same transaction."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from practices.access.rules import State
from practices.catalogue.bilingual import own_texts
from practices.catalogue.models import Kind, Listing
from practices.catalogue.projection import touch
from practices.catalogue.services import archive_record, create_record, restore_record
from practices.search.services import vocabulary_changed

from .models import GlossaryTerm


@transaction.atomic
def save_term(term: GlossaryTerm, source_language: str = settings.LANGUAGE_CODE) -> GlossaryTerm:
    """Validates and saves; a new term gets its record, open to everyone. ValidationError where a field is wrong."""
    if not term.record_id:
        term.record = create_record(Kind.GLOSSARY_TERM, source_language=source_language, state=State.PUBLISHED)
        term.record.published_at = timezone.now()
    term.full_clean()
    term.save()
    _write_listings(term)
    term.record.changed_at = timezone.now()
    term.record.save(update_fields=["changed_at", "published_at"])
    touch(term.record)
    return term


@transaction.atomic
def list_term(term: GlossaryTerm, is_listed: bool, user: AbstractBaseUser | None = None) -> GlossaryTerm:
    """Puts a term into the glossary or takes it out; its words stop acting in search with it."""
    if is_listed != (term.record.state == State.PUBLISHED):
        restore_record(term.record, user) if is_listed else archive_record(term.record, user)
        vocabulary_changed()
    return term


def term_url(code: str, language: str) -> str:
    with translation.override(language):
        return reverse("glossary:term", args=[code])


def _write_listings(term: GlossaryTerm) -> None:
    for language, _name in settings.LANGUAGES:
        Listing.objects.update_or_create(
            record=term.record,
            language=language,
            defaults={
                "title": term.term.localize(language)[:255],
                "one_line": term.definition.localize(language)[:255],
                "url": term_url(term.code, language),
                "is_translated": language in own_texts(term.term),
            },
        )
