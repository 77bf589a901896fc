"""The panorama: boxes hold the firms of the tables, states are those of the chain, flows and shares as stated; nothing overlaps."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from sample_graph import SOURCE, Rows, sample_graph

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.facts import links
from aikg.graph.views.chart import Chart
from aikg.graph.views.pictures.panorama import panorama
from aikg.graph.views.pictures.panorama_content import panorama_of, published_shares
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
SVG = "{http://www.w3.org/2000/svg}"
WHOLE = panorama(GRAPH)
SHENZHEN = panorama(GRAPH, city="深圳")


def root_of(chart: Chart) -> ET.Element:
    return ET.fromstring(chart.svg())  # noqa: S314


def rows(chart: Chart) -> dict[str, dict[str, Any]]:
    assert chart.table is not None
    return {row["环节"]: row for row in chart.table.to_dict("records") if isinstance(row["环节"], str)}


def told(chart: Chart, title: str) -> list[dict[str, Any]]:
    return [one for one in chart.data()["details"].values() if one["title"] == title]


def cards(root: ET.Element) -> list[tuple[float, float, float, float]]:
    """Boxes of segments: the white ones with a solid outline."""
    return [
        tuple(float(rect.attrib[k]) for k in ("x", "y", "width", "height"))  # type: ignore[misc]
        for rect in root.iter(f"{SVG}rect")
        if rect.get("rx") == "6" and rect.get("stroke-width") == "1.2"
    ]


def test_boxes_hold_the_firms_of_the_tables() -> None:
    chips = rows(WHOLE)["智能芯片"]
    # 图表3, lines 178–184 of the white paper: seven firms, layer 基础层
    assert (chips["产业层"], chips["企业数"]) == ("基础层", 7)
    assert {"汇顶科技", "海思半导体", "云天励飞", "地平线", "寒武纪", "中芯国际"} < set(chips["企业"])
    text = "".join("".join(t.itertext()) for t in root_of(WHOLE).iter(f"{SVG}text"))
    assert "等 7 家" in text


def test_all_segments_and_firms_of_the_graph_are_there_once_per_layer() -> None:
    segments = set(GRAPH.nodes["ChainSegment"]["name"]) - {"人工智能"}
    assert set(rows(WHOLE)) == segments
    assert WHOLE.table is not None
    assert not WHOLE.table.duplicated(["产业层", "环节"]).any()
    listed = {firm for firms in WHOLE.table["企业"] for firm in firms}
    working = links(
        GRAPH, "OPERATES_IN", "REPRESENTATIVE_OF", subjects=["Company"], objects=["ChainSegment", "ChainLayer"]
    )
    apart = working["subject"].nunique() - len(listed)
    only_root = links(GRAPH, "OPERATES_IN", subjects=["Company"], objects=["ChainSegment"]).groupby("subject")["object"]
    assert 0 < apart <= (only_root.apply(set) == {"segment:人工智能"}).sum()
    assert f"另有 {apart} 家企业只记为人工智能企业" in "；".join(WHOLE.notes)


def test_without_a_firm_a_segment_stands_apart_as_stated_or_not_recorded() -> None:
    assert (WHOLE.table["企业数"] == 0).sum() == 0  # type: ignore[index]
    shapes = {}
    for rect in root_of(WHOLE).iter(f"{SVG}rect"):
        title = rect.find(f"{SVG}title")
        if title is not None and title.text and rect.get("data-key"):
            shapes[title.text] = rect
    # 物联网 is a focus of 天安云谷产业园 (图表43) and 深圳; nothing names 知识图谱 as a focus.
    assert rows(WHOLE)["物联网"]["提及者"]
    assert shapes["物联网: 仅提及"].get("stroke-dasharray")
    assert shapes["物联网: 仅提及"].get("fill") != HATCH
    assert not rows(WHOLE)["知识图谱"]["提及者"]
    assert shapes["知识图谱: 未见记载"].get("fill") == HATCH


def test_narrower_segments_follow_their_broader_one() -> None:
    content = panorama_of(GRAPH)
    for lane in content.lanes:
        for group in (lane.boxes, lane.named):
            at = {box.id: number for number, box in enumerate(group) if box.id}
            for box in group:
                if box.under in at:
                    assert at[box.under] < at[box.id]
    assert rows(WHOLE)["交通安全"]["上级环节"] == "公共安全"


def test_firms_are_in_the_order_of_their_degree() -> None:
    from aikg.graph.analysis.centrality import centrality

    degree = centrality(GRAPH, "degree", of=["Company"], directed=False).set_index("name")["value"]
    for row in rows(WHOLE).values():
        values = [degree[firm] for firm in row["企业"]]
        assert values == sorted(values, reverse=True)


def test_states_of_a_city_are_those_of_the_chain() -> None:
    table = rows(SHENZHEN)
    states = Chain(GRAPH).states("深圳").set_index("segment")
    for name, row in states.iterrows():
        assert table[str(name)]["深圳市 状态"] == row["state"]
        assert sorted(table[str(name)]["深圳市 企业"]) == row["firms"]
    # 图表3, lines 178–180
    assert set(table["智能芯片"]["深圳市 企业"]) == {"汇顶科技", "海思半导体", "云天励飞"}
    marks = [t.text for t in root_of(SHENZHEN).iter(f"{SVG}text")]
    assert {"强", "有", "薄弱", "仅提及", "未见记载"} <= set(marks)


def test_two_cities_stand_side_by_side_in_each_box() -> None:
    chart = panorama(GRAPH, city="深圳", other="北京")
    row = rows(chart)["智能语音"]
    beijing = Chain(GRAPH).states("北京").set_index("segment").loc["智能语音"]
    assert row["北京市 企业数"] == beijing["n"] > 0
    assert set(row["深圳市 企业"]).isdisjoint(row["北京市 企业"])
    names = [t for t in root_of(chart).iter(f"{SVG}text") if (t.text or "").startswith(("深圳市", "北京市"))]
    left = [float(t.attrib["x"]) for t in names if (t.text or "").startswith("深圳市 ") and t.get("font-weight")]
    right = [float(t.attrib["x"]) for t in names if (t.text or "").startswith("北京市 ") and t.get("font-weight")]
    assert len(left) == len(right) == len(cards(root_of(chart)))
    assert all(a < b for a, b in zip(left, right, strict=True))


def test_a_disputed_seat_is_told() -> None:
    # 商汤科技: 北京 in 图表4 line 225, 深圳 in line 233
    lines = {name: value for name, value, _ in told(SHENZHEN, "计算机视觉")[0]["lines"]}
    assert lines["深圳市企业"] == "3"
    assert lines["　其中总部无矛盾".strip()] == "2"


def test_published_shares_are_those_of_the_white_paper() -> None:
    # line 162: 基础层 26.1 %, 技术层 19.2 %, 应用层 54.7 % of China's firms; line 783: 深圳 19.5, 15.5, 65
    for place, label, wanted in (
        ("country:CN", "Country", {"基础层": 26.1, "技术层": 19.2, "应用层": 54.7}),
        ("city:440300", "City", {"基础层": 19.5, "技术层": 15.5, "应用层": 65.0}),
    ):
        found = published_shares(GRAPH, place, label)
        assert {one.segment.removeprefix("layer:"): one.value for one in found} == wanted
    text = [t.text for t in root_of(SHENZHEN).iter(f"{SVG}text")]
    assert {"基础层 26.1 %", "技术层 15.5 %"} <= set(text)
    beijing = root_of(panorama(GRAPH, city="北京"))  # no source gives shares of 北京
    at = next(
        float(t.attrib["y"]) for t in beijing.iter(f"{SVG}text") if (t.text or "").startswith("北京市 · 企业占比")
    )
    assert any(r.get("fill") == HATCH and abs(float(r.attrib["y"]) + 15 - at) < 1 for r in beijing.iter(f"{SVG}rect"))


def test_every_stated_flow_is_drawn_with_its_source() -> None:
    flows = links(GRAPH, "UPSTREAM_OF")
    names = {
        node: name for frame in GRAPH.nodes.values() for node, name in zip(frame["id"], frame["name"], strict=True)
    }
    keys = {shape.get("data-key") for shape in root_of(WHOLE).iter() if shape.get("data-key")}
    details = WHOLE.data()["details"]
    drawn = {details[key]["title"]: details[key] for key in keys if "→" in details[key]["title"]}
    wanted = {f"{names[row.subject]} → {names[row.object]}" for row in flows.itertuples()}
    assert set(drawn) == wanted
    assert all(one["sources"] for one in drawn.values())


def test_flows_of_a_segment_are_drawn_on_request() -> None:
    chart = panorama(GRAPH, segment="计算机视觉")
    pairs = Chain(GRAPH).pairs()
    ends = pairs[(pairs["from"] == "计算机视觉") | (pairs["to"] == "计算机视觉")]
    for row in ends.itertuples():
        found = told(chart, f"{row._1} → {row.to}")
        assert found, row
        assert found[0]["sources"]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"city": "深圳"},
        {"city": "深圳", "other": "北京"},
        {"lang": "en", "city": "珠三角", "other": "长三角"},
        {"firms": 2},
    ],
)
def test_boxes_do_not_overlap(options: dict[str, Any]) -> None:
    root = root_of(panorama(GRAPH, **options))
    found = cards(root)
    assert len(found) > 15
    for at, (x, y, width, height) in enumerate(found):
        assert x + width <= 1232
        for x2, y2, width2, height2 in found[at + 1 :]:
            apart = x2 >= x + width or x >= x2 + width2 or y2 >= y + height or y >= y2 + height2
            assert apart
    # Firms stand inside a box.
    for rect in root.iter(f"{SVG}rect"):
        if rect.get("stroke") == "#e6eaf0":
            x, y, w, h = (float(rect.attrib[k]) for k in ("x", "y", "width", "height"))
            assert any(bx <= x and x + w <= bx + bw and by <= y and y + h <= by + bh for bx, by, bw, bh in found)


def test_filters_know_city_and_region_of_each_firm() -> None:
    options = {text.partition(" (")[0]: (tag, text) for one in WHOLE.filters for tag, text in one.options}
    tag, text = options["合肥市"]
    assert text.endswith("(1)")  # 科大讯飞, 图表4 line 212
    kept = [e for e in root_of(WHOLE).iter() if tag in (e.get("data-tags") or "").split()]
    names = {e.text for e in kept if e.tag == f"{SVG}text"}
    assert "科大讯飞" in names
    assert "百度" not in names
    assert "长三角" in options


def test_bad_names_get_one_line_with_near_ones() -> None:
    for options in ({"city": "深圳湾市"}, {"city": "深圳", "other": "北京北"}, {"segment": "智能芯"}):
        with pytest.raises(QueryError) as caught:
            panorama(GRAPH, **options)
        assert "\n" not in str(caught.value)


def test_segments_that_contain_each_other_are_drawn_all_the_same() -> None:
    graph = Rows()
    graph.node("Source", SOURCE, "报告")
    for name in ("甲", "乙", "丙"):
        graph.node("ChainSegment", f"segment:{name}", name, "L1")
    for a, b in (("甲", "乙"), ("乙", "甲"), ("丙", "甲")):
        graph.edge("PART_OF", f"segment:{a}", f"segment:{b}", "L1")
    assert set(rows(panorama(graph.graph()))) == {"甲", "乙", "丙"}


def test_a_graph_of_part_of_the_tables_draws_what_it_holds() -> None:
    table = rows(panorama(sample_graph(), city="深圳"))
    assert table["智能芯片"]["企业数"] == 6  # sample_graph: six of the rows 178–184
    assert table["智能芯片"]["深圳市 企业数"] == 3
