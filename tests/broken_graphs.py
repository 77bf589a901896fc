"""A small graph that breaks no rule, with every label and every relation type, and ways to spoil it."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = "src:a76a81ffa34b"
USCC = "914403001922038216"  # a lawful code (standards.md 4.1)

# id by label; one node each, and a second company, city and segment.
NODES: dict[str, list[str]] = {
    "Company": ["company:华为", f"company:uscc:{USCC}"],
    "University": ["university:深圳大学"],
    "Institution": ["institution:科学技术部"],
    "Park": ["park:440300:南山智园"],
    "Country": ["country:CN"],
    "Region": ["region:珠三角"],
    "Province": ["province:440000"],
    "City": ["city:440300", "city:US:纽约"],
    "District": ["district:440305"],
    "Group": ["group:全球"],
    "Policy": ["policy:440300:人工智能行动计划"],
    "PolicyTarget": ["target:0123456789ab"],
    "Programme": ["programme:国家人工智能创新应用先导区"],
    "ChainLayer": ["layer:基础层"],
    "ChainSegment": ["segment:智能芯片", "segment:云计算"],
    "Technology": ["tech:5G"],
    "Industry": ["industry:生物医药"],
    "ApplicationField": ["field:智慧社区"],
    "ApplicationScenario": ["scenario:智能安防"],
    "ComputeCenter": ["center:鹏城云脑II"],
    "Event": ["event:0123456789ab"],
    "Observation": ["observation:0123456789ab"],
    "Assessment": ["assessment:0123456789ab"],
    "Conflict": ["conflict:0123456789ab"],
    "Source": [SOURCE],
}
LISTED = "<a value of the code list>"
VALUES: dict[str, dict[str, Any]] = {
    "Company": {"founded": "1987-09-15", "financing_stage": LISTED, "listed": True, "legal_name": "某某有限公司"},
    "Institution": {"kind": LISTED},
    "Park": {"kind": LISTED, "level": LISTED},
    "Province": {"adcode": "440000", "latitude": 23.13171, "longitude": 113.26627},
    "City": {"latitude": 22.54554123456789, "longitude": 114.0683},
    "Policy": {"issued": "2022-09", "level": LISTED, "kind": LISTED},
    "PolicyTarget": {"value": 10.0, "value_max": 20.0, "unit": "家", "due": "2025", "comparator": LISTED},
    "ChainLayer": {"order": 1, "notation": "A"},
    "ChainSegment": {"order": 2, "lifecycle": LISTED},
    "Technology": {"lifecycle": LISTED},
    "ApplicationField": {"maturity": LISTED},
    "ApplicationScenario": {"maturity": LISTED},
    "ComputeCenter": {"capacity_value": 1000.0, "capacity_unit": LISTED},
    "Event": {"kind": LISTED, "date": "2022-01-27", "amount": 1070000000.0, "currency": LISTED},
    "Observation": {
        "indicator_text": "企业数量",
        "value": 3.5,
        "value_max": 4.5,
        "unit": "%",
        "period": "2018/2022",
        "qualifier": ["over", "range"],
    },
    "Assessment": {"framework": "波特五力", "text": "竞争较强"},
    "Conflict": {
        "property": "founded",
        "kind": LISTED,
        "severity": LISTED,
        "values": ["2013-01-18", "2013-01-08"],  # in the order of the sources, which is not that of the text
        "value_sources": [f"{SOURCE}#L9;图表3", f"{SOURCE}#L10;图表3, {SOURCE}#L11;图表4"],
        "chosen": "2013-01-08",
    },
    "Source": {"publisher": "某协会", "published": "2023", "retrieved": "2026-01-02", "sha256": "0a" * 32},
}
EDGE_VALUES: dict[str, dict[str, Any]] = {
    "LOCATED_IN": {"role": LISTED},
    "SUPPLIES": {"product": "芯片", "share": 0.3, "year": 2022},
    "PROVIDES": {"share": 1.0, "year": 2021},
    "UPSTREAM_OF": {"basis": LISTED},
    "FOCUSES_ON": {"text": "芯片设计"},
    "DESIGNATED_AS": {"year": 2020},
    "SAME_AS_CANDIDATE": {"score": 0.9, "reason": "名称相近"},
    "STATED_IN": {"locator": ["L9;图表3", "L10;图表3"]},
}


@dataclass
class Rows:
    """Rows by label and by relation type, before they become frames."""

    nodes: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    edges: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def graph(self) -> KnowledgeGraph:
        return KnowledgeGraph.from_rows(self.nodes, self.edges)

    def node(self, label: str, number: int = 0) -> dict[str, Any]:
        return self.nodes[label][number]

    def edge(self, type_: str, subject: str | None = None) -> dict[str, Any]:
        """The first edge of the type (from nodes of a label)."""
        ids = {row["id"] for row in self.nodes[subject]} if subject else None
        return next(row for row in self.edges[type_] if ids is None or row["subject"] in ids)

    def all(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for name, rows in [*self.nodes.items(), *self.edges.items()]:
            for row in rows:
                yield name, row


def edge_row(type_: str, number: int, subject: str, object_: str, **own: Any) -> dict[str, Any]:
    made = {"id": f"{type_}:{number:012x}", "subject": subject, "object": object_, **common(number), **own}
    return with_years(made)


def common(number: int) -> dict[str, Any]:
    return {
        "sources": [f"{SOURCE}#L{number};图表3", f"{SOURCE}#L{number + 100}"],
        "as_of": "2022-12",
        "method": "table",
        "confidence": 0.95,
    }


def with_years(row: dict[str, Any]) -> dict[str, Any]:
    """Derived years of a row, as the builder makes them."""
    for name in ("founded", "issued", "due", "date", "published", "retrieved"):
        if row.get(name):
            row[f"{name}_year"] = int(row[name][:4])
    return row


def _from_lists(name: str, own: dict[str, Any]) -> dict[str, Any]:
    """A copy in which LISTED is the first value that the rules allow."""
    first = {rule.property: rule.values[0] for rule in load_schema().constraints_for(name) if rule.kind == "in"}
    return {key: first[key] if value == LISTED else copy.deepcopy(value) for key, value in own.items()}


def clean_rows(pairs: int = 20) -> Rows:
    """Fresh rows of the clean graph. An edge for every pair of labels of a relation, but at most `pairs`."""
    rows = Rows()
    for label, ids in NODES.items():
        for number, id_ in enumerate(ids):
            own = _from_lists(label, VALUES.get(label, {}))
            row = {"id": id_, "name": id_.rpartition(":")[2], "aliases": [f"{id_}别名"], **common(number), **own}
            rows.nodes.setdefault(label, []).append(with_years(row))
    rows.node("ChainLayer")["name"] = "基础层"
    rows.node("Company", 1)["uscc"] = USCC
    # A place from the code table may have no source, and its PART_OF neither.
    rows.node("Province").update(sources=[], method="code_table", as_of=None)
    number = 0
    for type_, relation in load_schema().relations.items():
        ends = [(NODES[subject][0], NODES[object_][-1]) for subject, object_ in sorted(relation.pairs)]
        if relation.same_label:
            ends = [(start, end) for start, end in ends if start != end]
        for start, end in ends if type_ == "PART_OF" else _spread(ends, pairs):  # PART_OF has rules of its own
            own = _from_lists(type_, EDGE_VALUES.get(type_, {}))
            rows.edges.setdefault(type_, []).append(edge_row(type_, number, start, end, **own))
            number += 1
    rows.edge("PART_OF", "Province").update(sources=[], method="code_table")
    return rows


def _spread(ends: list[tuple[str, str]], most: int) -> list[tuple[str, str]]:
    """At most `most` of them, from the whole range."""
    return ends[:: max(1, -(-len(ends) // most))]


def clean_graph() -> KnowledgeGraph:
    return clean_rows().graph()
