"""Two hundred comments sent over twenty connections at once: none is lost, no number is given twice, the count is right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from exchange.discussion import services
from exchange.discussion.models import Post, Thread
from tests.factories.records import make_bare_record, make_user

PEOPLE, EACH = 20, services.FLOOD_LIMIT


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_write_into_one_thread_at_once():
    record = make_bare_record()
    authors = [make_user(f"Example Author{number}") for number in range(PEOPLE)]
    together = Barrier(PEOPLE)

    def write(author):
        try:
            together.wait()
            return [services.post_comment(record, author, f"{author.pk}: {number}").seq for number in range(EACH)]
        finally:
            connection.close()

    with ThreadPoolExecutor(PEOPLE) as pool:
        numbers = [seq for seqs in pool.map(write, authors) for seq in seqs]
    assert sorted(numbers) == list(range(1, PEOPLE * EACH + 1))
    assert Post.objects.count() == PEOPLE * EACH
    thread = Thread.objects.get()
    assert (thread.last_seq, thread.shown_count) == (PEOPLE * EACH, PEOPLE * EACH)
