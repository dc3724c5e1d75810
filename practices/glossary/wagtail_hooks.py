"""Lists the glossary in the admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import TermViewSet

register_snippet(TermViewSet)
