from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NeedsConfig(AppConfig):
    name = "exchange.needs"
    label = "needs"
    verbose_name = _("Training needs")

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from practices.catalogue.models import Kind
        from practices.search.registry import register_document_source

        from . import search_documents
        from .models import TrainingNeed
        from .viewsets import NeedPolicy

        register_permission_policy(TrainingNeed, NeedPolicy(TrainingNeed))
        register_document_source(Kind.NEED, search_documents.documents)
