"""`kg.policy` over graphs, and places side by side."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from question_graph import Maker, question_graph

import aikg
from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.compare import compare, wide
from aikg.graph.analysis.policy import Policies
from aikg.graph.analysis.policy_measures import MEASURES
from aikg.ontology.errors import QueryError
from aikg.ontology.language import speaking

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph


@lru_cache(maxsize=1)
def shipped() -> KnowledgeGraph:
    return aikg.build().frames


def _focused() -> KnowledgeGraph:
    """Three provinces (虚构 focuses): 粤 {智能芯片, 智能语音, 智能医疗}, 浙 {智能语音, 智能医疗, 智能金融}, 苏 {航运}; the nation {智能语音 …}."""
    made = Maker()
    china = made.node("Country", "country:CN", name="中国")
    for code, name in (("440000", "广东省"), ("330000", "浙江省"), ("320000", "江苏省")):
        made.edge("PART_OF", made.node("Province", f"province:{code}", name=name), china)
    for name in ("智能芯片", "智能语音", "智能医疗", "智能金融", "人工智能"):
        made.node("ChainSegment", f"segment:{name}", 3)
    made.node("Technology", "tech:人工智能芯片", 3)
    made.node("Industry", "industry:航运", 3)
    for province, names in (
        ("440000", ("tech:人工智能芯片", "segment:智能语音", "segment:人工智能")),
        ("330000", ("segment:智能语音", "segment:智能医疗", "segment:智能金融")),
        ("320000", ("industry:航运",)),
    ):
        for name in names:
            made.edge("FOCUSES_ON", f"province:{province}", name, 3)
    for policy, place, year, names in (
        ("粤策", "province:440000", 2020, ("智能医疗", "智能语音")),
        ("国策", china, 2019, ("智能语音", "智能医疗", "智能金融")),
        ("无年", "province:330000", None, ("智能金融",)),
    ):
        node = made.node("Policy", f"policy:x:{policy}", 3, issued=str(year) if year else None, issued_year=year)
        made.edge("APPLIES_TO", node, place, 3)
        for name in names:
            made.edge("FOCUSES_ON", node, f"segment:{name}", 3)
    return made.graph()


# -- focus -----------------------------------------------------------------------------------------------------------


def test_focus_of_a_place_is_its_own_and_that_of_its_policies() -> None:
    found = Policies(_focused()).focus("广东").set_index("name")
    # 人工智能芯片 is a closeMatch of 智能芯片 in the concordance; the root 人工智能 is no focus
    assert found["n"].to_dict() == {"智能语音": 2, "智能医疗": 1, "智能芯片": 1}
    assert found.at["智能语音", "said_by"] == ["广东省", "粤策"]
    own = Policies(_focused()).focus("广东", speakers=["place"])
    assert sorted(own["name"]) == ["智能芯片", "智能语音"]
    words = Policies(_focused()).focus("广东", items="words")
    assert "人工智能芯片" in set(words["name"])


def test_parks_speak_on_request_and_ministries_never_for_their_city() -> None:
    graph = question_graph()  # 国家规划 of a ministry in 北京; a park of 深圳 focuses on 语音合成
    assert Policies(graph).focus("北京").empty
    assert Policies(graph).focus("北京").attrs["note"] == "no focus is recorded"
    assert Policies(graph).focus("深圳")["name"].tolist() == ["量子计算"]
    assert set(Policies(graph).focus("深圳", speakers=["place", "policy", "park"])["name"]) == {"量子计算", "语音合成"}


def test_overlap_and_similarity_over_a_graph() -> None:
    overlap = Policies(_focused()).focus_overlap().set_index(["place", "other"])
    pair = overlap.loc[("浙江省", "广东省")]
    assert (pair["value"], pair["n"], pair["shared"]) == (0.5, 2, ["智能医疗", "智能语音"])  # metrics.md E1
    alike = Policies(_focused()).similarity().set_index(["place", "other"]).loc[("浙江省", "广东省")]
    # weights 粤: 芯片 1, 语音 2, 医疗 1; 浙: 语音 1, 医疗 1, 金融 2 -> (2 + 1) / (sqrt 6 * sqrt 6) (by hand)
    assert alike["plain"] == pytest.approx(0.5)
    # Of the three places with a focus (粤, 浙, 中国) 语音 and 医疗 are in all (idf 1), 金融 in two, 芯片 in one.
    two, one = math.log(4 / 3) + 1, math.log(4 / 2) + 1
    assert alike["idf"] == alike["value"] == pytest.approx(3 / (5 + one**2) ** 0.5 / (2 + 4 * two**2) ** 0.5)


def test_idf_does_not_depend_on_the_selection() -> None:
    policies = Policies(shipped())
    every = policies.similarity(level="City").set_index(["place_id", "other_id"])["idf"]
    two = policies.similarity(["深圳", "杭州"]).iloc[0]
    assert two["idf"] == pytest.approx(every[("city:330100", "city:440300")])


def test_few_focuses_have_no_number_but_their_n() -> None:
    found = Policies(shipped()).focus_overlap("City")
    few = found[(found["n_place"] < 3) | (found["n_other"] < 3)]
    assert len(few)
    assert few["value"].isna().all()
    assert found["value"].dropna().between(0, 1).all()


def test_what_has_no_segment_is_listed() -> None:
    found = Policies(_focused()).focus("江苏")
    assert found.empty
    assert found.attrs["unmapped"] == ["航运"]
    assert found.attrs["mapped"] == 0


def test_homogeneity_with_the_distance_to_the_nation() -> None:
    found = Policies(_focused()).homogeneity(weighting="plain").set_index("place")
    assert found.iloc[0]["kind"] == "group"
    assert found.iloc[0]["value"] == pytest.approx(0.5)
    # the nation names 语音, 医疗, 金融 once each: 浙 (1+1+2)/(sqrt 6 sqrt 3), 粤 (2+1)/(sqrt 6 sqrt 3) (by hand)
    assert found.at["浙江省", "distance"] == pytest.approx(1 - 4 / 18**0.5)
    assert found.at["广东省", "distance"] == pytest.approx(1 - 3 / 18**0.5)
    assert found.iloc[0]["pooled_hhi"] == pytest.approx((1 + 9 + 4 + 4) / 64)  # 芯片 1, 语音 3, 医疗 2, 金融 2 of 8
    one = Policies(_focused()).homogeneity(["广东"])
    assert math.isnan(one.iloc[0]["value"])


def test_timeline_says_when_a_focus_was_first_named() -> None:
    found = Policies(_focused()).timeline()
    rows = {(row.name, row.period): row.first for row in found.itertuples(index=False)}
    assert rows[("智能语音", "2019")] is True
    assert rows[("智能语音", "2020")] is False
    assert rows[("智能金融", "2019")] is None  # a policy without a year names it too
    assert rows[("智能金融", None)] is None
    guangdong = Policies(_focused()).timeline("广东")
    assert set(guangdong["period"]) == {"2020"}


def test_gap_ranks_policy_against_firms() -> None:
    found = Policies(shipped()).gap("深圳")
    ranked = found.dropna(subset=["gap"])
    assert ranked["gap"].tolist() == pytest.approx((ranked["focus_rank"] - ranked["lq_rank"]).tolist())
    assert found["gap"].sum() == pytest.approx(0)
    assert found.attrs["words"] * found.attrs["mapped"] == pytest.approx(
        found.attrs["words"] - len(found.attrs["unmapped"])
    )
    assert -1 <= found.attrs["spearman"] <= 1
    # document 003, 图表 3: no 云计算 firm of 深圳, while the city names it: policy aims beyond
    cloud = found.set_index("segment").loc["云计算"]
    assert pd.isna(cloud["n"])
    assert cloud["gap"] < 0


def test_gap_of_a_place_without_a_focus() -> None:
    found = Policies(question_graph()).gap("广州")
    assert found["gap"].isna().all()
    assert math.isnan(found.attrs["mapped"])
    assert found.attrs["note"] == "no focus of 广州市 is recorded"


def test_wrong_words_are_named() -> None:
    policies = Policies(_focused())
    with pytest.raises(QueryError, match="level 'Planet'"):
        policies.focus_overlap("Planet")
    with pytest.raises(QueryError, match="weighting 'tfidf'"):
        policies.similarity(weighting="tfidf")
    with pytest.raises(QueryError, match="speakers 'minister'"):
        policies.focus("广东", speakers=["minister"])
    with pytest.raises(QueryError, match="items 'letters'"):
        policies.focus("广东", items="letters")


@pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
def test_each_measure_answers_alone_and_says_its_columns(measure) -> None:  # type: ignore[no-untyped-def]
    found = measure.compute(shipped())
    assert set(found.columns) == set(measure.columns)
    assert set(measure.parameters) == set(measure.signature())
    assert len(found)
    assert all(zh and en for zh, en in [measure.title, measure.method, *measure.columns.values()])
    shown = found[found["n"].fillna(0) > 0]
    assert all(shown["sources"].map(len))
    pd.testing.assert_frame_equal(found, measure.compute(shipped()))


# -- side by side ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _both() -> pd.DataFrame:
    return compare(shipped(), ["深圳", "杭州"])


def test_a_comparison_holds_what_the_measures_say() -> None:
    found = _both().set_index(["place", "measure"])
    assert not found.index.duplicated().any()
    coverage = Chain(shipped()).coverage(["深圳", "杭州"]).set_index("place")
    for place in ("深圳市", "杭州市"):
        assert found.at[(place, "coverage"), "value"] == coverage.at[place, "value"]
        assert found.at[(place, "coverage"), "sources"] == coverage.at[place, "sources"]
    states = [m for p, m in found.index if p == "深圳市" and m.startswith("segments:")]
    assert sum(found.loc[[("深圳市", m) for m in states], "value"]) == 33  # every segment has one state
    assert (
        found.at[("深圳市", "similarity:city:330100"), "value"]
        == found.at[("杭州市", "similarity:city:440300"), "value"]
    )


def test_what_is_not_recorded_is_null_and_says_so() -> None:
    found = _both()
    unknown = found[found["state"] == "not recorded"]
    assert len(unknown)
    assert unknown["value"].isna().all()
    known = found[found["value"].notna()]
    assert all(known["sources"].map(len))
    abroad = compare(shipped(), ["英国", "中国"], segments=False).set_index(["place", "measure"])
    assert abroad.at[("英国", "coverage"), "state"] == "not recorded"
    assert math.isnan(abroad.at[("英国", "segments:strong"), "value"])


def test_wide_has_a_row_per_measure_and_a_column_per_place() -> None:
    found = wide(_both())
    assert found["measure"].is_unique
    assert list(found.columns[:5]) == ["measure", "name", "unit", "深圳市", "杭州市"]
    long = _both().set_index(["place", "measure"])
    for row in found.to_dict("records"):
        for place in ("深圳市", "杭州市"):
            if (place, row["measure"]) in long.index:
                value = long.at[(place, row["measure"]), "value"]
                assert row[place] == value or (math.isnan(row[place]) and math.isnan(value))


def test_more_than_two_places_of_several_levels() -> None:
    with speaking("zh"):
        found = compare(shipped(), ["长三角", "广东", "北京"], segments=False)
    assert set(found["place"]) == {"长三角", "广东省", "北京市"}
    assert "层级不同" in found.attrs["note"]
    assert "产业链覆盖度" in set(found["name"])
    assert len(wide(found)) == found["measure"].nunique()


def test_one_place_is_no_comparison() -> None:
    for places in (["深圳"], ["深圳", "深圳市"], []):
        with pytest.raises(QueryError, match="two different places"):
            compare(shipped(), places)
    with pytest.raises(QueryError, match="深圳"):
        compare(shipped(), ["深圳湾", "杭州"])


def test_a_comparison_on_a_small_graph() -> None:
    found = compare(question_graph(), ["深圳", "广州"]).set_index(["place", "measure"])
    assert found.at[("深圳市", "companies"), "value"] == 4  # 甲, 乙 (district), 同名, 丙 (hosted by the park)
    assert found.at[("广州市", "companies"), "value"] == 1  # 甲, disputed, counts in both
    assert found.at[("深圳市", "policies"), "value"] == 1  # 市规划; not the park's, nor the province's


def test_one_pair_has_one_likeness_wherever_it_is_asked() -> None:
    # metrics.md E2: idf counts all places that have a recorded focus, never the selection; the group's mean is the mean of its pairs.
    policies = Policies(shipped())
    every = policies.similarity().set_index(["place_id", "other_id"])["idf"]
    named = policies.similarity(["北京", "江苏"]).iloc[0]
    assert named["idf"] == pytest.approx(every[(named["place_id"], named["other_id"])])
    group = policies.homogeneity()
    assert group["value"].iloc[0] == pytest.approx(every.dropna().mean())
