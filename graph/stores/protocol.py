"""What every store offers, whichever engine is behind it.

Answers are the same on all of them: the columns in the order of RETURN (also for no rows), integers as
integers with nulls, null as NA or None, nodes and relationships as plain dicts, temporal values as ISO
text, and lists whose order an engine made up (``collect()``) sorted. See `results`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from aikg.ontology.errors import SchemaError
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType
    from typing import Self

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["DEFAULT_ROW_LIMIT", "DEFAULT_TIMEOUT", "Store", "StoreSchema", "store_schema"]

DEFAULT_TIMEOUT = 30.0
DEFAULT_ROW_LIMIT = 100_000


@dataclass(frozen=True)
class StoreSchema:
    """What a store holds: nodes by label, relations by type, and the properties that either may have.

    Only labels and types with at least one node or relation are listed, in the order of the ontology, those
    of other people behind it. `properties` has an entry for each of them; it is empty for what the ontology
    does not know.
    """

    labels: dict[str, int] = field(default_factory=dict)
    types: dict[str, int] = field(default_factory=dict)
    properties: dict[str, tuple[str, ...]] = field(default_factory=dict)


@runtime_checkable
class Store(Protocol):
    """Holds one graph and answers Cypher."""

    def load(self, graph: KnowledgeGraph, *, progress: bool = False) -> None:
        """Make the store hold exactly this graph; twice is as good as once. StoreError when it cannot."""

    def query(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = DEFAULT_TIMEOUT,
        row_limit: int | None = DEFAULT_ROW_LIMIT,
    ) -> pd.DataFrame:
        """Answer a reading statement.

        `timeout` is in seconds; None for either limit means no limit. ``df.attrs["truncated"]`` says
        whether rows were cut at `row_limit`. Raises ReadOnlyError for a statement that does more than read
        (before anything else is looked at), QueryError for a malformed one or a missing parameter,
        StoreError when the store cannot be reached or stops the query.
        """

    def schema(self) -> StoreSchema:
        """What the store holds."""

    def close(self) -> None:
        """Give back what the store occupies; it answers no more."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def store_schema(labels: Mapping[str, int], types: Mapping[str, int]) -> StoreSchema:
    """Counts as a `StoreSchema`, in the ontology's order and with its properties.

    A relation's ends are no properties: ``startNode(r).id`` and ``endNode(r).id`` give them.
    """
    schema = load_schema()
    properties: dict[str, tuple[str, ...]] = {}
    ordered: list[dict[str, int]] = []
    for counts, known, columns in (
        (labels, list(schema.labels), schema.node_columns),
        (types, list(schema.relations), schema.edge_columns),
    ):
        names = [name for name in [*known, *sorted(set(counts) - set(known))] if counts.get(name)]
        ordered.append({name: counts[name] for name in names})
        for name in names:
            try:
                properties[name] = tuple(c for c in columns(name) if c not in {"subject", "object"})
            except SchemaError:
                properties[name] = ()
    return StoreSchema(labels=ordered[0], types=ordered[1], properties=properties)
