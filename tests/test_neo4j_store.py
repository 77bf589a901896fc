"""Neo4j's own matters: logins and addresses, other people's data, dropped connections, offline import."""

from __future__ import annotations

import re
import socket
import stat
import subprocess
import threading
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import neo4j
import neo4j_server as own
import pytest
from proxy import Proxy
from store_graph import graph_of, store_graph, store_rows, without
from support import assert_equal_rows, multiset, require_or_skip

from aikg.graph.export.neo4j_import import write_import_files
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores import neo4j_load
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.stores.neo4j import Neo4jStore
from aikg.ontology.errors import GraphError, ReadOnlyError, StoreError
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from neo4j_server import Server

GRAPH = store_graph()
NODES = sum(map(len, GRAPH.nodes.values()))
EDGES = sum(map(len, GRAPH.edges.values()))


@pytest.fixture
def driver(neo4j_server: Server) -> Iterator[neo4j.Driver]:
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)) as made:
        yield made


@pytest.fixture
def proxy(neo4j_server: Server) -> Iterator[Proxy]:
    address = urlsplit(neo4j_server.uri)
    assert address.hostname is not None
    with Proxy(address.hostname, address.port or 7687) as made:
        yield made


def number(driver: neo4j.Driver, statement: str) -> int:
    return int(driver.execute_query(statement).records[0][0])


# Addresses and logins: the first need no server.


@pytest.mark.parametrize(
    ("uri", "said"),
    [
        ("http://localhost:7474", "is no Neo4j address"),
        ("localhost:7687", "is no Neo4j address"),
        ("bolt://", "is no Neo4j address"),
        ("bolt://127.0.0.1:1", "no Neo4j 5 answers at bolt://127.0.0.1:1"),
        ("neo4j://127.0.0.1:1", "no Neo4j 5 answers at neo4j://127.0.0.1:1"),
        ("bolt://no-such-host.invalid:7687", "no Neo4j 5 answers"),
    ],
)
def test_an_address_where_nobody_answers(uri: str, said: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(StoreError, match=said) as caught:
        Neo4jStore(uri, "neo4j", "x")
    assert "\n" not in str(caught.value)
    assert capfd.readouterr().err == "", "the driver's log stays out of the terminal"


def test_a_server_that_is_no_neo4j() -> None:
    """Something that accepts a connection and then talks nonsense."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            client, _ = listener.accept()
            with client:
                client.recv(64)
                client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(StoreError, match="no Neo4j 5 answers") as caught:
            Neo4jStore(f"bolt://127.0.0.1:{listener.getsockname()[1]}", "neo4j", "x")
        thread.join()
    assert "\n" not in str(caught.value)


@pytest.mark.neo4j
def test_a_wrong_password(neo4j_server: Server) -> None:
    with pytest.raises(StoreError, match="refuses the login as neo4j: set NEO4J_USERNAME") as caught:
        Neo4jStore(neo4j_server.uri, "neo4j", "wrong-secret")
    assert "wrong-secret" not in str(caught.value)


@pytest.mark.neo4j
def test_the_environment_says_where(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in neo4j_server.environment().items():
        monkeypatch.setenv(name, value)
    with Neo4jStore() as store:
        assert store.query("RETURN 1 AS n")["n"].tolist() == [1]


@pytest.mark.neo4j
def test_both_schemes_and_a_database_by_name(neo4j_server: Server) -> None:
    routed = neo4j_server.uri.replace("bolt://", "neo4j://")
    for uri in (neo4j_server.uri, routed):
        with Neo4jStore(uri, neo4j_server.username, neo4j_server.password, "neo4j") as store:
            assert store.query("RETURN 1 AS n")["n"].tolist() == [1]
    with (
        Neo4jStore(neo4j_server.uri, neo4j_server.username, neo4j_server.password, "nowhere") as store,
        pytest.raises(StoreError, match="database nowhere is not to be had"),
    ):
        store.query("RETURN 1 AS n")


@pytest.mark.neo4j
@pytest.mark.parametrize("agent", ["Neo4j/4.4.30", "Neo4j/3.5", "Memgraph/2.0"])
def test_an_older_server(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch, agent: str) -> None:
    class Info:
        def __init__(self) -> None:
            self.agent = agent

    monkeypatch.setattr(neo4j.Driver, "get_server_info", lambda self: Info())
    with pytest.raises(StoreError, match=f"is {re.escape(agent)}; Neo4j 5 or newer is needed"):
        Neo4jStore(neo4j_server.uri, neo4j_server.username, neo4j_server.password)


# Loading.


@pytest.mark.neo4j
def test_what_is_in_the_database(neo4j_store: Neo4jStore, driver: neo4j.Driver) -> None:
    neo4j_store.load(GRAPH)
    assert number(driver, "MATCH (n) RETURN count(n)") == NODES, "no bookkeeping nodes"
    assert number(driver, "MATCH (n) WHERE size(labels(n)) <> 1 RETURN count(n)") == 0
    assert number(driver, "MATCH ()-[r]->() RETURN count(r)") == EDGES
    rules = driver.execute_query(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties, type WHERE type = 'UNIQUENESS' RETURN labelsOrTypes[0], properties"
    ).records
    assert dict(map(tuple, rules)) == {label: ["id"] for label in load_schema().labels}
    found = number(driver, "MATCH (c:Company {id: 'company:丙公司'}) RETURN size(keys(c))")
    assert found == 5, "as_of, confidence, id, method, name: what is null is absent"


@pytest.mark.neo4j
def test_a_write_that_passes_the_check_is_stopped_by_the_server(
    neo4j_store: Neo4jStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aikg.graph.stores.readonly.check", lambda cypher: None)
    with pytest.raises(ReadOnlyError, match="the server refuses to write"):
        neo4j_store.query("CREATE (n:Company {id: 'company:x'})")


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("CREATE (:Person {name: 'somebody'})", "1 Person"),
        ("CREATE ()", "1 nodes without a label"),
        ("CREATE (:Company {id: 17, name: 'Acme'})", "1 Company that aikg did not load"),
        ("CREATE (:Company {name: 'Acme'})", "1 Company that aikg did not load"),
        ("CREATE (:City {id: 'city:1'})-[:TWINNED_WITH]->(:City {id: 'city:2'})", "1 TWINNED_WITH relations"),
    ],
)
def test_other_people_s_data(neo4j_store: Neo4jStore, driver: neo4j.Driver, statement: str, said: str) -> None:
    driver.execute_query(statement)
    before = number(driver, "MATCH (n) RETURN count(n)")
    with pytest.raises(StoreError, match=f"the database holds {said}.*--into") as caught:
        neo4j_store.load(GRAPH)
    assert "\n" not in str(caught.value)
    assert number(driver, "MATCH (n) RETURN count(n)") == before, "nothing was touched"


@pytest.mark.neo4j
def test_into_leaves_other_people_s_data_alone(neo4j_store: Neo4jStore, driver: neo4j.Driver) -> None:
    theirs = """CREATE (p:Person {name: 'somebody'})-[:LIKES]->(:Company {id: 17, name: 'Acme'}),
                       (p)-[:LOCATED_IN]->(:Place {id: 'x'})"""
    driver.execute_query(theirs)
    for graph in (GRAPH, without(GRAPH, ["company:甲公司"]), KnowledgeGraph(), GRAPH):
        neo4j_store.load(graph, into=True)
        nodes, edges = (sum(map(len, frames.values())) for frames in (graph.nodes, graph.edges))
        assert number(driver, "MATCH (n) RETURN count(n)") == nodes + 3
        assert number(driver, "MATCH ()-[r]->() RETURN count(r)") == edges + 2
    assert number(driver, "MATCH (:Person)-[r:LIKES|LOCATED_IN]->() RETURN count(r)") == 2
    assert neo4j_store.schema().labels["Person"] == 1
    assert neo4j_store.schema().properties["Person"] == ()


@pytest.mark.neo4j
def test_what_somebody_changed_is_put_right(neo4j_store: Neo4jStore, driver: neo4j.Driver) -> None:
    neo4j_store.load(GRAPH)
    with EmbeddedStore(GRAPH) as embedded:
        for statement in (
            "MATCH (c:Company {id: 'company:甲公司'}) SET c.name = 'x', c.nonsense = 1",
            "MATCH (c:Company {id: 'company:甲公司'}) DETACH DELETE c",
            "MATCH (a:Company {id: 'company:甲公司'}), (b:Company {id: 'company:丁公司'}) CREATE (a)-[:SUPPLIES]->(b)",
            "MATCH (a)-[r:SUPPLIES]->(b) CREATE (a)-[s:SUPPLIES]->(b) SET s = properties(r)",
            "MATCH (a)-[r:SUPPLIES]->(b) DELETE r",
            "CREATE (:Company {id: 'company:neu', name: 'neu'})",
        ):
            driver.execute_query(statement)
            neo4j_store.load(GRAPH)
            for question in ("MATCH (n) RETURN n", "MATCH ()-[r]->() RETURN r"):
                assert_equal_rows(embedded.query(question), neo4j_store.query(question), statement)


@pytest.mark.neo4j
def test_progress_is_shown_on_stderr_only_when_asked(
    neo4j_store: Neo4jStore, capfd: pytest.CaptureFixture[str]
) -> None:
    neo4j_store.load(GRAPH)
    assert capfd.readouterr() == ("", "")
    neo4j_store.load(GRAPH, progress=True)
    shown = capfd.readouterr()
    assert shown.out == ""
    assert f"{NODES + EDGES}/{NODES + EDGES}" in shown.err


# Connections that break.


@pytest.mark.neo4j
def test_a_query_survives_a_dropped_connection(neo4j_server: Server, proxy: Proxy) -> None:
    with Neo4jStore(f"bolt://127.0.0.1:{proxy.port}", neo4j_server.username, neo4j_server.password) as store:
        for _ in range(3):
            assert store.query("RETURN 1 AS n")["n"].tolist() == [1]
            proxy.drop()
    assert proxy.cuts == 3


@pytest.mark.neo4j
@pytest.mark.parametrize("size", [2_000, 20_000, 60_000])
def test_loading_survives_a_dropped_connection(
    neo4j_store: Neo4jStore, neo4j_server: Server, proxy: Proxy, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j_load, "BATCH", 20)  # so that a small graph has many steps
    with Neo4jStore(f"bolt://127.0.0.1:{proxy.port}", neo4j_server.username, neo4j_server.password) as store:
        proxy.drop_after(size, times=2)
        store.load(GRAPH)
    assert proxy.cuts >= 1, "the first cut at least is within the load"
    with EmbeddedStore(GRAPH) as embedded:
        for question in ("MATCH (n) RETURN n", "MATCH ()-[r]->() RETURN r"):
            assert_equal_rows(embedded.query(question), neo4j_store.query(question))


@pytest.mark.neo4j
def test_an_interrupted_load_is_taken_up_again(
    neo4j_store: Neo4jStore, driver: neo4j.Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neo4j_load, "BATCH", 20)
    original = neo4j_load.Loader._write
    steps = 0

    def stop_in_the_middle(self: neo4j_load.Loader, statement: str, **parameters: object) -> None:
        nonlocal steps
        steps += 1
        if steps == 20:
            raise KeyboardInterrupt
        original(self, statement, **parameters)

    monkeypatch.setattr(neo4j_load.Loader, "_write", stop_in_the_middle)
    with pytest.raises(KeyboardInterrupt):
        neo4j_store.load(GRAPH)
    assert 0 < number(driver, "MATCH ()-[r]->() RETURN count(r)") < EDGES
    neo4j_store.load(GRAPH)
    with EmbeddedStore(GRAPH) as embedded:
        for question in ("MATCH (n) RETURN n", "MATCH ()-[r]->() RETURN r"):
            assert_equal_rows(embedded.query(question), neo4j_store.query(question))


@pytest.mark.neo4j
def test_a_server_that_stays_away_is_given_up(
    neo4j_server: Server, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aikg.graph.stores.neo4j._RETRY_SECONDS", 1.0)
    with Neo4jStore(f"bolt://127.0.0.1:{proxy.port}", neo4j_server.username, neo4j_server.password) as store:
        proxy.drop_after(1, times=1_000_000)
        with pytest.raises(StoreError, match="no Neo4j 5 answers"):
            store.query("RETURN 1 AS n")
        with pytest.raises(StoreError, match="no Neo4j 5 answers"):
            store.load(GRAPH)


# Offline import.


def test_import_files(tmp_path: Path) -> None:
    made = write_import_files(GRAPH, tmp_path / "import")
    company = (tmp_path / "import/nodes/Company.csv").read_text(encoding="utf-8").split("\n")
    assert company[0].startswith("id:ID,name,aliases:string[],sources:string[],as_of,method,confidence:double,founded,")
    assert "founded_year:long" in company[0]
    assert "listed:boolean" in company[0]
    assert sorted(p.stem for p in (tmp_path / "import/nodes").iterdir()) == sorted(GRAPH.nodes)
    assert sorted(p.stem for p in (tmp_path / "import/relationships").iterdir()) == sorted(GRAPH.edges)
    assert made.command().startswith("neo4j-admin database import full neo4j --array-delimiter=U+001F ")
    assert "--nodes=Company=nodes/Company.csv" in made.arguments
    assert (tmp_path / "import/constraints.cypher").read_text(encoding="utf-8").count(";\n") == len(made.statements)
    script = tmp_path / "import/import.sh"
    assert "${NEO4J_ADMIN:-neo4j-admin} database import full" in script.read_text(encoding="utf-8")
    assert script.stat().st_mode & stat.S_IXUSR
    assert subprocess.run(["sh", "-n", str(script)], check=False).returncode == 0
    with pytest.raises(GraphError, match="is not an empty folder"):
        write_import_files(GRAPH, tmp_path / "import")


@pytest.mark.neo4j
def test_an_imported_database_is_a_loaded_one(tmp_path: Path) -> None:
    """With a server of our own, whatever `NEO4J_URI` says: the import wants the files of a stopped one."""
    try:
        own.library_folder()
    except own.UnavailableError as error:
        require_or_skip("neo4j", str(error))
    nodes, edges = store_rows()
    for rows in (*nodes.values(), *edges.values()):  # an empty list cannot be told from null in a CSV file
        for row in rows:
            for key, value in row.items():
                row[key] = None if value == [] else value
    graph = graph_of(nodes, edges)
    files = write_import_files(graph, tmp_path / "import")
    home = tmp_path / "home"
    port = own.free_port()
    own.prepare_home(home, port)
    done = own.admin(home, *files.arguments, cwd=files.directory)
    assert done.returncode == 0, done.stdout + done.stderr
    with own.started_server(home, port) as server, EmbeddedStore(graph) as embedded:
        with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
            for statement in files.statements:
                driver.execute_query(statement)
        with Neo4jStore(server.uri, server.username, server.password) as store:
            for question in ("MATCH (n) RETURN n", "MATCH ()-[r]->() RETURN r"):
                assert_equal_rows(embedded.query(question), store.query(question))
            before = multiset(store.query("MATCH ()-[r]->() RETURN r, elementId(r) AS e"))
            store.load(graph)
            assert multiset(store.query("MATCH ()-[r]->() RETURN r, elementId(r) AS e")) == before
