"""产业链全景图: layers as lanes, segments as boxes with their firms, and what flows between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.facts import seats, things
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import names_in
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.panorama_content import firms_of_root, panorama_of, place_of
from aikg.graph.views.pictures.panorama_draw import Scene, draw_lane
from aikg.graph.views.pictures.panorama_flows import (
    draw_between,
    draw_lines,
    draw_others,
    draw_shares,
    draw_skips,
    skips,
)
from aikg.graph.views.states import state_keys
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "panorama"]

_PLACES = ("City", "Province", "Region")
PARAMETERS = (
    Parameter(
        "city",
        "text",
        "",
        {"zh": "标出此城市（或省、地区）各环节的状态与企业", "en": "mark the states and firms of this city (or province, region)"},
        values=_PLACES,
    ),
    Parameter("other", "text", "", {"zh": "与之并列的另一城市", "en": "another one beside it"}, values=_PLACES),
    Parameter(
        "segment",
        "text",
        "",
        {"zh": "画出此环节的上下游连线", "en": "draw the flows to and from this segment"},
        values=("ChainSegment",),
    ),
    Parameter("firms", "integer", 6, {"zh": "每框最多列几家企业", "en": "firms listed in a box at most"}, least=1),
    LANG,
)  # fmt: skip
_SKIP, _FIRST_SKIP = 16.0, 30.0


def panorama(
    graph: KnowledgeGraph,
    *,
    city: str = "",
    other: str = "",
    segment: str = "",
    firms: int = 6,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """The whole chain of the graph; with `city` what that place has of it, with `other` two places side by side.

    `segment` draws the lines of what is upstream and downstream of it. QueryError, with near names, for an unknown place
    or segment.

    >>> panorama(graph, city="深圳", other="北京").svg()  # doctest: +SKIP
    """
    content = panorama_of(graph)
    segments = [box.id for box in content.shown() if box.id]
    places = [place_of(graph, text, segments) for text in (city, other) if text]
    chosen = find(graph, segment, "ChainSegment")[0] if segment else ""
    names = names_in(graph, lang)
    chart = Chart(
        graph,
        "panorama",
        _title(lang, [names[place.id] for place in places]),
        lang,
        _subtitle(lang, len(places), firms),
    )
    scene = Scene(chart, content, names, places, firms, _tags(graph), chart.width)
    if not content.shown():
        chart.body.rect(0, 0, chart.width, 140, fill=HATCH, stroke="#c3cad4")
        chart.body.rect(chart.width / 2 - 150, 52, 300, 36, fill="#ffffff")
        empty = pick(lang, "产业链环节：未见记载", "segments of the chain: not recorded")
        chart.body.text(chart.width / 2, 75, empty, size=14, anchor="middle")
        chart.height = 140
    else:
        _draw(scene, chosen)
    everyone = {firm for box in content.shown() for firm in box.firms}
    chart.n = pick(
        lang,
        f"{len(everyone)} 家企业，{len(set(segments))} 个环节",
        f"{len(everyone)} firms, {len(set(segments))} segments",
    )
    _legend(scene)
    chart.filters = _filters(scene, everyone)
    chart.notes += _notes(scene, everyone)
    chart.table = _table(scene)
    return chart


def _draw(scene: Scene, segment: str) -> None:
    crossing = len(skips(scene))
    if crossing:
        scene.right = scene.chart.width - _FIRST_SKIP - _SKIP * (crossing - 1)
    y = draw_shares(scene, 0.0)
    spans: list[tuple[float, float]] = []
    lanes = scene.content.lanes
    for at, lane in enumerate(lanes):
        if at:
            y += draw_between(scene, lanes[at - 1], lane, y)
        height = draw_lane(scene, lane, y)
        spans.append((y, height))
        y += height
    draw_skips(scene, spans)
    drawn = draw_lines(scene, segment)
    more = draw_others(scene, drawn, y + 14)
    scene.chart.height = y + (more + 14 if more else 0)


def _title(lang: str, places: list[str]) -> str:
    if len(places) == 2:
        return pick(lang, f"人工智能产业链全景图：{places[0]} 与 {places[1]}", f"Panorama of the AI chain: {places[0]} and {places[1]}")  # fmt: skip
    if places:
        return pick(lang, f"人工智能产业链全景图：{places[0]}", f"Panorama of the AI chain: {places[0]}")
    return pick(lang, "人工智能产业链全景图", "Panorama of the AI industry chain")


def _subtitle(lang: str, places: int, firms: int) -> str:
    if places:
        return pick(
            lang,
            "框内为该地有记载的企业及环节状态；框头右侧为全图有记载的企业数；斜纹为未见记载，不等于没有",
            "Boxes: state of the segment and firms there; at their right, firms in the whole graph; hatched: not recorded, which is not none",
        )
    return pick(
        lang,
        f"上游在上，下游在下；框内为关系最多的至多 {firms} 家企业；点击看企业、来源与矛盾",
        f"Upstream above, downstream below; boxes list up to {firms} firms, most connected first; choose one for its sources",
    )


def _tags(graph: KnowledgeGraph) -> dict[str, tuple[str, ...]]:
    """Cities and regions of each firm."""
    found: dict[str, tuple[str, ...]] = {}
    for level in ("City", "Region"):
        for row in records(seats(graph, level)):
            found[row.id] = (*found.get(row.id, ()), row.place)
    return found


def _filters(scene: Scene, everyone: set[str]) -> list[Filter]:
    made = []
    for label, zh, en in (("City", "城市", "City"), ("Region", "地区", "Region")):
        here = set(things(scene.chart.graph, label)["id"])
        count: dict[str, int] = {}
        for firm in everyone:
            for tag in scene.tags.get(firm, ()):
                if tag in here:
                    count[tag] = count.get(tag, 0) + 1
        listed = sorted(count, key=lambda tag: (-count[tag], tag))
        made.append(Filter(scene.pick(zh, en), tuple((tag, f"{scene.names[tag]} ({count[tag]})") for tag in listed)))
    return made


def _legend(scene: Scene) -> None:
    lang, legend = scene.chart.lang, scene.chart.legend
    for lane in scene.content.lanes:
        legend.append(Key(scene.lane_name(lane), "box", (scene.colors(lane)[0],)))
    if scene.places:
        legend += state_keys(lang)
    else:
        stated = pick(lang, "仅提及：园区、政策等提到，未见企业", "stated: named by parks or policies, no firm")
        legend.append(Key(stated, "box", ("#fff8ec",), dashed=True))
    legend.append(
        Key(pick(lang, "圆章：企业名首字", "badge: first character of a firm's name"), "circle", ("#1d4ed8",))
    )


def _notes(scene: Scene, everyone: set[str]) -> list[str]:
    lang = scene.chart.lang
    cities = set(things(scene.chart.graph, "City")["id"])
    lost = sum(cities.isdisjoint(scene.tags.get(firm, ())) for firm in everyone)
    several = sum(len(lane.firms()) for lane in scene.content.lanes) > len(everyone)
    by_scheme = any(
        lane.id and not box.layer_sources for lane in scene.content.lanes for box in (*lane.boxes, *lane.named)
    )
    made = []
    if len(scene.places) == 2:
        left, right = (scene.names[place.id] for place in scene.places)
        made.append(pick(lang, f"未见企业的环节：框为{left}，右端小格为{right}", f"segments without a firm: the mark is {left}, the square at its end {right}"))  # fmt: skip
    if several:
        made.append(pick(lang, "一家企业可在多个环节与多层，各层相加可多于总数", "a firm may work in several segments and layers"))  # fmt: skip
    if by_scheme:
        made.append(pick(lang, "环节归层以文献为先，文献未言者依本图谱的环节体系", "layers of segments are those of the sources, else of the scheme of this graph"))  # fmt: skip
    apart = len(firms_of_root(scene.chart.graph))
    if apart:
        made.append(pick(lang, f"另有 {apart} 家企业只记为人工智能企业，环节与层未见记载，不在框中", f"{apart} more firms are recorded as AI firms without a segment or layer, in no box"))  # fmt: skip
    if lost:
        made.append(pick(lang, f"{lost} 家企业的城市未见记载，按城市筛选时变淡", f"{lost} firms without a recorded city fade when a city is chosen"))  # fmt: skip
    return made


def _table(scene: Scene) -> pd.DataFrame:
    """One row per segment (and place): what the boxes show."""
    headings = {
        "layer": ("产业层", "layer"),
        "segment": ("环节", "segment"),
        "broader": ("上级环节", "broader segment"),
        "n": ("企业数", "firms"),
        "companies": ("企业", "companies"),
        "named_by": ("提及者", "named by"),
    }
    rows = []
    for lane in scene.content.lanes:
        for box in (*lane.boxes, *lane.named):
            row = {
                "layer": scene.lane_name(lane) if lane.id else None,
                "segment": scene.box_name(box) if box.id else None,
                "broader": scene.names[box.under] if box.under else None,
                "n": len(box.firms) or None,
                "companies": [scene.names[firm] for firm in scene.ordered(box.firms)],
                "named_by": sorted(scene.names[who] for who in box.named_by),
            }
            for at, place in enumerate(scene.places):
                of = scene.names[place.id]
                headings |= {
                    f"state{at}": (f"{of} 状态", f"{of}: state"),
                    f"n{at}": (f"{of} 企业数", f"{of}: firms"),
                    f"companies{at}": (f"{of} 企业", f"{of}: companies"),
                }
                held = place.firms_of(box)
                row |= {
                    f"state{at}": place.states.get(box.id),
                    f"n{at}": len(held) or None,
                    f"companies{at}": [scene.names[firm] for firm in scene.ordered(held)],
                }
            rows.append(row)
    table = pd.DataFrame(rows, columns=list(headings))
    for column in table.columns:
        if column == "n" or column in ("n0", "n1"):
            table[column] = table[column].astype("Int64")
    return table.rename(columns={key: both[scene.chart.lang == "en"] for key, both in headings.items()})
