"""Refuses to run a public server on a setting that is missing or unsafe, and says what to set instead.

`manage.py migrate`, part of every release, runs these; so does `manage.py check --deploy`.
"""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

GUARDS = (
    "config.middleware.HeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "exchange.people.middleware.SecondFactorMiddleware",
)
NO_MAIL = ("console", "dummy", "locmem", "filebased")


@register(Tags.security)
def check_production(app_configs, **kwargs) -> list[CheckMessage]:
    return list(unsafe_settings()) if getattr(settings, "IS_PRODUCTION", False) else []


def unsafe_settings() -> Iterator[CheckMessage]:
    if not any(settings.ALLOWED_HOSTS) or "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS must name the hosts of this site.",
            hint="With none nothing is answered; with * anyone can make Sala send links to their own host. "
            "Example: ALLOWED_HOSTS=sala.example.org",
            id="sala.E001",
        )
    if urlsplit(settings.BASE_URL).scheme != "https":
        yield Error(
            "BASE_URL must be the public address of this site and begin with https.",
            hint="It stands in every mail. Example: BASE_URL=https://sala.example.org",
            id="sala.E002",
        )
    if any(kind in settings.MAIL_BACKEND for kind in NO_MAIL):
        yield Error(
            "EMAIL_URL must name a mail server.",
            hint="Without one, no invitation and no link for a new password arrives. "
            "Example: EMAIL_URL=smtp+tls://user:password@mail.example.org:587",
            id="sala.E003",
        )
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if "@" not in address or address.endswith("@localhost"):
        yield Error(
            "DEFAULT_FROM_EMAIL must be an address that may send mail for this site.",
            hint='Example: DEFAULT_FROM_EMAIL="Sala <sala@example.org>"',
            id="sala.E004",
        )
    if settings.DEMO or settings.DEBUG:
        yield Error(
            "The demo and debugging must be off on a public server.",
            hint="The demo lets example people in without a second factor, and debug pages show the settings.",
            id="sala.E005",
        )
    for name in GUARDS:
        if name not in settings.MIDDLEWARE:
            yield Error(f"MIDDLEWARE must contain {name}.", hint="It guards every page.", id="sala.E006")
