"""The files of the real case: one for each record, or one for each kind of small row, written to be read and edited by people.

A text stands there in every language side by side, as `{en: …, th: …}`; a file that leaves one out must say so.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

CASE = Path(__file__).parent / "case"
NAMESPACE = uuid.UUID("5a1a0b6e-7c0e-5b52-9a57-0d6f1c1f2e90")
LANGUAGES = [code for code, _name in settings.LANGUAGES]
# In an order in which each finds what it points at; what was loaded last stands first among the newest.
EDITION_FOLDERS = ["actions", "practices", "visits", "adaptations", "workshops", "brochures", "case-studies"]
# Keys of a record's file that are not fields of its page.
META = {"key", "kind", "written_in", "institution", "source", "slug", "tags", "partly_translated"}


class CaseFileError(Exception):
    """A file of the case cannot be loaded as it is; the message says where and why."""


@dataclass(frozen=True)
class CaseFile:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(CASE).as_posix()

    @cached_property
    def text(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.text).hexdigest()

    @cached_property
    def data(self) -> Any:
        try:
            return yaml.load(self.text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (both are safe)
        except yaml.YAMLError as error:
            raise CaseFileError(f"{self.name}: {error}") from error

    @property
    def key(self) -> str:
        return self.data["key"]

    @property
    def fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.data.items() if name not in META}


def rows_file(name: str) -> CaseFile:
    return CaseFile(CASE / f"{name}.yaml")


def folder(name: str) -> list[CaseFile]:
    return [CaseFile(path) for path in sorted((CASE / name).glob("*.yaml"))]


def editions() -> list[CaseFile]:
    return [file for name in EDITION_FOLDERS for file in folder(name)]


def record_uuid(key: str) -> uuid.UUID:
    return uuid.uuid5(NAMESPACE, key)


def block_id(key: str, *path: str) -> str:
    """The id of a block for good: it follows from the record, the stream and the block's own key in the file."""
    return str(uuid.uuid5(NAMESPACE, "/".join((key, *path))))


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= set(LANGUAGES)
