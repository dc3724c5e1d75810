"""A report of Wagtail's own that names pages of every institution, opened to administrators only; `urlpatterns` stand before Wagtail's."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView

from practices.access.reader import reader_for


def page_types(request: HttpRequest, results_only: bool = False) -> HttpResponse:
    if not reader_for(request.user).is_administrator:
        raise Http404
    return PageTypesUsageReportView.as_view(results_only=results_only)(request)


urlpatterns = [
    path("reports/page-types-usage/", page_types),
    path("reports/page-types-usage/results/", page_types, {"results_only": True}),
]
