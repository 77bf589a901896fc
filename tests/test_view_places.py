"""City clusters and province tiles: numbers as the catalogue counts them, no overlap, links only where recorded, base maps."""

from __future__ import annotations

import base64
import math
import re
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from browser import opened
from hostile_graph import hostile_graph
from sample_graph import Rows, sample_graph

import aikg
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.pictures.place_map import Box, Labels, Window, crowds, fitted, hull_path
from aikg.graph.views.pictures.province_tiles import GRID, class_bounds, unit_id
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import GraphError, QueryError
from aikg.ontology.places import load_places

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from aikg.graph.knowledge_graph import KnowledgeGraph

KG = aikg.build()
GRAPH = KG.frames
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = "GS(2024)0650号"
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@lru_cache
def shipped(**options: str) -> Picture:
    return draw(GRAPH, "places", **options)


def root(graph: KnowledgeGraph | None = None, **options: str) -> ET.Element:
    drawn = (shipped(**options) if graph is None else draw(graph, "places", **options)).svg
    assert drawn is not None
    return ET.fromstring(drawn)  # noqa: S314 - our own


def words(element: ET.Element) -> list[str]:
    return ["".join(text.itertext()) for text in element.iter(f"{SVG}text")]


def table(**options: str) -> pd.DataFrame:
    found = shipped(lang="en", **options).table
    assert found is not None
    return found.set_index("id")


# --- coordinates of the place table


def test_every_prefecture_has_a_point_in_china_near_its_province() -> None:
    units = [p for p in load_places() if p.level == "city" and p.adcode]
    assert len(units) > 380
    by_province = defaultdict(list)
    for unit in units:
        assert unit.latitude is not None
        assert unit.longitude is not None
        # China's outermost points: 曾母暗沙 3.9° N, 漠河 53.6° N, 帕米尔 73.5° E, 黑瞎子岛 135.1° E
        assert 3.8 < unit.latitude < 53.6
        assert 73.5 < unit.longitude < 135.1
        assert "point" in unit.source, unit
        by_province[unit.code[:2]].append(unit)
    far = []
    for siblings in by_province.values():
        for unit in siblings:
            away = [
                max(abs((unit.latitude or 0) - (o.latitude or 0)), abs((unit.longitude or 0) - (o.longitude or 0)))
                for o in siblings
                if o is not unit
            ]
            if away and min(away) > 3.3:
                far.append(unit.name)
    # 狮泉河, the seat of 阿里, is 1,300 km from Lhasa: the only seat that far from any other of its province.
    assert far == ["阿里地区"]


# --- numbers


@pytest.mark.parametrize(
    ("value", "column", "heading"),
    [
        ("firms", "n_firms", "firms"),
        ("parks", "n_parks", "parks"),
        ("policies", "n_policies", "policies"),
        ("compute", "n_centers", "compute centres"),
    ],
)
def test_numbers_are_those_of_the_catalogue(value: str, column: str, heading: str) -> None:
    frame = KG.ask("cities-ranked")
    asked = dict(zip(frame["id"], frame[column], strict=True))
    drawn = table(value=value)[heading]
    cities = [i for i in drawn.index if i.startswith("city:")]
    assert {i: int(n) for i in cities if pd.notna(n := drawn[i])} == {
        i: int(n) for i, n in asked.items() if pd.notna(n)
    }


def test_the_labels_say_the_numbers_and_what_is_not_recorded_is_hatched() -> None:
    drawn = root()
    said = words(drawn)
    # 图表 3-5 (document 003, lines 181-269): 39 of the firms are in 深圳 (one of them disputed), 18 in 北京
    assert "深圳市 39" in said
    assert "北京市 18" in said
    assert "沈阳市" in said
    hatched = [c.get("aria-label") for c in drawn.iter(f"{SVG}circle") if c.get("fill") == HATCH]
    assert "沈阳市：未见记载" in hatched
    assert not [c for c in hatched if c and "深圳" in c]


def test_areas_are_proportional() -> None:
    radius = {}
    for circle in root().iter(f"{SVG}circle"):
        label = circle.get("aria-label") or ""
        if match := re.fullmatch(r"(.+)：(\d+)", label):
            radius[int(match[2])] = float(circle.attrib["r"])
    assert len(radius) > 3
    assert radius[39] / radius[1] == pytest.approx(math.sqrt(39), rel=0.01)
    assert radius[18] / radius[6] == pytest.approx(math.sqrt(3), rel=0.01)


def test_what_no_city_is_recorded_of_is_listed_beside() -> None:
    said = words(root())
    for heading in ("不在图上的记载", "图外城市", "仅记载到省", "仅记载到区域", "仅记载到国家", "地点未见记载"):
        assert heading in said
    # London, New York and San Francisco: 图表 14 and 16 of document 003 name five firms each
    assert {"伦敦", "纽约", "旧金山"} <= set(said)


# --- links


def test_links_are_those_recorded_and_none_else() -> None:
    links = [p.get("aria-label") for p in root().iter(f"{SVG}path") if p.get("aria-label") and " — " in p.attrib["aria-label"]]  # fmt: skip
    # 商汤科技: 北京 (line 225) and 深圳 (line 233), disputed; 小马智行: 北京 (line 263) and 广州 (line 877)
    assert sorted(links) == ["北京市 — 广州市", "北京市 — 深圳市"]
    assert "城市间供应关系未见记载" in " ".join(words(root()))
    assert not [p for p in root(value="parks").iter(f"{SVG}path") if " — " in p.get("aria-label", "")]


def test_deliveries_between_cities_are_drawn_from_supplier_to_customer() -> None:
    rows = Rows()
    rows.node("Country", "country:CN", "中国")
    for code, name, lat, lon in (("440300", "深圳市", 22.5, 114.1), ("310000", "上海市", 31.2, 121.5)):
        rows.node("City", f"city:{code}", name, latitude=lat, longitude=lon)
    for firm, code in (("甲", "440300"), ("乙", "310000"), ("丙", "310000")):
        rows.node("Company", f"company:{firm}", firm, "L1")
        rows.edge("LOCATED_IN", f"company:{firm}", f"city:{code}", "L1", role="headquarters")
    rows.edge("SUPPLIES", "company:甲", "company:乙", "L2", product="芯片")
    rows.edge("SUPPLIES", "company:乙", "company:丙", "L3")  # inside 上海
    drawn = root(graph=rows.graph())
    arcs = [p for p in drawn.iter(f"{SVG}path") if " → " in p.get("aria-label", "")]
    assert [a.get("aria-label") for a in arcs] == ["深圳市 → 上海市"]
    assert "供应（按供应关系数加粗）" in words(drawn)


# --- regions


def test_regions_are_outlined_and_filter() -> None:
    picture = shipped(region="长三角,珠三角")
    outlines = [p for p in ET.fromstring(picture.svg or "").iter(f"{SVG}path") if p.get("fill-opacity")]  # noqa: S314
    assert [p.get("aria-label") for p in outlines] == ["长三角", "珠三角"]
    assert len({p.get("stroke-dasharray") for p in outlines}) == 2, "not by colour alone"
    assert '"区域"' in picture.html
    with pytest.raises(QueryError, match="did you mean"):
        draw(GRAPH, "places", region="长三")


# --- geometry


def boxes(drawn: ET.Element) -> list[tuple[str, Box]]:
    found = []
    for text in drawn.iter(f"{SVG}text"):
        if text.get("paint-order"):  # labels of the map
            size, said = float(text.attrib["font-size"]), "".join(text.itertext())
            width = sum(size if ord(s) > 0x2E7F else 0.56 * size for s in said)
            found.append((said, Box(float(text.attrib["x"]), float(text.attrib["y"]) - size, width, size * 1.2)))
    return found


@pytest.mark.parametrize("value", ["firms", "parks", "policies", "compute"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_labels_do_not_overlap_and_every_city_has_one(value: str, lang: str) -> None:
    drawn = root(value=value, lang=lang)
    labels = boxes(drawn)
    for at, (name, box) in enumerate(labels):
        for other, second in labels[at + 1 :]:
            assert not box.meets(second), (name, other)
    cities = {c.attrib["data-tags"].split()[0] for c in drawn.iter(f"{SVG}circle") if c.get("data-key")}
    named = {t.attrib["data-tags"].split()[0] for t in drawn.iter(f"{SVG}text") if t.get("paint-order") and t.attrib["data-tags"].startswith("city:")}  # fmt: skip
    assert cities == named
    assert len(cities) == 32, "cities of China in the shipped graph"


def test_a_crowd_of_cities_is_drawn_with_the_labels_that_fit() -> None:
    rows = Rows()
    rows.node("Country", "country:CN", "中国")
    units = [p for p in load_places() if p.level == "city" and p.adcode and p.valid_to is None]
    for at, unit in enumerate(units):
        rows.node("City", unit.id, unit.name, latitude=unit.latitude, longitude=unit.longitude)
        for n in range(at % 7):
            rows.node("Company", f"company:{unit.code}{n}", f"企业{n}", "L1")
            rows.edge("LOCATED_IN", f"company:{unit.code}{n}", unit.id, "L1", role="headquarters")
    picture = draw(rows.graph(), "places", limit=400)
    drawn = ET.fromstring(picture.svg or "")  # noqa: S314
    labels = [box for _, box in boxes(drawn)]
    assert len(labels) > 100
    assert not [1 for at, box in enumerate(labels) for other in labels[at + 1 :] if box.meets(other)]
    fewer = draw(rows.graph(), "places", limit=50)
    assert any("50" in note for note in fewer.notes)


def test_windows_hulls_and_crowds() -> None:
    window = fitted([(20, 100), (40, 120)], Box(10, 10, 300, 300), pad=30)
    for point in ((20, 100), (40, 120), (30, 110)):
        x, y = window.point(*point)
        assert 39.9 <= x <= 280.1
        assert 39.9 <= y <= 280.1
    assert Window(100, 20, 110, 30, Box(0, 0, 100, 100)).holds(25, 105)
    one = fitted([(30, 110)], Box(0, 0, 100, 100))
    assert one.point(30, 110) == (50.0, 50.0)
    path, top = hull_path([(0, 0, 5), (30, 0, 5), (15, 30, 5), (15, 10, 1)], margin=5)
    assert path.startswith("M")
    assert top[1] == pytest.approx(-10)
    near = {str(i): (i * 5.0, 0.0) for i in range(4)} | {"far": (500.0, 0.0), "other": (520.0, 0.0)}
    assert crowds(near, 10, 100) == [["0", "1", "2", "3"]]
    labels = Labels(Box(0, 0, 100, 40))
    assert labels.place(50, 20, 5, "深圳", 12) is not None
    assert Labels(Box(0, 0, 10, 10)).place(5, 5, 2, "深圳", 12) is None


# --- tiles


def test_all_34_units_have_a_tile_of_their_own() -> None:
    units = [p for p in load_places() if p.adcode and p.valid_to is None and p.code.endswith("0000")]
    assert {unit_id(code) for code in GRID} == {p.id for p in units}
    assert len(set(GRID.values())) == len(GRID) == 34
    drawn = root(view="tiles")
    tips = Counter(
        (r.get("aria-label") or "").partition(" · ")[0] for r in drawn.iter(f"{SVG}rect") if r.get("data-key")
    )
    for name in ("台湾省", "香港特别行政区", "澳门特别行政区", "西藏自治区", "广东省"):
        assert tips[name] >= 1
    assert "示意，不绘制国界与行政区域界线" in " ".join(words(drawn))


def test_tiles_have_the_numbers_of_provinces() -> None:
    drawn = root(view="tiles")
    said = {
        r.get("aria-label"): r.get("fill") for r in drawn.iter(f"{SVG}rect") if " · " in (r.get("aria-label") or "")
    }
    # 广东: 39 in 深圳 and 4 in 广州 (table of the cities), 北京 18
    assert said["广东省 · 企业: 43"] != HATCH
    assert said["北京市 · 企业: 18"] != HATCH
    assert said["西藏自治区 · 企业: 未见记载"] == HATCH
    assert "18!" in words(drawn), "the disputed firm is marked"
    assert "43!" in words(drawn)


def test_classes_cover_every_number() -> None:
    for highest in range(1, 300):
        bounds = class_bounds(highest)
        assert bounds[-1] == highest
        assert bounds == sorted(set(bounds))
    assert class_bounds(0) == []


# --- base maps


def test_a_base_map_is_shown_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "底图.png"
    file.write_bytes(PIXEL)
    drawn = root(base_map=str(file), bounds="73,17,136,54", map_number=f"审图号：{NUMBER}")
    (image,) = drawn.iter(f"{SVG}image")
    assert image.attrib["href"] == "data:image/png;base64," + base64.b64encode(PIXEL).decode()
    said = " ".join(words(drawn))
    assert f"底图审图号：{NUMBER}" in said
    assert "不绘制国界" not in said
    # the scale of north and east is the same: a degree of longitude is shortened by cos(35.5°)
    ratio = float(image.attrib["height"]) / float(image.attrib["width"])
    assert ratio == pytest.approx(37 / (63 * math.cos(math.radians(35.5))), rel=0.01)
    outside = root(base_map=str(file), bounds="110,20,120,30", map_number=NUMBER)
    assert "沈阳市 1" not in words(outside)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"bounds": "73,17,136,54"}, "approval number"),
        ({"bounds": "73,17,136,54", "map_number": "没有"}, "approval number"),
        ({"map_number": NUMBER}, "west,south,east,north"),
        ({"map_number": NUMBER, "bounds": "73,17,136"}, "west,south,east,north"),
        ({"map_number": NUMBER, "bounds": "136,17,73,54"}, "west,south,east,north"),
        ({"map_number": NUMBER, "bounds": "nan,17,136,54"}, "west,south,east,north"),
        ({"map_number": NUMBER, "bounds": "73,17,136,54", "view": "tiles"}, "view=bubbles"),
    ],
)
def test_a_base_map_without_number_or_bounds_is_refused(tmp_path: Path, options: dict[str, str], message: str) -> None:
    file = tmp_path / "map.png"
    file.write_bytes(PIXEL)
    with pytest.raises(GraphError, match=message) as raised:
        draw(GRAPH, "places", base_map=str(file), **options)
    assert "\n" not in str(raised.value)


def test_a_file_that_is_no_image_is_refused(tmp_path: Path) -> None:
    good = {"bounds": "73,17,136,54", "map_number": NUMBER}
    for name, content in (
        ("a.png", b"<html><script>1</script></html>"),
        ("b.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'),
        ("c.svg", b"<svg xmlns='http://www.w3.org/2000/svg'>"),
        ("d.png", b""),
    ):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(GraphError, match="no PNG, JPEG or SVG"):
            draw(GRAPH, "places", base_map=str(tmp_path / name), **good)
    with pytest.raises(GraphError, match="cannot read the base map"):
        draw(GRAPH, "places", base_map=str(tmp_path / "none.png"), **good)
    with pytest.raises(GraphError, match="base_map, which is missing"):
        draw(GRAPH, "places", **good)


@pytest.mark.browser
def test_an_svg_base_map_executes_and_requests_nothing(chromium: Any, tmp_path: Path) -> None:
    file = tmp_path / "map.svg"
    file.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 630 370" onload="window.hacked=1">'
        "<script>window.hacked=2</script><rect width='630' height='370' fill='#e8f4ea'/>"
        "<image href='https://example.invalid/x.png' width='9' height='9'/></svg>",
        encoding="utf-8",
    )
    picture = draw(GRAPH, "places", base_map=str(file), bounds="73,17,136,54", map_number=NUMBER)
    assert "<script>window.hacked" not in picture.html
    with opened(chromium, picture.save(tmp_path / "page.html")) as seen:
        assert seen.page.evaluate("document.querySelector('image').getBoundingClientRect().width") > 300
        assert seen.page.evaluate("window.hacked") is None
    assert (seen.requests, seen.complaints) == ([], [])
    assert picture.save(tmp_path / "p.png").read_bytes().startswith(b"\x89PNG")


# --- other graphs


def test_cities_without_coordinates_and_strange_ones_are_listed_beside() -> None:
    rows = Rows()
    rows.node("Country", "country:CN", "中国")
    for code, name, lat, lon in (("440300", "深圳市", 22.5, 114.1), ("310000", "上海市", None, None), ("110000", "北京市", 999.0, 5.0)):  # fmt: skip
        rows.node("City", f"city:{code}", name, latitude=lat, longitude=lon)
        rows.node("Company", f"company:{code}", "企业", "L1")
        rows.edge("LOCATED_IN", f"company:{code}", f"city:{code}", "L1", role="headquarters")
    said = words(root(graph=rows.graph()))
    assert "图外城市" in said
    assert "深圳市 1" in said
    assert {"上海市", "北京市"} <= set(said)


@pytest.mark.parametrize("view", ["bubbles", "tiles"])
@pytest.mark.parametrize("value", ["firms", "parks", "policies", "compute"])
def test_hostile_and_sample_graphs_draw(view: str, value: str) -> None:
    for graph in (hostile_graph()[0], sample_graph()):
        ET.fromstring(draw(graph, "places", view=view, value=value).svg or "")  # noqa: S314
