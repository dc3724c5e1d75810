"""What is done to every answer: headers that differ by address (Wagtail's editor gets the wider content policy), language, compression."""

from __future__ import annotations

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class HeadersMiddleware:
    """Stands after `CSPMiddleware`, which reads what is left on the response here."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(self.admin):
            response._csp_config = settings.ADMIN_CONTENT_SECURITY_POLICY
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        elif getattr(request, "is_preview", False):  # a page of the public side, shown in a frame of the editor
            response._csp_replace = {"frame-ancestors": [SELF]}
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response


class LanguageMiddleware(LocaleMiddleware):
    """Leads people who name no language to their own. A program that asks the API for what is not there is told so instead."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.path_info.startswith("/api/"):
            return super().process_response(request, response)
        patch_vary_headers(response, ["Accept-Language"])
        response.headers.setdefault("Content-Language", get_language())
        return response


class TextCompressionMiddleware(GZipMiddleware):
    """Pages weigh a quarter; pictures, PDFs and uploads are packed already. Stands inside the page cache, which keeps the result.

    Django adds random bytes, so that the length of a page betrays nothing of what is on it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        is_text = response.headers.get("Content-Type", "").startswith(("text/", "application/json"))
        return super().process_response(request, response) if is_text and not response.streaming else response
