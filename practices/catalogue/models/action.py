"""An Action: a funded intervention, from the request to the partner's evaluation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from practices.catalogue.blocks import ActivityBlock, FigureBlock, prose
from practices.catalogue.dates import PartialDateField
from practices.catalogue.fields import BlocksField

from .edition import EditionPage
from .record import Kind

DETAIL_BLOCKS = [
    ("request", prose(_("The request"), _("What the partner asked for, and why."))),
    (
        "team",
        prose(_("The expert team"), _("How many came from governments and how many from NGOs, as the source says.")),
    ),
    ("deliverables", prose(_("Deliverables"), _("What it left behind."))),
    ("evaluation", prose(_("The partner’s evaluation"), _("What the partner country said of it afterwards."))),
    ("follow_up", prose(_("What followed"), _("Exchange and cooperation that went on without the Action."))),
]


class ActionPage(EditionPage):
    kind = Kind.ACTION
    fact_names = ("country", "start", "end", "requesting_institutions", "thematic_area", "topics", "public_reference")
    stream_names = ("activities", "detail", "results")

    country = models.ForeignKey(
        "catalogue.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    start = PartialDateField(_("from"), blank=False)
    end = PartialDateField(_("until"))
    requesting_institutions = ParentalManyToManyField(
        "catalogue.Institution", related_name="+", verbose_name=_("requesting institutions")
    )
    thematic_area = models.ForeignKey(
        "catalogue.ThematicArea", on_delete=models.PROTECT, related_name="+", verbose_name=_("MIEUX thematic area")
    )
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", blank=True, verbose_name=_("topics"))
    public_reference = models.CharField(
        _("public reference"), max_length=200, blank=True, help_text=_("Example: action 146 on the MIEUX site")
    )
    activities = BlocksField([("activity", ActivityBlock())], blank=True, verbose_name=_("activities and deliverables"))
    results = BlocksField([("figure", FigureBlock())], blank=True, verbose_name=_("results"))
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))

    short_panels = [
        FieldPanel("country"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("requesting_institutions"),
        FieldPanel("thematic_area"),
        FieldPanel("visibility"),
    ]
    detail_panels = [
        FieldPanel("topics"),
        FieldPanel("public_reference"),
        FieldPanel("activities"),
        FieldPanel("results"),
        FieldPanel("detail"),
    ]

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def facets(self):
        return {
            "topic": [topic.code for topic in self.topics.all()],
            "country": [self.country.code],
            "year": [self.start[:4]] if self.start else [],
        }
