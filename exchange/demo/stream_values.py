"""Turns what a file says into values of a page's fields in one language: codes into rows, Markdown into rich text, keys into block ids."""

from __future__ import annotations

import json
import re
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from markdown_it import MarkdownIt
from wagtail import blocks
from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import RichTextField, StreamField

from practices.catalogue.models import Record, Source

from .case_files import CaseFileError, block_id, is_text, record_uuid

MARKDOWN = MarkdownIt("commonmark", {"html": False})
TAGS = {"strong": "b", "em": "i"}  # as Wagtail's editor writes them


def rich_text(text: str) -> str:
    html = MARKDOWN.render(text)
    for theirs, ours in TAGS.items():
        html = html.replace(f"<{theirs}>", f"<{ours}>").replace(f"</{theirs}>", f"</{ours}>")
    return re.sub(r">\n+<", "><", html).strip()


class Rows:
    """Finds rows by the names that files use for them: a source's key, a record's key in the case, else a code."""

    def __init__(self) -> None:
        self._found: dict[tuple[type[models.Model], str], models.Model] = {}

    def get(self, model: type[models.Model], name: str) -> models.Model:
        if (model, name) not in self._found:
            lookup: dict[str, Any] = {"code": name}
            if model is Source:
                lookup = {"key": name}
            elif model is Record:
                lookup = {"uuid": record_uuid(name)}
            try:
                self._found[model, name] = model._default_manager.get(**lookup)
            except model.DoesNotExist:
                raise CaseFileError(f"There is no {model._meta.verbose_name} “{name}”.") from None
        return self._found[model, name]


class Values:
    """The values of one file in one language. `is_complete` turns false where a text was missing and `fallback` stood in."""

    def __init__(self, key: str, language: str, fallback: str, rows: Rows) -> None:
        self.key, self.language, self.fallback, self.rows = key, language, fallback, rows
        self.missing: list[str] = []

    @property
    def is_complete(self) -> bool:
        return not self.missing

    def text(self, value: Any, where: str) -> str:
        if not is_text(value):
            return "" if value is None else str(value)
        if self.language not in value:
            self.missing.append(where)
            return value[self.fallback]
        return value[self.language]

    def of_field(self, field: Any, value: Any) -> Any:
        if isinstance(field, StreamField):
            return self.stream(field, value or [])
        if field.many_to_many:
            return [self.rows.get(field.related_model, name) for name in value]
        if isinstance(field, models.ForeignKey):
            return self.rows.get(field.related_model, value)
        if isinstance(field, models.BooleanField):
            return value
        text = self.text(value, field.name)
        return rich_text(text) if isinstance(field, RichTextField) else text

    def stream(self, field: StreamField, rows: list[dict[str, Any]]) -> StreamValue:
        """A stream with all its defaults written out, so that saving it again unchanged gives the same data."""
        block = field.stream_block
        only = next(iter(block.child_blocks)) if len(block.child_blocks) == 1 else ""
        raw = []
        for row in rows:
            kind = only or row["type"]
            where = f"{field.name}/{row['key']}"
            child = block.child_blocks[kind]
            content = row["value"] if not isinstance(child, blocks.StructBlock) else row
            raw.append(
                {
                    "type": kind,
                    "id": block_id(self.key, field.name, row["key"]),
                    "value": self.raw(child, content, where),
                }
            )
        return block.to_python(plain_data(block.clean(block.to_python(raw))))

    def raw(self, block: blocks.Block, value: Any, where: str) -> Any:
        if isinstance(block, blocks.StructBlock):
            if unknown := set(value) - set(block.child_blocks) - {"key", "type"}:
                raise CaseFileError(f"{where}: unknown {', '.join(sorted(unknown))}")
            return {
                name: self.raw(child, value[name], f"{where}/{name}")
                for name, child in block.child_blocks.items()
                if name in value
            }
        if isinstance(block, blocks.ListBlock):
            return [
                {
                    "type": "item",
                    "id": block_id(self.key, where, str(name)),
                    "value": self.raw(block.child_block, name, where),
                }
                for name in value
            ]
        if isinstance(block, blocks.ChooserBlock):
            return self.rows.get(block.model_class, value).pk
        if isinstance(block, blocks.RichTextBlock):
            return rich_text(self.text(value, where))
        if isinstance(value, dict) and "of" in value:  # another record's block
            return block_id(value["of"], value["stream"], value["key"])
        if isinstance(value, int | float) and not isinstance(value, bool):
            return value if isinstance(block, blocks.IntegerBlock) else str(value)
        return self.text(value, where)


def plain_data(value: StreamValue) -> list[dict[str, Any]]:
    data = [{"type": child.block_type, "id": child.id, "value": child.get_prep_value()["value"]} for child in value]
    return json.loads(json.dumps(data, cls=DjangoJSONEncoder))
