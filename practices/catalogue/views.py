"""Pages that are not editions. A reader who may not see a record is told 404, as if it were not there."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from wagtail.views import serve as wagtail_serve

from . import pdf
from .models import ContentEpoch, Record, RecordVersion
from .querysets import edition_at, records_with_tag, tags_in_use
from .versions import readable

PAGE_SIZE = 20


def _record(request: HttpRequest, code: str) -> Record:
    return get_object_or_404(Record.objects.published().visible_to(request.reader).for_cards(), code=code.upper())


def open_edition(request: HttpRequest, institution: str, slug: str) -> HttpResponse:
    """An edition by its address, without Wagtail's walk down the tree: three queries where that takes fifteen.

    Whatever is out of the ordinary (no such listing, a folder closed by Wagtail's own privacy setting) goes Wagtail's way.
    """
    if not hasattr(request, "content_epoch"):
        request.content_epoch = ContentEpoch.current()
    edition = edition_at(request.path_info)
    if edition is None:
        return wagtail_serve(request, f"catalogue/{institution}/{slug}/")
    return edition.serve(request)


def open_record(request: HttpRequest, code: str) -> HttpResponse:
    """The short address on prints and in chats: leads to the page in the reader's language."""
    listing = _record(request, code).listing
    if listing is None:
        raise Http404
    return redirect(listing.url)


def list_versions(request: HttpRequest, code: str) -> HttpResponse:
    record = _record(request, code)
    versions = Paginator(record.versions.defer("content", "text"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "catalogue/versions.html", {"record": record, "page_obj": versions})


def show_version(request: HttpRequest, code: str, number: int) -> HttpResponse:
    record = _record(request, code)
    version = get_object_or_404(RecordVersion, record=record, number=number)
    latest = record.versions.values_list("number", flat=True).first()
    context = {"record": record, "version": version, "is_latest": number == latest, "parts": readable(version)}
    return render(request, "catalogue/version.html", context)


def download_pdf(request: HttpRequest, code: str) -> HttpResponse:
    record = _record(request, code)
    content = pdf.of_record(record, get_language() or record.source_language, request)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="sala-{record.code.lower()}-{get_language()}.pdf"'
    return response


def list_tags(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/tags.html", {"tags": tags_in_use(request.reader)})


def show_tag(request: HttpRequest, slug: str) -> HttpResponse:
    tag, records = records_with_tag(slug, request.reader)
    if tag is None:
        raise Http404
    return render(
        request,
        "catalogue/tag.html",
        {"tag": tag, "page_obj": Paginator(records, PAGE_SIZE).get_page(request.GET.get("page"))},
    )
