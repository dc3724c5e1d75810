"""Saved searches, made through the service that makes real ones."""

from __future__ import annotations

from django.http import QueryDict

from exchange.people.models import User
from practices.saved_searches.models import Frequency, SavedSearch
from practices.saved_searches.questions import canonical
from practices.saved_searches.services import save_search


def make_saved_search(owner: User, typed: str = "q=housing", **fields) -> SavedSearch:
    """`typed` as it stands in the address of the search page."""
    fields = {
        "name": f"Example search {SavedSearch.objects.count() + 1}",
        "frequency": Frequency.AT_ONCE,
        "language": "en",
        **fields,
    }
    return save_search(owner, query=canonical(QueryDict(typed)), **fields)
