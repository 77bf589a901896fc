"""Charts of indicators: the catalogue's values, lines only within a series, and nothing converted or hidden.

Documents are named by their number in the shared folder: 000 is the feasibility report, 003 the white paper of 2023.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from browser import opened
from overlaps import outside, overlaps
from sample_graph import Rows

from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.pictures.indicator_values import panels_of
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

if TYPE_CHECKING:
    from pathlib import Path

    from aikg.graph.knowledge_graph import KnowledgeGraph

GRAPH = build_graph()[0]
CATALOGUE, STORE = load_catalogue(), EmbeddedStore(GRAPH)
SVG = "{http://www.w3.org/2000/svg}"


@lru_cache
def drawn(**options: Any) -> Picture:
    return draw(GRAPH, "indicators", **options)


def table(picture: Picture) -> pd.DataFrame:
    assert picture.table is not None
    return picture.table


def elements(picture: Picture, name: str) -> list[ET.Element]:
    assert picture.svg is not None
    return list(ET.fromstring(picture.svg).iter(f"{SVG}{name}"))  # noqa: S314 - our own


def texts(picture: Picture) -> list[str]:
    return [(e.text or "") + "".join(part.tail or "" for part in e) for e in elements(picture, "text")]


def told(picture: Picture, start: str, *names: str) -> list[ET.Element]:
    """Marks whose tooltip begins so."""
    found = [e for name in names or ("rect", "path", "circle") for e in elements(picture, name)]
    return [e for e in found if (e.get("aria-label") or "").startswith(start)]


def recorded(*values: dict[str, Any]) -> KnowledgeGraph:
    rows = Rows()
    for code, name in (("440300", "深圳市"), ("330100", "杭州市")):
        rows.node("City", f"city:{code}", name, "L1")
    for number, own in enumerate(values):
        city = own.pop("city", "440300")
        given = {
            "indicator": None,
            "indicator_text": "机器人产量",
            "unit": "台",
            "qualifier": ["exact"],
            "value_text": str(own["value"]),
        }
        rows.node("Observation", f"observation:{number:03}", "机器人产量", f"L{number + 2}", **(given | own))
        rows.edge("OBSERVED", f"city:{city}", f"observation:{number:03}", f"L{number + 2}")
    return rows.graph()


@pytest.mark.parametrize(
    "name", ["泛人工智能企业数量", "算力", "人才缺口", "社会融资规模增量", "人工智能与产业集聚区融合市场规模"]
)
def test_values_are_those_of_the_catalogue(name: str) -> None:
    answer = CATALOGUE.ask(STORE, "indicator-values", {"indicator": name})
    found = table(draw(GRAPH, "indicators", indicator=name, limit="20"))
    of_picture = sorted((str(r.单位), r.数值, "" if pd.isna(r.时期) else r.时期, r.状态) for r in found.itertuples())
    states = {"actual": "实际", "forecast": "预测", "planned": "规划", "target": "目标", "peak": "峰值"}
    answered = [
        (str(r.unit), r.value, "" if pd.isna(r.period) else r.period, states[r.state]) for r in answer.itertuples()
    ]
    assert of_picture == sorted(answered)
    assert found.groupby("单位", sort=False).ngroups == answer["unit"].nunique()


def test_units_have_charts_of_their_own() -> None:
    picture = draw(GRAPH, "indicators", indicator="算力", limit="20")
    written = texts(picture)
    assert {f"单位：{unit}" for unit in ("PFLOPS", "POPS", "EFLOPS", "EOPS")} <= set(written)
    assert list(table(draw(GRAPH, "indicators", indicator="算力", unit="POPS"))["数值"]) == [800, 800]
    with pytest.raises(QueryError, match="PFLOPS"):
        draw(GRAPH, "indicators", indicator="算力", unit="TFLOPS")


def test_lines_join_one_subject_and_scope_only() -> None:
    picture = draw(GRAPH, "indicators", indicator="人工智能发明专利申请量")
    # 003 line 805: 7817 in 2021 and 6261 in 2022, of the year; 003 line 730: cumulative values, which no line may join.
    points = {e.get("aria-label") for e in told(picture, "深圳市 · 人工智能发明专利申请量", "path")}
    assert points == {
        "深圳市 · 人工智能发明专利申请量 · 2021 · 当年 · 7,817 件",
        "深圳市 · 人工智能发明专利申请量 · 2022 · 当年 · 6,261 件",
    }
    thick = [e for e in elements(picture, "line") if e.get("stroke-width") == "1.8"]
    assert len(thick) == 2, "one step each of 中国 and 深圳市"
    (panel,) = (p for p in panels_of(GRAPH) if p.what == "人工智能发明专利申请量")
    assert sorted({f.scope for line in panel.lines() for f in line}) == ["当年"]
    assert {f.scope for f in panel.bars()} == {"累计", "当年"}
    assert len(panel.bars()) + sum(map(len, panel.lines())) == len(panel.figures)


def test_expected_values_are_hollow_and_their_lines_dashed() -> None:
    # 000: generative AI was more than 2000 亿美元 in 2024, forecast 3500 in 2025.
    picture = draw(GRAPH, "indicators", indicator="生成式人工智能市场规模")
    actual, expected = told(picture, "全球 · 生成式人工智能", "circle")
    assert actual.get("fill") != "#ffffff"
    assert expected.get("fill") == "#ffffff"
    (step,) = [e for e in elements(picture, "line") if e.get("stroke-width") == "1.8"]
    assert step.get("stroke-dasharray")
    assert {"≥ 2,000", "全球 · 生成式人工智能 3,500 预测"} <= set(texts(picture))


def test_ranges_lie_between_their_ends_and_signs_are_written() -> None:
    picture = draw(
        recorded(
            {"value": 20.0, "value_max": 50.0, "qualifier": ["range"], "period": "2024"},
            {"value": 100.0, "qualifier": ["over"], "period": "2024", "city": "330100"},
            {
                "value": 10.0,
                "qualifier": ["under", "approx"],
                "period": "2023",
                "city": "330100",
                "scope": "全市，不完全统计",
            },
        ),
        "indicators",
    )
    (wide,) = told(picture, "深圳市 · 机器人产量 · 2024", "rect")
    (high,) = told(picture, "杭州市 · 机器人产量 · 2024", "rect")
    unit = float(high.get("width", "0")) / 100
    assert float(wide.get("width", "0")) == pytest.approx(30 * unit, abs=0.05)
    assert float(wide.get("x", "0")) - float(high.get("x", "0")) == pytest.approx(20 * unit, abs=0.05)
    assert {"20–50", "≥ 100", "≤ 10", "全市"} <= set(texts(picture))


def test_bars_are_as_long_as_their_values_and_zero_is_a_value() -> None:
    # 003, 图表 45: 社会融资规模增量 of 2022, 广东 35104, 湖北 11049.
    picture = draw(GRAPH, "indicators", indicator="社会融资规模增量", unit="亿元")
    (first,), (last,) = told(picture, "广东省 · ", "rect"), told(picture, "湖北省 · ", "rect")
    assert float(last.get("width", "0")) / float(first.get("width", "0")) == pytest.approx(11049 / 35104, abs=0.001)
    none = draw(
        recorded({"value": 0.0, "period": "2024"}, {"value": 5.0, "period": "2024", "city": "330100"}), "indicators"
    )
    assert "0" in texts(none)
    assert sorted(table(none)["数值"]) == [0.0, 5.0]
    falling = draw(GRAPH, "indicators", indicator="融资数量增速")
    bars = told(falling, "", "rect")
    zero = {
        round(float(e.get("x", "0")) + float(e.get("width", "0")), 1)
        for e in bars
        if "融资数量增速" in e.get("aria-label", "")
    }
    assert len(zero) == 1, "falling values end at one line of zero"


def test_values_without_a_time_are_said_to_have_none() -> None:
    picture = draw(recorded({"value": 3.0, "period": None}), "indicators")
    assert "时期未写明" in texts(picture)
    assert table(picture)["时期"].isna().all()


def test_two_values_of_one_time_are_both_there_and_marked() -> None:
    # 000 lines 50 and 73: 100 and 50 PFLOPS of one centre in 2024, a contradiction of the graph.
    picture = draw(GRAPH, "indicators", indicator="算力", unit="PFLOPS")
    both = told(picture, "成都高新区人工智能算力中心 · 算力 · 2024", "rect")
    assert {e.get("aria-label", "").rpartition(" · ")[2] for e in both} == {"100 PFLOPS", "50 PFLOPS"}
    assert "来源有矛盾" in texts(picture)
    assert "不能同真" in picture.html
    series = recorded(
        {"value": 1.0, "period": "2023"}, {"value": 2.0, "period": "2024"}, {"value": 3.0, "period": "2024"}
    )
    dotted = [
        e.get("stroke-dasharray")
        for e in elements(draw(series, "indicators"), "line")
        if e.get("stroke-width") == "1.8"
    ]
    assert dotted == [None, "1.5 2.5"]


def test_ranks_are_places_not_lengths() -> None:
    assert all("排名" not in name for name in table(drawn())["指标"])
    assert any("名次指标" in note for note in drawn().notes)
    picture = draw(GRAPH, "indicators", indicator="泛人工智能企业数量排名")
    # 003 lines 402 and 772: 深圳 third and second in the country.
    places = told(picture, "深圳市 · 泛人工智能企业数量排名", "path")
    assert len(places) == 2
    assert not told(picture, "深圳市 · 泛人工智能企业数量排名", "rect")


def test_a_place_stands_out_among_the_others() -> None:
    picture = drawn(place="深圳")
    bars = [e for e in elements(picture, "rect") if e.get("data-key")]
    chosen = [e for e in bars if e.get("fill") == "#2f6fcf"]
    assert chosen
    assert all("city:440300" in (e.get("data-tags") or "") for e in chosen)
    assert any(e.get("fill") == "#b9c9e2" for e in bars)
    wanted = {p.what for p in panels_of(GRAPH) if "city:440300" in p.subjects()}
    assert set(table(picture)["指标"]) <= wanted


def test_limits_wordings_and_unknown_names() -> None:
    few = draw(GRAPH, "indicators", limit="2", rows="5")
    assert table(few)["指标"].nunique() == 2
    assert any("另有" in note for note in few.notes)
    assert any("见数据表" in text for text in texts(few))
    count = len(panels_of(GRAPH)[0].figures)
    assert sum(table(few)["指标"] == panels_of(GRAPH)[0].what) == count, "the table has the bars that are not drawn"
    with pytest.raises(QueryError, match="人才缺口"):
        draw(GRAPH, "indicators", indicator="人才缺口数")
    assert "Computing" in "".join(texts(draw(GRAPH, "indicators", indicator="算力", lang="en")))


def test_many_series_keep_their_labels_apart() -> None:
    values = [{"value": 100.0 + s / 10, "period": str(y), "scope": f"口径{s}"} for s in range(8) for y in (2020, 2021)]
    picture = draw(recorded(*values), "indicators")
    heights = sorted(
        float(e.get("y", "0"))
        for e, t in zip(elements(picture, "text"), texts(picture), strict=True)
        if t.startswith("深圳市 · 口径")
    )
    assert len(heights) == 8
    assert all(b - a >= 14.9 for a, b in pairwise(heights))


@pytest.mark.browser
@pytest.mark.parametrize(
    "options", [{}, {"lang": "en"}, {"indicator": "融资数量增速"}, {"place": "深圳市", "limit": "30"}]
)
def test_nothing_lies_on_anything(chromium: Any, tmp_path: Path, options: dict[str, str]) -> None:
    with opened(chromium, drawn(**options).save(tmp_path / "page.html")) as seen:
        assert overlaps(seen.page) == []
        assert outside(seen.page) == []
