"""Names that try to run, to break the page, or to hide, in every label, property and source of a graph."""

from __future__ import annotations

from typing import Any

from sample_graph import SOURCE, Rows

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.schema import load_schema

HOSTILE = [
    "<script>window.hacked=1</script>",
    "</script><script>window.hacked=2</script>",
    "\"><img src=x onerror='window.hacked=3'>",
    "'><svg onload=window.hacked=4>",
    "javascript:window.hacked=5",
    "]]><!--<script>window.hacked=6</script>",
    "\u2028window.hacked=7\u2029//",
    "\u202e\u202d\u2066\u200f右到左\u200e",
    "{{7*7}}${7*7}#{7*7}<%= 7*7 %>",
    "\\u003cimg src=x\\u003e\\",
    "<b>粗</b><i>斜</i><code>x</code>",
    "__proto__",
    "constructor",
    "\x00\x07\x1b[31m",
    "深" * 10_000,
    "x" * 10_000,
    "👨‍👩‍👧‍👦" * 50 + "e\u0301" * 300,
    "https://example.invalid/<script>",
    " ",
]


def hostile_graph() -> tuple[KnowledgeGraph, list[str]]:
    """A node of every label and an edge of every relation, with something hostile in each text and source."""
    schema, rows = load_schema(), Rows()
    bad = iter(HOSTILE * 200)

    def texts(columns: Any) -> dict[str, Any]:
        fixed = {"id", "name", "sources", "subject", "object", "as_of", "method", "confidence"}
        own = {name: p for name, p in columns.items() if name not in fixed and p.derived_from is None}
        made = {name: next(bad) for name, p in own.items() if p.datatype in ("text", "date")}
        return made | {name: [next(bad), next(bad)] for name, p in own.items() if p.datatype == "text_list"}

    first: dict[str, str] = {}
    for label in schema.labels:
        for _ in range(3):
            name = next(bad)
            i = rows.node(label, f"{schema.labels[label].id_prefix}:{name}", name, next(bad), as_of="<i>2022</i>")
            rows.nodes[label][i] |= texts(schema.node_columns(label))
            rows.nodes[label][i]["sources"] += [next(bad), f"src:{next(bad)}"]
            rows.state(label, i, "founded", next(bad), 1, next(bad))
            first.setdefault(label, i)
    source = rows.node("Source", SOURCE, "》《</script>", url="javascript:window.hacked=8")
    rows.nodes["Source"][source]["aliases"] = []
    for kind, relation in schema.relations.items():
        for start in relation.domain:
            end = start if relation.same_label else relation.range[0]
            if start in first and end in first:
                rows.edge(kind, first[start], first[end], next(bad), **texts(schema.edge_columns(kind)))
    return rows.graph(), list(schema.labels)
