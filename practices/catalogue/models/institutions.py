"""Institutions form a tree: a ministry, its departments and divisions, their shelters."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from treebeard.mp_tree import MP_Node, MP_NodeManager


class InstitutionKind(models.TextChoices):
    GOVERNMENT = "government", _("Government")
    NGO = "ngo", _("Non-governmental organisation")
    ACADEMIA = "academia", _("University or research")
    INTERNATIONAL = "international", _("International organisation")


class InstitutionManager(MP_NodeManager):
    def ids_below(self, paths: list[str]) -> list[int]:
        """Ids of the institutions at these tree paths and of all below them."""
        if not paths:
            return []
        below = Q()
        for path in paths:
            below |= Q(path__startswith=path)
        return list(self.filter(below).values_list("pk", flat=True))


class Institution(MP_Node):
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("A short name in Latin letters, used in addresses. Example: dsdw"),
    )
    name = I18nCharField(_("name"))
    short_name = I18nCharField(_("short name"), blank=True, null=True, help_text=_("Example: DSDW"))
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind, default=InstitutionKind.GOVERNMENT)
    country = models.ForeignKey(
        "catalogue.Country", on_delete=models.PROTECT, related_name="+", verbose_name=_("country")
    )
    province = models.ForeignKey(
        "catalogue.Province",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("province"),
    )
    about = I18nTextField(_("about"), blank=True, null=True)
    website = models.URLField(_("website"), blank=True)
    is_example = models.BooleanField(_("example, not real"), default=False)

    objects = InstitutionManager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")

    def __str__(self) -> str:
        return str(self.short_name) if self.short_name else str(self.name)
