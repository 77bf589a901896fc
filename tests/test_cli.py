"""Help in two languages, wrong usage and errors in one line, and building. What commands answer: test_cli_answers."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from cli_support import CSV, one_line, run, write_documents

import aikg
from aikg.cli.bilingual import Argument, Command, Option
from aikg.cli.help_texts import HELP, help_text
from aikg.cli.language import LANGUAGES
from aikg.cli.messages import MESSAGES, TITLES
from aikg.cli.root import COMMANDS, cli
from aikg.graph.folder import read_manifest

NAMES = [name for group in COMMANDS.values() for name in group]


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


# -- help ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_command_and_option_has_help_in_both_languages(name: str) -> None:
    with click.Context(cli) as ctx:
        found = cli.get_command(ctx, name)
    assert isinstance(found, Command)
    assert found.help
    for lang in LANGUAGES:
        shown = run(name, "--help", lang=lang)
        assert shown.exit_code == 0
        text = "".join(shown.stdout.split())
        for parameter in found.params:
            assert isinstance(parameter, Option | Argument)
            term, help_ = parameter.record(name, lang)
            assert help_
            assert "".join(term.split()) in text, f"{name}: {term} is not in its help"
        assert "".join(help_text(name, None, lang).split()) in text
    assert help_text(name, None, "zh") != help_text(name, None, "en")


def test_every_text_is_in_both_languages_and_every_help_text_is_used() -> None:
    for texts in (MESSAGES, TITLES, HELP):
        for key, text in texts.items():
            assert set(text) == set(LANGUAGES), key
            assert all(text.values()), key
    with click.Context(cli) as ctx:
        commands = {name: cli.get_command(ctx, name) for name in NAMES}
    own = {f"{n}.{str(p.name).rstrip('_')}" for n, c in commands.items() if c for p in c.params}
    shared = {f"*.{key.rpartition('.')[2]}" for key in own}
    assert set(HELP) <= {*NAMES, *own, *shared, "aikg", "aikg.epilog", "aikg.version"}


def test_help_of_all_lists_every_command_and_the_exit_codes() -> None:
    for words in ((), ("--help",), ("-h",)):
        shown = run(*words)
        assert shown.exit_code == 0
        assert all(f"\n  {name} " in shown.stdout for name in NAMES)
        assert all(code in shown.stdout for code in ("0 完成", "1 出错", "2 用法不对", "130 被中断"))


def test_language_stands_before_or_behind_the_command_or_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert run("--lang", "en", "--help", lang=None).stdout.startswith("Usage: ")
    assert run("ask", "--help", "--lang", "en", lang=None).stdout.startswith("Usage: ")
    assert run("ask", "--help", lang=None).stdout.startswith("用法：")
    monkeypatch.setenv("AIKG_LANG", "en")
    assert run("ask", "--help", lang=None).stdout.startswith("Usage: ")
    assert run("ask", "--help", "--lang=zh", lang=None).stdout.startswith("用法：")


# -- wrong usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["asks"], "ask"),
        (["ask"], "NAME"),
        (["ask", "--formt", "csv"], "--format"),
        (["ask", "parks-of-city", "深圳市"], "key=value"),
        (["ask", "parks-of-city", "--graph"], "--graph"),
        (["ask", "parks-of-city", "--graph", "a", "--store", "bolt://b"], "--store"),
        (["ask", "parks-of-city", "--store", "folder"], "neo4j://"),
        (["ask", "parks-of-city", "--bom", "--format", "json"], "--bom"),
        (["conflicts", "-o", "a.xlsx", "--format", "csv"], "--format"),
        (["conflicts", "-o", "a.xlsx", "--bom"], "--bom"),
        (["cypher", "RETURN 1", "--format", "xml"], "table"),
        (["cypher", "RETURN 1", "--limit", "-1"], "-1"),
        (["cypher", "RETURN 1", "--timeout", "soon"], "soon"),
        (["cypher", "RETURN $k", "--param", "k"], "key=value"),
        (["cypher", " "], ""),
        (["check", "a", "b"], "a b"),
        (["sources", "L3"], "--file"),
        (["sources", "图表3", "--file", "x"], "L178"),
        (["sources", "--file", "x"], "L178"),
        (["load", "localhost"], "neo4j://"),
        (["export", "kgx"], "DEST"),
        (["completion", "tcsh"], "bash"),
        (["schema", "--lang", "fr"], "zh"),
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_wrong_usage_is_one_line_with_the_way_to_help(words: list[str], said: str, lang: str) -> None:
    result = run(*words, lang=lang)
    line = one_line(result.stderr)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in line
    assert "--help" in line


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["check", "--graph", "nowhere"], "nowhere"),
        (["ask", "parks-of-cty"], "parks-of-city"),
        (["ask", "parks-of-city", "cty=深圳市"], "city"),
        (["ask", "parks-of-city", "--values", "cty"], "city"),
        (["queries", "parks-of-cty"], "parks-of-city"),
        (["why", "无此企业"], "无此企业"),
        (["why", "甲智能", "colour"], "founded"),
        (["cypher", "CREATE (n) RETURN n"], "CREATE"),
        (["cypher", "MATCH (n RETURN n"], "第 1 行"),
        (["view", "netwrk"], "network"),
        (["view", "network", "--option", "colour=red"], "around"),
        (["view", "network", "--option", "depth=deep"], "deep"),
        (["view", "network", "--option", "depth=-1"], "-1"),
        (["view", "network", "--option", "around=无此企业"], "无此企业"),
        (["view", "network", "-o", "no/such/folder/x.html"], "folder"),
        (["conflicts", "-o", "no/such/folder/x.csv"], "no/such/folder"),
        (["conflicts", "-o", "."], "."),
        (["export", "gexf", "x"], "kgx"),
        (["build", "nowhere.csv"], "nowhere.csv"),
        (["sources", "99", "--file", "report.md"], "12"),
        (["sources", "1", "--file", "nowhere.md"], "nowhere.md"),
        (["demo"], "--graph"),
    ],
)
@pytest.mark.usefixtures("here")
def test_an_error_is_one_line_that_names_the_thing(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 1
    assert said in one_line(result.stderr)
    assert result.stdout == ""


@pytest.mark.usefixtures("here")
def test_what_nobody_foresaw_is_one_line_too_and_debug_shows_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, said in ((KeyError("x"), "KeyError"), (MemoryError(), "--limit"), (OSError(28, "No space"), "磁盘已满")):

        def fail(_: object, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr(aikg.Graph, "conflicts", fail)
        result = run("conflicts")
        assert result.exit_code == 1
        assert said in one_line(result.stderr)
        assert "Traceback" in run("conflicts", "--debug").stderr
        with monkeypatch.context() as patch:
            patch.setenv("AIKG_DEBUG", "1")
            assert "Traceback" in run("conflicts").stderr


@pytest.mark.usefixtures("here")
def test_ctrl_c_is_one_line_and_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(aikg.Graph, "conflicts", interrupt)
    result = run("conflicts", lang="en")
    assert (result.exit_code, result.stderr) == (130, "aikg: interrupted\n")


# -- build --------------------------------------------------------------------------------------------


def test_build_reports_tables_what_was_left_out_and_counts(tmp_path: Path) -> None:
    words = ["build", *write_documents(tmp_path), "--graph", str(tmp_path / "g")]
    report = json.loads(run(*words, "--format", "json").stdout)
    assert report["graph"] == str(tmp_path / "g")
    # three rows of CSV, two of Markdown; the second Markdown table has headers that no mapping knows
    assert report["rows"] == {"read": 5, "accepted": 5, "partial": 0, "rejected": 0}
    assert [(t["file"], t["line"], t["mapping"], t["accepted"]) for t in report["tables"]] == [
        ("firms.csv", 1, "chain-companies", 3),
        ("report.md", 5, "chain-companies", 2),
    ]
    assert [(t["line"], t["headers"]) for t in report["left_out"]] == [(10, "未知表头 | 又一列")]
    assert report["counts"]["nodes"]["Company"] == 4  # 甲智能 is in both documents
    assert report["conflicts"] == 1
    assert report["counts"] == read_manifest(tmp_path / "g")["counts"]
    for lang, heading in (
        ("zh", "没有映射、未读入的表 (1)"),
        ("en", "Tables left out, since no mapping knows their headers (1)"),
    ):
        text = run(*words, lang=lang).stdout
        assert heading in text
        assert "未知表头 | 又一列" in text
        assert "chain-companies" in text
        assert str(tmp_path / "g") in text


def test_a_broken_row_stops_the_build_unless_lenient_and_leaves_the_graph(tmp_path: Path) -> None:
    file = tmp_path / "firms.csv"
    target = tmp_path / "g"
    file.write_text(CSV, encoding="utf-8")
    assert run("build", str(file), "--graph", str(target)).exit_code == 0
    before = read_manifest(target)
    file.write_text(CSV + "戊公司,2015-13-45,A轮,计算机视觉,深圳市,技术层\n", encoding="utf-8")
    result = run("build", str(file), "--graph", str(target))
    assert result.exit_code == 1
    assert "firms.csv" in one_line(result.stderr)
    assert read_manifest(target) == before
    lenient = run("build", str(file), "--graph", str(target), "--lenient", "--format", "json")
    assert json.loads(lenient.stdout)["rows"]["rejected"] == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_build_that_read_no_table_says_so_and_what_to_do(tmp_path: Path, lang: str) -> None:
    file = tmp_path / "own.md"
    file.write_text("# 某报告\n\n| 甲列 | 乙列 |\n| --- | --- |\n| 1 | 2 |\n", encoding="utf-8")
    result = run("build", str(file), "--graph", str(tmp_path / "g"), lang=lang)
    assert result.exit_code == 0
    line = one_line(result.stderr)
    assert all(word in line for word in ("own.md", "--mapping", "docs/mappings.md"))
    for words in (write_documents(tmp_path), []):  # tables that are known, and the data set alone
        assert run("build", *words, "--graph", str(tmp_path / "g"), lang=lang).stderr == ""
