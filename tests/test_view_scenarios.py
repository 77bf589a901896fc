"""Application scenarios: both matrices against the catalogue and the white paper (document 003)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from browser import opened
from hostile_graph import hostile_graph
from overlaps import outside, overlaps
from sample_graph import SOURCE, Rows

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

if TYPE_CHECKING:
    from pathlib import Path

GRAPH = build_graph()[0]
CATALOGUE, STORE = load_catalogue(), EmbeddedStore(GRAPH)
SVG = "{http://www.w3.org/2000/svg}"


@lru_cache
def drawn(**options: Any) -> Picture:
    return draw(GRAPH, "scenarios", **options)


def ask(name: str, store: EmbeddedStore = STORE, **given: Any) -> Any:
    return CATALOGUE.ask(store, name, given)


def table(**options: Any) -> Any:
    made = drawn(**options).table
    assert made is not None
    return made


def root_of(picture: Picture) -> ET.Element:
    assert picture.svg is not None
    return ET.fromstring(picture.svg)  # noqa: S314 - our own


def texts(picture: Picture) -> list[str]:
    found = root_of(picture).iter(f"{SVG}text")
    return [(element.text or "") + "".join(part.tail or "" for part in element) for element in found]


def or_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def test_the_matrix_is_the_answer_of_the_catalogue() -> None:
    asked = ask("scenarios-by-maturity")
    expected = {(or_none(row.field), or_none(row.maturity)): sorted(row.scenarios) for row in asked.itertuples()}
    found: dict[tuple[Any, Any], list[str]] = {}
    for row in table().itertuples():
        found.setdefault((or_none(row.领域), or_none(row.成熟度)), []).append(row.场景)
    assert {cell: sorted(names) for cell, names in found.items()} == expected


def test_chips_stand_where_the_document_puts_them() -> None:
    # 003, 智能交通 (from line 1150): mature 智能车辆识别, emerging 智能交通信号系统 and 智能电子警察系统, future 交通事故控制
    # and 公共交通运输.
    rows = table().query("领域 == '智能交通'").set_index("场景")["成熟度"].to_dict()
    assert rows["智能车辆识别"] == "成熟"
    assert (rows["智能交通信号系统"], rows["智能电子警察系统"]) == ("新兴", "新兴")
    assert (rows["交通事故控制"], rows["公共交通运输"]) == ("未来", "未来")
    # 003, line 1232: 智能照明系统 combines 深度学习、计算机视觉 with 智能传感器 and 摄像头.
    lamp = table().query("场景 == '智能照明系统'").iloc[0]
    assert set(lamp["技术"].split("、")) == {"深度学习", "计算机视觉", "智能传感器", "摄像头"}
    assert lamp["技术数"] == 4


def test_not_recorded_is_hatched_and_null() -> None:
    frame = table()
    by_field = frame.assign(m=frame["成熟度"].fillna("?"), f=frame["领域"].fillna("?")).groupby("f")["m"].agg(set)
    empty = sum(len({"成熟", "新兴", "未来"} - found) for found in by_field)
    hatched = [e for e in root_of(drawn()).iter(f"{SVG}rect") if e.get("fill") == HATCH]
    assert sum(e.get("opacity") == "0.65" for e in hatched) == empty
    # A chip ends in the number of its technologies, or in a hatched box where none is recorded; never in 0.
    assert sum(e.get("width") == "12" for e in hatched) == frame["技术"].isna().sum() > 0
    assert (frame["技术数"].dropna() > 0).all()
    assert "领域未见记载" in texts(drawn())
    assert "0" not in texts(drawn())


def test_contradictions_are_marked_and_told() -> None:
    disputed = table().dropna(subset=["矛盾"])
    # 003 rates 手术机器人 and 军用机器人 as emerging and says of both that they have long been in use.
    assert {"手术机器人", "军用机器人"} <= set(disputed["场景"])
    assert "20 年前已广泛充分应用" in drawn().html
    marks = [e for e in root_of(drawn()).iter(f"{SVG}path") if e.get("fill") == "#b42318" and e.get("data-tags")]
    assert len(marks) == len(disputed)


def test_the_second_view_counts_as_the_catalogue_does() -> None:
    asked = ask("technologies-by-field")
    expected = {(r.field, r.technology): (r.n, r.n_field, sorted(r.scenarios)) for r in asked.itertuples()}
    frame = table(view="technologies")
    found = {
        (r[0], r[1]): (r[2], r[3], r[4].split("、")) for r in frame.itertuples(index=False) if or_none(r[1]) is not None
    }
    assert found == expected
    # 003: 模式识别 in six scenarios of 智慧城市 (智能商店, 智能廊灯, 智能快递驿站, 智能浇水, 智能门禁, 社区智能化).
    assert found["智慧城市", "模式识别"][0] == 6


def test_fields_and_technologies_that_are_asked_for() -> None:
    assert set(table(field="智能医疗")["领域"]) == {"智能医疗"}
    uses = table(technology="卷积神经网络")
    assert set(uses["场景"]) == {"智能影像识别", "智能辅助诊断", "高等级自动驾驶"}
    assert set(table(view="technologies", field="农业")["技术"]) == {"物联网", "智能传感器"}
    assert "只画场景最多的 3 个领域" in drawn(limit=2).notes[0]  # two and the one that is not recorded
    with pytest.raises(QueryError, match="智能医疗"):
        draw(GRAPH, "scenarios", field="智能医聊")
    with pytest.raises(QueryError, match="no scenario is recorded"):
        draw(GRAPH, "scenarios", field="智能医疗", technology="无人机")


def test_a_maturity_that_the_list_does_not_know_keeps_its_scenario() -> None:
    rows = Rows()
    rows.node("ApplicationScenario", "scenario:甲", "甲", "L1", maturity="试点")
    rows.node("ApplicationScenario", "scenario:乙", "乙", "L2")
    rows.node("Source", SOURCE, "报告")
    written = texts(draw(rows.graph(), "scenarios"))
    assert {"甲", "乙", "试点 1 个", "未见记载 1 个"} <= set(written)


@pytest.mark.parametrize("view", ["maturity", "technologies"])
def test_an_empty_graph_says_so(view: str) -> None:
    assert "未见记载" in texts(draw(KnowledgeGraph(), "scenarios", view=view))


@pytest.mark.browser
@pytest.mark.parametrize("view", ["maturity", "technologies"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_lies_on_another(chromium: Any, tmp_path: Path, view: str, lang: str) -> None:
    with opened(chromium, drawn(view=view, lang=lang).save(tmp_path / "page.html")) as seen:
        assert overlaps(seen.page) == []
        assert outside(seen.page) == []


@pytest.mark.browser
def test_the_filter_leaves_the_scenarios_of_a_technology(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, drawn().save(tmp_path / "page.html")) as seen:
        page = seen.page
        page.locator("#bar select").nth(0).select_option(label="卷积神经网络 3")
        clear = page.evaluate(
            "() => [...picture.querySelectorAll('rect[data-key]:not(.faded)')].map(r => r.dataset.key)"
        )
        told = page.evaluate("keys => keys.map(key => { tell(key, null); return panel.querySelector('h2').textContent; })", clear)  # fmt: skip
        assert set(told) == {"智能影像识别", "智能辅助诊断", "高等级自动驾驶"}
        assert "卷积神经网络" in page.locator("#panel").inner_text()


@pytest.mark.browser
def test_hostile_names_in_the_second_view_execute_nothing(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, draw(hostile_graph()[0], "scenarios", view="technologies").save(tmp_path / "p.html")) as seen:
        seen.page.evaluate("() => [...document.querySelectorAll('[data-key]')].forEach(s => tell(s.dataset.key, null))")
        assert seen.page.evaluate("window.hacked") is None
    assert (seen.requests, seen.complaints) == ([], [])
