"""Bilingual terms: what a word means, and which words in either language find each other in search."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField

from practices.catalogue.bilingual import own_texts


def forms_in(term: str, abbreviations: str, synonyms: str) -> list[str]:
    """All ways to say a term in one language, from the fields as they are typed."""
    found = [term, *abbreviations.split(","), *synonyms.splitlines()]
    return [form.strip() for form in found if form.strip()]


class GlossaryTerm(models.Model):
    code = models.SlugField(_("code"), max_length=60, unique=True)
    term = I18nCharField(_("term"))
    abbreviations = I18nCharField(
        _("abbreviations"), blank=True, null=True, help_text=_("Separated by commas. Example: VoT, VOT")
    )
    synonyms = I18nTextField(
        _("other words"), blank=True, null=True, help_text=_("What people really say or type, one to a line.")
    )
    definition = I18nTextField(_("definition"))
    record = models.OneToOneField(
        "catalogue.Record", on_delete=models.PROTECT, related_name="glossary_term", editable=False
    )

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        ordering = ["code"]

    def __str__(self) -> str:
        return str(self.term)

    def forms(self, language: str) -> list[str]:
        """The term with its abbreviations and other words, as far as they are written in this language."""
        return forms_in(*(own_texts(text).get(language, "") for text in (self.term, self.abbreviations, self.synonyms)))
