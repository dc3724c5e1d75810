"""What the list shows of a record that was found: confirmed for this reader, marked, in the reader's language if it has it.

Twenty of them must cost little, so names and marks that repeat are made once and kept with the wordbook.
"""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

from practices.access.reader import Reader

from .engines.base import Hit, Result
from .highlight import Marker, opening
from .models import SearchRecord
from .plan import Plan
from .vocabulary import Form
from .wordbook import Wordbook


@dataclass(frozen=True, slots=True)
class ShownHit:
    record_id: int
    code: str
    kind: str
    url: str
    title: SafeString
    excerpt: SafeString
    # Set where the words are not in the language of the page.
    title_language: str
    excerpt_language: str
    where: str
    marks: str
    # Terms of the glossary that brought it in.
    through: Sequence[Form]
    changed: datetime.datetime

    @property
    def plain_title(self) -> str:
        return html.unescape(strip_tags(self.title))

    @property
    def plain_excerpt(self) -> str:
        """Without the marks, for what is not a page."""
        return html.unescape(strip_tags(self.excerpt))


def show_hits(result: Result, plan: Plan | None, reader: Reader, language: str, words: Wordbook) -> list[ShownHit]:
    rows = SearchRecord.objects.for_page(reader, [hit.record_id for hit in result.hits])
    words.read_places({row.record.institution_id or 0 for row in rows.values()} - {0})
    marker = Marker(plan.needles(result.loosened) if plan else [])
    return [_show(rows[hit.record_id], hit, marker, language, words) for hit in result.hits if hit.record_id in rows]


def url_of(row: SearchRecord, language: str) -> str:
    return row.urls.get(language) or next(iter(row.urls.values()), "")


def _show(row: SearchRecord, hit: Hit, marker: Marker, language: str, words: Wordbook) -> ShownHit:
    title_language = language if language in row.titles else next(iter(row.titles), language)
    excerpt, excerpt_language = _excerpt(row, marker, [title_language, *row.titles])
    where, marks = words.place_and_marks(row, "" if title_language == language else title_language)
    return ShownHit(
        record_id=hit.record_id,
        code=row.record.code,
        kind=words.labels("kind", [row.kind])[row.kind],
        url=url_of(row, language),
        title=marker.mark(row.titles.get(title_language, "")),
        excerpt=excerpt,
        title_language="" if title_language == language else title_language,
        excerpt_language="" if excerpt_language == language else excerpt_language,
        where=where,
        marks=marks,
        through=hit.through,
        changed=row.changed,
    )


def _excerpt(row: SearchRecord, marker: Marker, languages: Sequence[str]) -> tuple[SafeString, str]:
    """Where the match stands: in the summary or the text, first in the language of the title; else how the summary begins."""
    for language in dict.fromkeys(languages):
        for texts in (row.text.summaries, row.text.bodies):
            if marked := marker.excerpt(texts.get(language, "")):
                return marked, language
    first = languages[0]
    return opening(row.text.summaries.get(first) or row.text.bodies.get(first, "")), first
