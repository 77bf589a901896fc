"""Layer → segment → city: bands as wide as the firms, nothing lost between the columns, the rest named."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import defaultdict
from typing import Any

import pytest

from aikg.graph.analysis.facts import seats, works_in
from aikg.graph.views.chart import Chart
from aikg.graph.views.pictures.sankey import sankey
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
SVG = "{http://www.w3.org/2000/svg}"


def bands(chart: Chart) -> list[tuple[ET.Element, dict[str, Any]]]:
    details = chart.data()["details"]
    root = ET.fromstring(chart.svg())  # noqa: S314
    return [(path, details[path.attrib["data-key"]]) for path in root.iter(f"{SVG}path") if path.get("data-key")]


def thickness(path: ET.Element) -> float:
    """Height of a band where it starts, from its outline."""
    numbers = [float(x) for x in re.findall(r"-?\d+\.?\d*", path.attrib["d"])]
    return numbers[-1] - numbers[1]


def test_every_firm_with_a_segment_or_layer_flows() -> None:
    table = sankey(GRAPH).table
    assert table is not None
    firms = {firm for row in table.to_dict("records") for firm in row["企业"]}
    layer_only = set(works_in(GRAPH, objects=("ChainLayer",))["id"])
    assert len(firms) == len(set(works_in(GRAPH)["id"]) | layer_only)
    without_city = table[table["城市"].isna()]
    known = set(seats(GRAPH)["id"])
    assert {f for row in without_city["企业"] for f in row} == {
        name
        for firm, name in zip(GRAPH.nodes["Company"]["id"], GRAPH.nodes["Company"]["name"], strict=True)
        if name in firms and firm not in known
    }


def test_numbers_are_those_of_the_white_paper() -> None:
    table = sankey(GRAPH).table
    assert table is not None
    of = {(r["环节"], r["城市"]): r["企业数"] for r in table.to_dict("records") if r["产业层"] == "基础层"}
    # 图表3, lines 178–184
    assert [of["智能芯片", city] for city in ("深圳市", "北京市", "上海市")] == [3, 3, 1]


def test_bands_are_as_wide_as_their_firms_and_name_them_with_sources() -> None:
    drawn = bands(sankey(GRAPH))
    units = set()
    for path, told in drawn:
        n = int(told["lines"][0][1])
        assert len(told["lines"]) - 1 == n
        assert all(cites for _, _, cites in told["lines"][1:])
        units.add(round(thickness(path) / n, 1))
    assert max(units) - min(units) <= 0.11
    assert len(drawn) > 20


def test_top_8_and_the_others_whose_names_are_told() -> None:
    chart = sankey(GRAPH)
    nodes = [d for d in chart.data()["details"].values() if any(name == "包括" for name, _, _ in d["lines"])]
    assert nodes
    for node in nodes:
        n = int(re.findall(r"\d+", node["title"])[0])
        listed = next(value for name, value, _ in node["lines"] if name == "包括").split("、")
        assert len(listed) == n > 1, "a single one needs no gathering"
    assert "8 个环节" in "".join(chart.notes)
    assert not any("其他" in note for note in sankey(GRAPH, limit=99).notes)
    small = sankey(GRAPH, limit=2)
    titles = [d["title"] for d in small.data()["details"].values()]
    assert any(re.fullmatch(r"其他 \d+ 座城市", title) for title in titles)


def test_a_city_that_is_not_recorded_is_hatched() -> None:
    drawn = bands(sankey(GRAPH))
    for path, told in drawn:
        assert (path.get("fill") == HATCH) is told["title"].endswith("城市未见记载")
    assert any(path.get("fill") == HATCH for path, _ in drawn)


def test_nodes_of_a_column_do_not_overlap() -> None:
    for options in ({}, {"limit": 30}, {"lang": "en"}, {"region": "珠三角"}):
        root = ET.fromstring(sankey(GRAPH, **options).svg())  # type: ignore[arg-type]  # noqa: S314
        columns = defaultdict(list)
        for rect in root.iter(f"{SVG}rect"):
            if rect.get("data-key"):
                columns[rect.attrib["x"]].append((float(rect.attrib["y"]), float(rect.attrib["height"])))
        assert len(columns) == 3
        for boxes in columns.values():
            for (y, height), (below, _) in zip(sorted(boxes), sorted(boxes)[1:], strict=False):
                assert below >= y + height + 2


def test_a_region_and_a_segment_choose_the_firms() -> None:
    table = sankey(GRAPH, region="广东省").table
    assert table is not None
    assert set(table["城市"]) == {"深圳市", "广州市"}
    only = sankey(GRAPH, segment="智能芯片").table
    assert only is not None
    assert set(only["环节"]) == {"智能芯片"}
    assert only["企业数"].sum() == 7  # 图表3, lines 178–184
    with pytest.raises(QueryError, match="智能芯片"):
        sankey(GRAPH, segment="智能芯")


def test_a_filter_keeps_the_way_from_layer_to_city() -> None:
    chart = sankey(GRAPH)
    options = {text: tag for one in chart.filters for tag, text in one.options}
    root = ET.fromstring(chart.svg())  # noqa: S314
    tagged = [element for element in root.iter() if element.get("data-tags")]
    kept = [e for e in tagged if options["合肥市"].replace(" ", "_") in e.attrib["data-tags"].split()]
    titles = {chart.data()["details"][e.attrib["data-key"]]["title"] for e in kept if e.get("data-key")}
    # 科大讯飞 (图表4, line 212) is the only firm of 合肥: 技术层, 智能语音
    assert {"技术层", "智能语音", "合肥市", "智能语音 → 合肥市", "技术层 → 智能语音"} <= titles
    assert "基础层" not in titles
