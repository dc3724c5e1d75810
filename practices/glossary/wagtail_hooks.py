"""Lists the glossary in the admin, and shows what a term would do while it is written."""

from django.urls import path
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from . import admin_views
from .viewsets import TermViewSet

register_snippet(TermViewSet)


@hooks.register("register_admin_urls")
def register_urls():
    return [path("glossary/preview/", admin_views.show_preview, name="glossary_preview")]
