"""The catalogue's app; tells search which of its records can be found and what their facets are called."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CatalogueConfig(AppConfig):
    name = "practices.catalogue"
    label = "catalogue"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from practices.search.registry import register_document_source, register_facet_labels

        from . import models, search_documents, signal_handlers  # noqa: F401
        from .models.practice import Origin
        from .models.record import Endorsement
        from .projection import edition_classes

        for edition in edition_classes():
            register_document_source(edition.kind, search_documents.documents)
        for facet, model in {
            "topic": models.Topic,
            "pillar": models.Pillar,
            "country": models.Country,
            "province": models.Province,
            "institution": models.Institution,
        }.items():
            register_facet_labels(facet, search_documents.concept_labels(model), [model])
        register_facet_labels("tag", search_documents.tag_labels, [models.RecordTag])
        for facet, labels in {
            "language": search_documents.language_labels,
            "year": search_documents.year_labels,
            "kind": search_documents.choice_labels(models.Kind),
            "origin": search_documents.choice_labels(Origin),
            "endorsement": search_documents.choice_labels(Endorsement),
            "status": search_documents.choice_labels(
                *(edition.statuses for edition in edition_classes() if edition.statuses)
            ),
        }.items():
            register_facet_labels(facet, labels)
