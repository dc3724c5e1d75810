"""wagtail-localize asks for one right for every page of the site; here its pages open only to who may edit the very page."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page
from wagtail_localize.models import TranslationSource
from wagtail_localize.views.report import TranslationsReportView
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

from practices.access.reader import reader_for


def submit_page(request: HttpRequest, page_id: int) -> HttpResponse:
    _check_may_edit(request, get_object_or_404(Page, pk=page_id))
    return SubmitPageTranslationView.as_view()(request, page_id=page_id)


def update(request: HttpRequest, translation_source_id: int) -> HttpResponse:
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    _check_may_edit(request, source.get_source_instance())
    return UpdateTranslationsView.as_view()(request, translation_source_id=translation_source_id)


def report(request: HttpRequest, results_only: bool = False) -> HttpResponse:
    """It lists every page of the site; everyone's own translations are on their worklist."""
    if not reader_for(request.user).is_administrator:
        raise Http404
    return TranslationsReportView.as_view(results_only=results_only)(request)


def _check_may_edit(request: HttpRequest, instance: object) -> None:
    if isinstance(instance, Page) and not instance.specific.permissions_for_user(request.user).can_edit():
        raise Http404
