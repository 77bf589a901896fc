"""Answers of the catalogue on the shipped graph, against numbers counted by hand in the document.

The document is 2023人工智能发展白皮书 (003 of the shared documents); 图表 and line of each number stand beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd
import pytest
from support import assert_equal_rows

from aikg.graph.citations import parse_source
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.stores.neo4j import Neo4jStore
from aikg.ontology.errors import QueryError
from aikg.ontology.language import speaking
from aikg.pipeline import build_graph
from aikg.queries.catalogue import Query, load_catalogue

CATALOGUE = load_catalogue()
GRAPH = build_graph()[0]
FIRM_TABLES = "图表3,图表4,图表5"
# What is counted by hand are the tables of the white paper; the data set holds prose and four more documents beside.
ALL_FIRMS = f"{FIRM_TABLES},图表31"

# The documents state no delivery from one company to another; tests/test_queries_supply.py asks these of a made-up graph.
WITHOUT_ROWS = {"supply-chain", "single-supplier-inputs", "supply-between-places"}

ASKED: list[tuple[Query, Mapping[str, str]]] = [(q, given) for q in CATALOGUE for given in ({}, *q.examples)]
every_answer = pytest.mark.parametrize(
    ("query", "given"), ASKED, ids=[f"{q.name} {' '.join(map('='.join, given.items()))}".strip() for q, given in ASKED]
)


@pytest.fixture(scope="module")
def graph() -> EmbeddedStore:
    return EmbeddedStore(GRAPH)


@pytest.fixture(scope="module")
def ask(graph: EmbeddedStore) -> Callable[..., pd.DataFrame]:
    def asked(name: str, **given: Any) -> pd.DataFrame:
        return CATALOGUE.ask(graph, name, given)

    return asked


def lines(row: Any, column: str = "sources") -> set[int]:
    """Lines that a row cites."""
    found = [parse_source(entry) for entry in getattr(row, column)]
    return {citation.line for citation in found if citation and citation.line}


# -- every question ---------------------------------------------------------------------------------


@every_answer
def test_every_answer_has_its_columns_rows_and_sources(
    graph: EmbeddedStore, query: Query, given: Mapping[str, str]
) -> None:
    answer = CATALOGUE.ask(graph, query.name, given)
    assert list(answer.columns) == [column.name for column in query.columns]
    assert list(graph.query(query.statement, {**query.defaults(), "source": []}).columns) == list(answer.columns)
    if query.name in WITHOUT_ROWS:
        assert answer.empty
        assert "SUPPLIES" in answer.attrs["note"]
        return
    assert len(answer), "defaults and examples are chosen so that they have rows"
    assert not answer.attrs["truncated"]
    assert answer.attrs["query"] == query.name
    for cited, n in zip(answer["sources"], answer.get("n", [1] * len(answer)), strict=True):
        assert cited or pd.isna(n) or n == 0, "a count of nothing may have nothing to cite"
        assert cited == sorted(set(cited))
        assert all(parse_source(entry) for entry in cited)


@every_answer
def test_a_given_source_is_said_and_nothing_else_is_cited(
    graph: EmbeddedStore, query: Query, given: Mapping[str, str]
) -> None:
    if "source" not in given:
        given = {**given, "source": "图表3"}
    answer = CATALOGUE.ask(graph, query.name, given, lang="en")
    asked = given["source"].split(",")
    if query.name in WITHOUT_ROWS:
        assert "SUPPLIES" in answer.attrs["note"]
        return
    assert all(source in answer.attrs["note"] for source in asked)
    documents = dict(zip(GRAPH.nodes["Source"]["id"], GRAPH.nodes["Source"]["name"], strict=True))
    for column in [c for c in answer.columns if c in ("sources", "source") or c.startswith(("sources_", "source_"))]:
        cited = {parse_source(entry) for cell in answer[column] for entry in cell}
        assert all({citation.table, documents[citation.source]} & set(asked) for citation in cited if citation)


@pytest.mark.neo4j
@every_answer
def test_both_stores_answer_alike(both_stores: Any, query: Query, given: Mapping[str, str]) -> None:
    embedded, server = both_stores(GRAPH)
    assert isinstance(server, Neo4jStore)
    one, other = CATALOGUE.ask(embedded, query.name, given), CATALOGUE.ask(server, query.name, given)
    assert_equal_rows(one, other, query.name)
    assert one.attrs == other.attrs
    for parameter in query.parameters:
        assert CATALOGUE.values(embedded, query.name, parameter) == CATALOGUE.values(server, query.name, parameter)


# -- the chain ---------------------------------------------------------------------------------------


def test_companies_across_layers(ask: Callable[..., pd.DataFrame]) -> None:
    # Those that stand in two of 图表 3, 4, 5: lines of their rows.
    expected = {
        "汇顶科技": {178, 232}, "奥比中光": {185, 220}, "华为": {190, 264}, "腾讯科技": {191, 230}, "平安科技": {192, 275},
    }  # fmt: skip
    answer = ask("companies-across-layers", source=FIRM_TABLES)
    assert {row.name: lines(row) for row in answer.set_index("name", drop=False).itertuples(index=False)} == expected
    assert set(answer["n"]) == {2}
    assert answer.set_index("name").loc["华为", "layer"] == ["基础层", "应用层"]
    assert set(ask("companies-across-layers", source=ALL_FIRMS)["name"]) == set(expected), "图表31 names no layer"
    both = ask("companies-across-layers", layer=["基础层", "技术层"], source=ALL_FIRMS)
    assert set(both["name"]) == {"汇顶科技", "奥比中光", "腾讯科技"}


def test_companies_in_a_segment(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表4 lines 220–227 and, for 生物特征识别 of 商汤科技 in 深圳市, line 233; 图表31 lines 713 and 717 (凌云光, no city).
    answer = ask("companies-in-segment", segment="计算机视觉")
    assert sorted((r.name, r.city if isinstance(r.city, str) else None, r.disputed) for r in answer.itertuples()) == [
        ("凌云光", None, False),
        ("商汤科技", "北京市", True),
        ("商汤科技", "深圳市", True),
        ("奥比中光", "深圳市", False),
        ("旷视科技", "北京市", False),
        ("格灵深瞳", "北京市", False),
        ("精锐视觉", "深圳市", False),
    ]
    assert set(ask("companies-in-segment", source="图表4")["name"]) == set(answer["name"]) - {"凌云光"}
    assert len(ask("companies-in-segment", segment="智能芯片")) == 7, "图表3 lines 178–184"


def test_what_feeds_a_segment(ask: Callable[..., pd.DataFrame]) -> None:
    # 计算机视觉 is of the 技术层; the 基础层 above it has 7, 5, 5 and 3 rows in 图表3 (lines 178–200).
    answer = ask("feeds-segment", segment="计算机视觉", source=FIRM_TABLES)
    assert dict(zip(answer["name"], answer["n"], strict=True)) == {
        "智能芯片": 7,
        "智能传感器": 5,
        "大数据": 5,
        "云计算": 3,
    }
    assert set(answer["basis"]) == {"by layer"}, "no table states what feeds what"
    nothing_above = CATALOGUE.ask(EmbeddedStore(GRAPH), "feeds-segment", {"segment": "智能芯片"}, lang="en")
    assert nothing_above.empty
    assert nothing_above.attrs["note"].startswith("nothing upstream of this segment is recorded")


def test_gaps_of_a_city(ask: Callable[..., pd.DataFrame]) -> None:
    # 北京市 in 图表3–5; 智能制造 and 智能终端 are focuses in 图表53 (lines 1065, 1066), which has no firms.
    # 商汤科技 counts for both of its segments (lines 225 and 233), since the headquarters are of the firm.
    answer = ask("chain-gaps", city="北京", source="图表3,图表4,图表5,图表53").set_index("segment")
    assert answer.query("state == 'present'")["n"].to_dict() == {
        "智能语音": 4, "智能芯片": 3, "智能运载工具": 3, "计算机视觉": 3, "生物特征识别": 2,
    }  # fmt: skip
    assert set(answer.query("state == 'thin'").index) == {"大数据", "云计算", "智能机器人", "智能教育"}
    assert answer.query("state == 'stated'")["stated_by"].to_dict() == {
        "智能制造": ["北京经济技术开发区"],
        "智能终端": ["中关村国家自主创新示范区"],
    }
    blank = answer.query("state == 'not recorded'")
    # 智能终端 has firms elsewhere (lines 264–266) but is stated here; these four have firms elsewhere only.
    assert blank["n_elsewhere"].to_dict() == {"机器学习": 3, "智能传感器": 5, "智能医疗": 4, "智能金融": 4}
    assert (blank["n"] == 0).all()
    assert answer.loc["计算机视觉", "disputed"] == ["商汤科技"]
    assert answer.loc["智能机器人", "stated_by"] == ["中关村国家自主创新示范区"], (
        "line 1066, beside 石头科技 (line 257)"
    )
    assert "人工智能" not in answer.index, "the root counts in no coverage"
    few = ask("chain-gaps", city="合肥市", layer="技术层", source=FIRM_TABLES)
    assert dict(zip(few["segment"], few["state"], strict=True)) == {
        "智能语音": "thin", "机器学习": "not recorded", "生物特征识别": "not recorded", "计算机视觉": "not recorded",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("chain-gaps", "city"),
        ("cluster-profile", "place"),
        ("co-located-firms", "company"),
        ("neighbourhood", "company"),
        ("parks-of-city", "city"),
        ("policies-of-place", "asked"),
        ("feeds-segment", "segment"),
    ],
)
def test_every_row_names_what_was_asked_for(ask: Callable[..., pd.DataFrame], name: str, column: str) -> None:
    answer = ask(name)
    limits = [v for key, v in answer.attrs["parameters"].items() if v and key != "source"]
    assert [set(answer[column])] == [{value} for value in limits]


def test_a_row_cites_its_own_firm_and_no_other(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表31 lines 713 and 717 name segments without a layer: that 计算机视觉 is of the 技术层 stands in 图表4, of other firms
    answer = ask("companies-in-segment", segment="计算机视觉", source=ALL_FIRMS).set_index("name", drop=False)
    assert lines(answer.loc["凌云光"]) <= {713, 717}
    told = lines(answer.loc["凌云光"], "sources_layer")
    assert told
    assert told <= set(range(212, 238)), "rows of 图表4"
    # 旷视科技 stands in 图表4 itself (line 227): the same row says which layer the segment belongs to
    assert lines(answer.loc["旷视科技"]) == lines(answer.loc["旷视科技"], "sources_layer") == {227}


def test_a_technology_that_is_no_segment_is_sent_to_its_parameter(ask: Callable[..., pd.DataFrame]) -> None:
    with (
        speaking("zh"),
        pytest.raises(QueryError, match=r"机器人”是 Technology .*应为 ChainSegment；请改写 technology=机器人"),
    ):
        ask("parks-by-focus", segment="机器人")
    assert len(ask("parks-by-focus", technology="机器人"))


# -- clusters ----------------------------------------------------------------------------------------

# Rows per city of 图表3, 4, 5; 商汤科技 stands under 北京市 (line 225) and 深圳市 (line 233).
FIRMS = {
    ("深圳市", "基础层"): 9, ("深圳市", "技术层"): 9, ("深圳市", "应用层"): 19,
    ("北京市", "基础层"): 5, ("北京市", "技术层"): 8, ("北京市", "应用层"): 5,
    ("上海市", "基础层"): 3, ("上海市", "技术层"): 2, ("上海市", "应用层"): 1,
    ("杭州市", "基础层"): 2, ("杭州市", "应用层"): 1, ("济南市", "基础层"): 1, ("合肥市", "技术层"): 1,
    ("广州市", "技术层"): 1, ("苏州市", "应用层"): 1, ("长沙市", "应用层"): 1,
}  # fmt: skip


def test_firms_by_city_and_layer(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("firms-by-city-and-layer", source=FIRM_TABLES)
    assert {(r.city, r.layer): r.n for r in answer.itertuples()} == FIRMS
    # 20 + 22 + 28 rows; 云从科技 stands twice in 图表4, and so does 商汤科技, but in two cities
    assert answer["n"].sum() == 20 + 22 + 28 - 1
    # 图表31 adds nine firms without a city: two each of a segment of the 技术层 and of the 应用层, five of none
    unplaced = ask("firms-by-city-and-layer", source=ALL_FIRMS)
    unplaced = unplaced[unplaced["city"].isna()]
    assert dict(zip(unplaced["layer"].fillna("—"), unplaced["n"], strict=True)) == {"技术层": 2, "应用层": 2, "—": 5}


def test_cities_with_the_full_chain(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("cities-full-chain", source=FIRM_TABLES)
    assert {(r.city, r.layer): r.n for r in answer.itertuples()} == {
        key: n for key, n in FIRMS.items() if key[0] in ("深圳市", "北京市", "上海市")
    }
    two = ask("cities-full-chain", layer="基础层,应用层", source=FIRM_TABLES)
    assert set(two["city"]) == {"深圳市", "北京市", "上海市", "杭州市"}


@pytest.mark.parametrize(
    ("city", "table", "n"),
    [("杭州市", 49, 10), ("深圳市", 43, 12), ("广州市", 44, 10), ("北京市", 53, 5), ("天津市", 54, 6)],
)
def test_parks_of_a_city(ask: Callable[..., pd.DataFrame], city: str, table: int, n: int) -> None:
    # Rows of 图表49, 43, 44, 53 and 54; row 7 of 图表54 repeats row 1.
    answer = ask("parks-of-city", city=city, source=f"图表{table}")
    assert answer["name"].nunique() == len(answer) == n
    assert all(len(district) == 1 for district in answer["district"])
    assert set(ask("parks-of-city", city=city.removesuffix("市"))["id"]) >= set(answer["id"])


def test_parks_by_focus(ask: Callable[..., pd.DataFrame]) -> None:
    # 大数据 in the last column of 图表44 (lines 883, 891), 49 (967, 971, 973) and 54 (1077, 1080, 1081)
    tables = "图表44,图表49,图表54"
    answer = ask("parks-by-focus", segment="大数据", source=tables)
    assert set(answer["n"]) == {8}
    assert {line for row in answer.itertuples() for line in lines(row)} == {883, 891, 967, 971, 973, 1077, 1080, 1081}
    assert set(ask("parks-by-focus", segment="大数据", city="天津", source=tables)["n"]) == {3}
    # 生物医药 in 图表53 stands in lines 1062 to 1065
    medicine = ask("parks-by-focus", field="生物医药", city="北京市", source="图表53")
    assert {line for row in medicine.itertuples() for line in lines(row)} == {1062, 1063, 1064, 1065}


def test_profile_of_a_city(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("cluster-profile", city="深圳", source=f"{ALL_FIRMS},图表43").set_index("measure")
    # 9 + 6 + 17 firms, as 腾讯科技, 奥比中光, 汇顶科技, 华为 and 平安科技 stand in two layers; 12 rows of 图表43
    counted = {measure: None if pd.isna(n) else n for measure, n in answer["n"].items()}
    listed = {name: counted.pop(name) for name in ("listed firms", "listed firms, source open")}
    assert counted == {
        "firms": 32, "firms with disputed seat": 1, "segments": 13, "layers": 3, "parks": 12,
        "policies": None, "compute centres": None,
    }  # fmt: skip
    # 已上市 in 图表3 (178, 180, 185), 4 (231, 233) and 5 (265, 267); prose speaks of some of them too, so that which of
    # its sources calls a firm listed is not known of all
    assert sum(listed.values()) == 7
    assert sorted(name for measure in listed for name in answer.loc[measure, "items"]) == sorted(
        ["汇顶科技", "云天励飞", "奥比中光", "英飞拓", "商汤科技", "中兴通讯", "华大基因"]
    )
    assert answer.loc["policies", "state"] == "not recorded"
    assert answer.loc["policies", "sources"] == []
    region = ask("cluster-profile", region="长三角", source="图表50").set_index("measure")
    assert region.loc["compute centres", "n"] == 8, "图表50, lines 992–1002"
    assert region.loc["firms", "state"] == "not recorded", "no table says which cities belong to the region"


def test_firms_in_the_same_city(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("co-located-firms", company="旷视科技", source=FIRM_TABLES)
    assert len(answer) == 5 + 8 + 5 - 1, "all of 北京市 but itself"
    shared = {r.name: r.disputed for r in answer.itertuples() if r.shared}
    assert shared == {"格灵深瞳": False, "商汤科技": True}, "lines 225 and 226"
    assert set(ask("co-located-firms", id="company:旷视科技", source=FIRM_TABLES)["id"]) == set(answer["id"])


# -- policies, computing power, listings, evidence ----------------------------------------------------


def test_policies_by_year(ask: Callable[..., pd.DataFrame]) -> None:
    # First column of 图表15, 19, 23, 27; 图表51 and 56 are of China's provinces and cities.
    answer = ask("policies-by-year", source="图表15,图表19,图表23,图表27,图表51,图表56")
    found: dict[str, dict[str, int]] = {}
    for row in answer.itertuples():
        found.setdefault(str(row.country), {})[str(row.period)] = row.n
    assert found == {
        "美国": {"2016": 2, "2019": 7, "2020": 3, "2021": 3, "2022": 1, "2023": 1},
        "英国": {"2016": 2, "2017": 1, "2018": 3, "2019": 1, "2020": 1, "2021": 3, "2022": 3},
        "日本": {"2017": 2, "2018": 1, "2019": 4, "2021": 3, "2022": 3},
        "印度": {"2018": 2, "2020": 1, "2021": 2},
        "中国": {"2017": 2, "2019": 1, "2020": 2, "2021": 3, "2022": 2, "2023": 4},
    }
    assert ask("policies-by-year", country="英国", source="图表19")["n"].sum() == 14


def test_policies_of_a_place(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表51, lines 1028–1031 stand under 浙江省; the titles of two of them (1030, 1031) name 杭州, to which they apply too
    province = ask("policies-of-place", province="浙江", source="图表51")
    assert len(province) == 4
    assert set(province["level"]) == {"own"}
    city = ask("policies-of-place", city="杭州市", source="图表51")
    assert [lines(row) for row in city.itertuples()] == [{1030}, {1031}]
    assert city.set_index("name").loc["杭州市人工智能产业发展“十四五”规划", "period"] == "2021-12"
    country = ask("policies-of-place", country="中国", source="图表51,图表56")
    assert (len(country), set(country["level"])) == (14, {"below"}), "8 + 6 rows"


def test_computing_power(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表50, lines 992–1008, added by hand for each region, unit and state
    answer = ask("compute-by-region", source="图表50")
    found = {
        (r.region, r.unit if isinstance(r.unit, str) else None, r.state): (r.n, r.value) for r in answer.itertuples()
    }
    unknown = found.pop(("长三角", None, "not recorded"))
    assert unknown[0] == 1, "太湖量子智算中心: 不详"
    assert pd.isna(unknown[1])
    assert found == {
        ("长三角", "PFLOPS", "actual"): (3, 40 + 300 + 100),
        ("长三角", "POPS", "actual"): (2, 800 + 800),
        ("长三角", "PFLOPS", "planned"): (1, 100),  # 后期100
        ("长三角", "PFLOPS", "forecast"): (1, 1400),
        ("长三角", "PFLOPS", "peak"): (1, 3740),
        ("珠三角", "PFLOPS", "actual"): (2, 1000 + 100),
        ("珠三角", "PFLOPS", "planned"): (1, 1000),
        ("珠三角", "EOPS", "actual"): (1, 1.16),
        ("京津冀", "PFLOPS", "actual"): (2, 100 + 300),
        ("京津冀", "PFLOPS", "planned"): (2, 1000 + 100),  # 短期500 is a stage of 远期1000
    }


def test_listings_of_a_year(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表31, lines 711–723: 13 rows of 12 firms (蔚来汽车 twice)
    answer = ask("listings-of-year", year=2022, source="图表31")
    assert (len(answer), answer["name"].nunique()) == (13, 12)
    by_currency = {unit: group["value"].sum() for unit, group in answer.groupby("unit")}
    assert by_currency == pytest.approx({"CNY": 12_990_000_000, "HKD": 1_600_000_000, "USD": 120_000_000})
    undisclosed = answer[answer["value"].isna()]
    assert sorted(undisclosed["amount_text"]) == ["数亿美元", "未透露", "未透露"]
    assert answer.set_index("name").loc["云从科技", "segment"] == ["人机交互"], "its other segments are of 图表4"


def test_contradictions(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表3 line 185 and 图表4 line 220; 图表4 lines 225 and 233; 图表3 line 192 and 图表5 line 275
    answer = ask("contradictions", source=FIRM_TABLES).set_index("name")
    assert answer[["property", "severity", "value_a", "value_b"]].to_dict("index") == {
        "奥比中光": {"property": "founded", "severity": "hard", "value_a": "2013-01-08", "value_b": "2013-01-18"},
        "商汤科技": {"property": "LOCATED_IN", "severity": "hard", "value_a": "北京市", "value_b": "深圳市"},
        "平安科技": {"property": "financing_stage", "severity": "soft", "value_a": "战略融资", "value_b": "—"},
    }
    assert {name: lines(row) for name, row in answer.iterrows()} == {
        "奥比中光": {185, 220}, "商汤科技": {225, 233}, "平安科技": {192, 275},
    }  # fmt: skip
    assert list(ask("contradictions", source="图表4")["name"]) == ["商汤科技"], "the others take two tables"


def test_neighbourhood(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("neighbourhood", company="奥比中光", source=ALL_FIRMS)
    assert set(zip(answer["relation"], answer["label"], strict=True)) == {
        ("LOCATED_IN", "City"), ("OPERATES_IN", "ChainSegment"), ("REPRESENTATIVE_OF", "ChainLayer"),
        ("HAS_EVENT", "Event"), ("HAS_CONFLICT", "Conflict"), ("STATED_IN", "Source"),
    }  # fmt: skip
    assert set(answer.query("relation == 'OPERATES_IN'")["name"]) == {"智能传感器", "计算机视觉"}
    assert set(answer["direction"]) == {"out"}
    listed = ask("neighbourhood", company="奥比中光", source="图表31")
    assert set(listed["relation"]) == {"HAS_EVENT", "OPERATES_IN", "STATED_IN"}
