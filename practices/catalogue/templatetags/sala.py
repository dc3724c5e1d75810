"""Template tags used on every page: dates in the reader's era, and citations that become numbered notes."""

from __future__ import annotations

from django import template

from practices.catalogue import dates

register = template.Library()


@register.filter
def partial_date(value: str) -> str:
    return dates.display(value)


@register.simple_tag
def period(start: str, end: str) -> str:
    return dates.display_period(start, end)
