"""Questions of the theme `supply`: on the shipped graph, against the documents; deliveries on a small made-up graph.

The documents (../shared/documents): 000 人工智能与产业集聚区融合发展的可行性研究报告, 003 2023人工智能发展白皮书.
None of them states a delivery from one company to another, so that three questions are asked of `_deliveries`, a graph of invented
(虚构) companies.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from question_graph import PAPER, REPORT, Maker
from support import assert_equal_rows

from aikg.graph.citations import parse_source
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
WHITE_PAPER = "2023人工智能发展白皮书"


def _deliveries() -> KnowledgeGraph:
    """虚构: 甲厂 assembles; 乙芯 and 丙芯 make chips, 丁材 the material, 戊店 sells, 己游 has no recorded city.

    深圳: 甲厂, 乙芯 (in a district), 戊店 (headquarters in 深圳 by 图表3 and in 广州 by 图表31). 广州: 丙芯. 北京: 丁材.
    """
    made = Maker()
    made.nodes["Source"] = [
        {"id": PAPER, "name": "虚构白皮书", "aliases": [], "sources": [PAPER], "method": "table", "confidence": 1.0},
        {"id": REPORT, "name": "虚构年报", "aliases": [], "sources": [REPORT], "method": "table", "confidence": 1.0},
    ]
    for code, name in (("440300", "深圳市"), ("440100", "广州市"), ("110000", "北京市")):
        made.node("City", f"city:{code}", 3, name=name)
    made.edge("PART_OF", made.node("District", "district:440305", 3, name="南山区"), "city:440300")
    for name in ("甲厂", "乙芯", "丙芯", "丁材", "戊店", "己游"):
        made.node("Company", f"company:{name}", 3, name=f"{name}（虚构）")
    for name, place, table in (
        ("甲厂", "city:440300", 3),
        ("乙芯", "district:440305", 3),
        ("丙芯", "city:440100", 3),
        ("丁材", "city:110000", 3),
        ("戊店", "city:440300", 3),
        ("戊店", "city:440100", 31),
    ):
        made.edge("LOCATED_IN", f"company:{name}", place, table, role="headquarters")
    for supplier, customer, product, share, year, table, source in (
        ("乙芯", "甲厂", "芯片", 0.6, 2022, 3, PAPER),
        ("丙芯", "甲厂", "芯片", 0.4, 2022, 4, PAPER),
        ("丙芯", "戊店", "芯片", None, 2021, 4, PAPER),
        ("丁材", "乙芯", "硅片", 0.9, 2021, 3, PAPER),
        ("丁材", "乙芯", "硅片", 1.0, 2022, 3, REPORT),
        ("甲厂", "戊店", "手机", None, None, 4, PAPER),
        ("己游", "甲厂", None, None, None, 4, PAPER),
        ("甲厂", "丁材", "手机", None, 2022, 4, PAPER),
    ):
        own = {"product": product, "share": share, "year": year}
        made.edge("SUPPLIES", f"company:{supplier}", f"company:{customer}", table, source=source, **own)
    return made.graph()


DELIVERIES = _deliveries()
STORE = EmbeddedStore(DELIVERIES)
SHIPPED = build_graph()[0]
ON_DELIVERIES: list[tuple[str, dict[str, Any]]] = [
    ("supply-chain", {"company": "甲厂（虚构）"}),
    ("supply-chain", {"id": "company:丁材", "steps": 5}),
    ("supply-chain", {"company": "甲厂（虚构）", "source": "虚构白皮书图表3"}),
    ("single-supplier-inputs", {}),
    ("single-supplier-inputs", {"company": "戊店（虚构）"}),
    ("single-supplier-inputs", {"source": "图表3"}),
    ("supply-between-places", {}),
    ("supply-between-places", {"city": "广州"}),
    ("supply-between-places", {"source": "虚构白皮书"}),
]


def delivered(name: str, **given: Any) -> pd.DataFrame:
    frame = CATALOGUE.ask(STORE, name, given)
    return frame.map(lambda cell: cell.removesuffix("（虚构）") if isinstance(cell, str) else cell)


def none_for_null(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The columns as tuples, null as None."""
    cells = frame[list(columns)].astype(object)
    return [tuple(row) for row in cells.where(cells.notna(), None).itertuples(index=False, name=None)]


@pytest.fixture(scope="module")
def ask() -> Callable[..., pd.DataFrame]:
    store = EmbeddedStore(SHIPPED)
    return lambda name, **given: CATALOGUE.ask(store, name, given)


def lines(cited: list[str]) -> set[int]:
    return {found.line for entry in cited if (found := parse_source(entry)) and found.line}


# -- deliveries, invented ----------------------------------------------------------------------------


@pytest.mark.neo4j
@pytest.mark.parametrize(("name", "given"), ON_DELIVERIES, ids=lambda x: x if isinstance(x, str) else str(x))
def test_deliveries_are_the_same_on_both_stores(both_stores: Any, name: str, given: dict[str, Any]) -> None:
    embedded, server = both_stores(DELIVERIES)
    one, other = CATALOGUE.ask(embedded, name, given), CATALOGUE.ask(server, name, given)
    assert len(one)
    assert_equal_rows(one, other, name)
    assert list(one["sources"]) == list(other["sources"]), "in the same order too"


@pytest.mark.parametrize("name", ["supply-chain", "single-supplier-inputs", "supply-between-places"])
def test_without_deliveries_the_note_says_what_to_load(ask: Callable[..., pd.DataFrame], name: str) -> None:
    answer = ask(name)
    assert answer.empty
    assert "SUPPLIES（供应）" in answer.attrs["note"]
    assert "aikg build" in answer.attrs["note"]


def test_supply_chain_goes_tier_by_tier_in_both_directions() -> None:
    answer = delivered("supply-chain", company="甲厂（虚构）")
    assert none_for_null(answer, "direction", "tier", "name", "partner", "product", "share", "year") == [
        ("supplier", 1, "丙芯", "甲厂", "芯片", 0.4, 2022),
        ("supplier", 1, "乙芯", "甲厂", "芯片", 0.6, 2022),
        ("supplier", 1, "己游", "甲厂", None, None, None),
        ("supplier", 2, "丁材", "乙芯", "硅片", 0.9, 2021),
        ("supplier", 2, "丁材", "乙芯", "硅片", 1.0, 2022),
        ("customer", 1, "丁材", "甲厂", "手机", None, 2022),
        ("customer", 1, "戊店", "甲厂", "手机", None, None),
        ("customer", 2, "乙芯", "丁材", "硅片", 0.9, 2021),
        ("customer", 2, "乙芯", "丁材", "硅片", 1.0, 2022),
    ]
    # 甲厂 → 丁材 → 乙芯 → 甲厂 is a ring: the company itself is neither its supplier nor its customer
    assert "甲厂" not in set(answer["name"])
    cities = dict(zip(answer["name"], answer["city"], strict=True))
    assert cities["戊店"] == ["广州市", "深圳市"], "disputed headquarters are both shown"
    assert cities["己游"] == [], "a city that is not recorded is not invented"


def test_supply_chain_stops_after_the_asked_steps_and_sources() -> None:
    assert set(delivered("supply-chain", company="甲厂（虚构）", steps=1)["tier"]) == {1}
    # of 虚构白皮书 图表3 are 乙芯 → 甲厂 and 丁材 → 乙芯 (2021); what 图表4 and 虚构年报 state does not count
    answer = delivered("supply-chain", company="甲厂（虚构）", source="虚构白皮书图表3")
    assert none_for_null(answer, "direction", "tier", "name", "year") == [
        ("supplier", 1, "乙芯", 2022),
        ("supplier", 2, "丁材", 2021),
    ]


def test_one_known_supplier_is_not_the_only_one() -> None:
    answer = delivered("single-supplier-inputs")
    assert none_for_null(answer, "name", "product", "supplier", "share", "n_alternatives") == [
        ("丁材", "手机", "甲厂", None, None),
        ("乙芯", "硅片", "丁材", 1.0, None),  # two years of one supplier
        ("戊店", "手机", "甲厂", None, None),
        ("戊店", "芯片", "丙芯", None, 1),
    ]
    assert set(answer["state"]) == {"no other known"}
    by_key = answer.set_index(["name", "product"])
    assert by_key.loc[("戊店", "芯片"), "alternatives"] == ["乙芯（虚构）"]
    assert by_key.loc[("乙芯", "硅片"), "year"] == [2021, 2022]
    # 甲厂 has two suppliers of 芯片, and what 己游 supplies is not recorded
    assert "甲厂" not in set(answer["name"])
    # in 图表3 only 乙芯 supplies 甲厂
    one_table = delivered("single-supplier-inputs", source="图表3")
    assert none_for_null(one_table, "name", "product", "supplier") == [
        ("乙芯", "硅片", "丁材"),
        ("甲厂", "芯片", "乙芯"),
    ]
    assert set(delivered("single-supplier-inputs", company="戊店（虚构）")["name"]) == {"戊店"}


def test_deliveries_between_cities() -> None:
    answer = delivered("supply-between-places")
    assert none_for_null(answer, "city", "other", "state", "n") == [
        ("北京市", "深圳市", "leaves", 2),  # 硅片, two years, into a district
        ("广州市", "深圳市", "leaves", 2),  # 芯片 to 甲厂, and to 戊店 by 图表3
        ("深圳市", "深圳市", "inside", 2),  # 芯片 of 乙芯, 手机 to 戊店
        ("广州市", "广州市", "inside", 1),  # 芯片 to 戊店 by 图表31
        ("深圳市", "北京市", "leaves", 1),
        ("深圳市", "广州市", "leaves", 1),
        (None, "深圳市", "not recorded", 1),  # 己游
    ]
    assert none_for_null(delivered("supply-between-places", city="北京"), "city", "other") == [
        ("北京市", "深圳市"),
        ("深圳市", "北京市"),
    ]
    # without 图表31 戊店 is in 深圳 only
    few = delivered("supply-between-places", source="图表3,图表4")
    assert ("广州市", "广州市") not in none_for_null(few, "city", "other")


# -- what is stated of flows --------------------------------------------------------------------------


def test_segment_flows_follow_only_what_is_stated(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("segment-flows", technology="芯片")
    by_other_way = SHIPPED.edges["UPSTREAM_OF"]
    direct = set(by_other_way[by_other_way["subject"] == "tech:芯片"]["object"])
    assert set(answer.query("direction == 'downstream' and step == 1")["id"]) == direct
    assert {"芯片 → 算力 → 金融", "芯片 → 算力 → 医疗"} <= set(answer["way"])
    layers = ask("segment-flows", layer="技术层")
    assert none_for_null(layers, "direction", "step", "name") == [
        ("upstream", 1, "基础层"),
        ("downstream", 1, "应用层"),
    ]
    assert set(ask("segment-flows", technology="芯片", steps=1)["step"]) == {1}
    root = ask("segment-flows").set_index("id").loc["segment:人工智能"]
    assert pd.isna(root["n"]), "the root counts in no coverage"
    assert root["sources_firms"] == []


def test_providers_show_the_strongest_basis(ask: Callable[..., pd.DataFrame]) -> None:
    # 000 line 89 states the digital twin platform of 西门子, which works in it too: PROVIDES is shown
    twin = ask("providers-of-segment", technology="数字孪生")
    assert none_for_null(twin, "name", "basis", "share") == [("西门子", "PROVIDES", None)]
    assert lines(twin["sources"].iloc[0]) >= {89}
    # 图表3 of 003, lines 178–184: seven firms work in 智能芯片, of none is it stated that it provides to others
    chips = ask("providers-of-segment", segment="智能芯片", source="图表3")
    assert len(chips) == 7
    assert set(chips["basis"]) == {"OPERATES_IN"}
    assert set().union(*map(lines, chips["sources"])) == set(range(178, 185))
    assert chips["share"].isna().all()


def test_dependence_on_a_technology(ask: Callable[..., pd.DataFrame]) -> None:
    # 003: 深度学习 is named of 智能诊前助手 and 医院业务管理 (line 1176), 健康管理 (1178), 量化交易 (1214)
    answer = ask("technology-dependence", technology="深度学习", source=WHITE_PAPER).set_index("name")
    assert {"智能诊前助手", "医院业务管理", "健康管理", "量化交易"} <= set(answer.index)
    assert lines(answer.loc["健康管理", "sources"]) == {1178}
    assert {"物联网", "可穿戴设备"} <= set(answer.loc["健康管理", "others"])
    assert answer["n_providers"].isna().all(), "not recorded, which is not 0"
    users = SHIPPED.edges["USES_TECHNOLOGY"]
    assert set(answer["id"]) == set(users[users["object"] == "tech:深度学习"]["subject"])
    # 图表4 has five firms in 计算机视觉 (test_queries); 图表31 one more
    vision = ask("technology-dependence", segment="计算机视觉")
    assert set(vision["n_providers"]) == {6}
    assert vision.set_index("name").loc["缺陷识别", "used"] == "计算机视觉"


def test_technologies_without_a_provider(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("technologies-without-provider")
    recorded = pd.concat([SHIPPED.edges[kind] for kind in ("OPERATES_IN", "REPRESENTATIVE_OF", "PROVIDES")])
    assert not set(answer["id"]) & set(recorded["object"])
    uses = SHIPPED.edges["USES_TECHNOLOGY"]
    uses = uses[uses["subject"].str.startswith(("scenario:", "field:"))]
    wanted = uses.groupby("object")["subject"].nunique()
    assert answer.set_index("id")["n"].to_dict() == {name: wanted[name] for name in answer["id"]}
    # what is used and left out has a firm: in it, or in something narrower (数字孪生平台 and the like)
    assert "segment:智能传感器" in set(wanted.index) - set(answer["id"])
    assert "人工智能" not in set(answer["name"])
    deep = answer.set_index("name").loc["深度学习"]
    # 000 line 68 names 深度学习 as a part of 机器学习, which has three firms in 图表4 (lines 228–230)
    assert (deep["state"], deep["broader"], deep["n_broader"]) == ("not recorded", ["机器学习"], 3)


def test_shared_inputs_count_users_once(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("shared-inputs", least=1, source=WHITE_PAPER).set_index("name")
    # 003 names 模式识别 in lines 1134, 1222 and 1246 only
    assert set().union(lines(answer.loc["模式识别", "sources"])) == {1134, 1222, 1246}
    assert answer.loc["模式识别", "n"] == len(set(answer.loc["模式识别", "users"])) == 10
    assert "人工智能" not in answer.index
    assert "人工智能" not in {name for users in answer["users"] for name in users}
    assert (answer["n"] >= answer["n_scenarios"].fillna(0)).all()
    everything = ask("shared-inputs", least=1).set_index("name")
    # 深度学习 is a part of 机器学习 by another document, so that its users are users of both
    assert set(everything.loc["深度学习", "users"]) <= set(everything.loc["机器学习", "users"])


# -- dependence as stated -----------------------------------------------------------------------------


def test_dependence_as_stated(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("stated-dependence", segment="智能芯片", source=WHITE_PAPER)
    # 003: line 286 (imports above 14 nm), 370 and 376–377 (图表10, power of suppliers), 31 (own ecosystem)
    kinds = {kind: set().union(*map(lines, group["sources"])) for kind, group in answer.groupby("kind")}
    assert kinds == {"supplier power": {370, 376, 377}, "weak point": {286}, "wording": {31}}
    weak = answer.set_index("kind").loc["weak point"]
    assert (weak["aspect"], weak["rating"]) == ("高端AI芯片", "有明显差距")
    country = ask("stated-dependence", country="中国", kind="措辞涉及依赖").set_index("aspect")
    # 000 line 174: less than 35 % of domestic AI chips; line 185: the cost of imported equipment rose by 45 %
    assert country.loc["国产AI芯片渗透率", ["value", "unit", "qualifier"]].tolist() == [35, "%", ["under"]]
    assert lines(country.loc["国产AI芯片渗透率", "sources"]) == {174}
    assert lines(country.loc["高端设备进口成本增速", "sources"]) == {185}
    assert list(ask("stated-dependence", kind="supplier power")["id"]) == list(
        ask("stated-dependence", kind="供应者谈判能力")["id"]
    )
    records = SHIPPED.nodes["Assessment"]
    porter = records[(records["framework"] == "波特五力") & records["aspect"].str.startswith("供应者谈判能力")]
    assert set(ask("stated-dependence", kind="supplier power")["id"]) == set(porter["id"])
