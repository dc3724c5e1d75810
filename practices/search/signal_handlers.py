"""Keeps the index in step with the catalogue, inside the transaction that changed the record."""

from __future__ import annotations


def connect() -> None:
    from practices.catalogue.signals import record_changed

    from . import services

    def reindex(sender: object, record: object, **kwargs: object) -> None:
        services.index_records([record.pk])

    record_changed.connect(reindex, dispatch_uid="search.reindex", weak=False)
