"""Sources cited as `[^key]` become numbered notes, in the order in which the reader meets them on the page."""

from __future__ import annotations

import re
from collections import Counter

from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.rich_text import RichText, expand_db_html

from .models import Source

REFERENCE = re.compile(r"\s*\[\^([-\w]{1,60})\]")


class Notes:
    """Of one page as it is rendered. A key that no source has still gets its number, and its note says what is missing."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._uses: Counter[str] = Counter()
        self._known: dict[str, Source] = {}

    def refer_to(self, source: Source) -> SafeString:
        """For a source that is at hand: it is not fetched again."""
        self._known[source.key] = source
        return self.refer(source.key)

    def number(self, key: str) -> int:
        return self._numbers.setdefault(key, len(self._numbers) + 1)

    def refer(self, key: str) -> SafeString:
        number = self.number(key)
        self._uses[key] += 1
        return format_html(
            '<sup class="noteref"><a href="#note-{}" id="ref-{}-{}" aria-label="{}">[{}]</a></sup>',
            number,
            number,
            self._uses[key],
            _("Source %(number)s") % {"number": number},
            number,
        )

    def cite(self, html: str) -> SafeString:
        """Safe HTML with its references linked."""
        return mark_safe(REFERENCE.sub(lambda match: self.refer(match[1]), html))  # noqa: S308 (the caller's is escaped, ours is format_html)

    def line(self, text: str) -> SafeString:
        return self.cite(conditional_escape(text))

    def prose(self, value: str | RichText) -> SafeString:
        """Rich text, or plain text as paragraphs."""
        if isinstance(value, RichText):
            return self.cite(expand_db_html(value.source))
        return self.cite(linebreaks(str(value), autoescape=True))

    def sources(self) -> list[tuple[int, str, Source | None]]:
        """(number, key, source), at most one query; call it when everything above is rendered."""
        missing = [key for key in self._numbers if key not in self._known]
        found = {source.key: source for source in Source.objects.filter(key__in=missing)} if missing else {}
        found |= self._known
        return [(number, key, found.get(key)) for key, number in self._numbers.items()]


def without_references(text: str) -> str:
    """For link previews, lists and titles, where a number would point nowhere."""
    return REFERENCE.sub("", str(text))
