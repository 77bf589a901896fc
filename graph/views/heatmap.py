"""City × segment: how many firms are recorded in which link of the chain."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.facts import layers_of_segments, names_of, seats, works_in
from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "heatmap"]

PARAMETERS = (
    Parameter("limit", "integer", 24, {"zh": "最多多少城市", "en": "how many cities at most"}, least=1),
    LANG,
)
# Light to dark blue: even steps in lightness, legible for colour-blind readers and in print.
RAMP = ("#dbe7f6", "#a9c8ea", "#6ea3d8", "#3a79bd", "#174f91")
_ROW, _LEFT, _HEAD = 26.0, 92.0, 132.0


def heatmap(graph: KnowledgeGraph, *, limit: int = 24, lang: Literal["zh", "en"] = "zh") -> Chart:
    """Cities (most firms first) by segments (in the order of the layers); a cell tells its firms and their sources.

    >>> heatmap(graph).svg()  # doctest: +SKIP
    """
    chart = Chart(
        graph,
        "heatmap",
        pick(lang, "城市 × 环节：有记载的企业数", "Cities by segments: firms on record"),
        lang,
        pick(
            lang,
            "每格为图中记载的企业数；斜纹格未见记载，不等于没有",
            "Firms that the graph records; hatched: nothing recorded, which is not none",
        ),
    )
    names, layers = names_of(graph), layers_of_segments(graph)
    firms = works_in(graph).merge(seats(graph), on="id", suffixes=("_segment", "_seat"))
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in firms.itertuples(index=False):
        cells[row.place, row.segment][row.id] += [*row.sources_segment, *row.sources_seat]
    totals = firms.groupby("place")["id"].nunique()
    cities = sorted(totals.index, key=lambda c: (-totals[c], c))[:limit]
    order = {layer: at for at, layer in enumerate(("layer:基础层", "layer:技术层", "layer:应用层"))}
    by_segment = firms.groupby("segment")["id"].nunique()
    first = {s: min((order.get(x, 9) for x in layers.get(s, [])), default=9) for s in by_segment.index}
    segments = sorted(by_segment.index, key=lambda s: (first[s], -by_segment[s], s))
    highest = max((len(found) for found in cells.values()), default=1)
    width = min(44.0, (chart.width - _LEFT) / max(len(segments), 1))

    body = chart.body
    for at, segment in enumerate(segments):
        x = _LEFT + at * width + width / 2
        body.text(
            0,
            0,
            names[segment],
            size=12,
            width=_HEAD + 20,
            key=chart.tell_node(segment),
            transform=f"translate({x:.1f} {_HEAD:.1f}) rotate(-50)",
        )
    rows = []
    for line, city in enumerate(cities):
        y = _HEAD + 10 + line * _ROW
        body.text(_LEFT - 8, y + 17, names[city], size=12.5, anchor="end", width=_LEFT - 10, key=chart.tell_node(city))
        for at, segment in enumerate(segments):
            found = cells.get((city, segment))
            n = len(found) if found else None
            rows.append(
                {
                    "city": names[city],
                    "segment": names[segment],
                    "n": n,
                    "companies": [names[f] for f in sorted(found or ())],
                }
            )
            x = _LEFT + at * width
            tags = (city, *layers.get(segment, ()))
            if not found:
                body.rect(
                    x + 1,
                    y + 1,
                    width - 2,
                    _ROW - 2,
                    fill=HATCH,
                    rx=2,
                    tags=tags,
                    tip=f"{names[city]} · {names[segment]}: {chart.words['not_recorded']}",
                )
                continue
            said = sorted({entry for entries in found.values() for entry in entries})
            key = chart.tell(
                f"{names[city]} · {names[segment]}",
                [
                    Line(pick(lang, "企业数", "firms"), str(n)),
                    *(Line(names[f], "✓", tuple(sorted(set(e)))) for f, e in sorted(found.items())),
                ],
                sources=said,
                nodes=sorted(found),
            )
            shade = RAMP[min(len(RAMP) - 1, (len(found) - 1) * len(RAMP) // highest)]
            body.rect(
                x + 1,
                y + 1,
                width - 2,
                _ROW - 2,
                fill=shade,
                rx=2,
                key=key,
                tags=tags,
                tip=f"{names[city]} · {names[segment]}: {n}",
            )
            dark = RAMP.index(shade) > 2
            body.text(
                x + width / 2,
                y + 17,
                n,
                size=12,
                anchor="middle",
                fill="#ffffff" if dark else "#1b2430",
                pointer_events="none",
                tags=tags,
            )
    chart.height = _HEAD + 14 + len(cities) * _ROW
    chart.legend = [Key(pick(lang, f"企业数 1 – {highest}", f"firms, 1 to {highest}"), "ramp", RAMP)]
    chart.filters = [
        Filter(pick(lang, "产业层", "Layer"), tuple((layer, names[layer]) for layer in order if layer in names)),
        Filter(pick(lang, "城市", "City"), tuple((city, names[city]) for city in cities)),
    ]
    chart.n = pick(lang, f"{firms['id'].nunique()} 家企业", f"{firms['id'].nunique()} firms")
    if len(totals) > len(cities):
        chart.notes.append(
            pick(
                lang,
                f"只画企业最多的 {len(cities)} 座城市，共 {len(totals)} 座",
                f"the {len(cities)} cities with most firms of {len(totals)}",
            )
        )
    headings = {
        "city": ("城市", "city"),
        "segment": ("环节", "segment"),
        "n": ("企业数", "firms"),
        "companies": ("企业", "companies"),
    }
    chart.table = pd.DataFrame(rows, columns=list(headings)).rename(
        columns={k: v[lang == "en"] for k, v in headings.items()}
    )
    return chart
