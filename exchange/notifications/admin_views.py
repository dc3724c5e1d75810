"""Two steps about a mail that does not leave, each asked for once more before it is taken."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from practices.access.reader import reader_for

from . import services
from .models import Mail


def try_again(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(
        request,
        pk,
        services.try_again,
        title=_("Try again now"),
        text=_("The mail is sent at once, or tried again for a day and a half."),
        done=_("The mail is on its way."),
    )


def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    return _confirm(
        request,
        pk,
        services.give_up,
        title=_("Give up this mail"),
        text=_("It is not sent. You can try it again later."),
        done=_("The mail is given up."),
    )


def _confirm(
    request: HttpRequest, pk: int, act: Callable[[Mail], None], *, title: str, text: str, done: str
) -> HttpResponse:
    if not reader_for(request.user).is_administrator:
        raise PermissionDenied
    mail = get_object_or_404(Mail.objects.select_related("recipient"), pk=pk)
    if request.method == "POST":
        act(mail)
        messages.success(request, done)
        return redirect("mails:index")
    context = {
        "header_title": title,
        "page_title": title,
        "page_subtitle": str(mail),
        "header_icon": "mail",
        "text": text,
        "back": "mails:index",
    }
    return render(request, "people/admin/confirm.html", context)
