"""One file that holds all of Sala: database, uploads, and a manifest with versions and digests. Nothing is restored that does not match it.

The database is copied first, in one moment, then the files: one uploaded meanwhile is too many in the backup, none is missing.
The signing key is no part of it: keep the secrets elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import django
import wagtail
from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config import databases
from exchange.people.models import User
from practices.catalogue.models import ContentEpoch

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files"
CHUNK = 1024 * 1024
# Python 3.11.3 and before do not know it; what is unpacked is not used before its digests are found right.
SAFELY = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}


class Refused(Exception):
    """Nothing was changed, and why."""


@dataclass(frozen=True)
class Manifest:
    format: int
    made: str
    versions: dict[str, str]
    vendor: str  # of the database, as Django calls it
    migrations: list[str]
    database: str  # SHA-256
    files: dict[str, str]  # name in the storage: SHA-256


def write(target: Path) -> Manifest:
    """The backup appears under its name when it is whole."""
    if target.exists():
        raise Refused(f"{target} exists.")
    partial = target.with_name(f"{target.name}.partial")
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch, tarfile.open(partial, "w:gz") as archive:
        dump = Path(scratch) / DATABASE
        databases.dump(dump)
        archive.add(dump, DATABASE)
        manifest = Manifest(
            format=FORMAT,
            made=datetime.now(UTC).isoformat(timespec="seconds"),
            versions={
                "python": platform.python_version(),
                "django": django.__version__,
                "wagtail": wagtail.__version__,
                "database": databases.version(),
            },
            vendor=connection.vendor,
            migrations=sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations),
            database=digest_of(dump),
            files=dict(_add_files(archive)),
        )
        described = Path(scratch) / MANIFEST
        described.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        archive.add(described, MANIFEST)
    partial.chmod(0o600)
    partial.rename(target)
    return manifest


def restore(source: Path, *, force: bool = False) -> Manifest:
    """Puts back database and files as they were, then brings the database level with this code and rebuilds the index.

    Web and worker must be stopped. Whatever is here already is lost, and so `force` must say that this is meant.
    """
    with unpacked(source) as folder:
        manifest = checked(folder)
        if not force and not is_empty():
            raise Refused("There are people or files here already. To lose them and restore the backup: --force")
        epoch = ContentEpoch.current() if _has_table(ContentEpoch) else 0
        databases.load(folder / DATABASE)
        for name in list(every_file()):
            default_storage.delete(name)
        for name in manifest.files:
            with (folder / FILES / name).open("rb") as content:
                saved = default_storage.save(name, File(content))
            if saved != name:
                raise RuntimeError(f"The storage named {name} {saved}.")
    call_command("migrate", verbosity=0, interactive=False)
    # Pages that a process kept under a later epoch than the backup's must not come back to life.
    ContentEpoch.objects.update_or_create(pk=1, defaults={"value": max(epoch, ContentEpoch.current()) + 1})
    call_command("search_index", "rebuild", verbosity=0)
    return manifest


@contextmanager
def unpacked(source: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(dir=source.parent) as scratch:
        try:
            with tarfile.open(source) as archive:
                archive.extractall(scratch, **SAFELY)  # noqa: S202
        except (OSError, EOFError, tarfile.TarError) as error:
            raise Refused(f"{source} is not a whole backup: {error}") from error
        yield Path(scratch)


def checked(folder: Path) -> Manifest:
    """The manifest of an unpacked backup that this code can read and whose every part is as it was."""
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text()))
    except (OSError, ValueError, TypeError) as error:
        raise Refused(f"The backup has no manifest that can be read: {error}") from error
    if manifest.format != FORMAT:
        raise Refused(f"The backup has format {manifest.format}; this version of Sala reads format {FORMAT}.")
    if manifest.vendor != connection.vendor:
        raise Refused(f"The backup is of {manifest.vendor}, and the database here is {connection.vendor}.")
    known = {".".join(key) for key in MigrationLoader(None, ignore_no_migrations=True).disk_migrations}
    if unknown := sorted(set(manifest.migrations) - known):
        raise Refused(f"The backup was made by a later version of Sala; unknown here: {', '.join(unknown)}")
    parts = {DATABASE: manifest.database} | {f"{FILES}/{name}": digest for name, digest in manifest.files.items()}
    for name, digest in parts.items():
        part = folder / name
        if not part.is_file() or digest_of(part) != digest:
            raise Refused(f"{name} is missing from the backup or was changed.")
    return manifest


def is_empty() -> bool:
    """No people and no files; what migrations put into a new database does not count."""
    return not (_has_table(User) and User.objects.exists()) and next(every_file(), None) is None


def every_file(folder: str = "") -> Iterator[str]:
    """The names of all files in the storage."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was uploaded yet
        return
    for name in sorted(files):
        yield f"{folder}/{name}" if folder else name
    for name in sorted(folders):
        yield from every_file(f"{folder}/{name}" if folder else name)


def digest_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _add_files(archive: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    for name in every_file():
        with tempfile.TemporaryFile() as copy:
            try:
                with default_storage.open(name) as content:
                    shutil.copyfileobj(content, copy, CHUNK)
            except FileNotFoundError:  # deleted since it was listed
                continue
            yield name, _add(archive, f"{FILES}/{name}", copy)


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes]) -> str:
    """Adds the content from its beginning; gives its digest."""
    member = tarfile.TarInfo(name)
    member.size, member.mode = content.tell(), 0o600
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256").hexdigest()
    content.seek(0)
    archive.addfile(member, content)
    return digest


def _has_table(model: type) -> bool:
    return model._meta.db_table in connection.introspection.table_names()  # type: ignore[attr-defined]
