"""The mail about new records of a saved search: asked of the index once more when it is sent, with the rights its reader has then."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from exchange.notifications.kinds import Letter, register_kind
from exchange.notifications.models import Mail
from practices.access.reader import reader_for
from practices.saved_searches.models import Frequency, SavedSearch
from practices.saved_searches.questions import describe, shown
from practices.saved_searches.services import stop_token
from practices.search.hits import ShownHit

KIND = "saved-search"
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Item:
    title: str
    where: str
    excerpt: str
    through: str
    url: str


def register_letters() -> None:
    register_kind(KIND, gettext_lazy("New records of a saved search"), _letter)


def _letter(mail: Mail) -> Letter | None:
    search = SavedSearch.objects.filter(pk=mail.payload["search"], owner=mail.recipient).first()
    if search is None or search.frequency == Frequency.NEVER:
        return None
    hits, total = shown(search.query, reader_for(mail.recipient), mail.payload["records"], mail.tongue, SHOWN)
    if not hits:
        return None
    count = len(hits) if total <= SHOWN else total
    [question] = describe(search.query)
    stop_url = _link("stop", stop_token(search))
    context = {
        "name": mail.recipient.name,
        "base_url": settings.BASE_URL,
        "search": search,
        "question": question,
        "count": count,
        "more": count - len(hits),
        "items": [_item(hit) for hit in hits],
        "open_url": _link("open", search.pk),
        "change_url": _link("change", search.pk),
        "stop_url": stop_url,
    }
    subject = ngettext("%(count)s new record: %(name)s", "%(count)s new records: %(name)s", count)
    return Letter(
        subject % {"count": count, "name": search.name},
        render_to_string("alerts/new_records.txt", context),
        unsubscribe_url=stop_url,
    )


def _link(name: str, argument: object) -> str:
    return settings.BASE_URL + reverse(f"saved_searches:{name}", args=[argument])


def _item(hit: ShownHit) -> Item:
    return Item(
        title=hit.plain_title,
        where=" · ".join(filter(None, [hit.kind, hit.where])),
        excerpt=" ".join(hit.plain_excerpt.split()),
        through=", ".join(form.text for form in hit.through),
        url=settings.BASE_URL + hit.url,
    )
