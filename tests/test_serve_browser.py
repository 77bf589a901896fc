"""The console in a real browser: a first-time walk, the editor, the network, pictures, refusals, hostile names."""

from __future__ import annotations

import contextlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from console_server import Running, running
from hostile_graph import HOSTILE, hostile_graph

import aikg
from aikg.api import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.browser


@dataclass
class Seen:
    """The console on screen, with what it asked for beyond its server and what it complained about."""

    page: Any
    server: Running
    foreign: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def text(self, selector: str) -> str:
        return str(self.page.locator(selector).first.inner_text())

    def choose(self, name: str) -> None:
        self.page.click(f"[data-name='{name}']")

    def until(self, expression: str, argument: Any = None) -> None:
        """Wait until JavaScript says so; Playwright's own waiting uses eval, which the page's policy stops."""
        for _ in range(300):
            if self.page.evaluate(expression, argument):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"never: {expression} {argument or ''}")

    def run(self) -> None:
        self.page.click(".primary")
        self.page.wait_for_selector(".answer-bar, .result .error")

    def write(self, statement: str) -> None:
        """Replace what stands in the editor."""
        self.page.click(".cm-content")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(statement)
        self.page.keyboard.press("Escape")

    def column(self, title: str) -> list[str]:
        heads = [str(text).strip() for text in self.page.locator("table.answer thead th").all_inner_texts()]
        at = next(i for i, head in enumerate(heads) if head.replace("\n", "").startswith(title)) + 1
        return [str(x) for x in self.page.locator(f"table.answer tbody td:nth-child({at})").all_inner_texts()]


@contextlib.contextmanager
def on_screen(browser: Any, server: Running, *, lang: str = "zh") -> Iterator[Seen]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    page = context.new_page()
    seen = Seen(page, server)

    def answer(route: Any) -> None:
        if route.request.url.startswith(server.origin + "/"):
            route.continue_()
        else:
            seen.foreign.append(route.request.url)
            route.abort()

    def dialog(shown: Any) -> None:
        seen.complaints.append(f"dialog: {shown.message}")
        shown.dismiss()

    context.route("**/*", answer)
    page.on("pageerror", lambda error: seen.complaints.append(f"uncaught: {error}"))
    page.on("dialog", dialog)
    page.on("popup", lambda other: seen.complaints.append(f"window: {other.url}"))
    # A status that is an error is shown on the page; the browser's own line about it is no complaint.
    page.on(
        "console",
        lambda m: seen.complaints.append(m.text) if m.type in ("error", "warning") and not _own(m.text) else None,
    )
    context.add_init_script(
        f"if (window === top) localStorage.setItem('aikg-lang', '{lang}'); window.violations = [];"
        "document.addEventListener('securitypolicyviolation',"
        " event => window.violations.push(event.violatedDirective + ' ' + event.blockedURI));"
    )
    try:
        page.goto(server.url)
        page.wait_for_selector(".top")
        yield seen
        violations = page.evaluate("window.violations")
        seen.complaints += [f"policy: {one}" for one in violations if one != "style-src-attr inline"]
    finally:
        context.close()


def _own(line: str) -> bool:
    """What Chromium says of its own doing: a status that is an error, which the page shows; and that it may not write
    the style of typed text into the editor, where the text is coloured anew in any case."""
    return "status of" in line or line.startswith("Applying inline style violates")


@pytest.fixture(scope="module")
def shipped() -> Iterator[Running]:
    """A console of the shipped data set."""
    with aikg.build() as kg, running(kg) as made:
        yield made


@pytest.fixture
def seen(chromium: Any, shipped: Running) -> Iterator[Seen]:
    with on_screen(chromium, shipped) as made:
        yield made
    assert made.foreign == []
    assert made.complaints == []


def test_a_first_time_walk_from_the_url_to_an_excel_file(seen: Seen, tmp_path: Path) -> None:
    page = seen.page
    assert page.url.startswith(f"{seen.server.origin}/#")  # the token is gone from the bar
    page.fill(".side input[type=search]", "环节 企业")
    assert "某环节的企业" in page.locator(".list button").all_inner_texts()
    seen.choose("companies-in-segment")
    assert "哪些企业经营某个产业链环节" in seen.text(".head")
    page.click("[data-parameter=city]")
    seen.until("document.querySelector('[data-parameter=city]').list.options.length > 10")
    assert page.evaluate(
        "[...document.querySelector('[data-parameter=city]').list.options].some(o => o.value === '深圳市')"
    )
    page.fill("[data-parameter=city]", "深圳")
    seen.run()
    names = seen.column("企业名称")
    # 图表4 (document 003, lines 220–227) lists these three for 计算机视觉 in 深圳; 商汤科技 is also listed in 北京.
    firms = [name.removesuffix("有矛盾").strip() for name in names]
    assert {"奥比中光", "精锐视觉"} <= set(firms)
    assert any("商汤科技" in name and "有矛盾" in name for name in names)
    page.locator("table.answer tbody tr", has_text="奥比中光").locator(".cite-button").first.click()
    cites = page.locator(".panel .cites li").all_inner_texts()
    assert all(re.fullmatch(r"《2023人工智能发展白皮书》(图表\d+，)?第\d+行", line) for line in cites)
    with page.expect_download() as waiting:
        page.click("[data-export=xlsx]")
    assert waiting.value.suggested_filename == "aikg-companies-in-segment.xlsx"
    path = tmp_path / "answer.xlsx"
    waiting.value.save_as(path)
    rows = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
    assert rows[0][0] == "企业名称"
    assert [row[0] for row in rows[1:]] == firms
    sources = rows[0].index("本行的出处")
    line = next(row for row in rows if row[0] == "奥比中光")[sources]
    assert set(cites) == set(line.split("; "))


def test_contradictions_are_told_with_both_sources(seen: Seen) -> None:
    seen.choose("companies-in-segment")
    seen.run()
    seen.page.locator("tr", has_text="商汤科技").locator("button.badge").first.click()
    seen.page.wait_for_selector(".panel .conflict")
    told = seen.text(".panel .alert")
    assert "北京市" in told
    assert "深圳市" in told
    assert told.count("《2023人工智能发展白皮书》") == 2
    seen.page.locator(".panel .group .link", has_text="深圳市").first.click()
    seen.until("document.querySelector('.panel h2').textContent === '深圳市'")
    seen.page.keyboard.press("Escape")
    assert not seen.page.locator(".panel").is_visible()


def test_not_recorded_is_hatched_and_sorts_last(seen: Seen) -> None:
    seen.choose("companies-in-segment")
    seen.run()
    cell = seen.page.locator("tr", has_text="凌云光").locator("td.unknown").first
    assert cell.inner_text() == "未见记载"
    assert "repeating-linear-gradient" in cell.evaluate("c => getComputedStyle(c).backgroundImage")
    for _ in range(2):
        seen.page.click("th[data-column=city] button")
        assert seen.column("所在城市")[-1] == "未见记载"
    assert seen.page.get_attribute("th[data-column=city]", "aria-sort") == "descending"
    seen.page.click("th[data-column=city] button")
    assert seen.page.get_attribute("th[data-column=city]", "aria-sort") == "none"


def test_the_address_keeps_the_question_and_its_parameters(seen: Seen) -> None:
    seen.choose("chain-gaps")
    seen.page.fill("[data-parameter=city]", "合肥市")
    seen.run()
    first = seen.column("环节")
    seen.page.reload()
    seen.page.wait_for_selector("table.answer")
    assert seen.text(".head h1").startswith("城市的产业链缺口")
    assert seen.page.input_value("[data-parameter=city]") == "合肥市"
    assert seen.column("环节") == first


def test_cypher_is_coloured_completed_and_run_by_ctrl_enter(seen: Seen) -> None:
    page = seen.page
    page.click("[data-tab=cypher]")
    page.wait_for_selector(".cm-content span")
    colours = page.evaluate(
        "new Set([...document.querySelectorAll('.cm-line span')].map(s => getComputedStyle(s).color)).size"
    )
    assert colours >= 3  # keywords, labels, variables
    seen.write("MATCH (c:")
    page.keyboard.type("Comp")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert page.locator(".cm-completionLabel").all_inner_texts() == ["Company", "ComputeCenter"]
    page.wait_for_timeout(120)  # the editor takes no choice in the first 75 ms, lest it be a slip
    page.keyboard.press("Enter")
    assert "c:Company" in seen.text(".cm-content")
    seen.write("MATCH (a)-[r:OPER")
    page.keyboard.type("A")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert page.locator(".cm-completionLabel").first.inner_text() == "OPERATES_IN"
    seen.write("MATCH (c:Company) RETURN c.fou")
    page.keyboard.type("n")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert page.locator(".cm-completionLabel").first.inner_text() == "founded"
    seen.write("MATCH (c:City) WHERE c.name = $ci")
    page.fill("#parameters", '{"city": "深圳市"}')
    page.click(".cm-content")
    page.keyboard.press("Control+End")
    page.keyboard.type("t")
    page.wait_for_selector(".cm-tooltip-autocomplete")
    assert page.locator(".cm-completionLabel").first.inner_text() == "city"
    seen.write("MATCH (c:City) WHERE c.name = $city RETURN c.id AS id, c.name AS name")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("table.answer")
    assert seen.column("name") == ["深圳市有矛盾"]  # its mark: documents disagree on figures of the city


def test_errors_and_writes_are_one_line_in_place_of_the_answer(seen: Seen) -> None:
    page = seen.page
    page.click("[data-tab=cypher]")
    page.fill("#parameters", "")
    for statement, said in (
        ("MATCH (c:Company) DETACH DELETE c", "第 1 行第 19 列的 DETACH 会写入"),
        ("MATCH (c:Company RETURN c", "语法错误"),
        ("MATCH (c:Company {name: $name}) RETURN c", "缺少参数 $name"),
    ):
        seen.write(statement)
        page.keyboard.press("Control+Enter")
        seen.until("t => (document.querySelector('.result .error') || {textContent: ''}).textContent.includes(t)", said)
        assert "\n" not in seen.text(".result .error")
        assert page.locator("table.answer").count() == 0
    page.fill("#parameters", "{name}")
    page.click(".primary")
    assert "参数应为一个 JSON 对象" in seen.text(".result .error")


def test_a_question_as_cypher_gives_its_answer(seen: Seen) -> None:
    seen.choose("companies-in-segment")
    seen.page.click("text=看 Cypher")
    seen.page.wait_for_selector(".cm-content")
    assert json.loads(seen.page.input_value("#parameters"))["segment"] == "segment:计算机视觉"
    seen.page.click(".primary")
    seen.page.wait_for_selector("table.answer")
    assert "凌云光" in seen.column("name")


def test_an_answer_as_a_network_can_be_asked_and_filtered(seen: Seen) -> None:
    page = seen.page
    page.click("[data-tab=cypher]")
    page.click(".primary")  # the statement that stands there first: firms of 计算机视觉
    page.wait_for_selector("table.answer")
    n = page.locator("table.answer tbody tr").count()
    page.click("[data-view=network]")
    page.wait_for_selector(".network .node")
    assert page.locator(".network .node").count() == n + 1
    assert page.locator(".network .line").count() == n
    boxes = [page.locator(".network .node").nth(i).bounding_box() for i in range(n + 1)]
    frame = page.locator(".network").bounding_box()
    assert all(frame["x"] <= b["x"] and b["x"] + b["width"] <= frame["x"] + frame["width"] for b in boxes)
    assert all(frame["y"] <= b["y"] and b["y"] + b["height"] <= frame["y"] + frame["height"] for b in boxes)
    page.click(".network .node[data-id='segment:计算机视觉']")
    page.wait_for_selector(".panel h2")
    assert seen.text(".panel h2") == "计算机视觉"
    page.keyboard.press("Escape")
    page.locator(".legend button", has_text="企业").click()
    assert page.locator(".network .node:visible").count() == 1


def test_a_measure_is_computed_from_its_form(seen: Seen) -> None:
    page = seen.page
    page.click("[data-tab=measures]")
    seen.choose("location-quotient")
    assert seen.text(".head p")
    seen.run()
    assert page.locator("table.answer tbody tr").count() > 3
    page.fill("[data-parameter=min_count]", "viele")
    seen.page.click(".primary")
    page.wait_for_selector(".result .error")
    assert "min_count" in seen.text(".result .error")


def test_pictures_are_drawn_in_a_frame_of_their_own_and_saved(seen: Seen, tmp_path: Path) -> None:
    page = seen.page
    page.click("[data-tab=pictures]")
    seen.choose("heatmap")
    frame = page.frame_locator(".frame iframe")
    frame.locator("#stage svg").wait_for()
    assert "allow-same-origin" not in page.get_attribute(".frame iframe", "sandbox")
    inner = next(f for f in page.frames if "/picture/heatmap" in f.url)
    assert inner.evaluate("self.origin") == "null"
    page.fill("[data-parameter=limit]", "2")
    page.click(".primary")
    seen.until("document.querySelector('.frame iframe').src.includes('limit=2')")
    frame.locator("#stage svg").wait_for()
    with page.expect_download() as waiting:
        frame.locator("button", has_text="XLSX").click()
    waiting.value.save_as(tmp_path / "picture.xlsx")
    assert openpyxl.load_workbook(tmp_path / "picture.xlsx").active.max_row > 2


def test_the_schema_is_searched_and_asked(seen: Seen) -> None:
    page = seen.page
    page.click("[data-tab=schema]")
    page.fill(".schema input", "算力")
    assert 0 < page.locator(".card").count() < 10
    page.fill(".schema input", "Company")
    page.locator(".card", has_text="企业").first.locator("button").click()
    assert "MATCH (n:Company)" in seen.text(".cm-content")


def test_the_language_changes_where_one_is(seen: Seen) -> None:
    page = seen.page
    seen.choose("chain-gaps")
    page.fill("[data-parameter=city]", "合肥市")
    seen.run()
    page.click(".lang")
    seen.until("document.documentElement.lang === 'en'")
    page.wait_for_selector("table.answer")
    assert seen.text(".head h1").startswith("Gaps in a city's chain")
    assert page.input_value("[data-parameter=city]") == "合肥市"
    assert not re.search("[一-鿿]", seen.text(".answer thead"))
    assert seen.text(".tabs") == "Questions\nMeasures\nCypher\nPictures\nSchema"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_lies_outside_the_window_or_on_another(chromium: Any, shipped: Running, lang: str) -> None:
    with on_screen(chromium, shipped, lang=lang) as seen:
        page = seen.page
        for tab, name in (
            ("questions", "chain-gaps"),
            ("measures", "centrality"),
            ("pictures", "network"),
            ("cypher", ""),
            ("schema", ""),
        ):
            page.click(f"[data-tab={tab}]")
            if name:
                seen.choose(name)
            if tab in ("questions", "measures", "cypher"):
                seen.run()
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280
            assert page.evaluate("document.documentElement.scrollHeight") <= 800
            right = page.evaluate(
                "Math.max(...[...document.querySelectorAll('.top > *')].map(e => e.getBoundingClientRect().right))"
            )
            assert right <= 1280
            body = page.locator(".answer-body")
            if body.count():
                assert body.bounding_box()["height"] >= 250
    assert (seen.foreign, seen.complaints) == ([], [])


def test_the_server_gone_is_one_line_on_the_page(chromium: Any) -> None:
    from sample_graph import sample_graph

    with contextlib.ExitStack() as stack:
        with running(Graph(frames=sample_graph())) as server:
            seen = stack.enter_context(on_screen(chromium, server))
            seen.run()
        seen.page.click(".primary")
        seen.page.wait_for_selector(".result .error")
        assert seen.text(".result .error") == "控制台没有应答；请看终端里的 aikg serve 是否还在运行"


def test_hostile_names_execute_nothing_and_ask_nobody(chromium: Any) -> None:
    graph, labels = hostile_graph()
    elements = "document.querySelectorAll('script, img, object, embed, base, link, style, iframe').length"
    with running(Graph(frames=graph)) as server, on_screen(chromium, server) as seen:
        page = seen.page
        before = page.evaluate(elements)
        page.click("[data-tab=cypher]")
        page.fill("#parameters", "")
        own = page.evaluate(elements) - before  # the editor's style, with the nonce
        assert own == 1
        for label in labels:
            seen.write(
                f"MATCH (n:{label}) RETURN n, n.id AS id, n.name AS name, n.aliases AS a, n.sources AS sources, properties(n) AS p"
            )
            page.keyboard.press("Control+Enter")
            page.wait_for_selector("table.answer")
            assert page.locator("table.answer tbody tr").count() == len(graph.nodes[label])
            for at in range(page.locator(".cite-button").count()):
                page.locator(".cite-button").nth(at).click()
            for at in range(page.locator("table.answer td:nth-child(2) .link").count()):
                page.locator("table.answer td:nth-child(2) .link").nth(at).click()
                page.wait_for_selector(".panel dl")
            assert page.evaluate("document.documentElement.scrollWidth") <= 1280
            page.keyboard.press("Escape")
        seen.write("MATCH (a)-[r]->(b) RETURN a, r, b")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("table.answer")
        page.click("[data-view=network]")
        page.wait_for_selector(".network .node")
        assert page.locator(".network .node").count() > 20
        page.locator(".network .node").first.dispatch_event("pointerdown")
        for tab in ("questions", "measures", "schema"):
            page.click(f"[data-tab={tab}]")
        page.click("[data-tab=questions]")
        seen.choose("contradictions")
        page.click("[data-parameter=source]")
        seen.run()
        for tried in HOSTILE[:9]:
            page.fill("[data-parameter=source]", tried)
            seen.page.click(".primary")
            page.wait_for_selector(".result .error, table.answer, .result .note")
        page.goto(
            server.origin + "/#/questions/" + HOSTILE[0].replace("<", "%3C") + "?city=%3Cimg src=x onerror=hacked=9%3E"
        )
        page.wait_for_selector(".top")
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("({}).hacked") is None
        page.click("[data-tab=questions]")
        assert page.evaluate(elements) <= before + own
    assert seen.foreign == []
    assert sorted(set(seen.complaints)) == []


def test_another_page_gets_neither_answers_nor_a_frame(chromium: Any, shipped: Running, tmp_path: Path) -> None:
    """A page of another origin in the same browser, which holds the console's cookie."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(shipped.url)
    page.wait_for_selector(".top")
    evil = tmp_path / "evil.html"
    evil.write_text("<!DOCTYPE html><title>evil</title>", encoding="utf-8")
    other = context.new_page()
    other.goto(evil.as_uri())
    tried = other.evaluate(
        """async origin => {
          const tried = {};
          const go = async (name, options, path) => {
            try { const r = await fetch(origin + path, options); tried[name] = r.type + ' ' + r.status; }
            catch (e) { tried[name] = 'refused'; } };
          const body = JSON.stringify({kind: 'cypher', name: 'RETURN 1', parameters: {}});
          await go('read', {credentials: 'include'}, '/api/start');
          await go('post', {method: 'POST', credentials: 'include', headers: {'Content-Type': 'application/json'}, body}, '/api/answer');
          await go('plain', {method: 'POST', mode: 'no-cors', credentials: 'include', body}, '/api/answer');
          return tried;
        }""",
        shipped.origin,
    )
    assert tried["read"] == tried["post"] == "refused"
    assert tried["plain"] in ("opaque 0", "refused")  # sent without the cookie, and answered with a refusal
    other.evaluate(
        "origin => { const f = document.createElement('iframe'); f.src = origin + '/'; document.body.append(f); }",
        shipped.origin,
    )
    other.wait_for_timeout(500)
    framed = [f for f in other.frames if f != other.main_frame]
    assert all(f.locator(".top").count() == 0 for f in framed)
    context.close()
