"""City × segment: firms on record, location quotients, or the states of the chain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.views.chain_names import broken, layers_in_order, words_of
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.heatmap_cells import Cell, Grid, grid
from aikg.graph.views.states import state_keys
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, Svg
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "heatmap"]

PARAMETERS = (
    Parameter(
        "value",
        "text",
        "firms",
        {
            "zh": "格中是什么：firms 企业数、lq 区位商、state 环节状态",
            "en": "what a cell shows: firms, lq (location quotient) or state (of the segment)",
        },
        ("firms", "lq", "state"),
    ),
    Parameter(
        "region",
        "text",
        "",
        {"zh": "只看此地区或省的城市", "en": "only the cities of this region or province"},
        values=("Region", "Province"),
    ),
    Parameter(
        "layer", "text", "", {"zh": "只看此层的环节", "en": "only the segments of this layer"}, values=("ChainLayer",)
    ),
    Parameter("limit", "integer", 24, {"zh": "最多多少城市", "en": "how many cities at most"}, least=1),
    Parameter("segments", "integer", 40, {"zh": "最多多少环节", "en": "how many segments at most"}, least=1),
    Parameter(
        "min_count",
        "integer",
        3,
        {"zh": "至少几家企业才给区位商", "en": "firms that a location quotient needs"},
        least=1,
    ),
    LANG,
)
_LEFT, _BAND, _LINE = 92.0, 24.0, 13.5
_ROWS = (26.0, 38.0, 500.0)
"""Least and largest height of a row, and the height that the rows fill together where they can."""
_UPRIGHT = 116.0
_HEADS = ("#2456c4", "#6d3fc0", "#0b7a55", "#5b6675")


def heatmap(
    graph: KnowledgeGraph,
    *,
    value: Literal["firms", "lq", "state"] = "firms",
    region: str = "",
    layer: str = "",
    limit: int = 24,
    segments: int = 40,
    min_count: int = 3,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Cities (most firms first) by segments (in the order of the layers); a cell tells its firms and their sources.

    `value` is the number of firms, the location quotient (`Clusters.location_quotient`: none below `min_count` firms) or
    the state of the segment in the city (`Chain.states`), where cities without a firm that parks or policies speak for
    are rows too. QueryError for an unknown region, province or layer.

    >>> heatmap(graph, value="lq", region="珠三角").svg()  # doctest: +SKIP
    """
    titles = {
        "firms": pick(lang, "城市 × 环节：有记载的企业数", "Cities by segments: firms on record"),
        "lq": pick(lang, "城市 × 环节：区位商", "Cities by segments: location quotient"),
        "state": pick(lang, "城市 × 环节：各城市各环节的状态", "Cities by segments: state of each segment"),
    }
    below = {
        "firms": pick(
            lang,
            "每格为图中记载的企业数；斜纹格未见记载，不等于没有",
            "Firms that the graph records; hatched: nothing recorded, which is not none",
        ),
        "lq": pick(
            lang,
            f"该环节在本市企业中的占比 ÷ 在所有城市企业中的占比，1 为平均；不足 {min_count} 家只列企业数（括号），不给区位商",
            f"Share of the city's firms over the share in all cities, 1 is average; below {min_count} firms only their number (in brackets)",
        ),
        "state": pick(
            lang,
            "按有记载的企业数与区位商分级；虚框为园区、政策等提到而未见企业，斜纹为未见记载",
            "By firms on record and location quotient; dashed: named by parks or policies without a firm; hatched: not recorded",
        ),
    }
    chart = Chart(graph, "heatmap", titles[value], lang, below[value])
    found = grid(graph, chart, value, region=region, layer=layer, limit=limit, most=segments, min_count=min_count)
    _draw(chart, found)
    chart.legend = _legend(found, value, min_count, lang)
    names = found.names
    chart.filters = [
        Filter(pick(lang, "产业层", "Layer"), tuple((head, text) for head, text, _ in found.heads)),
        Filter(pick(lang, "地区", "Region"), tuple((r, names[r]) for r in found.regions)),
        Filter(pick(lang, "城市", "City"), tuple((city, names[city]) for city in found.cities)),
    ]
    chart.n = pick(lang, f"{found.firms} 家企业", f"{found.firms} firms")
    chart.notes += found.notes
    chart.table = _table(found, value, lang)
    return chart


def _draw(chart: Chart, found: Grid) -> None:
    body, names = chart.body, found.names
    if not found.cities or not found.segments:
        body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
        body.rect(chart.width / 2 - 160, 42, 320, 36, fill="#ffffff")
        empty = pick(chart.lang, "企业与环节：未见记载", "firms and segments: not recorded")
        body.text(chart.width / 2, 65, empty, size=14, anchor="middle")
        chart.height = 120
        return
    width = (chart.width - _LEFT) / len(found.segments)
    size = 12.0 if width >= 37 else 11.0
    # Words that are wider than a column stand upright, on up to two lines: broken words are hard to read.
    upright = any(text_width(word, size) > width - 2 for s in found.segments for word in words_of(names[s]))
    room, most = (_UPRIGHT, max(1, min(2, int(width / _LINE)))) if upright else (width - 2, 4)
    wrapped = {s: broken(names[s], room, size, most) for s in found.segments}
    tall = max(text_width(line, size) for lines in wrapped.values() for line in lines) + 4
    head = _BAND + 10 + (min(tall, _UPRIGHT) if upright else max(map(len, wrapped.values())) * _LINE)
    at = 0
    # A layer has its colour whichever others are drawn; what stands in none has the last.
    ranks = {node: rank for rank, (node, _) in enumerate(layers_in_order(chart.graph))}
    for tag, text, count in found.heads:
        x = _LEFT + at * width
        color = _HEADS[min(ranks.get(tag, len(_HEADS) - 1), len(_HEADS) - 1)]
        body.rect(x + 1, 0, count * width - 2, _BAND, fill=color, rx=3, tags=(tag,))
        body.text(
            x + count * width / 2, 16.5, text, size=13, anchor="middle", fill="#ffffff", weight=600, width=count * width - 4
        )  # fmt: skip
        at += count
    for column, segment in enumerate(found.segments):
        x = _LEFT + column * width + width / 2
        lines = wrapped[segment]
        back = (len(lines) - 1) * _LINE
        body.element(
            "g",
            "".join(_lines(lines, size, "start" if upright else "middle").parts),
            transform=f"translate({x - back / 2 + 4:.1f} {head - 3:.1f}) rotate(-90)"
            if upright
            else f"translate({x:.1f} {head - 4 - back:.1f})",
            key=chart.tell_node(segment),
            tags=found.tags_of(segment=segment),
            tip=names[segment],
        )
    least, largest, whole = _ROWS
    row = min(largest, max(least, whole / len(found.cities)))
    for line, city in enumerate(found.cities):
        y = head + 4 + line * row
        body.text(
            _LEFT - 8,
            y + row / 2 + 4.5,
            names[city],
            size=12.5,
            anchor="end",
            width=_LEFT - 10,
            key=chart.tell_node(city),
            tags=found.tags_of(city=city),
        )
        for column, segment in enumerate(found.segments):
            _draw_cell(chart, found, city, segment, _LEFT + column * width, y, width, row)
    chart.height = head + 8 + len(found.cities) * row


def _lines(lines: list[str], size: float, anchor: str) -> Svg:
    made = Svg()
    for at, line in enumerate(lines):
        made.text(0, at * _LINE, line, size=size, anchor=anchor)
    return made


def _draw_cell(
    chart: Chart, found: Grid, city: str, segment: str, x: float, y: float, width: float, row: float
) -> None:
    cell: Cell = found.cells[city, segment]
    tags = found.tags_of(city, segment)
    tip = f"{found.names[city]} · {found.names[segment]}: {cell.tip}"
    chart.body.rect(
        x + 1,
        y + 1,
        width - 2,
        row - 2,
        fill=cell.fill,
        rx=2,
        stroke=cell.edge,
        stroke_width=1 if cell.edge else None,
        stroke_dasharray="3 2" if cell.dashed else None,
        key=cell.key,
        tags=tags,
        tip=tip,
    )
    if cell.text:
        chart.body.text(
            x + width / 2,
            y + row / 2 + 4.5,
            cell.text,
            size=12 if text_width(cell.text, 12) <= width - 4 else 10.8,
            anchor="middle",
            fill=cell.ink,
            pointer_events="none",
            tags=tags,
        )


def _legend(found: Grid, value: str, min_count: int, lang: str) -> list[Key]:
    if value == "state":
        return state_keys(lang)
    if value == "lq":
        low = pick(lang, "低于平均（< 1）", "below average (< 1)")
        high = pick(lang, "高于平均（≥ 1，越深越高）", "average and above (≥ 1, darker is higher)")
        few = pick(lang, f"（n）不足 {min_count} 家，不给区位商", f"(n) fewer than {min_count} firms, no quotient")
        disputed = pick(lang, "± 总部有矛盾，区间见详情", "± headquarters disputed, range in the details")
        keys = [Key(low, "ramp", found.below), Key(high, "ramp", found.ramp), Key(few, "box", ("#f4f6f9",))]
        return [*keys, Key(disputed, "box", ("#ffffff",))]
    most = found.highest
    return [Key(pick(lang, f"企业数 1 – {most}", f"firms, 1 to {most}"), "ramp", found.ramp)] if most else []


def _table(found: Grid, value: str, lang: str) -> pd.DataFrame:
    headings = {
        "city": ("城市", "city"),
        "segment": ("环节", "segment"),
        "layer": ("产业层", "layer"),
        "n": ("企业数", "firms"),
        **({"lq": ("区位商", "location quotient")} if value != "firms" else {}),
        **({"low": ("下限", "low"), "high": ("上限", "high")} if value == "lq" else {}),
        **({"state": ("状态", "state"), "stated_by": ("提及者", "named by")} if value == "state" else {}),
        "companies": ("企业", "companies"),
    }
    table = pd.DataFrame(found.rows, columns=list(headings)).rename(
        columns={key: both[lang == "en"] for key, both in headings.items()}
    )
    count = headings["n"][lang == "en"]
    table[count] = table[count].astype("Int64")
    return table
