"""Layer → segment → city: where the firms on record work, and where they are."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.facts import above, seats, works_in
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import names_in
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.panorama_content import firms_of_root, homes_of, lane_ids
from aikg.graph.views.pictures.sankey_draw import Band, Node, draw_sankey
from aikg.graph.views.states import LANES, NO_LANE
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "sankey"]

PARAMETERS = (
    Parameter(
        "region",
        "text",
        "",
        {"zh": "只看此地区、省或城市的企业", "en": "only the firms of this region, province or city"},
        values=("Region", "Province", "City"),
    ),
    Parameter(
        "segment",
        "text",
        "",
        {"zh": "只看此环节的企业", "en": "only the firms of this segment"},
        values=("ChainSegment",),
    ),
    Parameter(
        "limit",
        "integer",
        8,
        {"zh": "环节与城市各列几个，其余并为“其他”", "en": "segments and cities shown, the rest as other"},
        least=1,
    ),
    LANG,
)
_UNKNOWN = "?"
Said = dict[str, list[str]]
"""Firms with the sources that say what they do and where they are."""


def sankey(
    graph: KnowledgeGraph,
    *,
    region: str = "",
    segment: str = "",
    limit: int = 8,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Bands as wide as the firms on record: from layers to segments to cities, the largest `limit` of each and the others together.

    A firm counts in each of its segments and, where its headquarters are disputed, in each city. QueryError, with near
    names, for an unknown place or segment.

    >>> sankey(graph, limit=12).svg()  # doctest: +SKIP
    """
    chart = Chart(
        graph,
        "sankey",
        pick(lang, "产业层 → 环节 → 城市", "Layers to segments to cities"),
        lang,
        pick(
            lang,
            "条带宽度为有记载的企业数；点击条带看企业与来源；斜纹为城市或产业层未见记载",
            "Bands are as wide as the firms on record; choose one for its firms and sources; hatched: city or layer not recorded",
        ),
    )
    names = names_in(graph, lang)
    flows = _flows(graph, region, segment)
    firms = {firm for said in flows.values() for firm in said}
    if not flows:
        chart.body.rect(0, 0, chart.width, 140, fill=HATCH, stroke="#c3cad4")
        chart.body.rect(chart.width / 2 - 150, 52, 300, 36, fill="#ffffff")
        empty = pick(lang, "企业与环节：未见记载", "firms and segments: not recorded")
        chart.body.text(chart.width / 2, 75, empty, size=14, anchor="middle")
        chart.height = 140
    else:
        columns, bands = _gathered(graph, chart, names, flows, limit)
        draw_sankey(chart, names, columns, bands)
    lost = {f for (_, _, city), said in flows.items() if not city for f in said}
    chart.n = pick(lang, f"{len(firms)} 家企业", f"{len(firms)} firms")
    chart.notes.append(
        pick(
            lang,
            "一家企业可在多个环节，总部有矛盾者在各城市都计入，条带相加可多于企业数；节点旁为去重后的企业数",
            "a firm may work in several segments and, where its headquarters are disputed, counts in each city: bands may add up to more than the distinct firms beside a node",
        )
    )
    if lost:
        chart.notes.append(
            pick(lang, f"{len(lost)} 家企业的城市未见记载", f"the city of {len(lost)} firms is not recorded")
        )
    apart = 0 if region or segment else len(firms_of_root(graph))
    if apart:
        chart.notes.append(
            pick(
                lang,
                f"另有 {apart} 家企业只记为人工智能企业，环节与层未见记载，未画",
                f"{apart} more firms are recorded as AI firms without a segment or layer and not drawn",
            )
        )
    chart.table = _table(names, flows, lang)
    return chart


def _flows(graph: KnowledgeGraph, region: str, segment: str) -> dict[tuple[str, str, str], Said]:
    """Firms by layer, segment and city; "" stands for a layer or city that is not recorded."""
    inside = find(graph, region, "Region", "Province", "City")[0] if region else ""
    only = find(graph, segment, "ChainSegment")[0] if segment else ""
    ways, homes = above(graph), homes_of(graph)
    spots: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for row in records(seats(graph)):
        spots[row.id].append((row.place, row.sources))
    found: dict[tuple[str, str, str], Said] = defaultdict(dict)
    for row in records(works_in(graph)):
        if only and row.segment != only:
            continue
        for city, said in spots.get(row.id) or [("", [])]:
            if inside and inside not in ways.get(city, {city: []}):
                continue
            for layer in homes[row.segment]:
                found[layer, row.segment, city][row.id] = sorted({*row.sources, *said})
    if not only:
        _without_segment(graph, found, spots, ways, inside)
    return dict(found)


def _without_segment(
    graph: KnowledgeGraph,
    found: dict[tuple[str, str, str], Said],
    spots: dict[str, list[tuple[str, list[str]]]],
    ways: dict[str, dict[str, list[str]]],
    inside: str,
) -> None:
    """Firms of which a layer is recorded and no segment: `_UNKNOWN` is their segment."""
    known = set(works_in(graph)["id"])
    for row in records(works_in(graph, objects=("ChainLayer",))):
        if row.id not in known:
            for city, said in spots.get(row.id) or [("", [])]:
                if not inside or inside in ways.get(city, {city: []}):
                    found[row.segment, _UNKNOWN, city][row.id] = sorted({*row.sources, *said})


def _gathered(
    graph: KnowledgeGraph,
    chart: Chart,
    names: dict[str, str],
    flows: dict[tuple[str, str, str], Said],
    limit: int,
) -> tuple[list[list[Node]], list[Band]]:
    """Nodes of the three columns and the bands between them, with the small ones put together."""
    layers = [layer for layer in lane_ids(graph) if any(key[0] == layer for key in flows)]
    colors = {layer: LANES[at % len(LANES)][0] if layer else NO_LANE[0] for at, layer in enumerate(lane_ids(graph))}
    by_segment, by_city = _firms_by(flows, 1), _firms_by(flows, 2)
    top = sorted(set(by_segment) - {_UNKNOWN}, key=lambda s: (-len(by_segment[s]), s))[:limit]
    cities = sorted((c for c in by_city if c), key=lambda c: (-len(by_city[c]), c))
    shown = cities if len(cities) <= limit + 1 else cities[:limit]

    def segment_node(layer: str, segment: str) -> str:
        rest = {key[1] for key in flows if key[0] == layer and key[1] not in (*top, _UNKNOWN)}
        return f"{layer}|{segment}" if segment in (*top, _UNKNOWN) or len(rest) == 1 else f"{layer}|"

    def city_node(city: str) -> str:
        return city if not city or city in shown else "other"

    parts: dict[str, dict[str, None]] = defaultdict(dict)
    held: dict[str, set[str]] = defaultdict(set)
    first: dict[tuple[str, str], Said] = defaultdict(dict)
    second: dict[tuple[str, str], Said] = defaultdict(dict)
    for (layer, segment, city), said in sorted(flows.items()):
        middle, end = segment_node(layer, segment), city_node(city)
        parts[middle][segment] = parts[f"city:{end}"][city] = None
        for firm, entries in said.items():
            for node in (f"layer:{layer}", middle, f"city:{end}"):
                held[node].add(firm)
            first[f"layer:{layer}", middle][firm] = sorted({*first[f"layer:{layer}", middle].get(firm, ()), *entries})
            second[middle, f"city:{end}"][firm] = sorted({*second[middle, f"city:{end}"].get(firm, ()), *entries})

    lang = chart.lang

    def made(node: str, kind: str) -> Node:
        own = list(parts[node])
        if kind == "layer":
            layer = node.removeprefix("layer:")
            text = names[layer] if layer else pick(lang, "未归入产业层", "layer not recorded")
            return Node(node, text, colors[layer], held[node], [layer] if layer else [], hatched=not layer)
        if kind == "segment":
            layer, _, segment = node.partition("|")
            if segment == _UNKNOWN:
                unknown = pick(lang, "环节未见记载", "not recorded")
                return Node(node, unknown, colors[layer], held[node], [], hatched=True)
            rest = pick(lang, f"其他 {len(own)} 个环节", f"{len(own)} other segments")
            return Node(node, names[segment] if segment else rest, colors[layer], held[node], own, gathered=not segment)
        city = node.removeprefix("city:")
        if not city:
            return Node(node, pick(lang, "城市未见记载", "city not recorded"), "#5b6675", held[node], [], hatched=True)
        rest = pick(lang, f"其他 {len(own)} 座城市", f"{len(own)} other cities")
        return Node(
            node, rest if city == "other" else names[city], "#14597a", held[node], own, gathered=city == "other"
        )

    def middle_order(node: str) -> tuple[int, int, int, str]:
        layer, _, segment = node.partition("|")
        return (
            layers.index(layer),
            ("", _UNKNOWN).index(segment) + 1 if segment in ("", _UNKNOWN) else 0,
            -len(held[node]),
            node,
        )

    columns = [
        [made(f"layer:{layer}", "layer") for layer in layers],
        [made(node, "segment") for node in sorted({end for _, end in first}, key=middle_order)],
        [made(f"city:{c}", "city") for c in (*shown, "other", "") if f"city:{c}" in held],
    ]
    chart.legend = [Key(node.text, "box", (node.color,)) for node in columns[0] if not node.hatched]
    chart.legend.append(Key(pick(lang, "城市", "city"), "box", ("#14597a",)))
    chart.filters = [
        Filter(pick(lang, "产业层", "Layer"), tuple((node.id, node.text) for node in columns[0])),
        Filter(pick(lang, "环节", "Segment"), tuple((node.id, node.text) for node in columns[1])),
        Filter(pick(lang, "城市", "City"), tuple((node.id, node.text) for node in columns[2])),
    ]
    if any(node.gathered for column in columns for node in column):
        chart.notes.append(
            pick(
                lang,
                f"只列企业最多的 {limit} 个环节与 {limit} 座城市，其余并为“其他”（点击可见名单），表中俱全",
                f"the {limit} segments and cities with most firms; the rest are together as other (named on choice) and all in the table",
            )
        )
    color_of = {node.id: node.color for column in columns for node in column}
    bands = [Band(a, b, said, color_of[a]) for (a, b), said in sorted(first.items())]
    for (a, b), said in sorted(second.items()):
        bands.append(Band(a, b, said, color_of[a], hatched=b == "city:"))
    return columns, bands


def _firms_by(flows: dict[tuple[str, str, str], Said], at: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, said in flows.items():
        found[key[at]].update(said)
    return found


def _table(names: dict[str, str], flows: dict[tuple[str, str, str], Said], lang: str) -> pd.DataFrame:
    headings = {
        "layer": ("产业层", "layer"),
        "segment": ("环节", "segment"),
        "city": ("城市", "city"),
        "n": ("企业数", "firms"),
        "companies": ("企业", "companies"),
    }
    rows = [
        {
            "layer": names[layer] if layer else None,
            "segment": names[segment] if segment != _UNKNOWN else None,
            "city": names[city] if city else None,
            "n": len(said),
            "companies": [names[firm] for firm in sorted(said)],
        }
        for (layer, segment, city), said in sorted(flows.items())
    ]
    return pd.DataFrame(rows, columns=list(headings)).rename(
        columns={key: both[lang == "en"] for key, both in headings.items()}
    )
