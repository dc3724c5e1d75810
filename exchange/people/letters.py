"""The mails about accounts. Their links are made when a mail is sent, so that none of them lies in the database."""

from __future__ import annotations

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exchange.notifications.kinds import Letter, register_kind
from exchange.notifications.models import Mail
from exchange.notifications.services import queue_mail

from .models import Invitation, User
from .querysets import INVITATION_SALT

ACCOUNT, INVITATION = "account", "invitation"
RESET = "account/email/password_reset_key"
# What came after a longer outage would only puzzle: whoever needs a new password has asked again by then.
RESET_IS_NEWS = datetime.timedelta(hours=6)


def register_letters() -> None:
    register_kind(ACCOUNT, gettext_lazy("About an account"), _account_letter)
    register_kind(INVITATION, gettext_lazy("Invitation"), _invitation_letter)


def queue_account_mail(template: str, user: User, context: Mapping[str, Any]) -> None:
    told = {name: context[name] for name in ("timestamp", "ip") if name in context}
    queue_mail(ACCOUNT, f"{ACCOUNT}:{uuid.uuid4()}", recipient=user, payload={"template": template, **told})


def queue_invitation(invitation: Invitation) -> None:
    queue_mail(
        INVITATION,
        f"{INVITATION}:{invitation.pk}:{invitation.sendings}",
        address=invitation.email,
        language=invitation.language,
        payload={"invitation": invitation.pk, "sending": invitation.sendings},
    )


def _account_letter(mail: Mail) -> Letter | None:
    user, template = mail.recipient, mail.payload["template"]
    context = {**mail.payload, "name": user.name, "base_url": settings.BASE_URL}
    if "timestamp" in context:
        context["timestamp"] = parse_datetime(context["timestamp"])
    if template == RESET:
        if timezone.now() - mail.created_at > RESET_IS_NEWS:
            return None
        context["password_reset_url"] = _reset_link(user)
    message = get_adapter().render_mail(template, user.email, context)
    return Letter(message.subject, message.body)


def _reset_link(user: User) -> str:
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    return settings.BASE_URL + reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])


def _invitation_letter(mail: Mail) -> Letter | None:
    invitation = Invitation.objects.select_related("institution", "invited_by").get(pk=mail.payload["invitation"])
    if not invitation.is_open or invitation.sendings != mail.payload["sending"]:
        return None
    context = {
        "name": invitation.name,
        "invitation": invitation,
        "url": link_of(invitation),
        "base_url": settings.BASE_URL,
    }
    return Letter(_("Your invitation to Sala"), render_to_string("people/email/invitation.txt", context))


def link_of(invitation: Invitation) -> str:
    token = signing.dumps([invitation.pk, invitation.sendings], salt=INVITATION_SALT)
    return settings.BASE_URL + reverse("people:invitation", args=[token])
