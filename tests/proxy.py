"""A connection that can be cut: forwards bytes to a server until told to drop everything."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType


class Proxy:
    """Listens on a free port of this machine and forwards to `host`:`port`.

    `drop()` closes what is open; `drop_after(n)` does so once `n` more bytes went to the server, `times` times.
    """

    def __init__(self, host: str, port: int) -> None:
        self.target = (host, port)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.listener.getsockname()[1])
        self.pairs: list[tuple[socket.socket, socket.socket]] = []
        self.lock = threading.Lock()
        self.budget: int | None = None
        self.size = 0
        self.times = 0
        self.cuts = 0
        self.threads = [threading.Thread(target=self._accept, daemon=True)]
        self.threads[0].start()

    def drop_after(self, size: int, times: int = 1) -> None:
        with self.lock:
            self.budget, self.size, self.times = size, size, times

    def drop(self) -> None:
        with self.lock:
            pairs, self.pairs = self.pairs, []
            self.cuts += bool(pairs)
        for pair in pairs:
            for end in pair:
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)
                end.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.drop()
        for thread in self.threads:
            thread.join(timeout=10)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(self.target)
            except OSError:
                client.close()
                continue
            with self.lock:
                self.pairs.append((client, server))
            for source, sink, counted in ((client, server, True), (server, client, False)):
                thread = threading.Thread(target=self._forward, args=(source, sink, counted), daemon=True)
                self.threads.append(thread)
                thread.start()

    def _forward(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(16384):
                if counted and self._spent(len(data)):
                    self.drop()
                    return
                sink.sendall(data)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _spent(self, size: int) -> bool:
        with self.lock:
            if self.budget is None:
                return False
            self.budget -= size
            if self.budget > 0:
                return False
            self.times -= 1
            self.budget = self.size if self.times > 0 else None
            return True
