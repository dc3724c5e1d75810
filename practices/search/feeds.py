"""A search as a feed: its newest records, for whoever wants to hear of new ones without an account."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from practices.access.reader import Reader

from .asked import Asked, read
from .engines import answering_engine
from .engines.base import NEWEST
from .hits import ShownHit, show_hits
from .questions import Within, question
from .wordbook import current

MOST_ITEMS = 50


@dataclass(frozen=True, slots=True)
class Newest:
    asked: Asked
    # The page that lists the same.
    link: str
    # The feed itself.
    here: str
    hits: Sequence[ShownHit]


def newest(asked: Asked, reader: Reader, link: str, here: str, within: Within | None = None) -> Newest:
    words = current()
    request = question(asked, reader, words, within, sort=NEWEST, offset=0, limit=MOST_ITEMS)
    result = answering_engine().search(request)
    return Newest(asked, link, here, show_hits(result, request.plan, reader, request.language, words))


class SearchFeed(Feed):
    def get_object(self, request: HttpRequest, page: str, within: Within | None = None) -> Newest:
        asked = read(request.GET)
        link = reverse(f"search:{page}") + asked.address(sort=NEWEST)
        return newest(asked, request.reader, link, request.get_full_path(), within)  # type: ignore[attr-defined]

    def title(self, obj: Newest) -> str:
        return _("Sala: search for “%(words)s”") % {"words": obj.asked.query.text} if obj.asked.has_words else "Sala"

    def description(self, obj: Newest) -> str:
        return _("The newest records that match, at most %(count)s.") % {"count": MOST_ITEMS}

    def link(self, obj: Newest) -> str:
        return obj.link

    def feed_url(self, obj: Newest) -> str:
        return obj.here

    def items(self, obj: Newest) -> Sequence[ShownHit]:
        return obj.hits

    def item_title(self, item: ShownHit) -> str:
        return item.plain_title

    def item_description(self, item: ShownHit) -> str:
        return item.plain_excerpt

    def item_link(self, item: ShownHit) -> str:
        return item.url

    def item_pubdate(self, item: ShownHit) -> datetime.datetime:
        return item.changed

    def item_categories(self, item: ShownHit) -> list[str]:
        return [item.kind]
