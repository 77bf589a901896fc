"""Porter's diamond side by side: judgements as the documents state them, states, no invented number."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import lru_cache

import pytest
from hostile_graph import hostile_graph
from sample_graph import Rows, sample_graph

import aikg
from aikg.graph.analysis.diamond import DETERMINANTS, gem
from aikg.graph.views.picture import Picture, draw
from aikg.graph.views.pictures.diamond import _broken, _wrapped
from aikg.graph.views.pictures.diamond_judgements import ASPECTS, CORNERS
from aikg.graph.views.svg import HATCH
from aikg.ontology.errors import QueryError

KG = aikg.build()
GRAPH = KG.frames
SVG = "{http://www.w3.org/2000/svg}"


@lru_cache
def shipped(**options: str) -> Picture:
    return draw(GRAPH, "diamond", **options)


def root(picture: Picture) -> ET.Element:
    assert picture.svg is not None
    return ET.fromstring(picture.svg)  # noqa: S314 - our own


def words(picture: Picture) -> list[str]:
    return ["".join(t.itertext()) for t in root(picture).iter(f"{SVG}text")]


def boxes(picture: Picture) -> dict[str, ET.Element]:
    """Boxes of determinants by "place · determinant"."""
    return {
        r.attrib["aria-label"].partition("：")[0]: r
        for r in root(picture).iter(f"{SVG}rect")
        if r.get("data-key") and " · " in r.attrib["aria-label"]
    }


def test_the_three_clusters_stand_side_by_side() -> None:
    # Document 003, chapter 四: 珠三角, 长三角 and 京津冀 (lines 71-85)
    assert {"珠三角", "长三角", "京津冀"} <= set(words(shipped()))
    names = {about.partition(" · ")[0] for about in boxes(shipped())}
    assert names == {"珠三角", "长三角", "京津冀"}
    for corner in CORNERS.values():
        assert sum(about.endswith(f" · {corner[0]}") for about in boxes(shipped())) == 3


def test_judgements_are_those_of_the_catalogue() -> None:
    frame = KG.ask("place-assessments")
    frame = frame[frame["state"] == "recorded"]
    asked = {(r.place, r.name, r.rating, r.text) for r in frame.astype(object).where(frame.notna(), None).itertuples(index=False)}  # fmt: skip
    table = shipped().table
    assert table is not None
    own = table[(table["地方"] == table["所评对象"])]
    assert {
        tuple(row) for row in own[["地方", "来源所称方面", "评级", "描述"]].itertuples(index=False, name=None)
    } == asked


def test_ratings_are_quoted_and_what_is_not_recorded_is_hatched() -> None:
    drawn = boxes(shipped())
    # Document 003, line 29: 生产要素、市场需求、相关支撑产业以及政府政策等方面具有明显优势 - of all three clusters
    said = words(shipped())
    assert said.count("优势明显") == 12
    for place in ("珠三角", "长三角", "京津冀"):
        # 企业战略 and 机会 are no aspect of the document
        for corner in ("企业战略、结构与竞争", "机会"):
            assert drawn[f"{place} · {corner}"].get("fill") == HATCH
        assert drawn[f"{place} · 生产要素"].get("fill") not in (HATCH, "#ffffff")
    table = shipped().table
    assert table is not None
    silent = table[table["要素"] == "机会"]
    assert silent["评级"].isna().all()
    assert len(silent) == 3


def test_what_is_said_without_a_rating_looks_different() -> None:
    drawn = boxes(shipped(places="北京,上海"))
    # Document 003, line 1107: 北京发挥科教资源、技术创新…优势; no rating
    assert drawn["北京市 · 政府"].get("fill") == "#ffffff"
    assert drawn["北京市 · 生产要素"].get("fill") == HATCH
    assert "GEM 指数需六项数值评分" in " ".join(words(shipped(places="北京,上海")))


def test_cities_inside_are_told_but_not_the_regions_own() -> None:
    drawn = shipped()
    # 深圳 and 广州 have 需求条件 of their own (document 003, line 922)
    assert "＋ 其中 2 座城市另有评价" in words(drawn)
    table = drawn.table
    assert table is not None
    inside = table[(table["地方"] == "珠三角") & (table["要素"] == "需求条件") & (table["所评对象"] != "珠三角")]
    assert set(inside["所评对象"]) == {"深圳市", "广州市"}
    country = boxes(shipped(places="中国"))
    assert country["中国 · 需求条件"].get("stroke-dasharray") == "5 3"


def test_no_number_that_no_source_states() -> None:
    for text in words(shipped()):
        if text.startswith(("截至", "GEM", "＋", "钻石")) or "n =" in text:
            continue
        assert not any(sign.isdigit() for sign in text), text


def _scored(scores: dict[str, list[str]]) -> Rows:
    rows = Rows()
    rows.node("Region", "region:甲", "甲", "L1")
    for aspect, ratings in scores.items():
        for rating in ratings:
            node = rows.node("Assessment", f"assessment:{aspect}{rating}", aspect, "L1", framework="钻石模型", aspect=aspect, rating=rating)  # fmt: skip
            rows.edge("ASSESSED", "region:甲", node, "L1")
    return rows


def test_gem_only_of_six_recorded_scores() -> None:
    given = dict(zip(DETERMINANTS.values(), ([str(n)] for n in (7, 6, 5, 5, 8, 4)), strict=True))
    # 2.5 · (13 · 10 · 12)^(2/3) = 336.27 (Padmore & Gibson 1998)
    assert gem([7, 6, 5, 5, 8, 4]) == pytest.approx(336.27, abs=0.01)
    assert "GEM 336.3" in words(draw(_scored(given).graph(), "diamond"))
    five = {aspect: ratings for aspect, ratings in given.items() if aspect != "本地市场"}
    assert not [w for w in words(draw(_scored(five).graph(), "diamond")) if w.startswith("GEM 3")]
    disputed = {**given, "资源": ["7", "3"]}
    assert not [w for w in words(draw(_scored(disputed).graph(), "diamond")) if w.startswith("GEM 3")]


def test_geometry() -> None:
    spots = [tuple(float(r.attrib[k]) for k in ("x", "y", "width", "height")) for r in boxes(shipped()).values()]
    for at, (x, y, w, h) in enumerate(spots):
        assert x >= 0
        assert x + w <= 1232
        for x2, y2, w2, h2 in spots[at + 1 :]:
            assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y


def test_unknown_places_and_frameworks_are_named() -> None:
    with pytest.raises(QueryError, match="did you mean"):
        draw(GRAPH, "diamond", places="长三")
    with pytest.raises(QueryError, match="波特五力"):
        draw(GRAPH, "diamond", framework="波特")
    with pytest.raises(QueryError, match="at most 6"):
        draw(GRAPH, "diamond", places="北京,上海,深圳,广州,杭州,天津,成都")


def test_every_aspect_has_a_corner_that_exists() -> None:
    assert set(ASPECTS.values()) == set(CORNERS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_hostile_and_sample_graphs_draw(lang: str) -> None:
    for graph in (hostile_graph()[0], sample_graph()):
        text = " ".join(words(draw(graph, "diamond", lang=lang)))
        assert ("未见记载" if lang == "zh" else "not recorded") in text


def test_lines_break_before_a_closing_sign_and_end() -> None:
    assert _wrapped("三地紧跟国家政策，优势互补布局", 170) == ["三地紧跟国家政策，优势互", "补布局"]
    assert _broken("，，，，a，", 20) == ["，，，，", "a，"]
    assert not [line for line in _wrapped("经济总量大，数字经济活跃，需求增长快" * 9, 170) if line.startswith("，")]
