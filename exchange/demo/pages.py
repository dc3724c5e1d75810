"""Writes one page of the case in its source language and its translations, through the models' own validation."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from practices.catalogue.blocks import Basis
from practices.catalogue.models import EditionPage

from .case_files import CaseFile, CaseFileError
from .stream_values import Rows, Values, plain_data
from .translations import translate

NOT_STATED = {"en": "Not stated in the source.", "th": "ไม่ได้ระบุไว้ในแหล่งข้อมูล"}


def write_page(file: CaseFile, rows: Rows, page: Page | None, new_page: Page, parent: Page) -> bool:
    """Publishes the file's page and its translations; `page` is the present one, if any. True where anything changed."""
    language = file.data["written_in"]
    values = Values(file.key, language, language, rows)
    before = fingerprint(page) if page else None
    present = page or new_page
    fill(present, file, values)
    changed = before != fingerprint(present)
    if changed:
        if page is None:
            present.live = False
            parent.add_child(instance=present)
        present.save_revision(clean=page is not None).publish()
    present = type(present).objects.get(pk=present.pk)
    for locale in Locale.objects.exclude(pk=present.locale_id):
        changed |= _write_translation(file, rows, present, locale, changed)
    return changed


def _write_translation(file: CaseFile, rows: Rows, page: Page, locale: Locale, source_changed: bool) -> bool:
    values = Values(file.key, locale.language_code, file.data["written_in"], rows)
    present = page.get_translation_or_none(locale)
    twin = type(page)(locale=locale, translation_key=page.translation_key, slug=present.slug if present else page.slug)
    if isinstance(page, EditionPage):
        twin.record = page.record
    fill(twin, file, values)
    partly = file.data.get("partly_translated", False)
    if values.missing and not partly:
        raise CaseFileError(f"{file.name}: no {locale.language_code} text for {', '.join(values.missing)}")
    twin.clean_fields(exclude=["path", "depth", "content_type", "owner"])
    return translate(page, twin, source_changed=source_changed, partly=partly)


def fill(page: Page, file: CaseFile, values: Values) -> None:
    """Sets every field that the file names; `provenance` and the words of what is not stated follow from its lists."""
    data = dict(file.fields)
    lists = data.pop("provenance", {})
    source = file.data.get("source", "")
    for name in lists.get("not_stated") or []:
        if name not in data and _needs_words(page, name):
            data[name] = NOT_STATED
    if lists:
        data["provenance"] = _provenance(lists, source)
    for name, value in data.items():
        try:
            field = page._meta.get_field(name)
        except FieldDoesNotExist:
            raise CaseFileError(f"{file.name}: there is no field {name}") from None
        setattr(page, name, values.of_field(field, value))


def _needs_words(page: Page, name: str) -> bool:
    field = page._meta.get_field(name) if name in {field.name for field in page._meta.get_fields()} else None
    return (
        isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, StreamField)
        and not (field.blank or field.choices)
    )


def _provenance(lists: Mapping[str, Any], source: str) -> list[dict[str, Any]]:
    """One row a field: `inferred: [topics]` and `not_stated: [start, end]`."""
    return [
        {"key": name, "field": name, "basis": basis.value, **({"source": source} if source else {})}
        for basis, names in ((Basis.INFERRED, lists.get("inferred")), (Basis.NOT_STATED, lists.get("not_stated")))
        for name in names or []
    ]


def fingerprint(page: Page) -> str:
    """The page's content as text: equal for equal content, whether it comes from the database or from a file."""
    content: dict[str, Any] = {}
    for field in page._meta.get_fields():
        if not getattr(field, "concrete", False) or not field.editable or field.name in NOT_CONTENT:
            continue
        if isinstance(field, StreamField):
            content[field.name] = plain_data(getattr(page, field.name))
        elif field.many_to_many:
            content[field.name] = sorted(row.pk for row in getattr(page, field.name).all())
        else:
            content[field.name] = field.value_from_object(page)
    return json.dumps(content, cls=DjangoJSONEncoder, sort_keys=True)


NOT_CONTENT = {"go_live_at", "expire_at", "owner", "first_published_at", "content_type", "page_ptr", "expired"}
