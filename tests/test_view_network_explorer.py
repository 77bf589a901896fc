"""What a reader does with the explorer in a real browser: layouts, filters, paths, links, files, keys."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import opened
from sample_graph import Rows, sample_graph, sample_rows

from aikg.graph.views.explorer.network import network
from aikg.graph.views.explorer.payload import unpacked
from aikg.graph.views.picture import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from browser import Opened

pytestmark = pytest.mark.browser
DRAWING = {"svg", "defs", "clipPath", "pattern", "rect", "g", "line", "circle", "polygon", "text"}


@pytest.fixture
def sample(chromium: Any, tmp_path: Path) -> Iterator[Opened]:
    path = draw(sample_graph(), "network").save(tmp_path / "图 谱.html")
    with opened(chromium, path) as seen:
        yield seen
    assert seen.requests == []
    assert seen.complaints == []


def text(seen: Opened, selector: str) -> str:
    return str(seen.page.locator(selector).inner_text())


def counts(seen: Opened) -> dict[str, int]:
    return dict(seen.page.evaluate("aikgPage.count()"))


def test_search_by_initials_of_the_reading(sample: Opened) -> None:
    sample.page.fill("#search", "xmzx")
    assert sample.page.locator("#found li").first.inner_text().split() == ["小马智行", "企业"]


def test_layouts_are_switched_and_keep_everything_in_view(sample: Opened) -> None:
    seen = {}
    for layout in ("bands", "places", "force"):
        sample.page.select_option("#layout", layout)
        assert sample.page.evaluate("aikgPage.state().layout") == layout
        spots = sample.page.evaluate("aikgPage.spots()")
        box = sample.page.locator("#canvas").bounding_box()
        assert all(0 < spot["x"] < box["width"] and 0 < spot["y"] < box["height"] for spot in spots)
        seen[layout] = [(round(spot["x"]), round(spot["y"])) for spot in spots]
    assert len({str(spots) for spots in seen.values()}) == 3


def test_filters_by_layer_place_and_time(sample: Opened) -> None:
    page, whole = sample.page, counts(sample)
    page.select_option("#layer", label="技术层")
    by_layer = counts(sample)
    assert 0 < by_layer["nodes"] < whole["nodes"]
    page.click("#reset")
    assert counts(sample) == whole
    page.select_option("#place", label="深圳市")
    graph = sample_graph()
    seats = graph.edges["LOCATED_IN"]
    in_shenzhen = set(seats[seats["object"] == "city:440300"]["subject"])
    drawn = page.evaluate("() => aikgPage.visible()")
    firms = {i for i in graph.nodes["Company"]["id"] if i in drawn}
    assert firms <= in_shenzhen
    assert "company:优必选" in firms
    assert any(i.startswith("segment:") for i in drawn), "what they work in stays"
    page.click("#reset")
    page.select_option("#time", "date")
    page.select_option("#since", "2013")
    page.select_option("#until", "2013")
    page.uncheck("#undated")
    # 003, 图表3 and 图表4: founded in 2013
    founded = graph.nodes["Company"].set_index("id")["founded"].dropna()
    assert set(page.evaluate("() => aikgPage.visible()")) == {
        i for i, date in founded.items() if date.startswith("2013")
    }
    page.click("#reset")
    assert counts(sample) == whole


def test_size_and_colour_by_measures(sample: Opened) -> None:
    for measure in ("degree", "pagerank", "betweenness", "k-core", "community"):
        sample.page.select_option("#color", measure)
        keys = sample.page.locator("#keys .key")
        assert keys.count() >= 2
    assert "社群 1" in text(sample, "#keys")
    assert "未计入" in text(sample, "#keys")  # places are in no community
    sample.page.select_option("#size", "pagerank")
    sample.page.evaluate("aikgPage.choose('city:440300')")
    assert "社群" in sample.page.locator("#panel dl").first.inner_text()


def test_neighbourhood_of_some_steps_and_nothing_else(sample: Opened) -> None:
    import networkx as nx

    graph = nx.Graph()
    shown = network(sample_graph())
    data = unpacked(dict(shown.data))
    graph.add_edges_from(zip(data["from"].tolist(), data["to"].tolist(), strict=True))
    node = data["ids"].index("company:小马智行")
    sample.page.evaluate("aikgPage.choose('company:小马智行')")
    for steps in (1, 2, 3):
        sample.page.select_option("#steps", str(steps))
        near = nx.single_source_shortest_path_length(graph, node, cutoff=steps)
        assert f"共 {len(near)} 个节点" in text(sample, "#panel .tools")
    sample.page.select_option("#steps", "2")
    sample.page.locator("#panel .tools label", has_text="只显示这些").locator("input").check()
    near = nx.single_source_shortest_path_length(graph, node, cutoff=2)
    assert set(sample.page.evaluate("() => aikgPage.visible()")) == {data["ids"][at] for at in near}
    sample.page.keyboard.press("Escape")
    assert counts(sample)["nodes"] == len(data["ids"])


def test_shortest_path_is_as_short_as_networkx_finds_and_cited(sample: Opened) -> None:
    import networkx as nx

    data = unpacked(dict(network(sample_graph()).data))
    graph = nx.Graph()
    graph.add_edges_from(zip(data["from"].tolist(), data["to"].tolist(), strict=True))
    at = data["ids"].index
    for a, b in (("company:小马智行", "company:优必选"), ("company:华为", "park:110000:中关村科学城")):
        sample.page.evaluate("ends => aikgPage.path(...ends)", [a, b])
        path = sample.page.evaluate("aikgPage.state().path")
        ways = list(nx.all_shortest_paths(graph, at(a), at(b)))
        assert [at(i) for i in path] in ways
        assert f"{len(path) - 1} 步" in text(sample, "#panel")
        assert f"共 {len(ways)} 条" in text(sample, "#panel")
        assert sample.page.locator("#panel .way .cite").count() > 0
    sample.page.fill("#path-to", "深圳")
    sample.page.keyboard.press("Enter")
    assert sample.page.evaluate("aikgPage.state().path").pop() == "city:440300"
    sample.page.check("#avoid")
    inner = sample.page.evaluate("aikgPage.state().path")
    assert inner is None or not any(i.split(":")[0] in ("city", "layer", "province") for i in inner[1:-1])


def test_no_path_is_not_called_no_relation(chromium: Any, tmp_path: Path) -> None:
    rows = Rows()
    rows.node("Company", "company:甲", "甲", "L1;图表1")
    rows.node("Company", "company:乙", "乙", "L1;图表1")
    with opened(chromium, draw(rows.graph(), "network").save(tmp_path / "page.html")) as seen:
        seen.page.evaluate("aikgPage.path('company:甲', 'company:乙')")
        assert "未见记载，不等于没有关系" in text(seen, "#panel")


def test_arrows_walk_between_neighbours(sample: Opened) -> None:
    page = sample.page
    page.evaluate("aikgPage.choose('company:小马智行')")
    page.locator("#canvas").focus()
    near = {"segment:智能运载工具", "layer:应用层", "city:110000"}
    reached = []
    for _ in range(len(near) + 1):
        page.keyboard.press("ArrowRight")
        reached.append(page.evaluate("aikgPage.state().cursor"))
    assert set(reached) == near
    assert reached[0] == reached[-1]
    assert "共 3 个相邻节点" in text(sample, "#said")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("aikgPage.state().cursor") == reached[-2]
    page.keyboard.press("Enter")
    assert page.evaluate("aikgPage.state().node") == reached[-2]


def test_a_link_brings_back_what_was_seen(chromium: Any, tmp_path: Path) -> None:
    path = draw(sample_graph(), "network").save(tmp_path / "page.html")
    with opened(chromium, path) as seen:
        page = seen.page
        page.select_option("#layout", "places")
        page.select_option("#color", "community")
        page.locator('#legend input[value="Policy"]').uncheck()
        page.select_option("#place", label="广东省")
        page.evaluate("aikgPage.choose('company:优必选')")
        page.click("#dark")
        page.wait_for_timeout(400)
        link = page.evaluate("location.hash")
        before = (counts(seen), page.evaluate("aikgPage.state()"), page.evaluate("aikgPage.scale()"))
    with opened(chromium, path) as seen:
        page = seen.page
        page.evaluate("hash => { location.hash = hash; }", link)
        page.wait_for_timeout(300)
        after = (counts(seen), page.evaluate("aikgPage.state()"), page.evaluate("aikgPage.scale()"))
        assert after[:2] == before[:2]
        assert after[2] == pytest.approx(before[2], rel=0.01)
        assert text(seen, "#panel h2") == "优必选"
        assert page.locator("#layout").input_value() == "places"
        assert not page.locator('#legend input[value="Policy"]').is_checked()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert seen.complaints == []


def test_dark_follows_the_system_until_somebody_chooses(sample: Opened) -> None:
    page = sample.page
    assert page.evaluate("aikgPage.state().theme") == "light"
    page.emulate_media(color_scheme="dark")
    page.locator("html[data-theme=dark]").wait_for()
    page.click("#dark")
    page.emulate_media(color_scheme="light")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(200)
    assert page.evaluate("aikgPage.state().theme") == "light"


def test_files_hold_what_is_shown(sample: Opened) -> None:
    import openpyxl

    page = sample.page
    page.locator('#legend input[value="Policy"]').uncheck()
    drawn = counts(sample)
    found = {}
    for kind, name in (
        ("png", "aikg-network.png"),
        ("svg", "aikg-network.svg"),
        ("xlsx", "aikg-network.xlsx"),
        ("nodes", "aikg-network.nodes.csv"),
        ("edges", "aikg-network.relations.csv"),
    ):
        with page.expect_download() as saved:
            page.select_option("#export", kind)
        assert saved.value.suggested_filename == name
        found[kind] = Path(saved.value.path()).read_bytes()
    assert max(int.from_bytes(found["png"][16:20]), int.from_bytes(found["png"][20:24])) >= 3840
    drawing = found["svg"].decode("utf-8")
    for part in (
        "人工智能产业知识图谱",
        "智能芯片",
        "截至 2022",
        "来源：《2023人工智能发展白皮书》",
        "不在图中 = 未见记载",
        "来源有矛盾",
    ):
        assert part in drawing
    book = openpyxl.load_workbook(io.BytesIO(found["xlsx"]))
    nodes, edges = (list(sheet.values) for sheet in book.worksheets)
    assert (len(nodes) - 1, len(edges) - 1) == (drawn["nodes"], drawn["edges"])
    row = dict(zip(nodes[0], next(row for row in nodes if row[0] == "company:奥比中光"), strict=True))
    assert row["名称"] == "奥比中光"
    assert row["年份"] == 2013
    assert "深圳市" in row["地区"]
    assert "第185行" in row["来源"]
    segment = dict(zip(nodes[0], next(row for row in nodes if row[0] == "segment:智能芯片"), strict=True))
    assert segment["年份"] is None
    assert segment["地区"] is None
    assert len(found["nodes"].decode("utf-8-sig").splitlines()) >= len(nodes)
    assert "company:奥比中光" in found["edges"].decode("utf-8-sig")


def test_presentation_hides_the_tools(sample: Opened) -> None:
    sample.page.locator("#canvas").focus()
    sample.page.keyboard.press("p")
    assert sample.page.locator("#bar").is_hidden()
    assert sample.page.locator("#legend").is_hidden()
    sample.page.keyboard.press("Escape")
    assert sample.page.locator("#bar").is_visible()


def test_names_do_not_cover_each_other(sample: Opened) -> None:
    for layout in ("bands", "places", "force"):
        sample.page.select_option("#layout", layout)
        boxes = sample.page.evaluate("aikgPage.named()")
        assert len(boxes) > 30
        for n, one in enumerate(boxes):
            for other in boxes[:n]:
                apart_x = one["x"] >= other["x"] + other["w"] or other["x"] >= one["x"] + one["w"]
                apart_y = abs(one["y"] - other["y"]) >= 15
                assert apart_x or apart_y, (layout, one, other)


@pytest.mark.parametrize("around", [None, "company:甲"])
def test_an_empty_graph_and_one_node(chromium: Any, tmp_path: Path, around: str | None) -> None:
    rows = Rows()
    if around:
        rows.node("Company", around, "甲", "L1;图表1")
    with opened(chromium, draw(rows.graph(), "network").save(tmp_path / "page.html")) as seen:
        seen.page.locator("body[data-ready]").wait_for()
        assert counts(seen)["nodes"] == (1 if around else 0)
        assert seen.page.locator("#notes", has_text="没有可画的节点").count() == (0 if around else 1)
        seen.page.click("#fit")
        seen.page.mouse.move(600, 300)
        seen.page.mouse.wheel(0, -300)
        for kind in ("png", "svg", "xlsx", "nodes"):
            with seen.page.expect_download():
                seen.page.select_option("#export", kind)
        if around:
            seen.page.evaluate("id => aikgPage.choose(id)", around)
            assert text(seen, "#panel h2") == "甲"
    assert (seen.requests, seen.complaints) == ([], [])


def test_compressed_data_open_in_browsers_without_a_decompressor(chromium: Any, tmp_path: Path) -> None:
    import base64
    import gzip

    with opened(chromium, draw(sample_graph(), "network").save(tmp_path / "page.html")) as seen:
        given = "".join(f"企业{k * 7919 % 1000}，" for k in range(20_000)) + "x" * 400
        for level in (0, 1, 6, 9):
            made = base64.b64encode(gzip.compress(given.encode("utf-8"), level, mtime=0)).decode("ascii")
            assert seen.page.evaluate("text => aikgPage.inflate(text)", made) == given


def test_thousands_of_nodes_open_and_move(chromium: Any, tmp_path: Path) -> None:
    rows, chance = sample_rows(), random.Random(5)  # noqa: S311
    segments, cities = list(rows.nodes["ChainSegment"]), list(rows.nodes["City"])
    for k in range(7000):
        firm = rows.node("Company", f"company:第{k}", f"第{k}智能科技", f"L{k};名单")
        rows.edge("OPERATES_IN", firm, chance.choice(segments), f"L{k};名单")
        rows.edge("LOCATED_IN", firm, chance.choice(cities), f"L{k};名单")
    made = draw(rows.graph(), "network")
    assert any("属性与出处" in note for note in made.notes)
    with opened(chromium, made.save(tmp_path / "page.html")) as seen:
        page = seen.page
        page.locator("body[data-ready]").wait_for()
        assert counts(seen)["nodes"] > 7000
        page.fill("#search", "第4321智")
        page.keyboard.press("Enter")
        assert text(seen, "#panel h2") == "第4321智能科技"
        assert "around" in text(seen, "#panel")
        page.keyboard.press("Escape")
        page.click("#fit")
        before = page.evaluate("aikgPage.drawn()")
        page.mouse.move(700, 400)
        page.mouse.down()
        for step in range(30):
            page.mouse.move(700 + 4 * step, 400 + 2 * step)
        page.mouse.up()
        for _ in range(100):
            if page.evaluate("aikgPage.resting()") and page.evaluate("aikgPage.drawn()") > before:
                break
            page.wait_for_timeout(50)
        assert page.evaluate("aikgPage.drawn()") > before, "drawn anew once it rests"
    assert (seen.requests, seen.complaints) == ([], [])
