"""Questions on clusters and parks: on the shipped graph against the documents, and their rules on a small made-up graph.

The white paper is 003 of the shared documents (src:a76a81ffa34b); 图表 and line of each fact stand beside it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from question_graph import Maker, question_graph
from support import assert_equal_rows

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
SHIPPED = build_graph()[0]
STORE, RULES = EmbeddedStore(SHIPPED), EmbeddedStore(question_graph())
FIRM_TABLES = ["图表3", "图表4", "图表5"]
WHITE_PAPER = "src:a76a81ffa34b"


def ask(name: str, store: EmbeddedStore = STORE, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(store, name, given)


def only(frame: pd.DataFrame, **wanted: str) -> Any:
    """The one row with these values."""
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return next(iter(frame.itertuples(index=False)))


def rows(frame: pd.DataFrame) -> list[Any]:
    """Rows with their columns as attributes."""
    return list(frame.itertuples(index=False))


def missing(value: object) -> bool:
    return bool(pd.isna(value))  # type: ignore[call-overload]


def small() -> KnowledgeGraph:
    """Two cities of one province; parks 内 (inside 外), 邻 and 远; a segment with one below and one above it."""
    made = Maker()
    china = made.node("Country", "country:CN", name="中国")
    province = made.node("Province", "province:330000", name="浙江省")
    made.edge("PART_OF", province, china)
    for code, name in (("330100", "杭州市"), ("330200", "宁波市")):
        made.edge("PART_OF", made.node("City", f"city:{code}", 1, name=name), province)
    made.edge("PART_OF", made.node("Region", "region:长三角", 2), china, 2)
    made.edge("PART_OF", "city:330100", "region:长三角", 2)
    for name in ("人工智能", "机器人", "服务机器人", "医疗机器人", "大数据"):
        made.node("ChainSegment", f"segment:{name}", 1)
    made.edge("PART_OF", "segment:服务机器人", "segment:机器人", 1)
    made.edge("PART_OF", "segment:医疗机器人", "segment:服务机器人", 1)
    made.edge("PART_OF", "segment:机器人", "segment:人工智能", 1)
    for name, city, kind in (
        ("外", "330100", "town"), ("内", "330100", None), ("邻", "330100", "town"), ("远", "330200", "base"),
    ):  # fmt: skip
        park = made.node("Park", f"park:{city}:{name}", 1, kind=kind, level=None)
        if name != "内":
            made.edge("LOCATED_IN", park, f"city:{city}", 1)
    made.edge("PART_OF", "park:330100:内", "park:330100:外", 1)
    for park, focus, table in (
        ("park:330100:外", "机器人", 1), ("park:330100:外", "大数据", 1), ("park:330100:外", "人工智能", 1),
        ("park:330100:内", "医疗机器人", 1), ("park:330100:内", "大数据", 9), ("park:330100:内", "人工智能", 1),
        ("park:330100:邻", "服务机器人", 1), ("park:330100:邻", "人工智能", 1), ("park:330200:远", "大数据", 1),
    ):  # fmt: skip
        made.edge("FOCUSES_ON", park, f"segment:{focus}", table, text=None)
    for name, place in (
        ("本", "park:330100:内"), ("外地", "city:330200"), ("某", "country:CN"), ("双", "city:330100"), ("双", "city:330200"),
    ):  # fmt: skip
        firm = f"company:{name}"
        if firm not in {row["id"] for row in made.nodes["Company"]}:
            made.node("Company", firm, 1, financing_stage="B轮", founded_year=2016, listed=None)
            made.edge("OPERATES_IN", firm, "segment:医疗机器人", 1)
        made.edge("LOCATED_IN", firm, place, 1, role="headquarters")
    ministry = made.node("Institution", "institution:部", 1, kind="ministry")
    made.edge("LOCATED_IN", ministry, "city:330100", 1)
    for name, owner, relation in (
        ("市", "city:330100", "APPLIES_TO"), ("园", "park:330100:外", "ISSUED_BY"), ("省", province, "APPLIES_TO"),
        ("国", china, "APPLIES_TO"), ("部", ministry, "ISSUED_BY"), ("他", "city:330200", "APPLIES_TO"),
    ):  # fmt: skip
        policy = made.node("Policy", f"policy:{name}", 1, issued_year=2021, issued="2021")
        made.edge(relation, policy, owner, 1)
        made.edge("FOCUSES_ON", policy, "segment:服务机器人", 1, text=None)
    for name, place in (("甲", "city:330100"), ("乙", "city:330200"), ("丙", "region:长三角")):
        made.edge("LOCATED_IN", made.node("ComputeCenter", f"center:{name}", 1), place, 1)
    return made.graph()


SMALL_GRAPH = small()
SMALL = EmbeddedStore(SMALL_GRAPH)
MADE_UP: list[tuple[str, dict[str, Any]]] = [
    ("investment-targets", {"city": "杭州市", "segment": "机器人"}),
    ("parks-overlap", {}),
    ("parks-for-segment", {"segment": "服务机器人"}),
    ("parks-without-firm", {}),
    ("park-profile", {"park": "内"}),
    ("parks-by-kind", {}),
    ("focus-of-parks", {}),
    ("parks-with-hosts", {}),
    ("region-members", {}),
]


@pytest.mark.neo4j
@pytest.mark.parametrize(("name", "given"), MADE_UP, ids=[name for name, _ in MADE_UP])
def test_both_stores_answer_alike_on_the_small_graph(both_stores: Any, name: str, given: dict[str, Any]) -> None:
    one, other = (CATALOGUE.ask(store, name, given) for store in both_stores(SMALL_GRAPH))
    assert_equal_rows(one, other, name)
    assert len(one)


# -- investment-targets ---------------------------------------------------------------------------------


def test_investment_targets_are_firms_elsewhere_and_what_the_city_offers() -> None:
    found = ask("investment-targets", city="杭州市", segment="智能机器人")
    firms = found[found["kind"] == "firm"]
    # 图表 5: the firms of 智能机器人, none of which is in Hangzhou; 003 L968 无人机, L971 智能机器人; L1030 names the policy.
    assert set(ask("companies-in-segment", segment="智能机器人")["name"]) == set(firms["name"])
    assert set(firms["reason"]) == {"elsewhere"}
    stages = dict(zip(firms["name"], firms["stage"], strict=True))
    nodes = SHIPPED.nodes["Company"].set_index("name")
    assert {n: s for n, s in stages.items() if isinstance(s, str)} == nodes.loc[
        list(stages), "financing_stage"
    ].dropna().to_dict()
    assert set(found.loc[found["kind"] == "park", "name"]) == {"萧山机器人小镇", "余杭人工智能小镇"}
    policy = only(found, kind="policy")
    assert (policy.reason, policy.year) == ("own", 2022)
    # 图表 50, L992–1002: eight centres of 长三角; one of them is in Hangzhou by its name and L1000.
    near = found[found["kind"] == "compute"].set_index("name")["reason"]
    assert near["杭州人工智能计算中心"] == "same city"
    assert near["南京智能计算中心"] == near["淮海智能计算中心"] == "same region"


def test_no_target_is_already_in_the_city() -> None:
    found = ask("investment-targets", city="深圳市", segment="计算机视觉", source=FIRM_TABLES)
    # 图表 4, L222–229: 奥比中光, 精锐视觉 and (disputed) 商汤科技 are in Shenzhen and are no targets.
    assert list(found["name"]) == ["旷视科技", "格灵深瞳"]
    assert list(found["place"]) == [["北京市"], ["北京市"]]
    # 旷视科技 stands in 图表 4 alone; 格灵深瞳 in 图表 31 too, so that its stage may come from there.
    assert list(found["stage"].notna()) == [True, False]


def test_rules_of_investment_targets() -> None:
    found = ask("investment-targets", SMALL, city="杭州市", segment="机器人")
    reasons = {(r.kind, r.name): r.reason for r in rows(found)}
    assert reasons == {
        ("firm", "外地"): "elsewhere",
        ("firm", "某"): "unplaced",  # 中国 alone: may well be in the city
        ("park", "外"): "focus", ("park", "内"): "focus", ("park", "邻"): "focus",
        ("policy", "市"): "own", ("policy", "园"): "own", ("policy", "省"): "above", ("policy", "国"): "above",
        ("compute", "甲"): "same city", ("compute", "乙"): "same province", ("compute", "丙"): "same region",
    }, "本 and 双 are in the city, the ministry does not speak for it, another city's policy is not its own"  # fmt: skip
    assert only(found, name="内").link == ["医疗机器人"]
    narrow = ask("investment-targets", SMALL, city="杭州市", segment="医疗机器人")
    assert set(narrow.loc[narrow["kind"] == "park", "name"]) == {"内"}
    assert not len(narrow[narrow["kind"] == "policy"]), "a policy for a broader segment does not name the narrower one"


# -- parks and their focus -------------------------------------------------------------------------------


def test_overlap_of_two_parks_of_beijing() -> None:
    found = ask("parks-overlap", city="北京市", source="图表53")
    # 图表 53, L1062 and L1065: without 人工智能 six and four focuses, three of them in common.
    pair = only(found, name="中关村科学城", other="北京经济技术开发区")
    assert pair.focus == ["新一代信息技术", "新能源", "生物医药"]
    assert (pair.n, pair.n_name, pair.n_other, pair.n_union) == (3, 6, 4, 7)
    assert pair.jaccard == pytest.approx(3 / 7)
    # L1063 and L1064 name the same two (人工智能 aside).
    assert only(found, name="怀柔科学城", other="未来科学城").jaccard == 1
    assert all(cited.startswith(WHITE_PAPER) for cell in found["sources"] for cited in cell)


def test_every_overlap_is_that_of_the_frames() -> None:
    edges = SHIPPED.edges["FOCUSES_ON"]
    own = {str(p): set(f["object"]) - {"segment:人工智能"} for p, f in edges.groupby("subject")}
    found = ask("parks-overlap")
    assert len(found)
    for row in rows(found):
        shared, union = own[row.id] & own[row.other_id], own[row.id] | own[row.other_id]
        assert (row.n, row.n_union, row.jaccard) == (len(shared), len(union), pytest.approx(len(shared) / len(union)))
        assert row.id < row.other_id
    assert not found.duplicated(["city", "id", "other_id"]).any()


def test_rules_of_overlap() -> None:
    found = ask("parks-overlap", SMALL)
    pair = only(found)
    assert {pair.name, pair.other} == {"外", "内"}, (
        "邻 shares only the root, and a broader focus is another one; 远 is elsewhere"
    )
    assert (pair.focus, pair.n, pair.n_union, pair.nested) == (["大数据"], 1, 3, True)
    assert ask("parks-overlap", SMALL, source="图表1").empty, "图表 9 alone says that 内 focuses on 大数据"


def test_parks_for_a_segment() -> None:
    found = ask("parks-for-segment", segment="大数据", source=["图表44", "图表49", "图表54"])
    # 图表 44: L884, L891; 图表 49: L968, L971, L973; 图表 54: L1078, L1081, L1082 (L1076 names none).
    assert len(found) == 8
    assert set(found["fit"]) == {"direct"}
    assert found["n_firms"].isna().all(), "these tables name no firm: not recorded, not 0"
    robots = ask("parks-for-segment", segment="智能机器人").set_index("name")
    # L1066 智能机器人, L968 无人机 (narrower); 图表 5 has 石头科技 in Beijing.
    assert (robots.loc["中关村国家自主创新示范区", "fit"], robots.loc["余杭人工智能小镇", "fit"]) == (
        "direct",
        "narrower",
    )
    assert robots.loc["中关村国家自主创新示范区", "companies"] == ["石头科技"]


def test_rules_of_parks_for_a_segment() -> None:
    found = ask("parks-for-segment", SMALL, segment="服务机器人").set_index("name")
    assert found["fit"].to_dict() == {"邻": "direct", "内": "narrower", "外": "broader"}, "the root fits nothing"
    assert list(found["n_firms"]) == [2, 2, 2], "本 and 双 of Hangzhou"
    assert list(found["n_policies"]) == [2, 2, 2], "市 and 园; not those above, nor the ministry's"
    assert found.loc["内", "hosts"] == ["本"]
    assert found["n_figures"].isna().all()


def test_focus_of_parks() -> None:
    found = ask("focus-of-parks", source="图表53").set_index("focus")
    # 图表 53: 生物医药 in L1062–1065; the root 人工智能 (L1062–1064) is left out.
    assert (found.loc["生物医药", "n"], found.loc["生物医药", "n_cities"]) == (4, 1)
    assert found.index[0] == "生物医药"
    assert "人工智能" not in found.index
    assert set(ask("focus-of-parks", source="图表53", least=2)["n"]) == {2, 4}
    every = ask("focus-of-parks").set_index("id")["n"].to_dict()
    edges = SHIPPED.edges["FOCUSES_ON"]
    parks = edges[edges["subject"].str.startswith("park:") & (edges["object"] != "segment:人工智能")]
    assert every == parks.groupby("object")["subject"].nunique().to_dict()


# -- what is known of parks --------------------------------------------------------------------------------


def test_parks_without_firm() -> None:
    # No document says which firm sits in which park: LOCATED_IN and HOSTS of the frames hold no such relation.
    located, hosted = SHIPPED.edges["LOCATED_IN"], SHIPPED.edges["HOSTS"]
    firms, parks = set(SHIPPED.nodes["Company"]["id"]), set(SHIPPED.nodes["Park"]["id"])
    assert not (located["subject"].isin(firms) & located["object"].isin(parks)).any()
    assert not (hosted["object"].isin(firms) & hosted["subject"].isin(parks)).any()
    assert set(ask("parks-without-firm")["id"]) == parks
    assert list(ask("parks-without-firm", SMALL)["name"]) == ["远", "邻"], "内 has a firm, and so has 外 around it"
    assert list(ask("parks-without-firm", RULES)["name"]) == ["园中园"], "科技园 hosts 丙"
    assert set(ask("parks-without-firm", RULES, source="图表4")["name"]) == {"园中园", "科技园"}, "图表 3 says so alone"


def test_park_profile() -> None:
    found = ask("park-profile", park="张江科学城")
    # 003 L951: more than 600 firms at the end of 2022; 人工智能岛 is its core.
    figure = only(found, kind="figure", name="人工智能企业数量")
    assert (figure.value, figure.unit, figure.period, list(figure.qualifier)) == (600, "家", "2022", ["over"])
    assert any(cited.startswith(f"{WHITE_PAPER}#L951") for cited in figure.sources)
    assert only(found, kind="contains").name == "人工智能岛"
    table = ask("park-profile", park="余杭人工智能小镇", source="图表49")
    # 图表 49, L968: district and five focuses, no more.
    assert only(table, kind="place").name == "余杭区"
    assert len(table[table["kind"] == "focus"]) == 5
    assert set(table["kind"]) == {"place", "focus"}
    inner = ask("park-profile", SMALL, park="内")
    assert {(r.kind, r.name) for r in rows(inner)} >= {("part of", "外"), ("hosts", "本"), ("focus", "大数据")}
    assert not len(inner[inner["kind"] == "property"]), "an unknown kind is no fact"
    assert only(ask("park-profile", SMALL, park="外"), kind="property").text == "town"


def test_parks_by_kind() -> None:
    # 图表 49, L968–977: ten parks of Hangzhou.
    assert ask("parks-by-kind", city="杭州市", source="图表49")["n"].sum() == 10
    every = ask("parks-by-kind")
    assert set(every["parks"].explode()) == set(SHIPPED.nodes["Park"]["name"])
    provincial = every[every["level"] == "provincial"]
    # 003 L846, L862–864, L887–888, L893: three parks of Shenzhen and four of Guangzhou are provincial.
    assert provincial.groupby("city")["n"].sum().to_dict() == {"广州市": 4, "深圳市": 3}
    found = {(r.city, None if missing(r.kind) else r.kind): r.n for r in rows(ask("parks-by-kind", SMALL))}
    assert found == {("杭州市", "town"): 2, ("杭州市", None): 1, ("宁波市", "base"): 1}
    assert set(ask("parks-by-kind", SMALL, province="浙江省")["province"]) == {"浙江省"}


def test_park_figures() -> None:
    found = ask("park-figures", indicator="人工智能企业数量")
    # 003 L951: over 600 in 张江科学城; over 1,000 in 天津滨海高新技术产业开发区 (L1070).
    assert dict(zip(found["park"], found["value"], strict=True)) == {
        "张江科学城": 600,
        "天津滨海高新技术产业开发区": 1000,
    }
    assert list(found["n"]) == [2, 2]
    assert all(list(q) == ["over"] for q in found["qualifier"])
    edges = SHIPPED.edges["OBSERVED"]
    parks = edges[edges["subject"].str.startswith("park:") & edges["object"].str.startswith("observation:")]
    every = ask("park-figures")
    assert len(every) == len(parks), "one row per figure of a park, none merged"
    comparable = every.groupby(["indicator", "unit"], dropna=False)["id"].nunique()
    assert all(row.n == comparable[row.indicator, row.unit] for row in rows(every[every["unit"].notna()]))


def test_parks_with_hosts() -> None:
    found = ask("parks-with-hosts")
    pairs = {(r.park_id, r.id) for r in rows(found)}
    edges = SHIPPED.edges["HOSTS"]
    hosted = {(r.subject, r.object) for r in rows(edges) if str(r.subject).startswith("park:")}
    assert pairs >= hosted
    assert not found.duplicated(["park_id", "id"]).any(), "HOSTS and LOCATED_IN say the same thing twice"
    inner = ask("parks-with-hosts", SMALL)
    assert [(r.park, r.name, r.via, r.n) for r in rows(inner)] == [
        ("内", "本", ["内"], 1),
        ("外", "本", ["内"], 1),
    ]


# -- regions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("region", "line", "firms"), [("长三角", 940, 11), ("珠三角", 846, 33)])
def test_region_members_count_distinct_firms(region: str, line: int, firms: int) -> None:
    # 图表 3–5 by hand: 上海 6, 杭州 3, 合肥 and 苏州 one each; 深圳 32 and 广州 one. L940, L846 say what belongs to the region; by way of
    # its province and directly, 杭州 is reached twice, so that a count of ways would give 16 and 66.
    row = only(ask("region-members", region=region, source=[*FIRM_TABLES, f"{WHITE_PAPER}#L{line}"]))
    assert row.n_firms == firms
    assert missing(row.n_policies), "not recorded in these sources, not 0"
    assert missing(only(ask("region-members", region=region, source=f"{WHITE_PAPER}#L{line}")).n_firms)
    assert ask("region-members", region=region, source=FIRM_TABLES).empty, "no table says what belongs to the region"


def test_region_members() -> None:
    # 003 L846: nine cities.
    row = only(ask("region-members", region="珠三角"))
    assert set(row.cities) == {
        f"{name}市" for name in ("广州", "深圳", "佛山", "肇庆", "东莞", "惠州", "珠海", "中山", "江门")
    }
    assert row.n == 9
    # What cluster-profile counts for a region, this counts too.
    columns = {"firms": "n_firms", "parks": "n_parks", "policies": "n_policies", "compute centres": "n_centers"}
    for found in rows(ask("region-members")):
        profile = ask("cluster-profile", region=found.id).set_index("measure")["n"]
        for measure, column in columns.items():
            n, here = profile[measure], getattr(found, column)
            assert missing(n) == missing(here)
            assert missing(n) or n == here
    outer = only(ask("region-members", RULES, region="大湾区"))
    assert (outer.regions, outer.cities, outer.n_firms, outer.n_policies) == (["珠三角"], ["深圳市"], 4, 2)
