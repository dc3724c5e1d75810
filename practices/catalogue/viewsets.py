"""The lists of the admin beside the pages: institutions, sources and laws, tags, and the controlled words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .institution_forms import InstitutionForm
from .models import (
    Country,
    Feature,
    Institution,
    LegalInstrument,
    Pillar,
    Province,
    RecordTag,
    Source,
    TargetGroup,
    ThematicArea,
    Topic,
)
from .models.vocabularies import Concept


class InstitutionViewSet(SnippetViewSet):
    model = Institution
    icon = "group"
    menu_label = _("Institutions")
    menu_order = 300
    add_to_admin_menu = True
    list_display = ["name", "code", "kind", "country"]
    list_filter = ["kind", "country"]
    ordering = ["path"]
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("short_name"),
            FieldRowPanel([FieldPanel("code"), FieldPanel("parent")]),
            FieldPanel("kind"),
            FieldRowPanel([FieldPanel("country"), FieldPanel("province")]),
            FieldPanel("about"),
            FieldPanel("website"),
            FieldPanel("is_example"),
        ],
        base_form_class=InstitutionForm,
    )


class SourceViewSet(SnippetViewSet):
    model = Source
    icon = "openquote"
    list_display = ["key", "title", "date"]
    ordering = ["key"]
    copy_view_enabled = False
    panels = [
        FieldPanel("key"),
        FieldPanel("title"),
        FieldPanel("author"),
        FieldRowPanel([FieldPanel("date"), FieldPanel("url")]),
    ]


class LegalInstrumentViewSet(SnippetViewSet):
    model = LegalInstrument
    icon = "clipboard-list"
    list_display = ["code", "title", "kind", "date"]
    ordering = ["code"]
    copy_view_enabled = False
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
        FieldRowPanel([FieldPanel("jurisdiction"), FieldPanel("date")]),
        FieldPanel("reference"),
        FieldPanel("summary"),
        FieldRowPanel([FieldPanel("url"), FieldPanel("source")]),
    ]


class ReferencesViewSetGroup(SnippetViewSetGroup):
    items = (SourceViewSet, LegalInstrumentViewSet)
    menu_icon = "openquote"
    menu_label = _("Sources and laws")
    menu_name = "references"
    menu_order = 310


class TagViewSet(SnippetViewSet):
    model = RecordTag
    icon = "tag"
    menu_label = _("Tags")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "label", "slug"]
    ordering = ["name"]
    copy_view_enabled = False
    panels = [FieldPanel("name"), FieldPanel("label"), FieldPanel("slug")]


class ChooserWithoutWidget(SnippetChooserViewSet):
    """Controlled words are few: a plain list to select from is quicker than a window, and works without JavaScript."""

    register_widget = False


def concept_viewset(concept: type[Concept], *more: str) -> type[SnippetViewSet]:
    """A list of one kind of controlled words; the code cannot change once records use it."""
    fields = ["label", "code", *more, "description", "position"]
    return type(
        f"{concept.__name__}ViewSet",
        (SnippetViewSet,),
        {
            "model": concept,
            "icon": "list-ul",
            "list_display": ["label", "code", *more, "position"],
            "ordering": ["position", "code"],
            "copy_view_enabled": False,
            "chooser_viewset_class": ChooserWithoutWidget,
            "panels": [FieldPanel(name) for name in fields],
        },
    )


class VocabulariesViewSetGroup(SnippetViewSetGroup):
    items = (
        *(concept_viewset(concept) for concept in (Pillar, Topic, ThematicArea, TargetGroup, Feature)),
        concept_viewset(Country, "in_eu"),
        concept_viewset(Province, "country"),
    )
    menu_icon = "list-ul"
    menu_label = _("Controlled words")
    menu_name = "vocabularies"
    menu_order = 330
