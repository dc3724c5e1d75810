"""Light, dark or as the device is set: the reader's choice lives in a cookie, so that the page arrives in the right theme without a script."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COOKIE = "theme"
THEMES = ("light", "dark")
YEAR = 365 * 24 * 60 * 60


def theme_of(request: HttpRequest | None) -> str:
    """The chosen theme, or an empty string for the device's own."""
    chosen = request.COOKIES.get(COOKIE, "") if request else ""
    return chosen if chosen in THEMES else ""


# No token: pages with this form are cached whole, and the worst a stranger can do is turn the lights off.
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(target if safe else "/")
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            COOKIE, request.POST["theme"], max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
