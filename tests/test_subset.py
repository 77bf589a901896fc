"""A graph without a source, or of some only, against graphs that were built so."""

from __future__ import annotations

import pytest

from aikg.graph.check import check
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.graph.stores.embedded import EmbeddedStore
from aikg.graph.subset import only, without
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
PAPER = "2023人工智能发展白皮书"


def ids(graph: KnowledgeGraph, label: str) -> set[str]:
    return set(graph.nodes[label]["id"]) if label in graph.nodes else set()


def test_without_nothing_is_the_graph_itself() -> None:
    same = without(GRAPH, [])
    assert same.counts() == GRAPH.counts()
    for name, frame in {**GRAPH.nodes, **GRAPH.edges}.items():
        assert {**same.nodes, **same.edges}[name].equals(frame), name


def test_only_three_tables() -> None:
    # 图表3, 4, 5 of the white paper have 70 rows of firm and segment, of 63 firms in 9 cities (counted in the document).
    tables = only(GRAPH, ["图表3", "图表4", "图表5"])
    assert len(tables.edges["OPERATES_IN"]) == 70
    assert len(tables.nodes["Company"]) == 63
    assert len(tables.nodes["City"]) == 9
    assert set(tables.nodes["Source"]["name"]) == {PAPER}
    assert {entry.split(";")[1] for cell in tables.edges["OPERATES_IN"]["sources"] for entry in cell} == {
        "图表3",
        "图表4",
        "图表5",
    }
    # Provinces and the country of these cities come from the code table, and nothing else does.
    assert ids(tables, "Country") == {"country:CN"}


def test_what_only_a_table_states_goes_with_it() -> None:
    # The 13 listings stand in 图表31 alone; 寒武纪's founding stands there too, but its segment elsewhere.
    left = without(GRAPH, ["图表31"])
    assert "HAS_EVENT" in GRAPH.edges
    assert "HAS_EVENT" not in left.edges
    assert not any(
        ";图表31;" in f"{entry};" for frame in left.edges.values() for cell in frame["sources"] for entry in cell
    )


def test_a_value_is_chosen_anew_from_what_stays() -> None:
    # 奥比中光: founded 2013-01-08 in 图表3 (line 185) and another date in 图表4 (line 220); 图表3's is shown.
    def founded(graph: KnowledgeGraph) -> str:
        frame = graph.nodes["Company"].set_index("id")
        return str(frame.loc["company:奥比中光", "founded"])

    said = GRAPH.statements[
        (GRAPH.statements["id"] == "company:奥比中光") & (GRAPH.statements["property"] == "founded")
    ]
    values = {str(row.locator).split(";")[1]: str(row.value) for row in said.itertuples()}
    assert len(set(values.values())) > 1
    assert founded(only(GRAPH, ["图表4"])) == values["图表4"]
    assert founded(only(GRAPH, ["图表3"])) == values["图表3"]
    year = only(GRAPH, ["图表4"]).nodes["Company"].set_index("id").loc["company:奥比中光", "founded_year"]
    assert year == int(values["图表4"][:4])


def test_a_contradiction_goes_when_one_side_does() -> None:
    both = only(GRAPH, ["图表3", "图表4"])
    of_founding = [row for row in both.nodes["Conflict"].to_dict("records") if row["property"] == "founded"]
    assert of_founding
    alone = only(GRAPH, ["图表3"])
    assert not any(
        row["name"] == of_founding[0]["name"]
        for row in alone.nodes.get("Conflict", both.nodes["Conflict"].head(0)).to_dict("records")
    )


@pytest.mark.parametrize(
    "sources", [["图表3", "图表4", "图表5"], ["图表49"], [PAPER], ["《2023人工智能发展白皮书》图表31"]]
)
def test_what_is_left_is_whole(sources: list[str]) -> None:
    for graph in (only(GRAPH, sources), without(GRAPH, sources)):
        found = check(graph)
        assert not len(found[found["severity"] == "Violation"])
        EmbeddedStore(graph).close()


@pytest.mark.parametrize("source", ["图表99", "没有的文件"])
def test_an_unknown_source_is_named(source: str) -> None:
    with pytest.raises(QueryError, match=f"source '{source}' is no table"):
        without(GRAPH, [source])
