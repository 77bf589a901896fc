"""Questions about companies: shipped answers against the documents, rules on a small graph made here.

003 is 2023人工智能发展白皮书 of the shared documents; 图表 and line of what was counted by hand stand beside each number.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from question_graph import PAPER, REPORT, Maker
from support import assert_equal_rows

from aikg.graph.citations import parse_source
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.ontology.concepts import load_concepts
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
SHIPPED = EmbeddedStore(build_graph()[0])
FIRM_TABLES = "图表3,图表4,图表5"


def ask(name: str, store: EmbeddedStore = SHIPPED, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(store, name, given)


def cells(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """Rows with None where a cell is empty."""
    plain = frame[list(columns)].astype(object)
    rows = plain.where(plain.map(lambda cell: isinstance(cell, list) or pd.notna(cell)), None)
    return list(rows.itertuples(index=False, name=None))


def lines(cited: list[str]) -> set[int]:
    return {c.line for entry in cited if (c := parse_source(entry)) is not None and c.line}


# -- the shipped graph against 003, 图表3 (lines 178–200), 图表4 (212–236), 图表5 (248–278), 图表31 (711–723) ----------


def test_founding_years_are_those_of_the_three_tables() -> None:
    answer = ask("firms-by-founding-year", source=FIRM_TABLES).set_index("period")
    # 图表3 lines 180, 189; 图表4 225, 228; 图表5 255, 257, 268, 276
    assert answer.loc["2014", "companies"] == sorted(
        ["云天励飞", "禾赛科技", "商汤科技", "斗象科技", "图灵机器人", "石头科技", "智影医疗", "微众银行"]
    )
    # 图表3 lines 185 (2013-01-08) and 187; 图表4 220 (奥比中光 again, 2013-01-18) and 226; 图表5 278
    assert answer.loc["2013", "companies"] == sorted(["奥比中光", "思岚科技", "格灵深瞳", "蚂蚁金服"])
    assert answer.loc["2013", "disputed"] == ["奥比中光"]
    # 20 + 22 + 28 rows; seven firms stand twice: 汇顶科技, 奥比中光, 腾讯科技, 云从科技, 商汤科技, 华为, 平安科技
    assert answer["n"].sum() == 70 - 7
    assert answer.index.notna().all(), "each row of the tables has a date"


def test_a_contradiction_is_one_only_where_both_sides_are_asked_for() -> None:
    one = ask("firms-by-founding-year", segment="计算机视觉", source="图表4")
    assert [names for names in one["disputed"] if names] == []
    both = ask("firms-by-founding-year", source="图表3,图表4").set_index("period")
    assert both.loc["2013", "disputed"] == ["奥比中光"]


def test_firms_without_a_year_are_a_row_of_their_own() -> None:
    answer = ask("firms-by-founding-year", since=2019)
    assert cells(answer, "period", "n")[:-1] == [("2019", 3), ("2021", 1)], (
        "图表4 line 229; 图表5 lines 260, 274 and 259"
    )
    assert answer["period"].isna().tolist() == [False, False, True]
    founded = build_graph()[0].nodes["Company"]["founded"]
    assert answer["n"].iloc[-1] == founded.isna().sum()


# Column 融资阶段 of 图表3, 4, 5; a dash is not recorded, and 平安科技 has 战略融资 in line 192, a dash in line 275.
STAGES = {
    "天使轮": ["乐普医疗", "图灵机器人", "点猫科技"],
    "Pre-A轮": ["易瞳科技"],
    "A轮": ["声扬科技", "智影医疗", "精锐视觉"],
    "B轮": ["思岚科技", "思谋科技"],
    "C轮": ["云测数据", "零度智控"],
    "C+轮": ["优必选"],
    "C+++轮": ["普渡科技"],
    "D轮": ["依图科技", "小马智行", "旷视科技"],
    "股权融资": ["汉王科技"],
}
STRATEGIC = {
    "地平线", "镭神智能", "平安科技", "阿里云", "浪潮云", "捷通华声", "小爱智能", "斗象科技", "乐聚机器人", "大疆创新", "元戎启行",
    "叉学教育", "微众银行",
}  # fmt: skip


def test_stages_are_in_the_order_of_the_ontology_and_unknown_is_none_of_them() -> None:
    answer = ask("firms-by-stage", source=FIRM_TABLES)
    found = dict(cells(answer, "stage", "companies"))
    assert {stage: sorted(names) for stage, names in found.items() if stage in STAGES} == STAGES
    assert set(found["战略融资"]) == STRATEGIC
    assert (len(found["已上市"]), len(found[None])) == (20, 13)
    states = cells(answer, "stage", "state")
    assert [stage for stage, state in states if state == "in order"] == [*list(STAGES)[:-1], "已上市"]
    assert states[-3:] == [("战略融资", "no order"), ("股权融资", "no order"), (None, "not recorded")]
    assert answer.set_index("stage").loc["战略融资", "disputed"] == ["平安科技"]
    assert answer.set_index("stage").loc["B轮", "city"] == ["上海市", "深圳市"], "lines 188 and 229"


@pytest.mark.parametrize("name", ["firms-by-stage", "late-stage-unlisted"])
def test_the_order_of_stages_is_that_of_the_scheme(name: str) -> None:
    wanted = [stage.name for stage in load_concepts().financing_stages() if stage.order is not None]
    if name == "late-stage-unlisted":
        wanted = [stage for stage in wanted if stage not in ("新三板", "已上市")]
    (listed,) = re.findall(r"\[('未融资'[^\]]*)\] AS ", CATALOGUE.get(name).statement)
    assert re.findall(r"'([^']+)'", listed) == wanted


def test_late_rounds_without_a_listing() -> None:
    answer = ask("late-stage-unlisted", source=FIRM_TABLES)
    late = answer[answer["state"] == "late"]
    assert set(late["name"]) == {name for s in ("C轮", "C+轮", "C+++轮", "D轮") for name in STAGES[s]}
    assert set(answer[answer["state"] == "no order"]["name"]) == STRATEGIC | {"汉王科技"}
    assert list(late["stage"])[:3] == ["D轮"] * 3, "the latest round first"
    assert set(ask("late-stage-unlisted", stage="D轮").query("state == 'late'")["name"]) == set(STAGES["D轮"])
    assert ask("late-stage-unlisted", stage="已上市").empty, "a listing is no round"
    assert set(answer["listing"]) == {"not recorded"}


def test_two_cities() -> None:
    # 图表4 lines 225 and 233 say headquarters of 商汤科技 twice; 小马智行: 图表5 line 263 and, without a role, 广州 in prose
    answer = ask("firms-in-two-cities")
    assert cells(answer, "name", "state", "city", "role") == [
        ("商汤科技", "disputed", "北京市", "headquarters"),
        ("商汤科技", "disputed", "深圳市", "headquarters"),
        ("小马智行", "sites", "北京市", "headquarters"),
        ("小马智行", "sites", "广州市", None),
    ]
    tables = ask("firms-in-two-cities", source="图表4").set_index("city")
    assert {city: lines(tables.loc[city, "sources"]) for city in tables.index} == {"北京市": {225}, "深圳市": {233}}


def test_profile_of_a_company() -> None:
    answer = ask("company-profile", company="奥比中光", source="图表3,图表4,图表31")
    facts = {
        (fact, name): (detail, state) for fact, name, detail, state in cells(answer, "fact", "name", "detail", "state")
    }
    assert facts["founded", "2013-01-08"][1] == "disputed"
    assert facts["LOCATED_IN", "深圳市"] == ("headquarters", "recorded")
    assert facts["HAS_EVENT", "奥比中光上市（2022-07-07）"][0] == "12.4亿人民币", "图表31 line 718"
    assert {("OPERATES_IN", "智能传感器"), ("OPERATES_IN", "计算机视觉")} <= set(facts)
    # 创新奇智 stands in 图表31 (line 711) alone: no founding date, stage or city
    bare = ask("company-profile", company="创新奇智", source="图表31").query("state == 'not recorded'")
    assert cells(bare, "fact", "label") == [
        ("founded", "Company"),
        ("financing_stage", "Company"),
        ("LOCATED_IN", "City"),
    ]


def test_capital_of_2022() -> None:
    # 图表31: 19.7+13.7+18.3+17.3+12.4+16.1+32.4 亿 CNY, 10.7+5.3 亿 HKD, 1.2 亿 USD and 数亿美元, 蔚来汽车 twice 未透露
    answer = ask("capital-events", since=2022, until=2022, source="图表31")
    assert cells(answer, "period", "kind", "unit", "n", "n_amount", "n_undisclosed", "n_firms") == [
        ("2022", "listing", "CNY", 7, 7, 0, 7),
        ("2022", "listing", "HKD", 2, 2, 0, 2),
        ("2022", "listing", "USD", 2, 1, 1, 2),
        ("2022", "listing", None, 2, 0, 2, 1),
    ]
    assert answer["value"].iloc[:3].tolist() == pytest.approx([12_990_000_000, 1_600_000_000, 120_000_000])
    assert pd.isna(answer["value"].iloc[3]), "two undisclosed amounts are no zero"
    assert ask("capital-events", until=2021).empty


def test_firms_alike() -> None:
    answer = ask("similar-firms", company="旷视科技", source="图表4")
    # the other rows of 计算机视觉 in 图表4: lines 220, 224, 225, 226; 商汤科技 has a second segment there (line 233)
    assert cells(answer, "name", "n", "n_own", "n_asked") == [
        ("奥比中光", 1, 1, 1),
        ("格灵深瞳", 1, 1, 1),
        ("精锐视觉", 1, 1, 1),
        ("商汤科技", 1, 2, 1),
    ]


def test_firms_of_the_national_platform() -> None:
    answer = ask("firms-in-programmes", programme="国家新一代人工智能开放创新平台")
    edges = build_graph()[0].edges["DESIGNATED_AS"]
    wanted = [s for s in edges["subject"] if str(s).startswith("company:")]
    assert sorted(answer["id"]) == sorted(wanted)
    assert set(answer["n"]) == {len(wanted)} == {3}
    assert answer["period"].isna().all(), "the sources give no year"


def test_countries_and_what_is_known_there() -> None:
    answer = ask("firms-by-country").set_index("country")
    assert answer.loc["英国", ["n", "n_no_city", "n_no_segment"]].tolist() == [5, 0, 5]
    assert answer.loc["英国", "companies"] == ["Adarga", "Century Tech", "Cleo", "Darktrace", "DeepMind"]
    assert (answer.loc["英国", "city"], answer.loc["英国", "segment"]) == (["伦敦"], [])
    tables = ask("firms-by-country", source=FIRM_TABLES)
    assert cells(tables, "country", "n", "n_no_city") == [("中国", 63, 0)]


def test_representatives_and_who_says_so() -> None:
    # headings of 图表3 to 5: 20, 22 and 28 rows, of which 云从科技 and 商汤科技 stand twice in 图表4
    answer = ask("representative-firms", source=FIRM_TABLES)
    layers = answer[answer["label"] == "ChainLayer"].groupby("of")["n"].agg(set).to_dict()
    assert layers == {"基础层": {20}, "技术层": {20}, "应用层": {28}}
    assert {tuple(d) for d in answer["documents"]} == {("2023人工智能发展白皮书",)}
    one = ask("representative-firms", company="华为", layer="基础层")
    assert cells(one, "name", "of") == [("华为", "基础层")]
    assert one["n"].iloc[0] == len(ask("representative-firms", layer="基础层")), "n is of all, not of those shown"


def test_young_firms() -> None:
    answer = ask("young-firms-by-segment", since=2015, source=FIRM_TABLES).set_index("segment")
    # 智能语音, 图表4 lines 212–219: 2016, 2015, 2017, 2017, 2015 of eight, the first 1999
    assert answer.loc["智能语音", ["n", "n_dated", "n_undated", "oldest", "youngest"]].tolist() == [5, 8, 0, 1999, 2017]
    assert answer.loc["智能运载工具", "companies"] == sorted(["小马易行", "元戎启行", "图森未来", "小马智行"]), (
        "lines 259, 260, 261, 263"
    )
    assert "人工智能" not in set(ask("young-firms-by-segment")["segment"])
    both = ask("young-firms-by-segment").set_index("segment")
    assert both.loc["智能运载工具", "n_undated"] == 2, "蔚来汽车 and 亿咖通科技 of 图表31 (lines 712, 714 and 722)"


def test_cities_in_brief() -> None:
    answer = ask("firms-by-city", source=FIRM_TABLES).set_index("city")
    # 合肥市: 科大讯飞 (212); 杭州市: 阿里巴巴 (193), 阿里云 (199), 蚂蚁金服 (278)
    assert answer.loc["杭州市", ["n", "oldest", "youngest", "n_no_stage", "n_listed"]].tolist() == [3, 2007, 2013, 2, 0]
    assert answer.loc["合肥市", ["n", "n_listed"]].tolist() == [1, 1]
    assert answer.loc["北京市", "disputed"] == answer.loc["深圳市", "disputed"] == ["商汤科技"]
    assert answer["n"].sum() == 63 + 1, "商汤科技 counts in both"


# -- rules, on a graph made for them ------------------------------------------------------------------------


def made_graph() -> KnowledgeGraph:
    made = Maker()
    made.nodes["Source"] = [
        {"id": PAPER, "name": "白皮书", "aliases": [], "sources": [PAPER], "as_of": "2023", "method": "table", "confidence": 1.0},
        {"id": REPORT, "name": "年报", "aliases": [], "sources": [REPORT], "as_of": "2023", "method": "table", "confidence": 1.0},
    ]  # fmt: skip
    china = made.node("Country", "country:CN", 3, name="中国")
    for code, name in (("440300", "深圳市"), ("110000", "北京市")):
        made.edge("PART_OF", made.node("City", f"city:{code}", 3, name=name), china)
    made.edge("PART_OF", made.node("District", "district:110108", 3, name="海淀区"), "city:110000")
    made.node("ChainSegment", "segment:人工智能", 3)
    made.edge(
        "PART_OF", made.node("ChainSegment", "segment:语音合成", 3), made.node("ChainSegment", "segment:智能语音", 3), 3
    )
    made.node("Technology", "tech:声纹", 3)
    unknown: dict[str, Any] = {"founded": None, "founded_year": None, "financing_stage": None, "listed": None}
    for name, tables, own in (
        ("甲", (3,), {"founded": "2016-01", "founded_year": 2016, "financing_stage": "D轮"}),
        ("乙", (3, 4), {"founded": "2010", "founded_year": 2010, "financing_stage": "D轮"}),  # listed by an event
        ("丙", (3,), {"financing_stage": "战略融资"}),
        ("丁", (4,), {"financing_stage": "C轮", "listed": True}),
        ("戊", (4,), {}),
        ("己", (4,), {"founded": "2020", "founded_year": 2020, "financing_stage": "被收购"}),
    ):
        made.node("Company", f"company:{name}", *tables, **(unknown | own))
    made.edge("LOCATED_IN", "company:甲", "district:110108", 3, role="headquarters")
    made.edge("LOCATED_IN", "company:甲", "city:440300", 4, role="site")
    made.edge("LOCATED_IN", "company:乙", "city:110000", 3, role="headquarters")
    made.edge("LOCATED_IN", "company:乙", "city:440300", 4, role="headquarters")
    made.edge("LOCATED_IN", "company:丙", "country:CN", 3, role=None)
    for firm, thing in (("甲", "segment:语音合成"), ("甲", "tech:声纹"), ("乙", "tech:声纹"), ("乙", "segment:语音合成"),
                        ("丙", "segment:人工智能"), ("甲", "segment:人工智能"), ("戊", "segment:智能语音")):  # fmt: skip
        made.edge("OPERATES_IN", f"company:{firm}", thing, 3)
    for name, kind, year, amount, currency in (
        ("一", "listing", 2021, 10.0, "CNY"),
        ("二", "financing", 2021, None, "CNY"),
        ("三", "financing", None, 5.0, "USD"),
        ("四", "fair", 2021, None, None),
    ):
        made.node("Event", f"event:{name}", 3, kind=kind, date=str(year) if year else None, date_year=year, amount=amount,
                  currency=currency, amount_text=None)  # fmt: skip
    for firm, event in (("乙", "一"), ("丙", "二"), ("戊", "二"), ("戊", "三"), ("戊", "四")):
        made.edge("HAS_EVENT", f"company:{firm}", f"event:{event}", 3)
    sides = [f"{PAPER}#L90;图表3;栏, {PAPER}#L91;图表3;栏", f"{PAPER}#L92;图表4;栏"]
    made.node("Conflict", "conflict:乙", 3, 4, property="founded", kind="value", severity="hard", period=None,
              values=["2010", "2011"], value_sources=sides, chosen="2010")  # fmt: skip
    made.edge("HAS_CONFLICT", "company:乙", "conflict:乙", 3, 4)
    return made.graph()


MADE = made_graph()
STORE = EmbeddedStore(MADE)
RULED = (
    "firms-by-founding-year", "firms-by-stage", "late-stage-unlisted", "firms-in-two-cities", "company-profile",
    "capital-events", "similar-firms", "firms-by-country", "young-firms-by-segment", "firms-by-city",
)  # fmt: skip


def test_years_limits_and_open_sources() -> None:
    answer = ask("firms-by-founding-year", STORE, since=2015)
    assert cells(answer, "period", "companies") == [("2016", ["甲"]), ("2020", ["己"]), (None, ["丁", "丙", "戊"])]
    assert ask("firms-by-founding-year", STORE).set_index("period").loc["2010", "disputed"] == ["乙"]
    table = ask("firms-by-founding-year", STORE, source="图表3").set_index("period")
    assert table.loc["2010", "disputed"] == [], "its two citations of 图表3 are one side"
    assert table.loc["2010", "n_source_open"] == 1, (
        "its node cites 图表4 as well, which may be where the year comes from"
    )
    assert table.loc["2016", "n_source_open"] == 0
    wider = ask("firms-by-founding-year", STORE, segment="智能语音", city="深圳")
    assert cells(wider, "period", "companies") == [("2010", ["乙"]), ("2016", ["甲"])], "by the narrower segment"


def test_listed_by_whatever_is_said() -> None:
    answer = ask("late-stage-unlisted", STORE, stage="C轮")
    assert cells(answer, "name", "state") == [("甲", "late"), ("丙", "no order")]
    stages = ask("firms-by-stage", STORE)
    assert cells(stages, "stage", "n", "n_listed") == [
        ("C轮", 1, 1),
        ("D轮", 2, 1),
        ("战略融资", 1, 0),
        ("被收购", 1, 0),
        (None, 1, 0),
    ]


def test_a_site_is_no_second_headquarters() -> None:
    answer = ask("firms-in-two-cities", STORE)
    assert cells(answer, "name", "state", "city", "role") == [
        ("乙", "disputed", "北京市", "headquarters"),
        ("乙", "disputed", "深圳市", "headquarters"),
        ("甲", "sites", "北京市", "headquarters"),
        ("甲", "sites", "深圳市", "site"),
    ]
    assert ask("firms-in-two-cities", STORE, source="图表3").empty
    cities = ask("firms-by-city", STORE)
    assert cells(cities, "city", "companies", "disputed", "n_dated") == [
        ("北京市", ["乙", "甲"], ["乙"], 2),
        ("深圳市", ["乙", "甲"], ["乙"], 2),
        (None, ["丁", "丙", "己", "戊"], [], 1),  # 丙 has a country only
    ]


def test_a_country_without_a_city_is_still_a_country() -> None:
    answer = ask("firms-by-country", STORE)
    assert cells(answer, "country", "n", "n_no_city") == [("中国", 3, 1), (None, 3, 3)]
    assert answer["segment"].iloc[0] == ["语音合成"], "the root is no segment of anybody"


def test_an_event_of_two_firms_counts_once_and_no_amount_is_no_zero() -> None:
    answer = ask("capital-events", STORE)
    assert cells(answer, "period", "kind", "unit", "n", "n_amount", "n_undisclosed", "value", "n_firms") == [
        ("2021", "financing", "CNY", 1, 0, 1, None, 2),
        ("2021", "listing", "CNY", 1, 1, 0, 10.0, 1),
        (None, "financing", "USD", 1, 1, 0, 5.0, 1),
    ]
    assert cells(ask("capital-events", STORE, since=2021, kind="listing"), "n") == [(1,)]


def test_the_root_makes_nobody_alike() -> None:
    answer = ask("similar-firms", STORE, company="甲")
    assert cells(answer, "name", "n", "shared", "n_own", "n_asked") == [("乙", 2, ["声纹", "语音合成"], 2, 2)]
    assert ask("similar-firms", STORE, company="丙").empty
    assert ask("similar-firms", STORE, company="甲", least=3).empty


def test_the_unknown_may_be_young() -> None:
    answer = ask("young-firms-by-segment", STORE, since=2015)
    assert cells(answer, "segment", "n", "n_dated", "n_undated", "oldest") == [
        ("智能语音", 1, 2, 1, 2010),
        ("语音合成", 1, 2, 0, 2010),
    ]


def test_a_profile_says_what_is_missing_and_what_is_open() -> None:
    answer = ask("company-profile", STORE, company="丙")
    assert cells(answer, "fact", "name", "label", "state") == [
        ("founded", None, "Company", "not recorded"),
        ("financing_stage", "战略融资", "Company", "recorded"),
        ("LOCATED_IN", "中国", "Country", "recorded"),
        ("LOCATED_IN", None, "City", "not recorded"),
        ("OPERATES_IN", "人工智能", "ChainSegment", "recorded"),
        ("OPERATES_IN", None, "ChainSegment", "not recorded"),
        ("HAS_EVENT", "二", "Event", "recorded"),
    ]
    states = dict(cells(ask("company-profile", STORE, company="乙"), "fact", "state"))
    assert states["founded"] == "disputed"
    part = dict(cells(ask("company-profile", STORE, company="乙", source="图表3"), "fact", "state"))
    assert part["founded"] == "source open"
    assert "HAS_CONFLICT" not in part, "both sides must be of the asked source"


@pytest.mark.neo4j
@pytest.mark.parametrize("name", RULED)
@pytest.mark.parametrize("source", [[], ["图表3"]], ids=["all", "one"])
def test_both_stores_keep_the_rules(both_stores: Any, name: str, source: list[str]) -> None:
    embedded, server = both_stores(MADE)
    given: dict[str, Any] = {"source": source} | (
        {"company": "甲"} if name in ("company-profile", "similar-firms") else {}
    )
    one, other = (CATALOGUE.ask(store, name, given) for store in (embedded, server))
    assert_equal_rows(one, other, name)
    assert one.attrs == other.attrs
