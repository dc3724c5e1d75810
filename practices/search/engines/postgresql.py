"""The PostgreSQL engine: a narrow table of our cuts and of all their neighbour pairs.

GIN holds no positions, so a phrase with `<->` rereads every candidate; as an AND of its pairs it is answered by the index.
A tsvector has an upper size, so a long text is kept in parts that overlap by more than the longest phrase.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from django.db import connection, transaction
from pyroaring import BitMap

from ..idsets import as_bitmap
from ..plan import Unit
from . import base
from .database import STARTS_READ, DatabaseEngine
from .matching import Posting

PART, OVERLAP = 10_000, 50
# All pairs of a longer phrase may stand in a text though the phrase does not; so many records are read to be sure. With
# more, it is one in a thousand, and reading them would take longer than the search.
READ_AGAIN = 2_000
_TEXTS, _TITLES = "search_tokens", "search_title_tokens"
CREATE = [
    statement
    for table in (_TEXTS, _TITLES)
    for statement in (
        f"CREATE TABLE {table} (record_id integer NOT NULL, tsv tsvector NOT NULL) WITH (toast_tuple_target = 128)",
        f"CREATE INDEX {table}_record ON {table} (record_id)",
        f"CREATE INDEX {table}_tsv ON {table} USING gin (tsv) WITH (fastupdate = off)",
    )
]
DROP = [f"DROP TABLE {table}" for table in (_TEXTS, _TITLES)]


class PostgresEngine(DatabaseEngine):
    name = "postgresql"

    def index(self, entries: Sequence[base.Entry]) -> None:
        with connection.cursor() as cursor:
            for table, rows in (
                (_TEXTS, [(e.record_id, f"{e.analysed_title} ¶ {e.analysed_body}") for e in entries]),
                (_TITLES, [(e.record_id, e.analysed_title) for e in entries]),
            ):
                cursor.executemany(
                    f"INSERT INTO {table} (record_id, tsv) VALUES (%s, array_to_tsvector(%s::text[]))",  # noqa: S608
                    [(key, lexemes) for key, text in rows for lexemes in _parts(text)],
                )

    def remove(self, record_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            for table in (_TEXTS, _TITLES):
                cursor.execute(f"DELETE FROM {table} WHERE record_id = ANY(%s)", [list(record_ids)])  # noqa: S608

    def repair(self) -> None:
        with connection.cursor() as cursor:
            for table in (_TEXTS, _TITLES):
                cursor.execute(
                    f"DELETE FROM {table} WHERE record_id NOT IN (SELECT record_id FROM search_searchtext)"  # noqa: S608
                )

    def is_sound(self) -> bool:
        with connection.cursor() as cursor:
            for table in (_TEXTS, _TITLES):
                cursor.execute(
                    f"SELECT EXISTS (SELECT FROM search_searchtext FULL JOIN {table} USING (record_id)"  # noqa: S608
                    f" WHERE search_searchtext.analysed_title IS NULL OR {table}.tsv IS NULL)"
                )
                if cursor.fetchone()[0]:
                    return False
        return True

    def _read(self, unit: Unit) -> Posting:
        query = " & ".join(_lexemes(unit))
        with transaction.atomic(), connection.cursor() as cursor:
            # The planner would read the whole table for a frequent cut, and its texts with it.
            cursor.execute("SET LOCAL enable_seqscan = off")
            sets = []
            for table in (_TEXTS, _TITLES):
                cursor.execute(
                    f"SELECT string_agg(int4send(record_id), '') FROM {table} WHERE tsv @@ %s::tsquery",  # noqa: S608
                    [query],
                )
                raw = cursor.fetchone()[0]
                sets.append(as_bitmap(np.frombuffer(bytes(raw), dtype=">u4")) if raw else BitMap())
            found = Posting(*sets)
            may_be_apart = len(unit.cuts) > 2 and found.everywhere
            return _read_again(cursor, unit, found) if may_be_apart and len(found.everywhere) <= READ_AGAIN else found

    def _starts(self, typed: str) -> Iterable[tuple[int, str, int]]:
        with connection.cursor() as cursor:
            cursor.execute(
                'SELECT record_id, language, position FROM search_searchtitle WHERE start >= %s COLLATE "C"'
                ' AND start < %s COLLATE "C" ORDER BY start LIMIT %s',
                [typed, typed + "\U0010ffff", STARTS_READ],
            )
            return cursor.fetchall()


def _read_again(cursor: Any, unit: Unit, found: Posting) -> Posting:
    """Those of the records in which the pairs do stand together."""
    phrase = f" {' '.join(unit.cuts)}" + ("" if unit.prefix else " ")
    cursor.execute(
        "SELECT record_id, strpos(' ' || analysed_title || ' ', %s) > 0 FROM search_searchtext WHERE record_id = ANY(%s)"
        " AND (strpos(' ' || analysed_title || ' ', %s) > 0 OR strpos(' ' || analysed_body || ' ', %s) > 0)",
        [phrase, list(found.everywhere), phrase, phrase],
    )
    rows = cursor.fetchall()
    return Posting(BitMap(key for key, _ in rows), BitMap(key for key, in_title in rows if in_title))


def _parts(text: str) -> Iterator[list[str]]:
    cuts = text.split()
    for start in range(0, max(len(cuts) - OVERLAP, 1), PART):
        part = cuts[start : start + PART + OVERLAP]
        yield sorted({*part, *(f"{a}+{b}" for a, b in pairwise(part))})


def _lexemes(unit: Unit) -> list[str]:
    """Quoted lexemes of which a record must have all. Our cuts hold neither quotes nor backslashes."""
    cuts = unit.cuts
    wanted = [f"{a}+{b}" for a, b in pairwise(cuts)] or [cuts[0]]
    quoted = [f"'{lexeme}'" for lexeme in wanted]
    return [*quoted[:-1], quoted[-1] + (":*" if unit.prefix else "")]
