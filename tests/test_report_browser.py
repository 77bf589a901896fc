"""The report in a real browser: on a screen, on a phone, on paper, and with names that try to run."""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from hostile_graph import hostile_graph

from aikg.graph.views.report.report import Report, report
from aikg.pipeline import build_graph

pytestmark = pytest.mark.browser
GRAPH = build_graph()[0]


@lru_cache
def shipped(place: str, lang: str = "zh") -> Report:
    return report(GRAPH, place, lang=lang)


@pytest.mark.parametrize(("place", "lang"), [("深圳", "zh"), ("长三角", "en")])
@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_runs_off_the_screen(chromium: Any, tmp_path: Path, place: str, lang: str, width: int) -> None:
    path = shipped(place, lang).save(tmp_path / "report.html")
    with opened(chromium, path, width=width, height=800 if width == 1280 else 740) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        outside = seen.page.evaluate(
            """() => [...document.querySelectorAll('td, th, p, li, h1, h2')].filter(e => {
                 const box = e.getBoundingClientRect();
                 return box.width && getComputedStyle(e.closest('thead') || e).position !== 'absolute' && box.right > innerWidth + 1;
               }).map(e => e.textContent.slice(0, 40))"""
        )
        assert outside == []
        small = seen.page.evaluate(
            "Math.min(...[...document.querySelectorAll('td, th, p, li')].map(e => parseFloat(getComputedStyle(e).fontSize)))"
        )
        assert small >= 12
        # A note in the text leads to its citation.
        seen.page.locator("td .cites a").first.click()
        assert seen.page.evaluate("document.querySelector('li:target').textContent").strip().startswith("[")
    assert (seen.requests, seen.complaints) == ([], [])


def test_on_paper_it_has_numbered_pages_repeated_heads_and_readable_pictures(chromium: Any, tmp_path: Path) -> None:
    pdfplumber = pytest.importorskip("pdfplumber")
    path = shipped("深圳").save(tmp_path / "report.html")
    with opened(chromium, path) as seen:
        content = seen.page.pdf(prefer_css_page_size=True, print_background=True)
    with pdfplumber.open(io.BytesIO(content)) as document:
        pages = document.pages
        assert len(pages) > 5
        # Fonts of Chinese share glyphs with the radicals; a PDF names one of the two.
        texts = [unicodedata.normalize("NFKC", page.extract_text() or "") for page in pages]
        sizes = {(round(page.width), round(page.height)) for page in pages}
        words = [
            word for page in pages if page.width > page.height for word in page.extract_words(extra_attrs=["size"])
        ]
    assert sizes == {(595, 842), (842, 595)}, "A4, upright for text and lying for pictures"
    whole = "\n".join(texts)
    assert "深圳市人工智能产业报告" in texts[0]
    for number in ("39", "1,588", "7,817"):
        assert number in whole
    assert f"1 / {len(pages)}" in texts[0]
    # The head of the table of firms stands on each of its pages.
    assert sum("企业 成立 环节" in text for text in texts) >= 2
    assert words
    assert min(float(word["size"]) for word in words) >= 5, "text of pictures on pages that lie, in points"


def test_rows_and_pictures_are_not_cut_by_pages(chromium: Any, tmp_path: Path) -> None:
    path = shipped("深圳").save(tmp_path / "report.html")
    with opened(chromium, path) as seen:
        seen.page.emulate_media(media="print")
        rules = seen.page.evaluate(
            """() => [...document.querySelectorAll('tr, figure')].filter(e => getComputedStyle(e).display !== 'none')
                 .map(e => getComputedStyle(e).breakInside)"""
        )
        head = seen.page.evaluate("getComputedStyle(document.querySelector('thead')).display")
        shown = seen.page.evaluate(
            """() => [...document.querySelectorAll('figure')].map(e => [!!e.closest('.plates'), e.getClientRects().length > 0])"""
        )
    assert set(rules) == {"avoid"}
    assert head == "table-header-group"
    # Each picture once: in its chapter on the screen, among the plates on paper.
    assert all(plate == drawn for plate, drawn in shown)


@pytest.mark.parametrize("label", ["City", "Region"])
@pytest.mark.parametrize("width", [1280, 360])
def test_hostile_names_execute_nothing(chromium: Any, tmp_path: Path, label: str, width: int) -> None:
    graph = hostile_graph()[0]
    for at, node in enumerate(one for one in graph.nodes[label]["id"] if one == one.strip()):
        path = report(graph, str(node)).save(tmp_path / f"{at}.html")
        with opened(chromium, path, width=width) as seen:
            assert seen.page.evaluate("window.hacked") is None
            assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            links = seen.page.evaluate("[...document.querySelectorAll('a')].map(a => a.getAttribute('href')[0])")
            assert set(links) <= {"#"}
        assert (seen.requests, seen.complaints) == ([], [])
