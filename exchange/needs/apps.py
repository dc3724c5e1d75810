from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "exchange.needs"
    label = "needs"
    verbose_name = _("Training needs")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from practices.catalogue.models import Kind
        from practices.catalogue.search_documents import choice_labels
        from practices.search.registry import register_document_source, register_facet_labels

        from . import search_documents
        from .models import NeedStatus, TrainingNeed
        from .viewsets import NeedPolicy

        register_permission_policy(TrainingNeed, NeedPolicy(TrainingNeed))
        register_document_source(Kind.NEED, search_documents.documents)
        register_facet_labels("status", choice_labels(NeedStatus))
