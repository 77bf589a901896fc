"""The graph as a networkx MultiDiGraph and back, for whoever works with networkx or writes GraphML and GEXF."""

from __future__ import annotations

import difflib
import hashlib
from typing import TYPE_CHECKING, Any

from aikg.graph.columns import typed_value
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import GraphError
from aikg.ontology.language import say
from aikg.ontology.schema import Schema, load_schema
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from aikg.ontology.schema import Property

__all__ = ["from_networkx", "to_networkx"]

_MARK = "aikg_schema"
"""Attribute of a graph that was made here: what it leaves out is null and not merely forgotten."""
_JOIN = "|"


def to_networkx(graph: KnowledgeGraph, *, flat: bool = False) -> Any:
    """The graph as a `networkx.MultiDiGraph`.

    Nodes are ids with the attributes `label` (Company, City …), `name` and the ontology's properties; edges have the key
    ``id`` of the relation and the attributes `type` (LOCATED_IN …), `id` and the relation's properties. Values are plain
    Python: text, int, float, bool and lists of text. What is not recorded has no attribute. Statements stay behind.

    With `flat` the graph can be written as GraphML and GEXF, which know no lists and use `label` and `type` themselves:
    lists are joined by ``|``, the label is `category` and the type `predicate` (as in KGX), and `label` is what is shown.

    >>> made = to_networkx(graph)  # doctest: +SKIP
    >>> made.nodes["city:440300"]["name"], made.nodes["city:440300"]["label"]  # doctest: +SKIP
    ('深圳市', 'City')
    """
    import networkx as nx

    schema = load_schema()
    made = nx.MultiDiGraph(**{_MARK: schema.version})
    for label, frame in graph.nodes.items():
        for row in _rows(frame, schema.node_columns(label), flat=flat):
            own = {"category": label, "label": row.get("name", row["id"])} if flat else {"label": label}
            made.add_node(row.pop("id"), **own, **row)
    for kind, frame in graph.edges.items():
        for row in _rows(frame, schema.edge_columns(kind), flat=flat):
            own = {"predicate": kind, "label": kind} if flat else {"type": kind}
            made.add_edge(row.pop("subject"), row.pop("object"), key=row["id"], **own, **row)
    return made


def _rows(frame: pd.DataFrame, columns: Mapping[str, Property], *, flat: bool) -> Iterable[dict[str, Any]]:
    """Rows of what is known, as plain Python values of the ontology's types."""
    names = [str(name) for name in frame.columns]
    datatypes = [columns[name].datatype if name in columns else "text" for name in names]
    for cells in zip(*(frame[name].tolist() for name in names), strict=True):
        row = {}
        for name, datatype, cell in zip(names, datatypes, cells, strict=True):
            if is_null(cell):
                continue
            value = typed_value(cell, datatype)
            if flat and isinstance(value, list):
                value = _JOIN.join(value) or None
            if value is not None:
                row[name] = value
        yield row


def from_networkx(graph: Any) -> KnowledgeGraph:
    """A graph of ours from a networkx graph with directed edges (DiGraph, MultiDiGraph).

    Each node needs a `label` of the ontology (or `category`, or an id such as ``city:440300`` that tells it), each edge a
    `type` (or `predicate`); all other attributes are properties of these. A node without the prefix of its label gets
    it: 华为 with the label Company becomes ``company:华为``, and its name 华为. Where an edge has no `id`, it is made from
    type, ends and key properties; edges that say the same are one. Lists may be text joined by ``|``; null and NaN are
    not recorded, and years are taken from their dates.

    Raises GraphError, in one line, for a graph without directions, for labels, types, ends, properties and values that
    the ontology does not allow, and for ids that stand twice.

    >>> import networkx as nx
    >>> made = nx.DiGraph()
    >>> made.add_node("华为", label="Company")
    >>> made.add_node("city:440300", label="City", name="深圳市")
    >>> made.add_edge("华为", "city:440300", type="LOCATED_IN")
    >>> from_networkx(made).edges["LOCATED_IN"][["subject", "object"]].values.tolist()
    [['company:华为', 'city:440300']]
    """
    if not getattr(graph, "is_directed", lambda: False)():
        raise GraphError(
            say(
                "relations have a direction: give a networkx DiGraph or MultiDiGraph",
                "关系有方向：请给出 networkx 的 DiGraph 或 MultiDiGraph",
            )
        )
    reader = _Reader(ours=_MARK in graph.graph)
    for node, attributes in graph.nodes(data=True):
        reader.node(node, attributes)
    keyed = (
        graph.edges(keys=True, data=True)
        if graph.is_multigraph()
        else ((s, o, None, d) for s, o, d in graph.edges(data=True))
    )
    for subject, target, key, attributes in keyed:
        reader.edge(subject, target, key, attributes)
    return KnowledgeGraph.from_rows(
        {label: rows.values() for label, rows in reader.nodes.items()},
        {kind: rows.values() for kind, rows in reader.edges.items()},
    )


class _Reader:
    """Rows of the frames, collected and checked."""

    def __init__(self, *, ours: bool) -> None:
        self.schema: Schema = load_schema()
        # A foreign graph has forgotten these lists, and the years of its dates, where they are absent; one of ours says
        # that they are null.
        self.blank: dict[str, Any] = {} if ours else {"aliases": [], "sources": []}
        self.nodes: dict[str, dict[str, dict[str, Any]]] = {}
        self.edges: dict[str, dict[str, dict[str, Any]]] = {}
        self.ids: dict[Any, str] = {}
        self.label_by_id: dict[str, str] = {}
        self.taken: set[str] = set()

    def node(self, node: Any, attributes: Mapping[str, Any]) -> None:
        given, shown = dict(attributes), f"node '{node}'"
        if "category" in given:
            label = given.pop("category")
            given.pop("label", None)  # what a picture shows
        else:
            label = given.pop("label", None) or self.schema.label_of_id(str(node))
        if label not in self.schema.labels:
            raise _error(shown, *_not_one_of("label", "类型", label, self.schema.labels))
        node_id = str(node) if not self.blank else self._prefixed(str(node), label, shown)
        if node_id in self.label_by_id:
            raise _error(shown, f"id {node_id} stands twice", f"编号 {node_id} 出现了两次")
        if given.pop("id", node_id) not in (node_id, node):
            raise _error(shown, "its attribute id is another id", "它的属性 id 与节点编号不同")
        row = self._properties(given, self.schema.node_columns(label), shown)
        row.setdefault("name", node_id.rpartition(":")[2])
        self.ids[node], self.label_by_id[node_id] = node_id, label
        self.nodes.setdefault(label, {})[node_id] = {**self.blank, **row, "id": node_id}

    def _prefixed(self, node: str, label: str, shown: str) -> str:
        prefix, told = self.schema.labels[label].id_prefix, self.schema.label_of_id(node)
        if told not in (None, label) and ":" in node:
            raise _error(shown, f"its id is that of a {told}, its label {label}", f"编号属于 {told}，类型却是 {label}")
        return node if told == label and ":" in node else f"{prefix}:{node}"

    def edge(self, subject: Any, target: Any, key: Any, attributes: Mapping[str, Any]) -> None:
        given, shown = dict(attributes), f"edge '{subject}' → '{target}'"
        if "predicate" in given:
            kind = given.pop("predicate")
            given.pop("label", None)
        else:
            kind = given.pop("type", None) or (key if key in self.schema.relations else None)
        if kind not in self.schema.relations:
            raise _error(shown, *_not_one_of("type", "关系", kind, self.schema.relations))
        relation = self.schema.relations[kind]
        start, end = self.ids[subject], self.ids[target]
        if not relation.allows(self.label_by_id[start], self.label_by_id[end]):
            pairs = sorted(f"{a} → {b}" for a, b in relation.pairs)
            near = [p for p in pairs if p.startswith(f"{self.label_by_id[start]} ")][:4] or pairs[:4]
            found = f"{self.label_by_id[start]} → {self.label_by_id[end]}"
            raise _error(
                shown,
                f"{kind} does not go {found}; it goes {', '.join(near)}",
                f"{kind} 不能是 {found}；可以是 {'、'.join(near)}",
            )
        edge_id = given.pop("id", None)
        for name in ("subject", "object"):
            given.pop(name, None)
        row = self._properties(given, self.schema.edge_columns(kind), shown)
        if edge_id is None:
            own = isinstance(key, str) and key.startswith(f"{kind}:")
            edge_id = key if own else f"{kind}:{_digest(kind, start, end, *(row.get(name) for name in relation.key))}"
        row = {**self.blank, **row, "id": str(edge_id), "subject": start, "object": end}
        if str(edge_id) in self.taken:
            if self.edges.get(kind, {}).get(str(edge_id)) == row:
                return  # said twice, once would do
            raise _error(shown, f"id {edge_id} stands twice", f"编号 {edge_id} 出现了两次")
        self.taken.add(str(edge_id))
        self.edges.setdefault(kind, {})[str(edge_id)] = row

    def _properties(self, given: Mapping[str, Any], columns: Mapping[str, Property], shown: str) -> dict[str, Any]:
        row = {}
        for name, value in given.items():
            if name not in columns:
                raise _error(shown, *_not_one_of("property", "属性", name, columns))
            if is_null(value):
                continue
            datatype = columns[name].datatype
            if datatype == "text_list" and isinstance(value, str):
                value = value.split(_JOIN)
            typed = typed_value(value, datatype)
            if typed is None or (datatype in ("text", "date") and not isinstance(value, str | int)):
                raise _error(shown, f"{name} = {value!r} is no {datatype}", f"{name} = {value!r} 不是 {datatype}")
            row[name] = typed
        for name, column in columns.items() if self.blank else ():
            if column.derived_from and name not in row and row.get(column.derived_from):
                year = str(row[column.derived_from])[:4]
                if year.isdigit():
                    row[name] = int(year)
        return row


def _not_one_of(en: str, zh: str, name: Any, valid: Iterable[str]) -> tuple[str, str]:
    known = list(valid)
    if name is None:
        return f"it has no {en}; give one of {', '.join(known)}", f"没有{zh}；请给出 {'、'.join(known)} 之一"
    near = difflib.get_close_matches(str(name), known, n=3, cutoff=0.5) or known
    return (
        f"{en} '{name}' is not in the ontology; use {', '.join(near)}",
        f"本体里没有{zh}“{name}”；应为 {'、'.join(near)}",
    )


def _error(shown: str, en: str, zh: str) -> GraphError:
    return GraphError(say(f"{shown}: {en}", f"{shown.replace('node', '节点').replace('edge', '边', 1)}：{zh}"))


def _digest(*parts: object) -> str:
    """12 hex digits of what identifies an edge, as in a build."""
    text = "\x1f".join("\x00" if part is None else str(part) for part in parts)
    return hashlib.sha1(text.encode("utf-8"), usedforsecurity=False).hexdigest()[:12]
