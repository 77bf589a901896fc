"""PDF files: paragraphs whole again over lines and pages, page furniture dropped, tables, and what cannot be read."""

from __future__ import annotations

import doctest
import sys
from pathlib import Path

import pytest

from aikg.loaders.readers import lines as lines_module
from aikg.loaders.readers.files import read_file
from aikg.loaders.readers.pdf import read_pdf
from aikg.loaders.readers.pdf_pages import Line, furniture, is_unreadable, paragraphs
from aikg.ontology.errors import SourceError
from aikg.ontology.language import speaking

pytest.importorskip("pdfplumber", reason="the extra aikg[pdf] is not installed")
reportlab = pytest.importorskip("reportlab", reason="a development tool that makes the PDFs of these tests")

LONG = (
    "人工智能产业集群在珠三角长三角和京津冀快速发展，龙头企业与高校院所共同建设创新平台，" * 12 + "全市企业达到三千家。"
)
HEADER = "某市行业协会年度报告"
ROWS = [["企业简称", "成立日期", "所在城市"]] + [[f"甲{n}科技", f"201{n % 10}-01-02", "合肥市"] for n in range(60)]


@pytest.fixture(autouse=True)
def _font() -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def make(path: Path, story: list[object], *, header: str = HEADER, encrypt: str | None = None) -> Path:
    """A PDF with a running head, page numbers, and a Chinese font that is named but not embedded."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate

    def edge(canvas, document):
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, A4[1] - 40, header)
        canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")

    template = SimpleDocTemplate(str(path), pagesize=A4, encrypt=encrypt)
    template.build(story, onFirstPage=edge, onLaterPages=edge)
    return path


def paragraph(text: str, *, size: int = 12, indent: int = 24):
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    style = ParagraphStyle("x", fontName="STSong-Light", fontSize=size, leading=1.4 * size, wordWrap="CJK")
    style.firstLineIndent = indent
    return Paragraph(text, style)


def grid(rows: list[list[str]], *spans: tuple[object, ...]):
    from reportlab.platypus import Table

    style = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("FONT", (0, 0), (-1, -1), "STSong-Light", 10), *spans]
    return Table(rows, repeatRows=1, style=style)


def test_a_paragraph_that_lines_and_pages_break_is_one_line_with_its_pages(tmp_path):
    story = [paragraph("一、发展概况", size=16, indent=0), *[paragraph(LONG) for _ in range(4)]]
    document, tables = read_file(make(tmp_path / "a.pdf", story))
    assert [line for line in document.lines if line.startswith("人工")] == [LONG] * 4
    assert document.lines[0] == "一、发展概况"
    assert HEADER not in document.text
    assert not any(line.strip("- ").isdigit() for line in document.lines)
    # 12 repetitions of 42 characters are 14 lines of 37; a page holds about 41 lines: the third goes over.
    assert [document.place(n) for n in range(1, 6)] == ["p1", "p1", "p1", "p1-2", "p2"]
    assert (tables, document.encoding) == ([], "pdf")
    assert document.source_id == "src:" + document.sha256[:12]


def test_a_ruled_table_over_two_pages_is_one_table_with_caption_and_note(tmp_path):
    story = [paragraph("图表 1：代表企业（单位：家）", indent=0), grid(ROWS), paragraph("参考来源：公开资料", indent=0)]
    document, tables = read_pdf(make(tmp_path / "a.pdf", story))
    (table,) = tables
    assert table.headers == tuple(ROWS[0])
    assert [[cell.text for cell in row.cells] for row in table.rows] == ROWS[1:]
    assert (table.number, table.caption, table.unit, table.note) == ("图表1", "代表企业", "家", "参考来源：公开资料")
    row = table.rows[-1]
    assert document.lines[row.line - 1] == "| 甲59科技 | 2019-01-02 | 合肥市 |"
    assert document.place(table.rows[0].line) == "p1"
    assert document.place(row.line) == "p2"


def test_merged_cells_hold_their_text_in_every_row(tmp_path):
    rows = [["地区", "政策", "数"], ["合肥市", "规划", "1"], ["", "办法", "2"]]
    _, (table,) = read_pdf(make(tmp_path / "a.pdf", [grid(rows, ("SPAN", (0, 1), (0, 2)))]))
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["合肥市", "规划", "1"],
        ["合肥市", "办法", "2"],
    ]


def test_two_columns_are_read_one_after_the_other(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(600, 800))
    for number in range(12):
        canvas.drawString(60, 700 - 15 * number, f"left column line {number} of the text that runs on")
        canvas.drawString(320, 700 - 15 * number, f"right column line {number} of the text that runs on")
    canvas.save()
    text = read_pdf(tmp_path / "a.pdf")[0].text
    assert text.index("left column line 11") < text.index("right column line 0")


def pdf_bytes(tmp_path: Path) -> bytes:
    return make(tmp_path / "whole.pdf", [paragraph(LONG)]).read_bytes()


@pytest.mark.parametrize(
    ("change", "en", "zh"),
    [
        (lambda data: data[: len(data) // 2], "only the first part", "不完整"),
        (lambda data: b"", "is empty", "空的"),
        (lambda data: b"<html>not found</html>", "is no PDF file", "不是 PDF 文件"),
        (lambda data: data[:400] + b"\n%%EOF", "damaged", "损坏"),
        (lambda data: b"%PDF-1.4\n%%EOF", "damaged", "损坏"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_in_one_line(tmp_path, change, en, zh):
    path = tmp_path / "a.pdf"
    path.write_bytes(change(pdf_bytes(tmp_path)))
    for lang, said in (("en", en), ("zh", zh)):
        with speaking(lang), pytest.raises(SourceError, match=said) as error:
            read_pdf(path)
        assert str(error.value).startswith(str(path))
        assert "\n" not in str(error.value)


def test_a_locked_file_and_one_of_pictures(tmp_path):
    with pytest.raises(SourceError, match="locked by a password"):
        read_pdf(make(tmp_path / "a.pdf", [paragraph(LONG)], encrypt="secret"))
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "b.pdf"))
    canvas.rect(100, 100, 200, 200, fill=1)
    canvas.save()
    with pytest.raises(SourceError, match="they are pictures"):
        read_pdf(tmp_path / "b.pdf")


def test_without_the_extra_one_line_tells_what_to_install(tmp_path, monkeypatch):
    path = make(tmp_path / "a.pdf", [paragraph(LONG)])
    monkeypatch.setitem(sys.modules, "pdfplumber", None)
    with pytest.raises(SourceError, match=r'pip install "aikg\[pdf\]"'):
        read_pdf(path)
    with speaking("zh"), pytest.raises(SourceError, match="请安装"):
        read_pdf(path)


def test_fonts_without_characters_are_not_taken_for_text():
    assert is_unreadable(["\ufffd\ufffd\ue000 a"])
    assert not is_unreadable(["人工智能\ufffd"])
    assert not is_unreadable([])


def line(text: str, top: float, *, x0: float = 50, x1: float = 550) -> Line:
    return Line(text, x0, x1, top, top + 12, 50, 550)


def test_what_ends_a_paragraph():
    full = "甲" * 40
    joined = list(
        paragraphs(
            [
                (line(full, 0, x0=74), 1),
                (line("乙结束。", 16, x1=100), 1),
                (line("2. " + full, 32), 1),
                (line("2.5 倍", 48, x1=120), 1),
                (line("English text that is hyphen-", 64), 2),
                (line("ated here", 80, x1=200), 2),
            ]
        )
    )
    assert joined == [
        (full + "乙结束。", 1, 1),
        ("2. " + full + "2.5 倍", 1, 1),
        ("English text that is hyphenated here", 2, 2),
    ]


def test_doctests():
    assert doctest.testmod(lines_module).failed == 0
    assert furniture([]) == set()
