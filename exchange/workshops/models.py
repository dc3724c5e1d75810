"""A workshop: an agenda built from what trainees say they need, where each item names the needs it answers."""

from __future__ import annotations

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from practices.catalogue.blocks import FactCharBlock, StructBlock, prose
from practices.catalogue.choosers import RecordChooserBlock
from practices.catalogue.dates import PartialDateBlock, PartialDateField
from practices.catalogue.fields import BlocksField
from practices.catalogue.models import EditionPage, Kind, Record, RecordLink, Relation


class AgendaItemBlock(StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    type = blocks.ChoiceBlock(
        label=_("Type"),
        choices=[
            ("talk", _("Talk")),
            ("practice", _("Practice in groups")),
            ("exchange", _("Exchange among peers")),
            ("break", _("Break")),
            ("other", _("Other")),
        ],
    )
    date = PartialDateBlock(label=_("Day"))
    start = blocks.TimeBlock(label=_("Starts"), required=False)
    minutes = blocks.IntegerBlock(label=_("Minutes"), required=False, min_value=1, max_value=1440)
    room = FactCharBlock(label=_("Room"), required=False, max_length=80)
    facilitator = blocks.CharBlock(
        label=_("Led by"),
        required=False,
        max_length=120,
        help_text=_("A role or institution. Example: expert of a Dutch NGO"),
    )
    method = blocks.CharBlock(label=_("Method"), required=False, max_length=200)
    needs = blocks.ListBlock(RecordChooserBlock(), label=_("Needs it answers"), default=[])
    practices = blocks.ListBlock(RecordChooserBlock(), label=_("Practices it uses"), default=[])
    minutes_text = blocks.TextBlock(label=_("Minutes of the session"), required=False)

    class Meta:
        icon = "time"
        label = _("Agenda item")
        label_format = "{title}"


DETAIL_BLOCKS = [
    ("objectives", prose(_("Objectives"), _("What participants will be able to do afterwards."))),
    ("outcomes", prose(_("Outcomes"), _("What came of it."))),
    ("not_covered", prose(_("Not covered, and why"), _("Needs that this workshop cannot answer."))),
    ("practical", prose(_("Practical notes"), _("Venue, interpretation, access."))),
]


class Held(models.TextChoices):
    FORESEEN = "foreseen", _("Foreseen; not stated whether it was held")
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class WorkshopPage(EditionPage):
    kind = Kind.WORKSHOP
    statuses = Held
    fact_names = ("held", "format", "start", "end", "country", "organisers", "topics")
    stream_names = ("agenda", "detail")
    text_names = ("for_whom", "venue", "languages")

    class Format(models.TextChoices):
        ON_SITE = "on-site", _("On site")
        ONLINE = "online", _("Online")
        MIXED = "mixed", _("Mixed")
        NOT_STATED = "not-stated", _("Not stated in the source")

    action = models.ForeignKey(
        "catalogue.Record",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        limit_choices_to={"kind": "action"},
        verbose_name=_("Action"),
    )
    held = models.CharField(_("state"), max_length=20, choices=Held, default=Held.PLANNED)
    format = models.CharField(_("format"), max_length=20, choices=Format, default=Format.NOT_STATED)
    start = PartialDateField(_("from"))
    end = PartialDateField(_("until"))
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Bangkok")
    country = models.ForeignKey(
        "catalogue.Country",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("country"),
    )
    venue = models.CharField(_("venue or link"), max_length=200, blank=True)
    languages = models.CharField(_("languages and interpretation"), max_length=200, blank=True)
    organisers = ParentalManyToManyField(
        "catalogue.Institution", related_name="+", blank=True, verbose_name=_("organisers")
    )
    for_whom = models.CharField(_("for whom"), max_length=200, blank=True)
    topics = ParentalManyToManyField("catalogue.Topic", related_name="+", blank=True, verbose_name=_("topics"))
    agenda = BlocksField([("item", AgendaItemBlock())], blank=True, verbose_name=_("agenda"))
    detail = BlocksField(DETAIL_BLOCKS, blank=True, verbose_name=_("in detail"))

    short_panels = [
        FieldPanel("action", widget=forms.Select),
        FieldRowPanel([FieldPanel("held"), FieldPanel("format")]),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("time_zone"),
        FieldRowPanel([FieldPanel("country"), FieldPanel("venue")]),
        FieldPanel("languages"),
        FieldPanel("organisers"),
        FieldPanel("for_whom"),
        FieldPanel("agenda"),
        FieldPanel("visibility"),
    ]
    detail_panels = [FieldPanel("topics"), FieldPanel("detail")]

    class Meta:
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")

    def links(self):
        links = {}
        for item in self.agenda:
            for relation, name in ((Relation.ANSWERS, "needs"), (Relation.USES, "practices")):
                for target in item.value[name]:
                    links.setdefault(
                        (relation, target.pk), RecordLink(relation=relation, target=target, position=len(links))
                    )
        return [*links.values(), *([RecordLink(relation=Relation.UNDER, target=self.action)] if self.action else [])]

    def facets(self):
        return {
            "topic": [topic.code for topic in self.topics.all()],
            "country": [self.country.code] if self.country else [],
            "year": [self.start[:4]] if self.start else [],
            "status": [self.held],
        }

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        chosen = {link.target_id for link in self.source.links()}
        visible = Record.objects.published().visible_to(request.reader).filter(pk__in=chosen)
        context["open_records"] = {record.pk: record for record in visible.for_cards()} if chosen else {}
        return context
