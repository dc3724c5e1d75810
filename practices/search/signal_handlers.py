"""Keeps the index in step with the catalogue, inside the transaction that changed the record."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete

from practices.catalogue.models import Record
from practices.catalogue.signals import record_changed

from . import services


def index_changed_record(sender: object, record: Record, **kwargs: Any) -> None:
    services.index_records([record.pk])


def forget_purged_record(sender: object, instance: Record, **kwargs: Any) -> None:
    services.forget_records([instance.pk])


def reread_words(sender: object, **kwargs: Any) -> None:
    services.vocabulary_changed()


def connect() -> None:
    record_changed.connect(index_changed_record, dispatch_uid="search.index")
    pre_delete.connect(forget_purged_record, sender=Record, dispatch_uid="search.forget")
