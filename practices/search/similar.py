"""Records like one that is being read, for the reader who reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from practices.access.reader import Reader
from practices.catalogue.models import Record

from .engines import answering_engine
from .engines.base import Hit, Result
from .hits import ShownHit, show_hits
from .questions import active_language
from .wordbook import current


@dataclass(frozen=True, slots=True)
class Similar:
    record: Record
    hits: Sequence[ShownHit]


def similar_to(code: str, reader: Reader) -> Similar | None:
    """None where this reader may not see the record itself."""
    record = Record.objects.published().visible_to(reader).for_cards().filter(code=code.upper()).first()
    if record is None:
        return None
    language = active_language()
    ids = answering_engine().more_like_this(record.pk, reader, language)
    found = Result(len(ids), [Hit(key) for key in ids], {})
    return Similar(record, show_hits(found, None, reader, language, current()))
