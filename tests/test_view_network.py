"""The network page: what it holds and what it leaves out."""

from __future__ import annotations

from typing import Any

import pytest
from explorer_page import Shown
from hypothesis import given
from hypothesis import strategies as st
from sample_graph import sample_graph

from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.views.explorer.choose import DEFAULT_LABELS
from aikg.graph.views.explorer.network import network
from aikg.graph.views.explorer.payload import column, packed, unpacked
from aikg.ontology.errors import GraphError, SchemaError
from aikg.ontology.schema import load_schema


@pytest.fixture(scope="module")
def page() -> Shown:
    return Shown(network(sample_graph()).html)


# What the page holds ----------------------------------------------------------------------------------------


def test_draws_what_a_reader_can_take_in_and_nothing_else(page: Shown) -> None:
    graph = sample_graph()
    expected = {i for label in DEFAULT_LABELS if label in graph.nodes for i in graph.nodes[label]["id"]}
    assert set(page.ids) == expected
    drawn = set(page.labels)
    assert not drawn & {"Observation", "Conflict", "Source"}
    kinds = set(page.types)
    assert {"OPERATES_IN", "LOCATED_IN", "PART_OF", "FOCUSES_ON", "ISSUED_BY"} <= kinds
    assert not kinds & {"OBSERVED", "HAS_CONFLICT", "STATED_IN"}
    assert page.data["names"][page.ids.index("company:小马智行")] == "小马智行"
    assert len(page.edges) == len(set(page.edges))


def test_legend_names_labels_in_the_language_of_the_page(page: Shown) -> None:
    names = {one["key"]: one["name"] for one in (*page.data["labels"], *page.data["relations"])}
    assert names["Company"] == "企业"
    assert names["LOCATED_IN"] == load_schema().relations["LOCATED_IN"].label["zh"]
    english = Shown(network(sample_graph(), lang="en").html)
    assert {one["key"]: one["name"] for one in english.data["labels"]}["Company"] == "Company"
    assert english.data["words"]["not_recorded"] == "not recorded"
    assert page.labels[:3] == ["ChainLayer", "ChainSegment", "Industry"]


def test_panel_says_where_each_value_comes_from(page: Shown) -> None:
    # 003, 图表3 L185 and 图表4 L220: 奥比中光, founded 2013-01-08 and 2013-01-18
    stated = page.details("company:奥比中光")["stated"]
    founded = page.told["columns"]["Company"].index("成立日期")
    cites = page.told["cites"]
    said = {entry["value"]: [cites[at]["text"] for at in entry["cites"]] for entry in stated[str(founded)]}
    assert said == {
        "2013-01-08": ["《2023人工智能发展白皮书》图表3，第185行"],
        "2013-01-18": ["《2023人工智能发展白皮书》图表4，第220行"],
    }


def test_panel_shows_contradictions_with_both_sides(page: Shown) -> None:
    (conflict,) = page.details("company:奥比中光")["conflicts"]
    assert conflict["text"].startswith("成立日期")
    assert [value["value"] for value in conflict["values"]] == ["2013-01-08", "2013-01-18"]
    assert all(len(value["cites"]) == 1 for value in conflict["values"])
    disputed = {i for i, ring in zip(page.ids, page.data["disputed"], strict=True) if ring}
    assert disputed == {"company:奥比中光", "company:商汤科技"}
    # a relation that differs is named as a relation
    (place,) = page.details("company:商汤科技")["conflicts"]
    assert place["text"].startswith(load_schema().relations["LOCATED_IN"].label["zh"])


def test_unknown_is_null_and_figures_keep_their_qualifier(page: Shown) -> None:
    # 003 L992: 1400 PFLOPS（预计), so today's value is not recorded; L999: 不详
    center = "center:腾讯长三角人工智能计算中心"
    capacity = load_schema().labels["ComputeCenter"].properties["capacity_value"].label["zh"]
    assert page.values(center)[capacity] is None
    (fact,) = page.details(center)["facts"]
    assert page.told["facts"][fact]["text"] == "算力：1,400PFLOPS（预测）"
    assert "facts" not in page.details("center:太湖量子智算中心")
    assert page.values("center:横琴人工智能超算中心")[capacity] == "1.16"


def test_codes_are_shown_as_words(page: Shown) -> None:
    edge = next(at for at, e in enumerate(page.edges) if e[:2] == ("LOCATED_IN", "company:小马智行"))
    role = page.told["columns"]["LOCATED_IN"].index("地点作用")
    assert page.told["edges"][edge]["values"][role] == "总部"


def test_a_statement_of_the_shown_value_is_not_called_another_one() -> None:
    graph = sample_graph()
    rows = {label: frame.to_dict("records") for label, frame in graph.nodes.items()}
    firm, center = "company:商汤科技", "center:横琴人工智能超算中心"
    for row in rows["Company"]:
        if row["id"] == firm:
            row["listed"] = True
    for row in rows["ComputeCenter"]:
        if row["id"] == center:
            row["capacity_value"] = 1400
    cited = {"raw": "x", "source": "src:a76a81ffa34b", "as_of": "2023", "method": "table", "confidence": 1.0, "line": 1}
    said = [
        {"label": label, "id": node, "property": name, "value": value, "locator": f"L{at};图表3;栏", **cited}
        for at, (label, node, name, value) in enumerate(
            [
                ("Company", firm, "listed", "true"),
                ("Company", firm, "listed", "false"),
                ("ComputeCenter", center, "capacity_value", "1400.0"),
                ("ComputeCenter", center, "capacity_value", "1400"),
            ],
            1,
        )
    ]
    edges = {kind: frame.to_dict("records") for kind, frame in graph.edges.items()}
    page = Shown(network(KnowledgeGraph.from_rows(rows, edges, said, {})).html)

    def shown(label: str, node: str, name: str) -> tuple[Any, list[Any]]:
        title = load_schema().labels[label].properties[name].label["zh"]
        at = page.told["columns"][label].index(title)
        return page.values(node)[title], [e["value"] for e in page.details(node)["stated"][str(at)]]

    assert shown("Company", firm, "listed") == ("是", ["是", "否"])
    assert shown("ComputeCenter", center, "capacity_value") == ("1,400", ["1,400"]), "both statements are the value"


def test_foot_says_when_and_from_what(page: Shown) -> None:
    assert page.data["footer"] == ["截至 2022", "来源：《2023人工智能发展白皮书》"]
    assert page.data["words"]["absent"] == "不在图中 = 未见记载，不等于没有"


def test_ancestors_from_the_code_table_have_no_source(page: Shown) -> None:
    assert page.details("province:440000")["sources"] == []
    assert page.data["aliases"][str(page.ids.index("city:440300"))] == ["深圳"]


# What is chosen ---------------------------------------------------------------------------------------------


def test_around_follows_relations_in_both_directions() -> None:
    near = network(sample_graph(), around="company:小马智行")
    assert set(near.data["ids"]) == {
        "company:小马智行",
        "segment:智能运载工具",
        "layer:应用层",
        "city:110000",
    }
    assert near.title == "“小马智行”周围 1 步"
    further = set(network(sample_graph(), around="小马智行", depth=2).data["ids"])
    assert {"company:大疆创新", "park:110000:中关村科学城"} <= further
    assert network(sample_graph(), around="深圳", depth=0).data["ids"] == ["city:440300"]


def test_around_a_node_that_is_not_drawn_by_default() -> None:
    observation = sample_graph().nodes["Observation"]["id"].iloc[0]
    assert observation in network(sample_graph(), around=observation).data["ids"]


def test_labels_and_relations_are_chosen() -> None:
    net = Shown(network(sample_graph(), labels=["Company", "City"], relations=["LOCATED_IN"]).html)
    assert set(net.labels) == {"Company", "City"}
    assert net.types == ["LOCATED_IN"]
    event = network(sample_graph(), labels=["Company", "University"])
    assert event.notes == ("图谱中没有这些类型的节点：高校。",)


def test_a_cut_keeps_the_skeleton_and_says_what_is_missing() -> None:
    whole = network(sample_graph())
    net = network(sample_graph(), limit=40)
    assert len(net.data["ids"]) == 40
    (note,) = net.notes
    assert f"{len(whole.data['ids'])} 个节点中的 40 个" in note
    assert all(word in note for word in ("labels", "around", "limit")), "what to do about it"
    assert {"layer:基础层", "segment:智能芯片", "city:440300"} <= set(net.data["ids"])
    (near,) = network(sample_graph(), around="深圳", limit=5).notes
    assert "按距离" in near


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"labels": ["Compny"]}, SchemaError, "did you mean Company"),
        ({"relations": ["located in"]}, SchemaError, "'located in' is not in the ontology"),
        ({"around": "小马智形"}, GraphError, "小马智行"),
        ({"lang": "fr"}, SchemaError, "not one of zh, en"),
        ({"layout": "circle"}, ValueError, "bands, places, force"),
        ({"size": "colour"}, ValueError, "size 'colour' is not one of same, degree"),
        ({"color": "red"}, ValueError, "color 'red' is not one of label"),
        ({"limit": 0}, ValueError, "limit at least 1"),
    ],
)
def test_errors_name_the_thing_and_the_cure(arguments: dict[str, Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words) as caught:
        network(sample_graph(), **arguments)
    assert "\n" not in str(caught.value)


def test_an_empty_graph_makes_a_page() -> None:
    data = Shown(network(KnowledgeGraph()).html).data
    assert data["ids"] == []
    assert data["footer"] == ["时点未见记载", "来源：未见记载"]


# Large graphs ------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 255)))
def test_columns_come_back(values: list[int]) -> None:
    assert unpacked({"x": column(values, "u1")})["x"].tolist() == values


def test_long_data_travel_compressed_and_the_same_each_time() -> None:
    data = {"names": [f"企业{k}</script>" for k in range(30_000)]}
    made = packed(data)
    assert set(made) == {"gzip"}
    assert made == packed(data)
    assert unpacked(made) == data
    assert packed({"names": ["a"]}) == {"names": ["a"]}


def test_a_large_graph_leaves_details_out_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aikg.graph.views.explorer.network.DETAILS_UP_TO", 20)
    made = network(sample_graph())
    assert made.data["details"] is None
    assert any("around" in note for note in made.notes)
    assert made.data["footer"] == ["截至 2022", "来源：《2023人工智能发展白皮书》"]
    disputed = unpacked(dict(made.data))["disputed"]
    assert {i for i, ring in zip(made.data["ids"], disputed, strict=True) if ring} == {
        "company:奥比中光",
        "company:商汤科技",
    }
