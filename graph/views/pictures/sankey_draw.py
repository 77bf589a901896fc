"""Draws columns of nodes and the bands between them; what flows in and out of a node is stacked in the order of the other ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.views.chain_names import broken
from aikg.graph.views.chart import Line
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.views.chart import Chart

__all__ = ["Band", "Node", "draw_sankey"]


@dataclass
class Node:
    """A block: its firms (ids), and the ids of the things that it stands for (several where `gathered`)."""

    id: str
    text: str
    color: str
    firms: set[str]
    stands_for: list[str]
    gathered: bool = False
    hatched: bool = False
    y: float = 0.0
    height: float = 0.0


@dataclass(frozen=True)
class Band:
    """Firms (ids with sources) from one node to another."""

    start: str
    end: str
    firms: dict[str, list[str]] = field(hash=False)
    color: str = "#6b7280"
    hatched: bool = False


_HEIGHT, _GAP, _PITCH = 560.0, 8.0, 22.0
_WIDTHS = (104.0, 172.0, 14.0)
_RIGHT = 184.0


def draw_sankey(chart: Chart, names: dict[str, str], columns: Sequence[Sequence[Node]], bands: Sequence[Band]) -> None:
    """Draw into the chart's body, and set its height."""
    into: dict[str, int] = defaultdict(int)
    out: dict[str, int] = defaultdict(int)
    for band in bands:
        out[band.start] += len(band.firms)
        into[band.end] += len(band.firms)
    size = {node.id: max(into[node.id], out[node.id], 1) for column in columns for node in column}
    rows = max(len(column) for column in columns)
    height = max(_HEIGHT, rows * (_PITCH + _GAP))
    unit = min((height - _GAP * (len(c) - 1)) / sum(size[node.id] for node in c) for c in columns)
    unit = min(unit, 40.0)
    height = max(sum(max(size[n.id] * unit, _PITCH - _GAP + 2) for n in c) + _GAP * (len(c) - 1) for c in columns)
    lefts = (0.0, (chart.width - _RIGHT - _WIDTHS[1]) * 0.42, chart.width - _RIGHT)
    for column in columns:
        _place(column, size, unit, height)
    at = {node.id: (number, node) for number, column in enumerate(columns) for node in column}
    tags = _tags(columns, bands)
    _bands(chart, names, bands, at, lefts, unit, tags)
    for number, column in enumerate(columns):
        for node in column:
            _node(chart, names, node, number, lefts[number], tags[node.id])
    chart.height = max(node.y + max(node.height, _PITCH) for column in columns for node in column) + 4


def _place(column: Sequence[Node], size: dict[str, int], unit: float, height: float) -> None:
    """Blocks from top to bottom with room for a line of text each, spread over the height."""
    needed = [max(size[node.id] * unit, _PITCH - _GAP + 2) for node in column]
    gap = max(_GAP, (height - sum(needed)) / max(len(column) - 1, 1)) if len(column) > 1 else 0.0
    gap = min(gap, 40.0)
    y = max((height - sum(needed) - gap * (len(column) - 1)) / 2, 0.0)
    for node, room in zip(column, needed, strict=True):
        node.height = size[node.id] * unit
        node.y = y + (room - node.height) / 2
        y += room + gap


def _tags(columns: Sequence[Sequence[Node]], bands: Sequence[Band]) -> dict[str, tuple[str, ...]]:
    """A node carries its own tag and those of the nodes that a firm of it leads to."""
    found: dict[str, set[str]] = {node.id: {node.id} for column in columns for node in column}
    everyone = [node for column in columns for node in column]
    for band in bands:
        found[band.start].add(band.end)
        found[band.end].add(band.start)
    first = {node.id for node in columns[0]}
    for node in everyone:  # layers and cities meet in the segments between them
        for middle in sorted(found[node.id]):
            if middle not in first and node.id in first:
                found[node.id] |= found[middle] - first
    for node in columns[-1]:
        for middle in sorted(found[node.id] - {node.id}):
            found[node.id] |= found[middle] & first
    return {key: tuple(sorted(of)) for key, of in found.items()}


def _bands(
    chart: Chart,
    names: dict[str, str],
    bands: Sequence[Band],
    at: dict[str, tuple[int, Node]],
    lefts: Sequence[float],
    unit: float,
    tags: dict[str, tuple[str, ...]],
) -> None:
    order = {key: (number, node.y) for key, (number, node) in at.items()}
    starts: dict[Band | int, float] = {}
    ends: dict[int, float] = {}
    for key, (_, node) in at.items():
        y = node.y
        for number in sorted((n for n, b in enumerate(bands) if b.start == key), key=lambda n: order[bands[n].end]):
            starts[number] = y
            y += len(bands[number].firms) * unit
        y = node.y
        for number in sorted((n for n, b in enumerate(bands) if b.end == key), key=lambda n: order[bands[n].start]):
            ends[number] = y
            y += len(bands[number].firms) * unit
    for number, band in sorted(enumerate(bands), key=lambda pair: -len(pair[1].firms)):
        column, start = at[band.start]
        end = at[band.end][1]
        x1, x2 = lefts[column] + _WIDTHS[column], lefts[column + 1]
        thick = len(band.firms) * unit
        a, b, mid = starts[number], ends[number], (x1 + x2) / 2
        d = (
            f"M{x1:.1f} {a:.1f}C{mid:.1f} {a:.1f} {mid:.1f} {b:.1f} {x2:.1f} {b:.1f}V{b + thick:.1f}"
            f"C{mid:.1f} {b + thick:.1f} {mid:.1f} {a + thick:.1f} {x1:.1f} {a + thick:.1f}Z"
        )
        title = f"{start.text} → {end.text}"
        n = len(band.firms)
        key = chart.tell(
            title,
            [
                Line(pick(chart.lang, "企业数", "firms"), str(n)),
                *(Line(names[firm], "✓", tuple(said)) for firm, said in sorted(band.firms.items())),
            ],
            sources=sorted({entry for said in band.firms.values() for entry in said}),
            nodes=sorted(band.firms),
        )
        layer = () if column == 0 else tuple(tag for tag in tags[band.start] if tag.startswith("layer:"))
        cities = () if column == 1 else tuple(tag for tag in tags[band.end] if tag.startswith("city:"))
        own = (band.start, band.end, *layer, *cities)
        shape = {"tip": f"{title}: {n}", "tags": own, "key": key}
        if band.hatched:
            chart.body.path(d, fill=HATCH, stroke=band.color, stroke_width=0.8, **shape)
        else:
            chart.body.path(d, fill=band.color, fill_opacity=0.3, **shape)


def _node(chart: Chart, names: dict[str, str], node: Node, column: int, x: float, tags: tuple[str, ...]) -> None:
    body, width, n = chart.body, _WIDTHS[column], len(node.firms)
    lines = [Line(pick(chart.lang, "企业数（去重）", "distinct firms"), str(n))]
    if node.gathered:
        lines.append(
            Line(pick(chart.lang, "包括", "these"), chart.words["list"].join(names[s] for s in node.stands_for))
        )
    key = chart.tell(node.text, lines, nodes=[*node.stands_for, *sorted(node.firms)])
    solid = column != 1
    body.rect(
        x,
        node.y,
        width,
        node.height,
        rx=3,
        fill=HATCH if node.hatched else node.color if solid else "#ffffff",
        stroke=node.color,
        stroke_width=1.2,
        stroke_dasharray="4 3" if node.gathered else None,
        key=key,
        tags=tags,
        tip=f"{node.text}: {n}",
    )
    middle = node.y + node.height / 2
    common: dict[str, Any] = {"pointer_events": "none", "tags": tags}
    if column == 0:
        ink = "#1b2430" if node.hatched else "#ffffff"
        if node.hatched:
            body.rect(x + 6, middle - 17, width - 12, 34, fill="#ffffff", **common)
        count = pick(chart.lang, f"{n} 家", f"{n} firms")
        lines_ = broken(node.text, width - 6, 14, 2) if node.height >= 36 else [f"{node.text} {count}"]
        top = middle - len(lines_) * 8.5 + (5 if node.height >= 36 else 13)
        for at, line in enumerate(lines_):
            body.text(x + width / 2, top + at * 17, line, size=14 if node.height >= 36 else 11.5, weight=700, anchor="middle", fill=ink, width=width - 4, **common)  # fmt: skip
        if node.height >= 36:
            body.text(x + width / 2, top + len(lines_) * 17, count, size=12, anchor="middle", fill=ink, **common)
    elif column == 1:
        number = str(n)
        body.rect(x, node.y, 5, node.height, fill=node.color, **common)
        room = width - text_width(number, 12.5) - 26
        parts = broken(node.text, room, 12.5, 2) if node.height >= 32 else [node.text]
        if node.hatched:
            body.rect(x + 9, middle - 9, width - 14, 18, fill="#ffffff", fill_opacity=0.85, **common)
        for at, line in enumerate(parts):
            y = middle + 4.5 + (at - (len(parts) - 1) / 2) * 15
            body.text(x + 12, y, line, size=12.5, width=room, tip=node.text if line != node.text else "", **common)
        body.text(x + width - 8, middle + 4.5, number, size=12.5, anchor="end", weight=600, **common)
    else:
        body.text(x + width + 8, middle + 4.5, f"{node.text} {n}", size=13, width=_RIGHT - width - 8, **common)
