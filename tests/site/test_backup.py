"""A backup puts every row and every file back, on both databases, and nothing is touched where it cannot."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from config import backup
from config.environment import ROOT
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

pytestmark = pytest.mark.django_db
# What a restored site may say differently: its pages' epoch is a later one, and its index was built anew.
MAY_DIFFER = {
    "catalogue_contentepoch",
    *(f"search_{model}" for model in ("searchrun", "searchrecord", "searchclock", "searchtitle")),
}

FILL = """
from django.core.files.base import ContentFile
from media.models import SalaDocument
from tests.factories.editions import make_practice
from tests.factories.people import make_institution, make_person
make_person(name="สมศรี ตัวอย่าง")
make_practice(make_institution("example-home"), title="A house of their own, an example")
SalaDocument.objects.create(title="Example", file=ContentFile(bytes(range(256)) * 40, "ตัวอย่าง.pdf"))
"""
ASK = """
from media.models import SalaDocument
from exchange.people.models import User
document = SalaDocument.objects.get()
print(User.objects.get().get_full_name(), document.file.read() == bytes(range(256)) * 40)
"""


@dataclass(frozen=True)
class Site:
    """One more Sala: a database and a folder of its own."""

    folder: Path
    database: str

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        own = {"SALA_VAR": str(self.folder), "DATABASE_URL": self.database, "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
        keep = {name: value for name, value in os.environ.items() if name != "ELASTICSEARCH_URL"}
        settings = {"DJANGO_SETTINGS_MODULE": "config.settings.development"}
        command = [sys.executable, "site/manage.py", *arguments]
        return subprocess.run(command, cwd=ROOT, env={**keep, **own, **settings}, capture_output=True, text=True)

    def run(self, code: str) -> str:
        done = self.manage("shell", "-v", "0", "-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self) -> dict[str, list[str]]:
        """Every table, its rows in a settled order."""
        return json.loads(
            self.run(
                "import json\n"
                "from django.db import connection\n"
                "cursor, found = connection.cursor(), {}\n"
                "for table in connection.introspection.table_names():\n"
                "    cursor.execute(f'SELECT * FROM \"{table}\"')\n"
                "    found[table] = sorted(map(repr, cursor.fetchall()))\n"
                "print(json.dumps(found))"
            )
        )

    def files(self) -> dict[str, bytes]:
        media = self.folder / "media"
        return {str(path.relative_to(media)): path.read_bytes() for path in media.rglob("*") if path.is_file()}


@pytest.fixture
def make_site(tmp_path: Path, own_database, django_db_blocker) -> Iterator[Callable[[str], Site]]:
    """A migrated Sala without people, as `docker compose up` leaves it the first time."""
    made: list[str] = []

    def make(name: str) -> Site:
        folder = tmp_path / name
        folder.mkdir()
        if connection.vendor == "sqlite":
            (folder / "db.sqlite3").write_bytes(own_database.template.read_bytes())
            return Site(folder, f"sqlite:///{folder / 'db.sqlite3'}")
        settings = connection.settings_dict
        database = f"backup_{os.getpid()}_{name}"
        own_database.copy(database)
        made.append(database)
        return Site(folder, f"postgres://{settings['USER']}@{settings['HOST']}:{settings['PORT']}/{database}")

    yield make
    for database in made:
        own_database.remove(database)


@pytest.fixture
def filled(make_site) -> Site:
    site = make_site("filled")
    site.run(FILL)
    return site


@pytest.fixture
def archive(filled: Site, tmp_path: Path) -> Path:
    done = filled.manage("backup", str(tmp_path / "sala.tar.gz"))
    assert done.returncode == 0, done.stderr
    return tmp_path / "sala.tar.gz"


@pytest.fixture
def own_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Of the tests' own database, which no refused restore may touch."""
    monkeypatch.setattr(backup.databases, "load", lambda source: pytest.fail("The database was touched."))
    default_storage.save("documents/example.txt", ContentFile(b"An example."))
    backup.write(tmp_path / "own.tar.gz")
    yield tmp_path / "own.tar.gz"
    assert default_storage.exists("documents/example.txt")


def test_everything_is_back_in_an_empty_site_and_a_full_one_is_left_alone_but_by_force(filled, archive, make_site):
    empty = make_site("empty")
    done = empty.manage("restore", str(archive))
    assert done.returncode == 0, done.stderr
    assert empty.run(ASK) == "สมศรี ตัวอย่าง True\n"
    assert len(empty.files()) == 1
    _assert_same(empty, filled)
    assert "No difference." in empty.manage("search_index", "verify").stdout

    empty.run("from exchange.people.models import User; User.objects.update(first_name='Somebody Else')")
    (empty.folder / "media" / "stray.txt").write_text("not in the backup")
    before = empty.rows(), empty.files()
    refused = empty.manage("restore", str(archive))
    assert refused.returncode != 0
    assert "--force" in refused.stderr
    assert (empty.rows(), empty.files()) == before

    forced = empty.manage("restore", str(archive), "--force")
    assert forced.returncode == 0, forced.stderr
    _assert_same(empty, filled)
    epoch = "from practices.catalogue.models import ContentEpoch; print(ContentEpoch.current())"
    assert int(empty.run(epoch)) > int(filled.run(epoch))


def _assert_same(restored: Site, original: Site) -> None:
    ours, theirs = restored.rows(), original.rows()
    assert {name for name in ours.keys() | theirs.keys() if ours.get(name) != theirs.get(name)} <= MAY_DIFFER
    assert restored.files() == original.files()


def _changed(archive: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The same archive, each part as `change` gives it back, without those that it gives None for."""
    target = archive.with_name("changed.tar.gz")
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as copy:
        for member in source.getmembers():
            content = change(member.name, source.extractfile(member).read())
            if content is not None:
                member.size = len(content)
                copy.addfile(member, io.BytesIO(content))
    return target


def _with_manifest(**changes: object) -> Callable[[str, bytes], bytes]:
    return lambda name, content: (
        json.dumps({**json.loads(content), **changes}).encode() if name == "manifest.json" else content
    )


@pytest.mark.parametrize(
    ("explained", "change"),
    [
        ("was changed", lambda name, content: content + b"x" if name.startswith("files/") else content),
        ("was changed", lambda name, content: content[:-1] if name == "database" else content),
        ("is missing", lambda name, content: None if name.startswith("files/") else content),
        ("no manifest", lambda name, content: None if name == "manifest.json" else content),
        ("later version", _with_manifest(migrations=["people.9999_from_tomorrow"])),
        ("is of mysql", _with_manifest(vendor="mysql")),
        ("format 99", _with_manifest(format=99)),
    ],
)
def test_a_backup_that_is_not_what_it_was_or_not_for_here_is_refused(own_archive, explained, change):
    with pytest.raises(backup.Refused, match=explained):
        backup.restore(_changed(own_archive, change), force=True)


def test_half_a_backup_is_refused(own_archive):
    own_archive.write_bytes(own_archive.read_bytes()[:2000])
    with pytest.raises(backup.Refused, match="not a whole backup"):
        backup.restore(own_archive, force=True)


def test_a_backup_takes_the_place_of_no_file(own_archive):
    with pytest.raises(backup.Refused, match="exists"):
        backup.write(own_archive)
