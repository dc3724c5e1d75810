"""How the catalogue shapes the admin: what is listed to whom, archiving instead of deleting, and what follows a save."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.snippets.models import register_snippet

from practices.access.reader import reader_for
from practices.access.rules import can_edit

from . import admin_views, localize_doors, viewsets
from .choosers import record_chooser_viewset, source_chooser_viewset
from .models import EditionPage
from .projection import editions_of
from .querysets import pages_open_to
from .tagging import set_tags

# Several of many: boxes to tick, not a list that forgets what was chosen at the next click.
register_form_field_override(ParentalManyToManyField, override={"widget": forms.CheckboxSelectMultiple})

register_snippet(viewsets.InstitutionViewSet)
register_snippet(viewsets.ReferencesViewSetGroup)
register_snippet(viewsets.TagViewSet)
register_snippet(viewsets.VocabulariesViewSetGroup)


@hooks.register("register_admin_viewset")
def register_choosers():
    return [record_chooser_viewset, source_chooser_viewset]


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("records/archived/", admin_views.archived, name="catalogue_archived"),
        path("records/<int:pk>/archive/", admin_views.archive, name="catalogue_archive"),
        path("records/<int:pk>/restore/", admin_views.restore, name="catalogue_restore"),
        path("tags/merge/", admin_views.merge_tags_view, name="catalogue_merge_tags"),
    ]


@hooks.register("register_admin_urls", order=-1)  # before those of wagtail-localize, which they stand in for
def guard_localize():
    return [
        path("localize/submit/page/<int:page_id>/", localize_doors.submit_page),
        path("localize/update/<int:translation_source_id>/", localize_doors.update),
        path("localize/reports/translations/", localize_doors.report),
        path("localize/reports/translations/results/", localize_doors.report, {"results_only": True}),
    ]


@hooks.register("construct_page_chooser_queryset")
def choose_only_open_pages(pages, request):
    return pages_open_to(pages, reader_for(request.user))


@hooks.register("insert_global_admin_css")
def our_look():
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin.css"))


# Archiving


class ArchiveButton(PageMenuItem):
    label = gettext_lazy("Archive")
    icon_name = "bin"

    def is_shown(self, user):
        return not self.page.record.is_archived and can_edit(reader_for(user), self.page.record)


@hooks.register("register_page_header_buttons")
def archive_button_in_header(page, user, view_name, next_url=None):
    yield from archive_button(page, user)


@hooks.register("register_page_listing_more_buttons")
def archive_button(page, user, next_url=None):
    page = page.specific
    if isinstance(page, EditionPage) and page.record_id:
        yield ArchiveButton(page=page, url=reverse("catalogue_archive", args=[page.record_id]), priority=50)


@hooks.register("before_edit_page")
def tell_that_it_is_archived(request, page):
    if isinstance(page, EditionPage) and page.record_id and page.record.is_archived and request.method == "GET":
        button = messages.button(reverse("catalogue_archived"), _("Restore it"))
        messages.warning(
            request, _("This record is archived: nobody finds it, and it cannot be published."), buttons=[button]
        )


# What follows a save


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def apply_typed_tags(request, page):
    labels = getattr(page, "typed_tag_labels", None)
    if isinstance(page, EditionPage) and labels is not None:
        set_tags(page.record, labels, page.locale.language_code)


@hooks.register("after_publish_page")
def say_where_it_can_be_read(request, page):
    if not isinstance(page, EditionPage) or not page.live:
        return
    live = {edition.locale.language_code: edition for edition in editions_of(page.record) if edition.live}
    buttons = [
        messages.button(live[code].get_url(request), get_language_info(code)["name_local"], new_window=True)
        for code, _name in settings.LANGUAGES
        if code in live
    ]
    messages.success(
        request,
        _("It can be read in both languages. The page says “%(endorsement)s”.")
        % {"endorsement": page.record.get_endorsement_display()},
        buttons=buttons,
    )
