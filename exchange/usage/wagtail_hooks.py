"""Lists in the admin what people used."""

from wagtail.snippets.models import register_snippet

from .viewsets import UseViewSet

register_snippet(UseViewSet)
