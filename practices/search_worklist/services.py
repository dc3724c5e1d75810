"""Notes what was asked and opened, and forgets it in time. A note that would have to wait is not written."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from practices.search.normalise import fold

from .models import SHOWN_FROM, Asking, HashKey, SearchQuestion
from .rules import hashed, may_be_kept

logger = logging.getLogger(__name__)
PERIOD = datetime.timedelta(days=30)
KEPT = datetime.timedelta(days=365)  # what enough readers asked
PATIENCE_MS = 50
# The same reader and question are noted once in this time, whatever is pressed.
ONCE_IN_S = 3600


def note_search(text: str, language: str, found: int, who: str) -> None:
    """`who` tells readers apart and is hashed here; `found` is the number of records."""
    folded = fold(text)
    if not may_be_kept(folded):
        return
    with _briefly(_seen_key(f"asked {bool(found)}", folded, language, who)) as may_write:
        if may_write:
            question, _ = SearchQuestion.objects.get_or_create(text=folded, language=language)
            question.found, question.last_asked = found, timezone.now()
            _count(question, who)


def note_open(text: str, language: str, who: str, opened: bool) -> None:
    """A reader saw the page, which may have come from a cache, or opened a record on it. Makes no question of its own."""
    folded = fold(text)
    with _briefly(_seen_key(f"opened {opened}", folded, language, who)) as may_write:
        if may_write and (question := SearchQuestion.objects.filter(text=folded, language=language).first()):
            _count(question, who, opened)


def forget() -> None:
    """Throws away old keys with all that was hashed by them, and questions that too few have asked."""
    now = timezone.now()
    with transaction.atomic():
        HashKey.objects.filter(made__lt=now - PERIOD).delete()
        SearchQuestion.objects.filter(readers__lt=SHOWN_FROM, last_asked__lt=now - PERIOD).delete()
        SearchQuestion.objects.filter(last_asked__lt=now - KEPT).delete()


def _count(question: SearchQuestion, who: str, opened: bool = False) -> None:
    key = (
        HashKey.objects.filter(made__gte=timezone.now() - PERIOD).order_by("-made").first() or HashKey.objects.create()
    )
    asking, _ = Asking.objects.get_or_create(question=question, key=key, reader_hash=hashed(key.secret, who))
    if opened and not asking.clicked:
        asking.clicked = True
        asking.save(update_fields=["clicked"])
    askings = Asking.objects.filter(question=question, key=key)
    question.readers = max(question.readers, askings.count())
    question.clicked = askings.filter(clicked=True).count()
    question.save(update_fields=["found", "last_asked", "readers", "clicked"])


def _seen_key(what: str, text: str, language: str, who: str) -> str:
    return "search-worklist-" + hashed(f"{what} {language}", f"{text}\n{who}")


@contextmanager
def _briefly(seen_key: str) -> Iterator[bool]:
    """A transaction that gives up where it would have to wait. Yields whether to write: not what was noted just now."""
    if not cache.add(seen_key, True, ONCE_IN_S):
        yield False
        return
    is_sqlite = connection.vendor == "sqlite"
    try:
        if is_sqlite and not connection.in_atomic_block:
            _sqlite_patience(PATIENCE_MS)
        with transaction.atomic():
            if not is_sqlite:
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE_MS}")
            yield True
    except DatabaseError as error:
        cache.delete(seen_key)
        logger.info("A search was not noted: %s", error)
    finally:
        if is_sqlite and not connection.in_atomic_block:
            _sqlite_patience(int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000))


def _sqlite_patience(milliseconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {milliseconds}")
