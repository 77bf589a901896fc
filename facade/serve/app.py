"""The console as an ASGI application: one page, what it asks for, and the pictures."""

from __future__ import annotations

import functools
import html
import json
import secrets
import sys
import traceback
from collections import OrderedDict
from importlib import resources
from threading import Lock
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from aikg.ontology.errors import AikgError, QueryError, ReadOnlyError, StoreError
from aikg.serve.answers import EXPORTS, Answers, Request
from aikg.serve.network import network_of
from aikg.serve.node import node_details
from aikg.serve.offer import accepted, offer
from aikg.serve.security import Gate, Keys, language, page_policy, picture_policy
from aikg.serve.words import WORDS
from aikg.serve.work import BusyError, Workers

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request as HttpRequest
    from starlette.types import ASGIApp

    from aikg.api import Graph

__all__ = ["STATIC", "console"]

STATIC = {"console.js": "text/javascript; charset=utf-8", "console.css": "text/css; charset=utf-8"}
_PICTURES_KEPT = 6


def console(
    kg: Graph,
    keys: Keys,
    *,
    host: str = "127.0.0.1",
    lang: str = "zh",
    timeout: float = 30.0,
    row_limit: int = 100_000,
    workers: Workers | None = None,
    debug: bool = False,
) -> ASGIApp:
    """The console of a graph, behind its gate. `timeout` (seconds) and `row_limit` hold for every statement."""
    made = _Console(kg, keys, lang, timeout, row_limit, workers or Workers(), debug=debug)
    return Gate(made.application(), keys, host, lang)


class _Console:
    def __init__(
        self, kg: Graph, keys: Keys, lang: str, timeout: float, row_limit: int, workers: Workers, *, debug: bool
    ) -> None:
        self.kg, self.keys, self.lang, self.workers, self.debug = kg, keys, lang, workers, debug
        self.answers = Answers(kg, timeout=timeout, row_limit=row_limit)
        self._pictures: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def application(self) -> Starlette:
        api: dict[str, tuple[str, Callable[[HttpRequest, str], Awaitable[Response]]]] = {
            "/api/start": ("GET", self.start),
            "/api/values": ("GET", self.values),
            "/api/answer": ("POST", self.answer),
            "/api/network": ("POST", self.network),
            "/api/export": ("POST", self.export),
            "/api/statement": ("POST", self.statement),
            "/api/node": ("POST", self.node),
        }
        routes = [Route(path, self._api(act), methods=[method]) for path, (method, act) in api.items()]
        routes += [
            Route("/", self.page, methods=["GET"]),
            Route("/static/{name}", self.static, methods=["GET"]),
            Route("/picture/{name}", self.picture, methods=["GET"]),
        ]
        return Starlette(routes=routes, exception_handlers={404: self._missing, 405: self._missing})

    # -- the page ---------------------------------------------------------------------------------

    async def page(self, request: HttpRequest) -> Response:
        if "token" in request.query_params:
            # The address with the token stays neither in the bar nor in the history.
            away: Response = RedirectResponse("/", 303)
            away.headers["Set-Cookie"] = self.keys.set_cookie()
            return away
        nonce = secrets.token_urlsafe(16)
        return HTMLResponse(_page(nonce, self.lang), headers={"Content-Security-Policy": page_policy(nonce)})

    async def static(self, request: HttpRequest) -> Response:
        name = request.path_params["name"]
        if name not in STATIC:
            return await self._missing(request, None)
        content = (resources.files("aikg.serve") / "static" / name).read_bytes()
        return Response(content, headers={"Content-Type": STATIC[name]})

    async def _missing(self, request: HttpRequest, _: object) -> Response:
        text = WORDS["not_found"][language(request.scope, self.lang)]
        if request.url.path.startswith("/api/"):
            return _json({"error": text}, 404)
        return PlainTextResponse(text + "\n", 404)

    # -- what the page asks for -------------------------------------------------------------------

    async def start(self, _: HttpRequest, lang: str) -> Response:
        def job() -> dict[str, Any]:
            limits = {"timeout": self.answers.timeout, "rows": self.answers.row_limit}
            return offer(self.kg, lang) | {"limits": limits}

        return _json(await self.workers.run(lang, job))

    async def values(self, request: HttpRequest, lang: str) -> Response:
        asked = request.query_params
        job = functools.partial(
            accepted,
            self.kg,
            asked.get("kind", ""),
            asked.get("name", ""),
            asked.get("parameter", ""),
            asked.get("q", ""),
        )
        return _json(await self.workers.run(lang, job))

    async def answer(self, request: HttpRequest, lang: str) -> Response:
        asked = Request.read(await _body(request, lang), lang)

        def job() -> str:
            return self.answers.payload(self.answers.compute(asked, lang), lang)

        return Response(await self.workers.run(lang, job), media_type="application/json")

    async def network(self, request: HttpRequest, lang: str) -> Response:
        asked = Request.read(await _body(request, lang), lang)

        def job() -> dict[str, Any]:
            made = network_of(self.kg.store, self.answers.shown_before(asked, lang).table, lang)
            cited = sorted({str(entry) for relation in made["relations"] for entry in relation["sources"]})
            return made | {"cites": {entry: self.kg.cite(entry, lang) for entry in cited}}

        return _json(await self.workers.run(lang, job))

    async def export(self, request: HttpRequest, lang: str) -> Response:
        body = await _body(request, lang)
        asked = Request.read(body, lang)
        form = str(body.get("format"))

        def job() -> bytes:
            return self.answers.export(self.answers.shown_before(asked, lang), form, lang)

        content = await self.workers.run(lang, job)
        name = "cypher" if asked.kind == "cypher" else asked.name
        headers = {
            "Content-Type": EXPORTS[form],
            # The name is that of a question or measure: letters and hyphens, as the catalogue has just found it.
            "Content-Disposition": f'attachment; filename="aikg-{name}.{form}"',
        }
        return Response(content, headers=headers)

    async def statement(self, request: HttpRequest, lang: str) -> Response:
        """The Cypher of a question, with the parameters as the engine gets them."""
        asked = Request.read(await _body(request, lang), lang)

        def job() -> dict[str, Any]:
            from aikg.queries.catalogue import load_catalogue
            from aikg.queries.parameters import resolve

            query = load_catalogue().get(asked.name)
            return {
                "statement": query.statement,
                "parameters": resolve(self.kg.store, query, asked.parameters).engine,
            }

        return _json(await self.workers.run(lang, job))

    async def node(self, request: HttpRequest, lang: str) -> Response:
        body = await _body(request, lang)
        node_id = body.get("id") if isinstance(body, dict) else None
        if not isinstance(node_id, str):
            raise QueryError(WORDS["bad_request"][lang])
        return _json(await self.workers.run(lang, functools.partial(node_details, self.kg, node_id, lang)))

    # -- pictures ---------------------------------------------------------------------------------

    async def picture(self, request: HttpRequest) -> Response:
        lang = language(request.scope, self.lang)
        given = {key: value for key, value in request.query_params.items() if key != "lang" and value}
        name = request.path_params["name"]
        key = json.dumps([name, given, lang], sort_keys=True)

        def job() -> str:
            from aikg.graph.views.picture import draw, known_picture

            with self._lock:
                if key in self._pictures:
                    return self._pictures[key]
            if any(p.datatype == "file" and p.name in given for p in known_picture(name).parameters):
                raise QueryError(WORDS["no_files"][lang])
            made = draw(self.answers.contents(), name, **{**given, "lang": lang}).html
            with self._lock:
                self._pictures[key] = made
                while len(self._pictures) > _PICTURES_KEPT:
                    self._pictures.popitem(last=False)
            return made

        status = 200
        try:
            text = await self.workers.run(lang, job)
        except Exception as error:  # noqa: BLE001 - the last place: one line, in the picture's place
            status, line = self._said(error, lang)
            text = _plain_page(line, lang)
        return HTMLResponse(text, status, headers={"Content-Security-Policy": picture_policy()})

    # -- errors -----------------------------------------------------------------------------------

    def _api(
        self, act: Callable[[HttpRequest, str], Awaitable[Response]]
    ) -> Callable[[HttpRequest], Awaitable[Response]]:
        async def endpoint(request: HttpRequest) -> Response:
            lang = language(request.scope, self.lang)
            try:
                return await act(request, lang)
            except Exception as error:  # noqa: BLE001 - the last place: a user gets a line, --debug the traceback
                status, line = self._said(error, lang)
                return _json({"error": line}, status)

        return endpoint

    def _said(self, error: Exception, lang: str) -> tuple[int, str]:
        """Status and one line for what went wrong."""
        if isinstance(error, AikgError):
            kinds = ((BusyError, 503), (ReadOnlyError, 403), (StoreError, 502))
            status = next((code for kind, code in kinds if isinstance(error, kind)), 400)
            return status, " ".join(str(error).split())[:1_000]
        if self.debug:
            traceback.print_exception(error, file=sys.stderr)
        reason = " ".join(str(error).split())[:300]
        return 500, WORDS["bug"][lang].format(kind=type(error).__name__, reason=reason)


async def _body(request: HttpRequest, lang: str) -> Any:
    try:
        return json.loads(await request.body(), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise QueryError(WORDS["bad_request"][lang]) from error


def _no_number(word: str) -> Any:
    raise ValueError(word)


def _json(value: Any, status: int = 200) -> Response:
    from aikg.cli.tables import plain

    text = json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), status, media_type="application/json")


def _page(nonce: str, lang: str) -> str:
    """The shell; everything else is written by its script, as text."""
    title = html.escape(WORDS["title"][lang])
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}" data-lang="{lang}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="style-nonce" content="{nonce}">\n<link rel="icon" href="data:,">\n<title>{title}</title>\n'
        f'<link rel="stylesheet" href="/static/console.css" nonce="{nonce}">\n'
        f'<script src="/static/console.js" nonce="{nonce}" defer></script>\n</head>\n<body></body>\n</html>\n'
    )


def _plain_page(line: str, lang: str) -> str:
    title = html.escape(WORDS["title"][lang])
    return (
        f'<!DOCTYPE html>\n<html lang="{"en" if lang == "en" else "zh-CN"}">\n<head><meta charset="utf-8">'
        f"<title>{title}</title></head>\n<body><p>{html.escape(line)}</p></body>\n</html>\n"
    )
