"""The real case, loaded once for all tests of a module that read it."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import transaction

from exchange.demo.case_files import record_uuid
from exchange.demo.loader import Loader
from practices.catalogue.models import EditionPage, Record
from practices.catalogue.projection import edition_class, texts_of


@dataclass(frozen=True)
class LoadedCase:
    def record(self, key: str) -> Record:
        return Record.objects.get(uuid=record_uuid(key))

    def edition(self, key: str, language: str = "en") -> EditionPage:
        record = self.record(key)
        return edition_class(record.kind).objects.get(record=record, locale__language_code=language)

    def text(self, key: str, language: str) -> str:
        return self.text_of(self.edition(key, language))

    def text_of(self, page: EditionPage) -> str:
        return "\n".join(texts_of(page))

    def editions(self) -> list[EditionPage]:
        return [
            page
            for record in Record.objects.all()
            if (model := edition_class(record.kind))
            for page in model.objects.filter(record=record).select_related("locale", "record")
        ]


@pytest.fixture(scope="module")
def case(django_db_setup, django_db_blocker):
    """Reading tests share one load; it is rolled back after the module. Such tests are not marked `django_db`."""
    with django_db_blocker.unblock(), transaction.atomic():
        Loader(report=lambda line: None).load()
        yield LoadedCase()
        transaction.set_rollback(True)
