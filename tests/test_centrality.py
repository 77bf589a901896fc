"""Centrality against published examples, and on the knowledge graph against what the documents say."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from question_graph import Maker, question_graph

import aikg
from aikg.graph.analysis.centrality import KINDS, articulation_points, bridges, centrality
from aikg.graph.analysis.facts import ROOT
from aikg.graph.analysis.network_measures import MEASURES
from aikg.graph.analysis.selection import BOOKKEEPING
from aikg.graph.analysis.structure import Structure
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError, QueryError
from aikg.ontology.language import speaking

ENGINES = ("networkx", "compiled")


def structure_of(graph: nx.Graph, **options: object) -> Structure:
    edges = pd.DataFrame(list(graph.edges()), columns=["source", "target"])
    return Structure.of_edges(edges, graph.nodes(), **options)


def values(network: object, kind: str, **options: object) -> dict[object, float]:
    found = centrality(network, kind, **options)
    return dict(zip(found["id"], found["value"], strict=True))


@pytest.fixture(scope="module")
def shipped() -> KnowledgeGraph:
    return aikg.build().frames


# -- published examples -------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_florentine_families(engine: str) -> None:
    # Padgett & Ansell's marriages, betweenness as in Wasserman & Faust 1994; metrics.md D5: Medici .5220, Guadagni .2546.
    found = values(structure_of(nx.florentine_families_graph()), "betweenness", engine=engine)
    assert found["Medici"] == pytest.approx(0.5220, abs=5e-5)
    assert found["Guadagni"] == pytest.approx(0.2546, abs=5e-5)


@pytest.mark.parametrize("engine", ENGINES)
def test_karate_club(engine: str) -> None:
    # Zachary 1977, without the weights that networkx ships; metrics.md D5–D7.
    karate = structure_of(nx.karate_club_graph())
    found = values(karate, "betweenness", engine=engine)
    assert found[0] == pytest.approx(0.4376, abs=5e-5)
    assert found[33] == pytest.approx(0.3041, abs=5e-5)
    assert values(karate, "constraint", engine=engine)[0] == pytest.approx(0.1554, abs=5e-5)
    cores = values(karate, "k-core", engine=engine)
    assert max(cores.values()) == 4
    assert sum(core == 4 for core in cores.values()) == 10
    # Degrees 16 and 17 of the two leaders, hand count in Zachary's matrix.
    degree = values(karate, "degree", directed=False, engine=engine)
    assert (degree[0], degree[33]) == (16, 17)


BORGATTI = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]


@pytest.mark.parametrize("engine", ENGINES)
def test_borgatti_1997(engine: str) -> None:
    # "Structural holes: unpacking Burt's redundancy measures"; metrics.md D6 (checked against UCINET and igraph).
    edges = pd.DataFrame([tuple(pair) for pair in BORGATTI], columns=["source", "target"])
    size = values(edges, "effective-size", engine=engine)
    assert (size["G"], size["A"], size["C"]) == (pytest.approx(4.67, abs=0.005), 2.5, 1.0)
    found = values(edges, "constraint", engine=engine)
    assert found["G"] == pytest.approx(0.400, abs=5e-4)
    assert found["A"] == pytest.approx(0.595, abs=5e-4)
    assert found["C"] == 1.0
    ranked = centrality(edges, "constraint", engine=engine)
    assert ranked.loc[0, ["id", "rank"]].tolist() == ["G", 1]  # the broker is first


@pytest.mark.parametrize("engine", ENGINES)
def test_pagerank_of_wikipedias_eleven_pages(engine: str) -> None:
    # The figure in Wikipedia, "PageRank": B 38.4 %, C 34.3 %, E 8.1 %, D 3.9 %, F 3.9 %, A 3.3 %, five others 1.6 %; A dangles.
    pages = "BC CB DA DB EB ED EF FB FE GB GE HB HE IB IE JE KE"
    edges = pd.DataFrame([tuple(pair) for pair in pages.split()], columns=["source", "target"])
    found = values(edges, "pagerank", engine=engine)
    want = {"B": 0.384, "C": 0.343, "E": 0.081, "D": 0.039, "F": 0.039, "A": 0.033, "G": 0.016, "K": 0.016}
    assert {page: round(found[page], 3) for page in want} == want
    assert sum(found.values()) == pytest.approx(1)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_path_by_hand(engine: str) -> None:
    # a – b – c: closeness of b 2/(1+1), of a 2/(1+2); harmonic of a 1 + 1/2; eigenvector (1, √2, 1)/2.
    path = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"]})
    assert values(path, "closeness", engine=engine) == pytest.approx({"a": 2 / 3, "b": 1.0, "c": 2 / 3})
    assert values(path, "harmonic", engine=engine) == pytest.approx({"a": 1.5, "b": 2.0, "c": 1.5})
    assert values(path, "eigenvector", engine=engine) == pytest.approx({"a": 0.5, "b": math.sqrt(0.5), "c": 0.5})
    assert values(path, "betweenness", engine=engine) == {"a": 0.0, "b": 1.0, "c": 0.0}
    hits = centrality(path, "hits", engine=engine).set_index("id")
    # a → b → c: two hubs and two authorities alike.
    assert hits["hub"].to_dict() == pytest.approx({"a": 0.5, "b": 0.5, "c": 0.0})
    assert hits["authority"].to_dict() == pytest.approx({"a": 0.0, "b": 0.5, "c": 0.5})


# -- rules --------------------------------------------------------------------------------------------


def test_parallel_edges_are_one_and_their_weights_are_summed() -> None:
    edges = pd.DataFrame({"source": ["a", "a", "b"], "target": ["b", "b", "c"], "w": [1.0, 2.0, 0.0]})
    assert values(edges, "degree") == {"a": 1, "b": 2, "c": 1}
    assert values(edges, "weighted-degree") == {"a": 2, "b": 3, "c": 1}  # number of links
    assert values(edges, "weighted-degree", weight="w") == {"a": 3, "b": 3, "c": 0}
    found = centrality(edges, "degree").set_index("id")
    assert found.loc["b", ["in", "out"]].tolist() == [1, 1]


@pytest.mark.parametrize("engine", ENGINES)
def test_weights_are_strengths_so_strong_ties_are_short(engine: str) -> None:
    # a – c directly with strength 1 (length 1), over b with strength 4 each (length 1/2): the way leads over b.
    edges = pd.DataFrame({"source": ["a", "a", "b"], "target": ["c", "b", "c"], "w": [0.9, 4.0, 4.0]})
    assert values(edges, "betweenness", weight="w", engine=engine)["b"] == 1.0
    assert values(edges, "betweenness", engine=engine)["b"] == 0.0


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_bad_weights_name_the_edge(bad: float) -> None:
    edges = pd.DataFrame({"source": ["甲", "乙"], "target": ["乙", "丙"], "w": [1.0, bad]})
    with pytest.raises(ValueError, match=r"edge 乙 → 丙 \(row 1\) has w"):
        centrality(edges, "pagerank", weight="w")


def test_a_missing_end_names_the_row() -> None:
    with pytest.raises(ValueError, match="row 1 has no target"):
        centrality(pd.DataFrame({"source": ["a", "b"], "target": ["b", None]}))


def test_isolated_nodes() -> None:
    made = Structure.of_edges(pd.DataFrame({"source": ["a"], "target": ["b"]}), ["c"])
    for kind, want in (("degree", 0), ("betweenness", 0), ("closeness", 0), ("harmonic", 0), ("k-core", 0)):
        assert values(made, kind)["c"] == want
    for kind in ("constraint", "effective-size", "eigenvector"):
        found = centrality(made, kind)
        assert math.isnan(found.set_index("id").loc["c", "value"])
        assert found["rank"].isna().tolist() == [False, False, True]  # what is not known has no rank
        assert found.attrs["note"]
    with speaking("zh"):
        assert "连通部分" in centrality(made, "eigenvector").attrs["note"]


def test_ties_share_a_rank_and_come_in_the_order_of_ids() -> None:
    edges = pd.DataFrame({"source": ["z", "y", "x", "hub"], "target": ["hub", "hub", "hub", "a"]})
    found = centrality(edges, "degree")
    assert found["id"].tolist() == ["hub", "a", "x", "y", "z"]
    assert found["rank"].tolist() == [1, 2, 2, 2, 2]
    turned = centrality(edges.iloc[::-1], "degree")
    pd.testing.assert_frame_equal(found, turned)


def test_sampled_betweenness_says_so_and_is_reproducible() -> None:
    graph = nx.barabasi_albert_graph(5_100, 2, seed=3)
    made = structure_of(graph)
    found = centrality(made, "betweenness", sample=200, seed=4)
    assert found.attrs["method"].startswith("sampled k=200, seed 4, Spearman 0.")
    pd.testing.assert_frame_equal(found, centrality(made, "betweenness", sample=200, seed=4))
    assert not found["value"].equals(centrality(made, "betweenness", sample=200, seed=5)["value"])
    assert "sampled k=256" in centrality(made, "betweenness").attrs["method"]  # above 5,000 nodes by itself
    small = nx.barabasi_albert_graph(400, 2, seed=3)
    exact = pd.Series(nx.betweenness_centrality(small))
    estimate = pd.Series(values(structure_of(small), "betweenness", sample=300))
    assert exact.corr(estimate, method="spearman") > 0.9  # engines.md: .94 at a fraction of the sources
    assert centrality(structure_of(small), "betweenness").attrs["method"] == "exact"


def test_what_cannot_be_asked() -> None:
    edges = pd.DataFrame({"source": ["a"], "target": ["b"]})
    with pytest.raises(QueryError, match="'betweeness' is not known; did you mean betweenness"):
        centrality(edges, "betweeness")
    with pytest.raises(QueryError, match="engine 'igraph' is not one of"):
        centrality(edges, engine="igraph")
    for options in ({"kind": "hits", "directed": False}, {"kind": "k-core", "directed": True}):
        with pytest.raises(ValueError, match="always"):
            centrality(edges, **options)
    with pytest.raises(ValueError, match="only betweenness is sampled"):
        centrality(edges, "closeness", sample=5)
    with pytest.raises(ValueError, match="takes no weight"):
        centrality(edges, "k-core", weight="w")
    with pytest.raises(ValueError, match="KnowledgeGraph"):
        centrality(edges, relations=["LOCATED_IN"])
    with pytest.raises(ValueError, match="KnowledgeGraph"):
        centrality(edges, of=["Company"])


def test_points_and_bridges_by_hand() -> None:
    # Two triangles a b c and x y z joined by c – x, and a leaf at z: c, x and z hold it together.
    pairs = ["ab", "bc", "ca", "cx", "xy", "yz", "zx", "zl"]
    edges = pd.DataFrame([tuple(pair) for pair in pairs], columns=["source", "target"])
    for engine in ENGINES:
        points = articulation_points(edges, engine=engine)
        assert list(zip(points["id"], points["parts"], strict=True)) == [("c", 2), ("x", 2), ("z", 2)]
        lines = bridges(edges, engine=engine)
        assert lines.to_numpy().tolist() == [["c", "x", 3], ["l", "z", 1]]
    ring = pd.DataFrame({"source": ["a", "b", "c"], "target": ["b", "c", "a"]})
    assert articulation_points(ring).empty
    assert bridges(ring).empty


# -- on the knowledge graph ---------------------------------------------------------------------------


def test_relations_and_labels_choose_what_takes_part() -> None:
    graph = question_graph()
    found = centrality(graph, relations=["OPERATES_IN"], labels=["Company", "ChainSegment"])
    # Four companies work in 智能芯片 (甲, 丁), 语音合成 (乙), 智能医疗 (丙); 甲 also in the root, which does not take part.
    degree = found.set_index("id")["value"]
    assert degree["segment:智能芯片"] == 2
    assert degree["company:甲"] == 1
    assert ROOT not in degree.index
    assert degree["segment:智能传感器"] == 0  # a segment without a company takes part, because its label was named
    assert found.attrs["relations"] == ["OPERATES_IN"]
    assert found.attrs["without"] == [ROOT]
    everything = centrality(graph)
    assert not set(BOOKKEEPING) & set(everything.attrs["relations"])
    assert not {"Observation", "Source"} & set(everything["label"])
    with_root = centrality(graph, relations=["OPERATES_IN"], without=[])
    assert with_root.set_index("id").loc[ROOT, "value"] == 1
    # The words of the ontology do as well.
    pd.testing.assert_frame_equal(
        centrality(graph, relations=["布局于"], labels=["company", "chainsegment"]), found, check_like=True
    )


def test_of_lists_some_and_changes_nothing_else() -> None:
    graph = question_graph()
    whole = centrality(graph, "betweenness")
    cities = centrality(graph, "betweenness", of=["City"])
    assert set(cities["label"]) == {"City"}
    assert cities["rank"].iat[0] == 1
    want = whole[whole["label"] == "City"].set_index("id")["value"]
    assert cities.set_index("id")["value"].to_dict() == want.to_dict()
    with pytest.raises(QueryError, match="no Event stands"):
        centrality(graph, of=["Event"])


def test_names_that_do_not_exist_are_one_line_with_near_ones() -> None:
    graph = question_graph()
    with pytest.raises(QueryError, match="'LOCATED_ON' is not in the ontology; use one of LOCATED_IN"):
        centrality(graph, relations=["LOCATED_ON"])
    with pytest.raises(QueryError, match="label 'Compny' is not in the ontology; use one of Company"):
        centrality(graph, labels=["Compny"])
    with pytest.raises(QueryError, match="this graph holds no SUPPLIES; it holds LOCATED_IN"):
        centrality(graph, relations=["SUPPLIES"])
    with pytest.raises(QueryError, match="no relation at all"):
        centrality(KnowledgeGraph())
    with speaking("zh"), pytest.raises(QueryError, match="本图没有 SUPPLIES"):
        centrality(graph, relations=["SUPPLIES"])


def supplies() -> KnowledgeGraph:
    made = Maker()
    for name in "甲乙丙":
        made.node("Company", f"company:{name}", 3)
    made.edge("SUPPLIES", "company:甲", "company:乙", 3, product="芯片", share=0.5)
    made.edge("SUPPLIES", "company:甲", "company:乙", 3, product="传感器", share=0.25)
    made.edge("SUPPLIES", "company:乙", "company:丙", 3, product="整机", share=None)
    return made.graph()


def test_a_property_can_weigh_and_what_is_not_recorded_is_not_zero() -> None:
    graph = supplies()
    with pytest.raises(ValueError, match="relation SUPPLIES:2 has share = nan"):
        centrality(graph, "weighted-degree", weight="share")
    with pytest.raises(QueryError, match="OPERATES_IN has no number called 'share'"):
        centrality(question_graph(), "pagerank", relations=["OPERATES_IN"], weight="share")
    graph.edges["SUPPLIES"] = graph.edges["SUPPLIES"].iloc[:2]
    found = values(graph, "weighted-degree", weight="share")
    assert found == {"company:甲": 0.75, "company:乙": 0.75}


def test_an_end_that_is_no_node_is_said() -> None:
    graph = supplies()
    graph.nodes["Company"] = graph.nodes["Company"].iloc[1:]
    with pytest.raises(GraphError, match="is no node of the graph"):
        centrality(graph)


def test_shipped_graph_degree_is_the_count_of_the_frames(shipped: KnowledgeGraph) -> None:
    found = centrality(shipped, relations=["OPERATES_IN"], labels=["Company", "ChainSegment"]).set_index("id")
    frame = shipped.edges["OPERATES_IN"]
    segments = set(shipped.nodes["ChainSegment"]["id"]) - {ROOT}
    want = frame[frame["object"].isin(segments)].groupby("object")["subject"].nunique()
    assert found.loc[list(want.index), "value"].tolist() == want.tolist()


def test_shipped_graph_shenzhen_is_the_most_connected_city(shipped: KnowledgeGraph) -> None:
    # 图表 3–5 of document 003 (lines 174–285): 37 rows end in 深圳市, 18 in 北京市, 6 in 上海市.
    found = centrality(shipped, relations=["LOCATED_IN"], labels=["Company", "City"], of=["City"])
    assert found.loc[0, "name"] == "深圳市"
    frame = shipped.edges["LOCATED_IN"]
    companies = set(shipped.nodes["Company"]["id"])
    here = frame[(frame["object"] == "city:440300") & frame["subject"].isin(companies)]
    assert found.loc[0, "in"] == here["subject"].nunique()


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
def test_measures_answer_with_their_defaults(shipped: KnowledgeGraph, measure: object) -> None:
    found = measure.compute(shipped)
    assert len(found) > 0
    assert set(found.columns) <= set(measure.columns)
    assert set(measure.parameters) == set(measure.signature())
    assert found["sources"].map(lambda cited: cited == sorted(cited)).all()
    assert {"relations", "without", "note", "n"} <= set(found.attrs)


def test_the_measure_cites_the_relations_that_count(shipped: KnowledgeGraph) -> None:
    measure = {entry.name: entry for entry in MEASURES}["centrality"]
    found = measure.compute(shipped, relations=["OPERATES_IN"], labels=["Company", "ChainSegment"], of=["Company"])
    frame = shipped.edges["OPERATES_IN"]
    for _, row in found[found["value"] > 0].head(20).iterrows():
        own = frame[(frame["subject"] == row["id"]) & frame["object"].str.startswith("segment:")]
        own = own[own["object"] != ROOT]
        assert row["sources"] == sorted({entry for cell in own["sources"] for entry in cell})
    assert found[found["value"] == 0]["sources"].map(len).sum() == 0
    with pytest.raises(QueryError, match="always"):
        measure.compute(shipped, kind="hits", directed="false")
    with pytest.raises(QueryError, match="is not true or false"):
        measure.compute(shipped, directed="maybe")


def test_every_kind_answers_on_the_shipped_graph(shipped: KnowledgeGraph) -> None:
    for kind in KINDS:
        found = centrality(shipped, kind)
        assert found["id"].is_unique
        assert len(found) == found.attrs["n"]
        value = found["value"].to_numpy(dtype=float)
        known = value[~np.isnan(value)]
        order = np.sort(known) if kind == "constraint" else np.sort(known)[::-1]
        np.testing.assert_allclose(known, order, rtol=1e-9)
