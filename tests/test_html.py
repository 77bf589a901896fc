"""HTML pages: what is read of them, in which order and encoding, and that nothing hangs or is executed."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aikg.loaders.readers import lines as lines_module
from aikg.loaders.readers import table_boxes
from aikg.loaders.readers.files import read_file
from aikg.loaders.readers.html import read_html
from aikg.loaders.readers.tables import Table
from aikg.ontology.errors import SourceError
from aikg.ontology.language import speaking


def page(tmp_path: Path, text: str | bytes, name: str = "page.html") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def lines(tmp_path: Path, text: str | bytes) -> list[str]:
    return list(read_html(page(tmp_path, text))[0].lines)


def table(tmp_path: Path, text: str) -> Table:
    _, (found,) = read_html(page(tmp_path, text))
    return found


def cells(found: Table) -> list[list[str | None]]:
    return [[cell.text for cell in row.cells] for row in found.rows]


def test_blocks_are_lines_and_headings_are_known(tmp_path):
    text = """<!doctype html><html><head><meta charset="utf-8"><title>某市发布规划_某网</title>
    <meta name="PubDate" content="2024-05-06 10:00:00"><meta name="ContentSource" content="某市日报"></head>
    <body><h1>某市发布规划</h1><p>甲公司<b>成立</b>于2015年，
    位于&nbsp;AI&amp;IoT 园区&mdash;二期。</p><ul><li>甲<li>乙</ul><ol start="3"><li>丙</ol>
    <div>第一行<br>第二行<h2>二、现状</h2>末行</div></body></html>"""
    document, tables = read_file(page(tmp_path, text))
    assert list(document.lines) == [
        "某市发布规划",
        "甲公司成立于2015年，位于 AI&IoT 园区—二期。",
        "- 甲",
        "- 乙",
        "3. 丙",
        "第一行",
        "第二行",
        "二、现状",
        "末行",
    ]
    assert document.headings == {1: 1, 8: 2}
    assert (document.title, document.publisher, document.published) == ("某市发布规划", "某市日报", "2024-05-06")
    assert (tables, document.places, document.encoding) == ([], (), "utf-8")
    assert document.source_id == "src:" + document.sha256[:12]


def test_what_a_reader_of_the_page_does_not_see_is_not_read(tmp_path):
    hidden = (
        "<script>document.write('<p>错</p>')</script><style>p{content:'错'}</style><template><p>错</p></template>"
        "<noscript>错</noscript><p hidden>错</p><div style='color:red; display : none'>错<div>错</div></div>"
        "<nav><a>错</a></nav><footer>错</footer><div role='navigation'>错</div><select><option>错</select>"
        "<!-- 错 --><iframe src='http://错'>错</iframe><dialog>错</dialog><textarea>错</textarea><del>错</del>"
        "<object data='file:///etc/passwd'>错</object><svg><text>错</text></svg><img alt='错' src='file:///etc/passwd'>"
    )
    assert lines(tmp_path, f"<p>前</p>{hidden}<p>后</p>") == ["前", "后"]


def test_an_article_keeps_its_own_foot_and_powers_stay_but_notes_go(tmp_path):
    text = "<article><p>占地5km<sup>2</sup>，居第一<sup>[3]</sup>。</p><footer>数据：统计局</footer></article>"
    assert lines(tmp_path, text) == ["占地5km²，居第一。", "数据：统计局"]


def test_a_table_with_spans_caption_and_note(tmp_path):
    found = table(
        tmp_path,
        """<p>前文。</p><table><caption>图表 2：企业（单位：家）</caption>
        <thead><tr><th rowspan=2>企业名称<th colspan=2>2022年<tr><th>数量<th>占比</thead>
        <tr><td rowspan=2>甲公司<td>1<td>2%<tr><td>3<td>a|b<tr><td colspan=3>乙</table><p>来源：公开资料</p>""",
    )
    assert found.headers == ("企业名称", "2022年 数量", "2022年 占比")
    assert cells(found) == [["甲公司", "1", "2%"], ["甲公司", "3", "a|b"], ["乙", "乙", "乙"]]
    assert (found.number, found.caption, found.unit, found.note) == ("图表2", "企业", "家", "来源：公开资料")


def test_the_line_of_a_row_is_the_line_that_is_shown(tmp_path):
    text = "<p>一</p><table><tr><td>企业名称<td>城市<tr><td>甲<td>合肥</table>"
    document, (found,) = read_html(page(tmp_path, text))
    assert document.lines[found.rows[0].line - 1] == "| 甲 | 合肥 |"
    assert found.headers == ("企业名称", "城市")


def test_a_title_over_all_columns_is_no_header_and_one_at_the_side_is_none(tmp_path):
    found = table(tmp_path, "<table><tr><td colspan=2>表1：企业<tr><td>名称<td>市<tr><td>甲<td>合肥</table>")
    assert (found.headers, found.number, found.caption) == (("名称", "市"), "表1", "企业")
    found = table(tmp_path, "<table><tr><th>名称<td>甲<tr><th>市<td>合肥</table>")
    assert found.headers == ("", "")


def test_tables_that_arrange_the_page_are_text(tmp_path):
    text = """<table><tr><td><table><tr><td>菜单</td></tr></table><td><h2>标题</h2><p>正文。</p></table>
    <table role="presentation"><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"""
    document, tables = read_html(page(tmp_path, text))
    assert list(document.lines) == ["菜单", "标题", "正文。", "甲", "乙", "丙", "丁"]
    assert tables == []


CHINESE = "<html><head><meta charset={}></head><body><p>人工智能产业链，包括芯片。</p></body></html>"


@pytest.mark.parametrize(
    ("declared", "written", "found"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "gb18030", "gb18030"),
        ('"GBK"', "gb18030", "gb18030"),
        ("big5", "utf-8", "utf-8"),
        ("iso-8859-1", "utf-8", "utf-8"),
        ("nonsense", "gb18030", "gb18030"),
        ("utf-8", "gb18030", "gb18030"),
        ("gbk", "utf-16", "utf-16"),
        ("gbk", "utf-8-sig", "utf-8-sig"),
    ],
)
def test_encodings(tmp_path, declared, written, found):
    document, _ = read_html(page(tmp_path, CHINESE.format(declared).encode(written)))
    assert document.lines == ("人工智能产业链，包括芯片。",)
    assert document.encoding == found


def test_a_page_with_a_broken_character_is_read_with_it(tmp_path):
    data = CHINESE.format("utf-8").encode() + b"<p>\xe4\xba</p>"
    assert lines(tmp_path, data)[0] == "人工智能产业链，包括芯片。"


@pytest.mark.parametrize(
    ("data", "en", "zh"),
    [
        (b"", "is empty", "空的"),
        (b"%PDF-1.7 x", "is a PDF file", "PDF"),
        (b"<p>\x00\x01\xff</p>", "binary", "二进制"),
        (b"<html><script>render()</script><div id=app></div></html>", "holds no text", "没有文字"),
        (b"<!-- only -->", "holds no text", "没有文字"),
    ],
)
def test_what_holds_no_text_is_refused_in_one_line(tmp_path, data, en, zh):
    path = page(tmp_path, data)
    for lang, said in (("en", en), ("zh", zh)):
        with speaking(lang), pytest.raises(SourceError, match=said) as error:
            read_html(path)
        assert "page.html" in str(error.value)
        assert "\n" not in str(error.value)


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000 + "深" + "</div>" * 100_000,
        "<table><tr><td>" * 50_000 + "深",
        "<ul><li>" * 100_000 + "深",
        "<b><i>" * 100_000 + "深",
        "<p>深" + "<!--" * 500_000,
        "<p>深<table>" + "<tr><td colspan=100000 rowspan=100000>x" * 3_000,
        "<p>深</p>" + "<p>甲公司<b>于</b>成立。</p>" * 300_000,
    ],
    ids=["divs", "tables", "lists", "inline", "comments", "spans", "long"],
)
def test_pages_made_to_hang_do_not(tmp_path, text):
    assert any("深" in line for line in lines(tmp_path, "<meta charset=utf-8>" + text))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(
    ["<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "</td>", "<th rowspan=2>", "<td colspan=3>", "<li>", "<ol>",
     "</ol>", "<h2>", "</h2>", "<div hidden>", "</div>", "甲", "a|b", "&lt;", "<sup>", "</sup>", "<br>", "<caption>", "<",
     "<!--", "-->", "<nav>", "</nav>", "<title>", "</title>", "\n"]), max_size=40))  # fmt: skip
def test_any_mixture_of_tags_is_read_or_refused(tmp_path_factory, parts):
    path = page(tmp_path_factory.mktemp("html"), "<p>始</p>" + "".join(parts))
    document, tables = read_html(path)
    assert "始" in document.text
    for found in tables:
        for row in found.rows:
            assert document.lines[row.line - 1].startswith("| ")


def test_doctests():
    assert doctest.testmod(lines_module).failed == 0
    assert doctest.testmod(table_boxes).attempted > 0
    assert doctest.testmod(table_boxes).failed == 0
