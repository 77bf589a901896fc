"""The graph that the store tests ask: the firms of the sample graph, and made-up edges and values that are awkward.

Made up are the companies 甲公司 … 戊公司 and everything at them: parallel edges that only their key properties tell
apart, a cycle of suppliers, nulls of every type, truth values, empty lists, quotes, line ends and long lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sample_graph import sample_rows, sha12

from aikg.graph.knowledge_graph import KnowledgeGraph

if TYPE_CHECKING:
    from collections.abc import Iterable

NODE = {"as_of": "2024-01", "method": "curated", "confidence": 1.0}
AWKWARD = "a 'b' \"c\" \\ `d`\n新行\t$x {y}"

COMPANIES: list[dict[str, Any]] = [
    {"id": "company:甲公司", "name": "甲公司", "aliases": ["乙", "甲", "A"], "sources": ["src:0#L2", "src:0#L1"],
     "founded": "2012-09-01", "founded_year": 2012, "listed": True, "uscc": "91440300192203821X"},
    {"id": "company:乙公司", "name": "乙公司", "aliases": [], "sources": [], "founded": "2013", "founded_year": 2013,
     "listed": False},
    {"id": "company:丙公司", "name": "丙公司", "aliases": None, "sources": None, "listed": None},
    {"id": "company:丁公司", "name": "丁公司", "aliases": [AWKWARD], "sources": ["src:0#L9"], "founded": "2001-01",
     "founded_year": 2001, "legal_name": AWKWARD},
    {"id": "company:戊公司", "name": "戊公司", "aliases": ["0012"], "sources": ["src:0#L9"], "uscc": "0012",
     "legal_name": ""},
]  # fmt: skip
# subject, object, product, share, year: two of 甲→乙 differ in their product only, two of 丙→丁 in their year
SUPPLIES: list[tuple[str, str, str | None, float | None, int | None]] = [
    ("甲公司", "乙公司", "芯片", 0.5, 2021),
    ("甲公司", "乙公司", "传感器", None, 2021),
    ("乙公司", "丙公司", None, 0.25, None),
    ("丙公司", "丁公司", "芯片", 1.0, 2020),
    ("丙公司", "丁公司", "芯片", 1.0, 2021),
    ("丁公司", "甲公司", "整机", 0.125, 2022),
    ("乙公司", "戊公司", "整机", 0.0, 2022),
]
# PROVIDES from Company to two labels: the second label's parallel edges are the ones that kglite would fold
PROVIDES: list[tuple[str, str, str, int]] = [
    ("company:甲公司", "segment:智能芯片", "a", 2020),
    ("company:甲公司", "segment:智能芯片", "b", 2020),
    ("company:甲公司", "tech:大模型", "a", 2020),
    ("company:甲公司", "tech:大模型", "b", 2020),
    ("company:甲公司", "tech:大模型", "b", 2021),
    ("company:乙公司", "tech:大模型", "b", 2021),
    ("country:CN", "tech:大模型", "c", 2021),
    ("country:CN", "tech:大模型", "d", 2021),
]


def edge(kind: str, subject: str, target: str, *key: object, **own: Any) -> dict[str, Any]:
    made = f"{kind}:{sha12(kind, subject, target, *map(str, key))}"
    return {**NODE, "id": made, "subject": subject, "object": target, "sources": ["src:0#L1"], **own}


def store_rows() -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[dict[str, Any]]]]:
    """Nodes by label and edges by type."""
    rows = sample_rows()
    nodes = {label: list(entries.values()) for label, entries in rows.nodes.items()}
    edges = {kind: list(entries.values()) for kind, entries in rows.edges.items()}
    nodes["Company"] += [{**NODE, **row} for row in COMPANIES]
    nodes["Technology"] = [{**NODE, "id": "tech:大模型", "name": "大模型", "aliases": ["LLM"], "sources": []}]
    edges["SUPPLIES"] = [
        edge("SUPPLIES", f"company:{a}", f"company:{b}", product, year, product=product, share=share, year=year)
        for a, b, product, share, year in SUPPLIES
    ]
    edges["PROVIDES"] = [
        edge("PROVIDES", a, b, product, year, product=product, year=year) for a, b, product, year in PROVIDES
    ]
    return nodes, edges


def graph_of(nodes: dict[str, list[dict[str, Any]]], edges: dict[str, list[dict[str, Any]]]) -> KnowledgeGraph:
    return KnowledgeGraph.from_rows(nodes, edges)


def store_graph() -> KnowledgeGraph:
    return graph_of(*store_rows())


def without(graph: KnowledgeGraph, ids: Iterable[str]) -> KnowledgeGraph:
    """The graph less these nodes and every edge at them."""
    gone = set(ids)
    nodes = {label: frame[~frame["id"].isin(gone)] for label, frame in graph.nodes.items()}
    edges = {
        kind: frame[~(frame["subject"].isin(gone) | frame["object"].isin(gone))] for kind, frame in graph.edges.items()
    }
    return KnowledgeGraph(
        {label: frame.reset_index(drop=True) for label, frame in nodes.items() if len(frame)},
        {kind: frame.reset_index(drop=True) for kind, frame in edges.items() if len(frame)},
    )
