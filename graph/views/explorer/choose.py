"""Which nodes and relations of a graph a picture draws: by label and relation, around a node, to a limit."""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aikg.graph.evidence import find_node
from aikg.graph.views.details import plain
from aikg.ontology.errors import SchemaError
from aikg.ontology.language import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.ontology.schema import Schema

__all__ = ["DEFAULT_LABELS", "Choice", "ChosenEdge", "ChosenNode", "cells", "choose", "rank_of"]

# Observations, conflicts, sources and the like are what the panel says about the node that they belong to.
# Drawn as nodes they outnumber everything else ten to one.
DEFAULT_LABELS = (
    "ChainLayer",
    "ChainSegment",
    "Technology",
    "Industry",
    "Company",
    "Country",
    "Region",
    "Province",
    "City",
    "Park",
    "ComputeCenter",
    "Policy",
)
# How early a node gets its label, and that it survives a cut: the skeleton of the picture before the firms.
_RANKS = {"ChainLayer": 4, "ChainSegment": 3, "Country": 2, "Region": 2, "Province": 1, "City": 1}


def rank_of(label: str) -> int:
    """How much of the picture's skeleton a label is; 0 for the crowd."""
    return _RANKS.get(label, 0)


@dataclass(frozen=True, slots=True)
class ChosenNode:
    """A node to draw. `degree` counts drawn relations; `rank` is above 0 for the skeleton of the picture."""

    id: str
    label: str
    name: str
    order: float | None = None
    rank: int = 0
    degree: int = 0


@dataclass(frozen=True, slots=True)
class ChosenEdge:
    """A relation to draw, between two chosen nodes."""

    id: str
    type: str
    subject: str
    object: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What is drawn, sorted by id, out of how many candidates, and around which node."""

    nodes: list[ChosenNode]
    edges: list[ChosenEdge]
    candidates: int
    center: ChosenNode | None
    absent: list[str]
    """Labels that were asked for and of which the graph holds no node."""


def choose(
    graph: KnowledgeGraph,
    schema: Schema,
    *,
    labels: Sequence[str] | None = None,
    relations: Sequence[str] | None = None,
    around: str | None = None,
    depth: int = 1,
    limit: int = 5000,
) -> Choice:
    """The part of `graph` to draw; see `aikg.graph.views.explorer.network.network` for the parameters.

    Raises GraphError for an unknown or ambiguous node, SchemaError for an unknown label or relation.
    """
    wanted = _known(labels, schema.labels, Said("label", "类型"))
    if wanted is None:
        wanted = [name for name in DEFAULT_LABELS if name in schema.labels]
    types = _known(relations, schema.relations, Said("relation", "关系"))
    center = None if around is None else find_node(graph, around)
    nodes = _nodes(graph, wanted, center)
    edges = _edges(graph, sorted(graph.edges) if types is None else types, nodes)
    distance = dict.fromkeys(nodes, 0) if center is None else _distances(center, edges, depth)
    edges = [edge for edge in edges if edge.subject in distance and edge.object in distance]
    degree = _degrees(edges)
    first = sorted(distance, key=lambda i: (distance[i], -nodes[i].rank, -degree[i], i))
    kept = set(first[:limit])
    edges = [edge for edge in edges if edge.subject in kept and edge.object in kept]
    degree = _degrees(edges)
    return Choice(
        nodes=[replace(nodes[i], degree=degree[i]) for i in sorted(kept)],
        edges=sorted(edges, key=lambda edge: edge.id),
        candidates=len(first),
        center=None if center is None else nodes[center],
        absent=[] if labels is None else [name for name in wanted if name not in graph.nodes],
    )


def cells(column: pd.Series[Any]) -> list[Any]:
    """The cells of a column, all at once: an Arrow-backed one takes fifty times as long one by one."""
    found: list[Any] = column.to_numpy(dtype=object).tolist()
    return found


def _known(given: Sequence[str] | None, known: Iterable[str], what: Said) -> list[str] | None:
    if given is None:
        return None
    names = sorted(known)
    listed = [given] if isinstance(given, str) else list(given)
    for name in listed:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
            hint = (
                say(f"did you mean {', '.join(near)}?", f"是不是 {'、'.join(near)}？")
                if near
                else say(f"known are {', '.join(names)}", f"可用的有 {'、'.join(names)}")
            )
            raise SchemaError(
                say(f"{what} {name!r} is not in the ontology; {hint}", f"本体里没有{what}“{name}”；{hint}")
            )
    return list(dict.fromkeys(listed))


def _nodes(graph: KnowledgeGraph, labels: Sequence[str], center: str | None) -> dict[str, ChosenNode]:
    """Nodes of these labels by id, and the centre whatever its label."""
    found: dict[str, ChosenNode] = {}
    for label, frame in graph.nodes.items():
        part = frame if label in labels else frame[frame["id"] == center]
        orders = cells(part["order"]) if "order" in part else [None] * len(part)
        for i, name, order in zip(cells(part["id"]), cells(part["name"]), orders, strict=True):
            value = plain(order)
            number = float(value) if isinstance(value, int | float) else None
            found[i] = ChosenNode(i, label, plain(name) or i, number, rank_of(label))
    return found


def _edges(graph: KnowledgeGraph, types: Sequence[str], nodes: Iterable[str]) -> list[ChosenEdge]:
    """Relations of these types between these nodes."""
    known = list(nodes)
    found: list[ChosenEdge] = []
    for kind in sorted(set(types) & set(graph.edges)):
        frame = graph.edges[kind]
        near = frame[frame["subject"].isin(known) & frame["object"].isin(known)]
        ends = zip(cells(near["id"]), cells(near["subject"]), cells(near["object"]), strict=True)
        found += [ChosenEdge(i, kind, subject, target) for i, subject, target in ends]
    return found


def _distances(center: str, edges: Iterable[ChosenEdge], depth: int) -> dict[str, int]:
    """Steps from the centre, in either direction of a relation, of all nodes within `depth`."""
    near: dict[str, list[str]] = defaultdict(list)
    for edge in edges:
        near[edge.subject].append(edge.object)
        near[edge.object].append(edge.subject)
    distance, front = {center: 0}, [center]
    for step in range(1, depth + 1):
        front = [other for node in front for other in near[node] if other not in distance]
        distance.update(dict.fromkeys(front, step))
        front = list(dict.fromkeys(front))
    return distance


def _degrees(edges: Iterable[ChosenEdge]) -> Counter[str]:
    return Counter(end for edge in edges for end in (edge.subject, edge.object))
