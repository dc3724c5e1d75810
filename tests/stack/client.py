"""A browser's part in a load: one connection kept open, as readers do, over the proxy's https."""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlsplit

TRUSTING = ssl._create_unverified_context()  # the stack makes its certificate itself


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


def ask(
    url: str, path: str, method: str = "GET", body: bytes | None = None, headers: dict[str, str] | None = None
) -> Answer:
    """One request on a connection of its own."""
    connection = connect(url)
    try:
        return request(connection, method, path, body, headers)
    finally:
        connection.close()


def connect(url: str) -> http.client.HTTPConnection:
    address = urlsplit(url)
    assert address.hostname in ("localhost", "127.0.0.1")
    if address.scheme == "https":
        return http.client.HTTPSConnection(address.hostname, address.port, timeout=60, context=TRUSTING)
    return http.client.HTTPConnection(address.hostname, address.port, timeout=60)


def request(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return Answer(answer.status, answer.headers, answer.read())


@dataclass
class Load:
    """Readers who ask one page after the other and now and then send a form, until told to stop or for `longest` seconds."""

    url: str
    pages: list[str]
    form: tuple[str, bytes]
    readers: int = 6
    longest: float = 240
    answers: Counter = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def __enter__(self) -> Load:
        self.stopping = threading.Event()
        self.ends = time.monotonic() + self.longest
        self.threads = [threading.Thread(target=self._read, args=(number,)) for number in range(self.readers)]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopping.set()
        for thread in self.threads:
            thread.join()

    def _read(self, number: int) -> None:
        connection = connect(self.url)
        turn = number
        while not self.stopping.is_set() and time.monotonic() < self.ends:
            turn += 1
            is_form = turn % 5 == 0
            path = self.form[0] if is_form else f"{self.pages[turn % len(self.pages)]}?reader={number}-{turn}"
            try:
                answer = self._send(connection, path, is_form)
            except (OSError, http.client.HTTPException) as error:
                self.failures.append(f"{path}: {type(error).__name__} {error}")
                connection = connect(self.url)
                continue
            kind = "form" if is_form else "page"
            self.answers[kind, answer.status] += 1
            if answer.status != (302 if is_form else 200):
                self.failures.append(f"{path}: {answer.status}")
            if answer.headers.get("Connection") == "close":
                connection = connect(self.url)

    def _send(self, connection: http.client.HTTPConnection, path: str, is_form: bool) -> Answer:
        if not is_form:
            return request(connection, "GET", path)
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return request(connection, "POST", path, self.form[1], kind)
