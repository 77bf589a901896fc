"""How Neo4j plans the questions: no scan of all nodes or relations, no product of two sets, unless the header says why."""

from __future__ import annotations

from typing import Any

import pytest

from aikg.pipeline import build_graph
from aikg.queries.catalogue import Query, load_catalogue
from aikg.queries.parameters import resolve

FORBIDDEN = {
    "AllNodesScan", "CartesianProduct", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan",
}  # fmt: skip
GRAPH = build_graph()[0]


def operators(plan: dict[str, Any]) -> set[str]:
    """Names of all operators of a plan, as the driver returns it."""
    return {plan["operatorType"].partition("@")[0]}.union(*(operators(child) for child in plan.get("children", [])))


@pytest.mark.neo4j
@pytest.mark.parametrize("query", list(load_catalogue()), ids=lambda q: q.name)
def test_no_plan_reads_everything(both_stores: Any, neo4j_server: Any, query: Query) -> None:
    import neo4j

    embedded, _ = both_stores(GRAPH)
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)) as driver:
        asked = resolve(embedded, query, {}).engine
        plan = driver.execute_query(f"EXPLAIN {query.statement}", parameters_=asked).summary.plan
    found = operators(plan) & FORBIDDEN
    assert found <= set(query.plan), "say why in the header (plan: …), or ask otherwise"
    assert set(query.plan) <= found, "a reason for what is not planned"
