"""Controlled words: one row per concept with a stable code and a label per language, so that facets agree across languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField


class Concept(models.Model):
    code = models.SlugField(
        _("code"), max_length=40, unique=True, help_text=_("A short name in Latin letters that never changes.")
    )
    label = I18nCharField(_("label"))
    description = I18nTextField(_("description"), blank=True, null=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return str(self.label)


class Pillar(Concept):
    class Meta(Concept.Meta):
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")


class Topic(Concept):
    class Meta(Concept.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class ThematicArea(Concept):
    class Meta(Concept.Meta):
        verbose_name = _("MIEUX thematic area")
        verbose_name_plural = _("MIEUX thematic areas")


class TargetGroup(Concept):
    class Meta(Concept.Meta):
        verbose_name = _("target group")
        verbose_name_plural = _("target groups")


class Feature(Concept):
    """One of the ten features of good practice; `position` is its number."""

    class Meta(Concept.Meta):
        verbose_name = _("feature of good practice")
        verbose_name_plural = _("features of good practice")


class Country(Concept):
    """`code` is ISO 3166-1 alpha-2."""

    in_eu = models.BooleanField(_("member state of the European Union"), default=False)

    class Meta(Concept.Meta):
        verbose_name = _("country")
        verbose_name_plural = _("countries")


class Province(Concept):
    """`code` is ISO 3166-2."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="provinces", verbose_name=_("country"))

    class Meta(Concept.Meta):
        verbose_name = _("province")
        verbose_name_plural = _("provinces")
