"""The engines agree: networkx, and SciPy and networkit behind the same function, on every shape of network."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.graph.analysis.centrality import KINDS, articulation_points, bridges, centrality
from aikg.graph.analysis.communities import communities
from aikg.graph.analysis.structure import Structure

# metrics.md, "Tolerances against networkx"; the others are sums of a few hundred terms.
TOLERANCE = {"pagerank": 1e-6, "betweenness": 1e-9, "hits": 1e-9, "k-core": 0.0, "degree": 0.0, "eigenvector": 1e-7}


def frame(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(list(pairs), columns=["source", "target"], dtype=object)


SHAPES: dict[str, Structure] = {
    "nothing": Structure.of_edges(frame()),
    "one node": Structure.of_edges(frame(), ["a"]),
    "isolated nodes": Structure.of_edges(frame(), ["a", "b", "c"]),
    "one edge": Structure.of_edges(frame(("a", "b"))),
    "an edge and an isolated node": Structure.of_edges(frame(("a", "b")), ["c"]),
    "parallel edges": Structure.of_edges(frame(("a", "b"), ("a", "b"), ("b", "a"), ("b", "c"))),
    "self-loops": Structure.of_edges(frame(("a", "a"), ("a", "b"), ("b", "c"), ("c", "c"), ("d", "d"))),
    "one self-loop": Structure.of_edges(frame(("a", "a"))),
    "two parts": Structure.of_edges(frame(("a", "b"), ("b", "c"), ("c", "a"), ("x", "y"), ("y", "z"), ("z", "w"))),
    "a directed cycle": Structure.of_edges(frame(("a", "b"), ("b", "c"), ("c", "d"), ("d", "a"))),
    "a chain that ends": Structure.of_edges(frame(("a", "b"), ("b", "c"), ("c", "d"))),
    "a star": Structure.of_edges(frame(*[("hub", f"leaf{i}") for i in range(9)])),
    "two cycles and a bridge": Structure.of_edges(
        frame(("a", "b"), ("b", "c"), ("c", "a"), ("c", "x"), ("x", "y"), ("y", "z"), ("z", "x"))
    ),
}


def same(kind: str, structure: Structure, **options: Any) -> None:
    """Both engines give the same values, the same ranks and the same order."""
    first = centrality(structure, kind, engine="networkx", **options)
    second = centrality(structure, kind, engine="compiled", **options)
    assert second.attrs["engine"] != "networkx"
    assert list(first.columns) == list(second.columns)
    tolerance = TOLERANCE.get(kind, 1e-9)
    a, b = (found.set_index("id").sort_index() for found in (first, second))
    for name in a.columns.drop("rank"):
        np.testing.assert_allclose(
            a[name].to_numpy(float), b[name].to_numpy(float), rtol=0, atol=tolerance, err_msg=f"{kind} {name}"
        )


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_on_every_shape(kind: str, shape: str) -> None:
    same(kind, SHAPES[shape])


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", [kind for kind, entry in KINDS.items() if not entry.fixed])
def test_both_engines_with_the_other_direction(kind: str, shape: str) -> None:
    same(kind, SHAPES[shape], directed=not KINDS[kind].directed)


EDGES = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11), st.sampled_from([0.5, 1.0, 2.0, 3.0])), min_size=1, max_size=40
)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in ("hits", "eigenvector")])
@given(edges=EDGES, directed=st.booleans(), weighted=st.booleans())
@settings(max_examples=25, deadline=None)
def test_both_engines_on_any_network(
    kind: str, edges: list[tuple[int, int, float]], directed: bool, weighted: bool
) -> None:
    entry = KINDS[kind]
    table = pd.DataFrame(edges, columns=["source", "target", "w"])
    made = Structure.of_edges(table, range(13), weight="w" if weighted and entry.weighted else None)
    same(kind, made, directed=entry.directed if entry.fixed else directed)


@given(edges=EDGES)
@settings(max_examples=40, deadline=None)
def test_hits_and_eigenvector_are_what_they_say(edges: list[tuple[int, int, float]]) -> None:
    """Where several parts tie, networkx's start decides; the defining equations hold whichever engine it is."""
    made = Structure.of_edges(pd.DataFrame(edges, columns=["source", "target", "w"]), range(13), weight="w")
    found = centrality(made, "hits").set_index("id").reindex(made.ids.to_pylist())
    hub, authority = found["hub"].to_numpy(), found["authority"].to_numpy()
    matrix = made.matrix.toarray()
    assert hub.sum() == pytest.approx(1)
    assert authority.sum() == pytest.approx(1)
    turned = matrix.T @ hub
    np.testing.assert_allclose(turned / turned.sum(), authority, atol=1e-7)
    vector = centrality(made, "eigenvector").set_index("id")["value"].reindex(made.ids.to_pylist()).to_numpy()
    part = np.flatnonzero(~np.isnan(vector))
    if len(part):
        own = made.adjacency(directed=False, weighted=True).toarray()[np.ix_(part, part)]
        image = own @ vector[part]
        np.testing.assert_allclose(image / np.linalg.norm(image), vector[part], atol=1e-7)
        assert np.linalg.norm(vector[part]) == pytest.approx(1)


def test_hits_beyond_dense_matrices_equals_networkx() -> None:
    made = scale_free(400)
    found = centrality(made, "hits", engine="compiled").set_index("id")
    hubs, authorities = nx.hits(made.networkx(directed=True, loops=True), tol=0)
    ids = made.ids.to_pylist()
    np.testing.assert_allclose(found.loc[ids, "hub"], [hubs[i] for i in range(made.n)], atol=1e-9)
    np.testing.assert_allclose(found.loc[ids, "authority"], [authorities[i] for i in range(made.n)], atol=1e-9)


def test_hits_of_two_equal_parts_shares_evenly_beyond_dense_matrices() -> None:
    # Two stars of 50 leaves: every hub points at its own 50 leaves, neither star is more than the other.
    made = Structure.of_edges(frame(*[(f"hub{h}", f"leaf{h}-{i}") for h in range(2) for i in range(50)]))
    found = centrality(made, "hits").set_index("id")
    assert found.loc["hub0", "hub"] == pytest.approx(0.5)
    assert found.loc["leaf1-3", "authority"] == pytest.approx(0.01)


def scale_free(n: int) -> Structure:
    graph = nx.scale_free_graph(n, seed=5)
    return Structure.of_edges(
        pd.DataFrame([(f"n{a:04d}", f"n{b:04d}") for a, b in graph.edges()], columns=["source", "target"])
    )


@pytest.mark.parametrize("kind", KINDS)
def test_both_engines_on_a_skewed_network(kind: str) -> None:
    same(kind, scale_free(300))
    ranks = [
        centrality(scale_free(300), kind, engine=engine).set_index("id")["rank"].fillna(-1).astype(int)
        for engine in ("networkx", "compiled")
    ]
    assert (ranks[0].sort_index() == ranks[1].sort_index()).all()


@given(edges=EDGES)
@settings(max_examples=40, deadline=None)
def test_points_and_bridges_agree_and_are_right(edges: list[tuple[int, int, float]]) -> None:
    made = Structure.of_edges(pd.DataFrame(edges, columns=["source", "target", "w"]), range(13))
    points, lines = (
        [function(made, engine=engine) for engine in ("networkx", "compiled")]
        for function in (articulation_points, bridges)
    )
    pd.testing.assert_frame_equal(points[0], points[1])
    pd.testing.assert_frame_equal(lines[0], lines[1])
    # The definition, by hand: take it away and count the parts.
    graph = made.networkx(directed=False)
    place = {node_id: at for at, node_id in enumerate(made.ids.to_pylist())}
    parts = nx.number_connected_components(graph)
    for node_id, fallen in zip(points[0]["id"], points[0]["parts"], strict=True):
        rest = graph.copy()
        rest.remove_node(place[node_id])
        assert nx.number_connected_components(rest) == parts - 1 + fallen
    for _, line in lines[0].iterrows():
        rest = graph.copy()
        rest.remove_edge(place[line["id"]], place[line["other"]])
        assert nx.number_connected_components(rest) == parts + 1
        small, large = (nx.node_connected_component(rest, place[line[end]]) for end in ("id", "other"))
        assert len(small) == line["cut_off"] <= len(large)


@given(edges=EDGES)
@settings(max_examples=40, deadline=None)
def test_components_are_those_of_networkx(edges: list[tuple[int, int, float]]) -> None:
    made = Structure.of_edges(pd.DataFrame(edges, columns=["source", "target", "w"]), range(13))
    graph = made.networkx(directed=True)
    ids = made.ids.to_pylist()
    for method, parts in (
        ("components", nx.weakly_connected_components(graph)),
        ("strong-components", nx.strongly_connected_components(graph)),
    ):
        found = communities(made, method)
        got = {frozenset(group["id"]) for _, group in found.groupby("community")}
        assert got == {frozenset(ids[node] for node in part) for part in parts}


def test_the_compiled_engine_takes_over_where_networks_are_large() -> None:
    small = centrality(scale_free(300), "k-core")
    graph = nx.gnm_random_graph(3000, 10_500, seed=1)
    large = centrality(Structure.of_edges(pd.DataFrame(list(graph.edges()), columns=["source", "target"])), "k-core")
    assert (small.attrs["engine"], large.attrs["engine"]) == ("networkx", "networkit")
    found = large.set_index("id")["value"]
    assert {node: int(found[node]) for node in graph if node in found.index} == {
        node: core for node, core in nx.core_number(graph).items() if node in found.index
    }
