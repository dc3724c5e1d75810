"""Writes the rows that pages point at: sources, laws, institutions, tags; and the glossary. Each row is validated, and saved only where it differs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import models
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

from practices.catalogue.models import Institution, LegalInstrument, RecordTag, Source
from practices.glossary.models import GlossaryTerm
from practices.glossary.services import save_term

from .stream_values import Rows

Write = Callable[[Any, Rows], bool]


def assign(row: models.Model, data: dict[str, Any], rows: Rows) -> bool:
    """Sets the fields named in `data`; True where one of them was different before."""
    changed = row._state.adding
    for name, value in data.items():
        field = row._meta.get_field(name)
        if isinstance(field, models.ForeignKey):
            value = rows.get(field.related_model, value)
            different = getattr(row, field.attname) != value.pk
        elif isinstance(field, I18nCharField | I18nTextField):
            value = LazyI18nString(value)
            before = getattr(row, name)
            different = not isinstance(before, LazyI18nString) or before.data != value.data
        else:
            different = getattr(row, name) != value
        if different:
            setattr(row, name, value)
            changed = True
    return changed


def save(row: models.Model) -> None:
    row.full_clean(exclude=["path", "depth"])
    row.save()


def write_sources(data: list[dict[str, Any]], rows: Rows) -> bool:
    return _write(Source, "key", data, rows)


def write_laws(data: list[dict[str, Any]], rows: Rows) -> bool:
    return _write(LegalInstrument, "code", data, rows)


def _write(model: type[models.Model], key: str, data: list[dict[str, Any]], rows: Rows) -> bool:
    changed = False
    for item in data:
        row = model._default_manager.filter(**{key: item[key]}).first() or model()
        if assign(row, item, rows):
            save(row)
            changed = True
    return changed


def write_institutions(data: list[dict[str, Any]], rows: Rows) -> bool:
    changed = False
    for item in data:
        fields = {name: value for name, value in item.items() if name != "parent"}
        row = Institution.objects.filter(code=item["code"]).first()
        is_new = row is None
        row = row or Institution()
        if not assign(row, fields, rows):
            continue
        changed = True
        if not is_new:
            save(row)
            continue
        row.full_clean(exclude=["path", "depth"])
        if "parent" in item:
            Institution.objects.get(code=item["parent"]).add_child(instance=row)
        else:
            Institution.add_root(instance=row)
    return changed


def write_tags(data: list[dict[str, Any]], rows: Rows) -> bool:
    changed = False
    for item in data:
        tag = RecordTag.objects.filter(name=item["name"]).first() or RecordTag()
        label = {language: text for language, text in item.items() if language != "name"}
        if assign(tag, {"name": item["name"], "label": label}, rows):
            tag.save()  # takes its slug from the name
            changed = True
    return changed


def write_terms(data: list[dict[str, Any]], rows: Rows) -> bool:
    present = {term.code: term for term in GlossaryTerm.objects.select_related("record")}
    changed = False
    for item in data:
        fields = {name: value for name, value in item.items() if name != "other"}
        if other := item.get("other"):
            fields["synonyms"] = {language: "\n".join(words) for language, words in other.items()}
        term = present.get(item["code"]) or GlossaryTerm()
        if assign(term, fields, rows):
            save_term(term)
            changed = True
    return changed


BEFORE_PAGES: dict[str, Write] = {
    "sources": write_sources,
    "laws": write_laws,
    "institutions": write_institutions,
    "tags": write_tags,
    "glossary": write_terms,
}
