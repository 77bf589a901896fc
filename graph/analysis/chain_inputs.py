"""What the measures of the chain start from: its segments, the pairs of them, firms of a place, what is said of a place.

The segments of a chain are those directly under a layer, in the graph or in the scheme that ships with aikg; a segment
below another one is a refinement. A graph that has none of either takes all its segments. The root counts nowhere.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis.facts import ROOT, above, layers_of_segments, links, names_of, seats, things, works_in
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.ontology.concepts import load_concepts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "BASES",
    "FOLLOWED",
    "Firms",
    "chain_segments",
    "doubtful",
    "firms_of",
    "layer_of",
    "level_of",
    "seats_with_municipalities",
    "segment_pairs",
    "segments_of",
    "stated_in",
]

BASES = ("stated", "use", "layers")
"""Why one segment is taken to be upstream of another: a source says so; a scenario of the one uses the other; order of layers."""
FOLLOWED = ("closeMatch", "broadMatch")
"""Mappings of the concordance under which a word stands for a segment: the same thing, or the segment is wider."""
_SAYS = ("FOCUSES_ON", "USES_TECHNOLOGY", "PILLAR_INDUSTRY")
_SPEAKERS = ("City", "District", "Park", "Policy", "Province", "Region", "Country")

Sourced = dict[tuple[str, str], dict[str, list[str]]]


def level_of(graph: KnowledgeGraph, place: str) -> str:
    """Label of a place: City, Province …"""
    for label in ("City", "Province", "Region", "Country", "District"):
        if label in graph.nodes and place in set(graph.nodes[label]["id"]):
            return label
    raise KeyError(place)


def chain_segments(graph: KnowledgeGraph, layer: str | None = None) -> list[str]:
    """Ids of the segments that coverage counts, in the order of the scheme, then by id; of one layer if given.

    Raises QueryError for a layer that the graph does not have.
    """
    held = sorted(set(things(graph, "ChainSegment")["id"]) - {ROOT})
    in_layer = layers_of_segments(graph)
    direct = set(links(graph, "PART_OF", subjects=["ChainSegment"], objects=["ChainLayer"])["subject"])
    scheme = {concept.id: (at, concept.layer) for at, concept in enumerate(load_concepts().segments())}
    chosen = [s for s in held if s in direct or s in scheme] or held
    if layer:
        wanted = find(graph, layer, "ChainLayer")[0]
        chosen = [s for s in chosen if wanted in in_layer.get(s, ()) or scheme.get(s, (0, None))[1] == wanted]
    return sorted(chosen, key=lambda s: (scheme.get(s, (len(scheme), None))[0], s))


def layer_of(graph: KnowledgeGraph, segments: Iterable[str]) -> dict[str, list[str]]:
    """Names of the layers of segments, from the graph, else from the scheme."""
    names = names_of(graph, "ChainLayer")
    recorded = layers_of_segments(graph)
    found = {}
    for segment in segments:
        concept = load_concepts().get(segment)
        layers = recorded.get(segment) or ([concept.layer] if concept and concept.layer else [])
        found[segment] = [names.get(layer, layer.partition(":")[2]) for layer in layers]
    return found


def segments_of(
    graph: KnowledgeGraph, segments: Iterable[str], *, roll_up: bool = True
) -> dict[str, dict[str, list[str]]]:
    """For each segment, technology, field and industry: which of the `segments` it stands for, and by which sources.

    It is one of them (then it stands for itself only, though 智能医疗 is part of 智慧城市), or (with `roll_up`) lies in one over
    PART_OF, or the concordance maps it to one (`FOLLOWED`; no source).
    """
    wanted = set(segments)
    ways = above(graph, "PART_OF", hops=3) if roll_up else {}
    found: dict[str, dict[str, list[str]]] = {}
    for node in things(graph, "ChainSegment", "Technology", "ApplicationField", "Industry")["id"]:
        if node in wanted:
            found[node] = {node: []}
            continue
        reached = {s: way for s, way in ways.get(node, {}).items() if s in wanted}
        if not reached:
            for kind, target in load_concepts().mappings(node):
                if kind in FOLLOWED:
                    spots = {target: []} if target in wanted else ways.get(target, {})
                    reached |= {s: list(way) for s, way in spots.items() if s in wanted}
        if reached:
            found[node] = dict(sorted(reached.items()))
    return found


@dataclass(frozen=True)
class Firms:
    """Firms of one level: `at[place, segment]` is {firm: sources}; `doubtful` holds (firm, place) with disputed headquarters."""

    at: Sourced
    doubtful: set[tuple[str, str]] = field(default_factory=set)

    def table(self, segments: Iterable[str], *, sure: bool = False) -> pd.DataFrame:
        """Place x segment numbers of distinct firms; with `sure` those with disputed headquarters are left out."""
        columns = list(segments)
        rows = {}
        for place in sorted({place for place, _ in self.at}):
            rows[place] = [
                sum(not sure or (firm, place) not in self.doubtful for firm in self.at.get((place, s), ()))
                for s in columns
            ]
        return pd.DataFrame.from_dict(rows, orient="index", columns=columns).astype("int64")

    def sources(self, place: str, segments: Iterable[str]) -> list[str]:
        """Sources of the firms of a place in these segments."""
        return sorted({entry for s in segments for said in self.at.get((place, s), {}).values() for entry in said})


def firms_of(graph: KnowledgeGraph, level: str, *, roll_up: bool = False) -> Firms:
    """Firms by place of a level and segment. Province includes the cities that are provinces (北京, adcode 110000)."""
    work: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for row in records(works_in(graph, roll_up=roll_up)):
        work[row.id].append((row.segment, row.sources))
    at: Sourced = defaultdict(dict)
    for row in records(seats_with_municipalities(graph, level)):
        for segment, said in work.get(row.id, ()):
            at[row.place, segment][row.id] = sorted({*row.sources, *said})
    return Firms(dict(at), doubtful(graph, {place for place, _ in at}))


def seats_with_municipalities(graph: KnowledgeGraph, level: str) -> pd.DataFrame:
    """`facts.seats`; Province includes the cities that are provinces."""
    found = seats(graph, level)
    if level == "Province":
        cities = seats(graph, "City")
        found = pd.concat([found, cities[cities["place"].str.fullmatch(r"city:\d{2}0000")]], ignore_index=True)
    return found


def doubtful(graph: KnowledgeGraph, places: set[str]) -> set[tuple[str, str]]:
    """(firm, place) where the firm has headquarters in several cities by different sources, and not all of them lie in the place.

    A site or a park that hosts the firm puts it in the place in any case.
    """
    frame = graph.edges.get("LOCATED_IN")
    if frame is None or "role" not in frame:
        return set()
    ways, cities, firms = above(graph), set(things(graph, "City")["id"]), set(things(graph, "Company")["id"])
    homes: dict[str, list[set[str]]] = defaultdict(list)
    always: dict[str, set[str]] = defaultdict(set)
    for firm, spot, role in zip(frame["subject"], frame["object"], frame["role"].astype(object), strict=True):
        if firm in firms:
            reached = set(ways.get(spot, {spot: []}))
            if isinstance(role, str) and role == "headquarters" and reached & cities:
                homes[firm].append(reached)
            else:
                always[firm] |= reached
    for row in records(links(graph, "HOSTS", objects=["Company"])):
        always[row.object] |= set(ways.get(row.subject, {row.subject: []}))
    found = set()
    for firm, heads in homes.items():
        if len({city for reached in heads for city in reached & cities}) > 1:
            somewhere, everywhere = set().union(*heads), set.intersection(*heads)
            found |= {(firm, place) for place in (somewhere - everywhere - always[firm]) & places}
    return found


def stated_in(graph: KnowledgeGraph, place: str, *, roll_up: bool = False) -> dict[str, dict[str, list[str]]]:
    """What a place, its districts, cities and parks, or policies of these say of segments: {segment: {speaker: sources}}.

    A ministry that sits in a city does not speak for it, nor does a province for its cities.
    """
    ways = above(graph)
    inside = {node: way[place] for node, way in ways.items() if place in way} | {place: []}
    ministries = set(things(graph, "Institution")["id"])
    speakers = {node: said for node, said in inside.items() if node not in ministries}
    for row in records(links(graph, "APPLIES_TO", "ISSUED_BY", subjects=["Policy"])):
        if row.object in speakers:
            speakers[row.subject] = sorted({*speakers.get(row.subject, ()), *speakers[row.object], *row.sources})
    up = above(graph, "PART_OF", hops=3) if roll_up else {}
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(links(graph, *_SAYS, subjects=_SPEAKERS)):
        if row.subject not in speakers:
            continue
        for segment, way in up.get(row.object, {row.object: []}).items():
            said = {*found[segment].get(row.subject, ()), *row.sources, *way, *speakers[row.subject]}
            found[segment][row.subject] = sorted(said)
    return dict(found)


def segment_pairs(
    graph: KnowledgeGraph, segments: Iterable[str], *, roll_up: bool = False, via_layers: bool = False
) -> pd.DataFrame:
    """Pairs upstream -> downstream among the segments: `upstream`, `downstream`, `basis` (see `BASES`), `via` (list), `sources`.

    `stated`: UPSTREAM_OF between the two. `use`: a scenario (or field) of the downstream segment uses the upstream one (USES_TECHNOLOGY);
    technologies and fields stand for the segment that they are part of, or that the concordance maps them to. `layers`, on request:
    each segment of a layer that is stated upstream of a layer, with each of the other. A pair has the first basis that holds.
    """
    chosen = list(segments)
    of = segments_of(graph, chosen)
    exact = {s: {s: []} for s in chosen} if not roll_up else of
    ends: dict[tuple[str, str, str], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))

    def pair(up: str, down: str, basis: str, via: Iterable[str], said: Iterable[str]) -> None:
        if up != down:
            ends[up, down, basis][0].update(via)
            ends[up, down, basis][1].update(said)

    upstream = links(graph, "UPSTREAM_OF")
    for row in records(upstream):
        for up, way in exact.get(row.subject, {}).items():
            for down, other in exact.get(row.object, {}).items():
                pair(up, down, "stated", (), {*row.sources, *way, *other})
    homes: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    for row in records(links(graph, "PART_OF", subjects=["ApplicationScenario"])):
        for down, way in of.get(row.object, {}).items():
            homes[row.subject].append((down, [*row.sources, *way]))
    for name in things(graph, "ApplicationField")["id"]:
        homes[name] += [(down, way) for down, way in of.get(name, {}).items()]
    for row in records(links(graph, "USES_TECHNOLOGY")):
        for up, way in of.get(row.object, {}).items():
            for down, other in homes.get(row.subject, ()):
                pair(up, down, "use", [row.subject], {*row.sources, *way, *other})
    if via_layers:
        layers = {s: set(ids) for s, ids in layers_of_segments(graph).items()}
        for s in chosen:
            concept = load_concepts().get(s)
            layers.setdefault(s, {concept.layer} if concept and concept.layer else set())
        stated = upstream[upstream["subject"].isin(set(things(graph, "ChainLayer")["id"]))]
        for row in records(stated):
            for up in chosen:
                for down in chosen:
                    if row.subject in layers[up] and row.object in layers[down]:
                        pair(up, down, "layers", [row.subject, row.object], row.sources)
    rows, seen = [], set()
    for up, down, basis in sorted(ends, key=lambda key: (key[0], key[1], BASES.index(key[2]))):
        if (up, down) not in seen:
            seen.add((up, down))
            via, said = ends[up, down, basis]
            rows.append((up, down, basis, sorted(via), sorted(said)))
    return pd.DataFrame(rows, columns=["upstream", "downstream", "basis", "via", "sources"])
