"""The policies of a time line: when they were issued, for how long they plan, of which place and level, and what they name."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import ROOT, above, links, names_of
from aikg.graph.analysis.names import find, find_place
from aikg.graph.analysis.policy_inputs import items_of
from aikg.graph.analysis.tables import records
from aikg.graph.views.axes import Span, span_of
from aikg.graph.views.recorded import Conflicts, conflicts_by_node, rows_by_id
from aikg.ontology.errors import QueryError

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["LANES", "PolicyMark", "policy_marks"]

LANES = ("international", "national", "regional", "provincial", "municipal", "district", "park", "other")
"""Lanes by level, from above; `other`: policies of which neither level nor place is recorded."""
_LEVEL_OF = {
    "Country": "national",
    "Province": "provincial",
    "City": "municipal",
    "District": "district",
    "Park": "park",
    "Region": "regional",
}
# Nine signs such as 2022—2024, with whatever dash the source writes: the rule of the question policy-duration.
_PERIOD = re.compile(r"((?:19|20)\d\d)[-—–~～至]((?:19|20)\d\d)")


@dataclass
class PolicyMark:
    """One policy. `owners` and `issuers` are {id: sources}; `years` the planning period that its title states.

    `level` is the recorded one, None where the source states none; `lane` is where it is drawn: by the recorded level, or
    else by the highest of the places that issued it or that it applies to. `home` is that place. `focus` are segments, and the
    words that stand for none.
    """

    id: str
    name: str
    row: dict[str, Any]
    issued: Span | None
    level: str | None
    lane: str = "other"
    home: str = ""
    issuers: dict[str, list[str]] = field(default_factory=dict)
    owners: dict[str, list[str]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    years: tuple[int, int] | None = None
    goals: list[tuple[dict[str, Any], list[str]]] = field(default_factory=list)
    focus: dict[str, list[str]] = field(default_factory=dict)
    conflicts: Conflicts = field(default_factory=list)

    @property
    def due(self) -> list[int]:
        """Years in which its goals are due, each once."""
        return sorted({int(goal["due_year"]) for goal, _ in self.goals if goal.get("due_year") is not None})

    @property
    def last(self) -> float:
        """The end of everything that is drawn of it, in years."""
        ends = [self.issued.end] if self.issued else []
        return max(
            ends + ([self.years[1] + 1.0] if self.years else []) + [year + 1.0 for year in self.due], default=0.0
        )


def policy_marks(graph: KnowledgeGraph, *, country: str = "", place: str = "", lang: str = "zh") -> list[PolicyMark]:
    """Policies in the order of issue (undated last), of a country and of a place with what lies in it.

    What belongs to a country follows the question policy-duration: the places that a policy is issued by or applies to; an
    issuing ministry is no place. QueryError for an unknown country or place.
    """
    of_country = find(graph, country, "Country")[0] if country else ""
    of_place = _place(graph, place) if place else ""
    labels = {node: label for label in _LEVEL_OF if label in graph.nodes for node in graph.nodes[label]["id"]}
    countries = {node for node, label in labels.items() if label == "Country"}
    ways, conflicts, rows = above(graph), conflicts_by_node(graph, lang), rows_by_id(graph, "Policy")
    named = links(graph, "FOCUSES_ON", subjects=["Policy"])
    meaning = items_of(graph, sorted(set(named["object"])), "segments")
    goals = rows_by_id(graph, "PolicyTarget")
    found = {
        node: PolicyMark(node, row["name"], row, span_of(row.get("issued")), row.get("level"), conflicts=conflicts.get(node, []))
        for node, row in rows.items()
    }  # fmt: skip
    for link in records(links(graph, "ISSUED_BY", "APPLIES_TO", subjects=["Policy"])):
        mark = found[link.subject]
        ends = (mark.issuers if link.type == "ISSUED_BY" else mark.owners).setdefault(link.object, [])
        ends += [entry for entry in link.sources if entry not in ends]
    for link in records(links(graph, "TARGETS", subjects=["Policy"])):
        if link.object in goals:
            found[link.subject].goals.append((goals[link.object], list(link.sources)))
    for link in records(named):
        mark = found[link.subject]
        for item in meaning.get(link.object) or ([] if link.object == ROOT else [link.object]):
            mark.focus.setdefault(item, []).extend(link.sources)
    kept = []
    for mark in found.values():
        places = [node for node in {**mark.issuers, **mark.owners} if node in labels]
        reached = {up for node in places for up in ways.get(node, {node: []})}
        mark.inside, mark.countries = reached, reached & countries
        if (of_country and of_country not in mark.countries) or (of_place and of_place not in reached):
            continue
        _settle(mark, labels, ways)
        stated = _PERIOD.search(mark.name)
        mark.years = (int(stated[1]), int(stated[2])) if stated and stated[1] <= stated[2] else None
        kept.append(mark)
    return sorted(kept, key=lambda m: (m.issued is None, m.issued.start if m.issued else 0.0, m.name, m.id))


def _place(graph: KnowledgeGraph, place: str) -> str:
    try:
        return find_place(graph, place)[0]
    except QueryError as error:
        try:
            return find(graph, place, "Park")[0]
        except QueryError:
            raise error from None


def _settle(mark: PolicyMark, labels: dict[str, str], ways: dict[str, dict[str, list[str]]]) -> None:
    """Lane and home: who issued it speaks first, and a region, which issues nothing, last."""
    order = {label: rank for rank, label in enumerate(_LEVEL_OF)}
    ranked = [
        (labels[node] == "Region", group is mark.owners, order[labels[node]], node)
        for group in (mark.issuers, mark.owners)
        for node in group
        if node in labels
    ]
    mark.home = min(ranked)[-1] if ranked else ""
    if mark.level in LANES:
        mark.lane = str(mark.level)
    elif mark.home:
        label = labels[mark.home]
        # The four municipalities are of the rank of a province, in the code table (110000) as in the measures of policy.
        lane = "provincial" if re.fullmatch(r"city:\d\d0000", mark.home) else _LEVEL_OF[label]
        international = label == "Region" and not any(labels.get(up) == "Country" for up in ways.get(mark.home, ()))
        mark.lane = "international" if international else lane


def names_with_counts(graph: KnowledgeGraph, marks: list[PolicyMark], what: str) -> list[tuple[str, str, int]]:
    """Ids, names and numbers of policies of what marks name (`focus`) or lie in (`inside`), most frequent first."""
    names = names_of(graph)
    counted: dict[str, int] = defaultdict(int)
    for mark in marks:
        for node in getattr(mark, what):
            counted[node] += 1
    return sorted(
        ((node, names.get(node, node), n) for node, n in counted.items()), key=lambda row: (-row[2], row[1], row[0])
    )
