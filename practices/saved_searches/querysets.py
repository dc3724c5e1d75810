"""Whose searches, which have something new, and whose mail is due."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core import signing
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q

from practices.access.reader import Reader
from practices.access.rules import visible_q

if TYPE_CHECKING:
    from .models import SavedSearch

STOP_SALT = "practices.saved_searches.stop"


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def of(self, reader: Reader) -> SavedSearchQuerySet:
        """One's own, and nobody else's: an administrator has no more to do with them than anyone."""
        return self.filter(owner=reader.user_id) if reader.is_member else self.none()

    def watched(self) -> SavedSearchQuerySet:
        """Whose owner may sign in: nobody else is told anything."""
        return self.filter(owner__is_active=True)

    def mail_due(self, now: datetime.datetime) -> SavedSearchQuerySet:
        """Digests whose hour has come, with or without news; of those told at once, only those with news."""
        from .models import SavedMatch

        has_news = Exists(SavedMatch.objects.filter(saved_search=OuterRef("pk"), awaits_mail=True))
        return self.watched().filter(next_mail_at__lte=now).filter(~Q(frequency="at-once") | has_news)

    def shared_by(self, token: str) -> SavedSearch | None:
        return self.select_related("owner").filter(share_token=token).first() if token else None

    def named_by(self, stop_token: str) -> SavedSearch | None:
        """The search whose mails this signed token ends; None for one that is forged, or of a search that is gone."""
        try:
            pk, owner = map(int, signing.loads(stop_token, salt=STOP_SALT))
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return self.filter(pk=pk, owner=owner).first()


def new_counts(reader: Reader, searches: Sequence[SavedSearch]) -> dict[int, int]:
    """How many records came to match each since its owner last opened it, of those the owner may see now."""
    from .models import SavedMatch

    rows = (
        SavedMatch.objects.filter(saved_search__in=searches, found_at__gt=F("saved_search__opened_at"))
        .filter(visible_q(reader, "record__"), record__search_record__deleted=False)
        .values_list("saved_search")
        .annotate(Count("pk"))
        .order_by()
    )
    return dict(rows)
