"""People, seats and invitations in the admin; groups are generated, so their page leaves the menu."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from wagtail import hooks
from wagtail.models import Page
from wagtail.permissions import policy_registry

from practices.catalogue.models import Kind

from . import admin_views
from .models import User
from .viewsets import PeopleViewSetGroup


@hooks.register("register_admin_viewset")
def register_people():
    return PeopleViewSetGroup()


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("seats/<int:pk>/end/", admin_views.end_seat, name="people_end_seat"),
        path("invitations/<int:pk>/send-again/", admin_views.resend_invitation, name="people_resend_invitation"),
        path("invitations/<int:pk>/withdraw/", admin_views.withdraw, name="people_withdraw_invitation"),
        path("users/<int:pk>/second-step/", admin_views.reset_second_factor, name="people_reset_second_factor"),
        path("users/<int:pk>/sign-out/", admin_views.end_sessions, name="people_end_sessions"),
    ]


@hooks.register("construct_settings_menu")
def leave_out_groups(request, menu_items):
    menu_items[:] = [item for item in menu_items if item.name not in {"groups", "users"}]


@hooks.register("construct_explorer_page_queryset")
def explore_only_what_is_ones_own(parent_page, pages, request):
    """Wagtail shows the head of any page below the common root, so that a hidden title could be read by guessing numbers."""
    open_to_them = policy_registry.get_by_type(Page).explorable_instances(request.user)
    if not open_to_them.filter(pk=parent_page.pk).exists():
        raise Http404
    return pages


@hooks.register("before_create_page")
def let_organisers_add_workshops_only(request, parent_page, page_class):
    """They may add pages and change none of others': that they add workshops is a matter of their role."""
    rights = parent_page.permissions_for_user(request.user)
    may_change = request.user.is_superuser or "change" in rights.permissions
    if not may_change and getattr(page_class, "kind", None) != Kind.WORKSHOP:
        raise PermissionDenied


@hooks.register("before_bulk_action")
def refuse_bulk_actions_on_people(request, action_type, objects, action):
    """Wagtail's would delete people and hand out generated groups, past the services."""
    if User in action.models:
        raise PermissionDenied
