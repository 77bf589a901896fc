"""The graph as networkx and back, and read back from a store: nothing is lost, and nothing foreign comes in unseen."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from question_graph import question_graph
from sample_graph import sample_graph
from store_graph import store_graph

import aikg
from aikg.graph.check import check
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.networkx_io import from_networkx, to_networkx
from aikg.graph.stores.protocol import Store
from aikg.graph.stores.read_back import frames_of
from aikg.ontology.errors import GraphError, StoreError
from aikg.ontology.language import speaking


def assert_same(first: KnowledgeGraph, second: KnowledgeGraph) -> None:
    for a, b in ((first.nodes, second.nodes), (first.edges, second.edges)):
        assert a.keys() == b.keys()
        for name in a:
            pd.testing.assert_frame_equal(a[name], b[name])


# -- networkx -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "graph", [sample_graph(), store_graph(), question_graph()], ids=["sample", "store", "question"]
)
def test_there_and_back(graph: KnowledgeGraph) -> None:
    assert_same(graph, from_networkx(to_networkx(graph)))


def test_the_shipped_graph_there_and_back() -> None:
    graph = aikg.build().frames
    assert_same(graph, from_networkx(to_networkx(graph)))


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=6)
LISTS = st.none() | st.lists(TEXT, max_size=3)
COMPANY = st.fixed_dictionaries(
    {
        "aliases": LISTS,
        "sources": LISTS,
        "name": TEXT,
        "as_of": st.none() | st.sampled_from(["2022", "2022-09"]),
        "method": st.none() | st.just("table"),
        "confidence": st.none() | st.floats(0, 1),
        "founded": st.none() | st.sampled_from(["1999", "2001-02-03"]),
        "listed": st.none() | st.booleans(),
        "legal_name": st.none() | TEXT,
    }
)
SUPPLY = st.tuples(
    st.integers(0, 4),
    st.integers(0, 4),
    st.none() | TEXT,
    st.none() | st.floats(0, 1),
    st.none() | st.integers(1990, 2030),
)


@given(st.lists(COMPANY, min_size=1, max_size=5), st.lists(SUPPLY, max_size=6))
@settings(max_examples=60, deadline=None)
def test_any_graph_there_and_back(companies: list[dict[str, Any]], supplies: list[tuple[Any, ...]]) -> None:
    nodes = [
        {**row, "id": f"company:{at}", "founded_year": int(row["founded"][:4]) if row["founded"] else None}
        for at, row in enumerate(companies)
    ]
    edges = [
        {
            "id": f"SUPPLIES:{at}",
            "subject": f"company:{a % len(nodes)}",
            "object": f"company:{b % len(nodes)}",
            "product": product,
            "share": share,
            "year": year,
            "sources": ["src:0#L1"],
        }
        for at, (a, b, product, share, year) in enumerate(supplies)
    ]
    graph = KnowledgeGraph.from_rows({"Company": nodes}, {"SUPPLIES": edges})
    made = to_networkx(graph)
    assert_same(graph, from_networkx(made))
    for _, attributes in made.nodes(data=True):
        for value in attributes.values():
            assert type(value) in (str, int, float, bool, list)


def test_values_are_plain_and_what_is_not_recorded_is_absent() -> None:
    made = to_networkx(store_graph())
    assert isinstance(made, nx.MultiDiGraph)
    third = made.nodes["company:丙公司"]  # founded, listed and its lists are null
    assert {"founded", "listed", "aliases", "sources"}.isdisjoint(third)
    first = made.nodes["company:甲公司"]
    assert (first["label"], first["founded_year"], first["listed"]) == ("Company", 2012, True)
    assert first["aliases"] == ["乙", "甲", "A"]
    # Two relations 甲公司 → 乙公司 that only their product tells apart stay two.
    edges = made["company:甲公司"]["company:乙公司"]
    assert sorted(data["product"] for data in edges.values()) == ["传感器", "芯片"]
    assert {data["type"] for data in edges.values()} == {"SUPPLIES"}
    assert [data.get("share") for data in edges.values() if data["product"] == "传感器"] == [None]
    for _, _, data in made.edges(data=True):
        assert not any(isinstance(value, float) and math.isnan(value) for value in data.values())


@pytest.mark.parametrize("form", ["graphml", "gexf"])
def test_flat_graphs_can_be_written(tmp_path: Path, form: str) -> None:
    graph = sample_graph()
    file = tmp_path / f"graph.{form}"
    flat = to_networkx(graph, flat=True)
    if form == "graphml":
        nx.write_graphml(flat, file)
        back = nx.read_graphml(file, force_multigraph=True)
        made = from_networkx(back)
        assert {label: len(frame) for label, frame in made.nodes.items()} == graph.counts()["nodes"]
        assert {kind: len(frame) for kind, frame in made.edges.items()} == graph.counts()["edges"]
        columns = ["id", "name", "founded", "founded_year"]
        pd.testing.assert_frame_equal(made.nodes["Company"][columns], graph.nodes["Company"][columns])
        aliases = made.nodes["Company"].set_index("id")["aliases"]
        assert list(aliases["company:腾讯科技"]) == ["腾讯", "腾讯科技（深圳）有限公司"]
    else:
        nx.write_gexf(flat, file)
        back = nx.read_gexf(file)
        assert back.number_of_nodes() == flat.number_of_nodes()
        assert back.number_of_edges() == flat.number_of_edges()
        assert back.nodes["city:440300"]["label"] == "深圳市"
        assert back.nodes["city:440300"]["category"] == "City"


def test_a_graph_of_ones_own() -> None:
    made = nx.DiGraph()
    made.add_node("华为", label="Company", founded="1987-09-15", aliases="HUAWEI|华为技术")
    made.add_node("city:440300", name="深圳市")  # the id tells what it is
    made.add_edge("华为", "city:440300", type="LOCATED_IN", role="headquarters", confidence=float("nan"))
    graph = from_networkx(made)
    company = graph.nodes["Company"].iloc[0]
    assert (company["id"], company["name"], company["founded_year"]) == ("company:华为", "华为", 1987)
    assert list(company["aliases"]) == ["HUAWEI", "华为技术"]
    edge = graph.edges["LOCATED_IN"].iloc[0]
    assert (edge["subject"], edge["object"], edge["role"]) == ("company:华为", "city:440300", "headquarters")
    assert pd.isna(edge["confidence"])
    assert list(edge["sources"]) == []  # no source was given: none is invented
    # The id of a build: type and the digest of type and ends.
    assert edge["id"] == "LOCATED_IN:" + _digest("LOCATED_IN", "company:华为", "city:440300")
    assert from_networkx(made).edges["LOCATED_IN"].equals(graph.edges["LOCATED_IN"])


def _digest(*parts: str) -> str:
    from aikg.loaders.identity import digest

    return digest(*parts)


def _one(label: str | None = "Company", node: str = "甲", **attributes: Any) -> nx.DiGraph:
    made = nx.MultiDiGraph()
    made.add_node(node, **({"label": label} if label else {}), **attributes)
    return made


def _linked(kind: str | None, **attributes: Any) -> nx.DiGraph:
    made = _one()
    made.add_node("深圳", label="City")
    made.add_edge("甲", "深圳", **({"type": kind} if kind else {}), **attributes)
    return made


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (nx.Graph(), "relations have a direction"),
        (_one("Compny"), "node '甲': label 'Compny' is not in the ontology; use Company"),
        (_one(None), "node '甲': it has no label"),
        (_one(colour="red"), "node '甲': property 'colour' is not in the ontology"),
        (_one(listed="yes"), "node '甲': listed = 'yes' is no boolean"),
        (_one(confidence="high"), "node '甲': confidence = 'high' is no number"),
        (_one("Province", node="city:440300"), "its id is that of a City, its label Province"),
        (_linked("LOCATED_AT"), "edge '甲' → '深圳': type 'LOCATED_AT' is not in the ontology; use LOCATED_IN"),
        (_linked(None), "edge '甲' → '深圳': it has no type"),
        (_linked("HOSTS"), "HOSTS does not go Company → City"),
        (_linked("LOCATED_IN", weight=2), "property 'weight' is not in the ontology"),
    ],
)
def test_what_the_ontology_does_not_allow_is_one_line(made: Any, said: str) -> None:
    with pytest.raises(GraphError) as error:
        from_networkx(made)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    with speaking("zh"), pytest.raises(GraphError) as chinese:
        from_networkx(made)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in str(chinese.value).replace("甲", "").replace("深圳", ""))


def test_ids_that_stand_twice() -> None:
    made = _one()
    made.add_node("company:甲", label="Company")
    with pytest.raises(GraphError, match="company:甲 stands twice"):
        from_networkx(made)
    twice = _linked("LOCATED_IN")
    twice.add_edge("甲", "深圳", type="LOCATED_IN")  # says the same: one
    assert len(from_networkx(twice).edges["LOCATED_IN"]) == 1
    twice.add_edge("甲", "深圳", type="LOCATED_IN", role="branch")
    with pytest.raises(GraphError, match="stands twice"):
        from_networkx(twice)


def test_what_comes_in_passes_the_check() -> None:
    graph = from_networkx(to_networkx(question_graph()))
    assert check(graph).equals(check(question_graph()))


# -- stores -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [3, 50_000])
def test_a_store_gives_back_what_was_loaded(store: Store, page: int) -> None:
    graph = store_graph()
    store.load(graph)
    assert_same(graph, frames_of(store, page=page))


def test_a_store_gives_back_every_kind_of_column(store: Store) -> None:
    graph = question_graph()  # figures with units, qualifiers, years, orders
    store.load(graph)
    assert_same(graph, frames_of(store))


def test_an_empty_store_is_an_empty_graph(store: Store) -> None:
    store.load(KnowledgeGraph())
    made = frames_of(store)
    assert (made.nodes, made.edges, len(made.statements)) == ({}, {}, 0)


@pytest.mark.neo4j
def test_foreign_nodes_stay_where_they_are_and_nameless_ones_are_said(neo4j_store: Any, neo4j_server: Any) -> None:
    import neo4j

    graph = question_graph()
    neo4j_store.load(graph)
    with neo4j.GraphDatabase.driver(neo4j_server.uri, auth=(neo4j_server.username, neo4j_server.password)) as driver:
        driver.execute_query("MATCH (c:Company {id: 'company:甲'}) CREATE (:Person {id: 'p'})-[:KNOWS]->(c)")
        assert_same(graph, frames_of(neo4j_store))
        driver.execute_query("CREATE (:Company {name: 'somebody else'})")
        with pytest.raises(StoreError, match="1 of 7 Company have no id of their own"):
            frames_of(neo4j_store)
