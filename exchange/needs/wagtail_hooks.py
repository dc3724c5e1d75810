"""Lists the needs in the admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import NeedViewSet

register_snippet(NeedViewSet)
