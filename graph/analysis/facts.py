"""What the measures start from: who is where, who works in what, as plain frames of ids with their sources.

The rules are those of the catalogue (`queries/cypher/`): a place of a company follows LOCATED_IN and HOSTS and then
PART_OF and LOCATED_IN upwards; headquarters in two places of a level are a contradiction, kept on both; the root
``segment:人工智能`` counts in no coverage; distinct ids are counted.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.analysis.tables import records

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["ROOT", "above", "layers_of_segments", "links", "names_of", "seats", "things", "works_in"]

ROOT = "segment:人工智能"
"""The root of the chain: no segment of its own."""
_UP = ("PART_OF", "LOCATED_IN")
_LINK_COLUMNS = ["subject", "object", "type", "sources"]


def things(graph: KnowledgeGraph, *labels: str) -> pd.DataFrame:
    """Nodes of these labels (all, where none is given): `id`, `name`, `label`, sorted by id."""
    return graph.once(("things", labels), lambda: _things(graph, labels)).copy(deep=False)


def _things(graph: KnowledgeGraph, labels: tuple[str, ...]) -> pd.DataFrame:
    wanted = labels or tuple(graph.nodes)
    parts = [graph.nodes[label][["id", "name"]].assign(label=label) for label in wanted if label in graph.nodes]
    if not parts:
        return pd.DataFrame({"id": [], "name": [], "label": []}, dtype=object)
    return pd.concat(parts).astype(object).sort_values("id", ignore_index=True)


def names_of(graph: KnowledgeGraph, *labels: str) -> dict[str, str]:
    """Names by id."""
    found = things(graph, *labels)
    return dict(zip(found["id"], found["name"], strict=True))


def links(
    graph: KnowledgeGraph, *types: str, subjects: Iterable[str] = (), objects: Iterable[str] = ()
) -> pd.DataFrame:
    """Relations of these types: `subject`, `object`, `type`, `sources` (lists); ends of the given labels only.

    >>> links(graph, "FOCUSES_ON", subjects=["Park"], objects=["ChainSegment"])  # doctest: +SKIP
    """
    parts = [
        graph.edges[name][["subject", "object", "sources"]].assign(type=name) for name in types if name in graph.edges
    ]
    if not parts:
        return pd.DataFrame({name: [] for name in _LINK_COLUMNS}, dtype=object)
    found = pd.concat(parts, ignore_index=True)[_LINK_COLUMNS].astype(object)
    for column, labels in (("subject", tuple(subjects)), ("object", tuple(objects))):
        if labels:
            found = found[found[column].isin(set(things(graph, *labels)["id"]))]
    return found.reset_index(drop=True)


def above(graph: KnowledgeGraph, *types: str, hops: int = 5) -> dict[str, dict[str, list[str]]]:
    """Everything that a node lies in, itself included, with the sources of the steps on the way: ``{id: {ancestor: sources}}``.

    `types` are PART_OF and LOCATED_IN by default, at most `hops` steps. Nodes without a step up are left out: they lie
    in themselves alone. Two ways to one ancestor (city → region, city → province → region) are one entry. Made once a
    graph: do not write into it.
    """
    return graph.once(("above", types, hops), lambda: _above(graph, types, hops))


def _above(graph: KnowledgeGraph, types: tuple[str, ...], hops: int) -> dict[str, dict[str, list[str]]]:
    up: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    companies = set(graph.nodes["Company"]["id"]) if "Company" in graph.nodes else set()
    for row in records(links(graph, *(types or _UP))):
        if row.subject not in companies:
            up[row.subject].append((row.object, list(row.sources)))
    found: dict[str, dict[str, list[str]]] = {}
    for start in up:
        reached: dict[str, list[str]] = {start: []}
        edge = [start]
        for _ in range(hops):
            further = []
            for node in edge:
                for target, sources in up.get(node, ()):
                    if target not in reached:
                        reached[target] = sorted({*reached[node], *sources})
                        further.append(target)
            edge = further
        found[start] = reached
    return found


def seats(graph: KnowledgeGraph, level: str = "City", label: str = "Company") -> pd.DataFrame:
    """Where things of a label are: one row per thing and place of the level, `id`, `place`, `disputed`, `sources`.

    `level` is a label of places (City, Province, Region, Country, District) or Park. `disputed` says that the headquarters
    are recorded at two spots that share no place of this level. Things whose place is not recorded have no row.
    """
    return graph.once(("seats", level, label), lambda: _seats(graph, level, label)).copy(deep=False)


def _seats(graph: KnowledgeGraph, level: str, label: str) -> pd.DataFrame:
    of_level = set(things(graph, level)["id"])
    of_label = set(things(graph, label)["id"])
    ways = above(graph)
    spots: list[tuple[str, str, list[str], bool]] = []
    if "LOCATED_IN" in graph.edges:
        frame = graph.edges["LOCATED_IN"]
        role = frame["role"].astype(object) if "role" in frame else pd.Series(None, index=frame.index, dtype=object)
        for subject, target, cited, what in zip(frame["subject"], frame["object"], frame["sources"], role, strict=True):
            if subject in of_label:
                spots.append((subject, target, list(cited), isinstance(what, str) and what == "headquarters"))
    hosted = records(links(graph, "HOSTS"))
    spots += [(row.object, row.subject, list(row.sources), False) for row in hosted if row.object in of_label]
    cited_at: dict[tuple[str, str], set[str]] = defaultdict(set)
    # Places of the level, by spot of the headquarters: one city lies in several regions, which is no contradiction.
    homes: dict[str, set[frozenset[str]]] = defaultdict(set)
    for thing, spot, cited, is_head in spots:
        reached = {place: way for place, way in ways.get(spot, {spot: []}).items() if place in of_level}
        for place, way in reached.items():
            cited_at[thing, place].update(cited, way)
        if is_head and reached:
            homes[thing].add(frozenset(reached))
    disputed = {
        thing for thing, spots_of in homes.items() if any(a.isdisjoint(b) for a, b in combinations(spots_of, 2))
    }
    rows = [(thing, place, thing in disputed, sorted(cited)) for (thing, place), cited in sorted(cited_at.items())]
    return pd.DataFrame(rows, columns=["id", "place", "disputed", "sources"])


def works_in(
    graph: KnowledgeGraph, *, roll_up: bool = False, objects: Iterable[str] = ("ChainSegment",)
) -> pd.DataFrame:
    """What companies work in: one row per company and segment, `id`, `segment`, `sources`; the root is left out.

    OPERATES_IN and REPRESENTATIVE_OF are read. With `roll_up` a company counts for the broader segments too.
    """
    objects = tuple(objects)
    return graph.once(("works_in", roll_up, objects), lambda: _works_in(graph, roll_up, objects)).copy(deep=False)


def _works_in(graph: KnowledgeGraph, roll_up: bool, objects: tuple[str, ...]) -> pd.DataFrame:
    found = links(graph, "OPERATES_IN", "REPRESENTATIVE_OF", subjects=["Company"], objects=objects)
    wanted = set(things(graph, *objects)["id"])
    ways = above(graph, "PART_OF") if roll_up else {}
    cited_at: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in records(found):
        for segment, way in ways.get(row.object, {row.object: []}).items():
            if segment in wanted and segment != ROOT:
                cited_at[row.subject, segment].update(row.sources, way)
    rows = [(company, segment, sorted(cited)) for (company, segment), cited in sorted(cited_at.items())]
    return pd.DataFrame(rows, columns=["id", "segment", "sources"])


def layers_of_segments(graph: KnowledgeGraph) -> dict[str, list[str]]:
    """Ids of the layers (基础层, 技术层, 应用层) that a segment belongs to, over at most three steps of PART_OF."""
    layers = set(things(graph, "ChainLayer")["id"])
    return {
        node: sorted(layers & set(reached))
        for node, reached in above(graph, "PART_OF", hops=3).items()
        if node not in layers
    }
