"""A wire to the search server that can be held: what the server answers to a bulk request then stays on the way.

So a worker can be killed when the server has its records and before it knows of it, with nothing in the site made for that.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Proxy:
    def __init__(self, target: int) -> None:
        self._target = target
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.held = threading.Event()
        # Set once the server has answered a bulk request and the answer is being kept back.
        self.answered = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def hold(self) -> None:
        self.answered.clear()
        self.held.set()

    def let_go(self) -> None:
        self.held.clear()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
                is_bulk = threading.Event()
                threading.Thread(target=self._asked, args=(near, far, is_bulk), daemon=True).start()
                threading.Thread(target=self._answers, args=(far, near, is_bulk), daemon=True).start()

    def _asked(self, near: socket.socket, far: socket.socket, is_bulk: threading.Event) -> None:
        for data in received(near):
            if data.startswith((b"PUT /_bulk", b"POST /_bulk")):
                is_bulk.set()
            far.sendall(data)
        with suppress(OSError):
            far.shutdown(socket.SHUT_WR)

    def _answers(self, far: socket.socket, near: socket.socket, is_bulk: threading.Event) -> None:
        for data in received(far):
            if self.held.is_set() and is_bulk.is_set():
                self.answered.set()
                while self.held.is_set():
                    threading.Event().wait(0.05)
            is_bulk.clear()
            with suppress(OSError):
                near.sendall(data)
        near.close()
        far.close()


def received(wire: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while data := wire.recv(65_536):
            yield data


@contextmanager
def proxy(target: int) -> Iterator[Proxy]:
    made = Proxy(target)
    try:
        yield made
    finally:
        made.let_go()
        made.close()
