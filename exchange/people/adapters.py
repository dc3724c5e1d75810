"""Where django-allauth and axes ask us: nobody signs up without an invitation, mail speaks the person's language,
the second factor's secret is encrypted, and whoever must have a second factor cannot switch it off."""

from __future__ import annotations

import base64
import hashlib
import time
from io import BytesIO
from typing import Any

import qrcode
from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from practices.access.reader import reader_for

from .letters import queue_account_mail
from .models import User
from .querysets import needs_second_factor


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_password": _("The password is not right."),
        "enter_current_password": _("This is not your present password."),
        "too_many_login_attempts": _("There were too many attempts. Wait some minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations, which have a page of their own."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever signed in some minutes ago is not asked for the password again at once."""
        records = get_authentication_records(self.request, self.request.user)
        if records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To one's own work, or to the home page in one's own language."""
        if request.user.has_perm("wagtailadmin.access_admin"):
            return reverse("wagtailadmin_home")
        return f"/{request.user.language}/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return f"/{translation.get_language()}/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:profile")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Stored like every mail: a mail server that is away neither betrays that the address has an account nor loses it."""
        user = context.get("user") or User.objects.get(email=email)
        queue_account_mail(template_prefix, user, context)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right. Codes change every 30 seconds: try the one shown now."),
        "cannot_delete_authenticator": _("With your seat or role you need a second step, so you cannot switch it off."),
    }

    def build_totp_svg(self, url: str) -> str:
        """With a white ground, so that it can be scanned from a dark page too."""
        image = qrcode.make(url, image_factory=SvgPathFillImage)
        buffer = BytesIO()
        image.save(buffer)
        return buffer.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return settings.DEMO or not needs_second_factor(reader_for(authenticator.user))

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    """From the signing key; secrets written under an older key open with SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.blake2b(key.encode(), digest_size=32, person=b"second factor").digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


def axes_username(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address as we keep it, so that capitals open no second row of attempts."""
    credentials = credentials or {}
    typed = credentials.get("email") or credentials.get("username") or request.POST.get("login", "")
    return typed.strip().lower()
