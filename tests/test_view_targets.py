"""Goals as bullet bars: the answer of the catalogue's target-baseline, drawn.

Documents are named by their number in the shared folder: 002 is the article on pilot zones, 001 the one on Jiangsu and Zhejiang.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from browser import opened
from overlaps import outside, overlaps
from sample_graph import Rows

from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.pictures.target_rows import goals_of
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
    return draw(GRAPH, "targets", **options)


def table(picture: Picture) -> pd.DataFrame:
    assert picture.table is not None
    return picture.table


def elements(picture: Picture, name: str) -> list[ET.Element]:
    assert picture.svg is not None
    return list(ET.fromstring(picture.svg).iter(f"{SVG}{name}"))  # noqa: S314 - our own


def texts(picture: Picture) -> list[str]:
    return [(e.text or "") + "".join(part.tail or "" for part in e) for e in elements(picture, "text")]


def none(value: Any) -> Any:
    return None if value is None or pd.isna(value) else value


def compared(graph: KnowledgeGraph) -> list[tuple[Any, ...]]:
    made = []
    for goal in goals_of(graph):
        for one in goal.baselines or [None]:
            growth = goal.growth(one) if one else None
            numbers = (one.value, goal.distance(one), goal.years(one)) if one else (None, None, None)
            made.append((goal.id, goal.state(one), *numbers, None if growth is None else round(growth, 9)))
    return sorted(made, key=str)


def answered(graph: KnowledgeGraph) -> list[tuple[Any, ...]]:
    told = CATALOGUE.ask(STORE if graph is GRAPH else EmbeddedStore(graph), "target-baseline", {})
    made = [
        (r.id, r.state, none(r.baseline), none(r.distance), none(r.n_years), none(r.growth) and round(r.growth, 9))
        for r in told.itertuples()
    ]
    return sorted(made, key=str)


def made_up(
    comparator: str, goal: float, *values: tuple[float, str | None, list[str]], unit: str = "家"
) -> KnowledgeGraph:
    rows = Rows()
    rows.node("City", "city:440300", "深圳市", "L1")
    rows.node("PolicyTarget", "target:1", "企业数", "L2", indicator="人工智能企业数量", indicator_text="企业数", value=goal, value_text=str(goal), unit=unit, due="2027", due_year=2027, comparator=comparator)  # fmt: skip
    rows.edge("OBSERVED", "city:440300", "target:1", "L2")
    for number, (value, period, qualifier) in enumerate(values):
        rows.node("Observation", f"observation:{number}", "企业数", f"L{number + 3}", indicator="人工智能企业数量", indicator_text="企业数", value=value, value_text=str(value), unit=unit, period=period, qualifier=qualifier)  # fmt: skip
        rows.edge("OBSERVED", "city:440300", f"observation:{number}", f"L{number + 3}")
    return rows.graph()


def test_goals_and_values_are_those_of_the_catalogue() -> None:
    assert compared(GRAPH) == answered(GRAPH)
    assert len(table(drawn())) == len(answered(GRAPH))


@pytest.mark.parametrize(
    ("graph", "states"),
    [
        (made_up(">=", 100, (100, "2025", ["exact"])), ["reached"]),
        (made_up(">", 100, (100, "2025", ["exact"])), ["open"]),
        (made_up("<", 100, (90, "2025", ["exact"])), ["reached"]),
        (made_up("<=", 100, (101, "2025", ["exact"])), ["open"]),
        (made_up("=", 100, (120, "2025", ["exact"])), ["above"]),
        (made_up("~", 100, (90, "2025", ["exact"])), ["open"]),
        (made_up("=", 100, (90, "2025", ["forecast"])), ["no baseline recorded"]),
        (made_up("=", 100, (50, "2024", ["exact"]), (60, "2025", ["exact"]), (70, "2025", ["over"])), ["open", "open"]),
        (made_up("=", 100, (50, None, ["exact"])), ["open"]),
        (made_up(">=", 0, (5, "2025", ["exact"])), ["reached"]),
        (made_up("=", 100, (-5, "2025", ["exact"])), ["open"]),
    ],
)
def test_each_rule_decides_as_the_catalogue_does(graph: KnowledgeGraph, states: list[str]) -> None:
    found = compared(graph)
    assert [row[1] for row in found] == states
    assert found == answered(graph)
    assert draw(graph, "targets").svg


def test_chengdus_goal_is_drawn_with_its_real_numbers() -> None:
    # 002 line 73: 200 亿元 in 2020, more than 500 亿元 by 2022: (500 / 200) ^ (1 / 2) − 1 = 58.1 % a year.
    picture = draw(GRAPH, "targets", place="成都")
    written = texts(picture)
    assert "目标 ≥ 500 亿元（2022 年到期）" in written
    assert "2020：200 亿元（目标的 40%）" in written
    assert "差 300 亿元" in written
    assert "2 年内每年须 +58.1%" in written
    row = table(picture).set_index("目标").loc["人工智能产业规模"]
    assert (row["实际数"], row["目标值"], row["单位"], row["状态"]) == (200, 500, "亿元", "尚未达到")
    bar = next(e for e in elements(picture, "rect") if (e.get("aria-label") or "") == "人工智能产业规模: 200 亿元")
    tracks = [e for e in elements(picture, "rect") if (e.get("aria-label") or "") == "人工智能产业规模: ≥ 500 亿元"]
    whole = max(float(e.get("width", "0")) for e in tracks)
    assert float(bar.get("width", "0")) / whole == pytest.approx(40 / 125, abs=0.001)
    # The other goal of Chengdu has nothing to be compared with.
    assert table(picture)["实际数"].isna().sum() == 1


def test_what_has_no_value_is_hatched_and_never_zero() -> None:
    picture = drawn(place="浙江省")
    found = table(picture)
    hatched = [e for e in elements(picture, "rect") if e.get("fill") == HATCH and e.get("data-key")]
    assert len(hatched) == len(found) == found["实际数"].isna().sum()
    # 001 line 6: 100 firms, 50 technologies, 10 leaders, more than 70 %, 5000 亿元 by 2027.
    assert {"= 100 家", "= 50 项", "= 10 家", "> 70%", "= 5,000 亿元", "2027 到期"} <= set(texts(picture))
    assert not any(text.startswith("0") for text in texts(picture))
    assert (found["状态"] == "未见可比的实际数").all()


def test_places_with_most_goals_come_first() -> None:
    written = texts(drawn())
    heads = [written.index(name) for name in ("浙江省", "中国", "江苏省")]
    assert written.index("未见可比实际数的目标（41）：不等于没有进展") < heads[0]
    assert heads[0] < min(heads[1:])


def test_a_value_beyond_the_scale_is_broken_off_and_written() -> None:
    picture = draw(made_up("=", 100, (900, "2025", ["exact"])), "targets")
    assert "2025：900 家（目标的 900%）" in texts(picture)
    assert "高出 800 家" in texts(picture)
    assert [e for e in elements(picture, "path") if e.get("stroke") == "#ffffff"], "a break is drawn"
    assert all(float(e.get("width", "0")) <= 1300 for e in elements(picture, "rect"))


def test_differing_values_of_one_time_are_both_drawn() -> None:
    picture = draw(made_up("=", 100, (60, "2025", ["exact"]), (70, "2025", ["exact"])), "targets")
    assert "2025：60 家（目标的 60%）；70 家（目标的 70%）" in texts(picture)
    bars = [e for e in elements(picture, "rect") if (e.get("aria-label") or "") in ("企业数: 60 家", "企业数: 70 家")]
    assert len(bars) == 2
    assert float(bars[0].get("y", "0")) + float(bars[0].get("height", "0")) <= float(bars[1].get("y", "0"))


def test_differences_of_percentages_are_points() -> None:
    picture = draw(made_up(">=", 90, (70, "2025", ["exact"]), unit="%"), "targets")
    assert "差 20 个百分点" in texts(picture)
    assert "short by 20 points" in texts(
        draw(made_up(">=", 90, (70, "2025", ["exact"]), unit="%"), "targets", lang="en")
    )


def test_limits_and_unknown_names() -> None:
    few = draw(GRAPH, "targets", limit="10")
    assert len(table(few)) == 10
    assert any("另有 37 个目标未画" in note for note in few.notes)
    only = draw(GRAPH, "targets", indicator="5G网络覆盖率")
    assert list(table(only)["目标"]) == ["5G网络覆盖率"]
    with pytest.raises(QueryError, match="5G网络覆盖率"):
        draw(GRAPH, "targets", indicator="5G网络覆盖")
    nothing = draw(GRAPH, "targets", place="合肥市")
    assert "目标：未见记载" in texts(nothing)
    assert len(table(nothing)) == 0


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_lies_on_anything(chromium: Any, tmp_path: Path, lang: str) -> None:
    with opened(chromium, drawn(lang=lang).save(tmp_path / "page.html")) as seen:
        assert overlaps(seen.page) == []
        assert outside(seen.page) == []
        select = seen.page.locator("#bar label").nth(0).locator("select")
        select.select_option(label="浙江省")
        assert seen.page.locator("text[data-key]:not(.faded)").count() == 1 + 9
