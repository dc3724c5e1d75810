"""A study visit: what was expected, what was seen, and what it means at home."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from practices.catalogue.blocks import PROSE_FEATURES, StructBlock, prose
from practices.catalogue.choosers import InstitutionChooserBlock, RecordChooserBlock
from practices.catalogue.dates import PartialDateBlock, PartialDateField
from practices.catalogue.fields import BlocksField
from practices.catalogue.models import EditionPage, Kind, RecordLink, Relation

from .panels import ImportNoticesPanel


class DelegateBlock(StructBlock):
    """A place in the delegation, never a person: no name is kept."""

    institution = InstitutionChooserBlock(label=_("Institution"))
    role = blocks.CharBlock(label=_("Role"), max_length=120, help_text=_("Example: head of a shelter"))
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("working", _("Working level")), ("management", _("Management")), ("director", _("Director"))],
    )

    class Meta:
        icon = "group"
        label = _("Member of the delegation")
        label_format = "{institution}: {role}"


class ProgrammeBlock(StructBlock):
    date = PartialDateBlock(label=_("When"))
    title = blocks.CharBlock(label=_("What"), max_length=200)
    description = blocks.TextBlock(label=_("Description"), required=False)

    class Meta:
        icon = "calendar"
        label = _("Part of the programme")
        label_format = "{title}"


class ObservedPracticeBlock(StructBlock):
    record = RecordChooserBlock(
        label=_("Practice"), required=False, help_text=_("Leave empty if it is not in Sala yet.")
    )
    title = blocks.CharBlock(label=_("In short"), max_length=200)
    findings = blocks.RichTextBlock(label=_("What we saw"), features=PROSE_FEATURES)
    numbers = blocks.TextBlock(label=_("Numbers"), required=False)
    conditions = blocks.TextBlock(label=_("What makes it work there"), required=False)
    questions = blocks.TextBlock(label=_("Open questions"), required=False)

    class Meta:
        icon = "view"
        label = _("Practice observed")
        label_format = "{title}"


DETAIL_BLOCKS = [
    ("relevance", prose(_("What it means for us"), _("Example: “The approach fits our land settlements.”"))),
    ("decisions", prose(_("Decisions"), _("What was decided on the way home or after."))),
    ("followed", prose(_("What followed"), _("Three and twelve months later."))),
    ("notes", prose(_("Notes"), _("Anything else that colleagues should know."))),
]


class StudyVisitPage(EditionPage):
    kind = Kind.STUDY_VISIT
    members_only = frozenset({"contacts"})
    fact_names = ("host_country", "hosts", "start", "end", "management_present", "topics")
    stream_names = ("observed", "programme", "delegation", "detail")
    text_names = ("expectations", "host_city")

    class Management(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_STATED = "not-stated", _("Not stated in the source")

    action = models.ForeignKey(
        "catalogue.Record",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        limit_choices_to={"kind": "action"},
        verbose_name=_("Action"),
        help_text=_("The Action that paid for the visit. Leave empty if the source does not say."),
    )
    host_country = models.ForeignKey(
        "catalogue.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("host country")
    )
    host_city = models.CharField(_("city"), max_length=100, blank=True)
    hosts = ParentalManyToManyField(
        "catalogue.Institution", related_name="+", blank=True, verbose_name=_("host institutions")
    )
    start = PartialDateField(_("from"), help_text=_("A day, a month or a year, in either era. Example: เมษายน 2561"))
    end = PartialDateField(_("until"))
    management_present = models.CharField(
        _("management took part"), max_length=20, choices=Management, default=Management.NOT_STATED
    )
    expectations = models.TextField(
        _("what we wanted to learn"),
        help_text=_("Written before the visit. Example: “How do they find flats for people without income?”"),
    )
    delegation = BlocksField(
        [("delegate", DelegateBlock())],
        blank=True,
        verbose_name=_("delegation"),
        help_text=_("Institutions and roles only, no names."),
    )
    observed = BlocksField([("practice", ObservedPracticeBlock())], blank=True, verbose_name=_("practices observed"))
    programme = BlocksField([("item", ProgrammeBlock())], blank=True, verbose_name=_("programme"))
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", blank=True, verbose_name=_("topics"))
    contacts = models.TextField(
        _("contacts"),
        blank=True,
        help_text=_("Shown to signed-in members only, and only with consent. Offices, not private numbers."),
    )

    first_panels = [ImportNoticesPanel()]
    short_panels = [
        FieldPanel("action", widget=forms.Select),
        FieldRowPanel([FieldPanel("host_country"), FieldPanel("host_city")]),
        FieldPanel("hosts"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("expectations"),
        FieldPanel("delegation"),
        FieldPanel("observed"),
        FieldPanel("detail"),
        FieldPanel("visibility"),
    ]
    detail_panels = [
        FieldPanel("management_present"),
        FieldPanel("programme"),
        FieldPanel("topics"),
        FieldPanel("contacts"),
    ]

    class Meta:
        verbose_name = _("study visit")
        verbose_name_plural = _("study visits")

    def links(self):
        links = [
            RecordLink(relation=Relation.OBSERVED, target=block.value["record"], position=n)
            for n, block in enumerate(self.observed)
            if block.value["record"]
        ]
        return links + ([RecordLink(relation=Relation.UNDER, target=self.action)] if self.action else [])

    def facets(self):
        return {
            "topic": [topic.code for topic in self.topics.all()],
            "country": [self.host_country.code],
            "year": [self.start[:4]] if self.start else [],
        }
