"""How the catalogue counts, on a small graph made for it (`question_graph`): what may not be mixed, lost or invented."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from question_graph import PAPER, REPORT, question_graph
from support import assert_equal_rows

from aikg.cli.ask import titles_of
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.ontology.errors import QueryError
from aikg.queries.catalogue import Query, load_catalogue

CATALOGUE = load_catalogue()
GRAPH, EMPTY = question_graph(), KnowledgeGraph()
STORE, NOTHING = EmbeddedStore(GRAPH), EmbeddedStore(EMPTY)
every_query = pytest.mark.parametrize("query", list(CATALOGUE), ids=lambda q: q.name)
# What the defaults do not reach on this graph.
GIVEN: dict[str, dict[str, Any]] = {
    "companies-in-segment": {"segment": "智能芯片"},
    "feeds-segment": {"segment": "智能语音"},
    "chain-gaps": {"city": "深圳市"},
    "policies-of-place": {"city": "深圳市"},
    "parks-of-city": {"city": "深圳市"},
    "neighbourhood": {"company": "甲"},
    "co-located-firms": {"company": "甲"},
}


def ask(name: str, **given: Any) -> pd.DataFrame:
    return CATALOGUE.ask(STORE, name, given)


def pairs(frame: pd.DataFrame, key: str, value: str) -> dict[Any, Any]:
    return dict(zip(frame[key].astype(object).where(frame[key].notna(), None), frame[value], strict=True))


# -- nothing there -----------------------------------------------------------------------------------


@every_query
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_empty_graph_gives_no_rows_and_a_note(query: Query, lang: str) -> None:
    answer = CATALOGUE.ask(NOTHING, query.name, {}, lang=lang)
    assert answer.empty
    assert list(answer.columns) == [column.name for column in query.columns]
    assert answer.attrs["note"]
    for name, parameter in query.parameters.items():
        assert CATALOGUE.values(NOTHING, query.name, name) == list(parameter.choices)


@pytest.mark.neo4j
@every_query
@pytest.mark.parametrize(
    ("graph", "source"),
    [(GRAPH, []), (GRAPH, ["年报", "白皮书图表31"]), (EMPTY, [])],
    ids=["rules", "rules of two sources", "empty"],
)
def test_both_stores_answer_alike(both_stores: Any, graph: KnowledgeGraph, query: Query, source: list[str]) -> None:
    embedded, server = both_stores(graph)
    given = {**(GIVEN.get(query.name, {}) if graph is GRAPH else {}), "source": source}
    one, other = (CATALOGUE.ask(store, query.name, given) for store in (embedded, server))
    assert_equal_rows(one, other, query.name)
    assert one.attrs == other.attrs


def test_a_missing_relation_is_named() -> None:
    rows = {label: frame.to_dict("records") for label, frame in GRAPH.nodes.items() if label == "Park"}
    store = EmbeddedStore(KnowledgeGraph.from_rows(rows, {}))
    assert CATALOGUE.ask(store, "parks-by-focus", {}, lang="en").attrs["note"] == (
        "this graph holds no FOCUSES_ON (focuses on); load documents or tables that state it (aikg build FILE …), "
        "or build with --with-data-set"
    )
    assert "没有 FOCUSES_ON（重点发展）" in CATALOGUE.ask(store, "parks-by-focus", {}).attrs["note"]


def test_what_exists_but_is_not_in_the_graph_gives_no_rows_and_a_note() -> None:
    for name, given, absent in (
        ("parks-of-city", {"city": "拉萨"}, "拉萨市"),
        ("companies-in-segment", {"segment": "计算机视觉"}, "计算机视觉"),
        ("policies-by-year", {"country": "英国"}, "英国"),
    ):
        answer = CATALOGUE.ask(STORE, name, given, lang="en")
        assert answer.empty
        assert answer.attrs["note"] == f"not in this graph: {absent}"


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("parks-of-city", {"city": "深川"}, "city '深川' is not in this graph; did you mean 深圳市?"),
        ("parks-of-city", {"city": "南山区"}, r"city '南山区' is a District \(district:440305\); it must be a City$"),
        (
            "parks-by-focus",
            {"segment": "深圳市"},
            r"is a City \(city:440300\); it must be a ChainSegment; write city=深圳市",
        ),
        ("chain-gaps", {"layer": "云层"}, "layer '云层' is not in this graph; it holds 基础层, 应用层, 技术层"),
        ("neighbourhood", {"company": "同名"}, "is 2 things: company:uscc:91440300192203821X, company:同名; give one"),
        ("neighbourhood", {"id": "company:戊"}, "id 'company:戊' is not in this graph"),
        ("parks-of-city", {"source": "黄皮书"}, "no document of this graph; its documents are 白皮书"),
        ("parks-of-city", {"source": "src:cccccccccccc"}, "its documents are 白皮书, 年报"),
    ],
)
def test_what_nobody_knows_is_an_error_with_a_cure(name: str, given: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(name, **given)


def test_names_aliases_and_ids_are_the_same() -> None:
    wanted = list(ask("parks-of-city", city="深圳市")["id"])
    for written in ("深圳", "city:440300", "440300", " 深圳市 "):
        answer = ask("parks-of-city", city=written)
        assert list(answer["id"]) == wanted
        assert answer.attrs["parameters"]["city"] == "深圳市"


# -- sources -----------------------------------------------------------------------------------------


def test_a_table_is_its_whole_number_and_a_document_its_own() -> None:
    def headquarters(*source: str) -> list[str]:
        frame = ask("companies-in-segment", segment="智能芯片", source=list(source))
        return sorted(f"{r.name} {r.city if isinstance(r.city, str) else '-'}" for r in frame.itertuples())

    assert headquarters() == ["丁 -", "甲 广州市", "甲 深圳市"]
    assert headquarters("图表3") == ["丁 -", "甲 深圳市"], "图表31 is another table"
    assert headquarters("图表31") == []
    assert headquarters("白皮书") == ["甲 广州市", "甲 深圳市"]
    assert headquarters("年报") == headquarters(REPORT) == headquarters("年报图表3") == ["丁 -"]
    assert headquarters("《白皮书》图表 3") == headquarters(f"{PAPER} 图表3") == ["甲 深圳市"]
    assert headquarters("白皮书图表3", "图表31") == ["甲 广州市", "甲 深圳市"]


def test_facts_of_other_sources_count_nowhere() -> None:
    everything = ask("companies-in-segment", segment="智能芯片")
    assert set(everything[everything["name"] == "甲"]["disputed"]) == {True}
    one = ask("companies-in-segment", segment="智能芯片", source="白皮书图表3")
    assert list(one["disputed"]) == [False], "the other headquarters are of 图表31"
    # 丙 is in the park by 图表3, but where the park lies is of 图表4
    assert "丙" not in ask("cluster-profile", city="深圳", source="图表3").set_index("measure").loc["firms", "items"]
    assert "丙" in ask("cluster-profile", city="深圳", source="图表3,图表4").set_index("measure").loc["firms", "items"]
    # the region of a city is of 图表9, the code table is of no source
    assert (
        ask("cluster-profile", region="珠三角", source="图表3").set_index("measure").loc["firms", "state"]
        == "not recorded"
    )
    assert ask("cluster-profile", province="广东", source="图表3").set_index("measure").loc["firms", "n"] == 3


def test_a_value_of_a_node_counts_only_if_it_surely_comes_from_the_asked_sources() -> None:
    def listed(**given: Any) -> dict[str, int | None]:
        frame = ask("cluster-profile", city="深圳", **given)
        shown = frame[frame["measure"].str.startswith("listed")]
        return {row.measure: None if pd.isna(row.n) else row.n for row in shown.itertuples()}

    assert listed() == {"listed firms": 1}
    assert listed(source="图表3,图表31") == {"listed firms": 1}
    # Its node cites 图表3 and 图表31: which of them calls it listed, the node does not say.
    assert listed(source="图表3") == {"listed firms": None, "listed firms, source open": 1}


# -- places ------------------------------------------------------------------------------------------


def test_firms_belong_to_a_city_through_districts_and_parks_once_each() -> None:
    answer = ask("firms-by-city-and-layer")
    found = {
        (r.city if isinstance(r.city, str) else None, r.layer if isinstance(r.layer, str) else None): r.companies
        for r in answer.itertuples()
    }
    assert found == {
        ("深圳市", "基础层"): ["甲"],
        ("深圳市", "技术层"): ["乙"],  # in a district, of a segment below a segment
        ("深圳市", "应用层"): ["丙"],  # in a park in a district
        ("深圳市", None): ["同名"],
        ("广州市", "基础层"): ["甲"],
        ("北京市", "技术层"): ["乙"],
        (None, "基础层"): ["丁"],
        (None, "应用层"): ["丁"],
        (None, None): ["同名"],
    }
    assert {name for names in answer["disputed"] for name in names} == {"甲"}, "a site is no second headquarters"


def test_regions_are_made_of_what_sources_say_and_of_regions_inside_them() -> None:
    for region in ("珠三角", "大湾区"):
        assert ask("cluster-profile", region=region).set_index("measure").loc["firms", "n"] == 4
    province = ask("cluster-profile", province="广东省").set_index("measure")
    assert province.loc["firms", "items"] == ["丙", "乙", "同名", "甲"]
    assert province.loc["policies", "items"] == ["园区规划", "市规划", "省规划"]


def test_a_ministry_in_a_city_does_not_speak_for_it() -> None:
    assert ask("policies-of-place", city="北京").empty
    country = ask("policies-of-place", country="中国")
    assert pairs(country, "name", "level") == {
        "国家规划": "own",
        "省规划": "below",
        "市规划": "below",
        "园区规划": "below",
    }
    assert pairs(ask("policies-of-place", city="深圳"), "name", "level") == {"市规划": "own", "园区规划": "below"}
    assert pairs(ask("policies-by-year"), "period", "n") == {"2021": 1, "2022": 2, None: 1}, (
        "no date is a row of its own"
    )


def test_parks_inside_parks_are_parks_of_the_city() -> None:
    answer = ask("parks-of-city", city="深圳")
    assert pairs(answer, "name", "district") == {"科技园": ["南山区"], "园中园": ["南山区"]}
    # a focus on 语音合成 is one on 智能语音, of which it is a part
    wider = ask("parks-by-focus", segment="智能语音")
    assert [(r.focus, r.name, r.city, r.n) for r in wider.itertuples()] == [("语音合成", "园中园", ["深圳市"], 1)]


# -- the chain ---------------------------------------------------------------------------------------


def test_the_root_counts_in_no_coverage() -> None:
    assert "人工智能" not in set(ask("chain-gaps", city="深圳")["segment"])
    assert "人工智能" not in ask("cluster-profile", city="深圳").set_index("measure").loc["segments", "items"]
    assert all("人工智能" not in names for names in ask("companies-across-layers")["segment"])


def test_states_of_a_city_tell_stated_from_not_recorded() -> None:
    answer = ask("chain-gaps", city="深圳").set_index("segment")
    assert answer["state"].to_dict() == {
        "智能芯片": "thin",  # 甲; 丁 has no city
        "智能语音": "thin",  # 乙, by its narrower segment
        "语音合成": "thin",
        "智能医疗": "thin",  # 丙, in a park
        "量子计算": "stated",  # 市规划
        "智能传感器": "not recorded",  # the province's plan speaks for the province
    }
    assert answer.loc["智能芯片", ["n", "n_elsewhere", "n_no_city"]].tolist() == [1, 0, 1]
    assert answer.loc["智能芯片", "disputed"] == ["甲"]
    assert answer.loc["语音合成", "stated_by"] == ["园中园"]
    assert answer.loc["量子计算", "layer"] == [], "a layer that nobody states is not invented"
    assert len(answer.loc["智能传感器", "sources"]) > 0
    capital = ask("chain-gaps", city="北京").set_index("segment")
    assert set(capital.query("state != 'not recorded'").index) == {"智能语音", "语音合成"}, "国家规划 is the ministry's"
    assert capital.loc["智能芯片", ["n", "n_elsewhere", "n_no_city"]].tolist() == [0, 1, 1]


def test_what_is_stated_goes_before_what_the_layers_suggest() -> None:
    answer = ask("feeds-segment", segment="智能语音")
    assert pairs(answer, "name", "basis") == {"智能芯片": "stated", "智能传感器": "by layer"}
    assert pairs(answer, "name", "n") == {"智能芯片": 2, "智能传感器": 0}
    assert pairs(ask("feeds-segment", segment="智能语音", source="图表7"), "name", "basis") == {"智能芯片": "stated"}
    # of the layer two above nothing is said: only the next one counts
    assert set(ask("feeds-segment", segment="智能医疗")["name"]) == {"智能语音", "语音合成"}


def test_layers_are_those_stated_and_those_of_segments() -> None:
    answer = ask("companies-across-layers")
    assert pairs(answer, "name", "layer") == {"丁": ["基础层", "应用层"]}
    assert ask("companies-across-layers", source="白皮书").empty
    assert ask("companies-across-layers", layer="基础层,技术层").empty


# -- computing power -----------------------------------------------------------------------------------


def test_units_and_states_are_never_added_up() -> None:
    frame = ask("compute-by-region")

    def of(region: str | None) -> dict[tuple[str | None, str], tuple[int, float | None]]:
        chosen = frame[frame["region"] == region] if region else frame[frame["region"].isna()]
        return {
            (r.unit if isinstance(r.unit, str) else None, r.state): (r.n, None if pd.isna(r.value) else r.value)
            for r in chosen.itertuples()
        }

    delta = {
        ("PFLOPS", "actual"): (1, 100.0),  # 100 and 120 are stated; the graph has chosen 100
        ("POPS", "actual"): (1, 800.0),
        ("PFLOPS", "planned"): (1, 500.0),  # 50 is a stage on the way to 500
        ("EOPS", "peak"): (1, 10.0),  # in a city of the region; 5000 架 is no computing power
    }
    assert of("珠三角") == of("大湾区") == delta
    assert of(None) == {(None, "not recorded"): (1, None)}
    other = ask("compute-by-region", region="珠三角", source="图表3,图表31")
    assert ("EOPS", "peak") not in set(zip(other["unit"], other["state"], strict=True)), "the city's region is of 图表9"


def test_what_is_not_recorded_has_no_number_and_no_sources() -> None:
    # 北京市 has a firm, but no park, policy of its own, or computing centre.
    profile = ask("cluster-profile", city="北京").set_index("measure")
    for measure in ("parks", "policies", "compute centres"):
        assert profile.loc[measure, "state"] == "not recorded"
        assert pd.isna(profile.loc[measure, "n"])
        assert profile.loc[measure, "sources"] == []
    assert profile.loc["firms", "n"] == 1


def test_figures_of_computing_power_keep_their_units_ranges_and_times() -> None:
    def center(name: str, **figure: Any) -> tuple[dict[str, Any], ...]:
        base = {"aliases": [], "as_of": None, "method": "table", "confidence": 1.0}
        cited = [f"{PAPER}#L{len(name)};图表3;算力"]
        ends = {"subject": f"center:{name}", "object": f"observation:{name}"}
        return (
            {"id": f"center:{name}", "name": name, "sources": cited} | base,
            {"id": f"observation:{name}", "name": "算力", "sources": cited, "indicator": "算力"} | base | figure,
            {"id": f"OBSERVED:{name}", "sources": cited} | ends | base,
        )

    made = [
        center("甲", value=100.0, unit="P", qualifier=["exact"]),  # 100P
        center("乙", value=5e14, unit="次/秒", qualifier=["exact"]),  # 500万亿次/秒
        center("丙", value=100.0, value_max=200.0, unit="PFLOPS", qualifier=["range"]),
        center("丁", value=40.0, unit="PFLOPS", qualifier=["exact"]),
        center("戊", value=1.16, unit="EOPS", qualifier=["exact"], period="2019"),
        center("己", value=30.0, unit="亿元", qualifier=["exact"]),
    ]
    nodes = {"ComputeCenter": [m[0] for m in made], "Observation": [m[1] for m in made]}
    store = EmbeddedStore(KnowledgeGraph.from_rows(nodes, {"OBSERVED": [m[2] for m in made]}))
    found = CATALOGUE.ask(store, "compute-by-region", {}).set_index("unit").astype(object)
    assert found.loc["P", "value"] == 100
    assert found.loc["次/秒", "value"] == 5e14
    assert found.loc["PFLOPS", ["value", "value_max", "n_ranges"]].tolist() == [140, 240, 1]
    assert found.loc["EOPS", "period"] == ["2019"]
    assert pd.isna(found.loc["EOPS", "value_max"])
    assert "亿元" not in found.index
    assert found[found["state"] == "not recorded"]["centers"].tolist() == [["己"]]


@pytest.mark.parametrize(("name", "given"), [("parks-of-city", {"city": ""}), ("chain-gaps", {"source": " , "})])
def test_an_empty_parameter_is_said_to_be_empty(name: str, given: dict[str, str]) -> None:
    (parameter,) = given
    with pytest.raises(QueryError, match=rf"parameter {parameter} is empty; write a value .* or leave {parameter} out"):
        ask(name, **given)


@every_query
def test_headings_name_columns_and_show_no_code(query: Query) -> None:
    for lang in ("zh", "en"):
        for column, title in titles_of(query, lang).items():
            codes = {*next(c for c in query.columns if c.name == column).codes, column} - {"id", "state", "level"}
            assert title.split()[0] not in codes - ({column} if lang == "en" else set()), title


def test_same_city_firms_share_segments_but_not_the_root() -> None:
    answer = ask("co-located-firms", company="甲")
    assert sorted(zip(answer["name"], answer["city"], strict=True)) == [
        ("丙", "深圳市"),
        ("乙", "深圳市"),
        ("同名", "深圳市"),
    ]
    assert all(shared == [] for shared in answer["shared"])
    assert pairs(ask("co-located-firms", company="丙"), "name", "disputed") == {"乙": False, "同名": False, "甲": True}


# Columns that tell of the sources themselves, under another name.
OF_SOURCES = {"documents"}


def test_rows_without_any_source_are_still_rows() -> None:
    rows = {label: frame.to_dict("records") for label, frame in GRAPH.nodes.items()}
    edges = {
        kind: [{**row, "sources": None} for row in frame.to_dict("records")] for kind, frame in GRAPH.edges.items()
    }
    bare = EmbeddedStore(KnowledgeGraph.from_rows(rows, edges))
    for query in CATALOGUE:
        if query.theme == "evidence":  # they ask about the sources: without any they answer otherwise
            continue
        given = GIVEN.get(query.name, {})
        one, other = CATALOGUE.ask(bare, query.name, given), CATALOGUE.ask(STORE, query.name, given)
        columns = [c for c in one.columns if not c.startswith("source") and c not in OF_SOURCES]
        assert_equal_rows(one[columns], other[columns], query.name)
