"""Measures of clusters over graphs: a small made-up one worked by hand, and the shipped one against the documents."""

from __future__ import annotations

import inspect
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from question_graph import Maker, question_graph

from aikg.graph.analysis.cluster_inputs import counted, disjoint
from aikg.graph.analysis.clusters import Clusters
from aikg.graph.analysis.clusters_measures import MEASURES
from aikg.graph.analysis.quotient import location_quotient
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.subset import only
from aikg.ontology.errors import QueryError
from aikg.ontology.language import speaking
from aikg.pipeline import build_graph

SHIPPED = build_graph()[0]
PAPER = "src:a76a81ffa34b"
TABLES = only(SHIPPED, ["图表3", "图表4", "图表5"])
SZ, GZ, BJ = "city:440300", "city:440100", "city:110000"
EXACT = {"unit": "%", "period": "2022", "qualifier": ["exact"]}


def places(made: Maker) -> None:
    china = made.node("Country", "country:CN", name="中国")
    made.edge("PART_OF", made.node("Province", "province:440000", name="广东省"), china)
    for city, name, up in ((SZ, "深圳市", "province:440000"), (GZ, "广州市", "province:440000"), (BJ, "北京市", china)):
        made.edge("PART_OF", made.node("City", city, 3, name=name), up)
    for region, inside in (
        ("珠三角", [SZ, GZ]),
        ("大湾区", ["region:珠三角"]),
        ("京津冀", [BJ]),
        ("东部", ["region:京津冀", SZ]),
    ):
        made.node("Region", f"region:{region}", 9)
        for place in inside:
            made.edge("PART_OF", place, f"region:{region}", 9)


def firm(made: Maker, name: str, segment: str, *homes: str) -> None:
    company = made.node("Company", f"company:{name}", 3)
    made.edge("OPERATES_IN", company, f"segment:{segment}", 3)
    for home in homes:
        made.edge("LOCATED_IN", company, home, 3, role="headquarters")


def small() -> Maker:
    """Chips: 4 in 深圳, of which 丁 also in 北京 (disputed); voice: 3 in 北京 and 声 with a site there; medicine: 1 in a park of 广州."""
    made = Maker()
    places(made)
    made.node("ChainLayer", "layer:基础层", 3, order=1)
    for name in ("人工智能", "芯片", "语音", "医疗"):
        made.node("ChainSegment", f"segment:{name}", 3)
    made.edge("PART_OF", "segment:芯片", "layer:基础层", 3)
    for name in "甲乙丙":
        firm(made, name, "芯片", SZ)
    firm(made, "丁", "芯片", SZ, BJ)
    made.edge("OPERATES_IN", "company:甲", "segment:人工智能", 3)
    firm(made, "声", "语音", SZ)
    made.edge("LOCATED_IN", "company:声", BJ, 3, role="site")
    for name in "子丑寅":
        firm(made, name, "语音", BJ)
    firm(made, "医", "医疗")
    park = made.node("Park", "park:440100:园", 4, name="园")
    made.edge("LOCATED_IN", park, GZ, 4)
    made.edge("HOSTS", park, "company:医", 4)
    return made


SMALL = small().graph()
CLUSTERS = Clusters(SMALL)


def row(frame: pd.DataFrame, **wanted: Any) -> pd.Series:
    for name, value in wanted.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1
    return frame.iloc[0]


# -- the table --------------------------------------------------------------------------------------


def test_table_counts_distinct_firms_without_the_root() -> None:
    table = CLUSTERS.table()
    assert table.index.tolist() == [BJ, GZ, SZ]
    assert table.columns.tolist() == ["segment:医疗", "segment:芯片", "segment:语音"]
    assert table.to_numpy().tolist() == [[0, 1, 4], [1, 0, 0], [0, 4, 1]]
    assert (table.attrs["by"], table.attrs["n"]) == ("firms", 9)
    assert table.attrs["names"][BJ] == "北京市"


def test_provinces_include_the_cities_that_are_provinces() -> None:
    table = CLUSTERS.table("Province")
    assert table.loc["province:440000"].tolist() == [1, 4, 1]
    assert table.loc[BJ].tolist() == [0, 1, 4]


def test_regions_that_overlap_are_not_both_rows() -> None:
    # 珠三角 lies in 大湾区, 东部 shares 深圳 with it: 京津冀 beside 大湾区 or 珠三角, with as many firms; the first by id of these.
    assert disjoint(SMALL) == ["region:京津冀", "region:大湾区"]
    assert disjoint(SMALL, keep="region:东部") == ["region:东部"]
    assert Clusters(SMALL).table("Region", places=["珠三角", "京津冀"]).index.tolist() == [
        "region:京津冀",
        "region:珠三角",
    ]
    with pytest.raises(QueryError, match=r"(大湾区 and 珠三角|珠三角 and 大湾区) overlap"):
        CLUSTERS.table("Region", places=["珠三角", "大湾区"])


def test_unknown_level_and_place_are_named() -> None:
    with pytest.raises(QueryError, match="level 'Country' is none of City, Province, Region"):
        CLUSTERS.table("Country")
    with speaking("zh"), pytest.raises(QueryError, match="没有名为“深川”"):
        CLUSTERS.table(places=["深川"])


# -- quotients and disputed headquarters --------------------------------------------------------------


def test_quotient_with_the_range_of_a_disputed_seat() -> None:
    found = row(CLUSTERS.location_quotient(), place_id=SZ, segment="芯片")
    # In both cities: 4 of 5 against 5 of 11. In 深圳 only: 4 of 5 against 4 of 10; in 北京 only: 3 of 4 against 4 of 10.
    assert found["value"] == pytest.approx((4 / 5) / (5 / 11))
    assert (found["low"], found["high"]) == pytest.approx(((4 / 5) / (5 / 11), (4 / 5) / (4 / 10)))
    assert (found["n"], found["place_firms"]) == (4, 5)
    assert found["sources"] == sorted(found["sources"])
    assert found["sources"]


def test_a_site_is_no_dispute() -> None:
    # 声 counts in both cities in every variant, 丁 in one.
    variants = counted(SMALL, "City").variants
    assert variants is not None
    assert sorted(tuple(v["segment:芯片"]) for v in variants) == [(0, 0, 4), (1, 0, 3)]
    assert {tuple(v["segment:语音"]) for v in variants} == {(4, 0, 1)}


def test_few_firms_give_no_value_but_their_number() -> None:
    found = CLUSTERS.location_quotient()
    assert found[found["value"].isna()][["place", "segment", "n"]].to_numpy().tolist() == [
        ["北京市", "芯片", 1],
        ["广州市", "医疗", 1],
        ["深圳市", "语音", 1],
    ]
    assert found.attrs["note"] == "3 of 5 rows have fewer than 3 firms: no value"
    assert (found["n"] > 0).all()
    open_ = CLUSTERS.location_quotient(min_count=0, significance=True)
    assert row(open_, place="广州市")["value"] == pytest.approx(11)
    assert row(open_, place="广州市")["p"] == pytest.approx(1 / 11)
    assert open_.attrs["note"] is None


def test_more_than_4096_assignments_are_not_tried() -> None:
    made = small()
    for at in range(12):
        firm(made, f"争{at}", "语音", SZ, BJ)
    found = Clusters(made.graph()).location_quotient()
    assert found["low"].isna().all()
    assert row(found, place_id=SZ, segment="语音")["value"] > 0
    assert "13 companies with disputed headquarters can be assigned in 8192 ways" in found.attrs["note"]
    one_less = small()
    for at in range(2):
        firm(one_less, f"争{at}", "语音", SZ, BJ)
    variants = counted(one_less.graph(), "City").variants
    assert variants is not None
    assert len(variants) == 8


def test_seats_in_one_province_are_no_dispute_between_provinces() -> None:
    made = small()
    firm(made, "粤", "医疗", SZ, GZ)
    table = counted(made.graph(), "Province")
    assert table.variants is not None
    assert {v.loc["province:440000", "segment:医疗"] for v in table.variants} == {2}


# -- measures by hand ---------------------------------------------------------------------------------


def test_concentration_by_hand() -> None:
    found = CLUSTERS.concentration(k=1)
    chips = row(found, segment="芯片")
    # 4 and 1 of 5 over two of three cities; alone in one city it is 1, or 3 and 1 of 4.
    assert chips["value"] == pytest.approx(17 / 25)
    assert (chips["low"], chips["high"]) == pytest.approx((10 / 16, 1.0))
    assert chips["normalised"] == pytest.approx((17 / 25 - 1 / 3) / (2 / 3))
    assert chips["equivalent"] == pytest.approx(25 / 17)
    assert (chips["cr"], chips["places"], chips["largest"]) == (pytest.approx(0.8), 2, ["深圳市"])
    assert math.isnan(row(found, segment="医疗")["value"])
    with pytest.raises(QueryError, match="k=0"):
        CLUSTERS.concentration(k=0)


def test_specialisation_by_hand() -> None:
    found = row(CLUSTERS.specialisation(reference="region", against="北京"), place="深圳市")
    # Shares (0, .8, .2) against (0, .2, .8).
    assert found["value"] == pytest.approx(1.2)
    assert found["hoover"] == pytest.approx(0.6)
    assert found["reference"] == "北京市"
    assert math.isnan(row(CLUSTERS.specialisation(), place="广州市")["value"])
    with pytest.raises(QueryError, match="needs against"):
        CLUSTERS.specialisation(reference="region")
    with pytest.raises(QueryError, match="none of nation"):
        CLUSTERS.specialisation(reference="China")
    with pytest.raises(QueryError, match="no company with a segment is recorded in 广东省"):
        CLUSTERS.specialisation(reference="region", against="广东")


def test_spatial_measures_are_those_of_the_table() -> None:
    # Ellison-Glaeser of chips by hand: s = (.2, 0, .8), a = (5, 1, 5) / 11, H = 1/5.
    s, a = np.array([0.2, 0, 0.8]), np.array([5, 1, 5]) / 11
    spread = 1 - (a**2).sum()
    gamma = (((s - a) ** 2).sum() - spread / 5) / (spread * 4 / 5)
    assert row(CLUSTERS.ellison_glaeser(), segment="芯片")["value"] == pytest.approx(gamma)
    # Gini of chips by hand, cities by quotient 广州, 北京, 深圳: 1 - (1/11 · 0 + 5/11 · .2 + 5/11 · 1.2).
    assert row(CLUSTERS.locational_gini(), segment="芯片")["value"] == pytest.approx(1 - 5 / 11 * 0.2 - 5 / 11 * 1.2)


def test_three_cities_win_no_star() -> None:
    found = CLUSTERS.stars()
    assert found["value"].isna().all()
    assert set(found["reason"]) == {"only 3 regions; a top tenth needs 20"}


def test_diversity_and_density_need_enough_firms() -> None:
    found = CLUSTERS.diversity()
    assert row(found, place="深圳市")[["value", "segments"]].tolist() == [1, 2]
    assert row(found, place="深圳市")["items"] == ["芯片"]
    # One firm in its only segment: too few to tell whether it is specialised, which is no diversity of 0.
    assert math.isnan(row(found, place="广州市")["value"])
    assert CLUSTERS.relatedness_density()["value"].isna().all()
    note = CLUSTERS.eci(min_count=0).attrs["note"]
    assert note.startswith("3 places × 3 segments are specialised; the index needs 10 of each")


def densities() -> Clusters:
    """A has a b c, B has a b c d, C has d e: each by one firm per segment."""
    made = Maker()
    places(made)
    for name in "abcde":
        made.node("ChainSegment", f"segment:{name}", 3)
    for city, segments in ((SZ, "abc"), (BJ, "abcd"), (GZ, "de")):
        for segment in segments:
            firm(made, f"{city[-6:]}{segment}", segment, city)
    return Clusters(made.graph())


def test_density_of_what_a_place_lacks() -> None:
    found = densities().relatedness_density(min_count=1)
    # Of 9 firms: a, b, c 2 each, d 2, e 1. Quotients: 深圳 a (1/3)/(2/9) = 1.5; 北京 a (1/4)/(2/9) = 1.125, d the same;
    # 广州 d (1/2)/(2/9), e (1/2)/(1/9): all present. phi(d, a) = 1/2 as for b and c, phi(d, e) = 1/2: 3/4 of it is in 深圳.
    assert row(found, place="深圳市", segment="d")["value"] == pytest.approx(0.75)
    assert row(found, place="深圳市", segment="d")["n"] is pd.NA
    assert row(found, place="深圳市", segment="e")["value"] == 0
    assert found[found["place"] == "广州市"]["value"].isna().all()


def test_next_segments_are_those_not_recorded() -> None:
    found = densities().next_segments("深圳", min_count=1)
    assert found["segment"].tolist() == ["d", "e"]
    assert found["n"].isna().all()
    first = found.iloc[0]
    assert (first["value"], first["places"], first["firms_elsewhere"]) == (0.75, 2, 2)
    assert first["items"] == ["北京市", "广州市"]
    assert first["sources"]
    with pytest.raises(QueryError, match="沈阳"):
        densities().next_segments("沈阳市")
    assert densities().next_segments("珠三角", min_count=1)["segment"].tolist() == []


def test_next_segments_tell_the_cure_where_min_count_leaves_nothing() -> None:
    found = densities().next_segments("深圳")
    assert found["value"].isna().all()
    assert found["firms_elsewhere"].tolist() == [2, 1]
    assert "min_count=1 counts single firms" in found.attrs["note"]


def test_proximity_tells_how_many_places_it_rests_on() -> None:
    found = densities().proximity(min_count=1)
    assert row(found, segment="a", other="b")[["n", "value"]].tolist() == [2, 1.0]
    assert row(found, segment="a", other="d")[["n", "value"]].tolist() == [1, 0.5]


# -- published indicators -----------------------------------------------------------------------------


def published(*values: tuple[str, str, dict[str, Any]], **changed: Any) -> Clusters:
    made = small()
    made.node("ChainLayer", "layer:技术层", 3, order=2)
    for at, (subject, layer, own) in enumerate(values):
        of = {"name": "占比", "indicator": "泛人工智能企业占比", "indicator_text": "占比"} | EXACT | changed | own
        seen = made.node("Observation", f"observation:{at}", 31, **of)
        made.edge("OBSERVED", subject, seen, 31)
        made.edge("OBSERVED", f"layer:{layer}", seen, 31)
    return Clusters(made.graph())


def test_published_shares_that_differ_give_a_range() -> None:
    kg = published(
        (SZ, "基础层", {"value": 20.0, "as_of": "2023"}),
        (SZ, "基础层", {"value": 30.0, "as_of": "2022"}),
        ("country:CN", "基础层", {"value": 40.0}),
    )
    found = row(kg.location_quotient(by="泛人工智能企业占比"), place="深圳市")
    # The later statement is shown, as for every value of the graph.
    assert (found["value"], found["low"], found["high"]) == pytest.approx((0.5, 0.5, 0.75))
    assert found["n"] is pd.NA
    assert len(found["sources"]) == 3


def test_published_bounds_plans_and_other_years_are_not_compared() -> None:
    china = ("country:CN", "基础层", {"value": 40.0})
    for own in ({"qualifier": ["over"]}, {"qualifier": ["planned"]}):
        with pytest.raises(QueryError, match="no value of '泛人工智能企业占比'"):
            published((SZ, "基础层", {"value": 20.0} | own), china).location_quotient(by="泛人工智能企业占比")
    other_year = published((SZ, "基础层", {"value": 20.0, "period": "2021"}), china)
    found = other_year.location_quotient(by="泛人工智能企业占比")
    assert found.empty
    assert "one period" in found.attrs["note"]


def test_a_published_range_has_ends_and_no_value() -> None:
    kg = published(
        (SZ, "基础层", {"value": 20.0, "value_max": 30.0, "qualifier": ["range"]}),
        ("country:CN", "基础层", {"value": 40.0}),
    )
    found = row(kg.location_quotient(by="泛人工智能企业占比"), place="深圳市")
    assert math.isnan(found["value"])
    assert (found["low"], found["high"]) == pytest.approx((0.5, 0.75))


def test_published_amounts_are_compared_by_structure() -> None:
    kg = published(
        (SZ, "基础层", {"value": 30.0}),
        (SZ, "技术层", {"value": 10.0}),
        ("country:CN", "基础层", {"value": 50.0}),
        ("country:CN", "技术层", {"value": 50.0}),
        unit="家",
    )
    found = kg.location_quotient(by="泛人工智能企业占比")
    assert row(found, segment="基础层")["value"] == pytest.approx(1.5)
    assert row(found, segment="技术层")["value"] == pytest.approx(0.5)


def test_what_is_said_of_a_third_thing_is_not_the_place() -> None:
    kg = published((SZ, "基础层", {"value": 20.0}), ("country:CN", "基础层", {"value": 40.0}))
    made = small()
    seen = made.node(
        "Observation", "observation:园", 31, name="占比", indicator="泛人工智能企业占比", value=9.0, **EXACT
    )
    for subject in (SZ, "layer:基础层", "park:440100:园"):
        made.edge("OBSERVED", subject, seen, 31)
    with pytest.raises(QueryError, match="no value"):
        Clusters(made.graph()).location_quotient(by="泛人工智能企业占比")
    assert kg.table(by="泛人工智能企业占比").loc[SZ, "layer:基础层"] == 20


# -- Porter's diamond ---------------------------------------------------------------------------------

SCORE = {"who": "分析员", "when": "2026-01", "evidence": "访谈"}
SIX = {"资源": 7, "infrastructure": 6, "suppliers": 5, "structure": 5, "local_markets": 8, "external markets": 4}


def given(**more: Any) -> list[dict[str, Any]]:
    return [{"place": "深圳", "determinant": name, "score": score} | SCORE | more for name, score in SIX.items()]


def test_gem_from_given_scores() -> None:
    found = row(CLUSTERS.gem(given()), place="深圳市")
    # 336.2713: the example of metrics.md A8.
    assert (found["value"], found["low"], found["high"]) == pytest.approx((336.2713,) * 3, abs=5e-5)
    assert (found["who"], found["missing"]) == (["分析员"], [])
    assert CLUSTERS.gem(pd.DataFrame(given()))["value"].tolist() == [found["value"]]


def test_gem_of_scores_that_differ_is_a_range() -> None:
    other = {"place": "深圳", "determinant": "resources", "score": 10, "who": "乙", "when": "2026", "evidence": "年报"}
    found = row(CLUSTERS.gem([*given(), other]), place="深圳市")
    assert math.isnan(found["value"])
    # (10 + 6)(5 + 5)(8 + 4) instead of (7 + 6)(5 + 5)(8 + 4).
    assert (found["low"], found["high"]) == pytest.approx((336.2713, 2.5 * 1920 ** (2 / 3)), abs=5e-5)
    assert found["who"] == ["乙", "分析员"]


def test_gem_without_all_scores_is_nan() -> None:
    found = row(CLUSTERS.gem(given()[:5]), place="深圳市")
    assert math.isnan(found["value"])
    assert found["missing"] == ["external_markets"]
    assert CLUSTERS.gem().empty
    assert "give scores" in CLUSTERS.gem().attrs["note"]


@pytest.mark.parametrize(
    ("change", "said"),
    [({"evidence": ""}, "has no 'evidence'"), ({"who": None}, "has no 'who'"), ({"score": 11}, "not from 1 to 10"),
     ({"score": "good"}, "not from 1 to 10"), ({"determinant": "luck"}, "no determinant"), ({"place": "深川"}, "深川")],
)  # fmt: skip
def test_a_bad_score_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError, match=said):
        CLUSTERS.gem(given(**change))


def test_gem_reads_recorded_scores() -> None:
    made = small()
    for at, score in enumerate((7, 6, 5, 5, 8, 4)):
        aspect = ["资源", "设施", "供应商和相关辅助产业", "企业结构、战略和竞争", "本地市场", "外部市场"][at]
        said = made.node("Assessment", f"assessment:{at}", 4, framework="钻石模型", aspect=aspect, rating=str(score))
        made.edge("ASSESSED", SZ, said, 4)
    found = row(Clusters(made.graph()).gem(), place="深圳市")
    assert found["value"] == pytest.approx(336.2713, abs=5e-5)
    assert len(found["sources"]) == 6


# -- profile ------------------------------------------------------------------------------------------


def test_profile_is_null_where_nothing_is_recorded() -> None:
    found = Clusters(question_graph()).profile("深圳", "北京").set_index("measure")
    # tests/question_graph.py: 甲, 乙, 丙 (hosted by a park of 深圳) and 同名; 乙 has a site in 北京.
    assert found.loc["firms", ["n", "other_n"]].tolist() == [4, 1]
    assert found.loc["firms with disputed seat", "items"] == ["甲"]
    assert found.loc["parks", "n"] == 2
    assert found.loc["parks", "other_n"] is pd.NA
    assert found.loc["parks", "other_items"] == []
    # The ministry in 北京 issued the national plan: not a policy of 北京.
    assert found.loc["policies", "items"] == ["园区规划", "市规划"]
    assert found.loc["policies", "other_n"] is pd.NA
    assert found.loc["firms", "sources"]
    assert "other_n" not in Clusters(question_graph()).profile("深圳")


@pytest.mark.parametrize("place", ["深圳市", "浙江省", "长三角"])
def test_profile_agrees_with_the_catalogue(place: str) -> None:
    from aikg.graph.stores.embedded import EmbeddedStore
    from aikg.queries.catalogue import load_catalogue

    kind = {"市": "city", "省": "province"}.get(place[-1], "region")
    asked = load_catalogue().ask(EmbeddedStore(SHIPPED), "cluster-profile", {kind: place})
    found = Clusters(SHIPPED).profile(place).set_index("measure")
    for answer in asked.itertuples(index=False):
        if answer.measure in found.index:
            n = found.loc[answer.measure, "n"]
            assert (None if n is pd.NA else n) == (None if pd.isna(answer.n) else answer.n), answer.measure


# -- the shipped graph --------------------------------------------------------------------------------


def test_the_published_quotients_of_shenzhen() -> None:
    # Document 003: Shenzhen L783 (19.5, 15.5, 65.0 %), China L147, L153 (图表2) and L162 (26.1, 19.2, 54.7 %).
    found = Clusters(SHIPPED).location_quotient(by="泛人工智能企业占比").set_index("segment")
    assert found["value"].round(3).to_dict() == {"基础层": 0.747, "技术层": 0.807, "应用层": 1.188}
    assert set(found["place"]) == {"深圳市"}
    assert any("L783" in entry for entry in found.loc["技术层", "sources"])
    assert any("L162" in entry for entry in found.loc["技术层", "sources"])
    with pytest.raises(QueryError, match="泛人工智能企业占比"):
        Clusters(SHIPPED).location_quotient(by="泛人工智能企业数")


def cities_by_row(graph: KnowledgeGraph) -> pd.DataFrame:
    """The 70 rows of 图表3-5 as they stand: city and segment of the same line of the table."""

    def by_line(kind: str) -> dict[tuple[str, str], str]:
        edges = graph.edges[kind]
        return {
            (subject, entry.split(";")[0]): target
            for subject, target, said in zip(edges["subject"], edges["object"], edges["sources"], strict=True)
            for entry in said
        }

    seats, kinds = by_line("LOCATED_IN"), graph.edges["OPERATES_IN"]
    rows = [
        (seats[company, entry.split(";")[0]], segment)
        for company, segment, said in zip(kinds["subject"], kinds["object"], kinds["sources"], strict=True)
        for entry in said
    ]
    return pd.DataFrame(rows, columns=["place", "segment"]).value_counts().unstack(fill_value=0)


def test_most_high_quotients_of_the_white_paper_rest_on_one_or_two_firms() -> None:
    # metrics.md A1: of 70 rows, 12 of the 13 cells with a quotient of at least 2 rest on one or two firms; hence min_count.
    table = cities_by_row(TABLES)
    assert table.to_numpy().sum() == 70
    cells = pd.DataFrame({"q": location_quotient(table).stack(), "n": table.stack()})
    high = cells[cells["q"] >= 2]
    assert (len(high), int((high["n"] <= 2).sum())) == (13, 12)
    # 商汤科技 has rows in two cities. Counted in each for both its segments, 72 cells; put in one of them, 70 as in the rows.
    variants = counted(TABLES, "City").variants
    assert variants is not None
    assert [int(v.to_numpy().sum()) for v in variants] == [70, 70]
    for variant in variants:
        assert int(((location_quotient(variant) >= 2) & (variant <= 2)).to_numpy().sum()) == 12
    shown = Clusters(TABLES).location_quotient()
    assert (shown["value"].notna() == (shown["n"] >= 3)).all()
    assert shown["value"].notna().any()


def test_regions_of_the_white_paper_count_each_firm_once() -> None:
    # metrics.md: by 图表3-5 长三角 has 11 firms, not 16, and 珠三角 33, not 66, though a city reaches its region on two ways.
    edges = dict(SHIPPED.edges)
    for kind in ("LOCATED_IN", "OPERATES_IN"):
        ids = set(TABLES.edges[kind]["id"])
        companies = edges[kind]["subject"].str.startswith("company:")
        edges[kind] = edges[kind][~companies | edges[kind]["id"].isin(ids)]
    del edges["HOSTS"], edges["REPRESENTATIVE_OF"]
    graph = KnowledgeGraph(SHIPPED.nodes, edges, SHIPPED.statements, {})
    found = counted(graph, "Region")
    assert {found.names[r]: found.firms(r) for r in found.table.index if found.firms(r) > 1} == {
        "京津冀": 18,
        "珠三角": 33,
        "长三角": 11,
    }


def test_what_the_shipped_graph_does_not_found_is_not_shown() -> None:
    kg = Clusters(SHIPPED)
    assert kg.eci()["value"].isna().all()
    assert kg.stars()["value"].isna().all()
    # The diamond is assessed in words, never in numbers (document 003, chapter on clusters).
    diamond = kg.gem()
    assert len(diamond) > 5
    assert diamond["value"].isna().all()
    assert diamond["sources"].map(len).min() > 0


# -- rules of all of them -----------------------------------------------------------------------------


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_every_measure_answers_alone_with_its_columns(measure: Any) -> None:
    found = measure.compute(SHIPPED, **measure.defaults())
    assert set(found.columns) <= set(measure.columns)
    assert set(measure.signature()) == set(measure.parameters)
    assert all(p.default is not inspect.Parameter.empty for p in measure.signature().values())
    assert len(found)
    assert {"by", "n", "note"} <= set(found.attrs)
    assert all(len(said) and said == sorted(set(said)) for said in found["sources"] if len(said))
    told = found[["value" if "value" in found else "n", "n" if "n" in found else "value"]].notna().any(axis=1)
    assert found[told]["sources"].map(len).gt(0).all()
    again = measure.compute(SHIPPED, **measure.defaults())
    pd.testing.assert_frame_equal(found, again)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_measure_bears_an_empty_graph(measure: Any, lang: str) -> None:
    with speaking(lang):
        if "place" in measure.parameters:
            with pytest.raises(QueryError, match="深圳市"):
                measure.compute(KnowledgeGraph(), **measure.defaults())
            return
        found = measure.compute(KnowledgeGraph(), **measure.defaults())
        assert found.empty
        assert found.attrs["note"]


@pytest.mark.parametrize("level", ["City", "Province", "Region"])
@pytest.mark.parametrize("measure", [m for m in MEASURES if "level" in m.parameters], ids=lambda m: m.name)
def test_every_level_of_every_graph(measure: Any, level: str) -> None:
    for graph in (SHIPPED, SMALL, question_graph()):
        found = measure.compute(graph, level=level, min_count=1)
        assert len(found)
        shown = found.dropna(subset="value")
        # A range can be missing: a firm of two cities, put in one, may leave the measure undefined.
        assert ((shown["low"] <= shown["high"]) | (shown["low"].isna() & shown["high"].isna())).all()


def test_scores_from_a_file(tmp_path: Path) -> None:
    gem = next(m for m in MEASURES if m.name == "gem")
    path = tmp_path / "scores.csv"
    pd.DataFrame(given()).to_csv(path, index=False)
    assert gem.compute(SMALL, file=str(path))["value"].tolist() == pytest.approx([336.2713], abs=5e-5)
    with pytest.raises(QueryError, match="No such file"):
        gem.compute(SMALL, file=str(tmp_path / "none.csv"))
    path.write_text("", encoding="utf-8")
    with pytest.raises(QueryError, match="no CSV of scores"):
        gem.compute(SMALL, file=str(path))
