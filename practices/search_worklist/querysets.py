"""Reads of the worklist: only what enough readers asked, and that none of them found."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from .models import SHOWN_FROM, SearchQuestion


def worklist() -> QuerySet[SearchQuestion]:
    """Questions that found nothing, or nothing that anybody opened."""
    return SearchQuestion.objects.filter(Q(found=0) | Q(clicked=0), readers__gte=SHOWN_FROM)
