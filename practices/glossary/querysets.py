"""Reads of the glossary: in the alphabet of the reader's language, by letter, and the records in which a term is used."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.translation import get_language

from practices.access.reader import Reader
from practices.access.rules import State, visible_q
from practices.catalogue.bilingual import own_texts, worded
from practices.catalogue.models import Record
from practices.catalogue.models.edition import Part
from practices.catalogue.querysets import CATALOGUE_KINDS
from practices.search.engines import get_engine
from practices.search.engines.base import Request
from practices.search.normalise import sort_key
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.wordbook import current

from .models import GlossaryTerm

PAGE_SIZE = 100
RECORDS_SHOWN = 10
OTHER = "#"  # where numbers and signs stand


@dataclass(frozen=True)
class ListedTerm:
    term: GlossaryTerm
    name: Part
    definition: Part
    abbreviations: list[str]
    letter: str


@dataclass(frozen=True)
class TermList:
    page: Page
    letters: list[str]
    letter: str


def terms_visible_to(reader: Reader) -> QuerySet[GlossaryTerm]:
    return GlossaryTerm.objects.filter(visible_q(reader, "record__"), record__state=State.PUBLISHED)


def term_list(reader: Reader, letter: str = "", page: str | None = None) -> TermList:
    """One query: a glossary is hundreds of terms, and the order of a language is not one that databases know."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    rows = sorted(
        (_listed(term) for term in terms_visible_to(reader)), key=lambda row: order_of(row.name.value, language)
    )
    letters = list(dict.fromkeys(row.letter for row in rows))
    chosen = letter if letter in letters else ""
    shown = [row for row in rows if row.letter == chosen] if chosen else rows
    return TermList(Paginator(shown, PAGE_SIZE).get_page(page), letters, chosen)


def order_of(name: str, language: str) -> tuple[bool, str]:
    """The reader's own script first, each in its dictionary order."""
    is_thai = "\u0e00" <= letter_of(name) <= "\u0e7f"
    return is_thai != (language == "th"), sort_key(name)


def letter_of(name: str) -> str:
    """The letter a dictionary files it under: in Thai the consonant, also where a vowel is written before it."""
    first = sort_key(name)[:1]
    return first.upper() if first.isalpha() else OTHER


def _listed(term: GlossaryTerm) -> ListedTerm:
    name = worded(term.term)
    return ListedTerm(term, name, worded(term.definition), abbreviations_of(term), letter_of(name.value))


def abbreviations_of(term: GlossaryTerm) -> list[str]:
    """Of all languages: they are used across them."""
    found = [word.strip() for text in own_texts(term.abbreviations).values() for word in text.split(",")]
    return list(dict.fromkeys(word for word in found if word))


def records_that_use(term: GlossaryTerm, reader: Reader) -> list[Record]:
    """Records whose words have the term, in either language or under any of its other names; the nearest first."""
    language = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    query = parse(worded(term.term).value)
    if not query.text:
        return []
    request = Request(
        reader,
        make_plan(query, current().vocabulary),
        within={"kind": [*CATALOGUE_KINDS]},
        language=language,
        limit=RECORDS_SHOWN,
    )
    result = get_engine().search(request)
    if result.loosened:
        return []
    found = Record.objects.published().visible_to(reader).for_cards().in_bulk([hit.record_id for hit in result.hits])
    return [found[hit.record_id] for hit in result.hits if hit.record_id in found]
