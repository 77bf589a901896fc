"""What a graph records of application scenarios: their fields, maturity and technologies.

The rules are those of the catalogue (`scenarios-by-maturity`, `technologies-by-field` in `queries/cypher/technology/`):
a field is what a source states directly above a scenario; narrower fields of which a source rates the maturity count as
scenarios; the root 人工智能 is no technology.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aikg.graph.analysis.facts import ROOT, names_of
from aikg.graph.views.recorded import Conflicts, conflicts_by_node, linked, rows_by_id
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = [
    "FIELD_LABELS",
    "MATURITIES",
    "NO_FIELD",
    "TECHNOLOGY_LABELS",
    "Scenario",
    "by_field",
    "in_order",
    "scenario_facts",
]

FIELD_LABELS = ("ApplicationField", "ChainSegment", "Industry")
TECHNOLOGY_LABELS = ("Technology", "ChainSegment")
MATURITIES = ("成熟", "新兴", "未来")
"""Codes of maturity, from widely used to to come."""
NO_FIELD = ""
"""The field of scenarios of which no field is recorded."""


@dataclass
class Scenario:
    """A scenario, or a narrow field: `fields` and `technologies` by id with the sources that say so.

    `maturity` None: not recorded. `rated` says that it stands in the matrix of maturity: a field does only if it is rated.
    """

    id: str
    name: str
    label: str
    maturity: str | None
    sources: list[str]
    rated: bool
    fields: dict[str, list[str]] = field(default_factory=dict)
    technologies: dict[str, list[str]] = field(default_factory=dict)
    conflicts: Conflicts = field(default_factory=list)
    disputed: bool = False


def scenario_facts(graph: KnowledgeGraph, lang: str) -> tuple[dict[str, Scenario], dict[str, str]]:
    """Scenarios by id, and names of all nodes; `lang` is the language of what contradictions are called."""
    names = names_of(graph)
    disagree = conflicts_by_node(graph, lang)
    # What a contradiction about the maturity is called begins with the property's name.
    maturity = load_schema().node_columns("ApplicationScenario")["maturity"].label[lang]
    found: dict[str, Scenario] = {}
    for label in ("ApplicationScenario", "ApplicationField"):
        for i, row in sorted(rows_by_id(graph, label).items()):
            conflicts = disagree.get(i, [])
            found[i] = Scenario(
                i,
                str(row["name"]),
                label,
                row.get("maturity"),
                list(row.get("sources") or ()),
                label == "ApplicationScenario" or row.get("maturity") is not None,
                conflicts=conflicts,
                disputed=any(what.startswith(maturity) for what, _ in conflicts),
            )
    for kind, allowed, kept in (
        ("PART_OF", FIELD_LABELS, "fields"),
        ("USES_TECHNOLOGY", TECHNOLOGY_LABELS, "technologies"),
    ):
        for one, target, said in linked(
            graph, kind, subjects=["ApplicationScenario", "ApplicationField"], objects=allowed
        ):
            if kind == "PART_OF" or target != ROOT:
                held: dict[str, list[str]] = getattr(found[one], kept)
                held[target] = sorted({*held.get(target, ()), *said})
    return found, names


def by_field(chosen: Sequence[Scenario], only: str) -> dict[str, list[Scenario]]:
    """Scenarios by id of the field, NO_FIELD where no field is recorded; of `only` that field alone."""
    grouped: dict[str, list[Scenario]] = defaultdict(list)
    for one in chosen:
        for place in one.fields or [NO_FIELD]:
            if not only or place == only:
                grouped[place].append(one)
    return grouped


def in_order(grouped: dict[str, list[Scenario]], names: dict[str, str], limit: int) -> list[str]:
    """Fields with most scenarios first; what has no recorded field last."""
    named = sorted((f for f in grouped if f), key=lambda f: (-len(grouped[f]), names[f], f))
    return [*named[:limit], *([NO_FIELD] if NO_FIELD in grouped else [])]
