"""A small made-up graph in which every rule of the catalogue's counting has something to decide.

Documents: 白皮书 (src:aaaaaaaaaaaa) with 图表3, 4, 7, 9, 31 and 年报 (src:bbbbbbbbbbbb) with a 图表3 of its own.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from aikg.graph.knowledge_graph import KnowledgeGraph

PAPER, REPORT = "src:aaaaaaaaaaaa", "src:bbbbbbbbbbbb"
COMMON = {"as_of": "2023", "method": "table", "confidence": 1.0}
CODE_TABLE = {"as_of": None, "method": "code_table", "confidence": 1.0}


class Maker:
    """Collects rows; each fact gets a line of its own, so that a citation tells which fact is meant."""

    def __init__(self) -> None:
        self.nodes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.edges: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.line = 0

    def cite(self, *tables: int, source: str = PAPER) -> list[str]:
        self.line += 1
        return [f"{source}#L{self.line};图表{table};栏" for table in tables]

    def node(self, label: str, node_id: str, *tables: int, name: str | None = None, **own: Any) -> str:
        row = {"id": node_id, "name": name or node_id.rpartition(":")[2], "aliases": [], "sources": self.cite(*tables)}
        self.nodes[label].append(row | COMMON | own)
        return node_id

    def edge(self, kind: str, subject: str, target: str, *tables: int, source: str = PAPER, **own: Any) -> None:
        row = {"id": f"{kind}:{len(self.edges[kind])}", "subject": subject, "object": target}
        cited = self.cite(*tables, source=source)
        self.edges[kind].append(row | {"sources": cited} | (COMMON if tables else CODE_TABLE) | own)

    def graph(self) -> KnowledgeGraph:
        return KnowledgeGraph.from_rows(self.nodes, self.edges)


def question_graph() -> KnowledgeGraph:
    made = Maker()
    made.nodes["Source"] = [
        {"id": PAPER, "name": "白皮书", "aliases": [], "sources": [PAPER], **COMMON},
        {"id": REPORT, "name": "年报", "aliases": [], "sources": [REPORT], **COMMON},
    ]
    _places(made)
    _chain(made)
    _firms(made)
    _parks_and_policies(made)
    _centers(made)
    return made.graph()


def _places(made: Maker) -> None:
    china = made.node("Country", "country:CN", name="中国")
    for code, name in (("440000", "广东省"), ("330000", "浙江省")):
        made.edge("PART_OF", made.node("Province", f"province:{code}", name=name), china)
    for code, name, above in (
        ("440300", "深圳市", "province:440000"),
        ("440100", "广州市", "province:440000"),
        ("110000", "北京市", china),
    ):
        made.edge("PART_OF", made.node("City", f"city:{code}", 3, name=name), above)
    made.edge("PART_OF", made.node("District", "district:440305", 3, name="南山区"), "city:440300")
    made.node("Region", "region:大湾区", 9)
    made.edge("PART_OF", made.node("Region", "region:珠三角", 9), "region:大湾区", 9)
    made.edge("PART_OF", "city:440300", "region:珠三角", 9)


def _chain(made: Maker) -> None:
    for order, name in enumerate(("基础层", "技术层", "应用层")):
        made.node("ChainLayer", f"layer:{name}", 3, order=order + 1)
    made.node("ChainSegment", "segment:人工智能", 3)
    for name, layer in (
        ("智能芯片", "基础层"),
        ("智能传感器", "基础层"),
        ("智能语音", "技术层"),
        ("智能医疗", "应用层"),
    ):
        made.edge("PART_OF", made.node("ChainSegment", f"segment:{name}", 3), f"layer:{layer}", 3)
    made.edge("PART_OF", made.node("ChainSegment", "segment:语音合成", 3), "segment:智能语音", 3)
    made.node("ChainSegment", "segment:量子计算", 7)
    made.edge("UPSTREAM_OF", "segment:智能芯片", "segment:智能语音", 7, basis="stated")


def _firms(made: Maker) -> None:
    for name in "甲乙丙丁":
        made.node("Company", f"company:{name}", 3)
    made.node("Company", "company:uscc:91440300192203821X", 3, 31, name="同名", listed=True)
    made.node("Company", "company:同名", 31, name="同名")
    # 甲: headquarters in two cities by two tables; 乙: one headquarters in a district, and a site elsewhere
    made.edge("LOCATED_IN", "company:甲", "city:440300", 3, role="headquarters")
    made.edge("LOCATED_IN", "company:甲", "city:440100", 31, role="headquarters")
    made.edge("LOCATED_IN", "company:乙", "district:440305", 3, role="headquarters")
    made.edge("LOCATED_IN", "company:乙", "city:110000", 3, role="site")
    made.edge("LOCATED_IN", "company:uscc:91440300192203821X", "city:440300", 3, role="headquarters")
    made.edge("OPERATES_IN", "company:甲", "segment:智能芯片", 3)
    made.edge("OPERATES_IN", "company:甲", "segment:人工智能", 3)
    made.edge("OPERATES_IN", "company:乙", "segment:语音合成", 3)
    made.edge("OPERATES_IN", "company:丙", "segment:智能医疗", 31)
    made.edge("OPERATES_IN", "company:丁", "segment:智能芯片", 3, source=REPORT)
    made.edge("REPRESENTATIVE_OF", "company:丁", "layer:应用层", 4)


def _parks_and_policies(made: Maker) -> None:
    park = made.node("Park", "park:440300:科技园", 4)
    inner = made.node("Park", "park:440300:园中园", 4)
    made.edge("LOCATED_IN", park, "district:440305", 4)
    made.edge("PART_OF", inner, park, 4)
    made.edge("HOSTS", park, "company:丙", 3)
    made.edge("FOCUSES_ON", inner, "segment:语音合成", 4, text="语音")
    ministry = made.node("Institution", "institution:部委", 4)
    made.edge("LOCATED_IN", ministry, "city:110000", 4)
    for name, owner, relation, year in (
        ("国家规划", ministry, "ISSUED_BY", 2021),
        ("国家规划", "country:CN", "APPLIES_TO", 2021),
        ("省规划", "province:440000", "APPLIES_TO", 2022),
        ("市规划", "city:440300", "ISSUED_BY", None),
        ("园区规划", park, "APPLIES_TO", 2022),
    ):
        policy = f"policy:x:{name}"
        if policy not in {row["id"] for row in made.nodes["Policy"]}:
            made.node("Policy", policy, 4, issued=f"{year}-01" if year else None, issued_year=year)
        made.edge(relation, policy, owner, 4)
    made.edge("FOCUSES_ON", "policy:x:省规划", "segment:智能传感器", 4)
    made.edge("FOCUSES_ON", "policy:x:市规划", "segment:量子计算", 4)
    made.edge("FOCUSES_ON", "policy:x:国家规划", "segment:智能医疗", 4)


def _centers(made: Maker) -> None:
    # name, place, node's own value, figures: (value, unit, qualifiers, table)
    for name, place, own, figures in (
        ("一", "region:珠三角", (100.0, "PFLOPS"), [(100, "PFLOPS", ["exact"], 3), (120, "PFLOPS", ["exact"], 31)]),
        ("二", "region:珠三角", (800.0, "POPS"), [(800, "POPS", ["over"], 3)]),
        ("三", "region:珠三角", None, [(50, "PFLOPS", ["planned"], 3), (500, "PFLOPS", ["approx", "planned"], 3)]),
        ("四", None, None, []),
        ("五", "city:440300", None, [(10, "EOPS", ["peak"], 3), (5000, "架", ["exact"], 3)]),
    ):
        value, unit = own or (None, None)
        center = made.node("ComputeCenter", f"center:{name}", 3, 31, capacity_value=value, capacity_unit=unit)
        if place:
            made.edge("LOCATED_IN", center, place, 3)
        for at, (amount, of, qualifier, table) in enumerate(figures):
            seen = f"observation:{name}{at}"
            made.node("Observation", seen, table, name="算力", value=float(amount), unit=of, qualifier=qualifier)
            made.edge("OBSERVED", center, seen, table)
