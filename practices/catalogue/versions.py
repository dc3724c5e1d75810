"""A frozen version read again: from its stored data alone, so that it still opens when page and schema have changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import strip_tags

from .citations import without_references
from .models import RecordVersion
from .projection import edition_class

# Numbers of rows, ids of blocks and the codes of choices: data, not words.
CODE = re.compile(r"[a-z0-9.-]*|True|False|None")


@dataclass(frozen=True)
class FrozenPart:
    """A field of a version: its label as it is called today, else its stored name; its texts in order."""

    label: str
    texts: list[str]


def readable(version: RecordVersion) -> list[FrozenPart]:
    """The parts with text a reader without signing in may see; numbers of database rows are left out."""
    model = edition_class(version.record.kind)
    hidden = model.members_only if model else frozenset()
    parts = []
    for name, value in version.content.items():
        if name in hidden or name == "provenance":
            continue
        texts = [text for text in _texts(value) if text]
        if texts:
            parts.append(FrozenPart(_label(model, name), texts))
    return parts


def _label(model: Any, name: str) -> str:
    try:
        label = str(model._meta.get_field(name).verbose_name)
    except (AttributeError, FieldDoesNotExist):
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not CODE.fullmatch(value):
            yield without_references(strip_tags(value.replace("</p>", "\n").replace("</li>", "\n"))).strip()
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in {"id", "type"}:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
