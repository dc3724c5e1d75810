"""Archiving and restoring records in the admin: what others would call deleting, but that can be undone."""

from __future__ import annotations

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from practices.access.reader import reader_for

from .models import Record, RecordTag
from .projection import editions_of
from .querysets import archived_records, records_pointing_at
from .services import archive_record, restore_record
from .tagging import merge_tags


def _editable_record(request: HttpRequest, pk: int) -> Record:
    return get_object_or_404(Record.objects.editable_by(reader_for(request.user)), pk=pk)


def archive(request: HttpRequest, pk: int) -> HttpResponse:
    record = _editable_record(request, pk)
    if record.is_archived:
        raise Http404
    if request.method == "POST":
        archive_record(record, request.user)
        restore_button = messages.button(reverse("catalogue_archived"), _("Archived records"))
        messages.success(request, _("“%(title)s” is archived.") % {"title": record}, buttons=[restore_button])
        return redirect("wagtailadmin_home")
    return render(
        request,
        "catalogue/admin/archive.html",
        {
            "header_title": _("Archive"),
            "page_title": _("Archive"),
            "page_subtitle": str(record),
            "header_icon": "bin",
            "links_here": records_pointing_at(record, reader_for(request.user)),
            "back_url": edit_url(record) or reverse("wagtailadmin_home"),
        },
    )


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    record = _editable_record(request, pk)
    restore_record(record, request.user)
    messages.success(request, _("“%(title)s” is back.") % {"title": record})
    return redirect(edit_url(record) or "catalogue_archived")


def archived(request: HttpRequest) -> HttpResponse:
    title = _("Archived records")
    return render(
        request,
        "catalogue/admin/archived.html",
        {
            "header_title": title,
            "page_title": title,
            "header_icon": "bin",
            "records": archived_records(reader_for(request.user)),
        },
    )


def edit_url(record: Record) -> str:
    """Where the record is edited, in the language it was written in; empty when it has no page."""
    source = next((page for page in editions_of(record) if page.is_source), None)
    return reverse("wagtailadmin_pages:edit", args=[source.pk]) if source else ""


class MergeTagsForm(forms.Form):
    keep = forms.ModelChoiceField(RecordTag.objects.order_by("name"), label=gettext_lazy("Tag that stays"))
    others = forms.ModelMultipleChoiceField(
        RecordTag.objects.order_by("name"),
        label=gettext_lazy("Tags that become this one"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Their records keep the tag that stays; its missing labels are taken from these."),
    )


def merge_tags_view(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("catalogue.delete_recordtag"):
        raise PermissionDenied
    form = MergeTagsForm(request.POST or None)
    if form.is_valid():
        changed = merge_tags(form.cleaned_data["keep"], form.cleaned_data["others"])
        messages.success(
            request,
            ngettext(
                "Merged. %(count)d record has the tag now.", "Merged. %(count)d records have the tag now.", changed
            )
            % {"count": changed},
        )
        return redirect("catalogue_merge_tags")
    title = _("Merge tags")
    return render(
        request,
        "catalogue/admin/merge_tags.html",
        {"header_title": title, "page_title": title, "header_icon": "tag", "form": form},
    )
