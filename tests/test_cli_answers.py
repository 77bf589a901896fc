"""What each command answers: tables, CSV and JSON, evidence, questions, pictures, files, and what Tab completes."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from cli_support import one_line, process, run, write_documents

import aikg
from aikg.cli.messages import title
from aikg.graph.evidence import CONFLICT_COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

    from neo4j_server import Server

COMPANIES = "MATCH (c:Company) RETURN c.name AS name, c.founded_year AS year, c.uscc AS uscc, "
COMPANIES += "c.aliases AS aliases, c.sources AS sources ORDER BY c.id"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the documents and the graph that was built of them."""
    folder = tmp_path_factory.mktemp("cli")
    aikg.build(*write_documents(folder), graph=folder / "aikg-graph").close()
    return folder


@pytest.fixture
def here(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, as the current folder: commands find ./aikg-graph."""
    monkeypatch.chdir(built)
    return built


# -- tables -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_json_is_flat_objects_with_lists_nulls_and_chinese_as_it_is() -> None:
    text = run("cypher", COMPANIES, "--format", "json").stdout
    assert "丁视觉" in text
    rows = json.loads(text)
    assert [row["name"] for row in rows] == ["丁视觉", "丙机器人", "乙芯片", "甲智能"]
    assert rows[0] == {"name": "丁视觉", "year": 2019, "uscc": None, "aliases": [], "sources": rows[0]["sources"]}
    assert all(entry.startswith("src:") for entry in rows[0]["sources"])


@pytest.mark.usefixtures("here")
def test_csv_has_empty_cells_for_unknown_and_joined_lists() -> None:
    rows = list(csv.DictReader(io.StringIO(run("cypher", COMPANIES, "--format", "csv").stdout)))
    assert rows[3]["name"] == "甲智能"
    assert rows[3]["uscc"] == ""
    assert [entry.partition("#")[2] for entry in rows[3]["sources"].split("; ")] == [
        "L2;firms;企业简称",
        "L7;图表3;企业简称",
    ]


@pytest.mark.usefixtures("here")
def test_a_table_says_not_recorded_and_a_true_zero_stays_zero() -> None:
    statement = "MATCH (c:Company {name: '乙芯片'}) RETURN c.uscc AS uscc, 0 AS n, true AS yes"
    assert run("cypher", statement).stdout.splitlines()[2].split() == ["未见记载", "0", "是"]
    assert run("cypher", statement, lang="en").stdout.splitlines()[2].split() == ["not", "recorded", "0", "yes"]
    assert json.loads(run("cypher", statement, "--format", "json").stdout) == [{"uscc": None, "n": 0, "yes": True}]


def test_output_file_tells_the_format_and_bom_is_for_excel(here: Path, tmp_path: Path) -> None:
    plain, marked, listed = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.json"
    result = run("conflicts", "-o", str(plain))
    assert result.stdout == ""
    assert str(plain) in one_line(result.stderr)
    assert run("conflicts", "-o", str(marked), "--bom").exit_code == 0
    assert run("conflicts", "-o", str(listed)).exit_code == 0
    assert marked.read_bytes() == b"\xef\xbb\xbf" + plain.read_bytes()
    assert b"\r" not in plain.read_bytes()
    assert plain.read_text(encoding="utf-8").splitlines()[0] == ",".join(CONFLICT_COLUMNS)
    assert list(json.loads(listed.read_text(encoding="utf-8"))[0]) == CONFLICT_COLUMNS
    assert run("conflicts", "--bom").stdout.startswith("\ufeffkind,")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv", "c.json"]


@pytest.mark.usefixtures("here")
def test_a_cut_answer_says_so_on_stderr() -> None:
    result = run("cypher", COMPANIES, "--limit", "2", "--format", "json")
    assert len(json.loads(result.stdout)) == 2
    assert "--limit" in one_line(result.stderr)
    assert run("cypher", COMPANIES, "--limit", "0", "--timeout", "0").stderr == ""


@pytest.mark.usefixtures("here")
def test_an_answer_without_rows_is_no_error_and_says_what_it_means() -> None:
    result = run("cypher", "MATCH (c:Company {name: '无'}) RETURN c.name AS name", "--format", "json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert "未见记载" in one_line(result.stderr)


# -- evidence -----------------------------------------------------------------------------------------


@pytest.mark.usefixtures("here")
def test_conflicts_with_citations() -> None:
    rows = json.loads(run("conflicts", "--cite", "--format", "json").stdout)
    assert [(row["subject"], row["property"], row["value_a"], row["value_b"]) for row in rows] == [
        ("甲智能", "founded", "2015-03-01", "2015-03-11")
    ]
    assert rows[0]["source_b"] == "《某市产业报告》图表3，第7行"
    english = json.loads(run("conflicts", "--cite", "--format", "json", lang="en").stdout)
    assert english[0]["source_b"] == "“某市产业报告”, 图表3, line 7"
    table = run("conflicts").stdout
    assert "不能同真" in table  # the code list's word for `hard`
    assert "取值不同" in table  # and for the kind `value`
    assert "founded 成立日期" in table


@pytest.mark.usefixtures("here")
def test_why_shows_each_statement_and_which_one_is_shown() -> None:
    rows = json.loads(run("why", "甲智能", "founded", "--format", "json").stdout)
    assert {(row["value"], row["shown"]) for row in rows} == {("2015-03-01", True), ("2015-03-11", False)}
    table = run("why", "甲智能", "founded", "--cite").stdout
    assert table.startswith("甲智能 (company:甲智能)\n")
    assert "《某市产业报告》图表3，第7行" in table


@pytest.mark.usefixtures("here")
def test_sources_lists_documents_and_shows_the_line_of_ones_own_copy() -> None:
    documents = {row["name"]: row for row in json.loads(run("sources", "--format", "json").stdout)}
    assert set(documents) == {"firms", "某市产业报告"}
    report = documents["某市产业报告"]["id"]
    right = run("sources", f"{report}#L7;图表3;成立日期", "--file", "report.md")
    assert right.stdout == "report.md:7: | 甲智能 | 2015-03-11 | A轮 | 智能语音 | 深圳市 |\n"
    assert right.stderr == ""
    for place in ("L7", "7", "《某市产业报告》图表3，第7行", "“某市产业报告”, 图表3, line 7"):
        assert run("sources", place, "--file", "report.md").stdout == right.stdout
    other = run("sources", f"{report}#L2", "--file", "firms.csv")
    assert other.exit_code == 0
    assert report.removeprefix("src:") in one_line(other.stderr)
    row = json.loads(run("sources", f"{report}#L7", "--file", "report.md", "--format", "json").stdout)[0]
    assert (row["line"], row["matches"], row["sha256"][:12]) == (7, True, report.removeprefix("src:"))


def test_check_fails_for_violations_only(here: Path, tmp_path: Path) -> None:
    good = run("check", "--format", "json")
    assert (good.exit_code, good.stdout) == (0, "[]\n")
    broken = aikg.open(here / "aikg-graph").frames
    broken.nodes["Company"] = broken.nodes["Company"].assign(
        confidence=broken.nodes["Company"]["confidence"] + 1  # above 1, which a shape forbids
    )
    from aikg.graph.folder import save

    save(broken, tmp_path / "broken")
    bad = run("check", "--graph", str(tmp_path / "broken"), "--format", "json")
    assert bad.exit_code == 1
    assert {row["severity"] for row in json.loads(bad.stdout)} == {"violation"}
    assert "4" in one_line(bad.stderr)
    assert "confidence" in run("check", "--graph", str(tmp_path / "broken")).stdout


# -- questions ----------------------------------------------------------------------------------------


def test_queries_lists_names_in_both_languages_and_explains_one() -> None:
    rows = json.loads(run("queries", "--format", "json").stdout)
    assert len(rows) >= 16
    assert list(rows[0]) == ["name", "theme", "title_zh", "title_en", "question_zh", "question_en", "parameters"]
    by_name = {row["name"]: row for row in rows}
    assert "city" in by_name["parks-of-city"]["parameters"]
    assert by_name["parks-of-city"]["question_zh"] in run("queries").stdout
    assert by_name["parks-of-city"]["question_en"] in run("queries", lang="en").stdout
    explained = run("queries", "parks-of-city").stdout
    assert by_name["parks-of-city"]["title_zh"] in explained
    parameters = json.loads(run("queries", "parks-of-city", "--format", "json").stdout)
    assert {row["parameter"] for row in parameters} == set(by_name["parks-of-city"]["parameters"])


@pytest.mark.usefixtures("here")
def test_ask_answers_with_parameters_lists_and_citations() -> None:
    answer = json.loads(run("ask", "companies-in-segment", "segment=计算机视觉", "--format", "json").stdout)
    assert {row["name"] for row in answer} == {"甲智能", "丁视觉"}
    report = run("ask", "companies-in-segment", "segment=计算机视觉", "source=图表3", "--cite", "--format", "json")
    rows = json.loads(report.stdout)
    assert [row["name"] for row in rows] == ["丁视觉"]
    assert "《某市产业报告》图表3，第8行" in rows[0]["sources"]
    assert "图表3" in one_line(report.stderr)  # counting questions say what they counted
    twice = run(
        "ask", "companies-in-segment", "segment=计算机视觉", "source=图表3", "source=某市产业报告", "--format", "json"
    )
    assert json.loads(twice.stdout)
    assert "计算机视觉" in run("ask", "companies-in-segment", "--values", "segment").stdout.splitlines()


@pytest.mark.usefixtures("here")
def test_ask_says_which_defaults_it_used() -> None:
    # defaults of the header: segment 计算机视觉, and no limit for city and source
    assert one_line(run("ask", "companies-in-segment").stderr) == "aikg: segment=计算机视觉（默认）"
    assert one_line(run("ask", "companies-in-segment", lang="en").stderr) == "aikg: segment=计算机视觉 (default)"
    assert run("ask", "companies-in-segment", "segment=计算机视觉").stderr == ""
    both = run("ask", "cities-full-chain").stderr.splitlines()[0]
    assert both == "aikg: layer=基础层、技术层、应用层（默认）"
    assert "默认" not in run("ask", "policies-of-place", "province=广东省").stderr, "one of a choice drops the other's"


@pytest.mark.usefixtures("here")
def test_codes_are_words_for_people_and_codes_for_programs() -> None:
    words = ["ask", "chain-gaps", "city=深圳市"]
    rows = json.loads(run(*words, "--format", "json").stdout)
    assert {row["city"] for row in rows} == {"深圳市"}
    assert {row["state"] for row in rows} == {"thin", "not recorded"}
    table = run(*words).stdout
    assert "仅一家" in table
    assert "thin" not in table
    assert "thin" in run(*words, lang="en").stdout
    assert "thin" in run(*words, "--format", "csv").stdout
    contradictions = run("ask", "contradictions").stdout
    assert all(word in contradictions for word in ("企业", "成立日期", "取值不同", "不能同真"))
    around = run("ask", "neighbourhood", "company=甲智能").stdout
    assert "位于" in around
    assert "LOCATED_IN" not in around


@pytest.mark.usefixtures("here")
def test_a_workbook_keeps_text_as_text_and_numbers_as_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    statement = (
        "RETURN '2017-12' AS month, '=1+1' AS formula, '+1' AS plus, '-1' AS minus, '@x' AS at, '#N/A' AS error, "
    )
    statement += "1070000000.0 AS whole, 2.5 AS part, true AS yes, null AS absent, ['a', '=b'] AS list"
    result = run("cypher", statement, "-o", str(path))
    assert str(path) in one_line(result.stderr)
    sheet = openpyxl.load_workbook(path).active
    cells = {cells[0].value: cells[1] for cells in sheet.columns}
    assert {name: cell.value for name, cell in cells.items()} == {
        "month": "2017-12", "formula": "=1+1", "plus": "+1", "minus": "-1", "at": "@x", "error": "#N/A",
        "whole": 1070000000, "part": 2.5, "yes": True, "absent": "未见记载", "list": "a; =b",
    }  # fmt: skip
    assert {cells[name].data_type for name in ("month", "formula", "plus", "minus", "at", "error", "list")} == {"s"}
    assert {cells[name].data_type for name in ("whole", "part")} == {"n"}
    assert run("conflicts", "-o", str(path)).exit_code == 0
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book.active[1]] == [title(name, "zh") for name in CONFLICT_COLUMNS]


@pytest.mark.usefixtures("here")
def test_cypher_takes_parameters_as_json_or_text_and_a_statement_from_stdin() -> None:
    words = ["cypher", "RETURN $a AS a, $b AS b, $c AS c", "--format", "json"]
    words += ["--param", "a=12", "--param", 'b="12"', "--param", "c=华为=1"]
    assert json.loads(run(*words).stdout) == [{"a": 12, "b": "12", "c": "华为=1"}]
    assert json.loads(run("cypher", "-", "--format", "json", stdin="RETURN '深' AS x").stdout) == [{"x": "深"}]


# -- out ----------------------------------------------------------------------------------------------


def test_view_lists_pictures_and_draws_one(here: Path, tmp_path: Path) -> None:
    listed = json.loads(run("view", "--format", "json").stdout)
    assert {"name", "title", "parameters"} == set(listed[0])
    assert listed[0]["name"] == "network"
    page = tmp_path / "n.html"
    words = ["view", "network", "-o", str(page), "--option", "around=甲智能", "--option", "depth=2"]
    drawn = run(*words, "--option", "labels=Company,City", lang="en")
    assert drawn.stdout == f"{page}\n"
    text = page.read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "甲智能" in text
    cut = run("view", "network", "-o", str(page), "--option", "limit=2")
    assert "2" in one_line(cut.stderr)


def test_export_lists_formats_and_writes_one(here: Path, tmp_path: Path) -> None:
    assert "kgx" in run("export").stdout
    result = run("export", "kgx", str(tmp_path / "kgx"))
    assert result.stdout.splitlines() == [str(tmp_path / "kgx" / name) for name in ("nodes.tsv", "edges.tsv")]
    header = (tmp_path / "kgx" / "nodes.tsv").read_text(encoding="utf-8").splitlines()[0]
    assert header.startswith("id\tcategory\tname")


def test_load_never_prints_a_password(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}

    def load(_: object, uri: str, **options: object) -> dict[str, int]:
        given.update(options, uri=uri)
        return {"nodes": 1234, "relations": 5}

    monkeypatch.setattr(aikg.Graph, "load_into", load)
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2")
    result = run("load", "neo4j://localhost:7687", "--username", "me", "--into")
    assert given["password"] == "hunter2"  # noqa: S105 - made up
    assert given["into"] is True
    assert "1,234" in result.stdout
    assert "hunter2" not in result.output
    for words in (["load", "bolt://me:hunter2@x"], ["ask", "parks-of-city", "--store", "bolt://me:hunter2@x"]):
        refused = run(*words)
        assert refused.exit_code == 2
        assert "NEO4J_PASSWORD" in one_line(refused.stderr)
        assert "hunter2" not in refused.output


@pytest.mark.neo4j
@pytest.mark.usefixtures("neo4j_store", "here")
def test_a_database_answers_as_the_folder_does(neo4j_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in neo4j_server.environment().items():
        monkeypatch.setenv(name, value)
    uri = neo4j_server.uri
    for _ in range(2):
        assert uri in run("load", uri).stdout
    for words in (["ask", "companies-in-segment", "segment=计算机视觉", "--cite"], ["cypher", COMPANIES]):
        from_folder = run(*words, "--format", "json")
        from_database = run(*words, "--format", "json", "--store", uri)
        assert from_folder.exit_code == from_database.exit_code == 0
        assert json.loads(from_database.stdout) == json.loads(from_folder.stdout) != []
    assert "--graph" in one_line(run("why", "甲智能", "--store", uri).stderr)
    monkeypatch.setenv("NEO4J_PASSWORD", "hunter2")
    refused = run("cypher", COMPANIES, "--store", uri)
    assert refused.exit_code == 1
    assert "hunter2" not in one_line(refused.stderr)


def test_schema_is_markdown_in_both_languages() -> None:
    assert "`Company`" in run("schema").stdout
    assert run("schema").stdout != run("schema", lang="en").stdout


def test_completion_prints_a_script_for_each_shell() -> None:
    for shell in ("bash", "zsh", "fish"):
        result = run("completion", shell)
        assert result.exit_code == 0
        assert "_AIKG_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("aikg as", "ask"),
        ("aikg ask companies-in-seg", "companies-in-segment"),
        ("aikg ask companies-in-segment seg", "segment="),
        ("aikg ask parks-of-city city=合", "city=合肥市"),  # zsh, fish: one word
        ("aikg ask parks-of-city city = 合", "合肥市"),  # bash: three words
        ("aikg ask companies-in-segment segment=计算机", "segment=计算机视觉"),
        ("aikg view net", "network"),
        ("aikg export k", "kgx"),
        ("aikg check --form", "--format"),
    ],
)
def test_tab_completes_questions_parameters_and_places(built: Path, words: str, expected: str) -> None:
    environ = {"_AIKG_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    done = process(cwd=built, environ=environ)
    assert done.stderr == b""
    assert f"plain,{expected}" in done.stdout.decode("utf-8").splitlines()
