"""Compute centres: figures, sums and marks against the catalogue, and against 图表50 of the white paper (document 003)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from browser import opened
from overlaps import outside, overlaps
from sample_graph import SOURCE, Rows

from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.pictures.compute import compute
from aikg.graph.views.pictures.compute_facts import STATES, compute_facts, totals
from aikg.graph.views.pictures.compute_words import LOOKS
from aikg.graph.views.svg import HATCH
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
    return draw(GRAPH, "compute", **options)


def ask(name: str, store: EmbeddedStore = STORE, **given: Any) -> Any:
    return CATALOGUE.ask(store, name, given)


def table(**options: Any) -> Any:
    made = drawn(**options).table
    assert made is not None
    return made


def shapes(picture: Picture, name: str) -> list[ET.Element]:
    assert picture.svg is not None
    return list(ET.fromstring(picture.svg).iter(f"{SVG}{name}"))  # noqa: S314 - our own


def texts(picture: Picture) -> list[str]:
    return [
        "".join(part for child in [element, *element] for part in _said(child)) for element in shapes(picture, "text")
    ]


def _said(element: ET.Element) -> tuple[str, ...]:
    """What an element shows itself: its own text, of a part of a line what follows too; tooltips are not shown."""
    own = () if element.tag == f"{SVG}title" else (element.text or "",)
    return own if element.tag == f"{SVG}text" else (*own, element.tail or "")


def cells(row: Any) -> tuple[Any, ...]:
    return tuple(None if pd.isna(cell) else float(cell) if isinstance(cell, float) else cell for cell in row)


def test_every_figure_is_one_of_the_catalogue() -> None:
    asked = ask("compute-centres")
    words = {state: look.words[0] for state, look in LOOKS.items()} | {"not recorded": None}
    columns = ["center", "unit", "state", "value", "value_max", "scope", "period"]
    expected = sorted(
        map(str, (cells((r[0], r[1], words[r[2]], *r[3:])) for r in asked[columns].itertuples(index=False)))
    )
    made = table()[["智算中心", "单位", "状态", "数值", "上限", "阶段", "时期"]]
    assert sorted(str(cells(row)) for row in made.itertuples(index=False)) == expected
    placed = {r.center: ("、".join(r.city) or None, "、".join(r.region) or None) for r in asked.itertuples()}
    for row in table().itertuples():
        city, region = placed[row.智算中心]
        assert (row.城市, set((row.区域 or "").split("、"))) == (city, set((region or "").split("、")))


def test_sums_by_region_unit_and_state_are_those_of_the_catalogue() -> None:
    asked = ask("compute-by-region")
    known = asked[asked["state"] != "not recorded"]
    assert len(known) > 20
    centers, names = compute_facts(GRAPH, "zh")
    for region in known["id"].unique():
        inside = [one for one in centers if region in one.places.get("Region", {})]
        for unit in known["unit"].unique():
            rows = known[(known["id"] == region) & (known["unit"] == unit)]
            made = {state: (t.n, t.low, t.ranges) for state, t in totals(inside, unit).items()}
            assert made == {r.state: (r.n, r.value, r.n_ranges) for r in rows.itertuples()}
    unknown = asked[(asked["state"] == "not recorded") & (asked["region"] == "长三角")].iloc[0]
    assert [c.name for c in centers if not c.figures and "region:长三角" in c.places["Region"]] == unknown["centers"]
    # The picture of a region says the sums of that region.
    for row in known[known["region"] == "长三角"].itertuples():
        amount = f"{row.value:,.12g}"
        assert any(
            text.startswith(LOOKS[row.state].words[0]) and text.endswith(amount)
            for text in texts(drawn(region="长三角"))
        )
    assert names["region:长三角"] == "长三角"


def test_bars_and_marks_are_as_long_as_the_document_says() -> None:
    # 003, 图表50, line 1006: 北京昇腾人工智能计算中心, 一期100 PFLOPS (短期 500, 远期 1000); line 989: 商汤 3740 PFLOPS（峰值）.
    centers, _ = compute_facts(GRAPH, "zh")
    beijing = next(one for one in centers if one.name == "北京昇腾人工智能计算中心")
    assert [(f.state, f.value, f.scope) for f in beijing.figures] == [
        ("actual", 100, "一期"),
        ("planned", 500, "短期"),
        ("planned", 1000, "远期"),
    ]
    bars = {
        (e.findtext(f"{SVG}title") or ""): (float(e.get("x", 0)), float(e.get("width", 0)))
        for e in shapes(drawn(unit="PFLOPS"), "rect")
        if e.get("height") in ("14", "8")
    }
    start, solid = bars["北京昇腾人工智能计算中心：现有 100（一期） PFLOPS"]
    per = solid / 100
    behind, dashed = bars["北京昇腾人工智能计算中心：规划 1,000（远期） PFLOPS"]
    assert behind == pytest.approx(start + solid, abs=0.1)
    assert dashed == pytest.approx(900 * per, rel=0.01)
    assert bars["商汤人工智能计算中心：峰值 3,740 PFLOPS"][1] == pytest.approx(3740 * per, rel=0.01)
    assert bars["鹏程云脑II：现有 1,000 PFLOPS"][1] == pytest.approx(1000 * per, rel=0.01)


def test_units_are_kept_apart() -> None:
    written = texts(drawn())
    assert [text for text in written if text in ("PFLOPS", "POPS", "EOPS")] == ["PFLOPS", "POPS", "EOPS"]
    # 003, lines 993 and 994: two centres of 800 POPS each; line 1003: 1.16 EOPS (2019年底).
    assert "现有 2 个中心 · 合计 1,600" in written
    assert "现有 1 个中心 · 1.16" in written
    assert "现有 1.16（2019）" in written
    assert set(table(unit="POPS")["单位"]) == {"POPS"}
    assert set(table(state="planned")["状态"]) == {"规划"}


def test_a_disputed_figure_shows_both_values() -> None:
    # 000 says 100 PFlops and 50 PFLOPS of 成都高新区人工智能算力中心; the graph has chosen 100.
    row = table().query("智算中心 == '成都高新区人工智能算力中心'")
    assert dict(zip(row["数值"], row["计入合计"], strict=True)) == {100.0: "是", 50.0: "否"}
    assert "现有 100（2024）；另有记载 50（2024）" in texts(drawn())
    assert "50PFLOPS" in drawn().html


def test_a_centre_without_a_figure_is_hatched() -> None:
    # 003, 图表50: 太湖量子智算中心, 不详.
    assert "未见算力记载的中心：2 个" in texts(drawn())
    row = table().query("智算中心 == '太湖量子智算中心'").iloc[0]
    assert pd.isna(row["数值"])
    assert len([e for e in shapes(drawn(), "rect") if e.get("fill") == HATCH and e.get("height") == "14"]) == 2


def made_up() -> KnowledgeGraph:
    rows = Rows()
    rows.node("Source", SOURCE, "报告")
    for name in ("甲", "乙", "丙"):
        rows.node("ComputeCenter", f"center:{name}", f"{name}中心", "L1")
    for at, (center, value, high, unit, qualifier) in enumerate(
        (
            ("甲", 100.0, 200.0, "PFLOPS", ["range"]),
            ("甲", 500.0, None, "PFLOPS", ["target"]),
            ("乙", 50.0, None, "PFLOPS", ["exact"]),
            ("乙", 3.0, None, "亿次", ["exact"]),
            ("乙", 9.0, None, "亿元", ["exact"]),
        )
    ):
        node = rows.node(
            "Observation", f"observation:{at}", "算力", "L2", indicator="算力", value=value, value_max=high, unit=unit,
            qualifier=qualifier,
        )  # fmt: skip
        rows.edge("OBSERVED", f"center:{center}", node, "L2")
    return rows.graph()


def test_ranges_have_ends_and_are_summed_at_both() -> None:
    graph = made_up()
    centers, _ = compute_facts(graph, "zh")
    total = totals(centers, "PFLOPS")
    assert (total["actual"].n, total["actual"].low, total["actual"].high, total["actual"].ranges) == (2, 150, 250, 1)
    asked = ask("compute-by-region", EmbeddedStore(graph))
    row = asked[(asked["unit"] == "PFLOPS") & (asked["state"] == "actual")].iloc[0]
    assert (row["n"], row["value"], row["value_max"], row["n_ranges"]) == (2, 150, 250, 1)
    picture = draw(graph, "compute")
    written = texts(picture)
    assert "现有 2 个中心 · 合计 150–250" in written
    assert "现有 100–200 · 目标 500" in written
    color = LOOKS["actual"].color
    ends = sorted(float(e.get("x1", 0)) for e in shapes(picture, "line") if e.get("stroke") == color)
    bar = next(e for e in shapes(picture, "rect") if e.get("opacity") == "0.28")
    assert ends == pytest.approx([float(bar.get("x", 0)), float(bar.get("x", 0)) + float(bar.get("width", 0))], abs=0.1)
    # 亿次 is power (its indicator is 算力), 亿元 is not; a centre without power is not recorded.
    assert set(picture.table["单位"].dropna()) == {"PFLOPS", "亿次"}  # type: ignore[index]
    assert "未见算力记载的中心：1 个" in written
    # Where a centre lies is not recorded here: hatched, and said.
    assert written.count("未见记载") >= 4


def test_the_order_is_by_state_and_size() -> None:
    names = [text for text in texts(drawn(unit="PFLOPS")) if text in set(GRAPH.nodes["ComputeCenter"]["name"])]
    assert names[0] == "鹏程云脑II"
    assert names[-1] == "商汤人工智能计算中心"
    assert [STATES.index(s) for s in ("actual", "planned", "target", "forecast", "peak")] == [0, 1, 2, 3, 4]


def test_what_is_unknown_is_said_in_one_line() -> None:
    with pytest.raises(QueryError, match="units are EOPS, PFLOPS, POPS"):
        draw(GRAPH, "compute", unit="GFLOPS")
    with pytest.raises(QueryError, match="no compute centre is recorded for 济南市"):
        draw(GRAPH, "compute", city="济南市")
    assert "PFLOPS: 3 centres of 12" in compute(GRAPH, limit=3, lang="en").notes


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_lies_on_another(chromium: Any, tmp_path: Path, lang: str) -> None:
    with opened(chromium, drawn(lang=lang).save(tmp_path / "page.html")) as seen:
        assert overlaps(seen.page) == []
        assert outside(seen.page) == []


@pytest.mark.browser
def test_filters_leave_a_region_and_a_state(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, drawn().save(tmp_path / "page.html")) as seen:
        page = seen.page
        clear = "() => [...picture.querySelectorAll('text[data-key]:not(.faded)')].map(t => t.textContent)"
        names = set(GRAPH.nodes["ComputeCenter"]["name"])
        page.locator("#bar select").nth(0).select_option(label="京津冀")
        # 003, 图表50: the three of 京津冀.
        jing = {"北京昇腾人工智能计算中心", "天津人工智能计算中心", "河北人工智能计算中心"}
        assert {name for name in page.evaluate(clear) if name in names} == jing
        page.locator("#bar select").nth(1).select_option(label="规划")
        assert {name for name in page.evaluate(clear) if name in names} == jing - {"天津人工智能计算中心"}
