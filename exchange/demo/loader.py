"""Loads the real case in one transaction: rows that others point at first, then pages, people and needs.

A file that has not changed since it was loaded is not looked at again, so that what people have edited stays as they left it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale

from practices.catalogue.models import HomePage, Institution, Record, StandardPage
from practices.catalogue.projection import edition_class
from practices.catalogue.services import create_record, ensure_folders

from . import small_rows
from .case_files import CaseFile, CaseFileError, editions, folder, record_uuid, rows_file
from .examples import write_comments, write_lists, write_needs
from .models import LoadedFile
from .pages import write_page
from .people import write_people
from .stream_values import Rows
from .waiting_tasks import drop_repeated_tasks

Report = Callable[[str], None]


@dataclass
class Outcome:
    """What one load did: files by kind, how many of them changed something."""

    read: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)


@dataclass
class Loader:
    report: Report
    with_examples: bool = True
    rows: Rows = field(default_factory=Rows)
    outcome: Outcome = field(default_factory=Outcome)
    loaded: dict[str, str] = field(default_factory=dict)

    def load(self) -> Outcome:
        with transaction.atomic():
            self.loaded = dict(LoadedFile.objects.values_list("path", "digest"))
            for name, write in small_rows.BEFORE_PAGES.items():
                self._rows(name, write)
            examples = folder("examples") if self.with_examples else []
            self._make_records([file for file in [*editions(), *examples] if self._is_fresh(file)])
            if self.with_examples:
                self._rows("people", write_people)
                self._rows("needs", write_needs)
            for file in [*examples, *editions()]:  # the real case last, so that it stands first among the newest
                self._file(file, file.path.parent.name, self._edition)
            for file in folder("pages"):
                self._file(file, "pages", self._page)
            if self.with_examples:
                self._rows("comments", write_comments)
                self._rows("lists", write_lists)
            drop_repeated_tasks()
        return self.outcome

    def _rows(self, name: str, write: small_rows.Write) -> None:
        self._file(rows_file(name), name, lambda file: write(file.data, self.rows))

    def _is_fresh(self, file: CaseFile) -> bool:
        return self.loaded.get(file.name) != file.digest

    def _file(self, file: CaseFile, kind: str, write: Callable[[CaseFile], bool]) -> None:
        self.outcome.read[kind] += 1
        if not self._is_fresh(file):
            return
        try:
            changed = write(file)
        except (ValidationError, ArithmeticError, LookupError, ValueError) as error:
            raise CaseFileError(f"{file.name}: {error!r}") from error
        if changed:
            self.outcome.changed[kind] += 1
            self.report(file.name)
        LoadedFile.objects.update_or_create(path=file.name, defaults={"digest": file.digest})

    def _make_records(self, files: list[CaseFile]) -> None:
        """All records before any page, since pages point at each other's in both directions."""
        present = set(
            Record.objects.filter(uuid__in=[record_uuid(f.key) for f in files]).values_list("uuid", flat=True)
        )
        for file in files:
            if record_uuid(file.key) not in present:
                record = create_record(
                    file.data["kind"],
                    uuid=record_uuid(file.key),
                    institution=self.rows.get(Institution, file.data["institution"]),
                    source_language=file.data["written_in"],
                    is_example=file.data.get("is_example", False),
                )
                record.tags.set(file.data.get("tags", []))

    def _edition(self, file: CaseFile) -> bool:
        record = Record.objects.select_related("institution").get(uuid=record_uuid(file.key))
        model = edition_class(file.data["kind"])
        locale = Locale.objects.get(language_code=file.data["written_in"])
        page = model.objects.filter(record=record, locale=locale).first()
        new = model(record=record, locale=locale, translation_key=record.uuid, slug=file.data.get("slug", file.key))
        parent = ensure_folders(record.institution)[locale.language_code]
        return write_page(file, self.rows, page, new, parent)

    def _page(self, file: CaseFile) -> bool:
        locale = Locale.objects.get(language_code=file.data["written_in"])
        home = HomePage.objects.get(locale=locale)
        if file.data["kind"] == "home":
            return write_page(file, self.rows, home, home, home)
        page = StandardPage.objects.child_of(home).filter(slug=file.key).first()
        return write_page(file, self.rows, page, StandardPage(locale=locale, slug=file.key), home)
