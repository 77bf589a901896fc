"""DOCX documents: paragraphs, headings and tables in their order, and archives that must not be unpacked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from aikg.loaders.readers.docx import read_docx
from aikg.loaders.readers.files import read_file
from aikg.loaders.readers.sheets import read_sheets
from aikg.ontology.errors import SourceError
from aikg.ontology.language import speaking

docx = pytest.importorskip("docx", reason="python-docx, a development tool, makes the documents of these tests")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


def by_hand(path: Path, body: str, *, doctype: str = "", namespace: str = W) -> Path:
    """A DOCX with this body and nothing else."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{namespace}" '
            'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
        )
    return path


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_paragraphs_headings_and_tables_in_their_order(tmp_path):
    made = docx.Document()
    made.add_heading("某市人工智能规划", 0)
    made.add_heading("一、概况", 1)
    text = made.add_paragraph("甲公司成立于2015年，")
    text.add_run("位于深圳。").bold = True
    text.add_run("看不见").font.hidden = True
    made.add_paragraph("图表 1：企业（单位：家）")
    table = made.add_table(3, 3)
    for row, values in enumerate([["企业名称", "数量", "占比"], ["甲", "1", "2%"], ["", "3", "a|b"]]):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    table.cell(1, 0).merge(table.cell(2, 0))
    made.add_paragraph("来源：公开资料")
    made.add_heading("（一）园区", 2)
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.save(tmp_path / "a.docx")

    document, (found,) = read_file(tmp_path / "a.docx")
    assert [line for line in document.lines if line and not line.startswith("|")] == [
        "某市人工智能规划",
        "一、概况",
        "甲公司成立于2015年，位于深圳。",
        "图表 1：企业（单位：家）",
        "来源：公开资料",
        "（一）园区",
    ]
    assert {document.lines[line - 1]: level for line, level in document.headings.items()} == {
        "某市人工智能规划": 1,
        "一、概况": 1,
        "（一）园区": 2,
    }
    assert (document.title, document.encoding, document.places) == ("某市人工智能规划", "docx", ())
    assert found.headers == ("企业名称", "数量", "占比")
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["甲", "1", "2%"], ["甲", "3", "a|b"]]
    assert (found.number, found.unit, found.note) == ("图表1", "家", "来源：公开资料")
    assert document.lines[found.rows[1].line - 1] == "| 甲 | 3 | a\\|b |"


def test_merged_columns_and_a_table_of_one_cell(tmp_path):
    made = docx.Document()
    table = made.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    merged = table.cell(1, 0).merge(table.cell(1, 1))
    merged.text = "合"
    made.add_table(1, 1).cell(0, 0).text = "框里的一句话。"
    made.save(tmp_path / "a.docx")
    document, (found,) = read_docx(tmp_path / "a.docx")
    assert [[cell.text for cell in row.cells] for row in found.rows] == [["合", "合", "12"], ["20", "21", "22"]]
    assert document.lines[-1] == "框里的一句话。"


def test_insertions_and_boxes_are_read_and_deletions_are_not(tmp_path):
    body = (
        "<w:p><w:ins><w:r><w:t>新增</w:t></w:r></w:ins><w:del><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:r><w:t>正文</w:t><w:br/><w:t>次行</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent>" + paragraph("控件里") + "</w:sdtContent></w:sdt>"
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + paragraph("框里") + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>" + paragraph("框里") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "</w:r></w:p>"
    )
    assert read_docx(by_hand(tmp_path / "a.docx", body))[0].lines == ("新增正文", "次行", "控件里", "框里")


def test_the_strict_kind_is_read(tmp_path):
    path = by_hand(tmp_path / "a.docx", paragraph("严格"), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert read_docx(path)[0].lines == ("严格",)


@pytest.mark.timeout(60)
def test_entities_are_neither_fetched_nor_multiplied(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    laughs = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">{laughs}]>'
    path = by_hand(tmp_path / "a.docx", paragraph("前") + paragraph("&x;") + paragraph("&l9;"), doctype=doctype)
    try:
        text = read_docx(path)[0].text
    except SourceError as error:
        text = str(error)
    assert "SECRET" not in text
    assert len(text) < 2000


@pytest.mark.timeout(60)
def test_deep_nesting_ends(tmp_path):
    deep = "<w:tbl><w:tr><w:tc>" * 20_000 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 20_000
    assert "深" in read_docx(by_hand(tmp_path / "a.docx", paragraph("前") + deep))[0].text


def bomb(path: Path, inside: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS)
        with archive.open(inside, "w") as stream:
            for _ in range(40):
                stream.write(b" " * (1 << 20))
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path, monkeypatch):
    paths = [bomb(tmp_path / "a.docx", "word/document.xml"), bomb(tmp_path / "a.xlsx", "xl/workbook.xml")]
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_, **__: pytest.fail("was unpacked"))
    for path, read in zip(paths, (read_docx, read_sheets), strict=True):
        with pytest.raises(SourceError, match="unpacks to 40 MB") as error:
            read(path)
        assert "\n" not in str(error.value)


def test_a_sheet_that_spans_the_whole_grid_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["XFD1048576"] = "名称", "x"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(SourceError, match="spans 1048576 rows and 16384 columns"):
        read_sheets(tmp_path / "a.xlsx")


def whole() -> bytes:
    made, stream = docx.Document(), io.BytesIO()
    made.add_paragraph("正文。")
    made.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        (lambda data: data[: len(data) // 2], "missing or damaged", "不完整"),
        (lambda data: b"", "is empty", "空的"),
        (lambda data: b"\xd0\xcf\x11\xe0" + data, "locked by a password", "密码"),
        (lambda data: b"plain text", "no DOCX document", "不是能读取的 DOCX"),
        (lambda data: b"PK\x05\x06" + b"\0" * 18, "no DOCX document", "不是能读取的 DOCX"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, change, en, zh):
    path = tmp_path / "a.docx"
    path.write_bytes(change(whole()))
    for lang, said in (("en", en), ("zh", zh)):
        with speaking(lang), pytest.raises(SourceError, match=said) as error:
            read_docx(path)
        assert "\n" not in str(error.value)


def test_a_document_without_text(tmp_path):
    docx.Document().save(tmp_path / "a.docx")
    with pytest.raises(SourceError, match="holds no text"):
        read_docx(tmp_path / "a.docx")
