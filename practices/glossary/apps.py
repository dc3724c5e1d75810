"""The glossary's app; tells search of its terms and of the words that mean the same."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GlossaryConfig(AppConfig):
    name = "practices.glossary"
    label = "glossary"
    verbose_name = _("Glossary")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from practices.catalogue.models import Kind
        from practices.search.registry import register_document_source, register_expansions

        from . import search_documents
        from .models import GlossaryTerm
        from .viewsets import TermPolicy

        register_permission_policy(GlossaryTerm, TermPolicy(GlossaryTerm))
        register_document_source(Kind.GLOSSARY_TERM, search_documents.documents, weight=0.6)
        register_expansions(search_documents.synonyms, [GlossaryTerm])
