"""Who may ask the console, and what a browser may do with what it answers.

A server on this machine is in reach of every page that the user has open: a page can send it requests (cross-site
request forgery), and by pointing its own name at 127.0.0.1 it can even read the answers (DNS rebinding). So nobody is
answered who does not hold the token that stands in the URL printed on the terminal, the name in Host must be one of
ours, Origin must be this very server, and what changes nothing but costs work takes JSON only, which no form can send.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
import secrets
import socket
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from aikg.serve.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["BODY_LIMIT", "Gate", "Keys", "host_allowed", "language", "page_policy", "picture_policy"]

BODY_LIMIT = 64 * 1024
"""Bytes of a request's body: a statement with its parameters is a few thousand."""
BODY_SECONDS = 10.0
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def page_policy(nonce: str) -> str:
    """The policy of the console's page: its own script and style by a nonce, its own server, and nothing else.

    >>> "script-src 'nonce-abc'" in page_policy("abc")
    True
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'nonce-{nonce}'",
            f"style-src 'nonce-{nonce}'",
            "img-src data:",
            "connect-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def picture_policy() -> str:
    """The policy of a picture, added to the one it carries itself: a world of its own, without the console's cookie."""
    return (
        "sandbox allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox; "
        "connect-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def host_allowed(header: str, host: str, port: int) -> bool:
    """Whether a Host header names this server.

    A rebinding page comes with its own name, never with a bare address; so where the server listens beyond this
    machine every address will do, and of names only the machine's own and the one it was told to listen on.

    >>> host_allowed("127.0.0.1:8765", "127.0.0.1", 8765), host_allowed("evil.example:8765", "127.0.0.1", 8765)
    (True, False)
    """
    if header.startswith("["):
        name, _, rest = header[1:].partition("]")
        given = rest.removeprefix(":") or "80"
    else:
        name, _, given = header.partition(":")
        given = given or "80"
    if given != str(port):
        return False
    name = name.lower().rstrip(".")
    if name in _LOOPBACK or name == host.lower():
        return True
    if host in _LOOPBACK:
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in {socket.gethostname().lower(), socket.getfqdn().lower()}
    return True


def language(scope: Scope, default: str) -> str:
    """The language a request asks for by ``?lang=``."""
    wanted = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("lang", [""])[0]
    return wanted if wanted in ("zh", "en") else default


@dataclass(frozen=True)
class Keys:
    """The token of the URL and the value of the cookie that it is exchanged for; both new for every run."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """Name of the cookie. Browsers keep cookies by host without port: two consoles must not share one."""
        return f"aikg-{self.port}"

    def opens(self, token: str) -> bool:
        return hmac.compare_digest(token.encode(), self.token.encode())

    def known(self, header: str) -> bool:
        """Whether a Cookie header holds the session."""
        try:
            found = SimpleCookie(header).get(self.cookie)
        except CookieError:
            return False
        return found is not None and hmac.compare_digest(found.value.encode(), self.session.encode())

    def set_cookie(self) -> str:
        return f"{self.cookie}={self.session}; Path=/; HttpOnly; SameSite=Strict"


class _Refused(Exception):  # noqa: N818 - not an error of ours
    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class Gate:
    """Everything that is checked before a request reaches the console, and the headers of every answer."""

    def __init__(self, app: ASGIApp, keys: Keys, host: str, lang: str) -> None:
        self.app, self.keys, self.host, self.lang = app, keys, host, lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                known = {name.lower() for name, _ in message["headers"]}
                message["headers"] += [
                    (name.lower().encode(), value.encode())
                    for name, value in _HEADERS.items()
                    if name.lower().encode() not in known
                ]
            await send(message)

        try:
            self._check(scope)
            if scope["method"] == "POST":
                receive = await _whole_body(scope, receive)
        except _Refused as refused:
            await self._refuse(refused, scope, answer)
            return
        await self.app(scope, receive, answer)

    def _check(self, scope: Scope) -> None:
        headers = _single(scope)
        if headers is None or not host_allowed(headers.get("host", ""), self.host, self.keys.port):
            raise _Refused(403, "refused_host")
        origin = headers.get("origin")
        if origin is not None and origin != f"http://{headers['host']}":
            raise _Refused(403, "refused_origin")
        first = scope["path"] == "/" and self.keys.opens(_token(scope))
        # Browsers say where a request comes from; a link from elsewhere may only open the page, with the token.
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none") and not first:
            raise _Refused(403, "refused_origin")
        if not first and not self.keys.known(headers.get("cookie", "")):
            raise _Refused(401, "refused_token")
        if scope["method"] == "POST":
            if origin is None:
                raise _Refused(403, "refused_origin")
            if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                raise _Refused(415, "refused_type")

    async def _refuse(self, refused: _Refused, scope: Scope, send: Send) -> None:
        from starlette.responses import JSONResponse, PlainTextResponse, Response

        text = WORDS[refused.key][language(scope, self.lang)]
        made: Response
        if scope["path"].startswith("/api/"):
            made = JSONResponse({"error": text}, refused.status)
        else:
            made = PlainTextResponse(text + "\n", refused.status)
        made.headers["Connection"] = "close"  # the rest of a body that was too long is not read
        made.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"

        async def nothing() -> Message:
            return {"type": "http.disconnect"}

        await made(scope, nothing, send)


def _single(scope: Scope) -> Mapping[str, str] | None:
    """Headers by name; None where one that decides stands twice, so that nobody else reads the other one."""
    found: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1")
        if name in found and name in ("host", "origin", "content-type", "content-length"):
            return None
        found[name] = f"{found[name]}; {value.decode('latin-1')}" if name in found else value.decode("latin-1")
    return found


def _token(scope: Scope) -> str:
    query: bytes = scope.get("query_string", b"")
    return parse_qs(query.decode("latin-1")).get("token", [""])[0]


async def _whole_body(scope: Scope, receive: Receive) -> Receive:
    """Read the body up to its limit, and give it again to whoever asks."""
    length = dict(scope["headers"]).get(b"content-length", b"0")
    if not length.isdigit() or int(length) > BODY_LIMIT:
        raise _Refused(413, "refused_size")
    body = bytearray()

    async def read() -> None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body.extend(message.get("body", b""))
            if len(body) > BODY_LIMIT:
                raise _Refused(413, "refused_size")
            more = message.get("more_body", False)

    try:
        await asyncio.wait_for(read(), BODY_SECONDS)
    except TimeoutError as error:
        raise _Refused(408, "refused_slow") from error
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": bytes(body), "more_body": False}

    return again
