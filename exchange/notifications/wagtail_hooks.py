"""The stored mails in the admin."""

from __future__ import annotations

from django.urls import path
from wagtail import hooks

from . import admin_views
from .viewsets import MailViewSet


@hooks.register("register_admin_viewset")
def register_mails():
    return MailViewSet("mails", url_prefix="mails")


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("mails/<int:pk>/try-again/", admin_views.try_again, name="mail_try_again"),
        path("mails/<int:pk>/give-up/", admin_views.give_up, name="mail_give_up"),
    ]
