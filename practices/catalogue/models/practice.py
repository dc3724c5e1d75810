"""A good practice: what it is, for whom, what came of it, how it works, and what it takes to use it elsewhere."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from practices.catalogue.blocks import ActorBlock, BuildingBlock, FeatureAnswerBlock, FigureBlock, prose
from practices.catalogue.dates import PartialDateField
from practices.catalogue.fields import BlocksField

from .edition import EditionPage
from .record import Kind

DETAIL_BLOCKS = [
    (
        "problem",
        prose(
            _("The problem"),
            _("What was wrong before. Example: “Families moved from shelter to shelter and never settled.”"),
        ),
    ),
    ("objectives", prose(_("Objectives"), _("What it set out to change. Example: “A tenancy within four weeks.”"))),
    (
        "legal_basis",
        prose(_("Legal basis"), _("Laws and rules it stands on. Example: “Destitute Protection Act B.E. 2557”.")),
    ),
    (
        "resources",
        prose(_("Resources"), _("Staff, money as a range, time. Example: “Two social workers for thirty homes.”")),
    ),
    ("enabling", prose(_("What helped"), _("Conditions that made it work."))),
    ("hindering", prose(_("What hindered"), _("Conditions that made it hard."))),
    ("strengths", prose(_("Strengths"), _("What it does well."))),
    ("weaknesses", prose(_("Weaknesses, and how they were overcome"), _("Be frank: colleagues learn most here."))),
    (
        "participation",
        prose(
            _("How the people concerned took part"),
            _("Example: “Residents chose the furniture and wrote the house rules.”"),
        ),
    ),
    ("sustainability", prose(_("Without outside support"), _("Why it will or will not last."))),
    ("lessons", prose(_("Lessons"), _("What you would do the same way, and what not."))),
    ("transfer", prose(_("What it takes elsewhere"), _("What another institution must have before it starts."))),
]


class Origin(models.TextChoices):
    EU = "eu", _("European Union")
    THAILAND = "thailand", _("Thailand")
    OTHER = "other", _("Other")


class Level(models.TextChoices):
    LOCAL = "local", _("Local")
    PROVINCIAL = "provincial", _("Provincial or regional")
    NATIONAL = "national", _("National")
    INTERNATIONAL = "international", _("International")


class PracticeStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
    NOT_STATED = "not-stated", _("Not stated in the source")


class Sustainable(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNCERTAIN = "uncertain", _("Uncertain")


class PracticePage(EditionPage):
    kind = Kind.PRACTICE
    statuses = PracticeStatus
    members_only = frozenset({"contact"})
    stream_names = ("building_blocks", "actors", "results", "detail", "features")
    fact_names = (
        *("pillar", "topics", "target_groups", "origin", "country", "province", "host"),
        *("level", "start", "end", "status", "sustainable", "thematic_area", "legal_instruments"),
    )
    text_names = ("consent_statement",)

    origin = models.CharField(_("origin"), max_length=20, choices=Origin, default=Origin.THAILAND)
    pillar = models.ForeignKey(
        "catalogue.Pillar",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("pillar"),
        help_text=_("The one it serves most."),
    )
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", verbose_name=_("topics"))
    thematic_area = models.ForeignKey(
        "catalogue.ThematicArea",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("MIEUX thematic area"),
    )
    target_groups = ParentalManyToManyField("catalogue.TargetGroup", related_name="+", verbose_name=_("target groups"))
    country = models.ForeignKey(
        "catalogue.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    province = models.ForeignKey(
        "catalogue.Province",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("province"),
        help_text=_("Never an address: a shelter must not be found."),
    )
    host = models.ForeignKey(
        "catalogue.Institution",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("host institution"),
        help_text=_("Who runs it. Leave empty if the source does not say."),
    )
    level = models.CharField(_("level"), max_length=20, choices=Level, blank=True)
    start = PartialDateField(_("from"), help_text=_("Example: April 2018, 2561"))
    end = PartialDateField(_("until"))
    status = models.CharField(_("status"), max_length=20, choices=PracticeStatus, default=PracticeStatus.NOT_STATED)
    consent_statement = models.TextField(
        _("do no harm and consent"),
        help_text=_("How people are kept safe and who agreed to what. “Not stated in the source” is an honest answer."),
    )
    sustainable = models.CharField(
        _("lasts without outside support"), max_length=20, choices=Sustainable, default=Sustainable.UNCERTAIN
    )
    building_blocks = BlocksField(
        [("building_block", BuildingBlock())],
        blank=True,
        verbose_name=_("building blocks"),
        help_text=_("The parts it is made of, so that others can keep, change or drop each."),
    )
    actors = BlocksField([("actor", ActorBlock())], blank=True, verbose_name=_("actors and roles"))
    results = BlocksField([("figure", FigureBlock())], blank=True, verbose_name=_("results"))
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))
    features = BlocksField(
        [("feature", FeatureAnswerBlock())],
        blank=True,
        verbose_name=_("ten features"),
        help_text=_("Each answer with its evidence."),
    )
    legal_instruments = ParentalManyToManyField(
        "catalogue.LegalInstrument", related_name="+", blank=True, verbose_name=_("laws")
    )
    contact = models.TextField(
        _("contact"), blank=True, help_text=_("Shown to signed-in members only. An office, not a person.")
    )
    review_by = models.DateField(_("review by"), null=True, blank=True)

    short_panels = [
        FieldRowPanel([FieldPanel("pillar"), FieldPanel("origin")]),
        FieldPanel("topics"),
        FieldPanel("target_groups"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("host")]),
        FieldPanel("consent_statement"),
        FieldPanel("visibility"),
        FieldPanel("building_blocks"),
        FieldPanel("results"),
    ]
    detail_panels = [
        FieldPanel("detail"),
        FieldRowPanel([FieldPanel("thematic_area"), FieldPanel("level")]),
        FieldRowPanel([FieldPanel("province"), FieldPanel("status")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("actors"),
        FieldPanel("sustainable"),
        FieldPanel("features"),
        FieldPanel("legal_instruments"),
        MultiFieldPanel([FieldPanel("contact"), FieldPanel("review_by")], _("For members")),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    def facets(self):
        return {
            "pillar": [self.pillar.code],
            "topic": [topic.code for topic in self.topics.all()],
            "target-group": [group.code for group in self.target_groups.all()],
            "origin": [self.origin],
            "country": [self.country.code],
            "province": [self.province.code] if self.province else [],
            "year": [self.start[:4]] if self.start else [],
            "status": [self.status],
        }
