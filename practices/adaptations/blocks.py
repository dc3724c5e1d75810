"""Blocks of an adaptation: what was decided on each part of the original, and how the two settings differ."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from practices.catalogue.blocks import Decision, FactCharBlock, StructBlock
from practices.catalogue.choosers import RecordChooserBlock

DIMENSIONS = [
    ("legal-basis", _("Legal basis")),
    ("mandate", _("Mandate")),
    ("actors", _("Actors")),
    ("staff", _("Staff")),
    ("money", _("Money")),
    ("language", _("Language")),
    ("culture", _("Culture")),
]

REASONS = [
    ("law", _("Law")),
    ("budget", _("Budget")),
    ("staffing", _("Staffing")),
    ("culture", _("Culture")),
    ("actors", _("Actors")),
    ("other", _("Other")),
    ("not-stated", _("Not stated in the source")),
]


class BlockDecisionBlock(StructBlock):
    """What became of one building block of a parent; `block` is that block's id."""

    title = blocks.CharBlock(label=_("Building block"), max_length=150)
    parent = RecordChooserBlock(label=_("Of which record"), required=False)
    version = blocks.IntegerBlock(label=_("Version"), required=False, min_value=1)
    block = FactCharBlock(label=_("Block"), required=False, max_length=40)
    decision = blocks.ChoiceBlock(label=_("Decision"), choices=Decision.choices)
    reason_kind = blocks.ChoiceBlock(label=_("Reason"), choices=REASONS)
    reason = blocks.TextBlock(
        label=_("Why"), help_text=_("Example: “Land, not flats, is what the department can give.”")
    )

    class Meta:
        icon = "tasks"
        label = _("Decision on a building block")
        label_format = "{title}: {decision}"


class TransferBlock(StructBlock):
    dimension = blocks.ChoiceBlock(label=_("Dimension"), choices=DIMENSIONS)
    there = blocks.TextBlock(label=_("How it is there"))
    here = blocks.TextBlock(label=_("How it is here"))
    change = blocks.TextBlock(label=_("What must change"))

    class Meta:
        icon = "arrow-right-full"
        label = _("Transfer check")
        label_format = "{dimension}"
