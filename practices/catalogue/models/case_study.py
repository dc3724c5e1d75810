"""A case study: the story of one or more Actions, told with its challenge, practices, lessons and sources."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel

from practices.catalogue.blocks import FigureBlock, RecordVersionBlock, TitledTextBlock, prose
from practices.catalogue.fields import BlocksField

from .edition import EditionPage
from .record import Kind, RecordLink, Relation

DETAIL_BLOCKS = [
    ("frame", prose(_("The programme"), _("The programme the case belongs to."))),
    ("context", prose(_("Context"), _("The situation before: facts, laws, requests."))),
    ("impact", prose(_("Impact"), _("What changed, as far as the source says."))),
    ("challenge", prose(_("Challenge"), _("What stood in the way, and how it was met."))),
    ("exchange", prose(_("Exchange that followed"), _("What the partners went on to do together."))),
]


class CaseStudyPage(EditionPage):
    kind = Kind.CASE_STUDY
    fact_names = ("country", "thematic_area", "feature", "topics", "legal_instruments")
    stream_names = ("figures", "practices", "lessons", "detail")

    country = models.ForeignKey(
        "catalogue.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    thematic_area = models.ForeignKey(
        "catalogue.ThematicArea",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("MIEUX thematic area"),
    )
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", blank=True, verbose_name=_("topics"))
    feature = models.ForeignKey(
        "catalogue.Feature",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("feature it illustrates"),
    )
    figures = BlocksField([("figure", FigureBlock())], blank=True, verbose_name=_("figures"))
    practices = BlocksField(
        [("practice", TitledTextBlock(label=_("Practice")))],
        blank=True,
        verbose_name=_("practices"),
        help_text=_("How the work was done; numbered for readers."),
    )
    lessons = BlocksField(
        [("lesson", TitledTextBlock(label=_("Lesson")))], blank=True, verbose_name=_("lessons learnt")
    )
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))
    records = BlocksField([("record", RecordVersionBlock())], blank=True, verbose_name=_("records it tells of"))
    legal_instruments = ParentalManyToManyField(
        "catalogue.LegalInstrument", related_name="+", blank=True, verbose_name=_("laws")
    )

    short_panels = [
        FieldPanel("country"),
        FieldPanel("feature"),
        FieldPanel("detail"),
        FieldPanel("practices"),
        FieldPanel("lessons"),
        FieldPanel("visibility"),
    ]
    detail_panels = [
        FieldPanel("figures"),
        FieldPanel("records"),
        FieldPanel("thematic_area"),
        FieldPanel("topics"),
        FieldPanel("legal_instruments"),
    ]

    class Meta:
        verbose_name = _("case study")
        verbose_name_plural = _("case studies")

    def links(self):
        return [
            RecordLink(
                relation=Relation.TELLS_OF, target=block.value["record"], version=block.value["version"], position=n
            )
            for n, block in enumerate(self.records)
            if block.value["record"]
        ]

    def facets(self):
        return {"topic": [topic.code for topic in self.topics.all()], "country": [self.country.code]}
