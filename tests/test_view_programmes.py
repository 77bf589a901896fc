"""Places by programmes: cells as the documents state them, both-marked rows, what is only inside a city, filters."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import pairwise
from typing import Any

import pytest
from hostile_graph import hostile_graph
from sample_graph import Rows, sample_graph

import aikg
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError

KG = aikg.build()
GRAPH = KG.frames
SVG = "{http://www.w3.org/2000/svg}"
PILOT, TEST = "国家人工智能创新应用先导区", "国家新一代人工智能创新发展试验区"


@lru_cache
def shipped(**options: str) -> Picture:
    return draw(GRAPH, "programmes", **options)


def root(picture: Picture) -> ET.Element:
    assert picture.svg is not None
    return ET.fromstring(picture.svg)  # noqa: S314 - our own


def cells(picture: Picture) -> dict[str, tuple[str | None, str]]:
    """Cells by "place · programme": fill and what the cell says."""
    found = {}
    for rect in root(picture).iter(f"{SVG}rect"):
        title = rect.find(f"{SVG}title")
        label = "" if title is None else title.text or ""
        if " · " in label:
            about, _, said = label.partition("：")
            found[about] = (rect.get("fill"), said)
    return found


def test_every_cell_is_a_designation_of_the_catalogue_and_none_is_missing() -> None:
    frame = KG.ask("programme-members")
    asked = {f"{name} · {programme}" for name, programme in zip(frame["name"], frame["programme"], strict=True)}
    drawn = {about for about, (fill, said) in cells(shipped()).items() if fill != HATCH and "其中" not in said}
    assert drawn == asked


def test_years_are_those_that_sources_state() -> None:
    drawn = cells(shipped())
    # Document 002, line 13 (2021-02): 北京, 天津(滨海新区), 杭州, 广州, 成都 are the second batch; 上海, 深圳 and 济南-青岛 came
    # before, in a year that it does not state. Document 003, line 663: 长沙, 武汉, 南京 in 2022.
    for city in ("北京市", "天津市", "杭州市", "广州市", "成都市"):
        assert drawn[f"{city} · {PILOT}"][1] == "2021", city
    for city in ("上海市", "深圳市", "济南市", "青岛市"):
        assert drawn[f"{city} · {PILOT}"][1] == "年份未载", city
    for city in ("长沙市", "武汉市", "南京市"):
        assert drawn[f"{city} · {PILOT}"][1] == "2022", city
    # A district's designation stays the district's: 滨海新区 and 浦东新区 have rows of their own.
    assert drawn[f"滨海新区 · {PILOT}"][1] == "2021"
    assert drawn[f"合肥市 · {PILOT}"][0] == HATCH


def test_places_of_both_zones_are_marked_and_come_first() -> None:
    frame = KG.ask("zone-cities")
    both = set(frame[frame["state"] == "all"]["place"])
    marks = [p.get("data-tags", "") for p in root(shipped()).iter(f"{SVG}path") if "兼有" in "".join(p.itertext())]
    names = dict(zip(GRAPH.nodes["City"]["id"], GRAPH.nodes["City"]["name"], strict=True))
    assert {names[tag] for tags in marks for tag in tags.split() if tag in names} == both
    assert all("both" in tags.split() for tags in marks)
    order = [t.text for t in root(shipped()).iter(f"{SVG}text") if t.get("font-weight") == "600" and t.text in set(names.values())]  # fmt: skip
    assert set(order[: len(both)]) == both


def test_a_city_points_to_what_is_only_inside_of_it() -> None:
    drawn = cells(shipped())
    # 图表 43 and 44 of document 003: three provincial parks in 深圳 (lines 862-864), four in 广州 (886-892)
    assert drawn["深圳市 · 省级人工智能产业园"] == ("#ffffff", "其中 3 处")
    assert drawn["广州市 · 省级人工智能产业园"] == ("#ffffff", "其中 4 处")
    table = shipped().table
    assert table is not None
    row = table[(table["成员"] == "深圳市") & (table["试点或专项"] == "省级人工智能产业园")].iloc[0]
    assert row["获称号"] == "仅其下级"
    assert len(row["其中的成员"]) == 3
    hatched = table[(table["成员"] == "成都市") & (table["试点或专项"] == TEST)].iloc[0]
    assert hatched["获称号"] is None


def test_parameters_choose_rows_and_columns() -> None:
    only = draw(GRAPH, "programmes", city="广州", companies="false")
    assert {about.partition(" · ")[0] for about in cells(only)} >= {"广州市", "中大国际创新谷"}
    assert "深圳市" not in "".join(cells(only))
    two = draw(GRAPH, "programmes", programme=f"{TEST},{PILOT}")
    assert {about.partition(" · ")[2] for about in cells(two)} == {PILOT, TEST}
    assert not {a for a in cells(draw(GRAPH, "programmes", companies="false")) if a.startswith("阿里巴巴")}
    assert any("5 行" in note for note in draw(GRAPH, "programmes", limit="5").notes)
    for wrong in ({"programme": "先导"}, {"city": "深川市"}):
        with pytest.raises(QueryError, match=r"is called"):
            draw(GRAPH, "programmes", **wrong)


def test_sources_stand_in_the_cell_and_their_titles_below() -> None:
    said = ["".join(t.itertext()) for t in root(shipped()).iter(f"{SVG}text")]
    assert any(text.startswith("✓ 2021 ") and "③" in text for text in said)
    assert any("③ 国家人工智能先导区增至8个" in note for note in shipped().notes)


def test_two_years_are_a_contradiction() -> None:
    rows = Rows()
    rows.node("City", "city:440300", "深圳市", "L1")
    rows.node("Programme", "programme:甲", "甲", "L1")
    for year, where in ((2019, "L1"), (2021, "L2")):
        edge = f"DESIGNATED_AS:{year}"
        rows.edges.setdefault("DESIGNATED_AS", {})[edge] = {
            "id": edge, "subject": "city:440300", "object": "programme:甲", "sources": [f"src:1#{where}"], "as_of": None,
            "method": "table", "confidence": 1.0, "year": year,
        }  # fmt: skip
    picture = draw(rows.graph(), "programmes")
    assert cells(picture)["深圳市 · 甲"][1] == "2019、2021"
    assert '"conflicts": [{' in picture.html or '"conflicts":[{' in picture.html


def test_geometry_nothing_overlaps() -> None:
    drawn = [r for r in root(shipped()).iter(f"{SVG}rect") if r.find(f"{SVG}title") is not None]
    spots = [tuple(float(r.attrib[k]) for k in ("x", "y", "width", "height")) for r in drawn]
    assert len(set(spots)) == len(spots)
    columns = sorted({(x, w) for x, _, w, _ in spots})
    assert all(a[0] + a[1] < b[0] for a, b in pairwise(columns))
    assert columns[-1][0] + columns[-1][1] <= 1232


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_and_sample_graphs_draw(lang: Any) -> None:
    for graph in (hostile_graph()[0], sample_graph()):
        text = " ".join("".join(t.itertext()) for t in root(draw(graph, "programmes", lang=lang)).iter(f"{SVG}text"))
        assert ("未见记载" if lang == "zh" else "not recorded") in text
