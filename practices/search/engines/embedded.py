"""The embedded engine: SQLite's FTS5 in the same file and transaction as the records.

`tokenize='ascii'` keeps every character beyond ASCII, so Thai marks survive; the tokens are ours and only split at spaces.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.db import DatabaseError, connection

from ..idsets import parse_ids
from ..plan import Unit
from . import base
from .database import STARTS_READ, DatabaseEngine
from .matching import Posting

_TABLES = {
    "search_fts": "analysed_title, analysed_body",
    "search_fts_titles": "analysed_title",
}
CREATE = [
    f"CREATE VIRTUAL TABLE {table} USING fts5({columns}, content='search_searchtext', content_rowid='record_id',"
    " tokenize='ascii')"
    for table, columns in _TABLES.items()
]
DROP = [f"DROP TABLE {table}" for table in _TABLES]


class EmbeddedEngine(DatabaseEngine):
    name = "embedded"

    def index(self, entries: Sequence[base.Entry]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO search_fts(rowid, analysed_title, analysed_body) VALUES (%s, %s, %s)",
                [(entry.record_id, entry.analysed_title, entry.analysed_body) for entry in entries],
            )
            cursor.executemany(
                "INSERT INTO search_fts_titles(rowid, analysed_title) VALUES (%s, %s)",
                [(entry.record_id, entry.analysed_title) for entry in entries],
            )

    def remove(self, record_ids: Sequence[int]) -> None:
        """FTS5 must be told the old text of a row of another table, or it would keep its words."""
        places = ", ".join(["%s"] * len(record_ids))
        with connection.cursor() as cursor:
            for table, columns in _TABLES.items():
                cursor.execute(
                    f"INSERT INTO {table}({table}, rowid, {columns}) SELECT 'delete', record_id, {columns}"  # noqa: S608
                    f" FROM search_searchtext WHERE record_id IN ({places})",
                    list(record_ids),
                )

    def repair(self) -> None:
        with connection.cursor() as cursor:
            for table in _TABLES:
                cursor.execute(f"INSERT INTO {table}({table}) VALUES ('rebuild')")  # noqa: S608

    def is_sound(self) -> bool:
        with connection.cursor() as cursor, suppress(DatabaseError):
            for table in _TABLES:
                cursor.execute(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
            return True
        return False

    def _read(self, unit: Unit) -> Posting:
        expression = f'"{" ".join(unit.cuts)}"' + (" *" if unit.prefix else "")
        with connection.cursor() as cursor:
            sets = []
            for table in _TABLES:
                cursor.execute(
                    f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH %s",  # noqa: S608
                    [expression],
                )
                sets.append(parse_ids(cursor.fetchone()[0]))
        return Posting(*sets)

    def _starts(self, typed: str) -> Iterable[tuple[int, str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT record_id, language, position FROM search_searchtitle WHERE start >= %s AND start < %s"
                " ORDER BY start LIMIT %s",
                [typed, typed + "\U0010ffff", STARTS_READ],
            )
            return cursor.fetchall()
