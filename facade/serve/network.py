"""An answer as a network: the nodes and relations that it holds, or names, with positions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aikg.serve.offer import LABELS_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.cli.tables import Table
    from aikg.graph.stores.protocol import Store

__all__ = ["MOST_NODES", "network_of"]

MOST_NODES = 300
MOST_RELATIONS = 1_500


class _Found:
    """Nodes and relations of an answer, in the order in which they appear."""

    def __init__(self) -> None:
        self.nodes: dict[str, dict[str, Any] | None] = {}
        self.relations: dict[str, dict[str, Any]] = {}
        self.names: dict[tuple[str, ...], dict[str, None]] = defaultdict(dict)

    def read(self, column: str, value: Any) -> None:
        from aikg.ontology.schema import load_schema

        if isinstance(value, list):
            for item in value:
                self.read(column, item)
        elif isinstance(value, dict):
            if isinstance(value.get("id"), str) and isinstance(value.get("label"), str):
                self.nodes[value["id"]] = value
            elif isinstance(value.get("type"), str) and isinstance(value.get("subject"), str) and "object" in value:
                self.relations[str(value.get("id"))] = value
                for end in (value["subject"], value["object"]):
                    self.nodes.setdefault(str(end), None)
            else:
                for item in value.values():
                    self.read(column, item)
        elif isinstance(value, str):
            if column.startswith(("source", "sources_")):
                return
            if column in LABELS_OF:
                self.names[LABELS_OF[column]].setdefault(value)
            if ":" in value and load_schema().label_of_id(value) is not None:
                self.nodes.setdefault(value, None)


def network_of(store: Store, table: Table, lang: str) -> dict[str, Any]:
    """Nodes (id, label, name, x, y, colour, shape), relations (id, type, from, to), and what was left out.

    Nodes are those that cells hold, whose ids they hold, or whose names stand in a column of that kind (city, segment,
    companies). Where an answer holds no relations, those of the graph between its nodes are drawn (`joined`).
    """
    from aikg.graph.views.explorer.force import force
    from aikg.graph.views.style import label_style
    from aikg.ontology.schema import load_schema

    found = _Found()
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            found.read(column, cell)
        if len(found.nodes) > 20 * MOST_NODES:
            break
    _look_up_names(store, found)
    total = len(found.nodes)
    kept = dict.fromkeys(list(found.nodes)[:MOST_NODES])
    nodes = {i: found.nodes[i] for i in kept}
    _complete(store, nodes)
    nodes = {i: node for i, node in nodes.items() if node is not None}
    joined = not found.relations
    relations = _between(store, nodes) if joined else found.relations.values()
    drawn = [r for r in relations if r["subject"] in nodes and r["object"] in nodes][:MOST_RELATIONS]
    at = force(list(nodes), [(r["subject"], r["object"]) for r in drawn])
    schema = load_schema()

    def title(name: str) -> str:
        known = schema.labels.get(name) or schema.relations.get(name)
        return known.label[lang] if known else name

    return {
        "nodes": [
            {
                "id": i,
                "label": node["label"],
                "kind": title(str(node["label"])),
                "name": str(node.get("name") or i),
                "x": at[i][0],
                "y": at[i][1],
                "color": (style := label_style(str(node["label"]))).color,
                "shape": style.shape,
                "size": style.size,
            }
            for i, node in nodes.items()
            if node is not None
        ],
        "relations": [
            {
                "id": r.get("id"),
                "type": r["type"],
                "kind": title(r["type"]),
                "from": r["subject"],
                "to": r["object"],
                "sources": r.get("sources") or [],
            }
            for r in drawn
        ],
        "all": total,
        "joined": joined,
    }


def _by_label(ids: Iterable[str]) -> dict[str, list[str]]:
    from aikg.ontology.schema import load_schema

    made: dict[str, list[str]] = defaultdict(list)
    for i in ids:
        made[load_schema().label_of_id(i) or ""].append(i)
    return made


def _look_up_names(store: Store, found: _Found) -> None:
    held = store.schema().labels
    for labels, names in found.names.items():
        here = [label for label in labels if held.get(label)]
        if not here:
            continue
        rows = store.query(
            f"MATCH (n:{'|'.join(here)}) WHERE n.name IN $names RETURN n.id AS id, n.name AS name ORDER BY id",
            {"names": list(names)[:2_000]},
            row_limit=5_000,
        )
        order = {name: at for at, name in enumerate(names)}
        for i in sorted(
            rows["id"], key=dict(zip(rows["id"], (order[n] for n in rows["name"]), strict=True)).__getitem__
        ):
            found.nodes.setdefault(str(i), None)


def _complete(store: Store, nodes: dict[str, dict[str, Any] | None]) -> None:
    """Label and name of the nodes of which only the id is known."""
    for label, ids in _by_label(i for i, node in nodes.items() if node is None).items():
        rows = store.query(
            f"MATCH (n{':' + label if label else ''}) WHERE n.id IN $ids "
            "RETURN n.id AS id, head(labels(n)) AS label, n.name AS name ORDER BY id",
            {"ids": ids},
        )
        for row in rows.itertuples(index=False):
            nodes[str(row.id)] = {"id": row.id, "label": row.label, "name": row.name}


def _between(store: Store, nodes: dict[str, Any]) -> list[dict[str, Any]]:
    """Relations of the graph between these nodes."""
    labels = sorted({str(node["label"]) for node in nodes.values() if node})
    from aikg.ontology.schema import load_schema

    known = "|".join(label for label in labels if label in load_schema().labels)
    if not known:
        return []
    rows = store.query(
        f"MATCH (a:{known})-[r]->(b:{known}) WHERE a.id IN $ids AND b.id IN $ids "
        "RETURN r.id AS id, type(r) AS type, a.id AS subject, b.id AS object, r.sources AS sources "
        f"ORDER BY type, subject, object, id LIMIT {MOST_RELATIONS}",
        {"ids": sorted(nodes)},
    )
    return [
        {
            "id": row.id,
            "type": str(row.type),
            "subject": str(row.subject),
            "object": str(row.object),
            "sources": list(row.sources) if isinstance(row.sources, list) else [],
        }
        for row in rows.itertuples(index=False)
    ]
