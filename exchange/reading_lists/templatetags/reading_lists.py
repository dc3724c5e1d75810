"""`{% keep_in_list record %}` offers on a record's page to keep it in a list: one query for members, none for visitors."""

from __future__ import annotations

from typing import Any

from django import template

from exchange.reading_lists.forms import KeepForm
from exchange.reading_lists.querysets import lists_to_keep_in
from practices.catalogue.models import Record

register = template.Library()


@register.inclusion_tag("reading_lists/keep_panel.html", takes_context=True)
def keep_in_list(context: template.Context, record: Record) -> dict[str, Any]:
    request = context["request"]
    lists = lists_to_keep_in(request.reader, record) if request.reader.is_member else []
    return {
        "request": request,
        "record": record,
        "form": KeepForm(lists=lists),
        "held": [one for one in lists if one.holds],
    }
