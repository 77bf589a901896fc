"""The explorer in a real browser with the network cut: it is seen, searched, filtered, walked, and executes nothing."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import opened
from hostile_graph import HOSTILE, hostile_graph
from sample_graph import SOURCE, Rows, sample_graph
from support import require_or_skip

from aikg.graph.views.explorer.network import network
from aikg.graph.views.explorer.pyvis_graph import pyvis_graph
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


def test_shows_legend_foot_and_most_names_at_once(sample: Opened) -> None:
    assert text(sample, "#heading") == "人工智能产业知识图谱"
    legend = text(sample, "#legend")
    assert all(name in legend for name in ("企业", "环节", "园区", "政策", "智算中心", "来源有矛盾"))
    foot = text(sample, "#foot")
    drawn = counts(sample)
    assert f"节点 {drawn['nodes']} / {drawn['nodes']} · 关系 {drawn['edges']}" in foot
    assert "截至 2022" in foot
    assert "来源：《2023人工智能发展白皮书》" in foot
    assert "不在图中 = 未见记载，不等于没有" in foot
    assert sample.page.evaluate("aikgPage.labels()") >= 0.9 * drawn["nodes"]


def test_whole_picture_is_in_view_beside_the_legend(sample: Opened) -> None:
    spots = sample.page.evaluate("aikgPage.spots()")
    box = sample.page.locator("#canvas").bounding_box()
    legend = sample.page.locator("#legend").bounding_box()
    assert all(0 < spot["x"] < box["width"] and 0 < spot["y"] < box["height"] for spot in spots)
    assert min(spot["x"] for spot in spots) > legend["x"] + legend["width"]


def test_chinese_is_drawn_and_not_as_empty_boxes(sample: Opened) -> None:
    drawn = sample.page.evaluate(
        """() => { const font = JSON.parse(document.getElementById('data').textContent).font;
        return ['深', '圳', '\\ue000'].map(sign => {
          const c = document.createElement('canvas'); c.width = c.height = 40;
          const x = c.getContext('2d'); x.font = '30px ' + font; x.fillText(sign, 2, 32);
          return [x.measureText(sign).width, Array.from(x.getImageData(0, 0, 40, 40).data).join()]; }); }"""
    )
    (wide, first), (_, second), (_, box) = drawn
    if first == second:
        require_or_skip("browser", "no Chinese font is installed (fonts-noto-cjk)")
    assert wide == pytest.approx(30, abs=1)  # a full em; the box of a missing character is narrower
    assert box not in (first, second)


def test_search_finds_names_and_aliases_and_opens_the_panel(sample: Opened) -> None:
    sample.page.keyboard.press("/")
    sample.page.keyboard.type("腾讯")
    found = sample.page.locator("#found li")
    assert found.nth(0).inner_text().split() == ["腾讯科技", "企业"]
    assert found.nth(1).inner_text().split() == ["腾讯长三角人工智能计算中心", "智算中心"]
    assert sample.page.locator("#search").get_attribute("aria-expanded") == "true"
    sample.page.keyboard.press("ArrowDown")
    sample.page.keyboard.press("Enter")
    assert text(sample, "#panel h2") == "腾讯长三角人工智能计算中心"
    assert not sample.page.locator("#found").is_visible()
    sample.page.keyboard.press("Escape")
    assert not sample.page.locator("#panel").is_visible()
    sample.page.fill("#search", "ｕｂｔｅｃｈ")  # full width, of the alias UBTECH
    assert "优必选" in text(sample, "#found")
    sample.page.locator("#found li").first.click()
    assert text(sample, "#panel h2") == "优必选"
    assert "UBTECH" in text(sample, "#panel")


def test_search_that_finds_nothing_does_not_say_there_is_none(sample: Opened) -> None:
    sample.page.fill("#search", "英伟达<img src=x onerror=alert(1)>")
    assert "未见记载，不等于没有" in text(sample, "#found")
    sample.page.keyboard.press("Enter")
    assert not sample.page.locator("#panel").is_visible()


def test_panel_cites_every_value_and_names_what_is_not_recorded(sample: Opened) -> None:
    sample.page.evaluate("aikgPage.choose('company:奥比中光')")
    panel = text(sample, "#panel")
    for part in (
        "2013-01-18",
        "另有记载：2013-01-08",
        "《2023人工智能发展白皮书》图表3，第185行",
        "《2023人工智能发展白皮书》图表4，第220行",
        "来源之间的矛盾",
        "智能传感器",
        "深圳市",
        "总部",
    ):
        assert part in panel
    unknown = sample.page.locator("#panel dd:has(.unknown)")
    assert unknown.count() >= 2  # 统一社会信用代码, 法定名称
    assert set(unknown.all_inner_texts()) == {"未见记载"}
    sample.page.locator("#panel .go", has_text="深圳市").first.click()
    assert text(sample, "#panel h2") == "深圳市"
    assert "另有" in text(sample, "#panel")  # 17 firms and parks: the first twelve, the rest on demand
    before = sample.page.locator("#panel .go").count()
    sample.page.locator("#panel .rest").last.click()
    assert sample.page.locator("#panel .go").count() > before


def test_a_click_on_a_dot_opens_its_panel_and_one_on_nothing_closes_it(sample: Opened) -> None:
    spot = sample.page.evaluate("aikgPage.spot('company:华为')")
    box = sample.page.locator("#canvas").bounding_box()
    sample.page.mouse.click(box["x"] + spot["x"], box["y"] + spot["y"])
    sample.page.wait_for_selector("#panel h2")
    assert text(sample, "#panel h2") == "华为"
    sample.page.mouse.click(box["x"] + 230, box["y"] + 6)
    sample.page.wait_for_selector("#panel", state="hidden")


def test_legend_filters_labels_and_relations(sample: Opened) -> None:
    before = counts(sample)
    firms = len(sample_graph().nodes["Company"])
    sample.page.locator('#legend label:has(input[value="Company"])').click()
    assert counts(sample)["nodes"] == before["nodes"] - firms
    assert counts(sample)["edges"] < before["edges"]
    assert f"节点 {before['nodes'] - firms} / {before['nodes']}" in text(sample, "#foot")
    # what is searched for is shown again
    sample.page.evaluate("aikgPage.choose('company:华为')")
    assert counts(sample) == before
    assert sample.page.locator('#legend input[value="Company"]').is_checked()
    sample.page.locator("#kinds summary").click()
    sample.page.locator('#legend input[value="LOCATED_IN"]').uncheck()
    assert counts(sample)["edges"] == before["edges"] - len(sample_graph().edges["LOCATED_IN"])
    sample.page.locator("#legend .head button", has_text="清空").first.click()
    assert counts(sample)["nodes"] == 0
    sample.page.locator("#legend .head button", has_text="全选").first.click()
    assert counts(sample)["nodes"] == before["nodes"]


def test_everything_is_reached_by_keyboard(sample: Opened) -> None:
    reached = []
    for _ in range(14):
        sample.page.keyboard.press("Tab")
        reached.append(sample.page.evaluate("document.activeElement.id || document.activeElement.type"))
    assert reached[:5] == ["search", "layout", "size", "color", "path"]
    assert "checkbox" in reached
    sample.page.locator("#canvas").focus()
    zoomed = "aikgPage.scale()"
    before = sample.page.evaluate(zoomed)
    sample.page.keyboard.press("+")
    assert sample.page.evaluate(zoomed) > before
    sample.page.keyboard.press("0")
    assert sample.page.evaluate(zoomed) == pytest.approx(before)


def test_in_english(chromium: Any, tmp_path: Path) -> None:
    path = draw(sample_graph(), "network", lang="en", layout="force").save(tmp_path / "page.html")
    with opened(chromium, path) as seen:
        seen.page.evaluate("aikgPage.choose('company:华为')")
        assert "not recorded" in text(seen, "#panel")
        assert "Headquarters" in text(seen, "#panel")
        assert "line 190" in text(seen, "#panel")
        assert "Company" in text(seen, "#legend")
        assert seen.page.evaluate("document.documentElement.lang") == "en"
    assert (seen.requests, seen.complaints) == ([], [])


# Nothing that a name says is executed -----------------------------------------------------------------------


@pytest.mark.parametrize("layout", ["bands", "places", "force"])
def test_hostile_names_execute_nothing_and_do_not_break_the_page(
    chromium: Any,
    tmp_path: Path,
    layout: Any,
) -> None:
    graph, labels = hostile_graph()
    made = draw(graph, "network", labels=labels, layout=layout)
    nodes = network(graph, labels=labels, layout=layout).data["ids"]
    assert len(nodes) >= 3 * len(labels) - 5  # ids may coincide
    with opened(chromium, made.save(tmp_path / "page.html")) as seen:
        page = seen.page
        page.locator("body[data-ready]").wait_for()
        elements = "document.querySelectorAll('script, img, iframe, object, embed, base, link, style').length"
        before = page.evaluate(elements)
        for node in nodes:
            page.evaluate("id => aikgPage.choose(id)", node)
            shown = page.locator("#panel").bounding_box()
            assert shown["x"] >= 0
            assert shown["x"] + shown["width"] <= 1280
            assert shown["y"] + shown["height"] <= 800
        for wanted in (*HOSTILE[:11], "window", "7*7", "深"):
            page.fill("#search", wanted[:150])
            box = page.locator("#found").bounding_box()
            assert box is None or box["x"] + box["width"] <= 1280
        page.keyboard.press("Enter")
        page.evaluate("ids => aikgPage.path(ids[0], ids[ids.length - 1])", nodes)
        page.click("#fit")
        spot = page.evaluate("id => aikgPage.spot(id)", nodes[len(nodes) // 2])
        stage = page.locator("#stage").bounding_box()
        page.mouse.move(stage["x"] + spot["x"], stage["y"] + spot["y"])
        page.mouse.wheel(0, -600)
        for kind in ("svg", "png", "xlsx", "nodes", "edges"):
            with page.expect_download() as saved:
                page.select_option("#export", kind)
            content = Path(saved.value.path()).read_bytes()
            assert content
            if kind == "svg":
                root = ET.fromstring(content)  # noqa: S314 - well-formed, whatever the names say
                assert {e.tag.rpartition("}")[2] for e in root.iter()} <= DRAWING
        page.wait_for_timeout(300)
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("({}).hacked") is None
        assert page.evaluate(elements) == before
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
        links = page.evaluate("[...document.querySelectorAll('#panel a')].map(a => a.protocol)")
        assert set(links) <= {"https:", "http:"}
    assert (seen.requests, seen.complaints) == ([], [])


HASHES = (
    "#node=<img src=x onerror=window.hacked=1>&layout=<b>",
    "#view=NaN,1e999,-1&steps=99999999&time=date,9,x",
    "#hide=__proto__&color=constructor&theme=__proto__&link=99999999",
    "#%E0%A4%A&=&&&node",
    "#path-from=company:华为&path-to=company:华为",
)


@pytest.mark.parametrize("hash_", HASHES)
def test_a_hostile_link_changes_nothing(chromium: Any, tmp_path: Path, hash_: str) -> None:
    with opened(chromium, draw(sample_graph(), "network").save(tmp_path / "page.html")) as seen:
        seen.page.evaluate("hash => { location.hash = hash; }", hash_)
        seen.page.wait_for_timeout(200)
        assert seen.page.evaluate("window.hacked") is None
        assert seen.page.evaluate("({}).hacked") is None
        assert counts(seen)["nodes"] > 50
        assert 0 < seen.page.evaluate("aikgPage.scale()") < 20
    assert seen.complaints == []


def test_a_hostile_name_is_shown_as_it_is_written(chromium: Any, tmp_path: Path) -> None:
    rows = Rows()
    rows.node("Source", SOURCE, "报告", url="https://example.invalid/a?b=<c>")
    rows.node("Company", "company:x", HOSTILE[1], "L1;图表1", legal_name="{{7*7}}")
    page = draw(rows.graph(), "network", labels=["Company"]).save(tmp_path / "page.html")
    with opened(chromium, page) as seen:
        seen.page.evaluate("aikgPage.choose('company:x')")
        assert text(seen, "#panel h2") == HOSTILE[1]
        assert "{{7*7}}" in text(seen, "#panel")
        link = seen.page.locator("#panel a").first
        assert link.get_attribute("href") == "https://example.invalid/a?b=<c>"
        assert link.get_attribute("rel") == "noopener noreferrer"
    assert (seen.requests, seen.complaints) == ([], [])


def test_what_is_injected_despite_all_is_stopped_by_the_policy(chromium: Any, tmp_path: Path) -> None:
    """The second wall: were there a hole, its script, handler, image and request would not run or load."""
    with opened(chromium, draw(sample_graph(), "network").save(tmp_path / "page.html")) as seen:
        results = seen.page.evaluate(
            """async () => {
              const tried = {}; const attempt = async (name, act) => { try { await act(); tried[name] =
              'ran'; } catch (e) { tried[name] = 'refused'; } }; await attempt('html', () => {
              document.body.innerHTML = '<img src=x onerror=hacked=1>'; }); await attempt('fetch', () =>
              fetch('https://example.invalid/')); const s = document.createElement('script');
              s.append('window.hacked = 2'); await attempt('script', () => document.body.append(s)); await
              new Promise(r => setTimeout(r, 50)); return [tried, window.hacked === undefined,
              window.violations.length > 0];
            }"""
        )
        assert results[0]["html"] == "refused"
        assert results[0]["fetch"] == "refused"
        assert results[1:] == [True, True]
    assert seen.requests == []


# pyvis' own features ----------------------------------------------------------------------------------------


def test_pyvis_users_get_a_page_too(chromium: Any, tmp_path: Path) -> None:
    import networkx as nx

    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    net = SafeNetwork(heading="空手道", bgcolor="red;background:url(https://example.invalid/)")
    net.from_nx(nx.karate_club_graph())
    net.add_node("x", label=HOSTILE[1], title=HOSTILE[2], shape="box", group="</style>")
    net.add_node("y", shape="image", image="https://example.invalid/y.png")
    net.add_edge("x", 0, title=HOSTILE[0], label=HOSTILE[3])
    with opened(chromium, net.save(tmp_path / "page.html")) as seen:  # pyvis' default: physics on
        assert counts(seen)["nodes"] == 36
        assert text(seen, "#heading").strip() == "空手道"
        assert "</style" in text(seen, "#legend")
        assert seen.page.evaluate("window.hacked") is None
    assert (seen.requests, seen.complaints) == ([], [])


# pyvis leaves the file open that from_DOT reads
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
def test_pyvis_buttons_and_dot_files(chromium: Any, tmp_path: Path) -> None:
    from aikg.graph.views.explorer.pyvis_network import SafeNetwork

    net = SafeNetwork()
    net.add_graph([{"id": 1, "x": 0, "y": 0}, {"id": 2, "x": 90, "y": 0}], [{"from": 1, "to": 2}])
    net.toggle_physics(False)
    net.show_buttons(filter_=["physics"])
    with opened(chromium, net.save(tmp_path / "buttons.html")) as seen:
        assert seen.page.locator("#config .vis-configuration").count() > 0
    assert (seen.requests, seen.complaints) == ([], [])
    (tmp_path / "a.dot").write_text('digraph { a -> b; b -> "</script>" }', encoding="ascii")
    net = SafeNetwork()
    net.from_DOT(str(tmp_path / "a.dot"))
    with opened(chromium, net.save(tmp_path / "dot.html")) as seen:
        assert counts(seen) == {"nodes": 3, "edges": 2}
    assert (seen.requests, seen.complaints) == ([], [])


def test_the_frame_of_a_notebook_draws(chromium: Any, tmp_path: Path) -> None:
    path = tmp_path / "notebook.html"
    frame = draw(sample_graph(), "network")._repr_html_()
    path.write_text(f"<!DOCTYPE html><meta charset=utf-8>{frame}", encoding="utf-8")
    with opened(chromium, path) as seen:
        inside = seen.page.frames[1]
        inside.locator("body[data-ready]").wait_for()
        assert inside.evaluate("aikgPage.labels()") > 0
        assert inside.evaluate("window.origin") == "null"  # it cannot reach into the notebook
    assert (seen.requests, seen.complaints) == ([], [])


def test_pyvis_pages_of_a_graph(chromium: Any, tmp_path: Path) -> None:
    net = pyvis_graph(sample_graph())
    with opened(chromium, net.save(tmp_path / "page.html")) as seen:
        before = counts(seen)
        assert before["nodes"] == len(net.nodes)
        seen.page.locator('#legend input[value="Company"]').uncheck()
        assert counts(seen)["nodes"] == before["nodes"] - len(sample_graph().nodes["Company"])
        assert seen.page.evaluate("aikgPage.labels()") > 20
        spot = seen.page.evaluate(
            "() => aikgPage.network.canvasToDOM(aikgPage.network.getPositions(['city:440300'])['city:440300'])"
        )
        box = seen.page.locator("#network").bounding_box()
        seen.page.mouse.move(box["x"] + spot["x"], box["y"] + spot["y"])
        seen.page.mouse.move(box["x"] + spot["x"] + 1, box["y"] + spot["y"])
        seen.page.locator(".vis-tooltip", has_text="深圳市").wait_for()
    graph, labels = hostile_graph()
    with opened(chromium, pyvis_graph(graph, labels=labels).save(tmp_path / "hostile.html")) as seen:
        seen.page.mouse.move(640, 400)
        seen.page.wait_for_timeout(300)
        assert seen.page.evaluate("window.hacked") is None
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (seen.requests, seen.complaints) == ([], [])
