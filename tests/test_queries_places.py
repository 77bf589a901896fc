"""Questions that compare places: on the shipped graph against the documents, and their rules on a small made-up graph.

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
PILOT, TEST = "国家人工智能创新应用先导区", "国家新一代人工智能创新发展试验区"


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


def edges(kind: str) -> list[Any]:
    return rows(SHIPPED.edges[kind])


def small() -> KnowledgeGraph:
    """A city 甲 and its country with shares of layers, programmes of city, district and park, assessments."""
    made = Maker()
    china = made.node("Country", "country:CN", name="中国")
    made.edge("PART_OF", made.node("City", "city:甲", 1, name="甲市"), china)
    made.edge("PART_OF", made.node("City", "city:乙", 1, name="乙市"), china)
    made.edge("PART_OF", made.node("District", "district:丙", 1, name="丙区"), "city:甲")
    made.edge("LOCATED_IN", made.node("Park", "park:甲:园", 1, level="provincial"), "district:丙", 1)
    for name in ("基础层", "技术层", "应用层"):
        made.node("ChainLayer", f"layer:{name}", 1)
    made.node("ChainSegment", "segment:人工智能", 1)
    # place, dimension, indicator, value, unit, qualifier, table
    for at, (subjects, indicator, value, unit, qualifier, table) in enumerate(
        (
            (("city:甲", "layer:基础层"), "企业占比", 30.0, "%", ["exact"], 1),
            (("country:CN", "layer:基础层"), "企业占比", 20.0, "%", ["exact"], 1),
            (("country:CN", "layer:基础层"), "企业占比", 20.0, "%", ["exact"], 2),  # the same figure, said twice
            (("city:甲", "layer:技术层"), "企业占比", 10.0, "%", ["forecast"], 1),  # no share of today
            (("country:CN", "layer:技术层"), "企业占比", 40.0, "%", ["exact"], 1),
            (("city:甲", "layer:应用层"), "企业数增速", 8.0, "%", ["exact"], 1),  # no share
            (("country:CN", "layer:应用层"), "企业数增速", 4.0, "%", ["exact"], 1),
            (
                ("city:甲", "country:CN", "layer:应用层"),
                "企业占比",
                7.0,
                "%",
                ["exact"],
                1,
            ),  # of the country, in the place
            (("country:CN", "layer:应用层"), "企业占比", 40.0, "%", ["exact"], 1),
            (("city:甲", "segment:人工智能"), "企业占比", 5.0, "%", ["exact"], 1),
            (("country:CN", "segment:人工智能"), "企业占比", 5.0, "%", ["exact"], 1),
            (("city:甲",), "产值", 5.0, "亿元", ["exact"], 1),
            (("city:乙",), "产值", 9.0, "亿元", ["over"], 2),
            (("city:乙",), "产值", 9.0, "万美元", ["exact"], 1),
        )
    ):
        seen = made.node(
            "Observation", f"observation:{at}", table, name=indicator, indicator=indicator, value=value, unit=unit,
            period="2022", scope=None, qualifier=qualifier, value_max=None,
        )  # fmt: skip
        for subject in subjects:
            made.edge("OBSERVED", subject, seen, table)
    for name in (PILOT, TEST):
        made.node("Programme", f"programme:{name}", 1, name=name)
    for subject, programme, year in (
        ("city:甲", PILOT, 2021), ("city:甲", PILOT, None), ("city:乙", PILOT, None), ("city:乙", TEST, None),
        ("district:丙", TEST, 2019), ("park:甲:园", TEST, None),
    ):  # fmt: skip
        made.edge("DESIGNATED_AS", subject, f"programme:{programme}", 1, year=year)
    for at, (place, aspect, rating) in enumerate(
        (("city:甲", "总评", "强"), ("city:甲", "要素", "弱"), ("city:乙", "总评", "强"))
    ):
        judged = made.node(
            "Assessment", f"assessment:{at}", 1, framework="钻石模型", aspect=aspect, rating=rating, text=None
        )
        made.edge("ASSESSED", place, judged, 1)
    return made.graph()


SMALL_GRAPH = small()
SMALL = EmbeddedStore(SMALL_GRAPH)
MADE_UP: list[tuple[str, dict[str, Any]]] = [
    ("cities-ranked", {}),
    ("compare-places", {"places": ["甲市", "乙市"]}),
    ("place-against-country", {"city": "甲市"}),
    ("zone-cities", {}),
    ("programme-members", {}),
    ("countries-abroad", {}),
    ("place-assessments", {"places": ["甲市", "乙市"]}),
]


@pytest.mark.neo4j
@pytest.mark.parametrize(("name", "given"), MADE_UP, ids=[name for name, _ in MADE_UP])
def test_both_stores_answer_alike_on_the_small_graph(both_stores: Any, name: str, given: dict[str, Any]) -> None:
    one, other = (CATALOGUE.ask(store, name, given) for store in both_stores(SMALL_GRAPH))
    assert_equal_rows(one, other, name)
    assert len(one)


# -- counts side by side -----------------------------------------------------------------------------------


def test_cities_by_the_firms_of_the_tables() -> None:
    found = ask("cities-ranked", source=FIRM_TABLES).set_index("city")
    # 图表 3–5 by hand (metrics: 长三角 11 = 上海 6, 杭州 3, 合肥 1, 苏州 1; 珠三角 33 = 深圳 32, 广州 1).
    assert found["n_firms"].to_dict() == {
        "深圳市": 32, "北京市": 18, "上海市": 6, "杭州市": 3, "合肥市": 1, "广州市": 1, "济南市": 1, "苏州市": 1, "长沙市": 1,
    }  # fmt: skip
    assert list(found.index[:4]) == ["深圳市", "北京市", "上海市", "杭州市"]
    assert found[["n_parks", "n_policies", "n_centers"]].isna().all(axis=None), "not recorded in these tables, not 0"


@pytest.mark.parametrize("source", [[], FIRM_TABLES, ["图表44", "图表49", "图表54"]], ids=["all", "firms", "parks"])
def test_counts_are_those_of_the_profile(source: list[str]) -> None:
    columns = {
        "firms": "n_firms", "segments": "n_segments", "layers": "n_layers", "parks": "n_parks",
        "policies": "n_policies", "compute centres": "n_centers",
    }  # fmt: skip
    found = ask("cities-ranked", source=source)
    for row in rows(found):
        profile = ask("cluster-profile", city=row.id, source=source).set_index("measure")["n"]
        for measure, column in columns.items():
            n, here = profile.get(measure), getattr(row, column)
            assert missing(n) == missing(here), (row.city, measure)
            assert missing(n) or n == here, (row.city, measure)
    side = ask("compare-places", places=list(found["id"][:3]), source=source)
    for row in rows(side[side["kind"] == "recorded"]):
        if row.measure in columns:
            n = found.set_index("id").loc[row.id, columns[row.measure]]
            assert missing(n) == missing(row.n) == (row.state == "not recorded")
            assert missing(n) or n == row.n


def test_designations_of_a_district_are_listed_of_its_city() -> None:
    found = ask("cities-ranked", SMALL).set_index("city")
    assert (found.loc["甲市", "n_programmes"], found.loc["乙市", "n_programmes"]) == (2, 2)
    assert found["n_firms"].isna().all()


def test_published_figures_stand_side_by_side() -> None:
    found = ask("compare-places", SMALL, places=["甲市", "乙市"])
    published = found[found["kind"] == "published"]
    assert [(r.measure, r.place, r.value, r.unit) for r in rows(published)] == [
        ("产值", "乙市", 9, "亿元"), ("产值", "甲市", 5, "亿元"),
    ], "only what two places have, in the same unit"  # fmt: skip
    assert ask("compare-places", SMALL, places=["甲市", "乙市"], source="图表1").query("kind == 'published'").empty
    # 000 L48 states this of the regions; regions and cities may be mixed.
    market = ask("compare-places", places=["长三角", "珠三角", "深圳市"])
    market = market[market["measure"] == "人工智能与产业集聚区融合市场规模"]
    assert dict(zip(market["place"], market["value"], strict=True)) == {"长三角": 3200, "珠三角": 2800}


def test_segments_of_two_cities() -> None:
    found = ask("segments-of-two-cities", city="广州市", other="杭州市", source=FIRM_TABLES).set_index("segment")
    # 图表 3–5: 云从科技 is the one firm of Guangzhou; Hangzhou has three, in three other segments.
    assert set(found[found["state"] == "city"]["companies"].explode()) == {"云从科技"}
    assert found[found["state"] == "other"]["n_other"].sum() == 3
    assert found.loc[found["state"] == "city", "n_other"].isna().all(), "nothing recorded is not 0"
    shared = ask("segments-of-two-cities", city="深圳市", other="北京市", source=FIRM_TABLES).set_index("segment")
    # 图表 3: three firms of 智能芯片 in either city.
    assert list(shared.loc["智能芯片", ["state", "n", "n_other"]]) == ["both", 3, 3]
    one = ask("segments-of-two-cities", RULES, city="深圳市", other="广州市").set_index("segment")
    assert one["state"].to_dict() == {"智能芯片": "both", "语音合成": "city", "智能医疗": "city"}, (
        "甲 counts in both its cities"
    )


# -- shares and strengths ----------------------------------------------------------------------------------


def test_a_place_against_its_country() -> None:
    found = ask("place-against-country", city="深圳市").set_index("name")
    # Shares: 003 L783 (Shenzhen: 19.5, 15.5, 65.0 %), L147–162 (China: 26.1, 19.2, 54.7 %); quotients: metrics A1.
    assert found["value"].to_dict() == {"基础层": 19.5, "技术层": 15.5, "应用层": 65.0}
    assert found["value_country"].to_dict() == {"基础层": 26.1, "技术层": 19.2, "应用层": 54.7}
    assert found["ratio"].round(3).to_dict() == {"基础层": 0.747, "技术层": 0.807, "应用层": 1.188}
    assert list(found.index) == ["应用层", "技术层", "基础层"]
    assert {c.partition("#")[2].partition(";")[0] for cell in found["sources"] for c in cell} == {"L783"}


def test_only_shares_of_today_are_compared() -> None:
    row = only(ask("place-against-country", SMALL, city="甲市"))
    assert (row.name, row.value, row.value_country, row.ratio) == ("基础层", 30, 20, 1.5)
    tables = {cited.split(";")[1] for cited in row.sources_country}
    assert tables == {"图表1", "图表2"}, "one figure, stated twice"


def test_strengths_of_a_city() -> None:
    found = ask("city-strengths", city="深圳市", source=FIRM_TABLES).set_index("segment")
    # 图表 5: five robot firms in Shenzhen, one in Beijing and one in Suzhou; 图表 3: three chip firms each in Shenzhen and Beijing.
    assert list(found.loc["智能机器人", ["state", "n", "n_next"]]) == ["leads", 5, 1]
    assert list(found.loc["智能芯片", ["state", "n", "n_next"]]) == ["tied", 3, 3]
    assert found.loc["智能芯片", "tied"] == ["北京市"]
    assert missing(found.loc["智能终端", "n_next"]), "no other city is recorded"
    assert (found["n"] >= 2).all()
    other = ask("city-strengths", city="北京市", source=FIRM_TABLES).set_index("segment")
    assert other.loc["智能芯片", "tied"] == ["深圳市"], "a tie is a tie seen from either side"
    assert found[found["state"] == "leads"].index.isin(other.index).sum() == 0


def test_a_disputed_firm_counts_in_each_of_its_cities_and_is_said() -> None:
    found = ask("city-strengths", RULES, city="深圳市", least=1).set_index("segment")
    assert found.loc["智能芯片", "disputed"] == ["甲"]
    assert found.loc["智能芯片", "tied"] == ["广州市"]
    assert list(found.loc["智能语音", ["n", "companies"]]) == [1, ["乙"]], "语音合成 counts for 智能语音"
    assert "人工智能" not in found.index


# -- programmes and institutions ---------------------------------------------------------------------------


def test_zone_cities() -> None:
    found = ask("zone-cities").set_index("place")
    # 003 L665: pilot zones of 2022; 002 L13: 北京, 天津(滨海新区), 杭州, 广州, 成都 after 上海(浦东新区), 深圳, 济南-青岛; test zones: 003 L854,
    # L877, L982 (上海, 杭州, 合肥, 苏州), L1070, L1089.
    assert set(found.index[found["state"] == "all"]) == {"上海市", "北京市", "天津市", "广州市", "杭州市", "深圳市"}
    assert found.loc[["合肥市", "苏州市"], "programmes"].tolist() == [[TEST], [TEST]]
    assert found.loc["浦东新区", "city"] == ["上海市"]
    assert list(found.loc["滨海新区", ["label", "state"]]) == ["District", "some"]
    designated = {(e.subject, e.object) for e in edges("DESIGNATED_AS")}
    assert found["n"].sum() == sum(target in (f"programme:{PILOT}", f"programme:{TEST}") for _, target in designated)


def test_what_a_district_is_designated_as_its_city_is_not() -> None:
    found = ask("zone-cities", SMALL).set_index("place")
    assert found["state"].to_dict() == {"乙市": "all", "甲市": "some", "丙区": "some", "园": "some"}
    assert found.loc["甲市", "years"] == [2021]
    assert found.loc["园", "city"] == ["甲市"]
    assert set(ask("zone-cities", SMALL, programme=TEST)["state"]) == {"all"}, "all of the one asked for"


def test_programme_members() -> None:
    found = ask("programme-members", programme="省级人工智能产业园")
    # 003 L846: four in Guangzhou (L886–888, L893) and three in Shenzhen (L862–864).
    assert found["place"].explode().value_counts().to_dict() == {"广州市": 4, "深圳市": 3}
    assert set(found["level"]) == {"provincial"}
    assert set(found["n"]) == {7}
    every = ask("programme-members")
    assert {(r.id, r.programme_id) for r in rows(every)} >= {(e.subject, e.object) for e in edges("DESIGNATED_AS")}
    assert not every.duplicated(["programme_id", "id"]).any(), "a designation with and without its year is one member"
    small_one = ask("programme-members", SMALL, programme=PILOT).set_index("name")
    assert small_one["years"].to_dict() == {"甲市": [2021], "乙市": []}


def test_place_institutions() -> None:
    found = ask("place-institutions", region="珠三角")
    # 003 L900 names four universities of the region.
    assert set(found.loc[found["label"] == "University", "name"]) == {
        "中山大学",
        "华南理工大学",
        "华南师范大学",
        "暨南大学",
    }
    counted = found.groupby(["label", "kind"], dropna=False)["id"].nunique()
    assert all(row.n == counted[row.label, row.kind] for row in rows(found[found["kind"].notna()]))
    assert not found.duplicated("id").any(), "one row each, though two places may be named"


# -- countries and assessments -----------------------------------------------------------------------------


def test_countries_side_by_side() -> None:
    found = ask("countries-abroad").set_index("name")
    assert found["abroad"].to_dict() == {n: n != "中国" for n in found.index}
    assert missing(found.loc["德国", "n_policies"])
    observed = SHIPPED.edges["OBSERVED"]
    for row in rows(found):
        own = observed[(observed["subject"] == row.id) & observed["object"].str.startswith("observation:")]
        assert row.n == own["object"].nunique()
    # 图表 19: policies of the United Kingdom only.
    table = only(ask("countries-abroad", source="图表19"))
    assert table.name == "英国"
    named = SHIPPED.nodes["Policy"]
    cited = named["sources"].map(lambda cell: any(";图表19;" in c for c in cell))
    assert table.n_policies == cited.sum()
    assert set(ask("countries-abroad", country="美国").query("not abroad")["name"]) == {"美国"}
    assert only(ask("countries-abroad", RULES)).n_policies == 4


def test_the_three_clusters_aspect_by_aspect() -> None:
    found = ask("place-assessments")
    rated = found[found["rating"].notna()]
    # 003 L29: the three are strong, with clear advantages in factors, demand, related industries and government.
    assert set(rated.loc[rated["name"] == "人工智能行业竞争力", "rating"]) == {"较强"}
    for aspect in ("生产要素", "市场需求", "相关支撑产业", "政府政策"):
        assert set(rated.loc[rated["name"] == aspect, "place"]) == {"京津冀", "珠三角", "长三角"}
    assessed = {
        (e.subject, e.object)
        for e in edges("ASSESSED")
        if str(e.subject) in ("region:京津冀", "region:珠三角", "region:长三角")
    }
    diamond = set(SHIPPED.nodes["Assessment"].query("framework == '钻石模型'")["id"])
    assert len(found) == sum(judged in diamond for _, judged in assessed)
    assert set(found["state"]) == {"recorded"}


def test_an_aspect_that_is_not_recorded_is_said() -> None:
    found = ask("place-assessments", SMALL, places=["甲市", "乙市"])
    row = only(found, name="要素", place="乙市")
    assert (row.state, row.sources) == ("not recorded", [])
    assert missing(row.n)
    assert missing(row.rating)
    assert only(found, name="要素", place="甲市").rating == "弱"
    assert len(found) == 4
