"""An edition is a record in one language: a Wagtail page, so that drafts, previews and revisions cover figures as well as prose.

Facts are read from the edition in the source language; a part not yet translated shows that edition's words, marked as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.db import models, transaction
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject, classproperty
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField

from practices.access.rules import Visibility, can_see_members_fields
from practices.catalogue.blocks import ProvenanceBlock
from practices.catalogue.fields import BlocksField
from practices.catalogue.forms import EditionForm
from practices.catalogue.page_rights import EditionRights

from .record import Kind, Record, RecordLink

# Texts of every edition; whatever is neither among these nor named as a text or a stream is a fact, the same in all languages.
COMMON_TEXTS = {"title", "one_line", "summary", "seo_title", "search_description"}


@dataclass(frozen=True)
class Part:
    """A piece of an edition as a reader meets it: `language` is the one its words are really in."""

    name: str
    value: Any
    language: str
    is_untranslated: bool
    block_id: str = ""
    label: str = ""


class EditionPage(Page):
    kind: ClassVar[Kind]
    members_only: ClassVar[frozenset[str]] = frozenset()
    statuses: ClassVar[type[models.TextChoices] | None] = None  # the values of the "status" facet, if it has one
    stream_names: ClassVar[tuple[str, ...]] = ()
    fact_names: ClassVar[tuple[str, ...]] = ()  # what stands in the panel of facts
    text_names: ClassVar[tuple[str, ...]] = ()  # translatable text fields beyond title, one line and summary

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+", null=True, editable=False)
    one_line = models.CharField(
        _("in one line"),
        max_length=200,
        help_text=_(
            "What it is, so that a busy colleague knows whether to read on. Example: “People live in a home of their own instead of a shelter.”"
        ),
    )
    summary = models.TextField(
        _("summary"),
        help_text=_(
            "Three to six plain sentences: what is done, for whom, and what came of it. Cite sources as [^key]."
        ),
    )
    visibility = models.CharField(_("who may see it"), max_length=20, choices=Visibility, default=Visibility.PUBLIC)
    is_example = models.BooleanField(
        _("invented example"),
        default=False,
        help_text=_("Tick for training material: readers then see “Example – not real”."),
    )
    provenance = BlocksField(
        [("fact", ProvenanceBlock())],
        blank=True,
        verbose_name=_("where facts come from"),
        help_text=_("Name here each fact that is inferred, or that the source does not state."),
    )

    class Meta:
        abstract = True

    base_form_class = EditionForm
    preview_of: EditionPage | None = None  # in a preview, the unsaved edition that this one would translate
    first_panels: ClassVar[list] = []  # above the title
    short_panels: ClassVar[list] = []
    detail_panels: ClassVar[list] = []
    parent_page_types: ClassVar = ["catalogue.InstitutionPage"]
    subpage_types: ClassVar = []
    promote_panels: ClassVar = []
    settings_panels: ClassVar = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if cls.__dict__.get("short_panels"):
            cls.content_panels = [
                *cls.first_panels,
                FieldPanel("title"),
                FieldPanel("one_line"),
                FieldPanel("summary"),
                *cls.short_panels,
                MultiFieldPanel(
                    [*cls.detail_panels, FieldPanel("tag_labels"), FieldPanel("provenance"), FieldPanel("is_example")],
                    _("More detail"),
                    classname="collapsed",
                ),
                MultiFieldPanel(
                    [FieldPanel("slug"), FieldPanel("search_description")],
                    _("For links and search engines"),
                    classname="collapsed",
                ),
            ]

    @classproperty
    def override_translatable_fields(cls) -> list[SynchronizedField]:
        """For localize: facts follow the source, and no translator sees or changes them."""
        own = {field.name for field in cls._meta.local_fields + cls._meta.local_many_to_many if field.editable}
        texts = COMMON_TEXTS.union(cls.text_names, cls.stream_names)
        return [
            SynchronizedField(name, overridable=False)
            for name in sorted({"slug", "show_in_menus", *own} - texts - {"page_ptr"})
        ]

    # In the admin

    def permissions_for_user(self, user):
        return EditionRights(user, self)

    def get_admin_display_title(self) -> str:
        title = super().get_admin_display_title()
        archived = self.record_id and self.record.is_archived
        return gettext("%(title)s (archived)") % {"title": title} if archived else title

    # Identity

    @property
    def institution(self):
        return self.record.institution if self.record_id else self.get_parent().specific.institution

    @property
    def is_source(self) -> bool:
        if self.preview_of is not None:
            return False
        return self.record_id is None or self.record.source_language == self.locale.language_code

    @cached_property
    def source(self) -> EditionPage:
        """The edition in the language the record was written in: the one that holds the facts."""
        if self.preview_of is not None:
            return self.preview_of
        if self.is_source:
            return self
        found = (
            type(self)
            .objects.filter(record_id=self.record_id, locale__language_code=self.record.source_language)
            .first()
        )
        return found or self

    @transaction.atomic
    def save(self, *args, **kwargs):
        from practices.catalogue.services import ensure_record, ensure_slug

        ensure_record(self)
        ensure_slug(self)
        return super().save(*args, **kwargs)

    # Wagtail sends `page_published` and its kin outside a transaction; here what must follow is in the same one.

    @transaction.atomic
    def publish(self, *args, **kwargs):
        return super().publish(*args, **kwargs)

    @transaction.atomic
    def unpublish(self, *args, **kwargs):
        return super().unpublish(*args, **kwargs)

    @transaction.atomic
    def move(self, *args, **kwargs):
        return super().move(*args, **kwargs)

    # What a reader meets

    def part(self, name: str) -> Part:
        value, original = getattr(self, name), getattr(self.source, name)
        shown = value or original
        untranslated = not self.is_source and bool(shown) and str(shown) == str(original)
        return Part(name, shown, self._language(untranslated), untranslated)

    def stream(self, name: str) -> list[Part]:
        """The blocks of one stream, each with the language its words are in."""
        if self.is_source:
            return [
                Part(block.block_type, block.value, self.locale.language_code, False, block.id, block.block.label)
                for block in getattr(self, name)
            ]
        # Compared as stored: the source's blocks are only built, with the rows they choose, where a translation is missing.
        own = {block.id: block for block in getattr(self, name)}
        stored = {raw["id"]: raw["value"] for raw in getattr(self, name).raw_data}
        original_stream = getattr(self.source, name)
        parts = []
        for number, raw in enumerate(original_stream.raw_data):
            block = own.get(raw["id"]) or original_stream[number]
            untranslated = raw["id"] not in own or stored[raw["id"]] == raw["value"]
            parts.append(
                Part(
                    block.block_type,
                    block.value,
                    self._language(untranslated),
                    untranslated,
                    block.id,
                    block.block.label,
                )
            )
        return parts

    def _language(self, untranslated: bool) -> str:
        return (self.source if untranslated else self).locale.language_code

    @property
    def has_untranslated_parts(self) -> bool:
        return not self.is_source and (
            any(self.part(name).is_untranslated for name in ("title", "one_line", "summary", *self.text_names))
            or any(part.is_untranslated for name in self.stream_names for part in self.stream(name))
        )

    def basis_of(self, name: str):
        """What is said of where a fact comes from, or None."""
        return next((block.value for block in self.source.provenance if block.value["field"] == name), None)

    # What the projections read, always from the source edition

    def links(self) -> list[RecordLink]:
        """Unsaved links from this record to others."""
        return []

    def facets(self) -> dict[str, list[str]]:
        """Codes by facet name, for search and lists."""
        return {}

    def serve(self, request, *args, **kwargs):
        from practices.catalogue.services import check_may_open

        check_may_open(request, self)
        return super().serve(request, *args, **kwargs)

    # In the editor one looks at the page as its readers in each language would meet it, before anything is published

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        return [("en", _("In English")), ("th", _("In Thai"))]

    @property
    def default_preview_mode(self) -> str:
        return self.locale.language_code

    def serve_preview(self, request, mode_name):
        from practices.catalogue.preview import edition_in

        with translation.override(mode_name or self.locale.language_code):
            shown = edition_in(self, mode_name)
            return TemplateResponse(
                request, shown.get_preview_template(request, mode_name), shown.get_preview_context(request, mode_name)
            ).render()

    def get_context(self, request, *args, **kwargs):
        from practices.catalogue.chain import chain_of
        from practices.catalogue.citations import Notes
        from practices.catalogue.headlines import Standings
        from practices.catalogue.preview import chain_to_be, record_to_be

        context = super().get_context(request, *args, **kwargs)
        reader = request.reader
        context["record"] = self.record or record_to_be(self)
        context["notes"] = Notes()
        context["standings"] = Standings()
        context["facts"] = self.source
        context["shows_members_fields"] = can_see_members_fields(reader)
        if getattr(request, "is_preview", False):
            context["chain"] = chain_to_be(self, reader)
        else:
            context["chain"] = SimpleLazyObject(lambda: chain_of(self.record, reader))
        context |= self._shelf_life(request)
        return context

    def _shelf_life(self, request) -> dict[str, Any]:
        """How long the body of the page may be kept, and for whom: for readers who see the same records, until anything changes.

        Only where the epoch was read before the page was. A preview is never kept, nor is an address with a query, which
        the page repeats where it gives its own address.
        """
        epoch = getattr(request, "content_epoch", None)
        if epoch is None or getattr(request, "is_preview", False) or request.META.get("QUERY_STRING"):
            return {"body_key": "", "body_seconds": 0}
        key = f"{self.pk}:{epoch}:{request.reader.audience}:{get_language()}:{request.scheme}:{request.get_host()}"
        return {"body_key": key, "body_seconds": 3600}

    def get_template(self, request, *args, **kwargs):
        return f"{self._meta.app_label}/{self.kind.value.replace('-', '_')}.html"
