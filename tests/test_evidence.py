"""`why`, `conflicts`, `sources`, citations and hints: what people see when they defend a number."""

from __future__ import annotations

from pathlib import Path

import pytest

import aikg
from aikg.graph.citations import cite, parse_source
from aikg.graph.stores.misspelt import unknown_names
from aikg.ontology.errors import GraphError
from aikg.ontology.language import speaking

TITLE = "2023人工智能发展白皮书"


@pytest.fixture(scope="module")
def kg() -> aikg.Graph:
    return aikg.build()


def test_why_shows_each_statement_with_its_line(kg: aikg.Graph) -> None:
    # 图表3 line 185 and 图表4 line 220 date the founding of 奥比中光 differently
    rows = kg.why("奥比中光", "founded")
    said = [(r.value, r.shown, r.source.partition("#")[2]) for r in rows.itertuples()]
    assert said == [("2013-01-08", True, "L185;图表3;成立日期"), ("2013-01-18", False, "L220;图表4;成立日期")]
    assert kg.why("奥比中光", "成立日期").equals(rows), "a property by its Chinese label"


def test_why_of_a_relation_that_is_disputed(kg: aikg.Graph) -> None:
    rows = kg.why("company:商汤科技", "LOCATED_IN")
    # 图表4 lines 225 and 233; prose names the firm in 深圳市 once more
    assert {(r.value, r.shown) for r in rows.itertuples()} == {("北京市", True), ("深圳市", False)}


def test_a_stated_blank_is_shown_as_such(kg: aikg.Graph) -> None:
    rows = kg.why("平安科技", "financing_stage").sort_values("raw")
    assert sorted((r.raw, r.value is None or r.value != r.value) for r in rows.itertuples()) == [
        ("—", True),
        ("战略融资", False),
    ]


def test_each_document_speaks_as_of_its_own_date(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("企业名称,细分领域,所在城市\n华为,智能终端,深圳市\n", encoding="utf-8")
    rows = aikg.build(tmp_path / "mine.csv", with_data_set=True).why("华为", "OPERATES_IN")
    dates = {(r.value, r.source.partition("#")[2].split(";")[0]): r.as_of for r in rows.itertuples()}
    assert dates["智能终端", "L264"] == "2023-03"
    mine = dates["智能终端", "L2"]
    assert mine is None or mine != mine, "a sheet without a date has none, whatever else says the same"


@pytest.mark.parametrize(
    ("word", "said"), [("华力", "no node with the id or name"), ("国家人工智能战略", "names 2 nodes")]
)
def test_unknown_and_ambiguous_names(kg: aikg.Graph, word: str, said: str) -> None:
    with pytest.raises(GraphError, match=said):
        kg.why(word)


def test_unknown_property(kg: aikg.Graph) -> None:
    with pytest.raises(GraphError, match="has no property or relation 'colour'; known are founded"):
        kg.why("华为", "colour")


def test_sources_say_how_much_rests_on_them(kg: aikg.Graph) -> None:
    rows = {row["name"]: row for row in kg.sources().to_dict("records")}
    assert len(rows) == 5, "the data set holds all five documents"
    row = rows[TITLE]
    assert (row["name"], row["publisher"], row["published"]) == (TITLE, "深圳市人工智能行业协会", "2023-03")
    stated = kg.frames.edges["STATED_IN"]
    said = kg.frames.statements["source"]
    for row in rows.values():
        assert row["nodes"] == (stated["object"] == row["id"]).sum()
        assert row["statements"] == (said == row["id"]).sum()


@pytest.mark.parametrize(
    ("entry", "zh", "en"),
    [
        ("src:a76a81ffa34b#L178;图表3;企业简称", f"《{TITLE}》图表3，第178行", f"“{TITLE}”, 图表3, line 178"),
        ("src:a76a81ffa34b#L178", f"《{TITLE}》第178行", f"“{TITLE}”, line 178"),
        ("src:a76a81ffa34b#L2;firms;企业", f"《{TITLE}》“firms”，第2行", f"“{TITLE}”, firms, line 2"),
        ("GB/T 2260", "GB/T 2260", "GB/T 2260"),
    ],
)
def test_citations(entry: str, zh: str, en: str) -> None:
    titles = {"src:a76a81ffa34b": TITLE}
    assert cite(entry, titles) == zh
    assert cite(entry, titles, "en") == en


def test_what_is_no_citation_is_not_parsed() -> None:
    assert parse_source("src:xyz#L1") is None
    assert parse_source("src:a76a81ffa34b") is not None


@pytest.mark.parametrize(
    ("cypher", "note"),
    [
        ("MATCH (c:Compny) RETURN c.name", "the ontology has no 'Compny' (Company?)"),
        (
            "MATCH (c:Company)-[:LOCATEDIN]->(x) RETURN c.nmae",
            "the ontology has no 'LOCATEDIN' (LOCATED_IN?), no 'nmae' (name?)",
        ),
        ("MATCH (c:Company|Park) WHERE c.founded_year > 2000 RETURN {x: c.name} AS m", None),
        ("RETURN 'c:Compny' AS text // (c:Compny)", None),
        ("UNWIND $rows AS r RETURN r.anything", None),
        ("RETURN date.truncate('year', date())", None),
        ("RETURN 'open", None),
    ],
)
def test_misspelt_names_are_named(cypher: str, note: str | None) -> None:
    assert unknown_names(cypher) == note


def test_the_note_comes_with_the_answer_and_in_chinese_too(kg: aikg.Graph) -> None:
    assert "Company?" in kg.cypher("MATCH (c:Compny) RETURN c.name AS n").attrs["note"]
    assert "note" not in kg.cypher("MATCH (c:Company) RETURN c.name AS n LIMIT 1").attrs
    with speaking("zh"):
        assert unknown_names("MATCH (c:Compny) RETURN c") == "本体里没有“Compny”（是不是 Company？）"
