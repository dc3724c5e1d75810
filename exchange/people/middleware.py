"""Whoever must prove themselves a second time is led to set that up before anything else; there is no other way round."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from .querysets import has_second_factor, needs_second_factor

SESSION_KEY = "second_factor_of"
OPEN_TO_ALL = {
    "account_logout",
    "account_reauthenticate",
    "healthz",
    "javascript-catalog",
    "mfa_activate_totp",
    "mfa_reauthenticate",
    "readyz",
    "saved_searches:stop",
    "theme",
}


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._must_set_up(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _must_set_up(self, request: HttpRequest) -> bool:
        if settings.DEMO or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return False
        user = request.user
        # Who has the second factor met it when signing in, or set it up in this session: asked of the database once.
        if not user.is_authenticated or request.session.get(SESSION_KEY) == user.pk:
            return False
        if not needs_second_factor(request.reader):
            return False
        if has_second_factor(user):
            request.session[SESSION_KEY] = user.pk
            return False
        return not self._is_open(request)

    @staticmethod
    def _is_open(request: HttpRequest) -> bool:
        if request.path.startswith(settings.STATIC_URL):
            return True
        try:
            return resolve(request.path_info).view_name in OPEN_TO_ALL
        except Resolver404:
            return False
