"""Stores the mails that are due: one for all new records of a search, in the transaction that takes them off the list."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from exchange.notifications.services import queue_mail
from practices.saved_searches.models import SavedSearch
from practices.saved_searches.services import take_matches

from .letters import KIND


def queue_alerts() -> int:
    """Says how many mails it stored. Two at once store each mail once."""
    due = SavedSearch.objects.mail_due(timezone.now()).select_related("owner").order_by("pk")
    return sum(_queue(search) for search in due)


@transaction.atomic
def _queue(search: SavedSearch) -> bool:
    matches = take_matches(search)
    if not matches:
        return False
    return queue_mail(
        KIND,
        f"{KIND}:{search.pk}:{matches[-1].pk}",
        recipient=search.owner,
        payload={"search": search.pk, "records": [match.record_id for match in matches]},
    )
