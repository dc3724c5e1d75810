"""`{% with statement=need.statement|worded %}`: a text kept by language as a `Part`, with the language its words are in."""

from __future__ import annotations

from django import template
from i18nfield.strings import LazyI18nString

from practices.catalogue import bilingual
from practices.catalogue.models.edition import Part

register = template.Library()


@register.filter
def worded(value: LazyI18nString | None) -> Part:
    return bilingual.worded(value)
