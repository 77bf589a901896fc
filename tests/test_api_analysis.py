"""The verbs of `aikg.Graph` for measures: on frames, on a part of them, and on a database alone."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pandas as pd
import pytest

import aikg
from aikg.ontology.errors import GraphError, QueryError


@pytest.fixture(scope="module")
def kg() -> aikg.Graph:
    return aikg.build()


def test_every_verb_answers(kg: aikg.Graph) -> None:
    assert kg.centrality("degree", relations=["OPERATES_IN"])["value"].max() > 1
    assert kg.communities(seed=3).equals(kg.communities(seed=3))
    quotients = kg.clusters.location_quotient(min_count=1)
    assert {"place", "segment", "n", "value", "low", "high", "sources"} <= set(quotients.columns)
    assert set(kg.chain.states("合肥")["state"]) <= {"strong", "present", "thin", "stated", "none", "not recorded"}
    assert 0 <= kg.policy.homogeneity()["value"].iloc[0] <= 1
    assert set(kg.compare("深圳", "杭州")["place"]) == {"深圳市", "杭州市"}
    assert kg.analyze("location-quotient", min_count="1").equals(quotients)


def test_the_published_quotients_of_shenzhen_by_layer(kg: aikg.Graph) -> None:
    # Shares of 泛人工智能企业 by layer, 深圳 (prose of the white paper, line 783) against China (图表2): 0.747, 0.807, 1.188.
    found = kg.clusters.location_quotient(by="泛人工智能企业占比", min_count=0)
    shown = found[found["place"] == "深圳市"].set_index("segment")["value"].round(3)
    assert [shown["基础层"], shown["技术层"], shown["应用层"]] == [0.747, 0.807, 1.188]


def test_a_source_left_out_is_left_out_everywhere(kg: aikg.Graph) -> None:
    # 图表31 alone states the 13 listings.
    assert len(kg.ask("listings-of-year", year=2022)) == 13
    left = kg.without("图表31")
    assert left.ask("listings-of-year", year=2022).empty
    assert len(kg.only(["图表3", "图表4", "图表5"]).chain.states("深圳")) <= len(kg.chain.states("深圳"))
    cited = [entry for frame in left.frames.edges.values() for cell in frame["sources"] for entry in cell]
    assert cited
    assert not any(";图表31;" in f"{entry};" for entry in cited)
    with pytest.raises(QueryError, match="图表99"):
        kg.without("图表99")


def test_networkx_out_and_in(kg: aikg.Graph) -> None:
    made = kg.to_networkx()
    assert isinstance(made, nx.MultiDiGraph)
    back = aikg.from_networkx(made)
    for name, frame in {**kg.frames.nodes, **kg.frames.edges}.items():
        other = {**back.frames.nodes, **back.frames.edges}[name]
        pd.testing.assert_frame_equal(other, frame)
    foreign = nx.DiGraph()
    foreign.add_node("甲", label="Company", name="甲")
    foreign.add_node("深圳市", label="Town")
    with pytest.raises(GraphError, match="Town"):
        aikg.from_networkx(foreign)


@pytest.mark.neo4j
def test_a_database_alone_can_be_analysed(both_stores: Any, kg: aikg.Graph) -> None:
    _, server = both_stores(kg.frames)
    there = aikg.Graph(store=server)
    for asked in (
        lambda g: g.centrality("pagerank"),
        lambda g: g.chain.states("深圳"),
        lambda g: g.clusters.location_quotient(),
    ):
        pd.testing.assert_frame_equal(asked(there), asked(kg))
    assert there.to_networkx().number_of_edges() == kg.to_networkx().number_of_edges()
    with pytest.raises(GraphError, match="holds no frames"):
        there.why("华为")
