"""Communities: published partitions, the same answer twice, and what takes part in the knowledge graph."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from question_graph import question_graph

import aikg
from aikg.graph.analysis.communities import HUB_LABELS, METHODS, communities, modularity
from aikg.graph.analysis.facts import ROOT
from aikg.graph.analysis.structure import Structure
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import QueryError


def karate() -> pd.DataFrame:
    return pd.DataFrame(list(nx.karate_club_graph().edges()), columns=["source", "target"])


@pytest.mark.parametrize("seed", [0, 1, 7])
def test_karate_club(seed: int) -> None:
    # metrics.md D8: the best known partition of Zachary's club has Q = .4198 with 4 communities; Leiden reaches ≥ .41.
    found = communities(karate(), seed=seed)
    assert found.attrs["modularity"] >= 0.41
    assert found.attrs["n_communities"] == 4
    assert found.attrs["engine"] == "networkit"
    # Newman & Girvan's quality as networkx counts it.
    graph = nx.karate_club_graph()
    parts = [set(group["id"]) for _, group in found.groupby("community")]
    assert found.attrs["modularity"] == pytest.approx(nx.community.modularity(graph, parts, weight=None))


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_answer_whatever_the_order_of_rows(method: str) -> None:
    graph = nx.gnm_random_graph(200, 600, seed=2)
    edges = pd.DataFrame(list(graph.edges()), columns=["source", "target"]).astype(str)
    first = communities(edges, method, seed=3)
    pd.testing.assert_frame_equal(first, communities(edges.sample(frac=1, random_state=1), method, seed=3))


def test_communities_are_numbered_by_size_and_then_by_id() -> None:
    edges = pd.DataFrame({"source": ["z", "c", "a", "p", "q"], "target": ["y", "d", "b", "q", "r"]})
    found = communities(edges, "components")
    assert found["id"].tolist() == ["p", "q", "r", "a", "b", "c", "d", "y", "z"]
    assert found["community"].tolist() == [1, 1, 1, 2, 2, 3, 3, 4, 4]
    assert found["size"].tolist() == [3, 3, 3, 2, 2, 2, 2, 2, 2]


def test_leiden_communities_hang_together() -> None:
    # Traag et al. 2019: what sets Leiden apart from Louvain. Hence never Louvain under its name.
    graph = nx.gnm_random_graph(300, 500, seed=4)
    found = communities(pd.DataFrame(list(graph.edges()), columns=["source", "target"]))
    for _, group in found.groupby("community"):
        assert nx.is_connected(graph.subgraph(group["id"].tolist()))


def test_two_cliques_and_resolution() -> None:
    # Two cliques of five joined by one edge: two communities by every method that looks for them.
    graph = nx.disjoint_union(nx.complete_graph(5), nx.complete_graph(5))
    graph.add_edge(0, 5)
    edges = pd.DataFrame(list(graph.edges()), columns=["source", "target"])
    for method in ("leiden", "louvain", "label-propagation"):
        found = communities(edges, method)
        assert found["community"].tolist() == [1] * 5 + [2] * 5, method
    # By hand: 21 edges, 10 inside each, degrees sum to 21 on each side: Q = 20/21 − 2·(21/42)² = .452.
    assert communities(edges).attrs["modularity"] == pytest.approx(20 / 21 - 0.5)
    assert communities(edges, resolution=0.01).attrs["n_communities"] == 1
    assert communities(edges, resolution=20.0).attrs["n_communities"] == 10


def test_weights_decide() -> None:
    # A ring of four: the strong pairs stay together.
    edges = pd.DataFrame({"source": list("abcd"), "target": list("bcda"), "w": [9.0, 0.1, 9.0, 0.1]})
    found = communities(edges, weight="w").set_index("id")["community"].to_dict()
    assert found["a"] == found["b"] != found["c"] == found["d"]


def test_strong_components_follow_the_direction() -> None:
    edges = pd.DataFrame({"source": ["a", "b", "b", "c"], "target": ["b", "a", "c", "d"]})
    assert communities(edges, "strong-components")["size"].tolist() == [2, 2, 1, 1]
    assert communities(edges, "components").attrs["n_communities"] == 1


@pytest.mark.parametrize("method", METHODS)
def test_nothing_one_node_and_no_edges(method: str) -> None:
    none = pd.DataFrame({"source": [], "target": []}, dtype=object)
    empty = communities(none, method)
    assert (len(empty), empty.attrs["n_communities"]) == (0, 0)
    assert math.isnan(empty.attrs["modularity"])
    alone = communities(Structure.of_edges(none, ["b", "a"]), method)
    assert alone["community"].tolist() == [1, 2]
    assert alone["id"].tolist() == ["a", "b"]
    loops = communities(pd.DataFrame({"source": ["a", "a"], "target": ["a", "b"]}), method)
    assert len(loops) == 2


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.5, 1.0, 2.0])), max_size=30),
    st.lists(st.integers(0, 3), min_size=10, max_size=10),
    st.sampled_from([0.5, 1.0, 2.0]),
)
@settings(max_examples=50, deadline=None)
def test_modularity_is_that_of_networkx(
    edges: list[tuple[int, int, float]], parts: list[int], resolution: float
) -> None:
    edges = [edge for edge in edges if edge[0] != edge[1]]
    graph = nx.Graph()
    graph.add_nodes_from(range(10))
    for a, b, weight in edges:
        graph.add_edge(a, b, weight=weight + graph.get_edge_data(a, b, {"weight": 0.0})["weight"])
    table = pd.DataFrame(edges, columns=["source", "target", "w"]).astype({"source": int, "target": int, "w": float})
    made = Structure.of_edges(table, range(10), weight="w")
    ids = [int(node) for node in made.ids.to_pylist()]
    found = modularity(made.adjacency(directed=False, weighted=True), np.array([parts[i] for i in ids]), resolution)
    groups = [{i for i in range(10) if parts[i] == part} for part in set(parts)]
    if not edges:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(nx.community.modularity(graph, groups, resolution=resolution))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from([0.5, 2.0])), min_size=1, max_size=15))
@settings(max_examples=40, deadline=None)
def test_modularity_of_components_is_the_same_by_the_short_way(edges: list[tuple[int, int, float]]) -> None:
    made = Structure.of_edges(pd.DataFrame(edges, columns=["source", "target", "w"]), range(10), weight="w")
    found = communities(made, "components", resolution=1.5)
    community = found.set_index("id")["community"].reindex(made.ids.to_pylist()).to_numpy()
    matrix = made.adjacency(directed=False, weighted=True, loops=False)
    assert found.attrs["modularity"] == pytest.approx(modularity(matrix, community, 1.5), nan_ok=True)


def test_what_cannot_be_asked() -> None:
    edges = pd.DataFrame({"source": ["a"], "target": ["b"]})
    with pytest.raises(QueryError, match="'leyden' is not known; did you mean leiden"):
        communities(edges, "leyden")
    for wrong in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="resolution"):
            communities(edges, resolution=wrong)
    with pytest.raises(ValueError, match="edge a → b"):
        communities(edges.assign(w=-1.0), weight="w")


def test_hubs_are_left_out_unless_asked_for() -> None:
    graph = question_graph()
    found = communities(graph)
    assert not set(HUB_LABELS) & set(found["label"])
    assert ROOT not in set(found["id"])
    assert "LOCATED_IN" not in found.attrs["relations"]
    assert "LOCATED_IN" in found.attrs["note"]
    assert {"LOCATED_IN", "City", ROOT} <= set(found.attrs["without"])
    asked = communities(graph, relations=["LOCATED_IN", "OPERATES_IN"])
    assert "City" in set(asked["label"])
    assert ROOT in set(asked["id"])
    assert asked.attrs["note"] is None
    with pytest.raises(QueryError, match="holds no SUPPLIES"):
        communities(graph, relations=["SUPPLIES"])


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return aikg.build().frames


def test_shipped_graph(shipped: KnowledgeGraph) -> None:
    found = communities(shipped)
    assert found["id"].is_unique
    assert found.attrs["modularity"] > 0.6
    assert found["size"].is_monotonic_decreasing
    # 蚂蚁金服 and 微众银行 stand under 智能金融 in 图表 5 of document 003 (lines 276, 278) and nowhere else in 图表 3–5.
    places = found.set_index("id")["community"]
    assert places["company:蚂蚁金服"] == places["company:微众银行"]
