"""Questions of the theme `chain` on the shipped graph, against the documents and against its frames.

图表 and lines are of 2023人工智能发展白皮书 (003 of ../shared/documents); firms of the chain stand in 图表3–5, listed ones in 图表31.
The rules of counting are asked of `question_graph` and of `_neighbours`, which are made up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from question_graph import Maker, question_graph
from support import assert_equal_rows

from aikg.graph.citations import parse_source
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.pipeline import build_graph
from aikg.queries.catalogue import load_catalogue

CATALOGUE = load_catalogue()
SHIPPED = build_graph()[0]
FIRM_TABLES = "图表3,图表4,图表5"
ROOT = "segment:人工智能"


def _neighbours() -> KnowledgeGraph:
    """甲 and 乙 work in 语音 and 翻译, 丙 in 语音 and its part 合成; only 丁, of 本城, works in 语音 alone. 乙 has no recorded city.

    园 in 本城 focuses on 翻译; 戊 works in 芯片 and 语音, in 他城.
    """
    made = Maker()
    for code, name in (("440300", "本城"), ("440100", "他城")):
        made.node("City", f"city:{code}", 3, name=name)
    for name in ("人工智能", "语音", "合成", "翻译", "芯片"):
        made.node("ChainSegment", f"segment:{name}", 3)
    made.edge("PART_OF", "segment:合成", "segment:语音", 3)
    made.edge("UPSTREAM_OF", "segment:芯片", "segment:合成", 7, basis="stated")
    made.edge("UPSTREAM_OF", "segment:翻译", "segment:芯片", 9, basis="stated")
    for name, place, segments in (
        ("甲", "city:440100", ("语音", "翻译", "人工智能")),
        ("乙", None, ("语音", "翻译")),
        ("丙", "city:440100", ("语音", "合成")),
        ("丁", "city:440300", ("语音", "人工智能")),
        ("戊", "city:440100", ("语音", "芯片")),
    ):
        made.node("Company", f"company:{name}", 3)
        if place:
            made.edge("LOCATED_IN", f"company:{name}", place, 3, role="headquarters")
        for segment in segments:
            made.edge("OPERATES_IN", f"company:{name}", f"segment:{segment}", 4 if segment == "芯片" else 3)
    made.edge("LOCATED_IN", made.node("Park", "park:440300:园", 3), "city:440300", 3)
    made.edge("FOCUSES_ON", "park:440300:园", "segment:翻译", 3)
    return made.graph()


NEIGHBOURS, RULES = _neighbours(), question_graph()
ON_NEIGHBOURS: list[tuple[str, dict[str, Any]]] = [
    ("adjacent-segments", {"city": "本城"}),
    ("adjacent-segments", {"city": "本城", "source": "图表3"}),
    ("segment-pairs", {}),
    ("segment-concentration", {"least": 1}),
    ("thin-segments", {"most": 2}),
    ("chain-path", {"segment": "翻译", "other": "语音"}),
    ("segment-profile", {"segment": "语音"}),
]


def asker(graph: KnowledgeGraph) -> Callable[..., pd.DataFrame]:
    store = EmbeddedStore(graph)
    return lambda name, **given: CATALOGUE.ask(store, name, given)


@pytest.fixture(scope="module")
def ask() -> Callable[..., pd.DataFrame]:
    return asker(SHIPPED)


@pytest.fixture(scope="module")
def near() -> Callable[..., pd.DataFrame]:
    return asker(NEIGHBOURS)


@pytest.fixture(scope="module")
def rule() -> Callable[..., pd.DataFrame]:
    return asker(RULES)


def none_for_null(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The columns as tuples, null as None."""
    cells = frame[list(columns)].astype(object)
    return [tuple(row) for row in cells.where(cells.notna(), None).itertuples(index=False, name=None)]


def lines(cited: list[str]) -> set[int]:
    return {found.line for entry in cited if (found := parse_source(entry)) and found.line}


@pytest.mark.neo4j
@pytest.mark.parametrize(("name", "given"), ON_NEIGHBOURS, ids=lambda x: x if isinstance(x, str) else str(x))
def test_the_made_up_chain_is_the_same_on_both_stores(both_stores: Any, name: str, given: dict[str, Any]) -> None:
    embedded, server = both_stores(NEIGHBOURS)
    one, other = CATALOGUE.ask(embedded, name, given), CATALOGUE.ask(server, name, given)
    assert len(one)
    assert_equal_rows(one, other, name)
    assert list(one["sources"]) == list(other["sources"]), "in the same order too"


# -- segments by layer, profile ------------------------------------------------------------------------


def test_segments_by_layer_count_the_rows_of_the_tables(ask: Callable[..., pd.DataFrame]) -> None:
    # rows of 图表3 (lines 178–200) by 细分领域: 7, 5, 5, 3
    answer = ask("segments-by-layer", layer="基础层", source="图表3").set_index("segment")
    assert answer["n"].to_dict() == {"智能芯片": 7, "智能传感器": 5, "大数据": 5, "云计算": 3}
    assert lines(answer.loc["智能芯片", "sources"]) == set(range(178, 185))
    assert answer["n_parks"].isna().all(), "图表3 says nothing of parks, which is not 0"
    # 大数据 in the last column of 图表44 (lines 883, 891), 49 (967, 971, 973) and 54 (1077, 1080, 1081): eight parks
    parks = ask("segments-by-layer", source="图表3,图表44,图表49,图表54").set_index("segment")
    assert parks.loc["大数据", "n_parks"] == 8
    assert lines(parks.loc["大数据", "sources"]) >= {883, 891, 967, 971, 973, 1077, 1080, 1081}


def test_segments_by_layer_list_every_segment_but_the_root(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("segments-by-layer")
    assert set(answer["id"]) == set(SHIPPED.nodes["ChainSegment"]["id"]) - {ROOT}
    blank = answer[answer["state"] == "not recorded"]
    assert len(blank)
    assert blank[["n", "n_cities", "n_parks", "n_policies"]].isna().all().all()
    assert all(blank["sources"].map(len)), "that the segment is there has a source"
    assert (answer[answer["state"] == "present"]["n"] > 0).all()
    ordered = [layer for layer in answer["layer"].drop_duplicates() if isinstance(layer, str)]
    assert ordered == ["基础层", "技术层", "应用层"], "from upstream to downstream"


def test_profile_of_a_segment(ask: Callable[..., pd.DataFrame]) -> None:
    tables = f"{FIRM_TABLES},图表31"
    answer = ask("segment-profile", segment="计算机视觉", source=tables).set_index("measure")
    # 图表4 lines 220–227 and 图表31 (凌云光, no city), as in test_queries.test_companies_in_a_segment
    assert answer.loc["firms", "n"] == 6
    assert answer.loc["cities of these firms", "items"] == ["北京市", "深圳市"]
    assert answer.loc["layers", "items"] == ["技术层"]
    for measure in ("parks that focus on it", "upstream", "figures"):
        assert answer.loc[measure, "state"] == "not recorded"
        assert pd.isna(answer.loc[measure, "n"])
        assert answer.loc[measure, "sources"] == []
    whole = ask("segment-profile", segment="计算机视觉").set_index("measure")
    # line 309: life cycle of machine learning and computer vision; 1134, 1156, 1160 … name scenarios that use it
    assert whole.loc["life cycle", "items"] == ["成长期"]
    assert lines(whole.loc["life cycle", "sources"]) == {309}
    assert {1134, 1156, 1160} <= lines(whole.loc["scenarios and fields that use it", "sources"])
    chip = ask("segment-profile", segment="智能芯片").set_index("measure")
    assert chip.loc["downstream", "items"] == ["人工智能"]


# -- few firms, none ------------------------------------------------------------------------------------


def test_thin_segments_have_a_firm_each(ask: Callable[..., pd.DataFrame]) -> None:
    # 图表31 names one firm each (lines 711–723) of these segments
    answer = ask("thin-segments", most=1, source="图表31").set_index("segment")
    assert {"智能制造", "智能家居", "智能军事", "元宇宙"} <= set(answer.index)
    assert answer.loc["智能家居", "companies"] == ["萤石网络"]
    assert answer.loc["智能家居", "city"] == [], "图表31 names no city"
    assert all(len(lines(cited) & set(range(711, 724))) for cited in answer["sources"])
    everything = ask("thin-segments", most=100)
    assert (everything["n"] >= 1).all()
    assert ROOT not in set(everything["id"])
    assert set(ask("thin-segments")["n"]) <= {1, 2}


def test_thin_segments_name_disputed_firms_and_who_wants_more(rule: Callable[..., pd.DataFrame]) -> None:
    answer = rule("thin-segments", most=2).set_index("segment")
    assert answer.loc["智能芯片", ["n", "companies", "disputed"]].tolist() == [2, ["丁", "甲"], ["甲"]]
    assert answer.loc["智能芯片", "city"] == ["广州市", "深圳市"]
    assert pd.isna(answer.loc["智能芯片", "n_stated_by"])
    assert answer.loc["智能语音", "stated_by"] == ["园中园"], "a focus on a part of it is one on it"
    assert answer.loc["智能语音", "companies"] == ["乙"], "a firm of a part of it is one of it"
    assert "量子计算" not in answer.index, "no firm at all is another question"


def test_segments_without_firms_have_none_below_either(
    ask: Callable[..., pd.DataFrame], rule: Callable[..., pd.DataFrame]
) -> None:
    answer = rule("segments-without-firms").set_index("segment")
    assert answer[["n", "state"]].T.to_dict("list") == {
        "智能传感器": [1, "not recorded"],  # 省规划
        "量子计算": [1, "not recorded"],  # 市规划; 语音合成 has 乙, 智能医疗 has 丙
    }
    assert answer.loc["量子计算", "n_policies"] == 1
    assert pd.isna(answer.loc["量子计算", "n_parks"])
    shipped = ask("segments-without-firms")
    firms = pd.concat([SHIPPED.edges[kind] for kind in ("OPERATES_IN", "REPRESENTATIVE_OF")])
    assert not set(shipped["id"]) & set(firms["object"])
    # 物联网 is the focus of four parks: lines of 图表43–54 in which the last column names it
    things = shipped.set_index("segment").loc["物联网"]
    focus = SHIPPED.edges["FOCUSES_ON"]
    naming = focus[focus["object"] == "segment:物联网"]["subject"]
    assert things["n_parks"] == sum(naming.str.startswith("park:")) == 4
    assert things["n"] == naming.nunique()


# -- concentration, pairs, neighbours -------------------------------------------------------------------


def test_concentration_of_a_segment(ask: Callable[..., pd.DataFrame]) -> None:
    # 智能语音 in 图表4, lines 212–219, by city: 北京 4, 深圳 2, 合肥 1, 广州 1
    answer = ask("segment-concentration", segment="智能语音", source="图表4")
    assert none_for_null(answer, "city", "n", "share", "leading") == [
        ("北京市", 4, 0.5, True),
        ("深圳市", 2, 0.25, False),
        ("合肥市", 1, 0.125, False),
        ("广州市", 1, 0.125, False),
    ]
    assert set(answer["n_located"]) == {8}
    assert set(answer["n_cities"]) == {4}
    # 商汤科技 stands in 北京 (line 225) and 深圳 (line 233); 凌云光 of 图表31 has no city
    vision = ask("segment-concentration", segment="计算机视觉", source=f"{FIRM_TABLES},图表31")
    assert none_for_null(vision, "city", "n", "share", "leading", "disputed") == [
        ("北京市", 3, 0.6, True, ["商汤科技"]),
        ("深圳市", 3, 0.6, True, ["商汤科技"]),
        (None, 1, None, None, []),
    ]
    assert (ask("segment-concentration", least=5)["n_located"] >= 5).all()


def test_pairs_are_of_segments_that_sources_name(
    ask: Callable[..., pd.DataFrame], near: Callable[..., pd.DataFrame]
) -> None:
    # firms in two segments of 图表3–5: 汇顶科技 (178, 232), 奥比中光 (185, 220), 华为 (190, 264), 腾讯科技 (191, 230),
    # 平安科技 (192, 275), and within 图表4 云从科技 and 商汤科技 (225, 233)
    answer = ask("segment-pairs", source=FIRM_TABLES)
    found = {tuple(sorted((r.segment, r.other))): r.companies for r in answer.itertuples()}
    assert found == {
        ("大数据", "智能终端"): ["华为"],
        ("大数据", "智能金融"): ["平安科技"],
        ("大数据", "机器学习"): ["腾讯科技"],
        ("智能传感器", "计算机视觉"): ["奥比中光"],
        ("智能芯片", "生物特征识别"): ["汇顶科技"],
        ("智能语音", "生物特征识别"): ["云从科技"],
        ("生物特征识别", "计算机视觉"): ["商汤科技"],
    }
    assert set(ask("segment-pairs", segment="计算机视觉")["segment"]) == {"计算机视觉"}
    # 合成 is a part of 语音 (丙 has both), and the root is no segment to share
    made = near("segment-pairs")
    assert {tuple(sorted((r.segment, r.other))): r.n for r in made.itertuples()} == {
        ("翻译", "语音"): 2, ("芯片", "语音"): 1,
    }  # fmt: skip
    assert near("segment-pairs", least=3).empty


def test_neighbouring_segments_of_a_city(near: Callable[..., pd.DataFrame]) -> None:
    answer = near("adjacent-segments", city="本城")
    assert none_for_null(answer, "segment", "via", "state", "n", "companies", "elsewhere", "own") == [
        ("翻译", "语音", "stated", 2, ["乙", "甲"], ["他城"], ["丁"]),
        ("合成", "语音", "not recorded", 1, ["丙"], ["他城"], ["丁"]),
        ("芯片", "语音", "not recorded", 1, ["戊"], ["他城"], ["丁"]),
    ]
    assert answer.set_index("segment").loc["翻译", "stated_by"] == ["园"]
    # 芯片 is of 图表4 alone
    assert set(near("adjacent-segments", city="本城", source="图表3")["segment"]) == {"翻译", "合成"}
    other = near("adjacent-segments", city="他城")
    assert other.empty, "丁 works in nothing else"
    assert other.attrs["note"] == "未见与本市环节相邻的环节的记载"


def test_neighbours_are_not_there_yet(ask: Callable[..., pd.DataFrame]) -> None:
    answer = ask("adjacent-segments", city="北京", source=FIRM_TABLES)
    gaps = ask("chain-gaps", city="北京", source=FIRM_TABLES)
    empty = gaps[gaps["state"].isin(["not recorded", "stated"])]
    assert set(answer["id"]) <= set(empty["id"])
    # 奥比中光 of 深圳 works in 智能传感器 (line 185) and 计算机视觉 (line 220), which 北京 has
    row = answer.set_index("segment").loc["智能传感器"]
    assert (row["via"], row["companies"], row["elsewhere"]) == ("计算机视觉", ["奥比中光"], ["深圳市"])
    assert {185, 220} <= lines(row["sources"])


# -- ways ---------------------------------------------------------------------------------------------------


def test_ways_go_with_the_supply_and_not_from_part_to_part(
    ask: Callable[..., pd.DataFrame], near: Callable[..., pd.DataFrame]
) -> None:
    answer = ask("chain-path", segment="芯片", other="金融")
    assert none_for_null(answer, "step", "name", "relation", "direction", "other") == [
        (1, "芯片", "UPSTREAM_OF", "out", "算力"),
        (2, "算力", "UPSTREAM_OF", "out", "金融"),
    ]
    edges = SHIPPED.edges["UPSTREAM_OF"].set_index(["subject", "object"])["sources"]
    assert list(answer["sources"].map(set)) == [
        set(edges["tech:芯片", "tech:算力"]),
        set(edges["tech:算力", "field:金融"]),
    ]
    # 翻译 → 芯片 → 合成, a part of 语音; nothing leads the other way, nor from 翻译 by way of a whole
    made = near("chain-path", segment="翻译", other="语音")
    assert list(made["relation"]) == ["UPSTREAM_OF", "UPSTREAM_OF", "PART_OF"]
    assert set(made["way"]) == {"翻译 → 芯片 → 合成 → 语音"}
    assert near("chain-path", segment="语音", other="翻译").empty
    assert near("chain-path", segment="翻译", other="语音", steps=2).empty
    assert near("chain-path", segment="翻译", other="语音", source="图表7,图表3").empty, "a step of 图表9 is missing"


def test_layers_do_not_join_their_segments(ask: Callable[..., pd.DataFrame]) -> None:
    assert ask("chain-path", segment="智能语音", other="生物特征识别", steps=2).empty, "both of the 技术层 by 图表4"
