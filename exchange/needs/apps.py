from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "exchange.needs"
    label = "needs"
    verbose_name = _("Training needs")

    def ready(self) -> None:
        from practices.catalogue.models import Kind
        from practices.search.registry import register_document_source

        from . import search_documents

        register_document_source(Kind.NEED, search_documents.documents)
