"""The frames of a graph, read back from a store by Cypher: what a Neo4j that somebody else filled holds of our ontology."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import StoreError
from aikg.ontology.language import say
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aikg.graph.stores.protocol import Store
    from aikg.ontology.schema import Property

__all__ = ["PAGE", "frames_of"]

PAGE = 50_000
"""Rows of one query: an engine's cursor, and the answer as Python objects, stay small."""


def frames_of(store: Store, *, page: int = PAGE) -> KnowledgeGraph:
    """Nodes and relations of the ontology's labels and types in a store, as typed frames; statements are not in a store.

    Labels, types and properties that the ontology does not know are left where they are, and so are relations with
    such an end. An empty list and none at all stay what they are. Raises StoreError for nodes or relations without
    an id of their own, and for whatever stops a query.

    >>> frames_of(store).counts()["nodes"]  # doctest: +SKIP
    {'City': 39, 'Company': 113}
    """
    schema, held = load_schema(), store.schema()
    nodes = {
        label: _whole(label, _nodes(store, label, schema.node_columns(label), page), held.labels[label])
        for label in schema.labels
        if label in held.labels
    }
    known = {row["id"] for rows in nodes.values() for row in rows}
    edges = {
        kind: [
            row
            for row in _whole(kind, _edges(store, kind, schema.edge_columns(kind), page), held.types[kind])
            if row["subject"] in known and row["object"] in known
        ]
        for kind in schema.relations
        if kind in held.types
    }
    return KnowledgeGraph.from_rows(nodes, edges)


def _whole(what: str, rows: Iterable[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    """All rows; StoreError where some have no id of their own, and so are on no page."""
    found = list(rows)
    if len(found) != count:
        raise StoreError(
            say(
                f"{count - len(found)} of {count} {what} have no id of their own, so aikg did not load them; it reads back its own graphs",
                f"{count} 个 {what} 中有 {count - len(found)} 个没有自己的编号，不是 aikg 载入的；只能读回 aikg 自己的图",
            )
        )
    return found


def _nodes(store: Store, label: str, columns: dict[str, Property], page: int) -> Iterator[dict[str, Any]]:
    items = ", ".join(f"n.{name} AS {name}" for name in columns)
    yield from _paged(store, f"MATCH (n:{label})", "n.id", items, columns, page)


def _edges(store: Store, kind: str, columns: dict[str, Property], page: int) -> Iterator[dict[str, Any]]:
    ends = {"subject": "s.id", "object": "o.id"}
    items = ", ".join(f"{ends.get(name, f'r.{name}')} AS {name}" for name in columns)
    yield from _paged(store, f"MATCH (s)-[r:{kind}]->(o)", "r.id", items, columns, page)


def _paged(
    store: Store, match: str, key: str, items: str, columns: dict[str, Property], page: int
) -> Iterator[dict[str, Any]]:
    """Rows in the order of their ids, page after page; each page begins behind the last id of the one before."""
    last, found = "", page
    while found == page:
        statement = f"{match} WHERE {key} > $last RETURN {items} ORDER BY {key} LIMIT $page"
        frame = store.query(statement, {"last": last, "page": page}, timeout=None, row_limit=None)
        found = len(frame)
        rows = list(_rows(frame, columns))
        if rows:
            last = rows[-1]["id"]
        yield from rows


def _rows(frame: pd.DataFrame, columns: dict[str, Property]) -> Iterable[dict[str, Any]]:
    """Plain rows with the ontology's types: integer columns with nulls come as floats from some engines."""
    cells = {name: [_typed(cell, column.datatype) for cell in frame[name].tolist()] for name, column in columns.items()}
    return (dict(zip(cells, row, strict=True)) for row in zip(*cells.values(), strict=True))


def _typed(cell: Any, datatype: str) -> Any:
    if isinstance(cell, list):
        return [str(item) for item in cell]
    if cell is None or cell is pd.NA or (isinstance(cell, float) and math.isnan(cell)):
        return None
    if datatype == "text_list":
        return [str(cell)]
    if datatype == "integer":
        return int(cell)
    if datatype == "number":
        return float(cell)
    return bool(cell) if datatype == "boolean" else str(cell)
