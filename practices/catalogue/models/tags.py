"""Free tags hang on the record, never on a page of one language: an ASCII slug, and a label per language."""

from __future__ import annotations

from anyascii import anyascii
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from taggit.models import ItemBase, TagBase


class RecordTag(TagBase):
    label = I18nCharField(_("label"), null=True, blank=True, help_text=_("How readers see the tag, in each language."))

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self) -> str:
        return str(self.label) if self.label else self.name

    def slugify(self, tag: str, i: int | None = None) -> str:
        # Django's own slugify drops Thai vowels and tone marks, so that different words collide.
        slug = slugify(anyascii(tag))[:90] or "tag"
        return slug if i is None else f"{slug}-{i}"


class TaggedRecord(ItemBase):
    tag = models.ForeignKey(RecordTag, on_delete=models.CASCADE, related_name="items")
    content_object = models.ForeignKey("catalogue.Record", on_delete=models.CASCADE, related_name="tagged_items")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="tag_once_per_record")]
