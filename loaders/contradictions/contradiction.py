"""What a contradiction is: values that cannot all hold, each with the places that state it."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from aikg.loaders import identity
from aikg.loaders.records import Origin, Records
from aikg.loaders.statements import line_of
from aikg.ontology.schema import Schema

__all__ = ["DASH", "Contradiction", "as_node", "as_record", "first_place", "places_of"]

DASH = "—"


@dataclass(frozen=True)
class Contradiction:
    """Values that cannot all hold. `values` and `citations` run in parallel, in the order of the sources.

    `others` are further ids that the values are said of (an Observation has several subjects): by them a reviewer's
    finding about the same lines is recognised. `chosen` is None where no node shows one of the values.
    """

    subject: str
    property: str
    kind: str
    severity: str
    period: str | None
    values: tuple[str, ...]
    citations: tuple[tuple[str, ...], ...]
    chosen: str | None
    as_of: str | None
    others: tuple[str, ...] = ()
    method: str = "mapping"
    confidence: float = 1.0

    @builtins.property
    def lines(self) -> frozenset[tuple[str, int]]:
        """(source, line) of everything cited."""
        return places_of(cited for party in self.citations for cited in party)


def places_of(citations: Iterable[str]) -> frozenset[tuple[str, int]]:
    """(source, line) of entries like ``src:a76a81ffa34b#L178;图表3``.

    >>> sorted(places_of(["src:a#L178;图表3", "src:a#L9"]))
    [('src:a', 9), ('src:a', 178)]
    """
    found = set()
    for cited in citations:
        source, _, where = cited.partition("#")
        line = line_of(where)
        if line is not None:
            found.add((source, line))
    return frozenset(found)


def first_place(cited: str, order: Mapping[str, int]) -> tuple[int, int, str]:
    """Sort key of a citation: the order of inputs, then the line."""
    source, _, where = cited.partition("#")
    return (order.get(source, len(order)), line_of(where) or 0, where)


def as_node(conflict: Contradiction, label: str, subject_name: str, schema: Schema) -> dict[str, Any]:
    """The row of the Conflict node; `label` and `subject_name` are those of its subject."""
    prefix = schema.labels["Conflict"].id_prefix
    named = schema.labels[label].properties.get(conflict.property) or schema.relations.get(conflict.property)
    what = named.label["zh"] if named else conflict.property
    return {
        "id": f"{prefix}:{_digest(conflict)}",
        "name": f"{subject_name}：{what}",
        "aliases": [],
        "sources": list(dict.fromkeys(c for cited in conflict.citations for c in cited)),
        "as_of": conflict.as_of,
        "method": conflict.method,
        "confidence": conflict.confidence,
        **_stated(conflict),
        "chosen": conflict.chosen,
    }


def as_record(conflict: Contradiction, subject_name: str, records: Records, schema: Schema) -> None:
    """Add what a reader of tables or sentences found out to its records, one entity row per cited place.

    Resolving joins it with the contradictions between records and with those of reviewers.
    """
    prefix = schema.labels["Conflict"].id_prefix
    id_ = f"{prefix}:{_digest(conflict)}"
    name = f"{subject_name}：{conflict.property}"
    values: Mapping[str, Any] | None = _stated(conflict)
    first: Origin | None = None
    for cited in dict.fromkeys(c for party in conflict.citations for c in party):
        source, _, where = cited.partition("#")
        origin = Origin(source, where, conflict.as_of, conflict.method, conflict.confidence)
        records.entity("Conflict", id_, name, origin, properties=values)
        first, values = first or origin, None
    if first is not None:
        records.link("HAS_CONFLICT", conflict.subject, id_, first)


def _stated(conflict: Contradiction) -> dict[str, Any]:
    return {
        "property": conflict.property,
        "kind": conflict.kind,
        "severity": conflict.severity,
        "period": conflict.period,
        "values": list(conflict.values),
        "value_sources": [", ".join(cited) for cited in conflict.citations],
    }


def _digest(conflict: Contradiction) -> str:
    return identity.digest(conflict.subject, conflict.property, conflict.kind, conflict.period, *conflict.values)
