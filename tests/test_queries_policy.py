"""Answers of the questions of theme `policy`.

On the shipped graph they are checked against what the shared documents (000–004) say, with document and line or 图表 beside;
how they count is checked on a small graph made here, in which partial dates, missing values and ministries have to be told apart.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from question_graph import PAPER, REPORT, Maker

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
SHIPPED = build_graph()[0]
STORE = EmbeddedStore(SHIPPED)


def shipped(name: str, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(STORE, name, given)


def one(frame: pd.DataFrame, **where: Any) -> dict[str, Any]:
    """The only row with these values, None where nothing is recorded."""
    for column, value in where.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1, frame
    return {k: v if isinstance(v, list) or not pd.isna(v) else None for k, v in frame.iloc[0].items()}


def column(frame: pd.DataFrame, name: str) -> list[Any]:
    return [v if isinstance(v, list) or not pd.isna(v) else None for v in frame[name]]


# -- the documents --------------------------------------------------------------------------------------


def test_goals_of_zhejiang_are_those_of_its_plan() -> None:
    # 001 line 6: to 2027, revenue 5000亿元, 50 key technologies, 10 leading firms, 100 “little giants”, 300 products, over 70 %
    answer = shipped("targets-of-place", province="浙江省")
    plan = answer[[names == ["浙江省推进人工智能终端产业发展行动计划"] for names in answer["policy"]]]
    assert sorted(plan["value"]) == [10, 50, 70, 100, 300, 5000]
    assert set(plan["period"]) == {"2027"}
    assert set(plan["level"]) == {"own"}
    assert one(plan, unit="%")["comparator"] == ">"
    assert all(any("#L6" in source for source in cited) for cited in plan["sources"])
    # those of 杭州 are below the province's
    assert set(answer[answer["level"] == "below"]["place"].map(tuple)) == {("杭州市",)}


def test_goals_of_chengdu_compare_with_its_value() -> None:
    # 002 line 73: 200亿元 in 2020; by the plan more than 500亿元, and 5000亿元 in related industries, in 2022
    answer = shipped("target-baseline", place="成都")
    row = one(answer, name="人工智能产业规模")
    assert (row["value"], row["baseline"], row["distance"], row["ratio"], row["n_years"]) == (500, 200, 300, 2.5, 2)
    assert row["growth"] == pytest.approx((2.5**0.5 - 1) * 100)
    assert row["state"] == "open"
    other = one(answer, name="人工智能带动关联产业规模")
    assert (other["state"], other["baseline"], other["growth"]) == ("no baseline recorded", None, None)
    # 003 line 1000 (图表50): 40 PFLOPS, later 100 PFLOPS; no year is stated, so there is no growth
    centre = one(shipped("target-baseline", indicator="算力", source="图表50"), id="observation:d7af8927cefb")
    assert (centre["baseline"], centre["value"], centre["n_years"], centre["growth"]) == (40, 100, None, None)


def test_a_figure_of_another_place_is_no_baseline() -> None:
    # 江苏's goal (001 line 17) and China's 2020 value share segment and indicator, not the place
    assert one(shipped("target-baseline", place="江苏省"), name="人工智能产业规模")["baseline"] is None


def test_who_named_robots_first() -> None:
    # 003 图表56 line 1115 (北京, 2017.12) and 图表51 line 1030 (杭州, 2022.01): 49 months apart
    answer = shipped("focus-first-named", segment="智能机器人")
    assert column(answer, "period") == ["2017-12", "2022-01"]
    assert column(answer, "state") == ["first", "later"]
    assert column(answer, "lag_months") == [0, 49]
    assert column(answer, "lag_years") == [0, 5]
    # 003 图表15 (lines 451–464: six of the American policies) and line 527 (图表19): seven name defence; 2020.11 is 21 months after 2019.02
    defence = shipped("focus-first-named", field="国防")
    assert (len(defence), set(defence["n"])) == (7, {7})
    assert one(defence, name="人工智能与国家安全")["lag_months"] == 21
    assert list(shipped("focus-first-named", field="国防", country="英国", least=1)["name"]) == ["国防人工智能战略"]


def test_focuses_of_the_year_2017() -> None:
    # 003 line 1115: four focuses of 北京's opinions of 2017.12
    answer = shipped("focus-by-year", country="中国")
    of_2017 = answer[answer["period"] == "2017"]
    assert sorted(of_2017["focus"]) == ["人工智能芯片", "智能机器人", "智能终端", "虚拟/增强现实"]
    assert set(of_2017["n"]) == {1}
    assert set(of_2017["first"]) == {True}
    assert not one(answer[answer["period"] == "2022"], focus="智能机器人")["first"], "北京 named it in 2017"
    undated = answer[answer["period"].isna()]
    assert len(undated) > 0
    assert undated["first"].isna().all(), "what is not dated is neither first nor later"
    assert shipped("focus-by-year", since=2020)["period"].notna().all()


def test_policies_of_a_focus() -> None:
    answer = shipped("policies-by-focus", segment="智能机器人")
    assert column(answer, "period") == ["2017-12", "2022-01"]
    assert set(answer["n"]) == {2}
    second = one(answer, period="2022-01")
    assert (second["kind"], second["place"]) == ("action_plan", ["杭州市", "浙江省"])
    assert "人工智能" not in set(shipped("policies-by-focus")["focus"])
    assert "人工智能" in set(shipped("policies-by-focus", segment="人工智能")["focus"])
    assert list(shipped("policies-by-focus", segment="智能机器人", place="北京")["period"]) == ["2017-12"]


def test_places_share_focuses() -> None:
    # 智能网联汽车: 杭州 by 003 line 1030 (图表51), 嘉兴 by line 1020
    row = one(shipped("shared-focus-of-places", place="嘉兴", least=1), other="杭州市")
    assert (row["shared"], row["n"], row["n_place"]) == (["智能网联汽车"], 1, 1)
    assert row["jaccard"] == pytest.approx(1 / row["n_other"])
    everything = shipped("shared-focus-of-places", least=1)
    union = everything["n_place"] + everything["n_other"] - everything["n"]
    assert everything["jaccard"].tolist() == pytest.approx((everything["n"] / union).tolist())
    assert (everything["n"] == everything["shared"].map(len)).all()
    assert set(everything["label"]) == {"City", "Province"}


def test_promoted_and_no_firm_recorded() -> None:
    # 003 line 1115: 北京 promotes 虚拟/增强现实 and 智能终端; 图表3–5 and 31 name no firm of either in 北京
    answer = shipped("focus-without-firms", city="北京").set_index("segment")
    assert "北京市加快科技创新培育人工智能产业的指导意见" in answer.loc["虚拟/增强现实", "stated_by"]
    assert "中兴通讯" in answer.loc["智能终端", "companies"], "of 深圳"
    assert set(answer["state"]) == {"not recorded"}
    # chain-gaps says the same of each of these segments
    gaps = shipped("chain-gaps", city="北京").set_index("segment")
    assert set(gaps.loc[answer.index, "state"]) == {"stated"}
    assert "智能机器人" not in answer.index, "图灵机器人 and others are in 北京"


def test_firms_without_a_word_of_policy() -> None:
    # 003 图表3 lines 185–187: three makers of sensors in 深圳
    answer = shipped("firms-without-policy", city="深圳", least=3).set_index("segment")
    assert answer.loc["智能传感器", "companies"] == ["奥比中光", "必优传感科技", "镭神智能"]
    gaps = shipped("chain-gaps", city="深圳").set_index("segment")
    assert all(gaps.loc[name, "stated_by"] == [] for name in answer.index), "nobody in 深圳 names them"
    assert "人工智能" not in answer.index


def test_issuers() -> None:
    # 003 line 638: four of the five policies of 图表27 are the Indian government's, 2018 to 2021
    row = one(shipped("policy-issuers"), name="印度政府")
    assert (row["n"], row["first_year"], row["last_year"], row["n_undated"]) == (4, 2018, 2021, 0)
    nobody = one(shipped("policy-issuers", source="图表15"))
    assert (nobody["name"], nobody["n"]) == (None, 17), "the table of 17 American policies (003 图表15) names no issuer"


def test_levels_of_policies() -> None:
    answer = shipped("policy-levels")
    # each policy once per country: by another way from the frames
    frame = SHIPPED.nodes["Policy"]
    assert set(answer[answer["country"] == "中国"]["n_country"]) == {
        int(answer[answer["country"] == "中国"]["n"].sum())
    }
    assert int(answer["n"].sum()) == len(frame)
    assert answer.groupby(["country"], dropna=False)["share"].sum().tolist() == pytest.approx([100.0] * 6)
    national = answer[(answer["country"] == "中国") & (answer["level"] == "national")]
    assert int(national["n"].sum()) == int((frame["level"] == "national").sum())


def test_what_places_take_up() -> None:
    # 000 line 27 (2024, manufacturing) and line 29 (广东, 2025)
    answer = shipped("national-to-local")
    row = one(answer, focus="制造业", place="广东省")
    assert (row["national_year"], row["local_year"], row["state"], row["lag_years"]) == (2024, 2025, "later", 1)
    # 003 line 898: the white paper names manufacturing of 中山 without a date
    assert one(answer, focus="制造业", place="中山市")["state"] == "undated"
    court = one(answer, focus="司法")
    assert (court["place"], court["state"], court["n"]) == (None, "not recorded", 0)
    # 003 line 868 (图表43): a park in 深圳 names 5G, which counts for the city and not for the province
    assert set(answer[answer["focus"] == "5G"]["place"]) == {"深圳市", "杭州市"}


def test_what_policies_promote() -> None:
    # 003 lines 1029 and 1031 (图表51): both plans promote 城西科创大走廊; 1027: four areas of 上海
    park = shipped("policies-promoting", park="杭州城西科创大走廊")
    assert column(park, "period") == ["2017-12", "2021-12"]
    assert set(park["n"]) == {2}
    shanghai = shipped("policies-promoting", city="上海")
    plan = shanghai[shanghai["name"] == "上海市人工智能产业发展“十四五”规划"]
    assert set(plan["promoted"]) == {"浦东张江", "徐汇滨江", "闵行马桥", "临港新片区"}


def test_programmes() -> None:
    # 003 图表43 lines 863–865 and 图表44 lines 886–892: seven parks are marked 省级人工智能产业园
    row = one(shipped("programmes-of-policies", source="图表43,图表44"))
    assert (row["name"], row["n"]) == ("省级人工智能产业园", 7)
    fund = one(shipped("programmes-of-policies"), name="百亿级人工智能产业基金")
    assert (fund["n"], fund["members"]) == (None, []), "no member is recorded, which is not none"
    pilot = one(shipped("programmes-of-policies"), name="国家人工智能创新应用先导区")
    assert pilot["years"] == [2021, 2022]
    assert pilot["issuer"] == ["工信部"]


def test_planning_periods() -> None:
    answer = shipped("policy-duration").set_index("name")
    # 000 line 27: the plan of 2024-2026 states goals for 2025
    plan = answer.loc["人工智能与实体经济融合发展行动计划（2024-2026年）"]
    assert plan[["basis", "from_year", "to_year", "first_due", "last_due", "n_years"]].tolist() == [
        "title and goals", 2024, 2026, 2025, 2025, 3,
    ]  # fmt: skip
    # 001 line 17: 2027 and 2030
    assert answer.loc["江苏省“人工智能+”行动方案", ["first_due", "last_due", "n"]].tolist() == [2027, 2030, 3]
    pilot = answer.loc["建设杭州国家人工智能创新应用先导区行动计划（2022—2024年）"]
    assert (pilot["n_years"], pd.isna(pilot["n"])) == (3, True)
    assert set(shipped("policy-duration", year=2030)["name"]) == {
        "数字经济发展规划（2025-2030）",
        "江苏省“人工智能+”行动方案",
    }


def test_figures_of_policies() -> None:
    # 000 lines 27 and 29: 500, 200, 50 and 100亿元
    money = shipped("policy-figures", unit="亿元")
    assert sorted(money["value"]) == [50, 100, 200, 500]
    assert set(money["kind"]) == {"money"}
    assert one(money, value=50)["name"] == "产业集聚区数字化升级三年行动计划"
    kinds = shipped("policy-figures")["kind"].tolist()
    assert sorted(kinds, key=["money", "share", "count", "rank"].index) == kinds


def test_common_focuses() -> None:
    answer = shipped("common-focus-ranking", least=1)
    assert one(answer, focus="智能网联汽车")["places"] == ["北京市", "嘉兴市", "广州市", "杭州市"]
    assert set(answer["n_places"]) == {len({place for places in answer["places"] for place in places})}
    assert (answer["share"] * answer["n_places"] / 100 - answer["n"]).abs().max() < 1e-9
    assert "人工智能" not in set(answer["focus"])
    assert {p for places in shipped("common-focus-ranking", label="Province")["places"] for p in places}.isdisjoint(
        {p for places in answer["places"] for p in places}
    )


# -- how they count -------------------------------------------------------------------------------------


def made_graph() -> KnowledgeGraph:
    """Policies with partial dates, a ministry in a city, goals with and without a value to compare with."""
    made = Maker()
    common = {"as_of": "2023", "method": "table", "confidence": 1.0}
    made.nodes["Source"] = [
        {"id": PAPER, "name": "白皮书", "aliases": [], "sources": [PAPER], **common},
        {"id": REPORT, "name": "年报", "aliases": [], "sources": [REPORT], **common},
    ]
    china = made.node("Country", "country:CN", name="中国")
    for code, name in (("110000", "北京市"), ("440300", "深圳市")):
        made.edge("PART_OF", made.node("City", f"city:{code}", 3, name=name), china)
    ministry = made.node("Institution", "institution:部委", 3)
    made.edge("LOCATED_IN", ministry, "city:110000", 3)
    made.node("ChainLayer", "layer:技术层", 3, order=2)
    made.node("ChainSegment", "segment:人工智能", 3)
    for name in ("智能语音", "语音合成", "智能芯片"):
        made.node("ChainSegment", f"segment:{name}", 3)
    made.edge("PART_OF", "segment:语音合成", "segment:智能语音", 3)
    made.edge("PART_OF", "segment:智能语音", "layer:技术层", 3)
    for name, owner, issued, focus in (
        ("部规划", china, "2017-07", "智能语音"),
        ("甲规划", "city:440300", "2017", "智能语音"),
        ("乙规划", "city:440300", "2017-03", "语音合成"),
        ("丙规划", "city:440300", "2019-03", "智能语音"),
        ("丁规划", "city:440300", None, "智能语音"),
        ("戊规划", "city:440300", "2018-05", "智能芯片"),
        ("己规划（2020-2022年）", "city:440300", "2020-02", "智能芯片"),
    ):
        year = int(issued[:4]) if issued else None
        policy = made.node("Policy", f"policy:x:{name}", 3, name=name, issued=issued, issued_year=year)
        made.edge("APPLIES_TO", policy, owner, 3)
        made.edge("FOCUSES_ON", policy, f"segment:{focus}", 4)
    made.edge("ISSUED_BY", "policy:x:部规划", ministry, 3)
    firm = made.node("Company", "company:甲", 3)
    made.edge("LOCATED_IN", firm, "city:440300", 3, role="headquarters")
    made.edge("OPERATES_IN", firm, "segment:语音合成", 3)
    _goals(made)
    return made.graph()


def _goals(made: Maker) -> None:
    blank = {"value_max": None, "value_text": None, "scope": None}
    for name, comparator, value, values in (
        ("产值", ">=", 400.0, [(100.0, "2020", ["exact"]), (90.0, "2019", ["exact"]), (300.0, "2024", ["forecast"])]),
        ("企业数", ">", 50.0, [(50.0, "2023", ["exact"])]),
        ("覆盖率", "=", 80.0, [(90.0, "2023", ["exact"])]),
        ("能耗", "<=", 10.0, [(8.0, "2023", ["exact"])]),
        ("人才", "=", 5.0, []),
        ("专利", "=", 20.0, [(4.0, "2022", ["exact"]), (5.0, "2022", ["exact"])]),
    ):
        goal = made.node(
            "PolicyTarget", f"target:{name}", 3, name=name, indicator=name, indicator_text=name, comparator=comparator,
            value=value, unit="个", due="2025", due_year=2025, value_max=None, value_text=f"{value}",
        )  # fmt: skip
        made.edge("TARGETS", "policy:x:戊规划", goal, 3)
        made.edge("OBSERVED", "city:440300", goal, 3)
        for at, (amount, period, qualifier) in enumerate(values):
            own = {"indicator": name, "value": amount, "unit": "个", "period": period, "qualifier": qualifier}
            seen = made.node("Observation", f"observation:{name}{at}", 31, name=name, **(blank | own))
            made.edge("OBSERVED", "city:440300", seen, 31)
    # the same indicator of two cities together is another figure
    both = {"indicator": "人才", "value": 3.0, "unit": "个", "period": "2023", "qualifier": ["exact"]}
    seen = made.node("Observation", "observation:两市", 31, name="人才", **(blank | both))
    for city in ("city:440300", "city:110000"):
        made.edge("OBSERVED", city, seen, 31)


MADE = EmbeddedStore(made_graph())


def ask(name: str, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(MADE, name, given)


def test_dates_are_compared_as_far_as_they_go() -> None:
    answer = ask("focus-first-named", segment="智能语音").set_index("name")
    assert answer["state"].to_dict() == {
        "甲规划": "perhaps first",  # 2017 may be before 2017-03
        "乙规划": "perhaps first",  # of a narrower segment
        "部规划": "later",  # 2017-07 is surely after 2017-03
        "丙规划": "later",
        "丁规划": "undated",
    }
    assert answer["lag_months"].isna().all(), "no first is certain, so no month is counted from it"
    assert answer["lag_years"].fillna(-1).to_dict() == {
        "甲规划": 0,
        "乙规划": 0,
        "部规划": 0,
        "丙规划": 2,
        "丁规划": -1,
    }
    assert set(answer["n"]) == {5}
    alone = ask("focus-first-named", segment="智能芯片").set_index("name")
    assert alone["lag_months"].to_dict() == {"戊规划": 0, "己规划（2020-2022年）": 21}
    # each focus by itself where none is asked for; one policy alone is not compared
    assert set(ask("focus-first-named")["focus"]) == {"智能语音", "智能芯片"}


def test_goals_are_reached_by_their_comparator() -> None:
    answer = ask("target-baseline").set_index("id")
    assert answer.groupby(level=0)["state"].first().to_dict() == {
        "target:产值": "open",
        "target:企业数": "open",  # more than 50 is not 50
        "target:覆盖率": "above",
        "target:能耗": "reached",
        "target:人才": "no baseline recorded",  # the figure of two cities is not the city's
        "target:专利": "open",
    }
    output = answer.loc["target:产值"]
    assert (output["baseline"], output["n_years"]) == (100, 5), "the latest that is no forecast"
    assert output["growth"] == pytest.approx((4 ** (1 / 5) - 1) * 100)
    assert answer.loc["target:专利", "baseline"].tolist() == [4, 5], "two values of one year are both shown"
    # the values are of 图表31, the goals of 图表3
    assert set(ask("target-baseline", source="图表3")["state"]) == {"no baseline recorded"}
    assert ask("target-baseline", source="图表31").empty


def test_goals_belong_to_their_place_only() -> None:
    assert len(ask("targets-of-place", city="深圳")) == 6
    assert ask("targets-of-place", city="北京").empty
    assert set(ask("targets-of-place", country="中国")["level"]) == {"below"}


def test_a_ministry_does_not_speak_for_its_city() -> None:
    assert set(ask("common-focus-ranking", least=1)["places"].map(tuple)) == {("深圳市",)}
    assert set(ask("national-to-local")["place"]) == {"深圳市"}
    row = one(ask("national-to-local"), focus="智能语音")
    assert (row["national_year"], row["local_year"], row["state"]) == (2017, 2017, "same year")
    assert one(ask("policy-issuers"), name="部委")["n"] == 1


def test_firms_and_focuses_meet_in_narrower_segments() -> None:
    # 语音合成 is a part of 智能语音: the firm serves the wider focus, and the wider focus names the firm's segment
    assert list(ask("focus-without-firms")["segment"]) == ["智能芯片"]
    assert ask("firms-without-policy", least=1).empty
    assert list(ask("focus-without-firms", source="图表4,图表3")["n_elsewhere"]) == [0]


def test_years_of_titles_and_goals() -> None:
    answer = ask("policy-duration").set_index("name")
    assert answer["basis"].to_dict() == {"己规划（2020-2022年）": "title", "戊规划": "goals"}
    assert answer.loc["戊规划", ["n", "n_years"]].tolist() == [6, 7]
    assert set(ask("policy-duration", year=2023).name) == {"戊规划"}
