"""Who is let into the console and who is not, by plain HTTP: token, Host, Origin, content type, size, headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from console_server import Running, running
from sample_graph import sample_graph

from aikg.api import Graph
from aikg.serve.security import BODY_LIMIT, Keys, host_allowed
from aikg.serve.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

QUESTION = {"kind": "question", "name": "companies-in-segment", "parameters": {}}


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running(Graph(frames=sample_graph())) as made:
        yield made


def test_the_token_of_the_url_becomes_a_cookie_that_scripts_and_other_sites_do_not_get(server: Running) -> None:
    first = server.get(f"/?token={server.keys.token}", Cookie=None)
    assert first.status == 303
    assert first.headers["location"] == "/"  # the token stays neither in the bar nor in the history
    name, _, rest = first.headers["set-cookie"].partition("=")
    value, *attributes = rest.split("; ")
    assert attributes == ["Path=/", "HttpOnly", "SameSite=Strict"]
    assert server.keys.token not in first.headers["set-cookie"]
    page = server.get("/", Cookie=f"{name}={value}")
    assert page.status == 200
    assert server.keys.token not in page.text
    assert server.keys.session not in page.text


def test_tokens_and_sessions_are_new_each_time() -> None:
    made = [Keys(1) for _ in range(20)]
    assert len({k.token for k in made} | {k.session for k in made}) == 40
    assert all(len(k.token) >= 32 for k in made)  # 24 random bytes


@pytest.mark.parametrize(
    "path", ["/", "/static/console.js", "/api/start", "/picture/network", "/api/values?kind=question", "/no"]
)
@pytest.mark.parametrize("cookie", [None, "", "aikg=x", "{cookie}=", "{cookie}=wrong", "{cookie}={token}", "a;b;={{}}"])
def test_without_the_cookie_nothing_is_answered(server: Running, path: str, cookie: str | None) -> None:
    said = cookie.format(cookie=server.keys.cookie, token=server.keys.token) if cookie is not None else None
    reply = server.get(path, Cookie=said)
    assert reply.status == 401
    assert WORDS["refused_token"]["zh"] in reply.text
    assert len(reply.text.splitlines()) == 1


@pytest.mark.parametrize("token", ["", "wrong", "{half}"])
def test_a_wrong_token_opens_nothing(server: Running, token: str) -> None:
    given = token.format(half=server.keys.token[:-1])
    assert server.get(f"/?token={given}", Cookie=None).status == 401
    assert server.get(f"/api/start?token={server.keys.token}", Cookie=None).status == 401  # the page only


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}",
             "127.0.0.1.evil.example:{port}", "127.0.0.1:{port}@evil.example", "", "[::1", "169.254.169.254:{port}"]
)  # fmt: skip
def test_other_hosts_are_refused_whatever_they_hold(server: Running, host: str) -> None:
    """DNS rebinding: a page of evil.example that now resolves to 127.0.0.1 comes with its own name."""
    said = host.format(port=server.port)
    for reply in (
        server.get("/api/start", Host=said),
        server.get(f"/?token={server.keys.token}", Host=said),
        server.post("/api/answer", QUESTION, Host=said, Origin=f"http://{said}"),
    ):
        assert reply.status in (400, 403)  # 400 is the HTTP library's, for what is no header
        assert "set-cookie" not in reply.headers


def test_names_of_this_machine_are_no_others(server: Running) -> None:
    for host in (f"localhost:{server.port}", f"LOCALHOST:{server.port}", f"[::1]:{server.port}"):
        assert server.get("/", Host=host).status == 200
        assert server.post("/api/answer", QUESTION, Host=host, Origin=f"http://{host}").status == 200


def test_beyond_this_machine_addresses_will_do_and_names_only_ours() -> None:
    assert host_allowed("192.168.1.7:80", "0.0.0.0", 80)  # noqa: S104 - no address is bound here
    assert host_allowed("[2001:db8::7]:80", "::", 80)
    assert host_allowed("analysis.example:80", "analysis.example", 80)
    assert not host_allowed("evil.example:80", "0.0.0.0", 80)  # noqa: S104
    assert not host_allowed("192.168.1.7:80", "127.0.0.1", 80)


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1", "http://127.0.0.1:1",
               "http://localhost:{port}", "file://", None]
)  # fmt: skip
def test_posts_from_other_pages_are_refused(server: Running, origin: str | None) -> None:
    said = origin.format(port=server.port) if origin is not None else None
    reply = server.post("/api/answer", QUESTION, Origin=said)
    assert reply.status == 403
    assert reply.error == WORDS["refused_origin"]["zh"]
    assert "access-control-allow-origin" not in reply.headers


def test_gets_of_other_pages_are_refused_by_what_browsers_say_of_them(server: Running) -> None:
    for site in ("cross-site", "same-site"):
        for path in ("/", "/api/start", "/static/console.js", "/picture/network"):
            assert server.request("GET", path, headers={"Sec-Fetch-Site": site}).status == 403
    assert server.request("GET", "/", headers={"Sec-Fetch-Site": "none"}).status == 200  # typed, or from the terminal
    link = f"/?token={server.keys.token}"
    assert server.request("GET", link, headers={"Sec-Fetch-Site": "cross-site", "Cookie": None}).status == 303


@pytest.mark.parametrize(
    "kind", [None, "", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
             "text/plain; application/json", "application/jsonp"]
)  # fmt: skip
def test_posts_are_json_only(server: Running, kind: str | None) -> None:
    """What a form of another page can send without asking (fetch standard, CORS-safelisted) is never taken."""
    reply = server.request("POST", "/api/answer", b"{}", {"Content-Type": kind})
    assert reply.status == 415
    assert "JSON" in reply.error


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "Application/JSON"])
def test_json_with_a_charset_is_json(server: Running, kind: str) -> None:
    assert server.post("/api/answer", QUESTION, **{"Content-Type": kind}).status == 200


def test_large_requests_are_refused_by_their_length_and_by_what_they_send(server: Running) -> None:
    declared = server.request("POST", "/api/answer", b"{}", {"Content-Length": str(BODY_LIMIT + 1)})
    assert declared.status == 413
    assert "64 KB" in declared.error
    chunk = b"a" * 0x8000
    chunks = b"".join(b"8000\r\n" + chunk + b"\r\n" for _ in range(3)) + b"0\r\n\r\n"
    sent = server.request("POST", "/api/answer", chunks, {"Transfer-Encoding": "chunked"})
    assert sent.status == 413
    whole = b'{"kind": "cypher", "parameters": {}, "name": "RETURN 1 //'
    fits = whole + b" " * (BODY_LIMIT - len(whole) - 2) + b'"}'
    assert server.post("/api/answer", fits).status == 200


def test_two_hosts_in_one_request_are_refused(server: Running) -> None:
    import socket

    cookie = f"{server.keys.cookie}={server.keys.session}"
    lines = ["GET / HTTP/1.1", f"Host: 127.0.0.1:{server.port}", "Host: evil.example", f"Cookie: {cookie}", "", ""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as made:
        made.sendall("\r\n".join(lines).encode())
        assert re.match(rb"HTTP/1\.1 (400|403) ", made.recv(4096))


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_find_nothing_and_allow_nobody(server: Running, method: str) -> None:
    reply = server.request(method, "/api/answer", headers={"Origin": server.origin})
    assert reply.status in (403, 404)
    assert not [name for name in reply.headers if name.startswith("access-control")]


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/..%2fapp.py", "/static/bundle.json", "/static/%2e%2e/words.py", "/static/", "//evil.example/"])  # fmt: skip
def test_of_files_only_the_page_s_own_are_given(server: Running, path: str) -> None:
    assert server.get(path).status == 404


def test_every_answer_carries_the_headers_that_bind_a_browser(server: Running) -> None:
    replies = [
        server.get("/"),
        server.get("/static/console.js"),
        server.get("/api/start"),
        server.get("/picture/network"),
        server.get("/no-such"),
        server.get("/", Cookie=None),
        server.post("/api/answer", QUESTION),
    ]
    for reply in replies:
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert reply.headers["referrer-policy"] == "no-referrer"
        assert reply.headers["cross-origin-resource-policy"] == "same-origin"
        assert reply.headers["cache-control"] == "no-store"
        assert "server" not in reply.headers
        assert not [name for name in reply.headers if name.startswith("access-control")]


def test_the_page_s_policy_admits_its_own_script_by_a_nonce_of_its_own(server: Running) -> None:
    pages = [server.get("/") for _ in range(3)]
    nonces = set()
    for page in pages:
        policy = dict(rule.split(" ", 1) for rule in page.headers["content-security-policy"].split("; "))
        (nonce,) = re.findall(r"'nonce-([\w-]+)'", policy["script-src"])
        assert policy["script-src"] == f"'nonce-{nonce}'"
        assert policy["style-src"] == f"'nonce-{nonce}'"
        assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert policy["connect-src"] == policy["frame-src"] == "'self'"
        assert page.text.count(nonce) == 3  # script, style, and the editor's own style
        assert not re.search(r"<script(?![^>]*src=)|\son\w+=|style=", page.text)
        nonces.add(nonce)
    assert len(nonces) == 3


def test_a_picture_lives_in_a_world_of_its_own(server: Running) -> None:
    policy = server.get("/picture/network").headers["content-security-policy"]
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy
    assert "frame-ancestors 'self'" in policy


def test_refusals_speak_the_language_that_is_asked_for(server: Running) -> None:
    assert server.get("/api/start?lang=en", Cookie=None).error.startswith("refused: no token")
    assert server.get("/api/start?lang=xx", Cookie=None).error.startswith("拒绝")
