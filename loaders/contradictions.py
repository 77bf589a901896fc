"""Where sources disagree: all values are kept, the disagreement becomes a Conflict node."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from aikg.loaders.statements import Statement, later_first, line_of, refines, winner
from aikg.ontology.places import Places
from aikg.ontology.schema import Schema

__all__ = ["Contradiction", "of_relations", "of_values"]

DASH = "—"
# Of these the first decides; the others are other renderings of the same cell.
_RENDERINGS = {"amount_text", "value_text", "indicator_text", "currency", "capacity_unit"}
_ALIAS_PROPERTIES = {"legal_name"}


@dataclass(frozen=True)
class Contradiction:
    """Values that cannot all hold. `values` and `citations` run in parallel, in the order of the sources."""

    subject: str
    property: str
    kind: str
    severity: str
    period: str | None
    values: tuple[str, ...]
    citations: tuple[tuple[str, ...], ...]
    chosen: str
    as_of: str | None


def of_values(statements: Iterable[Statement], schema: Schema) -> Iterator[Contradiction]:
    """Different values of one property (hard; names: alias), and a dash against a value (soft)."""
    groups: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        if statement.property not in _RENDERINGS | {"name"} and statement.source:
            groups[statement.label, statement.id, statement.property].append(statement)
    for (label, subject, name), said in sorted(groups.items()):
        values = [s for s in said if s.value is not None]
        if not values or schema.labels[label].properties[name].datatype == "text_list":
            continue
        ordered = sorted(values, key=lambda s: s.rank())
        shown = winner(values) or ordered[0]
        by_value: dict[str, list[Statement]] = defaultdict(list)
        for statement in ordered:
            by_value[str(statement.value)].append(statement)
        apart = [v for v in by_value if not any(refines(other, v) for other in by_value)]
        # "2013" agrees with both 2013-01-08 and 2013-01-18: it is no party to their disagreement.
        if len(apart) > 1:
            severity = "alias" if name in _ALIAS_PROPERTIES else "hard"
            parties = [by_value[v] for v in apart]
            yield _contradiction(subject, name, "value", severity, parties, shown)
        blanks = [s for s in said if s.value is None]
        if blanks:
            yield _contradiction(subject, name, "blank", "soft", [ordered, blanks], shown)


def _contradiction(
    subject: str, name: str, kind: str, severity: str, parties: list[list[Statement]], chosen: Statement
) -> Contradiction:
    ordered = sorted(parties, key=lambda said: min((s.order, s.line or 0, s.locator) for s in said))
    in_order = [sorted(said, key=lambda s: (s.order, s.line or 0, s.locator)) for said in ordered]
    return Contradiction(
        subject,
        name,
        kind,
        severity,
        None,
        tuple(_written(said[0]) for said in in_order),
        tuple(tuple(dict.fromkeys(s.citation for s in said if s.citation)) for said in in_order),
        _written(chosen),
        max((s.as_of for said in parties for s in said if s.as_of), default=None),
    )


def _written(statement: Statement) -> str:
    if statement.value is None:
        return DASH
    return statement.raw or str(statement.value)


def of_relations(
    edges: Mapping[str, Mapping[tuple[Any, ...], Mapping[str, Any]]],
    nodes: Mapping[str, tuple[str, Mapping[str, Any]]],
    schema: Schema,
    places: Places,
) -> Iterator[Contradiction]:
    """A functional relation (one headquarters) with two targets of which neither lies in the other."""
    for kind, relation in schema.relations.items():
        if not relation.functional:
            continue
        name, _, value = relation.functional.partition("=")
        groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        for edge in edges.get(kind, {}).values():
            if edge.get(name) == value:
                groups[edge["subject"]].append(edge)
        for subject, homes in sorted(groups.items()):
            apart = [e for e in homes if not any(_inside(o["object"], e["object"], places) for o in homes)]
            if len(apart) < 2:
                continue
            chosen = min(apart, key=lambda e: (later_first(e["as_of"]), -e["confidence"], _first(e)))
            apart.sort(key=_first)
            yield Contradiction(
                subject,
                kind,
                "relation",
                "hard",
                None,
                tuple(nodes[e["object"]][1]["name"] for e in apart),
                tuple(tuple(e["sources"]) for e in apart),
                nodes[chosen["object"]][1]["name"],
                max((e["as_of"] for e in apart if e["as_of"]), default=None),
            )


def _inside(inner: str, outer: str, places: Places) -> bool:
    """Whether place `inner` lies in `outer` (南山区 in 深圳市): then they agree."""
    place = places.find(inner)
    return place is not None and any(around.id == outer for around in places.ancestors(place))


def _first(edge: Mapping[str, Any]) -> tuple[int, str]:
    cited = edge["sources"][0] if edge["sources"] else ""
    return (line_of(cited.partition("#")[2]) or 0, cited)
