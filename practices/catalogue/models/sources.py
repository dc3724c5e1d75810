"""What records stand on: sources that figures and statements cite as `[^key]`, and laws they refer to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from practices.catalogue.dates import PartialDateField


class Source(models.Model):
    key = models.SlugField(
        _("key"), max_length=60, unique=True, help_text=_("Cite it in any text as [^key]. Example: mieux-thailand")
    )
    title = I18nCharField(_("title"))
    author = I18nCharField(_("author or publisher"), blank=True, null=True)
    date = PartialDateField(_("date"))
    url = models.URLField(_("link"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]

    def __str__(self) -> str:
        return f"{self.title} [^{self.key}]"


class LegalInstrument(models.Model):
    class Kind(models.TextChoices):
        ACT = "act", _("Act")
        POLICY = "policy", _("Policy")
        REGULATION = "regulation", _("Regulation")
        DIRECTIVE = "directive", _("Directive")
        TREATY = "treaty", _("Treaty")

    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = I18nCharField(_("title"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    jurisdiction = models.ForeignKey(
        "catalogue.Country",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("jurisdiction"),
    )
    date = PartialDateField(_("date"), help_text=_("In either era: 2014 or 2557."))
    reference = I18nCharField(_("reference"), blank=True, null=True)
    summary = I18nTextField(_("summary"), blank=True, null=True)
    url = models.URLField(_("link"), blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("legal instrument")
        verbose_name_plural = _("legal instruments")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.title)
