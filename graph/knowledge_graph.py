"""The graph itself: frames of nodes by label, of edges by type, and of statements.

Frames are the whole truth. Engines, NetworkX and rdflib get copies of them; nothing is read back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pandas as pd
import pyarrow as pa

from aikg.ontology.schema import Property, Schema, load_schema

__all__ = ["STATEMENT_COLUMNS", "KnowledgeGraph", "arrow_schema", "typed_frame"]

Derived = TypeVar("Derived")
_ARROW_TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "date": pa.string(),  # partial dates (2022, 2022-09) have no Arrow date type
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "text_list": pa.list_(pa.string()),
}

STATEMENT_COLUMNS: dict[str, pa.DataType] = {
    "label": pa.string(),
    "id": pa.string(),
    "property": pa.string(),
    "value": pa.string(),
    "raw": pa.string(),
    "source": pa.string(),
    "locator": pa.string(),
    "line": pa.int64(),
    "as_of": pa.string(),
    "method": pa.string(),
    "confidence": pa.float64(),
}


def arrow_schema(columns: Mapping[str, Property]) -> pa.Schema:
    """Arrow types of a frame, derived from the ontology's datatypes."""
    return pa.schema([pa.field(name, _ARROW_TYPES[p.datatype]) for name, p in columns.items()])


def typed_frame(rows: Iterable[Mapping[str, Any]], schema: pa.Schema) -> pd.DataFrame:
    """Rows as an Arrow-backed frame with exactly the columns of `schema`; absent keys are null."""
    listed = list(rows)
    arrays = [pa.array([row.get(f.name) for row in listed], type=f.type) for f in schema]
    frame: pd.DataFrame = pa.Table.from_arrays(arrays, schema=schema).to_pandas(types_mapper=pd.ArrowDtype)
    return frame


@dataclass
class KnowledgeGraph:
    """Frames by label and type, each sorted by id; only frames with rows are present.

    `nodes[label]` has the columns `Schema.node_columns(label)`, `edges[type]` those of
    `Schema.edge_columns(type)`, `statements` those of `STATEMENT_COLUMNS`.
    `manifest` holds schema version, inputs with sha256, counts and the build report.

    >>> graph.nodes["Company"].loc[:, ["id", "founded"]]  # doctest: +SKIP
    """

    nodes: dict[str, pd.DataFrame] = field(default_factory=dict)
    edges: dict[str, pd.DataFrame] = field(default_factory=dict)
    statements: pd.DataFrame = field(default_factory=lambda: typed_frame([], pa.schema(STATEMENT_COLUMNS.items())))
    manifest: dict[str, Any] = field(default_factory=dict)
    _derived: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Any, make: Callable[[], Derived]) -> Derived:
        """What `make` derives from the frames, made once per key and kept: frames do not change once they are built.

        >>> graph.once("cities", lambda: set(graph.nodes["City"]["id"]))  # doctest: +SKIP
        """
        if key not in self._derived:
            self._derived[key] = make()
        found: Derived = self._derived[key]
        return found

    @classmethod
    def from_rows(
        cls,
        nodes: Mapping[str, Iterable[Mapping[str, Any]]],
        edges: Mapping[str, Iterable[Mapping[str, Any]]],
        statements: Iterable[Mapping[str, Any]] = (),
        manifest: Mapping[str, Any] | None = None,
        schema: Schema | None = None,
    ) -> KnowledgeGraph:
        """Typed, sorted frames from plain rows (mappings of column to value)."""
        schema = schema or load_schema()

        def frames(by_name: Mapping[str, Iterable[Mapping[str, Any]]], columns: Any) -> dict[str, pd.DataFrame]:
            made = {}
            for name in sorted(by_name):
                rows = sorted(by_name[name], key=lambda row: str(row["id"]))
                if rows:
                    made[name] = typed_frame(rows, arrow_schema(columns(name)))
            return made

        ordered = sorted(
            statements,
            key=lambda s: (
                s["id"],
                s["property"],
                s["source"] or "",
                s["line"] or 0,
                s["locator"] or "",
                s["value"] or "",
            ),
        )
        return cls(
            nodes=frames(nodes, schema.node_columns),
            edges=frames(edges, schema.edge_columns),
            statements=typed_frame(ordered, pa.schema(STATEMENT_COLUMNS.items())),
            manifest=dict(manifest or {}),
        )

    def counts(self) -> dict[str, dict[str, int]]:
        """Number of nodes by label, edges by type, and statements."""
        return {
            "nodes": {label: len(frame) for label, frame in sorted(self.nodes.items())},
            "edges": {name: len(frame) for name, frame in sorted(self.edges.items())},
            "statements": {"all": len(self.statements)},
        }
