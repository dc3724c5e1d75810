"""Takes word that a reader saw a page of hits or opened one of them: from the links' `ping`, or from the page's script.

No cookie and no token belong to it, and whatever is sent, it answers the same.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from practices.access.limits import may_ask

from .rules import LONGEST
from .services import note_open
from .signal_handlers import language_of_page, who_asks


@csrf_exempt
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\0", "")[:LONGEST]
    from_here = request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    if text and from_here and may_ask(request, "search_told"):
        note_open(text, language_of_page(), who_asks(request), "opened" in request.GET)
    return HttpResponse(status=204)
