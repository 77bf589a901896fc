"""Questions about technologies and scenarios: shipped answers against the documents, rules on a small graph made here.

003 is 2023人工智能发展白皮书 of the shared documents; the lines that were read stand beside each expectation.
"""

from __future__ import annotations

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
GRAPH = build_graph()[0]
SHIPPED = EmbeddedStore(GRAPH)
WHITE_PAPER = "2023人工智能发展白皮书"


def ask(name: str, store: EmbeddedStore = SHIPPED, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(store, name, given)


def cells(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Rows with None where a cell is empty."""
    plain = frame[list(columns)].astype(object)
    rows = plain.where(plain.map(lambda cell: isinstance(cell, list) or pd.notna(cell)), None)
    return list(rows.itertuples(index=False, name=None))


def lines(cited: list[str]) -> set[int]:
    return {c.line for entry in cited if (c := parse_source(entry)) is not None and c.line}


# -- the shipped graph against 003 ------------------------------------------------------------------------------


def test_maturity_of_the_scenarios_of_traffic() -> None:
    # 003 lines 1154–1156 (成熟), 1160–1162 (新兴), 1166 (未来)
    answer = ask("scenarios-by-maturity", field="智能交通", source=WHITE_PAPER)
    assert cells(answer, "maturity", "n", "scenarios") == [
        ("成熟", 3, ["智能语音导航", "智能路径规划", "智能车辆识别"]),
        ("新兴", 2, ["智能交通信号系统", "智能电子警察系统"]),
        ("未来", 3, ["交通事故控制", "公共交通运输", "高等级自动驾驶"]),
    ]
    # 003 line 1182: 手术机器人 is among the 新兴 and was used widely 20 years ago
    medicine = ask("scenarios-by-maturity", field="智能医疗", maturity="新兴")
    assert cells(medicine, "disputed") == [(["手术机器人"],)]


def test_every_scenario_is_counted_somewhere() -> None:
    answer = ask("scenarios-by-maturity")
    rated = GRAPH.nodes["ApplicationField"].dropna(subset=["maturity"])
    every = {*GRAPH.nodes["ApplicationScenario"]["name"], *rated["name"]}
    assert {name for names in answer["scenarios"] for name in names} == every
    assert answer["maturity"].isna().any(), "what nobody rates has rows of its own"


def test_scenarios_that_need_computer_vision() -> None:
    # 003 lines 1156 (智能车辆识别), 1160, 1162, 1166 of traffic
    answer = ask("scenarios-of-technology", segment="计算机视觉", source=WHITE_PAPER)
    traffic = answer[answer["field"].map(lambda fields: "智能交通" in fields)]
    assert cells(traffic, "maturity", "name") == [
        ("成熟", "智能车辆识别"),
        ("新兴", "智能交通信号系统"),
        ("新兴", "智能电子警察系统"),
        ("未来", "高等级自动驾驶"),
    ]
    # 003 line 1176: 深度学习 in 智能诊前助手, line 1178 in 健康管理
    learning = set(ask("scenarios-of-technology", technology="深度学习", maturity="成熟")["name"])
    assert {"智能诊前助手", "健康管理"} <= learning


def test_life_cycle() -> None:
    # 003 line 309 names the segments of both stages; line 305 the industry as a whole
    answer = ask("technology-lifecycle", source=WHITE_PAPER)
    assert cells(answer, "stage", "name") == [
        ("形成期", "类脑智能计算"),
        ("形成期", "量子智能计算"),
        ("成长期", "机器学习"),
        ("成长期", "生物特征识别"),
        ("成长期", "计算机视觉"),
        ("形成期与成长期", "人工智能"),
    ]
    for row in answer.itertuples():
        assert 309 in lines(row.sources) or (row.name == "人工智能" and lines(row.sources) & {25, 305})
    assert cells(answer, "name", "companies")[-1] == ("人工智能", []), "the root counts nobody"


def test_five_forces_of_the_tables() -> None:
    # 图表7 to 11 of 003; 图表10 has lines 376 to 379, 图表8 346 to 350
    suppliers = ask("forces-of-segment", segment="人工智能", source="图表10")
    assert {(force, frozenset(lines(cited))) for force, cited in cells(suppliers, "force", "sources")} == {
        ("供应者谈判能力", frozenset({line})) for line in (376, 377, 378, 379)
    }
    rivalry = ask("forces-of-segment", segment="人工智能", source="图表8")
    assert dict(cells(rivalry, "factor", "rating")) == {
        "行业集中度": "低集中寡占型",
        "行业增长率": "较低",
        "产品特色": "不强",
        "用户的转变费用": "较高",
        "退出壁垒": "低",
    }
    whole = ask("forces-of-segment", segment="人工智能").query("factor == 'whole'")
    assert cells(whole, "force")[:5] == [
        ("供应者谈判能力",),
        ("购买者谈判能力",),
        ("潜在进入者威胁",),
        ("替代品威胁",),
        ("现有企业间竞争",),
    ]


def test_technologies_with_firms_or_scenarios() -> None:
    answer = ask("technology-firms").set_index("technology")
    edges = pd.concat([GRAPH.edges[kind] for kind in ("OPERATES_IN", "PROVIDES")])
    firms = edges[edges["object"].astype(str) == "tech:数字孪生"]["subject"].nunique()
    assert answer.loc["数字孪生", "n"] == firms == 1
    assert pd.isna(answer.loc["深度学习", "n"]), "no firm is recorded, which is not none"
    uses = GRAPH.edges["USES_TECHNOLOGY"]
    ends = ("scenario:", "field:")
    users = {u for u in uses[uses["object"].astype(str) == "tech:深度学习"]["subject"] if str(u).startswith(ends)}
    assert answer.loc["深度学习", "n_scenarios"] == len(users)
    assert set(ask("technology-firms", segment="机器学习")["technology"]) == {"深度学习"}


def test_profile_of_medicine() -> None:
    # firms: 图表5 lines 267 to 270; scenarios: 003 lines 1174 to 1196
    answer = ask("field-profile", field="智能医疗").set_index("measure")
    assert answer.loc["firms", "items"] == sorted(["华大基因", "智影医疗", "乐普医疗", "可孚医疗"])
    assert answer.loc["mature scenarios", "items"] == ["健康管理", "医院业务管理", "智能诊前助手"]
    assert answer.loc["future scenarios", "items"] == ["疾病风险预测模型"]
    assert answer.loc["parks", "state"] == "not recorded"
    assert pd.isna(answer.loc["parks", "n"])
    assert answer.loc["parks", "sources"] == []
    assert "人工智能" not in answer.loc["technologies", "items"]
    wider = ask("field-profile", field="智慧城市").set_index("measure")
    assert set(wider.loc["firms", "items"]) >= set(answer.loc["firms", "items"]), "智能医疗 is below 智慧城市"


def test_places_of_scenarios() -> None:
    answer = ask("scenario-places", place="广州市")
    located = GRAPH.edges["LOCATED_IN"]
    there = located[located["object"].astype(str) == "park:440100:广州开发区"]["subject"].astype(str)
    wanted = {name for name in there if name.startswith(("scenario:", "field:"))}
    assert set(answer["id"]) == wanted
    assert {tuple(c) for c in answer["city"]} == {("广州市",)}
    wished = ask("scenario-places").query("basis == 'focus'")
    assert set(wished["name"]) == {"精准治疗", "立体交通"}, "浙江省 aims at them; nobody says that they exist there"
    assert not set(ask("scenario-places", place="中国")["name"]) ^ set(ask("scenario-places")["name"])


def test_field_by_technology() -> None:
    # 003 lines 1156, 1160, 1162, 1166: four scenarios of traffic use 计算机视觉
    answer = ask("technologies-by-field", field="智能交通").set_index("technology")
    assert answer.loc["计算机视觉", "scenarios"] == sorted(
        ["智能车辆识别", "智能交通信号系统", "智能电子警察系统", "高等级自动驾驶"]
    )
    # of eight scenarios, 交通事故控制 and 公共交通运输 name no technology (line 1166)
    assert set(answer["n_field"]) == {6}
    one = ask("technologies-by-field", field="智能交通", technology="计算机视觉")
    assert cells(one, "n", "n_field") == [(4, 6)], "a limit on the technology leaves the field whole"


def test_tree_below_a_segment() -> None:
    answer = ask("technology-tree", segment="人工智能终端")
    edges = GRAPH.edges["PART_OF"]
    below = {str(s) for s in edges[edges["object"].astype(str) == "segment:人工智能终端"]["subject"]}
    assert {i for i, level in cells(answer, "id", "level") if level == 1} == below
    assert answer["level"].is_monotonic_increasing
    robots = answer.set_index("name")
    assert robots.loc["人形机器人", ["level", "parent", "n"]].tolist() == [2, ["未来终端"], 2]
    assert robots.loc["未来终端", "companies"] == ["小米", "百度"], "by what is below it"
    assert pd.isna(robots.loc["AI手机", "n"])
    assert ask("technology-tree", segment="人工智能终端", steps=1)["level"].max() == 1


def test_technologies_that_are_a_focus() -> None:
    answer = ask("technologies-in-focus").set_index("technology")
    edges = GRAPH.edges["FOCUSES_ON"]
    naming = edges[edges["object"].astype(str) == "tech:工业互联网"]["subject"].astype(str)
    kinds = naming.str.partition(":")[0]
    row = answer.loc["工业互联网"]
    assert (row["n"], row["n_parks"], row["n_policies"]) == (len(naming), sum(kinds == "park"), sum(kinds == "policy"))
    assert (answer["n"] == answer["n_parks"] + answer["n_policies"] + answer["n_places"]).all()
    # 图表49 of 003 (parks of 杭州): 5G, 区块链, 无人机, 机器人 are no segments of the chain
    parks = ask("technologies-in-focus", label="Park", source="图表49")
    assert set(parks["technology"]) == {"5G", "区块链", "无人机", "机器人"}
    assert set(parks["n"]) == {1}


# -- rules, on a graph made for them ------------------------------------------------------------------------


def made_graph() -> KnowledgeGraph:
    made = Maker()
    base = {"as_of": "2023", "method": "table", "confidence": 1.0, "aliases": []}
    made.nodes["Source"] = [
        {"id": i, "name": n, "sources": [i]} | base for i, n in ((PAPER, "白皮书"), (REPORT, "年报"))
    ]
    china = made.node("Country", "country:CN", 3, name="中国")
    province = made.node("Province", "province:440000", 3, name="广东省")
    made.edge("PART_OF", province, china)
    made.edge("PART_OF", made.node("City", "city:440300", 3, name="深圳市"), province)
    made.edge("LOCATED_IN", made.node("Park", "park:440300:园", 3, name="园"), "city:440300", 3)
    made.node("ChainSegment", "segment:人工智能", 3, lifecycle=None)
    for name, stage in (("视觉", "成长期"), ("医疗", None)):
        made.node("ChainSegment", f"segment:{name}", 3, 4, lifecycle=stage)
        made.edge("PART_OF", f"segment:{name}", "segment:人工智能", 3)
    for name in ("识别", "驾驶", "无人用"):
        made.node("Technology", f"tech:{name}", 3)
    made.edge("PART_OF", "tech:识别", "segment:视觉", 3)
    made.edge("USES_TECHNOLOGY", "tech:驾驶", "segment:视觉", 4)
    made.node("ApplicationField", "field:诊断", 3, maturity=None)
    made.edge("PART_OF", "field:诊断", "segment:医疗", 3)
    for name, maturity in (("一", "成熟"), ("二", "新兴"), ("三", None), ("四", None)):
        made.node("ApplicationScenario", f"scenario:{name}", 3, 4, maturity=maturity)
    for name, above in (("一", "field:诊断"), ("二", "segment:医疗"), ("三", "segment:医疗")):
        made.edge("PART_OF", f"scenario:{name}", above, 3)
    for name, used in (("一", "segment:视觉"), ("二", "tech:识别"), ("三", "tech:驾驶"), ("三", "segment:人工智能")):
        made.edge("USES_TECHNOLOGY", f"scenario:{name}", used, 3)
    made.node("Company", "company:甲", 3)
    made.edge("OPERATES_IN", "company:甲", "tech:识别", 3)
    made.edge("OPERATES_IN", "company:甲", "segment:人工智能", 3)
    made.edge("HOSTS", "park:440300:园", "scenario:一", 4)
    made.edge("FOCUSES_ON", province, "scenario:二", 3, text="二")
    made.edge("FOCUSES_ON", "park:440300:园", "tech:识别", 3, text="识别")
    made.edge("FOCUSES_ON", province, "tech:识别", 4, text="识别技术")
    for at, (framework, aspect, rating) in enumerate(
        (
            ("生命周期", "行业生命周期", "成熟期"),
            ("波特五力", "替代品威胁：质量", None),
            ("波特五力", "替代品威胁", "较大"),
        )
    ):
        made.node("Assessment", f"assessment:{at}", 4, framework=framework, aspect=aspect, rating=rating, text="文")
        made.edge("ASSESSED", "segment:视觉", f"assessment:{at}", 4)
    made.node("Conflict", "conflict:二", 3, 4, property="maturity", kind="value", severity="soft", period=None,
              values=["新兴", "成熟"], value_sources=[f"{PAPER}#L90;图表3;栏", f"{PAPER}#L91;图表4;栏"], chosen="新兴")  # fmt: skip
    made.edge("HAS_CONFLICT", "scenario:二", "conflict:二", 3, 4)
    return made.graph()


MADE = made_graph()
STORE = EmbeddedStore(MADE)
DEFAULTS: dict[str, dict[str, Any]] = {
    "scenarios-of-technology": {"segment": "视觉"},
    "field-profile": {"field": "医疗"},
    "technology-tree": {"segment": "人工智能"},
}
RULED = (
    "scenarios-by-maturity", "scenarios-of-technology", "technology-lifecycle", "forces-of-segment", "technology-firms",
    "field-profile", "scenario-places", "technologies-by-field", "technology-tree", "technologies-in-focus",
)  # fmt: skip


def test_unknown_maturity_and_field_have_rows_of_their_own() -> None:
    answer = ask("scenarios-by-maturity", STORE)
    assert cells(answer, "field", "maturity", "scenarios", "disputed") == [
        ("医疗", "新兴", ["二"], ["二"]),
        ("医疗", None, ["三"], []),
        ("诊断", "成熟", ["一"], []),
        (None, None, ["四"], []),
    ]
    one = ask("scenarios-by-maturity", STORE, source="图表3", maturity="新兴")
    assert cells(one, "disputed", "n_source_open") == [([], 1)], "图表4 may say 新兴 as well"


def test_the_most_direct_use_is_shown() -> None:
    answer = ask("scenarios-of-technology", STORE, segment="视觉")
    assert cells(answer, "name", "basis", "used") == [
        ("一", "stated", ["视觉"]),
        ("二", "narrower", ["识别"]),
        ("三", "through", ["驾驶"]),
    ]
    # that 驾驶 uses 视觉 is of 图表4
    assert set(ask("scenarios-of-technology", STORE, segment="视觉", source="图表3")["name"]) == {"一", "二"}


def test_a_stage_that_two_ways_give_differently_is_two_rows() -> None:
    answer = ask("technology-lifecycle", STORE)
    assert cells(answer, "stage", "name", "basis") == [("成长期", "视觉", ["stated"]), ("成熟期", "视觉", ["assessed"])]
    part = ask("technology-lifecycle", STORE, source="图表4")
    assert cells(part, "stage", "basis") == [("成熟期", ["assessed"])], "成长期 may be of 图表3"


def test_a_force_stands_before_its_factors() -> None:
    answer = ask("forces-of-segment", STORE)
    assert cells(answer, "force", "factor", "rating") == [("替代品威胁", "whole", "较大"), ("替代品威胁", "质量", None)]
    assert ask("forces-of-segment", STORE, source="图表3").empty


def test_a_technology_nobody_uses_is_not_listed_and_none_is_not_zero() -> None:
    answer = ask("technology-firms", STORE)
    assert cells(answer, "technology", "n", "n_scenarios") == [("识别", 1, 1), ("驾驶", None, 1)]


def test_what_is_below_a_field_counts_for_it() -> None:
    answer = ask("field-profile", STORE, field="医疗").set_index("measure")
    assert answer.loc["mature scenarios", "items"] == ["一"], "by the narrower field"
    assert answer.loc["scenarios of unknown maturity", "items"] == ["三"]
    assert answer.loc["technologies", "items"] == ["视觉", "识别", "驾驶"], "without the root"
    assert set(answer.query("state == 'not recorded'").index) == {"future scenarios", "firms", "policies", "parks"}
    assert answer.loc["places", "items"] == ["广东省"], "it aims at a scenario of the field"


def test_a_focus_is_no_location() -> None:
    answer = ask("scenario-places", STORE)
    assert cells(answer, "name", "place", "basis", "city") == [
        ("一", "园", "located", ["深圳市"]),
        ("二", "广东省", "focus", []),
    ]
    assert cells(ask("scenario-places", STORE, place="深圳市"), "name") == [("一",)]
    assert ask("scenario-places", STORE, source="图表3")["name"].tolist() == ["二"]


def test_scenarios_without_a_technology_do_not_count_for_the_field() -> None:
    answer = ask("technologies-by-field", STORE)
    assert cells(answer, "field", "technology", "n", "n_field") == [
        ("医疗", "识别", 1, 2),
        ("医疗", "驾驶", 1, 2),
        ("诊断", "视觉", 1, 1),
    ]
    assert ask("technologies-by-field", STORE, least=2).empty


def test_levels_of_the_tree() -> None:
    answer = ask("technology-tree", STORE, segment="人工智能")
    assert cells(answer, "level", "name", "parent", "n", "n_scenarios") == [
        (1, "医疗", ["人工智能"], None, None),
        (1, "视觉", ["人工智能"], 1, 2),  # 甲 and 二 by 识别, 一 itself
        (2, "识别", ["视觉"], 1, 1),
    ]


def test_a_focus_is_counted_by_who_names_it() -> None:
    answer = ask("technologies-in-focus", STORE)
    assert cells(answer, "technology", "n", "n_parks", "n_policies", "n_places") == [("识别", 2, 1, 0, 1)]
    assert cells(ask("technologies-in-focus", STORE, source="图表4"), "n", "named_by") == [(1, ["广东省"])]
    assert cells(ask("technologies-in-focus", STORE, label="Park"), "named_by") == [(["园"],)]


@pytest.mark.neo4j
@pytest.mark.parametrize("name", RULED)
@pytest.mark.parametrize("source", [[], ["图表3"]], ids=["all", "one"])
def test_both_stores_keep_the_rules(both_stores: Any, name: str, source: list[str]) -> None:
    embedded, server = both_stores(MADE)
    given = {"source": source} | DEFAULTS.get(name, {})
    one, other = (CATALOGUE.ask(store, name, given) for store in (embedded, server))
    assert_equal_rows(one, other, name)
    assert one.attrs == other.attrs
