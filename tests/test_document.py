"""Reading text files: encodings, line numbers, errors in one line, and what the cover says."""

from __future__ import annotations

import doctest
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import shared

from aikg.loaders.readers import cover, document
from aikg.loaders.readers.cover import Cover, read_cover
from aikg.loaders.readers.document import Document, read_document
from aikg.ontology.errors import SourceError

CHINESE = "示例市人工智能产业报告\n\n示例市行业协会\n2022年9月\n\n本文说明产业的发展情况。\n"


def shared_document(number: str) -> Document:
    return read_document(shared("documents", f"{number}_*.txt"))


def write(tmp_path: Path, data: bytes, name: str = "report.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("module", [document, cover])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("encoding", "given_name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_each_encoding_gives_the_same_lines(tmp_path, encoding, given_name):
    data = CHINESE.encode(encoding)
    if encoding in ("utf-16-le", "utf-16-be"):
        data = (b"\xff\xfe" if encoding.endswith("le") else b"\xfe\xff") + data
    found = read_document(write(tmp_path, data))
    assert found.encoding == given_name
    assert found.lines == tuple(CHINESE.split("\n")[:-1])
    assert (found.title, found.publisher, found.published) == ("示例市人工智能产业报告", "示例市行业协会", "2022-09")


def test_identity_is_the_sha256_of_the_bytes(tmp_path):
    path = write(tmp_path, CHINESE.encode())
    digest = hashlib.sha256(CHINESE.encode()).hexdigest()
    found = read_document(str(path))
    assert found.sha256 == digest
    assert found.source_id == f"src:{digest[:12]}"
    assert (found.name, found.path) == ("report.txt", path)


def test_lines_end_at_lf_only(tmp_path):
    # Form feeds, vertical tabs and U+2028 split lines in str.splitlines; locators count LF only.
    found = read_document(write(tmp_path, "甲\r\n乙\x0b丙\x0c丁\u2028戊\n\n己".encode()))
    assert found.lines == ("甲", "乙\x0b丙\x0c丁\u2028戊", "", "己")
    assert found.text == "甲\n乙\x0b丙\x0c丁\u2028戊\n\n己"


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n\r\0")), min_size=1, max_size=8)
)
def test_lines_of_any_text_survive(tmp_path_factory, lines):
    data = "\n".join(["# 一行", *lines, "末"]).encode()
    path = tmp_path_factory.mktemp("any") / "a.md"
    path.write_bytes(data)
    assert read_document(path).lines == ("# 一行", *lines, "末")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        ("\ufeff \n\t\u3000\n".encode(), "no text"),
        (b"abc\0\x01\x02", "binary"),
        ("中文".encode("utf-16-le"), "UTF-8"),
        (b"%PDF-1.7 xyz", "PDF"),
        (b"PK\x03\x04zip", "DOCX"),
        (b"\xff\xfeabc", "utf-16"),
        ("表格中文".encode() + b"\n\xff\xff\xff", "line 2"),
        ("Café à la carte, déjà vu".encode("latin-1"), "UTF-8"),
        ("人工智能產業發展與應用報告，歡迎閱讀".encode("big5"), "UTF-8"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(tmp_path, data, says):
    path = write(tmp_path, data)
    with pytest.raises(SourceError) as error:
        read_document(path)
    message = str(error.value)
    assert says in message
    assert "report.txt" in message
    assert "\n" not in message
    assert ";" in message, "the cure is missing"


def test_paths_that_cannot_be_read(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(SourceError, match="is a folder"):
        read_document(tmp_path)
    with pytest.raises(SourceError, match="cannot be read"):
        read_document("a\0b")


def test_a_refused_permission_is_one_line(tmp_path, monkeypatch):
    path = write(tmp_path, b"text")

    def refuse(self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SourceError, match="may not be read; change its permissions"):
        read_document(path)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A white paper: the first line is the title, blanks beside digits go; the English lines are no body.
        (
            [
                "",
                "2023 示例发展白皮书",
                "The White Book on the Development of Examples in the Year of 2023",
                "示例市示例协会",
                "2023 年 3 月",
                "前言",
                "正文。",
            ],
            Cover("2023示例发展白皮书", "示例市示例协会", "2023-03"),
        ),
        (["示例研究院", "《示例产业报告》", "二〇二二年十二月"], Cover("示例产业报告", "示例研究院", "2022-12")),
        # A news page: menus, crumbs, a title, then the date with the name of the site.
        (
            [
                "首页|新闻|视频",
                "首页 >> 科技 >> 正文",
                "示例城市新增8个园区",
                "2021年2月23日 08:03  示例财经  ",
                "近日，示例。",
            ],
            Cover("示例城市新增8个园区", "示例财经", "2021-02-23"),
        ),
        (
            ["热门:", "示例赛道", "2025年,示例产业迈入新阶段,规模扩大。", "(文章来源:示例日报)"],
            Cover("示例赛道", "示例日报", None),
        ),
        (
            ["示例新闻标题", "发布时间：2022-09-01 08:00　来源：示例网", "正文。"],
            Cover("示例新闻标题", "示例网", "2022-09-01"),
        ),
        (["示例新闻标题", "来源：示例网", "时间：2022/9/1"], Cover("示例新闻标题", "示例网", "2022-09-01")),
        # Markdown.
        (["一段引言", "# 示例标题 #", "正文。"], Cover("示例标题", None, None)),
        (
            ["---", "title: 示例", "date: 2022-09-01", "publisher: 示例协会", "---", "正文。"],
            Cover("示例", "示例协会", "2022-09-01"),
        ),
        # The section heading that ran into the title; damaged text with readings in brackets.
        (
            ["版權說明:本文由用戶上傳,如有問題請聯系", "文檔簡介", "示例產(chǎn)業(yè)可行性研究報(bào)告一、總論"],
            Cover("示例產業可行性研究報告", None, None),
        ),
        # Nothing that looks like a cover: nothing is guessed.
        (["各地出台了许多政策，这是一个句子。", "三大要素是什么?", "2022年9月"], Cover(None, None, None)),
        ([], Cover(None, None, None)),
        (["| 名称 | 城市 |", "|---|---|", "| 甲 | 乙市 |"], Cover(None, None, None)),
        # A year in a title and a source under a picture are neither date nor publisher.
        (["2022年示例产业规模报告", "正文第一句。", "来源：示例统计公司"], Cover("2022年示例产业规模报告", None, None)),
        (["分享经济发展报告", "2022-13-45"], Cover("分享经济发展报告", None, None)),
    ],
)
def test_covers(lines, expected):
    assert read_cover(lines) == expected


@given(st.lists(st.text(max_size=60), max_size=20))
def test_a_cover_is_read_from_any_lines(lines):
    found = read_cover(lines)
    assert found.title is None or found.title.strip()


@pytest.mark.shared
def test_white_paper():
    found = shared_document("003")
    assert (found.title, found.publisher, found.published) == (
        "2023人工智能发展白皮书",
        "深圳市人工智能行业协会",
        "2023-03",
    )
    assert (found.encoding, len(found.lines)) == ("utf-8", 1378)
    assert found.lines[177].startswith("| 汇顶科技 |")  # line 178


@pytest.mark.shared
def test_web_pages():
    page = shared_document("002")
    assert (page.publisher, page.published) == ("第一財經", "2021-02-23")
    assert shared_document("001").title == "蘇浙競逐AI新賽道"
    assert shared_document("004").title is None  # begins with a sentence
