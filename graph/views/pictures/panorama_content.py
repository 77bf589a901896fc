"""What the panorama of the chain shows: lanes, boxes and firms, what a place has of them, and what flows where.

A lane is a layer, a box a segment. Which layer a segment belongs to is what the graph records, else what the scheme of
the ontology says; segments of neither stand in a lane of their own. A segment below another one follows its broader one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.centrality import centrality
from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.chain_inputs import (
    chain_segments,
    layer_of,
    level_of,
    seats_with_municipalities,
    segment_pairs,
    stated_in,
)
from aikg.graph.analysis.cluster_published import Published, published
from aikg.graph.analysis.coverage import segment_state
from aikg.graph.analysis.facts import ROOT, layers_of_segments, links, things, works_in
from aikg.graph.analysis.names import find_place
from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import layers_in_order
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "SHARE",
    "Box",
    "Lane",
    "Panorama",
    "Place",
    "firms_of_root",
    "homes_of",
    "lane_ids",
    "panorama_of",
    "place_of",
    "published_shares",
]

SHARE = "泛人工智能企业占比"
"""The indicator of the ontology that gives the share of a layer among a place's firms."""
_SPEAK = ("FOCUSES_ON", "USES_TECHNOLOGY", "PILLAR_INDUSTRY")
_SPEAKERS = ("City", "District", "Park", "Policy", "Province", "Region", "Country")


@dataclass
class Box:
    """A segment: its firms (ids with sources) and who names it (ids with sources).

    `under` is the broader segment that it follows, `narrower` are those below it. A box without an `id` holds the firms
    of a layer that no segment is recorded for.
    """

    id: str
    firms: dict[str, list[str]]
    named_by: dict[str, list[str]]
    layer_sources: list[str] = field(default_factory=list)
    under: str = ""
    narrower: list[str] = field(default_factory=list)


@dataclass
class Lane:
    """A layer: boxes with firms, then those without; `id` is "" for segments that belong to no layer."""

    id: str
    name: str
    boxes: list[Box] = field(default_factory=list)
    named: list[Box] = field(default_factory=list)

    def firms(self) -> set[str]:
        return {firm for box in self.boxes for firm in box.firms}


@dataclass(frozen=True)
class Place:
    """A place beside the chain: for each segment its state, firms (ids with sources), quotient and who names it.

    `seated` are all its firms, with the sources of their place.
    """

    id: str
    name: str
    states: dict[str, str]
    firms: dict[str, dict[str, list[str]]]
    quotients: dict[str, float]
    sure: dict[str, int]
    named_by: dict[str, dict[str, list[str]]]
    seated: dict[str, list[str]]

    def firms_of(self, box: Box) -> dict[str, list[str]]:
        """Firms of a box that are here."""
        if box.id:
            return self.firms.get(box.id, {})
        return {firm: sorted({*said, *self.seated[firm]}) for firm, said in box.firms.items() if firm in self.seated}


@dataclass
class Panorama:
    """Lanes from upstream to downstream; `flows` are what UPSTREAM_OF states (subject, object, sources), `pairs` those of segments
    with their basis; `rank` puts the most connected firms first.
    """

    lanes: list[Lane]
    flows: list[tuple[str, str, list[str]]]
    pairs: list[Any]
    rank: dict[str, int]

    def shown(self) -> list[Box]:
        return [box for lane in self.lanes for box in (*lane.boxes, *lane.named)]


def panorama_of(graph: KnowledgeGraph) -> Panorama:
    """Everything of the chain that the graph records; empty lanes for layers without anything."""
    segments = [s for s in things(graph, "ChainSegment")["id"] if s != ROOT]
    lanes = _lanes(graph)
    firms: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(works_in(graph)):
        firms[row.segment][row.id] = row.sources
    named: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(links(graph, *_SPEAK, subjects=_SPEAKERS)):
        named[row.object][row.subject] = sorted({*named[row.object].get(row.subject, ()), *row.sources})
    broader = _broader(graph, segments)
    homes = _homes(graph, segments, lanes, broader)
    direct = _direct(graph)
    by_lane: dict[str, dict[str, Box]] = {lane.id: {} for lane in lanes}
    for s in segments:
        for home in homes[s]:
            by_lane[home][s] = Box(s, firms[s], named[s], direct.get((s, home), []))
    for lane in lanes:
        _arrange(lane, by_lane[lane.id], broader, set(chain_segments(graph)))
    _without_segment(graph, lanes, {firm for of in firms.values() for firm in of})
    flows = [(row.subject, row.object, sorted(row.sources)) for row in records(links(graph, "UPSTREAM_OF"))]
    pairs = list(records(segment_pairs(graph, chain_segments(graph))))
    return Panorama([lane for lane in lanes if lane.id or lane.boxes or lane.named], sorted(flows), pairs, _rank(graph))


def lane_ids(graph: KnowledgeGraph) -> list[str]:
    """Ids of the layers from upstream to downstream, and "" for none."""
    return [lane.id for lane in _lanes(graph)]


def homes_of(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """The layers of each segment as the panorama shows them; [""] where none is known."""
    segments = [s for s in things(graph, "ChainSegment")["id"] if s != ROOT]
    return _homes(graph, segments, _lanes(graph), _broader(graph, segments))


def firms_of_root(graph: KnowledgeGraph) -> set[str]:
    """Firms that sources place in 人工智能 and in no segment or layer of it: no box has room for them, so that notes count them."""
    said = links(graph, "OPERATES_IN", "REPRESENTATIVE_OF", subjects=["Company"])
    placed = set(works_in(graph)["id"]) | set(works_in(graph, objects=("ChainLayer",))["id"])
    return set(said[said["object"] == ROOT]["subject"]) - placed


def _lanes(graph: KnowledgeGraph) -> list[Lane]:
    return [*(Lane(node, name) for node, name in layers_in_order(graph)), Lane("", "")]


def _homes(
    graph: KnowledgeGraph, segments: Iterable[str], lanes: list[Lane], broader: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Lanes of each segment: as recorded, else as in the scheme, else those of its broader segment."""
    recorded, known = layers_of_segments(graph), {lane.id for lane in lanes}
    ids = {lane.name: lane.id for lane in lanes}
    by_scheme = layer_of(graph, segments)
    found = {}
    for s in segments:
        scheme = [ids[name] for name in by_scheme[s] if name in ids]
        found[s] = [lane for lane in (recorded.get(s) or scheme) if lane in known]
    placed: dict[str, list[str]] = {}
    for s in found:
        at, seen = s, {s}
        while not found[at] and (up := [b for b in broader.get(at, ()) if b not in seen]):
            at = up[0]
            seen.add(at)
        placed[s] = found[at] or [""]
    return placed


def _broader(graph: KnowledgeGraph, segments: list[str]) -> dict[str, list[str]]:
    known, found = set(segments), defaultdict(list)
    for row in records(links(graph, "PART_OF", subjects=["ChainSegment"], objects=["ChainSegment"])):
        if row.object in known:
            found[row.subject].append(row.object)
    for s in segments:
        concept = load_concepts().get(s)
        if s not in found and concept is not None and concept.broader in known:
            found[s].append(str(concept.broader))
    return {s: sorted(of) for s, of in found.items()}


def _direct(graph: KnowledgeGraph) -> dict[tuple[str, str], list[str]]:
    found = links(graph, "PART_OF", subjects=["ChainSegment"], objects=["ChainLayer"])
    return {(row.subject, row.object): sorted(row.sources) for row in records(found)}


def _arrange(lane: Lane, boxes: dict[str, Box], broader: dict[str, list[str]], top: set[str]) -> None:
    """Boxes with firms, most first, each followed by its narrower ones; those without firms apart, in the same order."""
    children: dict[str, list[str]] = defaultdict(list)
    for s in sorted(boxes):
        above = [b for b in broader.get(s, ()) if b in boxes and b != s]
        if s not in top and above and not _circular(s, above[0], broader, boxes):
            children[above[0]].append(s)
        else:
            children[""].append(s)

    def many(s: str) -> int:
        return len(boxes[s].firms) + sum(many(child) for child in children[s])

    def order(s: str) -> tuple[int, bool, str]:
        return -many(s), not boxes[s].named_by, s

    behind: list[Box] = []  # those below a segment with firms stand behind those that are no part of another

    def place(s: str, under: str, follows: list[Box]) -> None:
        box = boxes[s]
        box.under, box.narrower = under, sorted(children[s])
        (lane.boxes if box.firms else follows).append(box)
        for child in sorted(children[s], key=order):
            place(child, s, behind if box.firms else follows)

    for s in sorted(children[""], key=order):
        place(s, "", lane.named)
    lane.named += behind


def _circular(start: str, at: str, broader: dict[str, list[str]], boxes: dict[str, Box]) -> bool:
    """Whether the way up from a segment comes back to it: bad data, which must not make it disappear."""
    seen = {start}
    while True:
        if at in seen:
            return True
        seen.add(at)
        up = [b for b in broader.get(at, ()) if b in boxes]
        if not up:
            return False
        at = up[0]


def _without_segment(graph: KnowledgeGraph, lanes: list[Lane], known: set[str]) -> None:
    of_layer: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(works_in(graph, objects=("ChainLayer",))):
        if row.id not in known:
            of_layer[row.segment][row.id] = row.sources
    for lane in lanes:
        if of_layer.get(lane.id):
            lane.boxes.append(Box("", of_layer[lane.id], {}))


def _rank(graph: KnowledgeGraph) -> dict[str, int]:
    """Place of each firm by degree (`centrality`), most neighbours first, then by id."""
    try:
        found = centrality(graph, "degree", of=["Company"], directed=False)
    except QueryError:  # no relation at all
        return {}
    ordered = sorted(zip(found["value"], found["id"], strict=True), key=lambda pair: (-pair[0], pair[1]))
    return {node: at for at, (_, node) in enumerate(ordered)}


def place_of(graph: KnowledgeGraph, text: str, shown: Iterable[str]) -> Place:
    """What a place has of the segments `shown`. QueryError, with near names, for an unknown place.

    Segments of the chain have the state of `Chain.states`; the others are judged by the same rule (`segment_state`).
    """
    here, name = find_place(graph, text)
    chain = Chain(graph)
    counted = chain.counted(level_of(graph, here))
    states = {row.id: row for row in records(chain.states(here))}
    said, quotients = stated_in(graph, here), chain.quotients(here)
    level = level_of(graph, here)
    spots = seats_with_municipalities(graph, level)
    seated = {row.id: row.sources for row in records(spots[spots["place"] == here])}
    found = Place(here, name, {}, {}, {}, {}, {}, seated)
    for s in sorted({*shown, *states}):
        firms = counted.at.get((here, s), {})
        lq = float(quotients.get(s, math.nan))
        found.firms[s] = firms
        found.quotients[s] = lq if firms else math.nan
        found.named_by[s] = said.get(s, {})
        found.sure[s] = sum((firm, here) not in counted.doubtful for firm in firms)
        known = states.get(s)
        found.states[s] = known.state if known else segment_state(len(firms), lq, stated=bool(said.get(s)))
    return found


def published_shares(graph: KnowledgeGraph, place: str, label: str) -> list[Published]:
    """What sources publish of `SHARE` by layer for a place, of the latest period; empty where nothing is published."""
    try:
        found = [one for one in published(graph, SHARE, [label]) if one.place == place and one.unit == "%"]
    except QueryError:
        return []
    layers = set(things(graph, "ChainLayer")["id"])
    found = [one for one in found if one.segment in layers]
    latest = max((one.period for one in found), default="")
    return [one for one in found if one.period == latest]
