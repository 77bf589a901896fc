"""``aikg same-as``: pairs to judge, the file that a build reads back, and ``aikg conflicts`` with its filters."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from cli_support import one_line, run, write_documents

import aikg
from aikg.graph.same_as import SAME_AS_COLUMNS, same_as
from aikg.loaders.judgements import read_judgements
from aikg.ontology.errors import SourceError

# Two pairs: a name with a word put in, and a firm under a short and a legal name.
FIRMS = "企业名称,细分领域,所在城市\n{name},智能终端,深圳市\n"


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    names = {"a": "光明智能产业园", "b": "光明智能制造产业园"}
    for file, name in names.items():
        (tmp_path / f"{file}.csv").write_text(FIRMS.format(name=f"{name}运营"), encoding="utf-8", newline="\n")
    (tmp_path / "c.csv").write_text(FIRMS.format(name="星河视觉股份有限公司"), encoding="utf-8", newline="\n")
    (tmp_path / "d.csv").write_text(FIRMS.format(name="星河视觉"), encoding="utf-8", newline="\n")
    aikg.build("a.csv", "b.csv", "c.csv", "d.csv", graph="aikg-graph")
    return tmp_path


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_pairs_with_score_reason_names_and_the_sources_of_both(graph: Path) -> None:
    found = json.loads(run("same-as", "--format", "json").stdout)
    assert [list(row) for row in found] == [SAME_AS_COLUMNS] * 2
    first, second = found
    assert (first["score"], first["label"], {first["name_a"], first["name_b"]}) == (
        0.95,
        "Company",
        {"星河视觉", "星河视觉股份有限公司"},
    )
    assert second["reason"] == "名称相差一词：制造"
    assert all(entry.startswith("src:") for row in found for entry in (*row["source_a"], *row["source_b"]))
    assert {row["judgement"] for row in found} == {"unsure"}


def test_the_table_is_in_both_languages_and_cites(graph: Path) -> None:
    assert "甲名称" in run("same-as").stdout
    english = run("same-as", "--cite", lang="en")
    assert "name A" in english.stdout
    assert "line 2" in english.stdout or "row 2" in english.stdout


def test_the_written_file_goes_into_the_next_build(graph: Path) -> None:
    result = run("same-as", "--output", "judgements.csv")
    assert result.exit_code == 0
    assert "judgement" in result.stderr
    text = Path("judgements.csv").read_text(encoding="utf-8")
    assert rows(text)[0].keys() == set(SAME_AS_COLUMNS)
    unjudged = aikg.build("a.csv", "b.csv", "c.csv", "d.csv", judgements="judgements.csv")
    assert len(unjudged.same_as()) == 2, "unsure changes nothing"
    judged = text.replace(",unsure,同名", ",same,同名").replace(",unsure,名称", ",different,名称")
    Path("judgements.csv").write_text(judged, encoding="utf-8", newline="\n")
    again = aikg.build("a.csv", "b.csv", "c.csv", "d.csv", judgements="judgements.csv")
    assert len(again.same_as()) == 0
    assert len(again.frames.nodes["Company"]) == 3, "the two that were judged the same are one"


def test_pairs_that_were_judged_are_left_out(graph: Path) -> None:
    first = rows(run("same-as", "--format", "csv").stdout)[0]
    Path("mine.csv").write_text(f"id_a,id_b,judgement\n{first['id_b']},{first['id_a']},unsure\n", encoding="utf-8")
    left = rows(run("same-as", "--judgements", "mine.csv", "--format", "csv").stdout)
    assert len(left) == 1
    assert left[0]["id_a"] != first["id_a"]
    assert read_judgements(Path("mine.csv")).pairs == {frozenset((first["id_a"], first["id_b"]))}
    with pytest.raises(SourceError):
        aikg.open("aikg-graph").same_as(judgements="none.csv")
    assert "none.csv" in one_line(run("same-as", "--judgements", "none.csv").stderr)


def test_a_graph_without_candidates_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kg = aikg.build(*write_documents(tmp_path), graph="aikg-graph")
    assert same_as(kg.frames).columns.tolist() == SAME_AS_COLUMNS
    assert "没有待判断" in one_line(run("same-as").stderr)
    assert "waiting" in one_line(run("same-as", lang="en").stderr)


def test_conflicts_are_filtered_and_counted_by_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    kg = aikg.build(*write_documents(tmp_path), graph="aikg-graph")
    assert kg.build_report is not None
    assert kg.build_report.conflict_kinds == {"value": 1}, "甲智能 has two dates of foundation"
    assert kg.build_report.conflicts == len(kg.frames.nodes["Conflict"])
    assert kg.conflicts().attrs["kinds"] == {"value": 1}
    assert len(kg.conflicts(kind=["sum", "value"], severity=["hard"])) == 1
    assert len(kg.conflicts(severity=["soft"])) == 0
    assert "矛盾 1 处：取值不同 1" in one_line(run("conflicts", "--kind", "value").stderr)
    assert "1 contradictions: Values differ 1" in one_line(run("conflicts", lang="en").stderr)
    assert "没有这样的矛盾" in one_line(run("conflicts", "--severity", "soft").stderr)
    assert run("conflicts", "--kind", "none").exit_code == 2
    built = run("build", *write_documents(tmp_path), "--graph", str(tmp_path / "g")).stdout
    assert "矛盾 1 处（取值不同 1）（aikg conflicts）" in built
