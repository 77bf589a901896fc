"""A console that runs beside the test, and requests to it by plain HTTP."""

from __future__ import annotations

import contextlib
import http.client
import json
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aikg.serve.app import console
from aikg.serve.run import listen, server_of, url_of
from aikg.serve.security import Keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aikg.api import Graph

__all__ = ["Reply", "Running", "running"]


@dataclass
class Reply:
    """An answer: status, headers (names in small letters), body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> str:
        """The error, which must be one line."""
        line = str(self.json["error"])
        assert line
        assert "\n" not in line
        return line


@dataclass
class Running:
    """A console on a port of this machine."""

    port: int
    keys: Keys
    lang: str = "zh"

    @property
    def url(self) -> str:
        return url_of("127.0.0.1", self.port, self.keys.token)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str | None] | None = None
    ) -> Reply:
        """One request with the headers that our page sends; a header that is None is left out."""
        sent: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"{self.keys.cookie}={self.keys.session}",
        }
        if method == "POST":
            sent |= {"Origin": self.origin, "Content-Type": "application/json"}
        sent |= headers or {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None and not {"Transfer-Encoding", "Content-Length"} & sent.keys():
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders()
            if body is not None:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused before it was read
                    connection.send(body)
            answer = connection.getresponse()
            return Reply(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **headers: str | None) -> Reply:
        return self.request("GET", path, headers=headers)

    def post(self, path: str, body: Any, **headers: str | None) -> Reply:
        mark = "&" if "?" in path else "?"
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.request("POST", f"{path}{mark}lang={self.lang}", content, headers)

    def ask(self, kind: str, name: str, parameters: dict[str, Any] | None = None) -> Reply:
        return self.post("/api/answer", {"kind": kind, "name": name, "parameters": parameters or {}})

    def cypher(self, statement: str, **parameters: Any) -> Reply:
        return self.ask("cypher", statement, parameters)


@contextlib.contextmanager
def running(kg: Graph, **options: Any) -> Iterator[Running]:
    """A console of `kg` on a free port; `options` are those of `console`."""
    listening = listen("127.0.0.1", 0)
    port = int(listening.getsockname()[1])
    keys = Keys(port)
    kg.store.schema()
    ready = threading.Event()
    server = server_of(console(kg, keys, **options), ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        assert ready.wait(20), "the console did not start"
        yield Running(port, keys, lang=options.get("lang", "zh"))
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()
