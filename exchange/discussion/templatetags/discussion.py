"""`{% discussion record %}` puts the newest comments of a record on its page: at most four queries, nothing for the thread that is not there."""

from __future__ import annotations

import datetime
from typing import Any

from django import template
from django.utils import timezone

from exchange.discussion import querysets, rules
from exchange.discussion.forms import CommentForm
from practices.catalogue import dates
from practices.catalogue.models import Record

register = template.Library()


@register.inclusion_tag("discussion/thread.html", takes_context=True)
def discussion(context: template.Context, record: Record) -> dict[str, Any]:
    request = context["request"]
    return {
        "request": request,
        "record": record,
        "thread": querysets.thread_page(record, request.reader),
        "can_post": rules.can_post(request.reader, record),
        "form": CommentForm(),
    }


@register.filter
def moment(value: datetime.datetime) -> str:
    """“12 April 2026, 14:05”, in the era of the page's language and the time of the site."""
    local = timezone.localtime(value)
    return f"{dates.display_day(local.date())}, {local:%H:%M}"
