"""Fixtures for the stores. Tests that need Neo4j carry the marker `neo4j`; see `neo4j_server` and `support`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import neo4j
import pytest
from browser import chromium  # noqa: F401 - one browser for all modules
from neo4j_server import Server, UnavailableError, running_server
from support import require_or_skip

from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.stores.neo4j import Neo4jStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.stores.protocol import Store


@pytest.fixture(scope="session")
def neo4j_server() -> Iterator[Server]:
    """A server for the whole run; its database is emptied by every test that takes `neo4j_store` or `store`."""
    try:
        with running_server() as server:
            if server.home is None and (held := _nodes(server)):
                # The tests delete everything: never on somebody's data.
                pytest.fail(f"NEO4J_URI names a database with {held} nodes; give the tests an empty one")
            yield server
            if server.home is None:
                _empty(server)
                _drop_rules(server)
    except UnavailableError as error:
        require_or_skip("neo4j", str(error))


@pytest.fixture
def neo4j_store(neo4j_server: Server, _loaded: dict[str, KnowledgeGraph]) -> Iterator[Neo4jStore]:
    """A store on an empty database."""
    _loaded.clear()
    _empty(neo4j_server)
    with Neo4jStore(neo4j_server.uri, neo4j_server.username, neo4j_server.password) as store:
        yield store


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "neo4j":
        yield request.getfixturevalue("neo4j_store")
    else:
        with EmbeddedStore() as made:
            yield made


@pytest.fixture(scope="session")
def _loaded() -> dict[str, KnowledgeGraph]:
    """The graph that is in the database just now."""
    return {}


@pytest.fixture(scope="session")
def both_stores(
    neo4j_server: Server, _loaded: dict[str, KnowledgeGraph]
) -> Iterator[Callable[[KnowledgeGraph], tuple[EmbeddedStore, Neo4jStore]]]:
    """Give a graph, get it in both stores. The same graph is loaded once, however many tests ask for it.

    Mark the tests with `pytest.mark.neo4j` and compare with `support.assert_equal_rows`.
    """
    embedded: dict[int, tuple[KnowledgeGraph, EmbeddedStore]] = {}
    with Neo4jStore(neo4j_server.uri, neo4j_server.username, neo4j_server.password) as server:

        def both(graph: KnowledgeGraph) -> tuple[EmbeddedStore, Neo4jStore]:
            if id(graph) not in embedded:
                embedded[id(graph)] = (graph, EmbeddedStore(graph))  # the graph too, so that its id stays its own
            if _loaded.get("graph") is not graph:
                _empty(neo4j_server)
                server.load(graph)
                _loaded["graph"] = graph
            return embedded[id(graph)][1], server

        yield both


def _nodes(server: Server) -> int:
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        return int(driver.execute_query("MATCH (n) RETURN count(n) AS n").records[0]["n"])


def _empty(server: Server) -> None:
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")


def _drop_rules(server: Server) -> None:
    """Drop the constraints and indexes that loading made; between tests they may stay."""
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver:
        for kind in ("CONSTRAINT", "INDEX"):
            for record in driver.execute_query(f"SHOW {kind} YIELD name RETURN name").records:
                if record["name"].startswith("aikg_"):
                    driver.execute_query(f"DROP {kind} {record['name']} IF EXISTS")
