"""Values of one property that differ, and a dash against a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from aikg.loaders import identity
from aikg.loaders.contradictions.contradiction import DASH, Contradiction
from aikg.loaders.statements import Statement, winner
from aikg.ontology.ranking import refines
from aikg.ontology.schema import Schema

__all__ = ["of_values"]

# Of these the first decides; the others are other renderings of the same cell.
_RENDERINGS = {"amount_text", "value_text", "indicator_text", "currency", "capacity_unit", "comparator"}
_ALIAS_PROPERTIES = {"legal_name"}


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
            by_value[identity.simplified(str(statement.value))].append(statement)
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
