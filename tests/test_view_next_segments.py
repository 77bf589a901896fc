"""Next segments of a place: where each stands, what has no density, and what is advised."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import pytest
from drawn_marks import SVG, crossings, page_of, texts_of
from question_graph import Maker

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.clusters import Clusters
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.pictures.next_segments import next_segments
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
PLACES = ("深圳市", "上海市", "北京市", "广州市", "广东省", "长三角")


@pytest.mark.parametrize("place", PLACES)
def test_the_numbers_are_those_of_the_measure(place: str) -> None:
    chart = next_segments(GRAPH, place=place)
    measured = Clusters(GRAPH).next_segments(place, min_count=3)
    if measured["value"].isna().all():
        measured = Clusters(GRAPH).next_segments(place, min_count=1)
        assert "每环节至少 3 家时得不到密度，此图一家也算" in chart.subtitle
    else:
        assert "得不到密度" not in chart.subtitle
    assert chart.table is not None
    drawn = {row["环节"]: row for row in chart.table.to_dict("records")}
    for row in measured.itertuples(index=False):
        own = drawn[row.segment]
        assert (own["有此环节的地方数"], own["别处企业数"]) == (row.places, row.firms_elsewhere)
        if math.isnan(row.value):
            assert own["关联密度"] is not own["关联密度"] or own["关联密度"] is None or str(own["关联密度"]) == "<NA>"
        else:
            assert own["关联密度"] == pytest.approx(row.value)


def test_shenzhen_is_the_default_for_it_has_most_firms() -> None:
    # 图表3–5 of document 003 record most firms in 深圳市.
    assert next_segments(GRAPH).title == "深圳市：可延伸的环节"


def test_a_mark_stands_at_its_density_above_those_that_fewer_places_have() -> None:
    root = page_of(next_segments(GRAPH, place="上海"))
    axis = {}
    for text in texts_of(root):
        if re.fullmatch(r"0|0\.\d", text.text) and text.size == 11.5:
            axis[float(text.text)] = (text.left + text.right) / 2
    measured = {
        row.segment: row for row in Clusters(GRAPH).next_segments("上海市", min_count=1).itertuples(index=False)
    }
    unit = (axis[0.5] - axis[0.0]) / 0.5
    heights: dict[int, list[float]] = {}
    areas = {}
    for mark in root.iter(f"{SVG}circle"):
        name = mark.get("aria-label", "").partition("：")[0]
        if name in measured:
            row = measured[name]
            assert (float(mark.attrib["cx"]) + 24 - axis[0.0]) / unit == pytest.approx(row.value, abs=0.002)
            heights.setdefault(row.places, []).append(float(mark.attrib["cy"]))
            areas[row.firms_elsewhere] = float(mark.attrib["r"]) ** 2
    order = sorted(heights)
    for fewer, more in pairwise(order):
        assert max(heights[more]) < min(heights[fewer])
    # Area by firms: 8 firms have twice the area of 4.
    assert areas[8] / areas[4] == pytest.approx(2, rel=0.01)


@pytest.mark.parametrize("place", PLACES)
def test_what_is_advised_is_what_the_measure_advises(place: str) -> None:
    chart = next_segments(GRAPH, place=place)
    used = 1 if "此图一家也算" in chart.subtitle else 3
    advised = Chain(GRAPH).actions(place, min_count=used)
    assert chart.table is not None
    listed = set(chart.table["环节"])
    for action, word in (("extend", "延链"), ("fill", "补链")):
        marked = {row["环节"] for row in chart.table.to_dict("records") if word in row["建议"]}
        assert marked == set(advised.loc[advised["action"] == action, "segment"]) & listed


def test_complexity_is_not_given_below_its_conditions_and_the_reason_is() -> None:
    chart = next_segments(GRAPH)
    assert chart.table is not None
    assert chart.table["PCI"].isna().all()
    assert any(note.startswith("不给经济复杂度") and "至少各需 10 个" in note for note in chart.notes)


def nested(places: int) -> KnowledgeGraph:
    """City i has a firm in segments 0 … i: nested, connected, so that the index of complexity holds from ten on."""
    made = Maker()
    codes = [f"{3201 + at}00" for at in range(places)]
    for at in range(places):
        made.node("ChainSegment", f"segment:环{at:02}", 3)
    for at, code in enumerate(codes):
        made.node("City", f"city:{code}", 3, name=f"城{at:02}")
        for segment in range(at + 1):
            firm = f"company:{at}-{segment}"
            made.node("Company", firm, 3)
            made.edge("LOCATED_IN", firm, f"city:{code}", 3, role="headquarters")
            made.edge("OPERATES_IN", firm, f"segment:环{segment:02}", 3)
    return made.graph()


def test_complexity_is_shown_where_it_holds() -> None:
    graph = nested(12)
    if Clusters(graph).eci(min_count=1)["value"].isna().all():
        pytest.fail("the made-up graph should have an index of complexity")
    chart = next_segments(graph, place="城06", min_count=1)
    assert chart.table is not None
    assert chart.table["PCI"].notna().any()
    assert any("PCI" in text.text for text in texts_of(page_of(chart)))


def test_a_segment_without_a_density_is_hatched_beside() -> None:
    # Beijing with three firms per segment: nothing near 人机交互 and 机器学习 is recorded.
    chart = next_segments(GRAPH, place="北京市")
    root = page_of(chart)
    hatched = {e.get("aria-label", "").partition("：")[0] for e in root.iter(f"{SVG}rect") if e.get("fill") == HATCH}
    assert {"人机交互", "机器学习"} <= {label.partition(" · ")[0] for label in hatched}
    shapes = [e.get("aria-label", "") for e in root.iter(f"{SVG}circle")]
    assert not any(label.startswith(("人机交互", "机器学习")) for label in shapes)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_nothing_lies_on_another(place: str, lang: str) -> None:
    root = page_of(next_segments(GRAPH, place=place, lang=lang))  # type: ignore[arg-type]
    texts = list(texts_of(root))
    assert crossings(texts) == []
    assert min(text.size for text in texts) >= 10.5
    circles = [
        tuple(float(e.attrib[name]) for name in ("cx", "cy", "r"))
        for e in root.iter(f"{SVG}circle")
        if e.get("data-key")
    ]
    for at, (x, y, r) in enumerate(circles):
        for x2, y2, r2 in circles[at + 1 :]:
            assert math.hypot(x - x2, y - y2) >= r + r2


def test_a_place_without_firms_and_an_unknown_one_are_refused_in_one_line() -> None:
    for place in ("贵阳市", "无此城"):
        with pytest.raises(QueryError) as refused:
            next_segments(GRAPH, place=place)
        assert "\n" not in str(refused.value)
