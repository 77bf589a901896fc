"""What holds for every chart: it draws on any graph, says what is not recorded, cites, and is the same every time."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import openpyxl
import pytest
from hostile_graph import hostile_graph
from sample_graph import SOURCE, Rows, sample_graph

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.chart_page import PNG_WIDTH
from aikg.graph.views.picture import PICTURES, Picture, draw
from aikg.graph.views.svg import HATCH, Svg, shown
from aikg.ontology.errors import AikgError, GraphError
from aikg.pipeline import build_graph

if TYPE_CHECKING:
    from pathlib import Path

GRAPH = build_graph()[0]
CHARTS = [name for name in PICTURES if name != "network"]
every_chart = pytest.mark.parametrize("name", CHARTS)
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {
    "svg",
    "defs",
    "pattern",
    "g",
    "rect",
    "circle",
    "line",
    "path",
    "polygon",
    "polyline",
    "ellipse",
    "text",
    "tspan",
    "title",
    "clipPath",
    "linearGradient",
    "stop",
    "marker",
    "use",
}


def drawing(picture: Picture) -> ET.Element:
    assert picture.svg is not None
    return ET.fromstring(picture.svg)  # noqa: S314 - our own


def words(root: ET.Element) -> str:
    return " ".join("".join(element.itertext()) for element in root.iter(f"{SVG}text"))


@every_chart
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_draws_the_shipped_graph_and_says_where_it_comes_from(name: str, lang: str) -> None:
    picture = draw(GRAPH, name, lang=lang)
    root = drawing(picture)
    text = words(root)
    assert picture.title in text or picture.title[:8] in text
    assert ("来源：" if lang == "zh" else "Sources: ") in text
    assert (
        "2023人工智能发展白皮书" in text
        or "产业集聚区" in text
        or "先导区" in text
        or "同质化" in text
        or "苏浙" in text
    )
    assert ("未见记载" if lang == "zh" else "not recorded") in text
    assert "n = " in text
    assert picture.table is not None
    assert len(picture.table)
    told = [element for element in root.iter() if element.get("data-key")]
    assert told, "a picture tells what stands behind its shapes"
    assert all(element.get("aria-label") for element in told)


@every_chart
def test_its_parts_are_drawing_and_nothing_else(name: str) -> None:
    for graph in (GRAPH, hostile_graph()[0]):
        root = drawing(draw(graph, name))
        for element in root.iter():
            assert element.tag.removeprefix(SVG) in ELEMENTS
            for attribute, value in element.attrib.items():
                assert not attribute.lower().startswith("on")
                assert attribute not in ("href", "style", "{http://www.w3.org/1999/xlink}href") or value.startswith("#")
                if attribute in ("x", "y", "width", "height", "cx", "cy", "r", "x1", "x2", "y1", "y2"):
                    assert abs(float(value)) < 100_000


@every_chart
def test_it_stays_inside_its_frame(name: str) -> None:
    root = drawing(draw(GRAPH, name))
    width, height = (float(part) for part in root.attrib["viewBox"].split()[2:])
    assert 700 <= width <= 2600
    assert 150 <= height <= 6000
    for element in root.iter(f"{SVG}rect"):
        assert float(element.get("width", "0")) <= width + 1
        assert float(element.get("height", "0")) <= height + 1


@every_chart
def test_it_is_the_same_every_time(name: str) -> None:
    assert draw(GRAPH, name).html == draw(GRAPH, name).html


@every_chart
def test_an_empty_graph_and_a_single_node_draw_or_say_why_in_one_line(name: str) -> None:
    alone = Rows()
    alone.node("Company", "company:甲", "甲", "L1")
    alone.node("Source", SOURCE, "报告")
    for graph in (KnowledgeGraph(), alone.graph()):
        try:
            picture = draw(graph, name)
        except AikgError as error:
            refused = str(error)
        else:
            refused = ""
        if refused:
            assert "\n" not in refused
            continue
        text = words(drawing(picture))
        assert "未见记载" in text
        assert " 0 " not in text.partition("n =")[0], "nothing recorded is no zero"


@every_chart
def test_it_is_written_as_page_drawing_image_and_data(name: str, tmp_path: Path) -> None:
    picture = draw(GRAPH, name)
    assert picture.save(tmp_path / "p.svg").read_text(encoding="utf-8") == picture.svg
    png = picture.save(tmp_path / "p.png").read_bytes()
    assert png.startswith(b"\x89PNG")
    assert max(int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == PNG_WIDTH
    book = openpyxl.load_workbook(io.BytesIO(picture.save(tmp_path / "p.xlsx").read_bytes()), read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    assert picture.table is not None
    assert [str(cell) for cell in rows[0]] == [str(column) for column in picture.table.columns]
    assert len(rows) == len(picture.table) + 1
    book.close()
    assert (tmp_path / "p.svg").stat().st_size < 1_500_000
    assert len(picture.html) < 4_000_000


@every_chart
def test_an_unknown_value_of_a_parameter_is_named(name: str) -> None:
    for parameter in PICTURES[name].parameters:
        if parameter.name in ("city", "province", "region", "place", "other", "segment", "park"):
            with pytest.raises(AikgError, match="无此名"):
                draw(GRAPH, name, **{parameter.name: "无此名"})
        if parameter.choices:
            with pytest.raises(GraphError, match="must be one of"):
                draw(GRAPH, name, **{parameter.name: "无此值"})


def test_a_network_is_written_as_a_page_only(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"written as \.html only"):
        draw(sample_graph(), "network").save(tmp_path / "n.svg")


def test_text_is_cut_and_cleaned_as_it_is_drawn() -> None:
    assert shown("深圳市\u202e人工智能\x00行业协会", 60, 12) == "深圳市…"
    assert shown("a" * 5000) == "a" * 600
    made = Svg()
    made.text(0, 0, '"><script>x</script>', key="d0", tip="<b>")
    made.rect(0, 0, -5, 2, fill=HATCH)
    root = ET.fromstring(made.document(10, 10, "<"))  # noqa: S314
    assert [e.tag.removeprefix(SVG) for e in root.iter()].count("script") == 0
    assert next(root.iter(f"{SVG}text")).text is None or "<script>" in "".join(next(root.iter(f"{SVG}text")).itertext())
