"""The page that starts a visit summary."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages

from practices.catalogue.folders import institutions_to_write_for

from .forms import StartVisitForm
from .services import start_visit


def start(request: HttpRequest) -> HttpResponse:
    if not institutions_to_write_for(request.user).exists():
        raise PermissionDenied
    form = StartVisitForm(request.POST or None, request.FILES or None, user=request.user)
    if form.is_valid():
        data = form.cleaned_data
        visit = start_visit(
            form.folder,
            request.user,
            host_country=data["host_country"],
            action=data["action"],
            start=data["start"],
            end=data["end"],
            notes=form.imported,
        )
        messages.success(request, _("The draft is ready. Fill in what is missing, look at it, publish it."))
        return redirect("wagtailadmin_pages:edit", visit.pk)
    title = _("New visit summary")
    return render(
        request,
        "visits_admin/start.html",
        {"header_title": title, "page_title": title, "header_icon": "view", "form": form},
        status=422 if form.is_bound else 200,
    )
