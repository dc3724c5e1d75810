"""The preview of a term that is being written: a part of the form where scripts run, else a page of its own."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from practices.access.reader import reader_for

from .models import GlossaryTerm
from .preview import preview
from .viewsets import TermPolicy


@require_POST
def show_preview(request: HttpRequest) -> HttpResponse:
    if not TermPolicy(GlossaryTerm).user_has_any_permission(request.user, {"add", "change"}):
        raise PermissionDenied
    found = preview(request.POST.dict(), reader_for(request.user))
    is_part = request.headers.get("HX-Request") == "true"
    title = _("What readers would find")
    context = {"preview": found, "header_title": title, "page_title": title, "header_icon": "openquote"}
    return render(request, "glossary/admin/preview_part.html" if is_part else "glossary/admin/preview.html", context)
