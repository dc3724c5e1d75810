"""Choosers for records and sources in the admin; a chooser lists only what its user may open."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenMultipleView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from practices.access.reader import reader_for
from practices.access.rules import State


class VisibleRecords:
    """Filters a chooser's list by its reader and searches titles in every language."""

    def get_object_list(self):
        from .models import Record

        visible = Record.objects.visible_to(reader_for(self.request.user)).exclude(state=State.ARCHIVED)
        return visible.for_cards().order_by("-changed_at")

    def filter_object_list(self, objects):
        query = (self.request.GET.get("q") or "").replace("\x00", "").strip()[:200]
        kind = self.request.GET.get("kind", "")
        if kind:
            objects = objects.filter(kind=kind)
        if query:
            objects = objects.filter(listings__title__icontains=query).distinct()
        return objects

    @property
    def columns(self):
        return [
            TitleColumn(
                "title",
                label=_("Title"),
                accessor="__str__",
                id_accessor="pk",
                url_name=self.chosen_url_name,
                link_attrs={"data-chooser-modal-choice": True},
            ),
            Column("kind", label=_("Kind"), accessor="get_kind_display"),
            Column("institution", label=_("Institution")),
        ]


class RecordChooseView(VisibleRecords, ChooseView):
    pass


class RecordChooseResultsView(VisibleRecords, ChooseResultsView):
    pass


class RecordChosenView(VisibleRecords, ChosenView):
    """A chosen id comes from the address and may be anyone's: a hidden record is not there."""

    def get_object(self, pk):
        return self.get_object_list().get(pk=pk)


class RecordChosenMultipleView(VisibleRecords, ChosenMultipleView):
    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=pks)


class FactChooserBlock(ChooserBlock):
    """What is chosen is a fact: the same in every language, and no translator's business."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class InstitutionChooserBlock(FactChooserBlock, SnippetChooserBlock):
    def __init__(self, **kwargs):
        super().__init__("catalogue.Institution", **kwargs)


class RecordChooserViewSet(ChooserViewSet):
    model = "catalogue.Record"
    icon = "link"
    choose_one_text = _("Choose a record")
    choose_another_text = _("Choose another record")
    choose_view_class = RecordChooseView
    choose_results_view_class = RecordChooseResultsView
    chosen_view_class = RecordChosenView
    chosen_multiple_view_class = RecordChosenMultipleView
    base_block_class = FactChooserBlock
    register_widget = True


class SourceChooserViewSet(ChooserViewSet):
    model = "catalogue.Source"
    icon = "openquote"
    choose_one_text = _("Choose a source")
    choose_another_text = _("Choose another source")
    base_block_class = FactChooserBlock
    form_fields = ["key", "title", "author", "date", "url"]


record_chooser_viewset = RecordChooserViewSet("record_chooser")
source_chooser_viewset = SourceChooserViewSet("source_chooser")
RecordChooserBlock = record_chooser_viewset.get_block_class(
    name="RecordChooserBlock", module_path="practices.catalogue.choosers"
)
SourceChooserBlock = source_chooser_viewset.get_block_class(
    name="SourceChooserBlock", module_path="practices.catalogue.choosers"
)
