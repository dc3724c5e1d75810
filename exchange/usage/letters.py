"""What a focal point is told when somebody used a record of theirs: written when it is sent, and only if it is still so."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.notifications.kinds import Letter, register_kind
from exchange.notifications.models import Mail
from practices.access.reader import reader_for

from . import rules
from .models import Use
from .services import HELPED, USED


def register() -> None:
    register_kind(USED, gettext_lazy("Somebody used a record"), _letter)
    register_kind(HELPED, gettext_lazy("Somebody said whether a record helped"), _letter)


def _letter(mail: Mail) -> Letter | None:
    use = (
        Use.objects.select_related("record", "user", "version")
        .prefetch_related("record__listings")
        .filter(pk=mail.payload["use"])
        .first()
    )
    listing = use.record.listing if use else None
    if use is None or listing is None or not rules.can_read_words(reader_for(mail.recipient), use):
        return None
    context = {
        "name": mail.recipient.name,
        "use": use,
        "who": use.who,
        "title": listing.title,
        "url": settings.BASE_URL + listing.url,
        "base_url": settings.BASE_URL,
    }
    subject = _("Used at work: %(title)s") if mail.kind == USED else _("Did it help? An answer on: %(title)s")
    return Letter(subject % {"title": listing.title}, render_to_string("usage/email/used.txt", context))
