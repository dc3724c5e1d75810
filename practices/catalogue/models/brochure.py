"""A brochure: what was written for a reader outside Sala, with its files in each language."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from media.models import Licence
from practices.catalogue.blocks import FileBlock, prose
from practices.catalogue.fields import BlocksField

from .edition import EditionPage
from .record import Kind, RecordLink, Relation

DETAIL_BLOCKS = [
    ("contents", prose(_("What it says"), _("The main points, for people who decide whether to use it."))),
    ("use", prose(_("How to use it"), _("Who gives it to whom, and when."))),
    ("making", prose(_("How it was made"), _("Who chose the subject and who wrote it."))),
]


class BrochurePage(EditionPage):
    kind = Kind.BROCHURE
    fact_names = ("topics", "licence")
    stream_names = ("detail",)
    text_names = ("target_reader", "authors")

    target_reader = models.CharField(
        _("for whom"), max_length=200, help_text=_("Example: children and families before they leave the shelter")
    )
    authors = models.CharField(_("authors"), max_length=200, blank=True)
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", blank=True, verbose_name=_("topics"))
    action = models.ForeignKey(
        "catalogue.Record",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        limit_choices_to={"kind": "action"},
        verbose_name=_("Action"),
    )
    files = BlocksField([("file", FileBlock())], blank=True, verbose_name=_("files"))
    licence = models.CharField(_("licence"), max_length=30, choices=Licence, blank=True)
    consent = models.TextField(
        _("consent and anonymity"),
        blank=True,
        help_text=_("If it tells of people: who agreed, and how they are kept from being known."),
    )
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))

    short_panels = [
        FieldPanel("target_reader"),
        FieldPanel("topics"),
        FieldPanel("action"),
        FieldPanel("files"),
        FieldPanel("visibility"),
    ]
    detail_panels = [FieldPanel("authors"), FieldPanel("licence"), FieldPanel("consent"), FieldPanel("detail")]

    class Meta:
        verbose_name = _("brochure")
        verbose_name_plural = _("brochures")

    def links(self):
        return [RecordLink(relation=Relation.UNDER, target=self.action)] if self.action else []

    def facets(self):
        return {"topic": [topic.code for topic in self.topics.all()]}
