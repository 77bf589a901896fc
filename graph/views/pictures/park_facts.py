"""What a graph records of its parks: where they are, what they focus on, what they hold, and which of them are drawn.

The rules are those of the catalogue (`queries/cypher/clusters/`): a park lies where LOCATED_IN and PART_OF lead in at
most four steps; the root 人工智能, which nearly every park names, is no focus of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import ROOT, above, things
from aikg.graph.analysis.names import find
from aikg.graph.views.details import plain
from aikg.graph.views.recorded import Conflicts, conflicts_by_node, linked, rows_by_id
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["FOCUS_LABELS", "Focus", "Parks", "choose_parks", "in_order", "park_facts"]

FOCUS_LABELS = ("ChainSegment", "Technology", "Industry", "ApplicationField", "ApplicationScenario")
_LEVELS = ("City", "District", "Province", "Region")
_HELD = ("Company", "Institution", "University", "ComputeCenter", "ApplicationScenario", "ApplicationField")


@dataclass
class Focus:
    """A focus of a park: the wordings of the sources, and the sources."""

    texts: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


@dataclass
class Parks:
    """Everything that is recorded of parks, by id of the park. `name` and `label` are of all nodes of the graph."""

    name: dict[str, str]
    label: dict[str, str]
    rows: dict[str, dict[str, Any]]
    where: dict[str, dict[str, list[str]]]
    """Places by level (City, District, Province, Region); a level that is missing is not recorded."""
    focus: dict[str, dict[str, Focus]]
    """Focuses without the root."""
    broad: dict[str, list[str]]
    """Sources by which a park names 人工智能 as such."""
    within: dict[str, list[str]]
    held: dict[str, list[str]]
    figures: dict[str, list[dict[str, Any]]]
    designations: dict[str, list[str]]
    conflicts: dict[str, Conflicts]

    def cities(self, park: str) -> list[str]:
        return self.where[park].get("City", [])

    def place(self, park: str) -> str:
        """The first city of a park, for grouping; "" where none is recorded."""
        return next(iter(self.cities(park)), "")

    def recorded(self, park: str) -> int:
        """How many facts are recorded of a park."""
        parts = (self.focus, self.held, self.figures, self.designations, self.conflicts)
        return sum(len(part.get(park, ())) for part in parts)


def park_facts(graph: KnowledgeGraph, lang: str) -> Parks:
    """Read all parks of a graph; `lang` is the language of what contradictions are called."""
    every = things(graph)
    name, label = (
        dict(zip(every["id"], every["name"], strict=True)),
        dict(zip(every["id"], every["label"], strict=True)),
    )
    rows = rows_by_id(graph, "Park")
    ways = above(graph, hops=4)
    where: dict[str, dict[str, list[str]]] = {}
    for park in rows:
        by_level: dict[str, list[str]] = defaultdict(list)
        for place in ways.get(park, {}):
            if label.get(place) in _LEVELS:
                by_level[label[place]].append(place)
        where[park] = {level: sorted(found) for level, found in by_level.items()}
    focus, broad = _focuses(graph, set(rows))
    within = _grouped((one, other) for one, other, _ in linked(graph, "PART_OF", subjects=["Park"], objects=["Park"]))
    held = [(park, one) for park, one, _ in linked(graph, "HOSTS", subjects=["Park"])]
    held += [(park, one) for one, park, _ in linked(graph, "LOCATED_IN", subjects=_HELD, objects=["Park"])]
    designated = [(park, one) for park, one, _ in linked(graph, "DESIGNATED_AS", subjects=["Park"])]
    observations = rows_by_id(graph, "Observation")
    figures: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for park, one, _ in linked(graph, "OBSERVED", subjects=["Park"]):
        if one in observations:
            figures[park].append(observations[one])
    for found in figures.values():
        found.sort(
            key=lambda o: (str(o.get("indicator") or o["name"]), str(o.get("unit")), str(o.get("period")), o["id"])
        )
    return Parks(
        name=name,
        label=label,
        rows=rows,
        where=where,
        focus=focus,
        broad=broad,
        within=within,
        held=_grouped(held),
        figures=dict(figures),
        designations=_grouped(designated),
        conflicts=conflicts_by_node(graph, lang),
    )


def choose_parks(
    graph: KnowledgeGraph, facts: Parks, *, city: str = "", province: str = "", segment: str = "", park: str = ""
) -> tuple[list[str], str]:
    """Ids of the parks asked for, by id, and the id of the focus asked for ("" for none).

    With `segment` a park counts whose focus is that concept or one below it (at most three steps). Raises QueryError
    with near names for what the graph does not know, and where no park fits.
    """
    chosen = sorted(facts.rows)
    asked = []
    for text, level in ((city, "City"), (province, "Province")):
        if text:
            place, name = find(graph, text, level)
            asked.append(name)
            chosen = [one for one in chosen if place in facts.where[one].get(level, ())]
    wanted = ""
    if segment:
        wanted, name = find(graph, segment, *FOCUS_LABELS)
        asked.append(name)
        ways = above(graph, "PART_OF", hops=3)
        below = {wanted, *(node for node, reached in ways.items() if wanted in reached)}
        chosen = [one for one in chosen if below & {*facts.focus.get(one, ()), *([ROOT] if one in facts.broad else [])}]
    if park:
        one, name = find(graph, park, "Park")
        asked.append(name)
        chosen = [one] if one in chosen else []
    if asked and not chosen:
        listed = "、".join(asked)
        raise QueryError(
            say(
                f"no park is recorded for {listed} (not recorded, which is not none)",
                f"未见{listed}的园区的记载（不等于没有）",
            )
        )
    return chosen, wanted


def _focuses(graph: KnowledgeGraph, parks: set[str]) -> tuple[dict[str, dict[str, Focus]], dict[str, list[str]]]:
    frame = graph.edges.get("FOCUSES_ON")
    focus: dict[str, dict[str, Focus]] = defaultdict(dict)
    broad: dict[str, list[str]] = {}
    if frame is None:
        return focus, broad
    texts = frame["text"].tolist() if "text" in frame else [None] * len(frame)
    rows = zip(frame["subject"], frame["object"], texts, frame["sources"], strict=True)
    for park, target, text, sources in sorted(rows, key=lambda row: (row[0], row[1], str(row[2]))):
        if park not in parks:
            continue
        cited = [str(entry) for entry in plain(sources) or ()]
        if target == ROOT:
            broad[park] = sorted({*broad.get(park, ()), *cited})
            continue
        found = focus[park].setdefault(target, Focus())
        if (said := plain(text)) and said not in found.texts:
            found.texts.append(said)
        found.sources = sorted({*found.sources, *cited})
    return dict(focus), broad


def _grouped(pairs: Any) -> dict[str, list[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return {one: sorted(others) for one, others in found.items()}


def in_order(facts: Parks, parks: Sequence[str]) -> list[str]:
    """Parks of the cities with most of them first; in a city those with most focuses first. Without a city last."""
    count: dict[str, int] = defaultdict(int)
    for park in parks:
        count[facts.place(park)] += 1
    return sorted(
        parks,
        key=lambda p: (
            not facts.place(p),
            -count[facts.place(p)],
            facts.place(p),
            -len(facts.focus.get(p, ())),
            facts.name[p],
            p,
        ),
    )
