"""Whatever becomes of the search server, a question is answered, in time, and the server is asked again when it may be well."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from practices.access.reader import ANONYMOUS, Reader
from practices.access.rules import Visibility
from practices.search import outbox, sync
from practices.search.engines import answering_engine, breaker
from practices.search.engines.base import Request, Result
from practices.search.engines.breaker import Breaker
from practices.search.engines.elasticsearch import engine as server_engine
from practices.search.engines.elasticsearch import indices
from practices.search.models import SearchRecord, SendFailure
from practices.search.plan import make_plan
from practices.search.query import parse
from practices.search.vocabulary import Vocabulary

BUDGET_S = 1.0
# What a busy machine may add; without a budget it would be half a minute.
SLACK_S = 3.0


def ask(typed: str = "housing", reader: Reader = ANONYMOUS) -> tuple[Result, float]:
    started = time.monotonic()
    result = answering_engine().search(Request(reader, make_plan(parse(typed), Vocabulary())))
    return result, time.monotonic() - started


@contextmanager
def listening(answer: bytes = b"", accepted: list[socket.socket] | None = None) -> Iterator[str]:
    """The address of a server that accepts everything and says always the same, or nothing at all."""
    kept = [] if accepted is None else accepted
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                kept.append(connection)
                if answer:
                    connection.recv(65_536)
                    connection.sendall(answer)
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)


def test_a_breaker_lets_one_caller_try_after_each_rest():
    now = [0.0]
    guard = Breaker("It", lambda: now[0])
    assert guard.lets_through()
    assert guard.lets_through()
    guard.failed(TimeoutError())
    assert not guard.lets_through()
    now[0] = 1.0
    assert [guard.lets_through() for _ in range(3)] == [True, False, False]
    guard.failed(TimeoutError())
    now[0] = 2.5
    assert not guard.lets_through(), "the second rest is longer"
    now[0] = 3.0
    assert guard.lets_through()
    guard.succeeded()
    assert guard.lets_through()
    assert not guard.is_open


def test_a_rest_has_an_end_however_often_it_failed():
    now = [0.0]
    guard = Breaker("It", lambda: now[0])
    for _ in range(30):
        guard.failed(TimeoutError())
    now[0] = breaker.LONGEST_REST_S
    assert guard.lets_through()


def test_a_silent_server_costs_no_more_than_the_budget_and_the_next_question_nothing(
    records, settings, caplog, monkeypatch
):
    record = records.put({"en": "Housing"})
    monkeypatch.setattr(breaker, "FIRST_REST_S", 60.0)  # however slow this machine is
    connections: list[socket.socket] = []
    with listening(accepted=connections) as address:
        settings.ELASTICSEARCH_URL = [address]
        result, seconds = ask()
        assert ([hit.record_id for hit in result.hits], result.fallback) == ([record.pk], True)
        assert BUDGET_S / 2 < seconds < BUDGET_S + SLACK_S
        asked = len(connections)
        assert ask()[0].fallback
        assert len(connections) == asked
    said = [line for line in caplog.records if line.name == breaker.logger.name]
    assert [line.levelno for line in said] == [logging.WARNING], "said once"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Elastic-Product: Elasticsearch\r\nContent-Length: 9\r\n\r\n{broken",
        b"nonsense",
    ],
)
def test_an_answer_that_is_none_is_made_good_by_the_database(records, settings, answer):
    record = records.put({"en": "Housing"})
    with listening(answer) as address:
        settings.ELASTICSEARCH_URL = [address]
        result, seconds = ask()
        assert ([hit.record_id for hit in result.hits], result.fallback) == ([record.pk], True)
        assert answering_engine().more_like_this(record.pk, ANONYMOUS, "en") == []
        assert answering_engine().suggest("hou", "en", ANONYMOUS)[0].record_id == record.pk
        assert seconds < BUDGET_S + SLACK_S
        assert answering_engine().breaker.is_open


@pytest.mark.elasticsearch
def test_one_node_of_several_that_is_gone_is_not_noticed_by_readers(records, settings, search_server):
    indices.ensure(search_server)
    record = records.put({"en": "Housing"})
    with listening() as gone:
        pass
    settings.ELASTICSEARCH_URL = [gone, *settings.TEST_ELASTICSEARCH_URL]
    for _ in range(4):
        result, _ = ask()
        assert ([hit.record_id for hit in result.hits], result.fallback) == ([record.pk], False)


@pytest.mark.elasticsearch
def test_a_server_without_an_index_is_asked_again_when_it_has_one(records, search_server, monkeypatch, caplog):
    monkeypatch.setattr(breaker, "FIRST_REST_S", 0.05)
    records.put({"en": "Housing"})
    assert ask()[0].fallback
    indices.ensure(search_server)
    SendFailure.objects.all().delete()  # so that it is not waited for
    assert sync.send() == 1
    time.sleep(0.06)
    result, _ = ask()
    assert (result.total, result.fallback) == (1, False)
    assert [line.getMessage() for line in caplog.records if "answers again" in line.getMessage()]


@pytest.mark.elasticsearch
def test_what_was_hidden_or_deleted_is_not_counted_before_the_server_has_heard(records, search_server, monkeypatch):
    indices.ensure(search_server)
    kept, hidden, gone = (records.put({"en": "Housing"}, facets={"tag": [tag]}) for tag in ("a", "b", "c"))
    assert ask()[0].total == 3
    monkeypatch.setattr(outbox, "announce", lambda: None)
    hidden.visibility = Visibility.MEMBERS
    hidden.save()
    records.change(hidden, titles={"en": "Housing"})
    gone.delete()
    assert set(SearchRecord.objects.waiting().values_list("pk", flat=True)) == {hidden.pk, hidden.pk + 1}
    result, _ = ask()
    assert ([hit.record_id for hit in result.hits], result.total, result.facets["tag"]) == ([kept.pk], 1, {"a": 1})
    assert not result.fallback
    assert ask(reader=Reader(user_id=1))[0].total == 2
    assert answering_engine().more_like_this(kept.pk, ANONYMOUS, "en") == []


@pytest.mark.elasticsearch
def test_a_server_that_has_much_to_hear_leaves_the_answer_to_the_database(records, search_server, monkeypatch):
    monkeypatch.setattr(server_engine, "MOST_WAITING", 1)
    monkeypatch.setattr(outbox, "announce", lambda: None)
    indices.ensure(search_server)
    for number in range(3):
        records.put({"en": f"Housing {number}"})
    result, _ = ask()
    assert (result.total, result.fallback) == (3, True)
    sync.send()
    assert not ask()[0].fallback, "that it was behind is no fault to rest from"
