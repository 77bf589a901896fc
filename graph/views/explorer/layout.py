"""Where nodes stand: in bands of the industry chain. Computed here, once, the same every time.

A browser that has to find positions itself takes 40 s for 500 nodes, and what it finds is a hairball. The
order that readers look for is known: layers of the chain from top to bottom, their segments side by side, the
firms of a segment around it with the best connected in the middle, places and what belongs to them below.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from aikg.graph.views.style import text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["PAGE", "Band", "Cluster", "LayoutEdge", "LayoutNode", "bands", "flow", "place_clusters", "spread"]

_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
PAGE = (1040.0, 700.0)  # drawing area beside the legend of a page at 1280 × 800
_ASPECT = PAGE[0] / PAGE[1]
_STRETCH = 1.6  # circles are drawn wider than high, as names are
_TITLE = 92.0  # width of a band's title on screen
_LABEL_SIZE = 14.0  # of the names of segments and places, drawn bold
_PLACES = ("Country", "Region", "Province")
# Bands below the chain, in reading order; labels not named here follow alphabetically.
_BAND_ORDER: tuple[tuple[str, ...], ...] = (
    ("Technology",),
    ("ApplicationField", "ApplicationScenario"),
    ("Industry",),
    _PLACES,
    ("City", "District", "Group"),
    ("Park",),
    ("ComputeCenter",),
    ("Policy", "PolicyTarget"),
    ("Programme",),
    ("University", "Institution"),
)


@dataclass(frozen=True)
class LayoutNode:
    """A node as the layout needs it. `order` (layers, segments) sorts before the name; None comes last."""

    id: str
    label: str
    name: str
    order: float | None = None


@dataclass(frozen=True)
class LayoutEdge:
    """A relation as the layout needs it: its type and the ids of its ends."""

    type: str
    subject: str
    object: str


@dataclass
class Band:
    """A horizontal band and its box in drawing units.

    `labels` are the labels that stand in it; `layer` is the id of the layer of the chain that it shows,
    `head` of the node that stands where the other bands have their title.
    """

    labels: tuple[str, ...]
    layer: str | None = None
    head: str | None = None
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0
    clusters: list[Cluster] = field(default_factory=list, repr=False)


@dataclass
class Cluster:
    """A centre (or none), the nodes around it, best connected first, and the room that they need.

    `across` and `down` are the members' places relative to the centre; `x` and `y` the centre's own, once it is set.
    """

    center: str | None
    members: list[str]
    left: float = 0.0
    right: float = 0.0
    half: float = 0.0  # upwards and downwards
    across: np.ndarray[Any, Any] = field(default_factory=lambda: np.empty(0), repr=False)
    down: np.ndarray[Any, Any] = field(default_factory=lambda: np.empty(0), repr=False)
    x: float = 0.0
    y: float = 0.0


def spread(cluster: Cluster, names: Mapping[str, str], spacing: float, characters: int, enlarged: float) -> None:
    """Sunflower order: the k-th node at radius ∝ √k, which makes the density even."""
    label = text_width(names[cluster.center][:characters], _LABEL_SIZE) if cluster.center is not None else 0.0
    count, tried = len(cluster.members), len(cluster.members)
    x = y = np.empty(0)
    while True:
        turn = np.arange(tried)
        reach = spacing * np.sqrt(turn + (0.0 if cluster.center is None else 1.1))
        angle = turn * _GOLDEN_ANGLE + 2.0
        x, y = reach * np.cos(angle) * _STRETCH, reach * np.sin(angle)
        # The centre's label stands to its right: nothing under it, and nothing so near that both are
        # unreadable.
        if label:
            free = (x <= -5) | (x >= (label + 22) * enlarged) | (np.abs(y) >= 15 * enlarged)
            x, y = x[free], y[free]
        if len(x) >= count:
            break
        tried = tried + max(8, tried // 4)
    cluster.across, cluster.down = x[:count], y[:count]
    # In a small circle every firm gets room for its name, in a large one zooming in shows them.
    text = np.array([text_width(names[i][:8]) * enlarged for i in cluster.members] if count < 16 else [0.0] * count)
    margin = spacing * 0.6
    cluster.left = max(margin, float(np.max(margin - cluster.across, initial=0.0)))
    widest = float(np.max(cluster.across + text + margin, initial=margin))
    cluster.right = max(widest, (label + 26) * enlarged)
    cluster.half = max(float(np.max(np.abs(cluster.down), initial=0.0)) + spacing * 0.55, 16.0 * enlarged)


def flow(clusters: Sequence[Cluster], width: float, gap: float) -> tuple[float, float]:
    """Set the clusters in rows of at most `width` from the corner (0, 0); returns the width and height they take."""
    rows: list[list[Cluster]] = [[]]
    used = 0.0
    for cluster in clusters:
        needed = cluster.left + cluster.right
        if rows[-1] and used + needed > width:
            rows.append([])
            used = 0.0
        rows[-1].append(cluster)
        used += needed + gap
    y = widest = 0.0
    for row in rows:
        x = 0.0
        half = max((cluster.half for cluster in row), default=0.0)
        for cluster in row:
            x += cluster.left
            cluster.x, cluster.y = x, y + half
            x += cluster.right + gap
        widest = max(widest, x - gap)
        y += 2 * half
    return widest, y


def place_clusters(clusters: Sequence[Cluster], x: float, y: float, positions: dict[str, tuple[float, float]]) -> None:
    """Write the places of the clusters' nodes, the corner of all of them being (x, y)."""
    for cluster in clusters:
        if cluster.center is not None:
            positions[cluster.center] = (round(x + cluster.x, 1), round(y + cluster.y, 1))
        across = np.round(cluster.across + (x + cluster.x), 1).tolist()
        down = np.round(cluster.down + (y + cluster.y), 1).tolist()
        positions.update(zip(cluster.members, zip(across, down, strict=True), strict=True))


class _Chain:
    """Which segment and which layer a node belongs to, following PART_OF upwards; cycles end the walk."""

    def __init__(self, nodes: Mapping[str, LayoutNode], edges: Sequence[LayoutEdge]) -> None:
        self.nodes = nodes
        self.parents: dict[str, list[str]] = defaultdict(list)
        self.of_type: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for edge in edges:
            if edge.subject in nodes and edge.object in nodes:
                self.of_type[edge.type][edge.subject].append(edge.object)
                if edge.type == "PART_OF":
                    self.parents[edge.subject].append(edge.object)

    def layer(self, node: str) -> str | None:
        """The nearest layer above `node`, or itself; the smallest id where two are equally near."""
        level, seen = [node], {node}
        while level:
            layers = sorted(i for i in level if self.nodes[i].label == "ChainLayer")
            if layers:
                return layers[0]
            level = [above for i in level for above in self.parents.get(i, ()) if above not in seen]
            seen.update(level)
        return None

    def targets(self, node: str, types: Sequence[str], labels: Sequence[str]) -> list[str]:
        """What `node` points to by these relations, of these labels, without doubles, sorted."""
        found = {i for name in types for i in self.of_type[name].get(node, ()) if self.nodes[i].label in labels}
        return sorted(found)


def bands(
    nodes: Sequence[LayoutNode], edges: Sequence[LayoutEdge]
) -> tuple[dict[str, tuple[float, float]], list[Band]]:
    """Positions (x to the right, y downwards, pixels at zoom 1) and their bands, top to bottom.

    A firm stands at one of its segments only, the least crowded one, so that circles stay alike in size;
    its other segments are reached by its edges. Firms without a segment stand at their city, firms without
    either in a band of their own. The result depends on ids, names and relations only, not on the order of
    rows.
    """
    by_id = {node.id: node for node in sorted(nodes, key=lambda n: n.id)}
    names = {i: node.name for i, node in by_id.items()}
    chain = _Chain(by_id, edges)
    degree: dict[str, int] = defaultdict(int)
    for edge in edges:
        degree[edge.subject] += 1
        degree[edge.object] += 1

    def order(i: str) -> tuple[float, int, str, str]:
        node = by_id[i]
        return (math.inf if node.order is None else node.order, -degree[i], node.name, i)

    centers = _company_centers(by_id, chain)
    around: dict[str, list[str]] = defaultdict(list)
    for company, center in centers.items():
        around[center].append(company)
    for members in around.values():
        members.sort(key=lambda i: (-degree[i], names[i], i))

    positions: dict[str, tuple[float, float]] = {}
    made: list[Band] = []
    shrink = 1.0
    for _ in range(2):  # once to learn how small it will appear, once with room for labels at that size
        made = _bands_of(by_id, chain, around, order)
        spacing = 32.0 if len(by_id) <= 150 else 28.0 if len(by_id) <= 800 else 20.0
        for band in made:
            characters, most = _room(len(band.clusters))
            wide = spacing * min(shrink, 1.4) if band.layer and len(by_id) <= 800 else spacing
            for cluster in band.clusters:
                enlarged = min(shrink, 1.4 if cluster.members else most)
                spread(cluster, names, wide, characters, enlarged)
        positions, made, shrink = _stack(made, by_id)
    return positions, made


def _room(clusters: int) -> tuple[int, float]:
    """Characters that get room in a band of so many clusters, and how much they may be enlarged.

    Room for every label would make bands of hundreds take the page from the chain; zooming in shows them.
    """
    for most, characters, enlarged in ((12, 22, 3.0), (30, 14, 1.6), (60, 9, 1.2), (240, 5, 1.0)):
        if clusters <= most:
            return characters, enlarged
    return 0, 1.0


def _company_centers(by_id: Mapping[str, LayoutNode], chain: _Chain) -> dict[str, str]:
    """The node that each company stands at; companies that stand at nothing are left out."""
    choices: dict[str, list[str]] = {}
    for company, node in by_id.items():
        if node.label != "Company":
            continue
        for types, labels in (
            (("OPERATES_IN", "PROVIDES"), ("ChainSegment", "Technology")),
            (("REPRESENTATIVE_OF",), ("ChainSegment",)),
            (("REPRESENTATIVE_OF",), ("ChainLayer",)),
            (("LOCATED_IN", "REPRESENTATIVE_OF"), ("District", "City", "Park")),
            (("LOCATED_IN", "REPRESENTATIVE_OF"), _PLACES),
        ):
            choices[company] = chain.targets(company, types, labels)
            if choices[company]:
                break
    crowd: dict[str, int] = defaultdict(int)
    for options in choices.values():
        for option in options:
            crowd[option] += 1
    return {company: min(options, key=lambda i: (crowd[i], i)) for company, options in choices.items() if options}


def _bands_of(
    by_id: Mapping[str, LayoutNode],
    chain: _Chain,
    around: Mapping[str, list[str]],
    order: Callable[[str], Any],
) -> list[Band]:
    """The bands with their clusters, top to bottom, without positions."""
    made: list[Band] = []
    settled = {company for members in around.values() for company in members}
    for layer in sorted((i for i, n in by_id.items() if n.label == "ChainLayer"), key=order):
        inside = [
            i
            for i, n in by_id.items()
            if n.label in ("ChainSegment", "Technology") and chain.parents.get(i) and chain.layer(i) == layer
        ]
        settled.update(inside, [layer])
        clusters = [Cluster(i, around.get(i, [])) for i in sorted(inside, key=order)]
        alone = not around.get(layer) and bool(inside)
        if not alone:
            clusters.insert(0, Cluster(layer, around.get(layer, [])))
        made.append(Band(("ChainLayer",), layer, layer if alone else None, clusters=clusters))

    rest: dict[str, list[str]] = defaultdict(list)
    for i, node in by_id.items():
        if i not in settled:
            rest[node.label].append(i)
    placed = {"ChainSegment", "Company", *(label for labels in _BAND_ORDER for label in labels)}
    others = [(label,) for label in sorted(rest) if label not in placed]
    for labels in (("ChainSegment",), *_BAND_ORDER, *others):
        members = [i for label in labels for i in sorted(rest.get(label, ()), key=order)]
        if members:
            made.append(Band(labels, clusters=[Cluster(i, around.get(i, [])) for i in members]))
    if rest["Company"]:  # nothing to stand at: one circle of their own
        members = sorted(rest["Company"], key=order)
        made.append(Band(("Company",), clusters=[Cluster(None, members)]))
    return made


def _stack(
    made: list[Band], by_id: Mapping[str, LayoutNode]
) -> tuple[dict[str, tuple[float, float]], list[Band], float]:
    """Rows of the width that makes the whole appear largest, bands under each other, titles at the left."""
    gap = 14.0
    every = [cluster for band in made for cluster in band.clusters]
    widest = max((c.left + c.right for c in every), default=100.0)
    area = sum((c.left + c.right + gap) * 2 * c.half for c in every)
    best = (math.inf, 0.0, widest)
    for factor in (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.4):
        width = max(widest, math.sqrt(max(area, 1.0) * _ASPECT) * factor)
        sizes = [flow(band.clusters, width, gap) for band in made]
        height = sum(size[1] + gap for size in sizes)
        total = max((size[0] for size in sizes), default=1.0)
        # Titles keep their size on screen, so in drawing units they take more room the smaller everything
        # is shown.
        column = _TITLE * max(1.0, height / PAGE[1], total / (PAGE[0] - _TITLE))
        fit = max((total + column) / _ASPECT, height)
        if fit < best[0] - 1e-9:
            best = (fit, column, width)
    _, column, width = best
    sizes = [flow(band.clusters, width, gap) for band in made]
    positions: dict[str, tuple[float, float]] = {}
    total = max((size[0] for size in sizes), default=0.0)
    y = 0.0
    for band, (_, height) in zip(made, sizes, strict=True):
        place_clusters(band.clusters, column, y, positions)
        if band.head is not None:
            positions[band.head] = (round(column * 0.12, 1), round(y + height / 2, 1))
        band.y, band.width, band.height = round(y, 1), round(total + column, 1), round(height, 1)
        y += height + gap
        band.clusters = []
    shrink = max(1.0, y / PAGE[1], (total + column) / PAGE[0])
    return {i: positions[i] for i in by_id}, made, shrink
