"""Starts the console and ends it: the port, the browser, Ctrl-C."""

from __future__ import annotations

import errno
import os
import socket
import sys
import threading
import webbrowser
from typing import TYPE_CHECKING

from aikg.ontology.errors import StoreError
from aikg.ontology.language import say, why_not

if TYPE_CHECKING:
    from collections.abc import Callable

    import uvicorn
    from starlette.types import ASGIApp

__all__ = ["listen", "open_browser", "run", "server_of", "url_of"]

_CONNECTIONS = 64
_HEADERS = 32 * 1024


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens on `host` and `port`; 0 takes a free one. StoreError, in one line, where that fails.

    Bound before anything is printed, so that the URL is true.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise StoreError(
            say(f"{host} is no address of this machine; use 127.0.0.1", f"{host} 不是本机的地址；请用 127.0.0.1")
        ) from error
    made = socket.socket(family, kind, protocol)
    try:
        if sys.platform != "win32":  # there it would let two servers share a port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(128)
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            raise StoreError(
                say(
                    f"port {port} is taken; choose another with --port, such as {port % 65535 + 1}",
                    f"端口 {port} 已被占用；请用 --port 换一个，如 {port % 65535 + 1}",
                )
            ) from error
        raise StoreError(
            say(
                f"cannot listen on {host}, port {port} ({why_not(error)}); choose others with --host and --port",
                f"无法在 {host} 的端口 {port} 上启动（{why_not(error)}）；请用 --host、--port 换一个",
            )
        ) from error
    return made


def url_of(host: str, port: int, token: str) -> str:
    """The URL to open, with its token.

    >>> url_of("127.0.0.1", 8765, "secret")
    'http://127.0.0.1:8765/?token=secret'
    """
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 - compared, not bound
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/?token={token}"


def open_browser(url: str) -> None:
    """Open the page where there is a screen; a browser in the terminal would take the terminal."""
    screen = sys.platform in ("win32", "darwin") or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if screen:
        threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()


def server_of(app: ASGIApp, ready: Callable[[], None]) -> uvicorn.Server:
    """A server of the console; `ready` is called once requests are answered, and `should_exit` ends it."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            ready()

    config = uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEADERS,
        timeout_keep_alive=15,
        timeout_graceful_shutdown=1,
    )
    return Server(config)


def run(app: ASGIApp, listening: socket.socket, ready: Callable[[], None]) -> None:
    """Serve until Ctrl-C or SIGTERM."""
    try:
        server_of(app, ready).run(sockets=[listening])
    except KeyboardInterrupt:  # uvicorn raises it once more when everything has ended
        return
    finally:
        listening.close()
