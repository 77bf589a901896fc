"""One list of the kinds of files, one function that reads them, folders of which some files are broken, Markdown."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest
from cli_support import run

from aikg.loaders.load import load_files
from aikg.loaders.readers import document, files, markdown
from aikg.loaders.readers.document import Document
from aikg.loaders.readers.files import DOCUMENT_SUFFIXES, SHEET_SUFFIXES, is_sheet, read_file
from aikg.loaders.readers.markdown import heading_levels
from aikg.ontology.errors import SourceError

TABLE = "| 企业名称 | 细分领域 |\n|---|---|\n| 甲科技 | 智能语音 |\n"


def test_the_suffixes():
    assert DOCUMENT_SUFFIXES == (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx")
    assert {".csv", ".tsv", ".xlsx"} <= set(SHEET_SUFFIXES)
    assert is_sheet(Path("A.XLSX"))
    assert not is_sheet(Path("a.html"))


@pytest.mark.parametrize("name", ["a.txt", "a.MD", "a.markdown", "a.html", "a.HTM", "a.xhtml", "a.csv"])
def test_any_kind_gives_a_document_and_tables(tmp_path, name):
    html = "<table><tr><th>企业名称<th>细分领域<tr><td>甲科技<td>智能语音</table>"
    csv = "企业名称,细分领域\n甲科技,智能语音\n"
    suffix = name.rpartition(".")[2].lower()
    text = csv if suffix == "csv" else html if "ht" in suffix else TABLE
    (tmp_path / name).write_text(text, encoding="utf-8")
    found, (table,) = read_file(str(tmp_path / name))
    assert isinstance(found, Document)
    assert table.headers == ("企业名称", "细分领域")
    assert [cell.text for cell in table.rows[0].cells] == ["甲科技", "智能语音"]


def test_unknown_kinds_and_missing_files(tmp_path):
    (tmp_path / "a.pptx").write_bytes(b"x")
    with pytest.raises(SourceError, match=r"known are \.txt .* \.docx .* \.xlsx"):
        read_file(tmp_path / "a.pptx")
    with pytest.raises(SourceError, match="no such file"):
        read_file(tmp_path / "none.pdf")
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(SourceError, match="is a folder"):
        read_file(tmp_path / "folder.html")


def test_a_document_without_the_new_fields_is_what_it_was(tmp_path):
    made = Document(tmp_path, "a", "0", "src:0", "utf-8", ("x",), None, None, None)
    assert (made.places, made.headings, made.place(1)) == ((), {}, None)
    assert hash(made) == hash(made)
    placed = Document(tmp_path, "a", "0", "src:0", "pdf", ("x", "y"), None, None, None, places=(None, "p2"))
    assert [placed.place(line) for line in (0, 1, 2, 3)] == [None, None, "p2", None]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One good file, and a broken one of each kind."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.md").write_text(TABLE, encoding="utf-8")
    broken = {
        "binary.txt": b"\x00\x01\x02\xff" * 9,
        "empty.md": b"",
        "half.docx": b"PK\x03\x04" + b"x" * 50,
        "half.pdf": b"%PDF-1.4\n1 0 obj",
        "half.xlsx": b"PK\x03\x04" + b"x" * 50,
        "script.html": b"<script>x</script>",
        "~$open.docx": b"lock",
        ".hidden.md": b"\x00",
    }
    for name, data in broken.items():
        (made / name).write_bytes(data)
    (made / "folder.md").mkdir()
    return made


def test_a_broken_file_of_a_folder_stops_the_build_or_is_reported(folder):
    with pytest.raises(SourceError, match=r"binary\.txt.*binary file"):
        load_files([folder])
    records, report = load_files([folder], lenient=True)
    assert [row["name"] for row in records.entities["Company"]] == ["甲科技"]
    said = {problem.file: problem.as_dict() for problem in report.problems if problem.row}
    assert sorted(said) == ["binary.txt", "empty.md", "half.docx", "half.pdf", "half.xlsx", "script.html"]
    assert said["empty.md"]["en"] == "empty.md: the file is empty; give a file with text in it"
    assert said["empty.md"]["zh"] == "empty.md：文件是空的；请给出有文字的文件"
    assert all("\n" not in text["en"] and ";" in text["en"] and "；" in text["zh"] for text in said.values())
    assert [entry["name"] for entry in report.inputs] == ["good.md"]


def test_a_broken_file_that_is_named_is_always_an_error_and_so_is_a_folder_of_nothing_else(folder):
    with pytest.raises(SourceError, match=r"empty\.md"):
        load_files([folder, folder / "empty.md"], lenient=True)
    (folder / "good.md").unlink()
    with pytest.raises(SourceError, match=r"binary\.txt: .*no file could be read"):
        load_files([folder], lenient=True)


def test_the_command_line_shows_the_line_of_a_page(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<meta charset=utf-8><p>一</p><p>甲科技成立于2015年。</p>", encoding="utf-8")
    assert run("sources", "L2;p3", "--file", str(path)).stdout == "a.html:2: 甲科技成立于2015年。\n"
    shown = json.loads(run("sources", "L2", "--file", str(path), "--format", "json").stdout)
    assert "甲科技成立于2015年。" in json.dumps(shown, ensure_ascii=False)


# -- Markdown -----------------------------------------------------------------------------------------


def test_headings_of_markdown(tmp_path):
    text = "\ufeff---\ntitle: x\n# no\n---\n# 总论\n\n背景\n---\n\n正文。\n---\n##概况\n```\n# code\n```\n| a | b |\n|---|---|\n#1 号\n"
    assert heading_levels(text.split("\n")) == {5: 1, 7: 2, 12: 2}
    path = tmp_path / "a.md"
    path.write_text("# 总论\n正文。\n", encoding="utf-8")
    assert read_file(path)[0].headings == {1: 1}
    path = path.rename(tmp_path / "a.txt")
    assert read_file(path)[0].headings == {}


def test_doctests():
    for module in (markdown, files, document):
        assert doctest.testmod(module).failed == 0
    assert heading_levels([]) == {}
