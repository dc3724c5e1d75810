"""One kept-alive connection that asks and measures. The client's own processor time is taken off, so that ratios are fair."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass
from urllib.parse import quote


class Failed(Exception):
    pass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def queries(self) -> int:
        return int(self.headers["x-queries"])


class Client:
    def __init__(self, port: int, session: str = "") -> None:
        self.session = session
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self, path: str, *, count: bool = False) -> Answer:
        """`count` has the server tell its queries, which costs time: not for what is timed."""
        lines = [f"GET {quote(path, safe='/?=&%+:')} HTTP/1.1", "Host: localhost"]
        lines += [f"Cookie: sessionid={self.session}"] if self.session else []
        lines += ["X-Count: 1"] if count else []
        request = ("\r\n".join(lines) + "\r\n\r\n").encode()
        began, own = time.perf_counter(), time.thread_time()
        self._socket.sendall(request)
        head, body = self._read()
        seconds = (time.perf_counter() - began) - (time.thread_time() - own)
        first, *rest = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value for name, _colon, value in (line.partition(": ") for line in rest)}
        return Answer(int(first.split()[1]), headers, body, seconds)

    def _read(self) -> tuple[bytes, bytes]:
        received = bytearray()
        while (end := received.find(b"\r\n\r\n")) < 0:
            received += self._more()
        head = bytes(received[:end])
        at = head.lower().find(b"content-length:")
        if at < 0:
            raise Failed("an answer without a length")
        length = int(head[at + 15 :].split(b"\r\n", 1)[0])
        while len(received) < end + 4 + length:
            received += self._more()
        return head, bytes(received[end + 4 :])

    def _more(self) -> bytes:
        found = self._socket.recv(262_144)
        if not found:
            raise Failed("the server closed the connection")
        return found

    def ok(self, path: str, *, count: bool = False) -> Answer:
        answer = self.get(path, count=count)
        if answer.status != 200:
            raise Failed(f"{path} answers {answer.status}: {answer.body[:300]!r}")
        return answer

    def close(self) -> None:
        self._socket.close()
