"""Parks: the matrix of focuses and the cards, against the catalogue and the documents.

Documents are named by their number in the shared folder: 000 is the feasibility report, 003 the white paper of 2023.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache
from typing import TYPE_CHECKING, Any

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
    return draw(GRAPH, "parks", **options)


def ask(name: str, store: EmbeddedStore = STORE, **given: Any) -> Any:
    return CATALOGUE.ask(store, name, given)


def table(**options: Any) -> Any:
    made = drawn(**options).table
    assert made is not None
    return made


def texts(picture: Picture) -> list[str]:
    assert picture.svg is not None
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own
    return [(element.text or "") + "".join(part.tail or "" for part in element) for element in root.iter(f"{SVG}text")]


def shapes(picture: Picture, name: str, **attributes: str) -> list[ET.Element]:
    assert picture.svg is not None
    root = ET.fromstring(picture.svg)  # noqa: S314 - our own
    return [e for e in root.iter(f"{SVG}{name}") if all(e.get(k.replace("_", "-")) == v for k, v in attributes.items())]


def test_the_columns_are_the_ranking_of_the_catalogue() -> None:
    ranked = ask("focus-of-parks")
    found = table().dropna(subset=["布局重点"]).groupby("布局重点")["园区"].agg(["nunique", list])
    assert found["nunique"].to_dict() == dict(zip(ranked["focus"], ranked["n"], strict=True))
    for row in ranked.itertuples():
        assert sorted(set(found.loc[row.focus, "list"])) == sorted(row.parks)
    # The 24 largest have a column, in the order of the catalogue; of the parks' other focuses the number stands in the last.
    written = texts(drawn())
    columns = [name for name in written if name in set(ranked["focus"])]
    assert columns[:11] == list(ranked["focus"])[:11]
    assert len(columns) == 24
    assert "其他（49 个）" in written


def test_a_row_is_what_the_table_of_the_document_says() -> None:
    # 003, 图表49, row 1 (line 968): 余杭人工智能小镇 | 杭州余杭区 | 大数据、云计算、机器人、无人机、智能终端等
    row = table().query("园区 == '余杭人工智能小镇'")
    assert set(row["城市"]) == {"杭州市"}
    assert set(row["布局重点"]) == {"大数据", "云计算", "机器人", "无人机", "智能终端"}
    # 003, 图表44, row 4: 南沙国际人工智能价值创新园 | 广州南沙区 | 计算机视觉、智能语音、物联网、传感器、智能驾驶等
    row = table().query("园区 == '南沙国际人工智能价值创新园'")
    assert set(row["布局重点"]) == {"计算机视觉", "智能语音", "物联网", "传感器", "智能驾驶"}
    # Row 10 of 图表43, 坪山人工智能产业基地, names 人工智能 and nothing else: said, yet no focus of a column.
    row = table().query("园区 == '坪山人工智能产业基地'")
    assert row["布局重点"].isna().all()
    assert list(row["来源的措辞"]) == ["人工智能"]


def test_every_park_is_drawn_once_with_a_focus_with_the_root_only_or_hatched() -> None:
    frame = table()
    assert set(frame["园区"]) == set(GRAPH.nodes["Park"]["name"])
    focus = frame["布局重点"].notna().groupby(frame["园区"]).any()
    broad = (frame["来源的措辞"].notna() & frame["布局重点"].isna()).groupby(frame["园区"]).any()
    with_focus, root_only, unknown = focus.sum(), (broad & ~focus).sum(), (~broad & ~focus).sum()
    # Of 98 parks 63 have a focus, counted by hand with the frames: FOCUSES_ON without segment:人工智能.
    edges = GRAPH.edges["FOCUSES_ON"]
    own = edges[edges["subject"].astype(str).str.startswith("park:")]
    assert with_focus == own[own["object"] != "segment:人工智能"]["subject"].nunique()
    assert with_focus + root_only == own["subject"].nunique()
    assert with_focus + root_only + unknown == len(GRAPH.nodes["Park"])
    # A hatched cell wherever a park has no mark, a mark wherever a source names the focus.
    cells = with_focus * 25
    hatched = [e for e in shapes(drawn(), "rect", fill=HATCH) if e.get("opacity")]
    marked = shapes(drawn(), "rect", fill="#f2f6fb")
    assert len(hatched) + len(marked) == cells
    assert f"只写“人工智能”、未写细分重点的园区：{root_only} 个" in texts(drawn())
    assert f"未见布局重点记载的园区：{unknown} 个" in texts(drawn())


def test_parks_of_a_city_a_province_and_a_focus() -> None:
    city = ask("parks-of-city", city="杭州市")
    assert set(table(city="杭州")["园区"]) == set(city["name"])
    assert set(table(province="浙江")["城市"]) == {"杭州市", "宁波市", "嘉兴市"}
    for segment in ("大数据", "智能制造"):
        focus = ask("parks-by-focus", segment=segment)
        assert set(table(segment=segment)["园区"]) == set(focus["name"])
    assert set(table(park="苏州工业园区")["园区"]) == {"苏州工业园区"}
    assert drawn(limit=5).notes[0] == "只画记载最多的 5 个园区，共 63 个"


def test_what_is_unknown_is_said_in_one_line() -> None:
    with pytest.raises(QueryError, match="杭州市"):
        draw(GRAPH, "parks", city="杭洲市")
    # 济南市 is a city of the graph; no source names a park in it.
    with pytest.raises(QueryError, match=r"no park is recorded for 济南市 \(not recorded, which is not none\)"):
        draw(GRAPH, "parks", city="济南市")


def test_a_card_holds_what_is_recorded_of_its_park() -> None:
    profile = ask("park-profile", park="广州开发区")
    card = table(view="cards", park="广州开发区")
    for kind, word in (("focus", "重点"), ("hosts", "园内"), ("figure", "指标"), ("designation", "称号")):
        said = sorted(profile[profile["kind"] == kind]["name"])
        assert sorted(card[card["记载"] == word]["名称"].dropna()) == said
    # 000, 广州开发区: 年节约电费超800万元; no title of it is recorded, which has a row without a name.
    figure = card[card["名称"].astype(str).str.contains("电费")].iloc[0]
    assert (figure["数值"], figure["单位"], figure["限定"]) == (800, "万元", "超过")
    assert card[card["记载"] == "称号"]["名称"].isna().tolist() == [True]
    written = texts(drawn(view="cards", park="广州开发区"))
    assert "超过 800 万元" in written
    assert "类别：未见记载" in written


def test_cards_say_what_is_disputed_and_what_is_left_out() -> None:
    # The graph's contradiction on 郑州航空港区: 跨境电商交易额 over 1,200 and over 1,500 亿元 (000).
    page = drawn(view="cards", park="郑州航空港区")
    assert {"超过 1,200 亿元", "超过 1,500 亿元"} <= set(texts(page))
    assert "突破1200亿元" in page.html
    assert "突破1500亿元" in page.html
    # 22 figures of 苏州工业园区, 8 on the card.
    n = len(ask("park-figures", park="苏州工业园区"))
    assert f"另 {n - 8} 条，见园区详情" in texts(drawn(view="cards", park="苏州工业园区"))
    assert drawn(view="cards").notes == (f"只画记载最多的 24 个园区，共 {len(GRAPH.nodes['Park'])} 个",)


def test_a_park_without_anything_is_hatched_not_empty() -> None:
    rows = Rows()
    rows.node("Park", "park:甲", "甲园", "L1")
    rows.node("Source", SOURCE, "报告")
    for view in ("matrix", "cards"):
        picture = draw(rows.graph(), "parks", view=view)
        assert "甲园" in texts(picture)
        assert shapes(picture, "rect", fill=HATCH)
    cards = texts(draw(rows.graph(), "parks", view="cards"))
    assert cards.count("未见记载") == 5  # four sections and the legend
    assert "所在地：未见记载" in cards


@pytest.mark.parametrize("view", ["matrix", "cards"])
def test_an_empty_graph_says_so(view: str) -> None:
    assert "未见记载" in texts(draw(KnowledgeGraph(), "parks", view=view))


@pytest.mark.browser
@pytest.mark.parametrize("view", ["matrix", "cards"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_lies_on_another(chromium: Any, tmp_path: Path, view: str, lang: str) -> None:
    with opened(chromium, drawn(view=view, lang=lang).save(tmp_path / "page.html")) as seen:
        assert overlaps(seen.page) == []
        assert outside(seen.page) == []


@pytest.mark.browser
def test_filters_leave_the_parks_of_a_city_or_with_a_focus(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, drawn().save(tmp_path / "page.html")) as seen:
        page = seen.page
        names = set(GRAPH.nodes["Park"]["name"])
        clear = """() => [...picture.querySelectorAll('text[data-tags]:not(.faded)')].map(t => t.firstElementChild ? t.firstElementChild.textContent : t.textContent)"""
        page.locator("#bar select").nth(1).select_option(label="大数据")
        focus = ask("focus-of-parks").set_index("focus")
        assert {name for name in page.evaluate(clear) if name in names} == set(focus.loc["大数据", "parks"])
        page.locator("#bar select").nth(0).select_option(label="杭州市")
        assert {name for name in page.evaluate(clear) if name in names} == {
            "余杭人工智能小镇",
            "杭州紫金港科技城",
            "西湖云谷小镇",
        }


@pytest.mark.browser
def test_hostile_names_on_cards_execute_nothing(chromium: Any, tmp_path: Path) -> None:
    with opened(chromium, draw(hostile_graph()[0], "parks", view="cards").save(tmp_path / "page.html")) as seen:
        seen.page.evaluate("() => [...document.querySelectorAll('[data-key]')].forEach(s => tell(s.dataset.key, null))")
        assert seen.page.evaluate("window.hacked") is None
        assert outside(seen.page) == []
    assert (seen.requests, seen.complaints) == ([], [])
