"""`kg.chain` over graphs: the shipped one against its tables, and small made-up ones (虚构) for supplies."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from question_graph import Maker, question_graph
from support import shared

import aikg
from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.chain_measures import MEASURES
from aikg.graph.analysis.clusters import Clusters
from aikg.graph.subset import only
from aikg.ontology.errors import QueryError
from aikg.ontology.language import speaking

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph


@lru_cache(maxsize=1)
def shipped() -> KnowledgeGraph:
    return aikg.build().frames


@lru_cache(maxsize=1)
def tables() -> Chain:
    """What 图表 3, 4 and 5 of document 003 alone say."""
    return Chain(only(shipped(), ["图表3", "图表4", "图表5"]))


def _rows_of_document() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Cities and segments by firm, read from lines 172-280 of document 003 (图表 3-5) without any of our readers."""
    cities, segments = defaultdict(set), defaultdict(set)
    for line in shared("documents", "003_*.txt").read_text(encoding="utf-8").split("\n")[171:280]:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 5 and re.fullmatch(r".+市", cells[4]):
            cities[cells[0]].add(cells[4])
            segments[cells[0]].add(cells[3])
    return cities, segments


# -- states and coverage on the shipped graph ------------------------------------------------------------------------


@pytest.mark.shared
@pytest.mark.parametrize("city", ["深圳市", "北京市", "上海市", "杭州市"])
def test_states_count_the_firms_of_the_tables(city: str) -> None:
    cities, segments = _rows_of_document()
    counted: dict[str, int] = defaultdict(int)
    for firm, where in cities.items():
        for segment in segments[firm] if city in where else ():
            counted[segment] += 1
    found = tables().states(city)
    assert {row.segment: row.n for row in found.itertuples() if row.n} == counted
    for row in found.itertuples():
        assert (row.state in ("strong", "present")) == (row.n >= 3)
        assert (row.state == "thin") == (row.n in (1, 2))


@pytest.mark.shared
def test_coverage_is_the_share_of_the_segments_of_the_scheme() -> None:
    cities, segments = _rows_of_document()
    shenzhen = {s for firm, where in cities.items() if "深圳市" in where for s in segments[firm]}
    row = tables().coverage("深圳").iloc[0]
    # The scheme has 33 segments directly under a layer; those of which these tables hold nothing are not in the graph then.
    assert row["covered"] == len(shenzhen) == 13
    assert row["value"] == pytest.approx(13 / row["segments"])
    assert Chain(shipped()).coverage("深圳").iloc[0]["segments"] == 33


def test_a_strength_that_only_prose_names_is_stated_and_not_missing() -> None:
    # Document 003: 图表 3 (line 198-203) has no 云计算 firm in 深圳, while line 877 ff. names it as a focus of the city.
    found = Chain(shipped()).states("深圳").set_index("segment")
    assert (found.at["云计算", "n"], found.at["云计算", "state"]) == (0, "stated")
    assert "深圳市" in found.at["云计算", "stated_by"]
    assert found.at["云计算", "sources"]
    assert math.isnan(found.at["云计算", "lq"])  # 0 would claim that there is nothing


def test_nothing_is_none_unless_the_graph_is_declared_complete() -> None:
    chain = Chain(shipped())
    assert "none" not in set(chain.states("杭州")["state"])
    declared = chain.states("杭州", complete=True)
    assert "not recorded" not in set(declared["state"])
    assert {"none", "stated"} <= set(declared["state"])
    assert chain.coverage("杭州", complete=True).iloc[0]["unknown"] == 0


def test_disputed_headquarters_give_a_range() -> None:
    # 商汤科技: 北京市 in line 226 (计算机视觉), 深圳市 in line 235 (生物特征识别) of document 003
    found = tables().states("深圳").set_index("segment")
    assert found.loc["生物特征识别", ["low", "n", "high"]].tolist() == [2, 3, 3]
    assert found.loc["智能芯片", ["low", "n", "high"]].tolist() == [3, 3, 3]
    assert tables().coverage("广东").iloc[0]["low"] == pytest.approx(tables().coverage("广东").iloc[0]["value"])


def test_overlapping_regions_put_no_firm_in_doubt() -> None:
    # Firms of 上海 lie in 长三角 and in other regions: that is no contradiction
    row = Chain(shipped()).coverage("长三角").iloc[0]
    assert row["n"] == 11  # metrics.md, last line: 11 distinct firms of 图表 3-5, not 16
    assert row["low"] == row["value"]


def test_quotients_are_those_of_the_clusters() -> None:
    ours = Chain(shipped()).states("深圳").set_index("id")["lq"].dropna()
    theirs = Clusters(shipped()).location_quotient("City")
    theirs = theirs[theirs["place_id"] == "city:440300"].set_index("segment_id")["value"].dropna()
    both = ours.index.intersection(theirs.index)
    assert len(both) >= 8
    assert ours[both].to_numpy() == pytest.approx(theirs[both].to_numpy())


def test_each_state_with_something_to_show_has_its_sources() -> None:
    for place in ("深圳", "浙江", "长三角", "中国", "福田"):
        found = Chain(shipped()).states(place)
        shown = found[found["state"] != "not recorded"]
        assert all(shown["sources"].map(len))
        assert found["id"].is_unique
        assert "segment:人工智能" not in set(found["id"])


def test_pairs_say_why_and_stay_among_segments() -> None:
    found = Chain(shipped()).pairs()
    assert set(found["basis"]) <= {"stated", "use"}
    assert not found.duplicated(["upstream", "downstream"]).any()
    assert all(found["sources"].map(len))
    layers = Chain(shipped()).pairs(via_layers=True)
    assert set(found["upstream"] + found["downstream"]) < set(layers["upstream"] + layers["downstream"])
    assert (layers["basis"] == "layers").any()


def test_actions_follow_the_states() -> None:
    chain = Chain(shipped())
    states = chain.states("北京").set_index("id")["state"]
    found = chain.actions("北京")
    assert set(found.loc[found["action"] == "strong", "id"]) == set(states.index[states.isin(["strong", "thin"])])
    fill = found[found["action"] == "fill"]
    assert set(fill["state"]) <= {"none", "not recorded"}
    assert all(fill["neighbours"].map(len))
    assert set(found.loc[found["action"] == "extend", "n"]) == {0}
    assert "SUPPLIES" in found.attrs["note"]


# -- a made-up chain (虚构) ------------------------------------------------------------------------------------------


def _worked() -> KnowledgeGraph:
    """The chain of metrics.md C: a -> b -> c -> d, the city has a:3, b:0, c:1, d:5; all names are made up (虚构)."""
    made = Maker()
    china = made.node("Country", "country:CN", name="中国")
    for code, name in (("440300", "深圳市"), ("330100", "杭州市")):
        made.edge("PART_OF", made.node("City", f"city:{code}", 3, name=name), china)
    for name in "abcd":
        made.node("ChainSegment", f"segment:虚构{name}", 3)
    for up, down in ("ab", "bc", "cd"):
        made.edge("UPSTREAM_OF", f"segment:虚构{up}", f"segment:虚构{down}", 3, basis="stated")
    for segment, number in (("a", 3), ("c", 1), ("d", 5)):
        for at in range(number):
            firm = made.node("Company", f"company:虚构{segment}{at}", 3)
            made.edge("LOCATED_IN", firm, "city:440300", 3, role="headquarters")
            made.edge("OPERATES_IN", firm, f"segment:虚构{segment}", 3)
    return made.graph()


def test_the_worked_chain_over_a_graph() -> None:
    chain = Chain(_worked())
    row = chain.coverage("深圳").iloc[0]
    assert (row["value"], row["connected"]) == (0.75, pytest.approx(1 / 3))  # metrics.md C
    assert (row["pairs_stated"], row["pairs"], row["unknown"]) == (3, 3, 1)
    assert chain.states("深圳").set_index("segment")["state"].to_dict() == {
        "虚构a": "strong",
        "虚构b": "not recorded",
        "虚构c": "thin",
        "虚构d": "strong",
    }
    found = chain.actions("深圳")
    assert found.loc[found["action"] == "fill", "segment"].tolist() == ["虚构b"]
    assert found.loc[found["action"] == "fill", "basis"].tolist() == [["stated"]]
    assert chain.states("深圳", complete=True).set_index("segment").at["虚构b", "state"] == "none"


def test_a_city_without_firms_has_nothing_recorded() -> None:
    found = Chain(_worked()).states("杭州")
    assert set(found["state"]) == {"not recorded"}
    assert found["lq"].isna().all()
    assert "does not mean that there is none" in found.attrs["note"]


def test_rolled_up_firms_count_for_the_wider_segment() -> None:
    chain = Chain(question_graph())  # 乙 works in 语音合成, a part of 智能语音; it sits in 南山区 of 深圳
    plain = chain.states("深圳").set_index("segment")
    rolled = chain.states("深圳", roll_up=True).set_index("segment")
    assert (plain.at["智能语音", "n"], rolled.at["智能语音", "n"]) == (0, 1)
    assert rolled.at["智能语音", "firms"] == ["乙"]
    # A firm of a part of it is no firm of it, but says that the place has something of it: no gap.
    assert (plain.at["智能语音", "state"], plain.at["智能语音", "stated_by"]) == ("stated", ["乙"])


def test_a_ministry_does_not_speak_for_its_city() -> None:
    chain = Chain(question_graph())  # 国家规划, of a ministry in 北京, names 智能医疗
    assert chain.states("北京").set_index("segment").at["智能医疗", "state"] == "not recorded"
    assert chain.states("中国").set_index("segment").at["智能医疗", "stated_by"] == ["国家规划"]


def test_wrong_words_are_named() -> None:
    chain = Chain(question_graph())
    with pytest.raises(QueryError, match="深圳"):
        chain.states("深圳湾")
    with pytest.raises(QueryError, match="level 'Planet'"):
        chain.coverage(level="Planet")
    with pytest.raises(QueryError, match="k=0"):
        chain.states("深圳", k=0)
    with pytest.raises(QueryError, match="at_least=0"):
        chain.coverage("深圳", at_least=0)
    with pytest.raises(QueryError, match="percentile=2"):
        chain.actions("深圳", percentile=2)


# -- supplies (虚构) -------------------------------------------------------------------------------------------------


def _supplies() -> KnowledgeGraph:
    """The chain of metrics.md D3 as made-up companies (虚构), with places and years."""
    made = Maker()
    for code, name in (("NL", "荷兰"), ("CN", "中国")):
        made.node("Country", f"country:{code}", name=name)
    for node, name, country in (
        ("city:440300", "深圳市", "CN"),
        ("city:310000", "上海市", "CN"),
        ("city:NL:埃因霍温", "埃因霍温", "NL"),
    ):
        made.edge("PART_OF", made.node("City", node, 3, name=name), f"country:{country}")
    made.node("ChainSegment", "segment:智能芯片", 3)
    made.node("ChainSegment", "segment:智能终端", 3)
    made.edge("UPSTREAM_OF", "segment:智能芯片", "segment:智能终端", 3, basis="stated")
    for firm, place in (
        ("光刻", "city:NL:埃因霍温"),
        ("胶", "city:310000"),
        ("设计", "city:440300"),
        ("晶圆", "city:310000"),
        ("封一", "city:440300"),
        ("封二", "city:440300"),
        ("芯", "city:440300"),
        ("机", "city:440300"),
        ("无址", None),
    ):
        node = made.node("Company", f"company:虚构{firm}", 3)
        if place:
            made.edge("LOCATED_IN", node, place, 3, role="headquarters")
    for firm in ("晶圆", "封一", "封二", "芯"):
        made.edge("OPERATES_IN", f"company:虚构{firm}", "segment:智能芯片", 3)
    made.edge("OPERATES_IN", "company:虚构机", "segment:智能终端", 3)
    for supplier, customer, product, year in (
        ("光刻", "晶圆", "光刻机", 2023),
        ("胶", "晶圆", "光刻胶", 2023),
        ("设计", "晶圆", "版图", 2023),
        ("晶圆", "封一", "圆片", 2022),
        ("晶圆", "封二", "圆片", 2023),
        ("封一", "芯", "封装", 2023),
        ("封二", "芯", "封装", 2023),
        ("芯", "机", "人工智能芯片", 2023),
        ("无址", "机", "外壳", None),
    ):
        made.edge("SUPPLIES", f"company:虚构{supplier}", f"company:虚构{customer}", 3, product=product, year=year)
    return made.graph()


BEGIN = ["虚构光刻", "虚构胶", "虚构设计"]


def test_choke_points_of_a_company() -> None:
    found = Chain(_supplies()).choke_points("虚构机", inputs=BEGIN)
    # metrics.md D3: {chip, fab}, and neither packager
    assert found.loc[found["level"] == "supplier", "name"].tolist() == ["虚构芯", "虚构晶圆"]
    single = found[found["level"] == "input"]
    assert set(single["input"]) == {"人工智能芯片", "外壳", "圆片", "光刻机", "光刻胶", "版图"}  # not 封装
    assert all(found["sources"].map(len))
    assert found.attrs["open"] == ["company:虚构无址"]


def test_choke_points_of_a_product() -> None:
    found = Chain(_supplies()).choke_points("封装", inputs=BEGIN)
    assert found.loc[found["level"] == "supplier", "name"].tolist() == ["虚构晶圆"]
    with pytest.raises(QueryError, match="虚构机"):
        Chain(_supplies()).choke_points("封装", inputs=["虚构机"])


def test_tiers_and_substitutability() -> None:
    chain = Chain(_supplies())
    found = chain.tiers("虚构机", steps=2)
    assert found[["tier", "name"]].values.tolist() == [[1, "虚构无址"], [1, "虚构芯"], [2, "虚构封一"], [2, "虚构封二"]]
    assert found.set_index("name").at["虚构封一", "products"] == ["封装"]
    assert chain.tiers("虚构设计", direction="downstream", steps=1)["name"].tolist() == ["虚构晶圆"]
    packer = chain.substitutability("虚构封一").iloc[0]
    assert (packer["value"], packer["second"]) == (1, 0.5)  # the other packager sits in the same city
    assert chain.substitutability("虚构晶圆").iloc[0]["value"] == 0
    assert math.isnan(chain.substitutability("虚构机").iloc[0]["value"])


def test_leakage_counts_suppliers_outside() -> None:
    row = Chain(_supplies()).leakage("深圳").iloc[0]
    # by hand: 晶圆 (上海) twice outside; 封一, 封二, 芯 inside; 无址 unknown
    assert (row["n"], row["outside"], row["unknown"]) == (5, 2, 1)
    assert (row["value"], row["low"], row["high"]) == (0.4, pytest.approx(2 / 6), pytest.approx(3 / 6))
    assert math.isnan(Chain(_supplies()).leakage("深圳", min_count=6).iloc[0]["value"])


def test_suppliers_outside_threaten_a_segment() -> None:
    found = Chain(_supplies()).actions("上海", min_count=1)
    row = found[(found["action"] == "strong") & (found["segment"] == "智能芯片")].iloc[0]
    # by hand: into 晶圆 come 光刻 (abroad), 胶 (上海), 设计 (深圳): 2 of 3 outside
    assert row["reasons"] == ["provider_hhi", "one_firm", "suppliers_outside"]


def test_dependence_of_a_place() -> None:
    found = Chain(_supplies()).dependence("智能芯片", "深圳")
    all_years = found[found["period"].isna()].set_index("criterion")
    # by hand. Supplies of 智能芯片: of its firms (晶圆 2, 封一, 封二) and 芯, whose product names it; not 光刻机 and so on.
    # Imports 2 from 上海; own firms supply 3, all within; providers: 上海 1, 深圳 3 firms.
    assert all_years["value"].to_dict() == pytest.approx(
        {"supplier_hhi": 1.0, "world_hhi": 0.625, "outside_share": 0.4, "ratio": 2 / 3}
    )
    assert all_years["holds"].to_dict() == {
        "supplier_hhi": True,
        "world_hhi": True,
        "outside_share": False,
        "ratio": False,
    }
    assert set(found["period"].dropna()) == {"2022", "2023"}  # the history
    assert (found.attrs["cepii"], found.attrs["eu"]) == (False, False)


def test_a_company_s_absence() -> None:
    found = Chain(_supplies()).absence("虚构晶圆").set_index(["label", "name"])
    assert found.loc[("ChainSegment", "智能芯片"), ["before", "after", "stops"]].tolist() == [4, 3, False]
    assert found.loc[("Company", "虚构封一"), ["via", "before", "after", "stops"]].tolist() == [["圆片"], 1, 0, True]


def test_a_segment_s_absence() -> None:
    found = Chain(_supplies()).absence("智能芯片")
    assert found[["name", "counted", "before", "after"]].values.tolist() == [["智能终端", "inputs", 1, 0]]
    shown = Chain(shipped()).absence("计算机视觉").set_index("name")
    # document 003, line 1246 (图表): 保洁机器人 uses 计算机视觉
    assert shown.loc["保洁机器人", ["via", "after", "stops"]].tolist() == [["计算机视觉"], 0, True]
    assert all(shown["sources"].map(len))


def test_shares_of_providers_go_before_numbers_of_firms() -> None:
    made = Maker()
    for code, name in (("NL", "荷兰"), ("JP", "日本"), ("US", "美国")):
        made.node("Country", f"country:{code}", name=name)
    made.node("ChainSegment", "segment:虚构光刻", 3)
    for code, share, year in (("NL", 0.9, 2019), ("NL", 0.526, 2021), ("JP", 0.326, 2021), ("US", 0.101, 2021)):
        made.edge("PROVIDES", f"country:{code}", "segment:虚构光刻", 3, share=share, year=year)
    chain = Chain(made.graph())
    assert chain.providers("虚构光刻", level="Country")["share"].tolist() == [0.526, 0.326, 0.101]
    row = chain.provider_concentration("虚构光刻", level="Country").iloc[0]
    assert (row["value"], row["by"], row["period"]) == (2, "PROVIDES share", "2021")  # metrics.md D1


def test_providers_by_numbers_of_firms() -> None:
    # document 003, 图表 5, lines 264-266: all three firms of 智能终端 sit in 深圳
    row = tables().provider_concentration("智能终端").iloc[0]
    assert (row["n"], row["value"], row["hhi"], row["by"]) == (3, 1, 1.0, "firms")
    # lines 223-227 and 商汤科技, who is in 北京 or 深圳 (3 and 2, or 2 and 3 of 5 firms) or in both (3 and 3)
    vision = tables().provider_concentration("计算机视觉").iloc[0]
    assert (vision["hhi"], vision["low"], vision["high"]) == pytest.approx((0.5, 0.5, 0.52))
    few = tables().provider_concentration("云计算", min_count=4).iloc[0]
    assert pd.isna(few["value"])
    assert math.isnan(few["hhi"])


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("leakage", ("深圳",)),
        ("tiers", ("华为",)),
        ("dependence", ("智能芯片", "深圳")),
        ("choke_points", ("华为",)),
        ("substitutability", ("华为",)),
    ],
)
def test_without_supplies_the_answer_says_so(method: str, arguments: tuple[str, ...]) -> None:
    found = getattr(Chain(shipped()), method)(*arguments)
    assert found.empty
    assert "sources" in found.columns
    assert found.attrs["note"].startswith("this graph holds no SUPPLIES; load")
    with speaking("zh"):
        assert "供应关系" in getattr(Chain(shipped()), method)(*arguments).attrs["note"]


# -- as measures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_each_measure_answers_alone_and_says_its_columns(measure) -> None:  # type: ignore[no-untyped-def]
    found = measure.compute(shipped())
    assert set(found.columns) == set(measure.columns)
    assert set(measure.parameters) == set(measure.signature())
    assert "note" in found.attrs
    texts = [measure.title, measure.method, *measure.columns.values(), *measure.parameters.values()]
    assert all(zh and en for zh, en in texts)
    pd.testing.assert_frame_equal(found, measure.compute(shipped()))


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_each_measure_bears_an_empty_graph(measure) -> None:  # type: ignore[no-untyped-def]
    made = Maker()
    made.node("Company", "company:华为", 3)
    made.node("City", "city:440300", 3, name="深圳市")
    for name in ("智能芯片", "计算机视觉"):
        made.node("ChainSegment", f"segment:{name}", 3)
    found = measure.compute(made.graph())
    assert set(found.columns) == set(measure.columns)
