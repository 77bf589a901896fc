"""What a graph records of compute centres: where they are, and each figure of their power by unit and state.

The rules are those of the catalogue (`compute-centres`, `compute-by-region` in `queries/cypher/indicators/`): units and
states are never added up or converted; of several figures of one centre in one state the largest counts, for what is in
operation the one that the graph has chosen.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import names_of, seats
from aikg.graph.views.recorded import Conflicts, conflicts_by_node, linked, rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["STATES", "Center", "Figure", "Total", "compute_facts", "totals"]

STATES = ("actual", "planned", "target", "forecast", "peak")
_LEVELS = ("City", "Province", "Region")
_PLAIN_UNITS = ("P", "E", "T", "次", "亿次")


@dataclass(frozen=True)
class Figure:
    """One figure of a centre's power. `high` is the upper end of a range, None where there is none."""

    id: str
    unit: str
    state: str
    value: float
    high: float | None
    is_range: bool
    scope: str | None
    period: str | None
    qualifier: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass
class Center:
    """A compute centre. `places` are ids by level with the sources that say so; a level that is missing is not recorded."""

    id: str
    name: str
    sources: list[str]
    capacity: tuple[str | None, float | None]
    places: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    spots: list[str] = field(default_factory=list)
    """What sources state directly: a city, a park, a region …"""
    figures: list[Figure] = field(default_factory=list)
    conflicts: Conflicts = field(default_factory=list)

    def of(self, unit: str, state: str) -> list[Figure]:
        return [one for one in self.figures if one.unit == unit and one.state == state]

    def counted(self, unit: str, state: str) -> Figure | None:
        """The figure that counts: the largest, for what is in operation the chosen one; of a range with the highest end."""
        found = self.of(unit, state)
        if not found:
            return None
        value = max(one.value for one in found)
        if state == "actual" and self.capacity[0] == unit and any(one.value == self.capacity[1] for one in found):
            value = next(one.value for one in found if one.value == self.capacity[1])
        fitting = [one for one in found if one.value == value]
        return max(fitting, key=lambda one: (one.high or one.value, one.id))


@dataclass(frozen=True)
class Total:
    """Sum of one unit and state over centres: `low` with the lower ends of ranges, `high` with the upper ones."""

    n: int
    low: float
    high: float
    ranges: int


def compute_facts(graph: KnowledgeGraph, lang: str) -> tuple[list[Center], dict[str, str]]:
    """Compute centres by name, and names of all nodes; `lang` is the language of what contradictions are called."""
    names = names_of(graph)
    conflicts = conflicts_by_node(graph, lang)
    found = {
        i: Center(
            i,
            str(row["name"]),
            list(row.get("sources") or ()),
            (row.get("capacity_unit"), row.get("capacity_value")),
            conflicts=conflicts.get(i, []),
        )
        for i, row in rows_by_id(graph, "ComputeCenter").items()
    }
    for level in _LEVELS:
        seat = seats(graph, level, "ComputeCenter")
        for one, place, said in zip(seat["id"], seat["place"], seat["sources"], strict=True):
            found[one].places.setdefault(level, {})[place] = list(said)
    direct = [(center, spot) for center, spot, _ in linked(graph, "LOCATED_IN", subjects=["ComputeCenter"])]
    direct += [(center, spot) for spot, center, _ in linked(graph, "HOSTS", objects=["ComputeCenter"])]
    for center, spot in sorted(set(direct)):
        found[center].spots.append(spot)
    observations = rows_by_id(graph, "Observation")
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for center, observation, said in linked(graph, "OBSERVED", subjects=["ComputeCenter"]):
        stated[center, observation].update(said)
    for (center, observation), sources in sorted(stated.items()):
        figure = _figure(observations.get(observation, {}), sources)
        if figure is not None:
            found[center].figures.append(figure)
    for held in found.values():
        held.figures.sort(key=lambda f: (f.unit, STATES.index(f.state), f.value, str(f.scope), f.id))
    return sorted(found.values(), key=lambda one: (one.name, one.id)), names


def totals(centers: Iterable[Center], unit: str) -> dict[str, Total]:
    """Sums by state of one unit, in the order of `STATES`; a state without a figure is missing.

    >>> totals(compute_facts(graph, "zh")[0], "POPS")["actual"].n  # doctest: +SKIP
    2
    """
    listed = list(centers)
    made = {}
    for state in STATES:
        counted = [one for center in listed if (one := center.counted(unit, state)) is not None]
        if counted:
            low, high = sum(one.value for one in counted), sum(one.high or one.value for one in counted)
            made[state] = Total(len(counted), low, high, sum(one.is_range for one in counted))
    return made


def _figure(row: dict[str, Any], sources: Iterable[str]) -> Figure | None:
    unit, value = str(row.get("unit") or ""), row.get("value")
    is_power = unit.endswith(("OPS", "次/秒")) or (row.get("indicator") == "算力" and unit in _PLAIN_UNITS)
    if value is None or not is_power:
        return None
    qualifier: Sequence[str] = row.get("qualifier") or ()
    # A figure may be planned and a target at once: the first in this order says what it is.
    state = next((s for s in STATES[1:] if s in qualifier), "actual")
    high = row.get("value_max")
    return Figure(
        row["id"],
        unit,
        state,
        value,
        high,
        "range" in qualifier or (high is not None and high > value),
        row.get("scope"),
        row.get("period"),
        tuple(qualifier),
        tuple(sorted(sources)),
    )
