"""How often one person, or one machine of somebody not signed in, may ask for what costs much; counted in the cache."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from ninja.throttling import SimpleRateThrottle

from .reader import Reader


class _Limit(SimpleRateThrottle):
    """Made anew for each request: it remembers what it last counted."""

    def get_cache_key(self, request: HttpRequest) -> str:
        reader: Reader = request.reader  # type: ignore[attr-defined]
        # The address as the rules for signing in know it, behind a proxy too.
        who = f"person-{reader.user_id}" if reader.is_member else get_adapter(request).get_client_ip(request)
        return f"limit-{self.scope}-{who}"


def may_ask(request: HttpRequest, scope: str) -> bool:
    """Counts this request; `scope` is one of `REQUEST_LIMITS`."""
    limit = _Limit(settings.REQUEST_LIMITS[scope])
    limit.scope = scope
    return limit.allow_request(request)
