"""A training need: what someone at work finds hard, in their own words. Who asked is not shown unless they choose so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField


class Difficulty(models.TextChoices):
    KNOWING = "knowing", _("Knowing what to do")
    APPLYING = "applying", _("Applying what we know")
    TOOLS = "tools", _("Tools and forms")
    RULES = "rules", _("Rules and mandates")
    SUPPORT = "support", _("Support from above or beside")


class NeedStatus(models.TextChoices):
    OPEN = "open", _("Open")
    PLANNED = "planned", _("Planned")
    DELIVERED = "delivered", _("Delivered")
    MET = "met", _("Met")
    NOT_MET = "not-met", _("Not met")


class TrainingNeed(models.Model):
    statement = I18nTextField(
        _("what is hard, or what you want to learn"),
        help_text=_("In your own words. Example: “How do I talk with a child who is afraid of officials?”"),
    )
    work_situation = I18nTextField(
        _("when it comes up at work"),
        blank=True,
        null=True,
        help_text=_("Example: at the first interview, with an interpreter"),
    )
    topic = models.ForeignKey(
        "catalogue.Topic", on_delete=models.PROTECT, related_name="needs", verbose_name=_("topic")
    )
    target_group = models.ForeignKey(
        "catalogue.TargetGroup",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("target group"),
    )
    difficulty = models.CharField(_("what is hard about it"), max_length=20, choices=Difficulty)
    existing_training = I18nTextField(
        _("training that exists already"),
        help_text=_("What you looked for or attended, and why it was not enough. “None found” is an answer."),
    )
    status = models.CharField(_("status"), max_length=20, choices=NeedStatus, default=NeedStatus.OPEN)
    suggested_practices = models.ManyToManyField(
        "catalogue.Record", related_name="+", blank=True, verbose_name=_("practices that may help")
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="needs", editable=False
    )
    show_name = models.BooleanField(_("show my name"), default=False)
    supporters = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True, editable=False)
    record = models.OneToOneField("catalogue.Record", on_delete=models.PROTECT, related_name="need", editable=False)

    class Meta:
        verbose_name = _("training need")
        verbose_name_plural = _("training needs")

    def __str__(self) -> str:
        return str(self.statement)
