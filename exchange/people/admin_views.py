"""Steps in the admin that ask once before they act: ending a seat, sending or withdrawing an invitation, signing people out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.log_actions import log

from practices.access.reader import reader_for

from .invitations import send_invitation, withdraw_invitation
from .models import Invitation, Seat, User
from .rules import manageable_q
from .services import end_seat as end_the_seat
from .services import end_sessions as end_the_sessions
from .services import reset_second_factor as reset_the_second_factor


def end_seat(request: HttpRequest, pk: int) -> HttpResponse:
    _only_administrators(request)
    seat = get_object_or_404(Seat.objects.select_related("institution", "holder"), pk=pk, until__isnull=True)
    return _confirm(
        request,
        seat,
        lambda: end_the_seat(seat),
        title=_("End the time in this seat"),
        text=_("%(name)s loses the rights of this seat at once. The seat is then vacant.") % {"name": seat.holder},
        done=_("The seat is vacant."),
        back="people_seats:index",
    )


def resend_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    return _confirm(
        request,
        invitation,
        lambda: send_invitation(invitation, request.user),
        title=_("Send the invitation again"),
        text=_("The new link works for two weeks. The older one stops working."),
        done=_("The invitation to %(email)s is on its way.") % {"email": invitation.email},
        back="people_invitations:index",
    )


def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    return _confirm(
        request,
        invitation,
        lambda: withdraw_invitation(invitation, request.user),
        title=_("Withdraw the invitation"),
        text=_("Its link stops working at once."),
        done=_("The invitation is withdrawn."),
        back="people_invitations:index",
    )


def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    return _confirm(
        request,
        person,
        lambda: reset_the_second_factor(person),
        title=_("Set up the second step anew"),
        text=_(
            "For someone who lost the telephone and the recovery codes. Make sure that it is really them who ask: "
            "call them. They are signed out everywhere and set both up when they next sign in."
        ),
        done=_("%(name)s sets up the second step at the next sign-in.") % {"name": person},
        back="wagtailusers_users:index",
    )


def end_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    person = _person(request, pk)
    return _confirm(
        request,
        person,
        lambda: end_the_sessions(person),
        title=_("Sign out on every device"),
        text=_("They can sign in again with their password."),
        done=_("%(name)s is signed out everywhere.") % {"name": person},
        back="wagtailusers_users:index",
    )


def _only_administrators(request: HttpRequest) -> None:
    if not reader_for(request.user).is_administrator:
        raise PermissionDenied


def _person(request: HttpRequest, pk: int) -> User:
    _only_administrators(request)
    return get_object_or_404(User, pk=pk)


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.filter(manageable_q(reader_for(request.user))), pk=pk)


def _confirm(
    request: HttpRequest, subject: Any, act: Callable[[], None], *, title: str, text: str, done: str, back: str
) -> HttpResponse:
    if request.method == "POST":
        try:
            act()
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            log(subject, "wagtail.edit", user=request.user)
            messages.success(request, done)
        return redirect(back)
    context = {
        "header_title": title,
        "page_title": title,
        "page_subtitle": str(subject),
        "header_icon": "user",
        "text": text,
        "back": back,
    }
    return render(request, "people/admin/confirm.html", context)
