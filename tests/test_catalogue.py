"""The catalogue itself: headers, parameters, the page. No store is asked here."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.graph.source_filter import matches, table_name
from aikg.graph.stores import portable, readonly
from aikg.ontology.concepts import load_concepts
from aikg.ontology.errors import QueryError
from aikg.ontology.schema import load_schema
from aikg.queries.catalogue import Query, load_catalogue
from aikg.queries.page import document
from aikg.queries.parameters import convert
from aikg.queries.parse import LANGUAGES, parse_query
from aikg.queries.sources import keep

CATALOGUE = load_catalogue()
ROOT = Path(__file__).resolve().parents[1]
every_query = pytest.mark.parametrize("query", list(CATALOGUE), ids=lambda q: q.name)

# architecture.md, "Names of the first questions"
FIRST_QUESTIONS = {
    "companies-in-segment", "companies-across-layers", "cities-full-chain", "firms-by-city-and-layer", "parks-by-focus",
    "parks-of-city", "policies-of-place", "policies-by-year", "compute-by-region", "listings-of-year", "cluster-profile",
    "feeds-segment", "chain-gaps", "neighbourhood", "co-located-firms", "contradictions",
}  # fmt: skip
PARAMETERS = {
    "city", "province", "region", "country", "layer", "segment", "technology", "field", "park", "policy", "programme",
    "indicator", "year", "source", "company", "id",
    # more of the same kinds: another thing to compare with, limits of a list, times, code lists
    "other", "place", "places", "scenario", "industry", "kind", "level", "stage", "maturity", "framework", "relation", "label",
    "since", "until", "least", "most", "steps", "other_source", "unit", "district", "center", "institution",
}  # fmt: skip
# Questions that count and take `source`; the others list or look up, and take it as well.
KEY_COLUMNS = {"name", "city", "layer", "segment", "n", "value", "unit", "period", "state", "sources"}


def test_the_first_questions_are_all_there() -> None:
    assert set(CATALOGUE.names()) >= FIRST_QUESTIONS
    assert len(CATALOGUE) == len(CATALOGUE.names())


def test_each_file_is_one_question_and_bears_its_name() -> None:
    folder = resources.files("aikg.queries") / "cypher"
    found = {(t.name, f.name) for t in folder.iterdir() if t.is_dir() for f in t.iterdir()}
    assert found == {(q.theme, f"{q.name}.cypher") for q in CATALOGUE}


def test_listing_needs_neither_pandas_nor_an_engine_nor_rdflib() -> None:
    code = (
        "import sys\n"
        "from aikg.queries.catalogue import load_catalogue\n"
        "catalogue = load_catalogue(); catalogue.names(); catalogue.get('chain-gaps').defaults()\n"
        "print(','.join(sorted({'pandas', 'kglite', 'rdflib', 'neo4j', 'pyarrow'} & set(sys.modules))))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert done.stdout.strip() == ""


@every_query
def test_every_name_in_the_statement_is_declared_and_used(query: Query) -> None:
    used = set(re.findall(r"\$(\w+)", query.statement.replace("// $source:", "")))
    assert used == set(query.parameters)


@every_query
def test_parameters_and_columns_have_the_agreed_names(query: Query) -> None:
    assert set(query.parameters) <= PARAMETERS
    names = [column.name for column in query.columns]
    assert len(names) == len(set(names))
    assert "sources" in names
    assert KEY_COLUMNS & set(names) >= {"sources"}


@every_query
def test_everything_is_said_in_both_languages(query: Query) -> None:
    texts = [query.title, query.question, query.empty]
    texts += [p.description for p in query.parameters.values()] + [c.description for c in query.columns]
    texts += [query.method] if query.method else []
    for text in texts:
        assert set(text) == set(LANGUAGES)
        assert re.search(r"[\u4e00-\u9fff]", text["zh"])
        assert re.search(r"[A-Za-z]", text["en"])


@every_query
def test_labels_types_and_values_are_of_the_ontology(query: Query) -> None:
    schema = load_schema()
    known = set(schema.labels) | set(schema.relations)
    assert set(query.needs) <= known
    patterns = re.findall(r"[(\[]\w*:([A-Za-z_|]+)", query.statement)
    assert {name for pattern in patterns for name in pattern.split("|")} <= known
    for parameter in query.parameters.values():
        assert set(parameter.labels) <= set(schema.labels)
        if "." in parameter.values:
            label, _, name = parameter.values.partition(".")
            assert name in schema.node_columns(label)


@every_query
def test_codes_stand_where_the_header_says(query: Query) -> None:
    lists = {"label", "relation", "property", *load_concepts().code_lists()}
    for column in query.columns:
        assert column.scheme in lists | {""}
        for code in column.codes:
            assert f"'{code}'" in query.statement


@every_query
def test_statements_read_only_are_portable_and_end_in_an_id(query: Query) -> None:
    readonly.check(query.statement)
    portable.refuse(query.statement)
    assert query.statement.count("RETURN") >= 1
    order = query.statement[query.statement.rindex("ORDER BY") :]
    assert re.search(r"\bid\b", order), "equal rows need an order that ends in an id"


@every_query
def test_the_root_of_the_chain_counts_in_no_coverage(query: Query) -> None:
    counts_segments = query.name in {"chain-gaps", "cluster-profile", "feeds-segment", "companies-across-layers"}
    assert not counts_segments or "'segment:人工智能'" in query.statement


@every_query
def test_examples_convert(query: Query) -> None:
    assert query.examples or not query.parameters
    for example in query.examples:
        assert set(convert(query, example)) == set(query.parameters)


def test_unknown_names_are_answered_with_near_ones() -> None:
    with pytest.raises(QueryError, match=r"no question 'chain-gap'; did you mean chain-gaps"):
        CATALOGUE.get("chain-gap")
    with pytest.raises(QueryError, match="no question 'weather'; there are adjacent-segments, "):
        CATALOGUE.get("weather")
    with pytest.raises(QueryError, match="has no parameter 'segmnt'; known are segment, city, source"):
        convert(CATALOGUE.get("companies-in-segment"), {"segmnt": "x"})


def test_values_become_what_they_are() -> None:
    listings = CATALOGUE.get("listings-of-year")
    assert convert(listings, {})["year"] == 2022
    assert convert(listings, {"year": " 2021 "})["year"] == 2021
    assert convert(listings, {"year": None})["year"] == 2022, "None is not given"
    for wrong in ("abc", "2021.5", True, "1e999"):
        with pytest.raises(QueryError, match=r"year=.* is not a whole number"):
            convert(listings, {"year": wrong})
    segment = CATALOGUE.get("companies-in-segment")
    assert convert(segment, {"source": "图表3,图表4，图表5、图表3"})["source"] == ["图表3", "图表4", "图表5"]
    assert convert(segment, {"source": ["a,b"]})["source"] == ["a,b"], "a list is not split"
    with pytest.raises(QueryError, match="is not one text"):
        convert(segment, {"segment": ["a", "b"]})


def test_giving_one_of_a_group_drops_the_default_of_the_others() -> None:
    place = CATALOGUE.get("policies-of-place")
    assert convert(place, {})["city"] == "杭州市"
    given = convert(place, {"province": "浙江"})
    assert (given["city"], given["province"]) == ("", "浙江")
    assert convert(place, {"province": None})["city"] == "杭州市", "None is not given"
    with pytest.raises(QueryError, match="parameter province is empty"):
        convert(place, {"province": ""})
    with pytest.raises(QueryError, match="takes one of city, province, region, country; city and province are given"):
        convert(place, {"province": "浙江", "city": "杭州"})


HEADER = """// name: a
// theme: chain
// title.zh: 甲
// title.en: A
// question.zh: 甲？
// question.en: A long
//   question?
// parameter: year | integer | 2022 | | 年 | year
// returns: name | 名 | name
// returns: sources | 出处 | sources
// codes: name | a b = 甲乙, c = 丙
// example: year=2021
// empty.zh: 无
// empty.en: none

// a comment of the statement
RETURN 1
"""


def test_a_header_is_read() -> None:
    query = parse_query(HEADER, "a.cypher")
    assert query.question["en"] == "A long question?"
    assert query.parameters["year"].default == 2022
    assert [c.name for c in query.columns] == ["name", "sources"]
    assert [dict(c.codes) for c in query.columns] == [{"a b": "甲乙", "c": "丙"}, {}]
    assert query.examples == ({"year": "2021"},)
    assert query.statement == "// a comment of the statement\nRETURN 1"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// name: a\n", "", "the header has no name"),
        ("theme: chain", "theme: sports", "theme 'sports' is not one of chain"),
        ("// title.en: A\n", "", r"no title\.en"),
        ("| integer |", "| whole |", "datatype 'whole' of year"),
        ("year | integer | 2022 | | 年 | year", "year | integer", "has not the form name"),
        ("returns: name | 名 | name", "returns: name", "has not the form name"),
        ("codes: name |", "codes: nmae |", "'nmae' is no column"),
        ("c = 丙", "c", "has not the form column"),
        ("example: year=2021", "example: yaer=2021", "'yaer' is no parameter"),
        ("example: year=2021", "example: 2021", "has not the form name=value"),
        ("// empty.zh", "// empt.zh", "is no header line; keys are"),
        ("// name: a\n", "// name: a\n// name: b\n", "name is given twice"),
        ("RETURN 1", "", "no statement"),
        ("// name: a\n", "//   x\n// name: a\n", "line 1: nothing stands above"),
    ],
)
def test_a_bad_header_is_named(old: str, new: str, message: str) -> None:
    text = HEADER.replace(old, new)
    if not new and old == "RETURN 1":
        text = text.replace("// a comment of the statement\n", "")
    with pytest.raises(QueryError, match=rf"a\.cypher.*{message}"):
        parse_query(text, "a.cypher")


def test_the_page_in_the_docs_is_the_catalogue() -> None:
    written = (ROOT / "docs" / "queries.md").read_text(encoding="utf-8")
    assert written == document(CATALOGUE), "run `python -m aikg.queries.page > docs/queries.md`"


@every_query
def test_the_docs_list_every_question_with_its_parameters(query: Query) -> None:
    for lang in LANGUAGES:
        page = CATALOGUE.markdown(lang)
        section = page[page.index(f"### {query.name}\n") :]
        section = section[: section.find("\n### ", 5)]
        for name in [*query.parameters, *(c.name for c in query.columns)]:
            assert f"`{name}`" in section


@pytest.mark.parametrize(
    ("written", "table"),
    [
        ("图表3", "图表3"),
        ("图表 ３", "图表3"),
        ("圖表3", "图表3"),
        ("表1–2", "表1-2"),
        ("fig. 2", "Fig2"),
        ("TABLE 12", "Table12"),
        ("图表", None),
        ("白皮书", None),
        ("图表3a5", None),
        ("", None),
    ],
)
def test_numbers_of_tables(written: str, table: str | None) -> None:
    assert table_name(written) == table


@given(st.integers(1, 99), st.integers(1, 99))
def test_a_table_is_found_by_its_whole_number_only(asked: int, cited: int) -> None:
    citation = f"src:a76a81ffa34b#L178;图表{cited};企业简称"
    name = table_name(f"图表{asked}")
    assert matches(citation, [[f";{name};"]]) == (asked == cited)
    assert matches(f"src:a76a81ffa34b#L178;图表{cited}", [[f";{name};"]]) == (asked == cited)


def test_citations_are_kept_by_document_and_table() -> None:
    one, other = "src:aaaaaaaaaaaa#L1;图表3;甲", "src:bbbbbbbbbbbb#L1;图表3;甲"
    assert keep([other, one, one], []) == [one, other]
    assert keep([other, one], [["src:bbbbbbbbbbbb", ";图表3;"]]) == [other]
    assert keep([other, one], [["src:aaaaaaaaaaaa", ";图表4;"]]) == []
    assert keep(["src:aaaaaaaaaaaa"], [["src:aaaaaaaaaaaa"]]) == ["src:aaaaaaaaaaaa"]
