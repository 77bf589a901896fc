"""A graph's frames as rows for an engine, checked first: an engine would invent what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from aikg.ontology.errors import GraphError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["EdgeGroup", "arrow_table", "edge_groups", "label_by_id", "row_batches"]


@dataclass(frozen=True)
class EdgeGroup:
    """The edges of one type that start at one label and end at one label."""

    type: str
    subject_label: str
    object_label: str
    table: pa.Table


def arrow_table(frame: pd.DataFrame) -> pa.Table:
    """A frame of the graph as an Arrow table, without copying its values."""
    return pa.Table.from_pandas(frame, preserve_index=False)


def row_batches(table: pa.Table, size: int) -> Iterator[list[tuple[Any, ...]]]:
    """Rows as tuples of plain values, in the order of the columns, in batches of `size`."""
    for at in range(0, table.num_rows, size):
        part = table.slice(at, size)
        yield list(zip(*(column.to_pylist() for column in part.columns), strict=True))


def label_by_id(graph: KnowledgeGraph) -> dict[str, str]:
    """Label of each node by id. GraphError for an id that is absent or given twice."""
    found: dict[str, str] = {}
    for label, frame in graph.nodes.items():
        for node_id in arrow_table(frame).column("id").to_pylist():
            if not node_id:
                raise GraphError(say(f"a {label} has no id; rebuild the graph", f"有一个 {label} 没有编号；请重新建图"))
            if node_id in found:
                raise GraphError(
                    say(
                        f"id {node_id} stands for a {found[node_id]} and for a {label}; rebuild the graph",
                        f"编号 {node_id} 既是 {found[node_id]} 又是 {label}；请重新建图",
                    )
                    if found[node_id] != label
                    else say(
                        f"id {node_id} stands twice in the {label} nodes; rebuild the graph",
                        f"编号 {node_id} 在 {label} 节点里出现了两次；请重新建图",
                    )
                )
            found[node_id] = label
    return found


def edge_groups(graph: KnowledgeGraph, labels: dict[str, str]) -> Iterator[EdgeGroup]:
    """Edges by type and labels of their ends, in a fixed order. GraphError for an end that is no node."""
    for name, frame in sorted(graph.edges.items()):
        table = arrow_table(frame)
        ends = []
        for column in ("subject", "object"):
            values = [labels.get(node_id) for node_id in table.column(column).to_pylist()]
            if None in values:
                at = values.index(None)
                row = table.slice(at, 1).to_pylist()[0]
                raise GraphError(
                    say(
                        f"{name} {row['id']}: its {column} {row[column]!r} is no node of the graph; rebuild it",
                        f"{name} {row['id']}：它的 {column}“{row[column]}”不是图里的节点；请重新建图",
                    )
                )
            ends.append(pa.array(values, pa.string()).dictionary_encode())
        ids = table.column("id")
        if ids.null_count or len(pc.unique(ids)) != len(ids):
            raise GraphError(
                say(
                    f"{name}: edge ids are absent or given twice; rebuild the graph",
                    f"{name}：有的边没有编号，或编号重复；请重新建图",
                )
            )
        pairs = sorted(set(zip(*(end.to_pylist() for end in ends), strict=True)))
        for subject_label, object_label in pairs:
            chosen = pc.and_(pc.equal(ends[0], subject_label), pc.equal(ends[1], object_label))
            yield EdgeGroup(name, subject_label, object_label, table.filter(chosen))
