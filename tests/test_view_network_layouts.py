"""Where the nodes of the network page stand, and by what they are filtered, sized and found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from explorer_page import Shown, of_lists
from sample_graph import sample_graph

from aikg.graph.views.explorer.choose import choose
from aikg.graph.views.explorer.data import initials
from aikg.graph.views.explorer.facets import facets
from aikg.graph.views.explorer.force import force
from aikg.graph.views.explorer.layout import LayoutEdge, LayoutNode, bands
from aikg.graph.views.explorer.network import network
from aikg.ontology.schema import load_schema


@pytest.fixture(scope="module")
def page() -> Shown:
    return Shown(network(sample_graph()).html)


# Positions --------------------------------------------------------------------------------------------------


def test_layers_are_bands_from_top_to_bottom_with_their_segments_inside(page: Shown) -> None:
    at = page.at()
    assert at["layer:基础层"][1] < at["layer:技术层"][1] < at["layer:应用层"][1] < at["city:440300"][1]
    tops = [band["y"] for band in page.boxes("bands")]
    assert tops == sorted(tops)
    for band, layer in zip(page.boxes("bands"), ("基础层", "技术层", "应用层"), strict=False):
        inside = {i for i, (_, y) in at.items() if band["y"] <= y <= band["y"] + band["height"]}
        assert f"layer:{layer}" in inside
    # 智能芯片 is of 基础层, 计算机视觉 of 技术层: 图表3, 图表4
    chips, vision = page.boxes("bands")[0], page.boxes("bands")[1]
    assert chips["y"] <= at["segment:智能芯片"][1] <= chips["y"] + chips["height"]
    assert vision["y"] <= at["segment:计算机视觉"][1] <= vision["y"] + vision["height"]


def test_firms_stand_around_a_segment_of_theirs_best_connected_in_the_middle() -> None:
    nodes = [LayoutNode("layer:a", "ChainLayer", "a"), LayoutNode("segment:s", "ChainSegment", "s")]
    nodes += [LayoutNode(f"company:{k:02}", "Company", f"{k}") for k in range(40)]
    edges = [LayoutEdge("PART_OF", "segment:s", "layer:a")]
    edges += [LayoutEdge("OPERATES_IN", f"company:{k:02}", "segment:s") for k in range(40)]
    edges += [LayoutEdge("SUPPLIES", "company:07", f"company:{k:02}") for k in range(10, 20)]
    at, (band,) = bands(nodes, edges)
    x, y = at["segment:s"]
    distance = {i: ((p[0] - x) / 1.6) ** 2 + (p[1] - y) ** 2 for i, p in at.items() if i[:7] == "company"}
    assert min(distance, key=lambda i: distance[i]) == "company:07"
    assert band.layer == "layer:a"
    points = list(at.values())
    gaps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for n, a in enumerate(points) for b in points[:n]]
    assert min(gaps) > 15  # dots of radius 6 to 9 do not cover each other


def test_positions_do_not_depend_on_the_order_of_rows() -> None:
    net = network(sample_graph())
    shown = Shown(net.html)
    nodes = [LayoutNode(i, shown.label[i], name) for i, name in zip(shown.ids, shown.data["names"], strict=True)]
    edges = [LayoutEdge(*edge) for edge in shown.edges]
    assert bands(nodes, edges)[0] == bands(nodes[::-1], edges[::-1])[0]
    assert net.html == network(sample_graph()).html


@pytest.mark.parametrize("count", [0, 1, 2, 30, 900])
def test_force_layout_is_reproducible_and_keeps_nodes_apart(count: int) -> None:
    ids = [f"n{k}" for k in range(count)]
    pairs = [(f"n{k}", f"n{k // 3}") for k in range(1, count - 3)]  # a tree and three nodes of their own
    at = force(ids, pairs)
    assert sorted(at) == sorted(ids)
    assert at == force(ids[::-1], pairs[::-1])
    assert len(set(at.values())) == count
    assert all(abs(value) < 1e5 for point in at.values() for value in point)


def test_force_layout_of_the_graph_brings_neighbours_together() -> None:
    net = Shown(network(sample_graph()).html)
    at = net.at("force")

    def apart(a: str, b: str) -> float:
        return ((at[a][0] - at[b][0]) ** 2 + (at[a][1] - at[b][1]) ** 2) ** 0.5

    linked = [apart(a, b) for _, a, b in net.edges]
    every = [apart(a, b) for n, a in enumerate(at) for b in list(at)[:n]]
    assert sum(linked) / len(linked) < 0.6 * sum(every) / len(every)


# Facets, measures, search keys -------------------------------------------------------------------------------


def test_layers_places_and_years_of_a_firm(page: Shown) -> None:
    data, firm = page.data, page.ids.index("company:小马智行")
    layers = [data["layers"][at]["name"] for at in of_lists(data["node_layers"], firm)]
    assert layers == ["应用层"]  # by its segment 智能运载工具
    places = {data["places"][at]["key"] for at in of_lists(data["node_places"], firm)}
    assert "city:110000" in places
    assert of_lists(data["node_places"], page.ids.index("segment:智能芯片")) == []
    # 003, 图表3: 奥比中光 was founded in 2013; a segment has no date
    assert data["year"][page.ids.index("company:奥比中光")] == 2013
    assert data["year"][page.ids.index("segment:智能芯片")] == 0


def test_a_ministry_does_not_speak_for_the_city_that_it_sits_in() -> None:
    from sample_graph import Rows

    rows = Rows()
    rows.node("City", "city:110000", "北京市", "L1;图表1")
    rows.node("Institution", "institution:部", "部", "L1;图表1")
    rows.node("Policy", "policy:甲", "甲", "L1;图表1")
    rows.node("Policy", "policy:乙", "乙", "L1;图表1")
    rows.edge("LOCATED_IN", "institution:部", "city:110000", "L1;图表1")
    rows.edge("ISSUED_BY", "policy:甲", "institution:部", "L1;图表1")
    rows.edge("ISSUED_BY", "policy:乙", "city:110000", "L1;图表1")
    graph = rows.graph()
    choice = choose(graph, load_schema(), labels=["City", "Institution", "Policy"])
    known = facets(graph, load_schema(), choice)
    assert "policy:甲" not in known.places
    assert known.places["policy:乙"] == ["city:110000"]
    assert known.home["institution:部"] == "city:110000"


def test_by_place_firms_stand_in_the_box_of_their_province_and_unknown_ones_in_a_hatched_one(page: Shown) -> None:
    at = page.at("places")

    def box_of(node: str) -> dict[str, Any]:
        x, y = at[node]
        inside = [
            box
            for box in page.boxes("places")
            if box["x"] <= x <= box["x"] + box["width"] and box["y"] <= y <= box["y"] + box["height"]
        ]
        assert len(inside) == 1, node
        return inside[0]

    assert box_of("company:优必选")["name"] == "广东省"  # in 深圳
    assert box_of("segment:智能芯片")["kind"] == "place"
    located = {i for i in page.ids if of_lists(page.data["node_places"], page.ids.index(i))}
    for node in page.ids:
        box = box_of(node)
        unknown = node not in located and page.label[node] in {page.label[i] for i in located}
        assert (box["kind"] == "unknown") == unknown, node
    boxes = page.boxes("places")
    for n, one in enumerate(boxes):
        for other in boxes[:n]:
            apart_x = one["x"] >= other["x"] + other["width"] or other["x"] >= one["x"] + one["width"]
            apart_y = one["y"] >= other["y"] + other["height"] or other["y"] >= one["y"] + one["height"]
            assert apart_x or apart_y, (one, other)


def test_measures_are_those_of_the_analysis(page: Shown) -> None:
    import networkx as nx

    graph = nx.MultiGraph()
    graph.add_nodes_from(page.ids)
    graph.add_edges_from((a, b) for _, a, b in page.edges)
    assert page.measure("degree") == dict(graph.degree())
    simple = nx.Graph(graph)
    simple.remove_nodes_from(["segment:人工智能"])
    between = nx.betweenness_centrality(simple)
    found = page.measure("betweenness")
    assert np.isnan(found.pop("segment:人工智能")), "the root of the chain says no more than that it is about AI"
    assert found == pytest.approx(between, rel=2e-3, abs=1e-6)
    assert {i: value for i, value in page.measure("k-core").items() if i in simple} == nx.core_number(simple)
    community = page.measure("community")
    assert np.isnan(community["city:440300"]), "a place would glue everything together"
    assert community["company:小马智行"] == community["segment:智能运载工具"]


def test_initials_are_those_of_the_reading() -> None:
    assert initials("小马智行") == "xmzx"
    assert initials("重庆市") == "cqs"  # by the phrase, not by the sign alone
    assert initials("AI芯片2.0") == "aixp20"
    assert initials("NVIDIA") == ""
    assert initials("小马智行", phrases=False) == "xmzx"
