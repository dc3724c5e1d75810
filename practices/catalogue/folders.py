"""Where a person's new records go: the folders of the institutions they may write for."""

from __future__ import annotations

from django.db.models import QuerySet
from wagtail.models import Page
from wagtail.permissions import policy_registry

from .models import Institution, InstitutionPage


def institutions_to_write_for(user) -> QuerySet[Institution]:
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "add")
    return Institution.objects.filter(pages__in=pages.values("pk")).distinct().order_by("path")


def own_institution(user, institutions: QuerySet[Institution] | None = None) -> Institution | None:
    """The one their work is about: where they work, else the topmost they write for when all others are below it."""
    institutions = institutions_to_write_for(user) if institutions is None else institutions
    if user.institution_id and (own := institutions.filter(pk=user.institution_id).first()):
        return own
    first = institutions.first()
    if first is None or institutions.exclude(path__startswith=first.path).exists():
        return None
    return first


def folder_in(institution: Institution, language: str) -> InstitutionPage:
    return InstitutionPage.objects.select_related("locale", "institution").get(
        institution=institution, locale__language_code=language
    )
