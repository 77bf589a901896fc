"""The layouts between which the network page switches, each as positions and the boxes that are drawn behind them."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import names_of, things
from aikg.graph.views.explorer.facets import PLACE_LABELS
from aikg.graph.views.explorer.force import force
from aikg.graph.views.explorer.layout import (
    PAGE,
    Band,
    Cluster,
    LayoutEdge,
    LayoutNode,
    bands,
    flow,
    place_clusters,
    spread,
)
from aikg.graph.views.style import text_width
from aikg.graph.views.words import pick, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.explorer.choose import Choice
    from aikg.graph.views.explorer.facets import Facets
    from aikg.ontology.schema import Schema

__all__ = ["FORCE_UP_TO", "LAYOUTS", "Box", "Layout", "layouts"]

LAYOUTS = ("bands", "places", "force")
FORCE_UP_TO = 30_000
"""Nodes up to which the force layout is computed: it takes some 5 s for so many, and beyond it shows a ball."""
_SMALL = 3
_GAP = 18.0


@dataclass
class Box:
    """A titled rectangle behind nodes. `kind`: band (title at the left), place (title on top), unknown (hatched).

    `labels` are those without which the box is not shown; none: always shown.
    """

    title: str
    x: float
    y: float
    width: float
    height: float
    kind: str = "band"
    labels: list[str] = field(default_factory=list)

    def data(self) -> dict[str, Any]:
        box = {
            "x": round(self.x, 1),
            "y": round(self.y, 1),
            "width": round(self.width, 1),
            "height": round(self.height, 1),
        }
        return {"name": self.title, "groups": self.labels, "kind": self.kind, **box}


@dataclass
class Layout:
    """Positions by node id, and boxes from back to front."""

    name: str
    positions: dict[str, tuple[float, float]]
    boxes: list[Box] = field(default_factory=list)


def layouts(
    graph: KnowledgeGraph, schema: Schema, choice: Choice, known: Facets, lang: str, *, only: str | None = None
) -> list[Layout]:
    """All layouts of what is drawn (or `only` this one): by layer, by place, and by force, for up to `FORCE_UP_TO` nodes."""
    made = []
    if only in (None, "bands"):
        made.append(_by_layer(schema, choice, lang))
    if only in (None, "places"):
        made.append(_by_place(graph, schema, choice, known, lang))
    if only == "force" or (only is None and len(choice.nodes) <= FORCE_UP_TO):
        pairs = [(edge.subject, edge.object) for edge in choice.edges]
        made.append(Layout("force", force([node.id for node in choice.nodes], pairs)))
    return made


def _by_layer(schema: Schema, choice: Choice, lang: str) -> Layout:
    positions, drawn = bands(
        [LayoutNode(node.id, node.label, node.name, node.order) for node in choice.nodes],
        [LayoutEdge(edge.type, edge.subject, edge.object) for edge in choice.edges],
    )
    labels = {node.label for node in choice.nodes}
    names = {node.id: node.name for node in choice.nodes}
    return Layout("bands", positions, [_band(band, labels, names, schema, lang) for band in drawn])


def _band(band: Band, labels: set[str], names: Mapping[str, str], schema: Schema, lang: str) -> Box:
    """A band with its title, and the labels without which it is not shown."""
    present = [name for name in band.labels if name in labels]
    kinds = [schema.labels[name].label[lang] for name in present]
    title = " · ".join(kinds) if len(kinds) < 3 and lang == "zh" else kinds[0]
    if "Province" in band.labels and len(kinds) > 1:
        title = words(lang)["places"]
    if band.layer is not None:  # a layer of the chain: its node, or at least its name, is the title
        title = "" if band.head else names[band.layer]
        present = ["ChainLayer", "ChainSegment", "Technology", "Company"]
    return Box(title, band.x, band.y, band.width, band.height, "band", present)


def _by_place(graph: KnowledgeGraph, schema: Schema, choice: Choice, known: Facets, lang: str) -> Layout:
    """Provinces (and places that are in none) as boxes, their cities as circles with what is there, best connected inside.

    Kinds that are nowhere by nature (segments) have boxes of their own; firms and policies whose place is not recorded
    stand in a hatched one.
    """
    by_id = {node.id: node for node in choice.nodes}
    label_of = {str(row.id): str(row.label) for row in things(graph, *PLACE_LABELS).itertuples(index=False)}
    place_names = names_of(graph, *PLACE_LABELS)
    names = {i: node.name for i, node in by_id.items()} | place_names
    circles: dict[str, list[str]] = defaultdict(list)
    loose: dict[str, list[str]] = defaultdict(list)
    for i, node in by_id.items():
        home = known.home.get(i)
        if home is None:
            loose[node.label].append(i)
        elif home != i:
            circles[home].append(i)
        else:
            circles.setdefault(home, [])
    blocks = _blocks(circles, known, label_of)
    other = pick(lang, "其他地区", "Other places")
    made = [
        _block(names[block] if block else other, "place", list(found), circles, by_id, names) for block, found in blocks
    ]
    located = {by_id[i].label for i in known.home if i in by_id}
    for label in sorted(loose, key=lambda name: (name in located, name)):
        kind = "unknown" if label in located else "place"
        title = schema.labels[label].label[lang]
        if kind == "unknown":
            title += pick(lang, "：地点未见记载", ": place not recorded")
        made.append(_loose(title, kind, label, loose[label], by_id, names))
    return Layout("places", *_packed(made, names))


def _blocks(
    circles: Mapping[str, list[str]], known: Facets, label_of: Mapping[str, str]
) -> list[tuple[str, list[str]]]:
    """Circles (places with what is there) by the box that they stand in, the fullest box first."""
    found: dict[str, list[str]] = defaultdict(list)
    for place, members in circles.items():
        above: dict[str, list[str]] = defaultdict(list)
        for other in known.places.get(place, known.places.get(members[0], []) if members else []):
            above[label_of[other]].append(other)
        # A city without a province (a municipality, a city abroad) has a box of its own where much is there.
        own = [place] if len(members) >= _SMALL else above["Country"] or [place]
        found[(above["Province"] or own)[0]].append(place)

    def size(block: str) -> int:
        return sum(len(circles[place]) + 1 for place in found[block])

    few = [block for block in found if size(block) < _SMALL]
    rest = sorted(place for block in few for place in found.pop(block))
    made = [(block, found[block]) for block in sorted(found, key=lambda b: (-size(b), b))]
    return made + ([("", rest)] if rest else [])


@dataclass
class _Block:
    title: str
    kind: str
    labels: list[str]
    clusters: list[Cluster]
    width: float = 0.0
    height: float = 0.0


def _block(
    title: str,
    kind: str,
    places: list[str],
    circles: Mapping[str, list[str]],
    by_id: Mapping[str, Any],
    names: Mapping[str, str],
) -> _Block:
    made = []
    for place in sorted(places, key=lambda p: (-len(circles[p]), p)):
        members = sorted(circles[place], key=lambda i: (-by_id[i].degree, names[i], i))
        made.append(Cluster(place if place in by_id else None, members))
    return _Block(title, kind, [], made)


def _loose(
    title: str, kind: str, label: str, members: list[str], by_id: Mapping[str, Any], names: Mapping[str, str]
) -> _Block:
    ordered = sorted(members, key=lambda i: (-by_id[i].degree, names[i], i))
    return _Block(title, kind, [label], [Cluster(None, ordered)])


def _packed(blocks: Sequence[_Block], names: Mapping[str, str]) -> tuple[dict[str, tuple[float, float]], list[Box]]:
    """Boxes in rows, so wide that the whole appears largest on a screen; titles keep their room at that size."""
    total = sum(len(cluster.members) + 1 for block in blocks for cluster in block.clusters)
    spacing = 32.0 if total <= 150 else 28.0 if total <= 800 else 20.0
    shrink = 1.0
    rows: list[list[_Block]] = []
    for _ in range(2):
        head = 22.0 * min(shrink, 4.0)
        for block in blocks:
            for cluster in block.clusters:
                few = len(block.clusters) <= 30
                spread(cluster, names, spacing, 8 if few else 0, min(shrink, 1.6))
            area = sum((c.left + c.right + _GAP) * 2 * c.half for c in block.clusters)
            widest = max((c.left + c.right for c in block.clusters), default=40.0)
            size = flow(block.clusters, max(widest, math.sqrt(area * 1.7)), _GAP)
            title = (text_width(block.title[:24]) + 14.0) * min(shrink, 4.0)
            block.width, block.height = max(size[0] + 2 * _GAP, title), size[1] + head + _GAP
        rows, width, height = _shelves(blocks)
        shrink = max(1.0, width / PAGE[0], height / PAGE[1])
    positions: dict[str, tuple[float, float]] = {}
    boxes = []
    y = 0.0
    for row in rows:
        x = 0.0
        for block in row:
            place_clusters(block.clusters, x + _GAP, y + head, positions)
            boxes.append(Box(block.title, x, y, block.width, block.height, block.kind, block.labels))
            x += block.width + _GAP
        y += max(block.height for block in row) + _GAP
    return positions, boxes


def _shelves(blocks: Sequence[_Block]) -> tuple[list[list[_Block]], float, float]:
    """Blocks in rows in their order, and the width and height that these rows take."""
    best: tuple[float, list[list[_Block]], float, float] = (math.inf, [], 1.0, 1.0)
    area = sum((block.width + _GAP) * (block.height + _GAP) for block in blocks)
    widest = max((block.width for block in blocks), default=1.0)
    for factor in (0.8, 0.9, 1.0, 1.1, 1.2, 1.35, 1.5, 1.75):
        most = max(widest, math.sqrt(area * PAGE[0] / PAGE[1]) * factor)
        rows: list[list[_Block]] = []
        used = 0.0
        for block in blocks:
            if not rows or used + block.width > most:
                rows.append([])
                used = 0.0
            rows[-1].append(block)
            used += block.width + _GAP
        width = max((sum(b.width + _GAP for b in row) for row in rows), default=1.0)
        height = sum(max(b.height for b in row) + _GAP for row in rows)
        fit = max(width / PAGE[0], height / PAGE[1])
        if fit < best[0] - 1e-9:
            best = (fit, rows, width, height)
    return best[1:]
