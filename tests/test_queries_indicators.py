"""Questions of the theme `indicators`: on the shipped graph against the documents, and their rules on a made-up one.

Documents are named by their number in the shared folder: 000 is the feasibility report, 001 苏浙竞逐AI新赛道, 003 the white
paper of 2023. Their lines are those that citations give.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from question_graph import PAPER, REPORT, Maker

from aikg.graph.citations import parse_source
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
STORE = EmbeddedStore(build_graph()[0])


def ask(name: str, store: EmbeddedStore = STORE, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(store, name, given)


def plain(value: Any) -> Any:
    """Null as None, so that cells compare."""
    return None if not isinstance(value, list) and pd.isna(value) else value


def rows(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(plain(cell) for cell in row) for row in frame[list(columns)].itertuples(index=False)]


def lines(cell: list[str]) -> set[int]:
    found = [parse_source(entry) for entry in cell]
    return {citation.line for citation in found if citation and citation.line}


# -- the shipped graph -------------------------------------------------------------------------------


def test_all_values_of_an_indicator_with_units_and_states_apart() -> None:
    # 003, 图表50 (lines 992–1008): 14 figures in PFLOPS, two in POPS, one in EOPS; 太湖量子智算中心 is 不详.
    answer = ask("indicator-values", indicator="算力", source="图表50")
    assert answer.groupby("unit").size().to_dict() == {"PFLOPS": 14, "POPS": 2, "EOPS": 1}
    peak = answer[answer["state"] == "peak"]
    assert rows(peak, "subject", "value", "text") == [(["商汤人工智能计算中心"], 3740.0, "3740 PFLOPS")]
    assert set(answer[answer["state"] == "planned"]["value"]) == {100.0, 500.0, 1000.0}
    # 000, line 73, has a wording of its own for 苏州工业园区, which is found too.
    assert rows(ask("indicator-values", indicator="弹性算力服务"), "value", "unit") == [(100.0, "PFLOPS")]


def test_equal_records_are_one_row() -> None:
    # 003 says 突破八千家 of China in 2022, once with AI itself as a second subject: one row, two records.
    answer = ask("indicator-values", indicator="泛人工智能企业数量")
    (china,) = rows(answer[answer["value"] == 8000], "subject", "qualifier", "n")
    assert china == (["中国"], ["over"], 2)


def test_places_in_the_order_of_a_table() -> None:
    # 003, 图表45, lines 906–915: ranks 1–10 as printed there.
    printed = ["广东省", "浙江省", "江苏省", "山东省", "四川省", "河北省", "安徽省", "福建省", "北京市", "湖北省"]
    answer = ask("indicator-ranking", indicator="社会融资规模增量", source="图表45")
    assert rows(answer, "rank", "place") == list(enumerate(printed, start=1))
    assert set(answer["n"]) == {10}
    assert answer["value"].iloc[0] == 35104
    assert [lines(cell) for cell in answer["sources"]] == [{line} for line in range(906, 916)]
    whole = ask("indicator-ranking", indicator="社会融资规模增量", unit="万亿元")
    # 003, line 900: 3.5 万亿元 of Guangdong is in another unit and has a ranking of its own.
    assert rows(whole, "rank", "n", "place", "qualifier") == [(1, 1, "广东省", ["approx"])]


def test_only_places_of_one_kind_are_ranked_when_asked() -> None:
    # 003, line 774: 1588 in Shenzhen; 广州 has 近 1000 of another scope, which is no rank among the others.
    answer = ask("indicator-ranking", indicator="泛人工智能企业数量", label="City")
    shenzhen = answer[answer["place"] == "深圳市"]
    assert rows(shenzhen, "rank", "value") == [(1, 1588.0)]
    assert rows(answer[answer["place"] == "广州市"], "rank", "n") == [(1, 1)]


def test_indicators_of_a_place_are_its_own() -> None:
    answer = ask("place-indicators", city="深圳").set_index("indicator")
    # 003, lines 774 (firms) and 805 (patents: 6261 in 2022; 7817 in 2021 is older and not shown)
    assert answer.loc["泛人工智能企业数量", "value"] == 1588
    patents = answer.loc[["人工智能发明专利申请量"]]
    assert set(patents["value"]) == {6261.0, 44000.0}, "of the year and in all; 腾讯's 4000 are 腾讯's"
    assert set(answer.loc[["泛人工智能企业数量"], "age"]) == {3}, "2025 less 2022"
    assert ask("place-indicators", city="深圳", year=2030)["age"].max() - answer["age"].max() == 5


def test_what_is_dated_by_nothing_has_no_age() -> None:
    # No date of 004 is known, and it gives the figures of a firm in 广东省 (前, 后) without a period.
    answer = ask("place-indicators", province="广东省")
    undated = answer[answer["period"].isna() & answer["as_of"].isna()]
    assert len(undated) >= 3
    assert undated["age"].isna().all()


def test_shares_of_one_whole_add_up() -> None:
    answer = ask("share-sums").set_index("scope")
    # 003, line 783: 19.5 + 15.5 + 65; line 162: 54.7 + 26.1 + 19.2.
    for scope in ("深圳泛人工智能企业", "中国泛人工智能企业"):
        assert rows(answer.loc[[scope]], "n", "low", "high", "state") == [(3, 100.0, 100.0, "complete")]
    assert answer.loc["深圳泛人工智能企业", "parts"] == ["基础层 19.5", "应用层 65.0", "技术层 15.5"]
    # 003, line 940: of 长三角 half in Shanghai, 27 % in Zhejiang, and both 20 % and 4 % in Anhui: 81 to 97.
    delta = answer.loc["占长三角总量"]
    assert (delta["low"], delta["high"], delta["state"]) == (81.0, 97.0, "below")
    assert "安徽省 4.0–20.0" in delta["parts"]
    # 000, line 120: 28 + 22 + 15 + 35 of the sources of money.
    assert answer.loc["占融资渠道", "state"] == "complete"
    # 000, line 152: 80 % have the one and 70 % the other, so that many have both.
    assert answer.loc["占国家级产业集聚区", "state"] == "above"


def test_shares_of_different_wholes_are_not_added() -> None:
    # 003 gives the share of seed deals for 印度, 日本, 美国 and 英国, each of its own deals: no whole that they are parts of.
    assert "融资事件" not in set(ask("share-sums")["scope"])


def test_what_a_share_of_a_total_amounts_to() -> None:
    answer = ask("implied-values")
    # 003, line 982: 38 % of the 21 centres in operation, and 8 are stated.
    centres = answer[answer["indicator"] == "智算中心数量"]
    assert rows(centres, "part", "whole", "share", "total", "stated") == [(["长三角"], "中国", 38.0, 21.0, 8.0)]
    assert centres["value"].iloc[0] == pytest.approx(38 / 100 * 21)
    assert centres["ratio"].iloc[0] == pytest.approx(8 / 7.98)
    # 003, line 730: 17.6 % of 82,000 applications of the year is 14,432; Beijing is said to have 14,000.
    patents = answer[(answer["indicator"] == "人工智能发明专利申请量") & (answer["scope"] == "当年")]
    beijing = patents[[part == ["北京市"] for part in patents["part"]]]
    assert rows(beijing, "total", "stated") == [(82000.0, 14000.0)]
    assert beijing["value"].iloc[0] == pytest.approx(14432)
    # 003, lines 774 and 783: no number of firms is stated for the layers of Shenzhen.
    layers = answer[answer["whole"] == "深圳市"]
    assert set(layers["value"].round(2)) == {309.66, 246.14, 1032.20}
    assert layers["stated"].isna().all()
    assert layers["ratio"].isna().all()
    assert lines(layers["source_share"].iloc[0]) == {783}
    assert lines(layers["source_total"].iloc[0]) == {774}


def test_change_between_two_years() -> None:
    answer = ask("growth", indicator="人工智能发明专利申请量").set_index("value")
    # 003, line 730: 84,000 in 2021, 82,000 in 2022, which it calls a fall of 2.4 %; line 805: Shenzhen 7817, then 6261, a fall of 19.9 %.
    assert round(answer.loc[82000, "yearly"], 1) == -2.4
    assert round(answer.loc[6261, "yearly"], 1) == -19.9
    assert answer.loc[6261, "change"] == 6261 - 7817
    assert (answer.loc[82000, "since"], answer.loc[82000, "period"]) == ("2021", "2022")


def test_forecasts_stand_beside_what_is() -> None:
    # 003, line 1006: 100 PFLOPS now, 500 soon, 1000 later.
    planned = ask("forecasts", kind="planned", indicator="算力", source="图表50")
    beijing = planned[[subject == ["北京昇腾人工智能计算中心"] for subject in planned["subject"]]]
    assert rows(beijing, "value", "actual", "period") == [(1000.0, 100.0, None), (500.0, 100.0, None)]
    hebei = planned[[subject == ["河北人工智能计算中心"] for subject in planned["subject"]]]
    assert rows(hebei, "value", "actual") == [(100.0, None)], "计划100, and nothing yet"
    assert set(ask("forecasts", since=2026)["period"]) == {"2026"}
    assert set(ask("forecasts", kind="forecast")["state"]) == {"forecast"}


def test_every_stage_of_every_centre() -> None:
    # 003, 图表50, lines 992–1008.
    answer = ask("compute-centres", source="图表50")
    assert len(set(answer["id"])) == 14
    taihu = answer[answer["center"] == "太湖量子智算中心"]
    assert rows(taihu, "state", "value", "unit") == [("not recorded", None, None)], "不详 is no number"
    beijing = answer[answer["center"] == "北京昇腾人工智能计算中心"]
    assert rows(beijing, "state", "value", "scope") == [
        ("actual", 100.0, "一期"),
        ("planned", 500.0, "短期"),
        ("planned", 1000.0, "远期"),
    ]
    assert set(ask("compute-centres", region="京津冀", source="图表50")["center"]) == {
        "北京昇腾人工智能计算中心",
        "天津人工智能计算中心",
        "河北人工智能计算中心",
    }


def test_units_of_an_indicator() -> None:
    answer = ask("units-of-indicator", indicator="算力", source="图表50")
    assert rows(answer, "unit", "n") == [("PFLOPS", 14), ("POPS", 2), ("EOPS", 1)]
    assert set(answer["n_units"]) == {3}
    assert (ask("units-of-indicator")["n_units"] >= 2).all()


def test_figures_of_a_group_are_no_place_s() -> None:
    # 000, line 55: AI has reached 35 % there in 2024.
    (figure,) = rows(
        ask("figures-of-group", id="制造业集聚区", indicator="人工智能渗透率"), "value", "unit", "period", "about"
    )
    assert figure == (35.0, "%", "2024", ["中国"])
    assert set(ask("figures-of-group")["group"]) == {"全国产业集聚区"}


def test_ranks_are_among_somebody() -> None:
    # 003, 图表45: ranks and their changes, 河北 6 up, 北京 4 down.
    answer = ask("ranks-of-place", source="图表45")
    change = answer[answer["state"] == "change"]
    moved = {place[0]: value for place, value in zip(change["place"], change["value"], strict=True)}
    assert moved["河北省"] == 6
    assert moved["北京市"] == -4
    assert set(answer["among"]) == {"中国各地区", "中国各地区，较上一年"}
    firms = ask("ranks-of-place", city="深圳市")
    assert "深圳市专利申请人" not in set(firms["among"]), "腾讯, 平安 and 华为 are ranked there, not the city"


def test_places_side_by_side() -> None:
    answer = ask("talent-and-innovation").set_index("place")
    # 003: lines 774 (firms), 805 and 730 (patents), 1089 (scholars of Beijing and of China), 图表45 (Beijing 11440).
    assert answer.loc["深圳市", ["firms", "patents"]].tolist() == [1588, 6261]
    assert answer.loc["北京市", ["patents", "scholars", "social_financing"]].tolist() == [14000, 4167, 11440]
    assert plain(answer.loc["北京市", "firms"]) is None, "not recorded is not none"
    assert answer.loc["中国", "scholars"] == 17400
    assert answer.loc["中国", "patents"] == 82000, "those of the year, not 46 万 in all"
    assert (answer["n"] >= 2).all()


# -- rules -------------------------------------------------------------------------------------------


class Figures(Maker):
    """A `Maker` of indicator values."""

    def __init__(self) -> None:
        super().__init__()
        self.nodes["Source"] = [
            {"id": source, "name": name, "aliases": [], "sources": [source], "method": "table", "confidence": 1.0}
            for source, name in ((PAPER, "白皮书"), (REPORT, "年报"))
        ]

    def figure(
        self, name: str, of: str, value: float, unit: str = "家", *, source: str = PAPER, table: int = 3, **own: Any
    ) -> None:
        base = {
            "indicator": name,
            "value": value,
            "unit": unit,
            "qualifier": ["exact"],
            "period": "2022",
            "scope": None,
        }
        seen = self.node(
            "Observation", f"observation:{len(self.nodes['Observation']):03}", table, name=name, **(base | own)
        )
        self.nodes["Observation"][-1]["sources"] = self.cite(table, source=source)
        for subject in of.split():
            self.edge("OBSERVED", subject, seen, table, source=source)

    def store(self) -> EmbeddedStore:
        return EmbeddedStore(self.graph())


@pytest.fixture
def made() -> Figures:
    figures = Figures()
    for code in ("a", "b", "c", "d"):
        figures.node("City", f"city:{code}", 3, name=f"{code}市")
    figures.node("Country", "country:X", 3, name="某国")
    figures.node("ChainSegment", "segment:人工智能", 3)
    figures.node("ChainLayer", "layer:基础层", 3)
    figures.node("ChainLayer", "layer:应用层", 3)
    return figures


def test_a_ranking_mixes_no_years_states_units_scopes_or_joint_figures(made: Figures) -> None:
    made.figure("企业数量", "city:a", 10)
    made.figure("企业数量", "city:a", 99, period="2020")  # older
    made.figure("企业数量", "city:a", 500, period="2030", qualifier=["forecast"])
    made.figure("企业数量", "city:b", 20)
    made.figure("企业数量", "city:c country:X segment:人工智能", 20)  # the country is what it lies in
    made.figure("企业数量", "city:d city:a", 77)  # joint
    made.figure("企业数量", "city:d", 3, "万家")
    made.figure("企业数量", "city:d", 80, scope="累计，截至年底")
    made.figure("企业数量", "city:b", 21, period=None)  # of no stated time: the oldest
    answer = ask("indicator-ranking", made.store(), indicator="企业数量")
    main = answer[(answer["unit"] == "家") & answer["scope"].isna()]
    assert rows(main, "rank", "n", "place", "value") == [(1, 3, "b市", 20.0), (1, 3, "c市", 20.0), (3, 3, "a市", 10.0)]
    assert rows(answer[answer["unit"] == "万家"], "rank", "n", "place") == [(1, 1, "d市")]
    assert rows(answer[answer["scope"].notna()], "rank", "n", "place") == [(1, 1, "d市")]


def test_equal_values_share_a_rank_and_stand_by_id(made: Figures) -> None:
    for city, value in (("c", 5), ("a", 5), ("b", 9), ("d", 1)):
        made.figure("企业数量", f"city:{city}", value)
    answer = ask("indicator-ranking", made.store(), indicator="企业数量")
    assert rows(answer, "rank", "place") == [(1, "b市"), (2, "a市"), (2, "c市"), (4, "d市")]


def test_an_exact_value_goes_before_an_over_one(made: Figures) -> None:
    made.figure("企业数量", "city:a", 1000, qualifier=["over"])
    made.figure("企业数量", "city:a", 950)
    answer = ask("indicator-ranking", made.store(), indicator="企业数量")
    assert rows(answer, "value", "n_values") == [(950.0, 2)]
    assert len(answer["sources"].iloc[0]) == 2, "both are cited"


def test_sums_of_shares_have_three_states(made: Figures) -> None:
    def share(scope: str, layer: str, value: float, **own: Any) -> None:
        made.figure("企业占比", f"city:a layer:{layer}", value, "%", scope=scope, **own)

    share("占甲", "基础层", 40)
    share("占甲", "应用层", 60.3)
    share("占乙", "基础层", 40)
    share("占乙", "应用层", 30)
    share("占丙", "基础层", 70)
    share("占丙", "应用层", 50, qualifier=["over"])
    share("占丁", "基础层", 100)  # one part is no division
    share("占戊", "基础层", 30)
    share("占戊", "基础层", 50)
    share("占戊", "应用层", 50)
    share("占己", "基础层", 50)
    share("占己", "应用层", 50, period="2021")  # of another year
    answer = ask("share-sums", made.store()).set_index("scope")
    assert answer["state"].to_dict() == {"占甲": "complete", "占乙": "below", "占丙": "above", "占戊": "complete"}
    assert answer["n_bounds"].to_dict() == {"占甲": 0, "占乙": 0, "占丙": 1, "占戊": 0}
    assert answer.loc["占戊", ["low", "high"]].tolist() == [80, 100], "one of two values of a part may be right"


def test_a_share_implies_nothing_without_its_total(made: Figures) -> None:
    made.figure("企业占比", "country:X city:a", 25, "%")
    made.figure("企业数量", "country:X", 400, period="2021")
    made.figure("企业数量", "city:a", 90)
    assert ask("implied-values", made.store()).empty, "a total of another year, and a value of the part alone"
    made.figure("企业数量", "country:X", 400, source=REPORT)
    answer = ask("implied-values", made.store())
    assert rows(answer, "part", "whole", "value", "stated", "ratio") == [(["a市"], "某国", 100.0, 90.0, 0.9)]
    assert ask("implied-values", made.store(), source="白皮书").empty, "the total is of the other document"
    assert {c[:16] for c in answer["sources"].iloc[0]} == {PAPER, REPORT}


def test_growth_compares_like_with_like(made: Figures) -> None:
    made.figure("企业数量", "city:a", 100, period="2020")
    made.figure("企业数量", "city:a", 121, period="2022-06")
    made.figure("企业数量", "city:a", 200, period="2021", qualifier=["over"])
    made.figure("企业数量", "city:a", 300, period="2021", scope="累计")
    made.figure("企业数量", "city:a", 9, "万家", period="2021")
    made.figure("企业数量", "city:b", 400, period="2021")
    made.figure("企业数量", "city:a", 500, period="2030", qualifier=["forecast"])
    made.figure("利润", "city:a", -5, "亿元", period="2020")
    made.figure("利润", "city:a", 5, "亿元", period="2021")
    answer = ask("growth", made.store()).set_index("indicator")
    assert len(answer) == 2
    assert rows(answer.loc[["企业数量"]], "since", "period", "change") == [("2020", "2022-06", 21.0)]
    assert answer.loc["企业数量", "ratio"] == pytest.approx(1.21)
    assert answer.loc["企业数量", "yearly"] == pytest.approx(10), "1.1 squared is 1.21"
    assert answer.loc["利润", "change"] == 10
    assert plain(answer.loc["利润", "ratio"]) is None, "a rate on a loss means nothing"
    assert plain(answer.loc["利润", "yearly"]) is None


def test_facts_of_other_sources_are_no_figures_here(made: Figures) -> None:
    made.figure("企业数量", "city:a", 10, source=REPORT, table=4)
    made.figure("企业数量", "city:a", 8, period="2020")
    store = made.store()
    assert rows(ask("indicator-ranking", store, indicator="企业数量"), "value") == [(10.0,)]
    assert rows(ask("indicator-ranking", store, indicator="企业数量", source="图表3"), "value") == [(8.0,)]
    assert rows(ask("place-indicators", store, city="a市", source="图表3"), "value") == [(8.0,)]
    assert len(ask("indicator-values", store, indicator="企业数量")) == 2


def test_figures_of_places_inside_are_theirs(made: Figures) -> None:
    made.edge("PART_OF", "city:a", "country:X", 3)
    made.node("Company", "company:甲", 3)
    made.figure("企业数量", "country:X city:a", 10)
    made.figure("企业数量", "country:X", 50)
    made.figure("专利数量", "country:X company:甲", 7)
    answer = ask("place-indicators", made.store(), country="某国")
    assert rows(answer, "indicator", "value") == [("企业数量", 50.0)]
    assert rows(ask("place-indicators", made.store(), city="a市"), "value", "about") == [(10.0, ["某国"])]
