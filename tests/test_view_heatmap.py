"""City × segment: the numbers are those of the measures and of the document, and every kind of cell looks different."""

from __future__ import annotations

import itertools
import math
import xml.etree.ElementTree as ET

import pytest
from sample_graph import sample_graph

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.clusters import Clusters
from aikg.graph.views.pictures.heatmap import heatmap
from aikg.graph.views.states import LOOKS
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
SVG = "{http://www.w3.org/2000/svg}"


def root_of(**options: object) -> ET.Element:
    return ET.fromstring(heatmap(GRAPH, **options).svg())  # type: ignore[arg-type]  # noqa: S314


def tips(root: ET.Element) -> dict[str, ET.Element]:
    """Cells by their tooltip."""
    found = {}
    for shape in root.iter(f"{SVG}rect"):
        title = shape.find(f"{SVG}title")
        if title is not None and title.text and " · " in title.text:
            found[title.text] = shape
    return found


def test_firms_are_those_of_the_tables_of_the_white_paper() -> None:
    table = heatmap(GRAPH).table
    assert table is not None
    of = {(r["城市"], r["环节"]): r for r in table.to_dict("records")}
    # 图表3, lines 178–184: seven firms of 智能芯片, three in 深圳 (178–180), three in 北京 (181–183), one in 上海 (184)
    assert [of[city, "智能芯片"]["企业数"] for city in ("深圳市", "北京市", "上海市")] == [3, 3, 1]
    assert of["深圳市", "智能芯片"]["企业"] == ["云天励飞", "汇顶科技", "海思半导体"]
    assert table[table["企业数"] == 0].empty, "nothing recorded is null, not 0"
    assert table["企业数"].isna().any()


def test_every_number_drawn_is_in_the_table_and_the_rest_is_hatched() -> None:
    chart = heatmap(GRAPH)
    cells = tips(ET.fromstring(chart.svg()))  # noqa: S314
    assert chart.table is not None
    assert len(cells) == len(chart.table)
    for row in chart.table.to_dict("records"):
        n = row["企业数"]
        recorded = isinstance(n, int)
        shape = cells[f"{row['城市']} · {row['环节']}: {n if recorded else '未见记载'}"]
        assert (shape.get("fill") == HATCH) is not recorded
        assert (shape.get("data-key") is not None) is recorded


def test_quotients_are_those_of_the_measure_and_few_firms_have_none() -> None:
    chart = heatmap(GRAPH, value="lq", min_count=3)
    assert chart.table is not None
    measured = Clusters(GRAPH).location_quotient(min_count=3)
    names = {(r.place, r.segment): r for r in measured.itertuples()}
    drawn = 0
    for row in chart.table.to_dict("records"):
        own = names.get((row["城市"], row["环节"]))
        if own is None:
            assert math.isnan(row["区位商"])
        elif math.isnan(own.value):
            assert own.n < 3
            assert math.isnan(row["区位商"])
        else:
            drawn += 1
            assert (row["区位商"], row["下限"], row["上限"]) == (own.value, own.low, own.high)
    assert drawn == measured["value"].notna().sum() > 5
    cells = tips(ET.fromstring(chart.svg()))  # noqa: S314
    few = cells["深圳市 · 机器学习: n = 2"]  # 图表4, lines 228–231: 腾讯科技 and 思谋科技
    assert few.get("fill") not in (HATCH, None)
    assert few.get("stroke")
    # A disputed seat moves the quotient: 商汤科技 is 北京 in 图表4 line 225 and 深圳 in line 233.
    text = [t.text for t in ET.fromstring(chart.svg()).iter(f"{SVG}text")]  # noqa: S314
    assert any(t and t.endswith("±") for t in text)
    told = [d for d in chart.data()["details"].values() if d["title"] == "北京市 · 计算机视觉"]
    assert any("–" in (value or "") for _, value, _ in told[0]["lines"])


def test_states_are_those_of_the_chain_also_for_cities_that_are_only_spoken_for() -> None:
    chart = heatmap(GRAPH, value="state")
    assert chart.table is not None
    cities = list(dict.fromkeys(chart.table["城市"]))
    firms = {row["城市"] for row in heatmap(GRAPH).table.to_dict("records")}  # type: ignore[union-attr]
    assert firms < set(cities), "cities with stated focus only are rows too"
    for city in cities:
        states = Chain(GRAPH).states(city).set_index("segment")["state"]
        own = chart.table[chart.table["城市"] == city].set_index("环节")["状态"]
        assert own.to_dict() == states.to_dict()
    only = next(city for city in cities if city not in firms)
    assert set(chart.table[chart.table["城市"] == only]["状态"]) == {"stated", "not recorded"}


def test_states_look_different_from_each_other() -> None:
    looks = [(look.fill, look.dashed, look.short) for look in LOOKS.values()]
    assert len(set(looks)) == len(looks)
    cells = tips(root_of(value="state"))
    stated = next(shape for tip, shape in cells.items() if tip.endswith(": 仅提及"))
    assert stated.get("stroke-dasharray")
    assert stated.get("fill") != HATCH


def test_columns_use_the_whole_width_and_cells_do_not_overlap() -> None:
    for options in ({}, {"value": "state"}, {"value": "state", "lang": "en"}, {"layer": "技术层"}):
        shapes = list(tips(root_of(**options)).values())
        boxes = sorted(tuple(float(s.attrib[k]) for k in ("y", "x", "width", "height")) for s in shapes)
        assert max(x + w for _, x, w, _ in boxes) == pytest.approx(1231, abs=1)
        for (y1, x1, w1, h1), (y2, x2, _, _) in itertools.pairwise(boxes):
            assert x2 >= x1 + w1 - 0.1 or y2 >= y1 + h1 - 0.1


def test_layer_heads_stand_over_their_columns() -> None:
    chart = heatmap(GRAPH)
    assert chart.table is not None
    heads = list(dict.fromkeys(chart.table["产业层"]))
    assert heads == ["基础层", "技术层", "应用层"]
    only = heatmap(GRAPH, layer="技术层").table
    assert only is not None
    assert set(only["产业层"]) == {"技术层"}


def test_a_region_or_province_chooses_the_cities() -> None:
    table = heatmap(GRAPH, region="广东省").table
    assert table is not None
    assert set(table["城市"]) == {"深圳市", "广州市"}
    with pytest.raises(QueryError, match="广东"):
        heatmap(GRAPH, region="广东省份")
    with pytest.raises(QueryError, match="技术层"):
        heatmap(GRAPH, layer="技术")


def test_what_is_left_out_is_said() -> None:
    chart = heatmap(GRAPH, limit=2, segments=3)
    assert chart.table is not None
    assert len(chart.table) == 6
    text = "；".join(chart.notes)
    assert "2 座城市" in text
    assert "3 个环节" in text
    assert "城市未见记载" in text


def test_a_small_graph_of_the_same_rows_gives_the_same_cells() -> None:
    table = heatmap(sample_graph()).table
    assert table is not None
    of = {(r["城市"], r["环节"]): r["企业数"] for r in table.to_dict("records")}
    assert of["深圳市", "智能芯片"] == 3  # sample_graph: 图表3, lines 178–180
    assert of["深圳市", "生物特征识别"] == 2  # 图表4, lines 232 and 233
