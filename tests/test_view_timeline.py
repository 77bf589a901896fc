"""The time line of policies: dates as precise as recorded, periods by the catalogue's rule, nothing on top of anything.

Documents are named by their number in the shared folder: 000 is the feasibility report, 003 the white paper of 2023.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from browser import opened
from hostile_graph import hostile_graph
from overlaps import outside, overlaps
from sample_graph import Rows

from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.views.axes import Scale, Span, broken, free_rows, span_of, spread, ticks
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.pictures.policy_marks import policy_marks
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
    return draw(GRAPH, "timeline", **options)


def table(picture: Picture) -> pd.DataFrame:
    assert picture.table is not None
    return picture.table.set_index(picture.table.columns[0])


def elements(picture: Picture, name: str) -> list[ET.Element]:
    assert picture.svg is not None
    return list(ET.fromstring(picture.svg).iter(f"{SVG}{name}"))  # noqa: S314 - our own


def texts(picture: Picture) -> list[str]:
    return [(e.text or "") + "".join(part.tail or "" for part in e) for e in elements(picture, "text")]


def marks_of(picture: Picture, title: str, name: str = "rect") -> list[ET.Element]:
    """Shapes whose tooltip begins with a policy's title."""
    return [e for e in elements(picture, name) if (e.get("aria-label") or "").startswith(title)]


def years(picture: Picture) -> Scale:
    """The axis, read from the drawing: the middles of two years."""
    at = {int(t): float(e.get("x", "0")) for e, t in zip(elements(picture, "text"), texts(picture), strict=True) if t.isdecimal() and e.get("y") == "18"}  # fmt: skip
    low, high = min(at), max(at)
    return Scale(low + 0.5, high + 0.5, at[low], at[high])


def policies(*rows: tuple[str, str | None], **own: Any) -> KnowledgeGraph:
    made = Rows()
    made.node("Country", "country:CN", "中国", "L1")
    made.node("Province", "province:330000", "浙江省", "L1")
    made.edge("PART_OF", "province:330000", "country:CN", "L1")
    for number, (name, issued) in enumerate(rows):
        made.node("Policy", f"policy:{number}", name, f"L{number + 2}", issued=issued, **own)
        made.edge("APPLIES_TO", f"policy:{number}", "province:330000", f"L{number + 2}")
    return made.graph()


# -- dates ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022", Span(2022.0, 2023.0, "year")),
        ("2022-07", Span(2022.5, 2022 + 7 / 12, "month")),
        ("2024-02-29", Span(2024 + 1 / 12 + 28 / 29 / 12, 2024 + 2 / 12, "day")),
        ("2024/2025", Span(2024.0, 2026.0, "range")),
        ("2025-01/2025-03", Span(2025.0, 2025.25, "range")),
        *((bad, None) for bad in ("", None, "0000", "2022-13", "2023-02-29", "十四五", "2025/2024", "2022-1", "2022-07-01T00:00")),
    ],
)  # fmt: skip
def test_a_date_is_a_span_as_wide_as_it_is_vague(text: str | None, expected: Span | None) -> None:
    found = span_of(text)
    if expected is None or found is None:
        assert found is expected
        return
    assert found.precision == expected.precision
    assert (found.start, found.end) == pytest.approx((expected.start, expected.end))


def test_ticks_rows_and_labels() -> None:
    assert ticks(0, 84_000, 5) == [0, 50_000, 100_000]
    assert ticks(-54.2, 0, 5) == [-60, -40, -20, 0]
    assert len(ticks(0.0013, 0.0014)) <= 6
    assert free_rows([(0, 100), (50, 60), (112, 120)], 12) == [0, 1, 0]
    placed = spread([10, 10, 10, 90], 15, 0, 100)
    assert placed == [10, 25, 40, 90]
    assert spread([95, 99], 15, 0, 100) == [85, 100]
    assert broken("Shanghai Zhangjiang Science City", 70, 11, 2)[0] == "Shanghai"


# -- the shipped graph ----------------------------------------------------------------------------


def test_periods_and_goals_are_those_of_the_catalogue() -> None:
    told = CATALOGUE.ask(STORE, "policy-duration", {"country": "中国"})
    marks = {mark.id: mark for mark in policy_marks(GRAPH, country="中国")}
    periods = {i: (mark.years, mark.due) for i, mark in marks.items() if mark.years or mark.due}
    assert set(periods) == set(told["id"])
    for row in told.itertuples():
        stated, due = periods[row.id]
        assert stated == (None if pd.isna(row.from_year) else (row.from_year, row.to_year))
        assert (due[0], due[-1]) == (row.first_due, row.last_due) if due else pd.isna(row.first_due)
    everywhere = CATALOGUE.ask(STORE, "policy-duration", {})
    assert {m.id for m in policy_marks(GRAPH) if m.years or m.due} == set(everywhere["id"])


def test_it_draws_all_policies_of_the_country_and_lists_those_without_a_date() -> None:
    held = policy_marks(GRAPH, country="中国")
    found = table(drawn())
    assert set(found["编号"]) == {mark.id for mark in held}
    undated = found[found["发布"].isna()]
    # 000, line 27 and 001 name the 十五五 plan without saying when it was issued.
    assert "“十五五”规划" in undated.index
    hatched = [e for e in elements(drawn(), "rect") if e.get("fill") == HATCH and e.get("data-key")]
    assert len(hatched) == len(undated)
    assert any("日期未见记载" in text for text in texts(drawn()))
    written = texts(drawn())
    # Titles are whole: the longest has 32 signs (003, 图表 about scenarios).
    assert all(f"《{name}》" in written for name in found.index)


def test_a_month_fills_its_month_and_a_year_its_year() -> None:
    picture = drawn()
    scale = years(picture)
    # 003 line 1030 (图表 51): 2022.01, title states 2022—2024.
    month, period = marks_of(picture, "《建设杭州国家人工智能创新应用先导区行动计划（2022—2024年）》")[:2]
    assert float(month.get("x", "")) == pytest.approx(scale(2022), abs=0.1)
    assert float(month.get("width", "")) == pytest.approx(scale(2022 + 1 / 12) - scale(2022), abs=0.1)
    assert float(period.get("x", "")) == pytest.approx(scale(2022), abs=1.1)
    assert float(period.get("x", "")) + float(period.get("width", "")) == pytest.approx(scale(2025), abs=1.1)
    # 000 line 27: issued 2024, for 2024-2026, goals due in 2025.
    title = "《人工智能与实体经济融合发展行动计划（2024-2026年）》"
    year, period = marks_of(picture, title)[:2]
    assert float(year.get("width", "")) == pytest.approx(scale(2025) - scale(2024), abs=2.1)
    assert float(year.get("fill-opacity", "1")) < 1, "a year is lighter than a month"
    assert float(period.get("x", "")) + float(period.get("width", "")) == pytest.approx(scale(2027), abs=1.1)
    due = marks_of(picture, f"{title} ▽", "path")
    assert [e.get("aria-label") for e in due] == [f"{title} ▽ 2025"]
    assert not marks_of(picture, "《人工智能产业创新发展三年行动计划》 ▽", "path"), "three years are not inferred"


def test_lanes_by_level_and_by_place() -> None:
    found = table(drawn())
    # Recorded levels stand; 天津市科技创新十四五规划 states none, is of Tianjin and the region around it (003, 图表 on 京津冀).
    assert (found["泳道"][found["层级（来源所写）"].notna()] == found["层级（来源所写）"].dropna()).all()
    assert found.loc["天津市科技创新十四五规划", "泳道"] == "省级"
    assert found.loc["京津冀协同发展战略", "泳道"] == "区域级"
    assert found.loc["廊坊经济技术开发区人工智能产业扶持措施", "泳道"] == "园区级"
    heads = [t for t in texts(drawn()) if t in ("国家级", "省级", "市级", "园区级", "国际")]
    assert heads[:4] == ["国家级", "省级", "市级", "园区级"]
    by_place = texts(drawn(lanes="place"))
    order = [by_place.index(name) for name in ("中国", "浙江省", "上海市", "杭州市")]
    assert order == sorted(order)
    # 000 line 39 dates the EU's act; it belongs to no country.
    all_of_them = draw(GRAPH, "timeline", country="")
    assert table(all_of_them).loc["人工智能法案", "泳道"] == "国际"
    assert table(all_of_them).loc["新一代人工智能行业自律公约", "泳道"] == "地方未见记载"
    assert {"美国", "英国", "日本", "印度"} <= set(texts(all_of_them)), "several countries have a lane each"


def test_place_years_and_limit() -> None:
    of_place = table(draw(GRAPH, "timeline", place="浙江省"))
    # 003 lines 1029–1031 and 001 line 6; Hangzhou lies in Zhejiang.
    assert {
        "浙江省新一代人工智能发展规划",
        "杭州市人工智能产业发展“十四五”规划",
        "浙江省推进人工智能终端产业发展行动计划",
    } <= set(of_place.index)
    assert all("浙江省" in listed or "杭州市" in listed for listed in of_place["地方"])
    some = draw(GRAPH, "timeline", since="2022", until="2023")
    dates = table(some)["发布"].dropna()
    assert set(dates.str[:4]) == {"2022", "2023"}
    assert table(some)["发布"].isna().sum() == table(drawn())["发布"].isna().sum(), "unknown is not outside"
    few = draw(GRAPH, "timeline", limit="20")
    assert len(table(few)) == 20
    assert any("另有 22 项未画" in note for note in few.notes)
    with pytest.raises(QueryError, match="浙江省"):
        draw(GRAPH, "timeline", place="浙江县")


def test_contradictions_are_marked_and_told() -> None:
    # 000 lines 39 and 188: the EU's act is said to apply from 2025 and from 2024.
    picture = draw(GRAPH, "timeline", country="")
    assert "来源有矛盾" in texts(picture)
    assert "2025年" in picture.html
    assert "实施年份" in picture.html


# -- other graphs ---------------------------------------------------------------------------------


def test_a_graph_without_the_default_country_and_one_without_dates() -> None:
    assert draw(hostile_graph()[0], "timeline").table is not None
    undated = draw(policies(("规划甲", None), ("规划乙", "十四五")), "timeline")
    assert len(table(undated)) == 2
    assert not [t for t in texts(undated) if t.isdecimal() and len(t) == 4], "no axis without a date"
    with pytest.raises(QueryError):
        draw(policies(("甲", "2020")), "timeline", country="法国")


def test_a_century_and_a_single_day() -> None:
    picture = draw(policies(("早", "1956-07-01"), ("晚", "2025-12-31"), ("规划（2022-2099年）", "2022")), "timeline")
    scale = years(picture)
    assert scale.high < 2040, "one far end does not squeeze the axis"
    (day,) = marks_of(picture, "《早》", "circle")
    assert day.get("r") == "5"


@pytest.mark.browser
@pytest.mark.parametrize("options", [{}, {"lanes": "place", "lang": "en"}, {"country": ""}])
def test_nothing_lies_on_anything(chromium: Any, tmp_path: Path, options: dict[str, str]) -> None:
    with opened(chromium, draw(GRAPH, "timeline", **options).save(tmp_path / "page.html")) as seen:
        assert overlaps(seen.page) == []
        assert outside(seen.page) == []


@pytest.mark.browser
def test_the_filter_by_focus_keeps_those_that_name_it(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, drawn().save(tmp_path / "page.html")) as seen:
        select = seen.page.locator("#bar label", has_text="重点").locator("select")
        option = next(o for o in select.locator("option").all_text_contents() if o.startswith("智能终端"))
        select.select_option(label=option)
        kept = seen.page.evaluate(
            "[...new Set([...document.querySelectorAll('text[data-key]:not(.faded)')].map(e => e.getAttribute('aria-label')))]"
        )
        wanted = {f"《{m.name}》" for m in policy_marks(GRAPH, country="中国") if "segment:智能终端" in m.focus}
        assert {title for title in kept if title and title.startswith("《")} == wanted
        assert len(wanted) == int(option.partition("（")[2].rstrip("）"))
