"""An edition, saved or not, as its reader in another language would meet it: their translation where there is one, else its own words."""

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import replace

from wagtail.models import Locale

from practices.access.reader import Reader

from .chain import SLOTS, Chain, chain_of
from .models import EditionPage, Record, Relation


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


def record_to_be(edition: EditionPage) -> Record:
    """The record that a page never saved will get: never saved either."""
    return Record(
        kind=edition.kind,
        code=edition.kind,
        institution=edition.institution,
        source_language=edition.source.locale.language_code,
        visibility=edition.visibility,
        is_example=edition.is_example,
    )


def chain_to_be(edition: EditionPage, reader: Reader) -> Chain:
    """The chain as publishing would make it: what points here already, and what the unpublished edition points at."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for link in edition.source.links():
        wanted[SLOTS[Relation(link.relation), True]].append(link.target_id)
    pks = {pk for slot in wanted.values() for pk in slot}
    cards = Record.objects.published().visible_to(reader).for_cards().in_bulk(pks)
    outward = {slot: [cards[pk] for pk in dict.fromkeys(pks) if pk in cards] for slot, pks in wanted.items()}
    return replace(chain_of(edition.record, reader) if edition.record_id else Chain(), **outward)
