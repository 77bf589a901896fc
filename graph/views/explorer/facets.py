"""By what a network is filtered: the layers of the chain, the places and the years that a node belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from aikg.graph.analysis.facts import above, layers_of_segments, things
from aikg.graph.views.details import plain
from aikg.graph.views.explorer.choose import cells

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.explorer.choose import Choice
    from aikg.ontology.schema import Schema

__all__ = ["PLACE_LABELS", "Facets", "facets", "year_of"]

PLACE_LABELS = ("Country", "Region", "Province", "City", "District")
# What says where something is. A policy lies where its issuer does only if a place itself issued it: ministries sit in
# Beijing and do not speak for it.
_SPOT = ("LOCATED_IN", "ISSUED_BY", "PART_OF", "DESIGNATED_AS")
_YEAR = re.compile(r"\d{4}")


@dataclass(slots=True)
class Facets:
    """For each drawn node, by id: ids of layers and places (all levels), and years; what is missing is not recorded."""

    layers: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, list[str]] = field(default_factory=dict)
    home: dict[str, str] = field(default_factory=dict)
    """The one place that the node stands at when the network is laid out by place: its city, else what is recorded."""
    year: dict[str, int] = field(default_factory=dict)
    """Of the node's own date: founded, issued, held, due."""
    as_of: dict[str, int] = field(default_factory=dict)
    """When the node was recorded, and each drawn relation (by its id)."""


@lru_cache(maxsize=4096)
def year_of(text: str | None) -> int | None:
    """The year of a date as text.

    >>> year_of("2023-03"), year_of("约三月")
    (2023, None)
    """
    found = _YEAR.match(text) if text is not None else None
    return int(found[0]) if found else None


def facets(graph: KnowledgeGraph, schema: Schema, choice: Choice) -> Facets:
    """Layers, places and years of everything that `choice` draws, read from the whole graph."""
    drawn = {node.id: node.label for node in choice.nodes}
    made = Facets()
    _layers(graph, choice, made)
    _places(graph, drawn, made)
    for label in sorted(set(drawn.values())):
        frame = graph.nodes[label]
        dated = [
            p.name
            for p in schema.node_columns(label).values()
            if p.datatype == "date" and p.name != "as_of" and p.name in frame
        ]
        own = [cells(frame[name]) for name in dated]
        for at, (i, as_of) in enumerate(zip(cells(frame["id"]), cells(frame["as_of"]), strict=True)):
            if drawn.get(i) != label:
                continue
            if (recorded := year_of(plain(as_of))) is not None:
                made.as_of[i] = recorded
            years = (year_of(plain(column[at])) for column in own)
            if (found := next((year for year in years if year is not None), None)) is not None:
                made.year[i] = found
    wanted = {edge.id for edge in choice.edges}
    for kind in sorted({edge.type for edge in choice.edges}):
        frame = graph.edges[kind]
        for i, as_of in zip(cells(frame["id"]), cells(frame["as_of"]), strict=True):
            if i in wanted and (recorded := year_of(plain(as_of))) is not None:
                made.as_of[i] = recorded
    return made


def _layers(graph: KnowledgeGraph, choice: Choice, made: Facets) -> None:
    """A layer's own members, and whatever is related to one of them; places belong to no layer."""
    under = {node: found for node, found in layers_of_segments(graph).items() if found}
    found: dict[str, set[str]] = defaultdict(set)
    for node in choice.nodes:
        if node.label == "ChainLayer":
            found[node.id].add(node.id)
        found[node.id].update(under.get(node.id, ()))
    member = {i for i, layers in found.items() if layers}
    kept = {node.id for node in choice.nodes if node.label not in PLACE_LABELS and node.id not in member}
    for edge in choice.edges:
        for one, other in ((edge.subject, edge.object), (edge.object, edge.subject)):
            if one in kept and other in member:
                found[one].update(found[other])
    made.layers = {i: sorted(layers) for i, layers in found.items() if layers}


def _places(graph: KnowledgeGraph, drawn: Mapping[str, str], made: Facets) -> None:
    label_of = {str(row.id): str(row.label) for row in things(graph, *PLACE_LABELS).itertuples(index=False)}
    ways = above(graph)
    spots: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for kind in _SPOT:
        if kind not in graph.edges:
            continue
        frame = graph.edges[kind]
        roles = cells(frame["role"]) if "role" in frame else [None] * len(frame)
        for subject, spot, role in zip(cells(frame["subject"]), cells(frame["object"]), roles, strict=True):
            if subject in drawn and (spot in label_of or kind == "LOCATED_IN"):
                main = isinstance(role, str) and role == "headquarters"
                spots[subject].append((0 if main else 1, spot))
    if "HOSTS" in graph.edges:
        frame = graph.edges["HOSTS"]
        for spot, subject in zip(cells(frame["subject"]), cells(frame["object"]), strict=True):
            if subject in drawn:
                spots[subject].append((1, spot))
    reached = {
        spot: [p for p in ways.get(spot, {spot: []}) if p in label_of]
        for spot in {s for all_ in spots.values() for _, s in all_}
    }
    level = {label: at for at, label in enumerate(("City", "District", "Province", "Region", "Country"))}
    for node, label in drawn.items():
        own = [node] if label in PLACE_LABELS else []
        found = list(dict.fromkeys([*own, *(p for _, spot in sorted(spots.get(node, ())) for p in reached[spot])]))
        if found:
            made.places[node] = sorted(found)
            # Where headquarters are disputed the first of them by id; the filter knows all of them.
            made.home[node] = node if own else min(found, key=lambda p: level[label_of[p]])
