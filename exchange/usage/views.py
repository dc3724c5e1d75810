"""The page where somebody says that they used a record. Whoever is not signed in may write first and sign in when sending."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from exchange import kept
from practices.catalogue.models import Record

from . import rules, services
from .forms import UseForm
from .models import Use

FIELDS = ["where", "helped", "words"]


def _record(request: HttpRequest, code: str) -> Record:
    visible = Record.objects.visible_to(request.reader).prefetch_related("listings")
    record = get_object_or_404(visible, code=code.upper())
    if not rules.can_be_used(record) or not record.versions.exists():
        raise Http404
    return record


def say(request: HttpRequest, code: str) -> HttpResponse:
    record = _record(request, code)
    name = f"use:{code}"
    if not request.reader.is_member:
        if request.method == "POST":
            kept.keep(request, name, FIELDS)
        return redirect_to_login(request.path)
    use = Use.objects.filter(record=record, user=request.reader.user_id).first()
    said = {field: getattr(use, field) for field in FIELDS} if use else {"helped": ""}
    form = UseForm(request.POST if request.method == "POST" else None, initial={**said, **kept.take(request, name)})
    if form.is_bound and form.is_valid():
        try:
            services.record_use(record, request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Thank you. Those who wrote it are told."))
            return redirect(f"{record.listing.url}#used")
    return render(request, "usage/form.html", {"record": record, "form": form, "use": use})


@require_POST
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    record = _record(request, code)
    if not request.reader.is_member:
        return redirect_to_login(record.listing.url)
    services.take_back(record, request.user)
    messages.success(request, _("You are no longer counted among those who used it."))
    return redirect(f"{record.listing.url}#used")
