"""`{% used record %}` says on a record's page how many used it, and what this reader said: one query, none for visitors."""

from __future__ import annotations

from typing import Any

from django import template

from exchange.usage import rules
from exchange.usage.models import Use
from practices.catalogue.models import Record

register = template.Library()


@register.inclusion_tag("usage/panel.html", takes_context=True)
def used(context: template.Context, record: Record) -> dict[str, Any]:
    request = context["request"]
    reader = request.reader
    can_be_used = bool(record.pk) and rules.can_be_used(record)
    own = (
        Use.objects.filter(record=record, user=reader.user_id)
        if can_be_used and reader.is_member
        else Use.objects.none()
    )
    return {
        "request": request,
        "record": record,
        "can_be_used": can_be_used,
        "use": own.select_related("version").first(),
    }
