"""Frames as Arrow columns of the ontology's types, and the cells that are not of their type.

Checks and the RDF export both start here, so that they agree on what a cell says: a frame that somebody
filled by hand may hold ``"31.2"`` or a Python list where the ontology has a number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from aikg.graph.knowledge_graph import KnowledgeGraph, arrow_schema
from aikg.ontology.schema import Property, Schema, load_schema
from aikg.ontology.values import as_text, is_null

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas as pd

__all__ = ["NULL_END", "UNKNOWN_END", "Columns", "Ends", "Parts", "flat", "typed_value"]

UNKNOWN_END, NULL_END = -1, -2
"""Label codes of an edge's end that no node has, and of one that is null."""


def typed_value(value: Any, datatype: str) -> Any:
    """A cell as a Python value of the ontology's datatype, None where it is not of that type.

    Text and dates take whatever can be written as text; numbers, integers and booleans take no text.

    >>> typed_value(3, "number"), typed_value("3", "number"), typed_value(2022.0, "integer")
    (3.0, None, 2022)
    """
    if datatype == "text_list":
        return [text for item in _items(value) if (text := as_text(item)) is not None]
    if datatype in ("text", "date"):
        return as_text(value)
    if isinstance(value, bool | np.bool_):
        return bool(value) if datatype == "boolean" else None
    if datatype == "boolean" or not isinstance(value, int | float | np.integer | np.floating):
        return None
    if datatype == "number":
        return float(value)
    return int(value) if float(value).is_integer() else None


def _items(value: Any) -> list[Any]:
    return [value] if isinstance(value, str) or not hasattr(value, "__iter__") else list(value)


@dataclass(frozen=True)
class Columns:
    """One frame: exactly the ontology's columns and types.

    `ill` holds, for columns with such cells, the text of the cells that are not of the type (null elsewhere);
    in `table` they are null. `missing`, `extra` and `mistyped` say how the frame differs from the ontology.
    """

    table: pa.Table
    ill: dict[str, pa.Array]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    mistyped: dict[str, str]

    @classmethod
    def of(cls, frame: pd.DataFrame, columns: Mapping[str, Property]) -> Columns:
        """Convert a frame; an Arrow-backed one is not copied."""
        made, ill, mistyped = [], {}, {}
        for wanted in arrow_schema(columns):
            if wanted.name not in frame.columns:
                made.append(pa.chunked_array([pa.nulls(len(frame), wanted.type)]))
                continue
            found = _arrow(frame[wanted.name])
            if found is not None and found.type == wanted.type:
                made.append(found)
                continue
            if found is None or not _same_kind(found.type, wanted.type):
                mistyped[wanted.name] = "object" if found is None else str(found.type)
            values, texts = _coerced(frame[wanted.name], found, wanted.type, columns[wanted.name].datatype)
            made.append(values)
            if texts is not None:
                ill[wanted.name] = texts
        return cls(
            table=pa.Table.from_arrays(made, schema=arrow_schema(columns)),
            ill=ill,
            missing=tuple(name for name in columns if name not in frame.columns),
            extra=tuple(str(name) for name in frame.columns if name not in columns),
            mistyped=mistyped,
        )

    def batches(self) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Pieces of the table, with plain arrays, and the number of the first row of each."""
        start = 0
        for batch in self.table.to_batches():
            yield start, batch
            start += batch.num_rows


def flat(column: pa.Array) -> tuple[np.ndarray[Any, np.dtype[np.int64]], pa.Array]:
    """The values of a column with the row of each: elements of lists, otherwise the cells themselves."""
    if pa.types.is_list(column.type):
        return np.asarray(pc.list_parent_indices(column), dtype=np.int64), pc.list_flatten(column)
    return np.arange(len(column)), column


def _arrow(series: pd.Series[Any]) -> pa.ChunkedArray | None:
    try:
        array = pa.array(series, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None  # a column of Python objects of several kinds
    return array if isinstance(array, pa.ChunkedArray) else pa.chunked_array([array])


def _same_kind(found: pa.DataType, wanted: pa.DataType) -> bool:
    """Whether only the width differs (large_string, int32, float32), or all is null and so of any type."""
    if pa.types.is_null(found):
        return True
    for test in (_is_text, pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean):
        if test(wanted):
            return bool(test(found))
    return _is_list(found) and (_is_text(found.value_type) or pa.types.is_null(found.value_type))


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind))


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _coerced(
    series: pd.Series[Any], found: pa.ChunkedArray | None, wanted: pa.DataType, datatype: str
) -> tuple[pa.ChunkedArray, pa.Array | None]:
    """The column in the wanted type, and the texts of what does not fit (None where everything fits)."""
    if found is not None and _same_kind(found.type, wanted):
        return found.cast(wanted), None
    cells = [None if is_null(value) else value for value in series]
    typed = [None if cell is None else typed_value(cell, datatype) for cell in cells]
    texts = [as_text(c) if t is None and c is not None else None for c, t in zip(cells, typed, strict=True)]
    ill = pa.array(texts, pa.string()) if any(text is not None for text in texts) else None
    return pa.chunked_array([pa.array(typed, wanted)]), ill


@dataclass(frozen=True)
class Ends:
    """Both ends of the edges of one type, one entry per edge.

    `subject` and `object` are positions in `Schema.labels`, or UNKNOWN_END, or NULL_END; `subject_node` and
    `object_node` number the nodes themselves (-1 for none).
    """

    subject: np.ndarray[Any, np.dtype[np.int16]]
    object: np.ndarray[Any, np.dtype[np.int16]]
    subject_node: np.ndarray[Any, np.dtype[np.int64]]
    object_node: np.ndarray[Any, np.dtype[np.int64]]


@dataclass
class Parts:
    """A graph prepared for checks: columns by label and by type, and the ends of the edges.

    Frames of labels and relation types that the ontology does not know are left out and named in `unknown`.
    """

    graph: KnowledgeGraph
    schema: Schema = field(default_factory=load_schema)

    def __post_init__(self) -> None:
        nodes, edges, schema = self.graph.nodes, self.graph.edges, self.schema
        self.nodes = {n: Columns.of(f, schema.node_columns(n)) for n, f in nodes.items() if n in schema.labels}
        self.edges = {n: Columns.of(f, schema.edge_columns(n)) for n, f in edges.items() if n in schema.relations}
        self.unknown = sorted({*nodes} - {*self.nodes}) + sorted({*edges} - {*self.edges})
        self.codes = {label: code for code, label in enumerate(schema.labels)}

    @cached_property
    def node_ids(self) -> pa.ChunkedArray:
        """Ids of all nodes, label after label."""
        chunks = [chunk for columns in self.nodes.values() for chunk in columns.table["id"].chunks]
        return pa.chunked_array(chunks, pa.string())

    @cached_property
    def node_labels(self) -> np.ndarray[Any, np.dtype[np.int16]]:
        """Label codes in the order of `node_ids`."""
        codes = np.array([self.codes[label] for label in self.nodes], dtype=np.int16)
        return np.repeat(codes, [columns.table.num_rows for columns in self.nodes.values()])

    @cached_property
    def repeated_nodes(self) -> pa.Array:
        """Ids that more than one node has."""
        return _repeated(self.node_ids)

    @cached_property
    def repeated_edges(self) -> pa.Array:
        """Ids that more than one edge has."""
        tables = [columns.table["id"] for columns in self.edges.values()]
        prefixed = all(
            pc.all(pc.starts_with(ids, pattern=f"{name}:"), min_count=0).as_py()
            for name, ids in zip(self.edges, tables, strict=True)
        )
        if prefixed and all(map(_increasing, tables)):  # the rule in every built graph, at a tenth of the cost
            return pa.array([], pa.string())
        return _repeated(pa.chunked_array([chunk for ids in tables for chunk in ids.chunks], pa.string()))

    def find(self, ids: pa.ChunkedArray) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Number of the (first) node with each id, -1 where there is none."""
        found = pc.index_in(ids, value_set=self.node_ids, skip_nulls=True)
        return np.asarray(pc.fill_null(found, -1), dtype=np.int64)

    @cached_property
    def ends(self) -> dict[str, Ends]:
        """Both ends of every edge. One look-up for all types, because each look-up hashes all nodes anew."""
        columns = [c.table[end] for c in self.edges.values() for end in ("subject", "object")]
        asked = pa.chunked_array([chunk for column in columns for chunk in column.chunks], pa.string())
        node = self.find(asked)
        # The entry behind the last label is what -1 reads.
        label = np.append(self.node_labels, np.int16(UNKNOWN_END))[node]
        label[np.asarray(pc.is_null(asked), dtype=bool)] = NULL_END
        made, at = {}, 0
        for name, table in ((name, c.table) for name, c in self.edges.items()):
            first, second = (
                slice(at, at + table.num_rows),
                slice(at + table.num_rows, at + 2 * table.num_rows),
            )
            made[name] = Ends(label[first], label[second], node[first], node[second])
            at += 2 * table.num_rows
        return made


def _increasing(ids: pa.ChunkedArray) -> bool:
    return bool(pc.all(pc.fill_null(pc.less(ids[:-1], ids[1:]), False), min_count=0).as_py()) if len(ids) > 1 else True


def _repeated(ids: pa.ChunkedArray) -> pa.Array:
    counts = pc.value_counts(ids.drop_null())
    return counts.field("values").filter(pc.greater(counts.field("counts"), 1))
