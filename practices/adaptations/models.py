"""An adaptation: a practice made one's own, with the reason for each departure from the original and what came of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from practices.catalogue.blocks import BuildingBlock, FigureBlock, RecordVersionBlock, prose
from practices.catalogue.dates import PartialDateField
from practices.catalogue.fields import BlocksField
from practices.catalogue.models import EditionPage, Kind, RecordLink, Relation

from .blocks import BlockDecisionBlock, TransferBlock

DETAIL_BLOCKS = [
    ("why", prose(_("Why it was adapted"), _("What made the original worth having here."))),
    ("decision", prose(_("The decision"), _("Who decided, at which level, and when."))),
    ("legal_review", prose(_("Legal review"), _("Which rules allow it or had to change."))),
    ("pilot", prose(_("The pilot"), _("Where it was tried, for how long, with what means."))),
    ("side_effects", prose(_("Side effects and failures"), _("A failure told plainly saves others from it."))),
    ("running_cost", prose(_("Running cost"), _("As a range, and who pays."))),
    ("what_followed", prose(_("What followed"), _("Exchange, new partners, next steps."))),
]


class Status(models.TextChoices):
    IDEA = "idea", _("Idea")
    DECIDED = "decided", _("Decided")
    PILOT = "pilot", _("Pilot")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
    SCALED = "scaled", _("Scaled up")
    NOT_STATED = "not-stated", _("Not stated in the source")


class AdaptationPage(EditionPage):
    kind = Kind.ADAPTATION
    statuses = Status
    stream_names = ("building_blocks", "decisions", "results", "transfer", "detail")
    fact_names = (
        "status",
        "country",
        "provinces",
        "start",
        "end",
        "pillar",
        "topics",
        "target_groups",
        "legal_instruments",
    )
    text_names = ("place", "advice")

    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.IDEA)
    place = models.CharField(
        _("place"),
        max_length=200,
        help_text=_("Example: self-help land settlements in 24 provinces. Never an address."),
    )
    country = models.ForeignKey(
        "catalogue.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    provinces = ParentalManyToManyField("catalogue.Province", related_name="+", blank=True, verbose_name=_("provinces"))
    parents = BlocksField(
        [("parent", RecordVersionBlock())],
        blank=True,
        verbose_name=_("adapted from"),
        help_text=_("Leave empty for an initiative of your own."),
    )
    born_from = BlocksField(
        [("record", RecordVersionBlock())],
        blank=True,
        verbose_name=_("born from"),
        help_text=_("The visit, workshop, need or Action that gave the idea."),
    )
    advice = models.TextField(
        _("what we would tell the next adopter"), help_text=_("Three sentences to a colleague who starts tomorrow.")
    )
    pillar = models.ForeignKey(
        "catalogue.Pillar", on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("pillar")
    )
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", blank=True, verbose_name=_("topics"))
    target_groups = ParentalManyToManyField(
        "catalogue.TargetGroup", related_name="+", blank=True, verbose_name=_("target groups")
    )
    start = PartialDateField(_("pilot from"))
    end = PartialDateField(_("pilot until"))
    decisions = BlocksField(
        [("decision", BlockDecisionBlock())], blank=True, verbose_name=_("decision per building block")
    )
    building_blocks = BlocksField([("building_block", BuildingBlock())], blank=True, verbose_name=_("building blocks"))
    transfer = BlocksField([("dimension", TransferBlock())], blank=True, verbose_name=_("transfer check"))
    results = BlocksField([("figure", FigureBlock())], blank=True, verbose_name=_("results"))
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))
    legal_instruments = ParentalManyToManyField(
        "catalogue.LegalInstrument", related_name="+", blank=True, verbose_name=_("laws")
    )

    short_panels = [
        FieldPanel("parents"),
        FieldPanel("status"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("place")]),
        FieldPanel("advice"),
        FieldPanel("decisions"),
        FieldPanel("results"),
        FieldPanel("visibility"),
    ]
    detail_panels = [
        FieldPanel("born_from"),
        FieldPanel("provinces"),
        FieldPanel("pillar"),
        FieldPanel("topics"),
        FieldPanel("target_groups"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("building_blocks"),
        FieldPanel("transfer"),
        FieldPanel("detail"),
        FieldPanel("legal_instruments"),
    ]

    class Meta:
        verbose_name = _("adaptation")
        verbose_name_plural = _("adaptations")

    def links(self):
        return [
            RecordLink(relation=relation, target=block.value["record"], version=block.value["version"], position=n)
            for relation, stream in ((Relation.ADAPTED_FROM, self.parents), (Relation.BORN_FROM, self.born_from))
            for n, block in enumerate(stream)
            if block.value["record"]
        ]

    def facets(self):
        return {
            "pillar": [self.pillar.code] if self.pillar else [],
            "topic": [topic.code for topic in self.topics.all()],
            "target-group": [group.code for group in self.target_groups.all()],
            "country": [self.country.code],
            "province": [province.code for province in self.provinces.all()],
            "year": [self.start[:4]] if self.start else [],
            "status": [self.status],
        }
