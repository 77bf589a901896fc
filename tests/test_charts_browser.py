"""Every chart in a real browser with the network cut: details, filters, exports, presentation, hostile names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from browser import opened
from hostile_graph import hostile_graph

from aikg.graph.views.picture import PICTURES, Picture, draw
from aikg.pipeline import build_graph

pytestmark = pytest.mark.browser
GRAPH = build_graph()[0]
CHARTS = [name for name in PICTURES if name != "network"]
every_chart = pytest.mark.parametrize("name", CHARTS)


@lru_cache
def shipped(name: str) -> Picture:
    return draw(GRAPH, name)


@every_chart
def test_a_choice_tells_with_sources_and_exports_save(chromium: Any, tmp_path: Path, name: str) -> None:
    with opened(chromium, shipped(name).save(tmp_path / "page.html")) as seen:
        page = seen.page
        assert page.evaluate("document.body.dataset.ready") == "1"
        # Every key of the drawing tells something, and what is told somewhere cites a document.
        told = page.evaluate(
            """() => [...new Set([...document.querySelectorAll('[data-key]')].map(s => s.dataset.key))].map(key => {
                 tell(key, null);
                 return [panel.querySelector('h2').textContent, panel.querySelectorAll('.cite').length, panel.hidden];
               })"""
        )
        assert told
        assert all(title and not hidden for title, _, hidden in told)
        assert any(cites for _, cites, _ in told)
        page.keyboard.press("Escape")
        assert page.locator("#panel").is_hidden()
        first = page.locator("svg [data-key]").first
        first.focus()
        page.keyboard.press("Enter")
        assert page.locator("#panel").is_visible()
        box = page.locator("#panel").bounding_box()
        assert box["x"] + box["width"] <= 1280
        for button, suffix in (("SVG", ".svg"), ("PNG", ".png"), ("XLSX", ".xlsx")):
            with page.expect_download() as saved:
                page.get_by_role("button", name=button, exact=True).click()
            assert saved.value.suggested_filename == f"aikg-{name}{suffix}"
            content = Path(saved.value.path()).read_bytes()
            if suffix == ".png":
                assert max(int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == 3840
            if suffix == ".svg":
                assert "来源" in content.decode("utf-8")
        for select in page.locator("#bar label select:not(#format)").all():
            options = select.locator("option").all()
            if len(options) > 1:
                select.select_option(index=1)
                assert page.locator("svg .faded").count() < page.locator("svg [data-tags]").count()
                select.select_option(index=0)
                assert page.locator("svg .faded").count() == 0
        page.keyboard.press("Escape")
        page.locator("#stage").click(position={"x": 2, "y": 2})
        page.keyboard.press("p")
        assert page.locator("#bar").is_hidden()
        page.keyboard.press("Escape")
        assert page.locator("#bar").is_visible()
    assert (seen.requests, seen.complaints) == ([], [])


@every_chart
def test_it_is_readable_at_1280_by_800(chromium: Any, tmp_path: Path, name: str) -> None:
    with opened(chromium, shipped(name).save(tmp_path / "page.html")) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        sizes = seen.page.evaluate(
            """() => { const zoom = picture.getBoundingClientRect().width / picture.viewBox.baseVal.width;
                       return [...picture.querySelectorAll('text')].map(t => parseFloat(t.getAttribute('font-size')) * zoom); }"""
        )
        assert min(sizes) >= 9.5, "no text below 9.5 pixels on a small screen"


@every_chart
def test_hostile_names_execute_nothing(chromium: Any, tmp_path: Path, name: str) -> None:
    with opened(chromium, draw(hostile_graph()[0], name).save(tmp_path / "page.html")) as seen:
        page = seen.page
        page.evaluate(
            "() => [...new Set([...document.querySelectorAll('[data-key]')].map(s => s.dataset.key))].forEach(key => tell(key, null))"
        )
        page.evaluate(
            "() => [...document.querySelectorAll('[data-key]')].slice(0, 40).forEach(s => s.dispatchEvent(new Event('mouseover', {bubbles: true})))"
        )
        page.wait_for_timeout(100)
        assert page.evaluate("window.hacked") is None
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        links = page.evaluate("[...document.querySelectorAll('#panel a')].map(a => a.protocol)")
        assert set(links) <= {"https:", "http:"}
    assert (seen.requests, seen.complaints) == ([], [])
