"""Every measure of the graph: its words, its parameters, its answer with defaults, and `aikg analyze` around it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from cli_support import run

import aikg
from aikg.graph.analysis.catalogue import analyze, load_measures, measure_named
from aikg.graph.analysis.measure import CODES, GROUPS, Measure
from aikg.graph.analysis.page import measures_page
from aikg.graph.knowledge_graph import KnowledgeGraph
from aikg.ontology.errors import QueryError
from aikg.pipeline import build_graph

GRAPH = build_graph()[0]
MEASURES = list(load_measures().values())
every_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda m: m.name)
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("measures") / "graph"
    aikg.Graph(frames=GRAPH).save(path)
    return str(path)


@every_measure
def test_everything_is_said_in_both_languages(measure: Measure) -> None:
    assert measure.group in GROUPS
    texts = [measure.title, measure.method, *measure.parameters.values(), *measure.columns.values()]
    for zh, en in texts:
        assert re.search(r"[\u4e00-\u9fff]", zh) or re.match(r"[A-Z]{3}", zh), zh
        assert re.search(r"[A-Za-z]", en), en
    assert set(measure.parameters) == set(measure.signature())


@every_measure
def test_it_answers_with_its_defaults_and_says_what_was_counted(measure: Measure) -> None:
    found = measure.compute(GRAPH)
    assert set(map(str, found.columns)) <= set(measure.columns)
    assert "n" in found.columns or "n" in found.attrs
    assert "by" in found.attrs
    assert len(found) or found.attrs["note"], "no row is explained"
    if "sources" in found.columns:
        for cited in found["sources"]:
            assert list(cited) == sorted(set(cited))
    again = measure.compute(GRAPH)
    assert found.equals(again), "the same every time"


@every_measure
def test_an_empty_graph_is_one_clear_line_or_an_explained_empty_answer(measure: Measure) -> None:
    try:
        found = measure.compute(KnowledgeGraph())
    except (QueryError, ValueError) as error:
        said = str(error)
    else:
        said = "" if len(found) else str(found.attrs["note"])
        assert len(found) or said
    assert "\n" not in said


def test_codes_are_codes_of_columns() -> None:
    columns = {name for measure in MEASURES for name in measure.columns}
    assert set(CODES) <= columns


def test_values_may_be_text() -> None:
    as_text = analyze(GRAPH, "location_quotient", {"min_count": "1", "level": "City"})
    assert as_text.equals(analyze(GRAPH, "location-quotient", {"min_count": 1}))
    assert len(as_text) > 30


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("location-quotent", {}, "did you mean location-quotient"),
        ("weather", {}, "there are"),
        ("chain-states", {"city": "深圳"}, "known are place"),
        ("chain-states", {"place": "深川"}, "深川"),
        ("chain-states", {"k": "many"}, "whole number"),
        ("chain-states", {"place": " "}, "is empty"),
        ("centrality", {"kind": "importance"}, "pagerank"),
        ("communities", {"method": "best"}, "leiden"),
    ],
)
def test_mistakes_are_named_with_what_there_is(name: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(QueryError) as caught:
        analyze(GRAPH, name, given)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_names_may_be_written_with_underscores() -> None:
    assert measure_named(" Chain_States ").name == "chain-states"


def test_the_page_in_the_docs_is_the_measures() -> None:
    assert (ROOT / "docs" / "measures.md").read_text(encoding="utf-8") == measures_page()


# -- the command line -------------------------------------------------------------------------------


def test_the_list(folder: str) -> None:
    shown = run("analyze", "--format", "json", "--graph", folder)
    assert [row["name"] for row in json.loads(shown.stdout)] == [m.name for m in MEASURES]
    assert "location-quotient" in run("analyze", lang="en").stdout
    explained = run("analyze", "location-quotient", "--explain").stdout
    assert "区位商" in explained
    assert "min_count" in explained


@every_measure
def test_each_is_printed_in_both_languages(folder: str, measure: Measure) -> None:
    for lang in ("zh", "en"):
        shown = run("analyze", measure.name, "--graph", folder, lang=lang)
        assert shown.exit_code == 0, shown.stderr
    rows = json.loads(run("analyze", measure.name, "--graph", folder, "--format", "json").stdout)
    assert all(set(row) <= set(measure.columns) for row in rows)


def test_a_source_left_out(folder: str) -> None:
    # 图表3 and 图表5 together hold 深圳's three firms of 大数据 (图表3, lines 190–192): without 图表3 they are gone.
    whole = json.loads(run("analyze", "chain-states", "place=深圳", "--graph", folder, "--format", "json").stdout)
    left = json.loads(
        run("analyze", "chain-states", "place=深圳", "--without", "图表3", "--graph", folder, "--format", "json").stdout
    )
    n = [{row["segment"]: row["n"] for row in rows}.get("大数据") for rows in (whole, left)]
    assert n[0] == 3
    assert n[1] in (None, 0)
    alone = json.loads(
        run(
            "analyze", "location-quotient", "--only", "图表3", "--only", "图表4", "--graph", folder, "--format", "json"
        ).stdout
    )
    assert {entry.split(";")[1] for row in alone for entry in row["sources"]} <= {"图表3", "图表4"}


def test_places_side_by_side(folder: str, tmp_path: Path) -> None:
    path = tmp_path / "compared.xlsx"
    shown = run("compare", "深圳", "杭州", "--graph", folder, "-o", str(path))
    assert shown.exit_code == 0, shown.stderr
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    assert {"深圳市", "杭州市"} <= set(rows[0])
    # 15 and 17 parks: 图表46 and 图表49 of the white paper, as in parks-of-city.
    parks = next(row for row in rows if row[0] == "parks")
    assert (parks[rows[0].index("深圳市")], parks[rows[0].index("杭州市")]) == (15, 17)
    assert run("compare", "深圳", "--graph", folder).exit_code == 2
    unknown = run("compare", "深圳", "深川", "--graph", folder)
    assert unknown.exit_code == 1
    assert "深川" in unknown.stderr
    long = json.loads(run("compare", "深圳", "杭州", "--long", "--graph", folder, "--format", "json").stdout)
    centre = next(row for row in long if row["measure"] == "centres" and row["place"] == "深圳市")
    assert (centre["value"], centre["n"], centre["state"]) == (None, None, "not recorded")


def test_the_cypher_of_a_question() -> None:
    statement = run("queries", "parks-of-city", "--cypher").stdout
    assert "MATCH (p:Park)" in statement
    assert "from_source" not in statement
    assert "CONTAINS piece" in statement
    assert run("queries", "--cypher").exit_code == 2
