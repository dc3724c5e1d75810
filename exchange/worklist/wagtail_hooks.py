"""The admin opens with the person's worklist, and shows nothing that they never need."""

from __future__ import annotations

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel

from practices.access.reader import reader_for
from practices.catalogue.querysets import archived_records

from . import views
from .querysets import held_seats
from .sections import buttons_for, sections_for

NEVER_NEEDED = {"help"}  # Wagtail's own manual, in English
FOR_ADMINISTRATORS = {"reports", "settings"}


class WorklistPanel(Component):
    order = 100
    template_name = "worklist/panel.html"

    def get_context_data(self, parent_context):
        request = parent_context["request"]
        reader = reader_for(request.user)
        seats = held_seats(reader)
        return {
            "buttons": buttons_for(reader, seats),
            "sections": sections_for(reader, seats),
            "archived": archived_records(reader).count(),
        }


@hooks.register("construct_homepage_panels")
def show_the_worklist(request, panels):
    kept = [panel for panel in panels if not isinstance(panel, RecentEditsPanel | LockedPagesPanel)]
    panels[:] = [WorklistPanel(), *kept]


@hooks.register("construct_homepage_summary_items")
def count_nothing(request, items):
    items.clear()


@hooks.register("register_admin_menu_item")
def register_worklist_menu_item():
    return MenuItem(_("My work"), reverse("wagtailadmin_home"), name="worklist", icon_name="home", order=10)


@hooks.register("construct_main_menu")
def leave_out_what_is_never_needed(request, menu_items):
    left_out = NEVER_NEEDED if request.user.is_superuser else NEVER_NEEDED | FOR_ADMINISTRATORS
    menu_items[:] = [item for item in menu_items if item.name not in left_out]


@hooks.register("register_admin_urls")
def register_urls():
    return [path("new/<slug:kind>/", views.new, name="worklist_new")]
