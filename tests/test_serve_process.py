"""``aikg serve`` as a process: its URL, Ctrl-C, a port that is taken, no room to write; Neo4j that goes and comes back."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from cli_support import command, environment, one_line, process, write_documents
from console_server import running
from proxy import Proxy
from sample_graph import sample_graph

import aikg
from aikg.api import Graph
from aikg.graph.stores.neo4j import Neo4jStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from neo4j_server import Server

ROOT = Path(__file__).resolve().parents[1]
posix = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    aikg.build(*write_documents(folder), graph=folder / "aikg-graph").close()
    return folder


@contextlib.contextmanager
def served(cwd: Path, *words: str, **environ: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A console in a process of its own, and the URL that it printed."""
    made = subprocess.Popen(  # the tests' own words
        command("serve", "--port", "0", "--no-browser", *words),
        cwd=cwd,
        env=environment(**environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    watch = threading.Timer(90, made.kill)
    watch.start()
    try:
        assert made.stdout is not None
        line = made.stdout.readline().decode()
        yield made, line.split("：")[-1].strip() if "：" in line else line.partition(": ")[2].strip()
    finally:
        watch.cancel()
        made.kill()
        made.communicate()


def opened(url: str) -> tuple[Callable[[str, Any], Any], str]:
    """Open the URL as a browser does; what posts to the API comes back."""
    jar = urllib.request.HTTPCookieProcessor()
    opener = urllib.request.build_opener(jar)
    with opener.open(url, timeout=30) as page:
        text = page.read().decode()
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"

    def post(path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "Origin": origin}
        request = urllib.request.Request(origin + path, json.dumps(body).encode(), headers)  # noqa: S310 - http
        with opener.open(request, timeout=60) as answer:
            return json.loads(answer.read())

    return post, text


@posix
@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGTERM])
def test_it_prints_its_url_answers_and_ends_cleanly(built: Path, kind: signal.Signals) -> None:
    with served(built) as (made, url):
        assert url.startswith("http://127.0.0.1:")
        post, page = opened(url)
        assert "aikg 控制台" in page
        answer = post(
            "/api/answer", {"kind": "cypher", "name": "MATCH (c:Company) RETURN count(c) AS n", "parameters": {}}
        )
        assert answer["rows"] == [[4]]
        made.send_signal(kind)
        out, err = made.communicate(timeout=20)
        assert err == b""
        if kind is signal.SIGINT:
            assert made.returncode == 0
            assert out.decode().splitlines()[-1] == "控制台已结束。"


@posix
def test_ctrl_c_does_not_wait_for_a_statement_that_runs(built: Path) -> None:
    with served(built, "--timeout", "60", "--lang", "en") as (made, url):
        post, _ = opened(url)
        slow = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 30) AS c WITH a, b, c WHERE a * b * c % 7 = 3 RETURN count(*) AS n"

        def ask() -> None:
            with contextlib.suppress(OSError, ValueError):  # cut off when the console ends
                post("/api/answer", {"kind": "cypher", "name": slow, "parameters": {}})

        asking = threading.Thread(target=ask, daemon=True)
        asking.start()
        asking.join(1.0)
        made.send_signal(signal.SIGINT)
        out, err = made.communicate(timeout=20)  # the statement alone might run for a minute
        assert out.decode().splitlines()[-1] == "The console has ended."
        assert b"Traceback" not in err


def test_a_taken_port_is_one_line(built: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = process("serve", "--no-browser", "--port", str(port), cwd=built)
    assert (done.returncode, done.stdout) == (1, b"")
    assert one_line(done.stderr.decode()) == f"aikg: 端口 {port} 已被占用；请用 --port 换一个，如 {port % 65535 + 1}"


@pytest.mark.parametrize(("words", "said"), [
    (["--host", "no-such-host.invalid"], "no-such-host.invalid 不是本机的地址"),
    (["--host", "192.0.2.1"], "无法在 192.0.2.1"),  # an address kept for documents (RFC 5737): nobody's
    (["--graph", "no-such-graph"], "no-such-graph"),
    (["--store", "bolt://127.0.0.1:9"], "无法连接数据库"),
])  # fmt: skip
def test_what_cannot_be_served_is_one_line(built: Path, words: list[str], said: str) -> None:
    done = process("serve", "--no-browser", "--port", "0", *words, cwd=built)
    assert done.returncode == 1
    assert said in one_line(done.stderr.decode())


@pytest.mark.parametrize(
    "words", [["--port", "70000"], ["--port", "x"], ["--limit", "0"], ["--graph", "a", "--store", "bolt://b"]]
)
def test_wrong_usage_is_one_line(built: Path, words: list[str]) -> None:
    done = process("serve", *words, cwd=built)
    assert done.returncode == 2
    one_line(done.stderr.decode())


@pytest.mark.skipif(sys.platform != "linux", reason="/proc takes no folder, also of root")
def test_without_write_permission_the_shipped_graph_is_served_all_the_same(tmp_path: Path) -> None:
    with served(tmp_path, XDG_CACHE_HOME="/proc/nowhere") as (_, url):
        post, _ = opened(url)
        answer = post(
            "/api/answer", {"kind": "cypher", "name": "MATCH (c:City) RETURN count(c) AS n", "parameters": {}}
        )
        assert answer["rows"][0][0] > 10
    assert list(tmp_path.iterdir()) == []


def test_help_and_other_commands_do_not_import_the_server(built: Path) -> None:
    code = (
        "import sys\nfrom aikg.cli.root import cli\n"
        "try:\n    cli.main(['serve', '--help'])\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('starlette', 'uvicorn', 'asyncio', 'pandas', 'aikg.serve') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=built, env=environment(), capture_output=True, timeout=60)
    assert done.stdout.decode().splitlines()[-1] == "[]"


def test_the_bundle_is_made_of_the_sources_that_are_here() -> None:
    """`npm --prefix console run bundle` writes what it was made of; this is the same sum over the same files."""
    folder = ROOT / "console"
    digest = hashlib.sha256()
    sources = sorted(path.name for path in (folder / "src").iterdir())
    for name in ["package.json", "package-lock.json", "build.mjs", *(f"src/{name}" for name in sources)]:
        digest.update(f"{name}\n".encode())
        digest.update((folder / name).read_text(encoding="utf-8").encode())
    static = ROOT / "facade" / "serve" / "static"
    bundle = json.loads((static / "bundle.json").read_text(encoding="utf-8"))
    assert bundle["sources"] == digest.hexdigest(), "run `npm --prefix console run bundle`"
    licences = (static / "LICENSES.txt").read_text(encoding="utf-8")
    assert all(f"{name} " in licences for name in bundle["packages"])
    assert set(json.loads((folder / "package.json").read_text())["dependencies"]) <= set(bundle["packages"])
    script = (static / "console.js").read_text(encoding="utf-8")
    assert "eval(" not in script
    assert "new Function" not in script


# -- Neo4j ----------------------------------------------------------------------------------------


@pytest.mark.neo4j
def test_neo4j_answers_as_the_embedded_store_does_and_its_going_is_one_line(
    neo4j_server: Server, both_stores: Callable[..., Any]
) -> None:
    graph = sample_graph()
    both_stores(graph)
    address = urlsplit(neo4j_server.uri)
    assert address.hostname is not None
    asked = {"kind": "question", "name": "companies-across-layers", "parameters": {}}
    with Proxy(address.hostname, address.port or 7687) as proxy:
        store = Neo4jStore(f"bolt://127.0.0.1:{proxy.port}", neo4j_server.username, neo4j_server.password)
        with Graph(store=store) as kg, running(kg) as server, running(Graph(frames=graph)) as local:
            start = server.get("/api/start").json
            assert start["graph"]["database"] == store.uri
            for path, body in (
                ("/api/answer", asked),
                ("/api/network", asked),
                ("/api/statement", asked),
                ("/api/node", {"id": graph.edges["HAS_CONFLICT"].iloc[0]["subject"]}),
            ):
                theirs, ours = server.post(path, body).json, local.post(path, body).json
                theirs.pop("milliseconds", None)
                ours.pop("milliseconds", None)
                assert theirs == ours, path
            assert server.get("/picture/heatmap").status == 200
            assert server.ask("measure", "centrality").json["n"] > 0
            assert server.cypher("MATCH (n) DETACH DELETE n").status == 403
            proxy.__exit__(None, None, None)  # the server is gone
            reply = server.cypher("RETURN 1 AS x")
            assert reply.status == 502
            assert reply.error.startswith("无法连接数据库")


@pytest.mark.neo4j
@pytest.mark.browser
def test_neo4j_gone_is_one_line_on_the_page_and_back_again_an_answer(
    chromium: Any, neo4j_server: Server, both_stores: Callable[..., Any]
) -> None:
    from test_serve_browser import on_screen

    both_stores(sample_graph())
    address = urlsplit(neo4j_server.uri)
    assert address.hostname is not None
    with Proxy(address.hostname, address.port or 7687) as proxy:
        store = Neo4jStore(f"bolt://127.0.0.1:{proxy.port}", neo4j_server.username, neo4j_server.password)
        with Graph(store=store) as kg, running(kg) as server, on_screen(chromium, server) as seen:
            assert "Neo4j" in seen.text(".graph")
            seen.choose("companies-across-layers")
            seen.run()
            assert seen.page.locator("table.answer").count() == 1
            target = proxy.target
            proxy.target = ("127.0.0.1", 9)  # nobody: new connections are refused
            proxy.drop()
            seen.page.click(".primary")
            seen.page.wait_for_selector(".result .error", timeout=60_000)
            assert seen.text(".result .error").startswith("无法连接数据库")
            assert seen.page.locator(".result .error").count() == 1
            proxy.target = target
            seen.page.click(".primary")
            seen.page.wait_for_selector("table.answer", timeout=60_000)
    assert seen.foreign == []
