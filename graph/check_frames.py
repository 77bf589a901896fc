"""Faults that only frames can have: two rows with one id, ends that are no node, statements about nothing.

RDF cannot show them, because there two rows with one id are one resource, and a missing node is only an IRI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from aikg.graph.columns import NULL_END, UNKNOWN_END, Columns, Parts, flat
from aikg.graph.knowledge_graph import STATEMENT_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.findings import Findings

__all__ = ["FAULTS", "dangling_ends", "find_faults"]

FAULTS: dict[str, tuple[str, str, str]] = {
    "frame": (
        "violation",
        "本体没有这个标签或关系类型；更名或从图中去掉",
        "the ontology has no such label or relation type; rename it or leave it out",
    ),
    "missing": ("violation", "缺少本体规定的列", "a column of the ontology is missing"),
    "extra": ("violation", "本体没有这一列", "the ontology has no such column"),
    "mistyped": ("violation", "列的数据类型与本体不符", "the column is not of the ontology's datatype"),
    "number": ("violation", "不是有限的数；未知请留空", "no finite number; leave unknown values null"),
    "blank": ("violation", "空白文本；未知请留空（null）", "blank text; leave unknown values null"),
    "year": (
        "violation",
        "年份与所依据的日期不符；由日期重新得出",
        "the year is not that of the date it is taken from; derive it again",
    ),
    "node_twice": (
        "violation",
        "标识重复：一个标识只属于一个节点；合并这些行或更改标识",
        "id stands more than once: an id belongs to one node; merge the rows or change an id",
    ),
    "edge_twice": (
        "violation",
        "标识重复：一个标识只属于一条边；合并这些行的出处",
        "id stands more than once: an id belongs to one edge; fold the sources of the rows",
    ),
    "fact_twice": (
        "violation",
        "同一类型、起点、终点与键属性只应有一条边；合并出处",
        "type, ends and key properties make one edge; fold the sources of these edges",
    ),
    "edge_prefix": (
        "violation",
        "边的标识须以其关系类型开头",
        "the id of an edge begins with its relation type",
    ),
    "null_end": ("violation", "边缺少这一端", "the edge lacks this end"),
    "dangling": (
        "violation",
        "图中没有这个节点；补上节点或去掉这条边",
        "the graph has no such node; add the node or drop the edge",
    ),
    "parallel": (
        "violation",
        "values 与 value_sources 须一一对应，长度相同",
        "values and value_sources run in parallel and must have the same length",
    ),
    "statement_id": (
        "violation",
        "陈述所说的节点不在图中；补上节点或去掉这些陈述",
        "statement about a node that the graph does not have; add the node or drop the statements",
    ),
    "statement_label": (
        "violation",
        "陈述的标签与节点的标签不同",
        "the statement gives another label than the node has",
    ),
    "statement_property": (
        "violation",
        "该标签没有这个属性或关系",
        "the label has no such property or relation",
    ),
    "uncited": (
        "warning",
        "所引用的文件不在图中；补上 Source 节点",
        "a cited document is not in the graph; add its Source node",
    ),
}
"""Severity and message (zh, en) of every fault."""

_DOCUMENT = len("src:") + 12  # what stands before # in an entry of `sources`


def find_faults(parts: Parts, found: Findings) -> None:
    """Add every fault but dangling ends."""
    for name in parts.unknown:
        _add(found, "frame", name, None, None, None)
    for name, columns in {**parts.nodes, **parts.edges}.items():
        _columns(name, columns, found)
        _numbers(name, columns, found)
        _blanks(name, columns, found)
        _years(name, columns, parts, found)
    _repeated(parts, found)
    _edges(parts, found)
    _conflicts(parts, found)
    _statements(parts, found)
    _documents(parts, found)


def dangling_ends(parts: Parts, found: Findings) -> None:
    """Add a row for each end of an edge that is null or that no node has."""
    for name, ends in parts.ends.items():
        table = parts.edges[name].table
        for end, code in (("subject", ends.subject), ("object", ends.object)):
            for fault, wrong in (("dangling", code == UNKNOWN_END), ("null_end", code == NULL_END)):
                rows = pa.array(np.flatnonzero(wrong))
                _add(found, fault, name, table["id"].take(rows), end, table[end].take(rows))


def _add(
    found: Findings,
    fault: str,
    label: str,
    ids: pa.Array | None,
    property_: str | None,
    values: pa.Array | None,
) -> None:
    severity, zh, en = FAULTS[fault]
    found.add(severity, label, ids, property_, values, {"zh": zh, "en": en})


def _columns(name: str, columns: Columns, found: Findings) -> None:
    for fault, names in (("missing", columns.missing), ("extra", columns.extra)):
        for column in names:
            _add(found, fault, name, None, column, None)
    for column, kind in columns.mistyped.items():
        found_type = pa.array([kind])
        _add(found, "mistyped", name, pa.nulls(1, pa.string()), column, found_type)


def _numbers(name: str, columns: Columns, found: Findings) -> None:
    table = columns.table
    for column in table.schema:
        if pa.types.is_floating(column.type):
            wrong = pc.invert(pc.fill_null(pc.is_finite(table[column.name]), True))
            _add(
                found,
                "number",
                name,
                table["id"].filter(wrong),
                column.name,
                table[column.name].filter(wrong),
            )


def _blanks(name: str, columns: Columns, found: Findings) -> None:
    """Text that says nothing. SHACL counts it as a value, so that a blank name would pass as a name."""
    for column in columns.table.schema:
        for start, batch in columns.batches():
            rows, values = flat(batch[column.name])
            if pa.types.is_string(values.type):
                blank = pc.or_(pc.utf8_is_space(values), pc.equal(pc.binary_length(values), 0))
                wrong = np.unique(rows[np.asarray(pc.fill_null(blank, False))])
                _add(found, "blank", name, columns.table["id"].take(pa.array(start + wrong)), column.name, None)


def _years(name: str, columns: Columns, parts: Parts, found: Findings) -> None:
    schema, table = parts.schema, columns.table
    wanted = schema.node_columns(name) if name in schema.labels else schema.edge_columns(name)
    for column, prop in wanted.items():
        if prop.derived_from and column not in columns.missing:
            digits = pc.utf8_slice_codeunits(table[prop.derived_from], 0, 4)
            # Of a date that is no date there is a rule already; here it has no year.
            usable = pc.fill_null(pc.match_substring_regex(digits, pattern="^[0-9]{4}$"), False)
            year = pc.if_else(usable, digits, pa.scalar(None, pa.string())).cast(pa.int64())
            differs = pc.not_equal(pc.fill_null(year, -1), pc.fill_null(table[column], -1))
            judged = pc.or_(usable, pc.is_null(table[prop.derived_from]))
            wrong = pc.and_(differs, judged)
            _add(found, "year", name, table["id"].filter(wrong), column, table[column].filter(wrong))


def _repeated(parts: Parts, found: Findings) -> None:
    for fault, frames, repeated in (
        ("node_twice", parts.nodes, parts.repeated_nodes),
        ("edge_twice", parts.edges, parts.repeated_edges),
    ):
        if not len(repeated):
            continue
        for name, columns in frames.items():
            ids = columns.table["id"]
            _add(found, fault, name, pc.unique(ids.filter(pc.is_in(ids, value_set=repeated))), "id", None)


def _edges(parts: Parts, found: Findings) -> None:
    """Ids that begin with another type, and several edges for one fact."""
    for name, columns in parts.edges.items():
        table, ends = columns.table, parts.ends[name]
        other = pc.and_not(
            pc.match_substring_regex(table["id"], pattern="^[A-Z_]+:"),
            pc.starts_with(table["id"], pattern=f"{name}:"),
        )
        wrong = pc.fill_null(other, False)
        _add(found, "edge_prefix", name, table["id"].filter(wrong), "id", None)
        whole = (ends.subject >= 0) & (ends.object >= 0)
        key: dict[str, Any] = {"ends": ends.subject_node * len(parts.node_labels) + ends.object_node}
        key |= {k: table[k].to_pandas(types_mapper=pd.ArrowDtype) for k in parts.schema.relations[name].key}
        again = pd.DataFrame(key).duplicated(keep=False).to_numpy() & whole
        rows = pa.array(np.flatnonzero(again))
        _add(found, "fact_twice", name, table["id"].take(rows), "subject", table["subject"].take(rows))


def _conflicts(parts: Parts, found: Findings) -> None:
    if "Conflict" in parts.nodes:
        table = parts.nodes["Conflict"].table
        lengths = [pc.fill_null(pc.list_value_length(table[name]), 0) for name in ("values", "value_sources")]
        wrong = pc.not_equal(*lengths)
        _add(found, "parallel", "Conflict", table["id"].filter(wrong), "value_sources", None)


def _statements(parts: Parts, found: Findings) -> None:
    """Statements of unknown ids are violations: an answer's evidence must belong to something in the graph.

    One row for each id (or id and property), however many statements there are.
    """
    columns = ["label", "id", "property"]
    if missing := [name for name in STATEMENT_COLUMNS if name not in parts.graph.statements.columns]:
        for name in missing:
            _add(found, "missing", "statements", None, name, None)
        return
    said = parts.graph.statements[columns].drop_duplicates()
    ids = pa.chunked_array([pa.array(said["id"].tolist(), pa.string())])
    node = parts.find(ids)
    own = np.array([*parts.codes], dtype=object)[np.append(parts.node_labels, 0)[node]]
    label = np.array(said["label"].tolist(), dtype=object)
    unknown = node < 0
    _statement_rows(found, "statement_id", said[unknown], None)
    _statement_rows(found, "statement_label", said[~unknown & (label != own)], "label")
    known = {name: {*parts.schema.node_columns(name), *parts.schema.relations} for name in parts.schema.labels}
    pairs = zip(own, said["property"].tolist(), strict=True)
    foreign = np.array([property_ not in known[name] for name, property_ in pairs], dtype=bool)
    _statement_rows(found, "statement_property", said[~unknown & foreign], "property")


def _statement_rows(found: Findings, fault: str, said: pd.DataFrame, column: str | None) -> None:
    keep = ["label", "id"] if column in (None, "label") else ["label", "id", "property"]
    for label, rows in said[keep].drop_duplicates().groupby("label", dropna=False, sort=True):
        name = label if isinstance(label, str) else "statements"
        values = None if column is None else pa.array(rows[column].tolist(), pa.string())
        _add(found, fault, name, pa.array(rows["id"].tolist(), pa.string()), column or "id", values)


def _documents(parts: Parts, found: Findings) -> None:
    """Documents that `sources` or a statement names and that have no Source node; one row for each."""
    cited: set[str] = set()
    for columns in (*parts.nodes.values(), *parts.edges.values()):
        cited |= _documents_of(chunk for chunk in columns.table["sources"].chunks)
    if "source" in parts.graph.statements.columns:
        cited |= {text for text in parts.graph.statements["source"].dropna().unique() if isinstance(text, str)}
    held = parts.nodes["Source"].table["id"].to_pylist() if "Source" in parts.nodes else []
    if unknown := sorted(cited - {*held}):
        _add(found, "uncited", "Source", pa.array(unknown), "sources", None)


def _documents_of(chunks: Iterable[pa.Array]) -> set[str]:
    named: set[str] = set()
    for chunk in chunks:
        document = pc.unique(pc.utf8_slice_codeunits(pc.list_flatten(chunk), 0, _DOCUMENT))
        named |= {text for text in document.to_pylist() if text is not None and text.startswith("src:")}
    return named
