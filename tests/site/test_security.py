"""No way in but one, the right headers everywhere, production settings without a hole."""

import os
import subprocess
import sys

import pytest
from config.environment import ROOT
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

from exchange.people.services import assign_seat
from practices.access.reader import Role
from tests.factories.people import PASSWORD, make_focal_point, make_institution, make_person

LOGIN = "/en/accounts/login/"


def every_pattern(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern


def test_only_one_view_can_sign_a_person_in():
    """Every address whose view could, by its name or its class, is one we know and have closed or kept."""
    suspects = {
        route
        for route, pattern in every_pattern()
        if "login" in (pattern.name or "") + route.lower() + getattr(pattern.callback, "__qualname__", "").lower()
    }
    assert suspects == {
        "admin/login/",  # ours, a redirect; Wagtail's stands behind it and is never reached
        "en/_util/login/",
        "en/accounts/login/",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/admin/login/", "/en/_util/login/", "/th/_util/login/"])
def test_wagtails_logins_lead_to_ours_and_sign_nobody_in(client, address):
    person = make_focal_point(make_institution())
    fields = {"username": person.email, "login": person.email, "email": person.email, "password": PASSWORD}
    for response in (client.get(address), client.post(address, fields)):
        assert response.status_code == 302
        assert "/accounts/login/" in response.url
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_whoever_has_signed_in_without_a_right_to_the_admin_is_told_so_and_not_led_in_a_circle(client):
    client.force_login(make_person())
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/admin/password_reset/",
        "/admin/password_reset/done/",
        "/django-admin/",
        "/admin/password_reset/confirm/MQ/set-password/",
    ],
)
def test_other_doors_are_shut(client, address):
    response = client.get(address, follow=True)
    assert response.status_code == 404 or "/accounts/login/" in response.redirect_chain[-1][0]


@pytest.mark.django_db
def test_password_alone_opens_no_admin_page_of_whoever_has_a_second_factor(client):
    person = make_person(role=Role.ADMINISTRATOR)
    client.post(LOGIN, {"login": person.email, "password": PASSWORD})
    for address in ("/admin/", "/admin/pages/", "/admin/users/", "/admin/account/", "/admin/api/main/pages/"):
        assert client.get(address).status_code in (302, 401, 403), address


@pytest.mark.django_db
def test_seat_given_in_the_middle_of_a_session_asks_for_the_second_step_at_once(client):
    person = make_person()
    client.force_login(person)
    assert client.get("/en/accounts/profile/").status_code == 200
    assign_seat(make_institution(), "operational", person)
    assert "/2fa/" in client.get("/admin/").url


@pytest.mark.django_db
def test_public_pages_have_the_strict_policy_and_the_admin_its_own(client):
    strict = client.get(LOGIN).headers
    assert "unsafe" not in strict["Content-Security-Policy"]
    assert "default-src 'none'" in strict["Content-Security-Policy"]
    client.force_login(make_person(role=Role.ADMINISTRATOR))
    admin = client.get("/admin/").headers
    assert "script-src 'self' 'unsafe-inline'" in admin["Content-Security-Policy"]
    assert "unsafe-eval" not in admin["Content-Security-Policy"]
    assert "unsafe" not in client.get("/en/accounts/profile/").headers["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", [LOGIN, "/en/", "/en/no-such-page/", "/admin/"])
def test_every_answer_carries_the_protecting_headers(client, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == ("SAMEORIGIN" if address == "/admin/" else "DENY")
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Content-Security-Policy" in headers


@pytest.mark.django_db
def test_forged_post_is_refused():
    client = Client(enforce_csrf_checks=True)
    response = client.post(LOGIN, {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403


PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "sala.example.org",
    "BASE_URL": "https://sala.example.org",
    "DATABASE_URL": "sqlite://:memory:",
    "EMAIL_URL": "smtp://mail.example.org:25",
    "DEFAULT_FROM_EMAIL": "Sala <sala@example.org>",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    keep = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "site/manage.py", *arguments],
        cwd=ROOT,
        env={**keep, **PRODUCTION, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_djangos_own_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING")
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize(
    ("change", "explained"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"BASE_URL": "http://sala.example.org"}, "BASE_URL"),
        ({"EMAIL_URL": "consolemail://"}, "EMAIL_URL"),
        ({"DEFAULT_FROM_EMAIL": ""}, "DEFAULT_FROM_EMAIL"),
    ],
)
def test_unsafe_production_setting_is_refused_with_its_name(change, explained):
    result = manage("check", "--deploy", **change)
    assert result.returncode != 0
    assert explained in result.stderr
    assert "Traceback" not in result.stderr or ImproperlyConfigured.__name__ in result.stderr


def test_every_cookie_of_production_is_flagged():
    script = (
        "from django.conf import settings as s;"
        "assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.LANGUAGE_COOKIE_SECURE;"
        "assert s.SESSION_COOKIE_HTTPONLY and not s.DEBUG and not s.DEMO;"
        "assert {s.SESSION_COOKIE_SAMESITE, s.CSRF_COOKIE_SAMESITE, s.LANGUAGE_COOKIE_SAMESITE} == {'Lax'};"
        "assert s.SESSION_COOKIE_NAME.startswith('__Host-') and s.CSRF_COOKIE_NAME.startswith('__Host-');"
        "print('ok')"
    )
    result = manage("shell", "-v", "0", "-c", script)
    assert result.stdout.strip() == "ok", result.stderr


def test_tests_run_with_the_protections_on():
    assert settings.DEMO is False
    assert "axes.backends.AxesStandaloneBackend" in settings.AUTHENTICATION_BACKENDS
    assert "exchange.people.middleware.SecondFactorMiddleware" in settings.MIDDLEWARE
