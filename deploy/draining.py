"""A gunicorn worker that, when the server ends, takes in whoever already waits at the door and then shuts it.

Where only the workers are renewed (SIGHUP), the door stays open for those that follow.
"""

from __future__ import annotations

import errno
import multiprocessing
import socket
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

_server_ends = multiprocessing.Event()


def announce(server: Any) -> None:
    """Has the server's workers know that it ends before they are told to."""
    stop = server.stop

    def stop_and_say_so(graceful: bool = True) -> None:
        _server_ends.set()
        stop(graceful)

    server.stop = stop_and_say_so


class DrainingWorker(ThreadWorker):
    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive and _server_ends.is_set():
            for listener in self.sockets:
                self._take_in(listener)
                self._shut(listener)

    def accept(self, listener: Any) -> None:
        try:
            super().accept(listener)
        except OSError as error:
            if error.errno != errno.EINVAL:  # another worker has shut the door
                raise

    def _take_in(self, listener: Any) -> None:
        before = -1
        while self.nr_conns != before:
            before = self.nr_conns
            self.accept(listener)

    @staticmethod
    def _shut(listener: Any) -> None:
        try:
            listener.sock.shutdown(socket.SHUT_RDWR)
        except OSError as error:
            if error.errno not in (errno.ENOTCONN, errno.EINVAL):
                raise
