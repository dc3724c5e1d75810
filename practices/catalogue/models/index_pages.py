"""The pages that hold others: home, the catalogue, one folder per institution and language, and plain pages of text."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from practices.catalogue.blocks import PROSE_FEATURES, prose
from practices.catalogue.fields import BlocksField
from practices.catalogue.page_rights import FolderRights


class HomePage(Page):
    welcome = models.CharField(_("welcome"), max_length=200, blank=True)
    introduction = RichTextField(_("introduction"), features=PROSE_FEATURES, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("welcome"), FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalogue.CataloguePage", "catalogue.StandardPage"]
    template = "catalogue/home.html"
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        from practices.catalogue.querysets import home_lists

        return {**super().get_context(request, *args, **kwargs), **home_lists(request.reader)}


class StandardPage(Page):
    """About, privacy notice, accessibility statement, terms."""

    body = BlocksField([("text", prose(_("Text"), ""))], blank=True, verbose_name=_("text"))

    content_panels = [*Page.content_panels, FieldPanel("body")]
    parent_page_types = ["catalogue.HomePage"]
    subpage_types: list = []
    template = "catalogue/standard.html"

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")


class CataloguePage(Page):
    """The root of all editions in one language; readers are led to the list with its filters."""

    parent_page_types = ["catalogue.HomePage"]
    subpage_types = ["catalogue.InstitutionPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("catalogue")

    def serve(self, request, *args, **kwargs):
        from django.shortcuts import redirect

        return redirect("search:browse")


class InstitutionPage(Page):
    """An institution in one language: what readers see of it, and the folder of its editions, closed to others' editors."""

    institution = models.ForeignKey("catalogue.Institution", on_delete=models.PROTECT, related_name="pages")

    parent_page_types = ["catalogue.CataloguePage"]
    is_creatable = False
    template = "catalogue/institution.html"

    class Meta:
        verbose_name = _("institution’s page")
        verbose_name_plural = _("institutions’ pages")

    def permissions_for_user(self, user):
        return FolderRights(user, self)

    def get_context(self, request, *args, **kwargs):
        from practices.catalogue.querysets import institution_lists

        return {**super().get_context(request, *args, **kwargs), **institution_lists(self.institution, request.reader)}
