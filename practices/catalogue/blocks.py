"""The blocks that editions are built of. Their ids are stable across edits, languages and copies, so that comments,
decisions and versions can point at one; what is a fact and not prose is never sent for translation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from .choosers import RecordChooserBlock, SourceChooserBlock
from .dates import PartialDateBlock

PROSE_FEATURES = ["bold", "italic", "link", "ol", "ul", "document-link"]


class Basis(models.TextChoices):
    STATED = "stated", _("Stated in the source")
    INFERRED = "inferred", _("Inferred from the source")
    NOT_STATED = "not-stated", _("Not stated in the source")


class Decision(models.TextChoices):
    KEPT = "kept", _("Kept")
    CHANGED = "changed", _("Changed")
    DROPPED = "dropped", _("Dropped")
    ADDED = "added", _("Added")


def prose(label, help_text, **meta) -> blocks.RichTextBlock:
    """A named piece of long prose; `help_text` says what it is for, with one good example."""
    return blocks.RichTextBlock(label=label, help_text=help_text, features=PROSE_FEATURES, icon="pilcrow", **meta)


class WordBlock(blocks.ChoiceBlock):
    """One of our own words, such as “stated” or “held”: nobody searches for it, and it is no part of the text."""

    def get_searchable_content(self, value):
        return []


class StructValue(blocks.StructValue):
    """A text left out is empty, never None: localize cannot read None."""

    def __init__(self, block, *args):
        super().__init__(block, *args)
        for name, child in block.child_blocks.items():
            if self.get(name) is None and isinstance(child, blocks.CharBlock | blocks.TextBlock):
                self[name] = ""


class StructBlock(blocks.StructBlock):
    class Meta:
        value_class = StructValue


class FactCharBlock(blocks.CharBlock):
    """A short text that is the same in every language, such as a number of minutes or a room."""

    def get_translatable_segments(self, value):
        return []

    def restore_translated_segments(self, value, segments):
        return value


class FigureBlock(StructBlock):
    """A measured value with all that makes it worth believing. `value` is in `unit`; empty where only words are known."""

    indicator = blocks.CharBlock(
        label=_("What was measured"), max_length=200, help_text=_("Example: small houses built")
    )
    value = blocks.DecimalBlock(
        label=_("Value"), required=False, help_text=_("A number. Leave empty if the source gives none.")
    )
    unit = blocks.CharBlock(
        label=_("Unit"), required=False, max_length=60, help_text=_("Example: houses, children, per cent")
    )
    date = PartialDateBlock(label=_("When"), help_text=_("A day, a month or a year."))
    place = blocks.CharBlock(label=_("Where"), required=False, max_length=120, help_text=_("Example: 24 provinces"))
    basis = WordBlock(label=_("Stated or inferred"), choices=Basis.choices, default=Basis.STATED)
    source = SourceChooserBlock(label=_("Source"), help_text=_("Where a reader can check it."))
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)

    class Meta:
        icon = "order"
        label = _("Figure")
        label_format = "{indicator}: {value} {unit}"


class BuildingBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=150, help_text=_("Example: A tenancy in one’s own name"))
    description = blocks.RichTextBlock(label=_("What is done"), features=PROSE_FEATURES)
    phase = blocks.CharBlock(
        label=_("Phase"),
        required=False,
        max_length=80,
        help_text=_("When in the work it comes. Example: first contact"),
    )
    needs = blocks.TextBlock(
        label=_("What it takes"),
        required=False,
        help_text=_("People, law, money, data. Example: one visiting social worker for ten homes"),
    )
    enabling = blocks.TextBlock(label=_("What helps"), required=False)
    lessons = blocks.TextBlock(label=_("What was learnt"), required=False)

    class Meta:
        icon = "list-ul"
        label = _("Building block")
        label_format = "{title}"


class ActorBlock(StructBlock):
    name = blocks.CharBlock(label=_("Who"), max_length=150)
    role = blocks.CharBlock(label=_("What they do"), max_length=300)

    class Meta:
        icon = "group"
        label = _("Actor and role")
        label_format = "{name}"


class ProvenanceBlock(StructBlock):
    """Says of one field of this record whether the source states it."""

    field = FactCharBlock(
        label=_("Field"), max_length=40, help_text=_("The field’s short name. Example: thematic_area")
    )
    basis = WordBlock(label=_("Stated or inferred"), choices=Basis.choices)
    source = SourceChooserBlock(label=_("Source"), required=False)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)

    class Meta:
        icon = "info-circle"
        label = _("Where a fact comes from")
        label_format = "{field}: {basis}"


class FeatureAnswerBlock(StructBlock):
    number = WordBlock(label=_("Feature"), choices=[(str(n), str(n)) for n in range(1, 11)])
    answer = WordBlock(label=_("Answer"), choices=[("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No"))])
    evidence = blocks.TextBlock(
        label=_("Evidence"), help_text=_("What shows it. A claim without evidence does not count.")
    )
    basis = WordBlock(label=_("Stated or inferred"), choices=Basis.choices, default=Basis.STATED)

    class Meta:
        icon = "check"
        label = _("Feature of good practice")
        label_format = "{number}: {answer}"


class RecordVersionBlock(StructBlock):
    """A record at a version: what was seen or taken over."""

    record = RecordChooserBlock(label=_("Record"))
    version = blocks.IntegerBlock(
        label=_("Version"), required=False, min_value=1, help_text=_("Leave empty for the latest.")
    )

    class Meta:
        icon = "link"
        label = _("Record")


class ActivityBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    state = WordBlock(
        label=_("State"),
        choices=[("foreseen", _("Foreseen")), ("held", _("Held")), ("not-stated", _("Not stated whether held"))],
    )
    date = PartialDateBlock(label=_("When"))
    description = blocks.TextBlock(label=_("Description"), required=False)
    record = RecordChooserBlock(label=_("Its record"), required=False)

    class Meta:
        icon = "calendar"
        label = _("Activity or deliverable")
        label_format = "{title}"


class TitledTextBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=PROSE_FEATURES)

    class Meta:
        icon = "pilcrow"
        label_format = "{title}"


class FileBlock(StructBlock):
    language = WordBlock(label=_("Language"), choices=settings.LANGUAGES)
    version = FactCharBlock(label=_("Version"), required=False, max_length=40)
    document = DocumentChooserBlock(label=_("File"))

    class Meta:
        icon = "doc-full"
        label = _("File")
        label_format = "{language}"
