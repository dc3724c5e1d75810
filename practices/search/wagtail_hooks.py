"""The page about the search, in the admin's settings, for administrators."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from practices.access.reader import reader_for

from . import admin_views


class ForAdministrators(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return reader_for(request.user).is_administrator


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("search-index/", admin_views.overview, name="search_upkeep"),
        path("search-index/standing/", admin_views.standing, name="search_upkeep_standing"),
        path("search-index/<slug:action>/", admin_views.ask, name="search_upkeep_ask"),
    ]


@hooks.register("register_settings_menu_item")
def register_menu_item():
    return ForAdministrators(_("Search"), reverse("search_upkeep"), name="search-upkeep", icon_name="search", order=900)
