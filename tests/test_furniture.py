"""Page furniture: nothing of a paper is lost, nothing of a site is taken for its text."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import opencc
import pytest
from furniture_pages import PAGES
from hypothesis import given
from hypothesis import strategies as st
from support import shared

from aikg.loaders.readers import furniture
from aikg.loaders.readers.furniture import content
from aikg.loaders.repair.text import repair_lines

READING = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,7}\)")


def readable(path: Path) -> list[str]:
    """The lines of a damaged text, in simplified characters and without readings: a repair that is good enough here."""
    convert = opencc.OpenCC("t2s").convert
    return [convert(READING.sub("", line)) for line in path.read_text(encoding="utf-8").split("\n")]


def repaired(path: Path) -> list[str]:
    return list(repair_lines(path.read_text(encoding="utf-8").split("\n")).lines)


@pytest.mark.parametrize("name", PAGES)
def test_made_up_pages(name):
    marked = PAGES[name].strip("\n").split("\n")
    lines = [line[2:] for line in marked]
    shown = [("+ " if kept else "- ") + line for line, kept in zip(lines, content(lines), strict=True) if line]
    assert shown == [line for line in marked if line[2:]]


@pytest.mark.parametrize("blank", ["", "\u3000"])
def test_blank_lines_between_change_nothing(blank):
    for page in PAGES.values():
        lines = [line[2:] for line in page.strip("\n").split("\n")]
        spread = [part for line in lines for part in (line, blank)]
        assert content(spread)[::2] == content(lines)
        assert not any(content(spread)[1::2])


@pytest.mark.shared
def test_a_clean_paper_loses_no_sentence_table_or_heading():
    lines = readable(shared("documents", "003_*.txt"))
    kept = content(lines)
    start, end = lines.index("前言"), lines.index("关于协会")
    body = [(line.strip(), keep) for line, keep in zip(lines[start:end], kept[start:end], strict=True) if line.strip()]
    dropped = [line for line, keep in body if not keep]
    contents = [line for line in dropped if line.startswith("|")]
    assert len(contents) > 80, "the table of contents, three blocks"
    assert all(re.search(r"\| *\d+ *\|$|^\|[-| ]*\|$|^\| \| \|$", line) for line in contents)
    # The association's name is the head of pages (once with its line of the cover).
    assert {line for line in dropped if not line.startswith("|")} == {"目 录", "深圳市人工智能行业协会"}
    about = [line for line in lines[end : lines.index("法律说明", end)] if "。" in line]
    assert len(about) > 3
    assert all(keep for line, keep in zip(lines, kept, strict=True) if line in about)


# (first, last) lines of the text of each page, counted by eye in the files.
@pytest.mark.shared
@pytest.mark.parametrize("reading", [readable, repaired])
@pytest.mark.parametrize(
    ("name", "first", "last", "furniture_within"),
    [
        ("000", 3, 188, ()),
        ("001", 2, 20, ()),
        ("002", 5, 73, ("2021年2月23日",)),
        ("004", 1, 39, ("![]()",)),
    ],
)
def test_web_pages_keep_their_text_and_lose_everything_else(name, first, last, furniture_within, reading):
    lines = reading(shared("documents", f"{name}_*.txt"))
    expected = tuple(
        first <= number <= last and bool(line.strip()) and not line.startswith(furniture_within)
        for number, line in enumerate(lines, start=1)
    )
    wrong = [
        (number, line[:60])
        for number, (line, kept, wanted) in enumerate(zip(lines, content(lines), expected, strict=True), start=1)
        if kept != wanted
    ]
    assert not wrong


SUBJECTS = [
    "平台应当建立侵权投诉举报机制，用户上传的内容侵犯版权的，应当及时删除并承担法律责任。",
    "公司来源：由三所高校联合发起，编辑部设在深圳，员工达200人。",
    "增值电信业务经营许可证的审批时限缩短为15个工作日，全市新增持证企业120家。",
    "该客户端下载量超过1亿次，用户评论和点赞功能由甲科技提供。",
    "甲科技官网访问量居全国第一，客服电话由人工智能接听。",
    "某市人工智能产业园区管理委员会关于组织开展人工智能企业申报人工智能专项资金和人工智能人才项目的通知",
    "The copyright office registered 1,200 AI models in 2023, twice as many as the year before.",
]


@pytest.mark.parametrize("sentence", SUBJECTS)
def test_a_sentence_about_such_things_is_content(sentence):
    lines = ["某市产业报告", "甲科技成立于2015年，位于深圳。", sentence, "乙科技成立于2016年，位于北京。"]
    assert content(lines) == (True,) * 4


def test_tables_their_notes_and_captions_are_content():
    lines = [
        "图表 1：企业",
        "",
        "| 企业 | 市 |",
        "|---|---|",
        "| 甲 | 合肥 |",
        "",
        "来源：公开资料",
        "注：截至2023年",
        "正文。",
    ]
    kept = content(lines)
    assert [line for line, keep in zip(lines, kept, strict=True) if line and not keep] == []
    contents = ["| 目录 | 页码 |", "|---|---|", "| 一、概况 | 1 |", "| 二、园区 | 9 |"]
    assert not any(content(contents))


def test_a_list_at_the_end_stays_and_page_numbers_go():
    lines = ["入选企业如下。", "- 甲科技", "- 乙科技", "- 2 -", "- 丙科技"]
    assert content(lines) == (True, True, True, False, True)


def test_running_heads_go_where_page_numbers_tell_that_they_are():
    page = ["某市产业年报", "本页讲述第一件事情的经过。", "12"]
    assert content(page * 4) == (True, True, False) + (False, True, False) * 3


@given(
    st.lists(
        st.one_of(st.text(max_size=60), st.sampled_from([*SUBJECTS, "首页|新闻|财经|科技", "相关新闻", "| a | b |"]))
    )
)
def test_any_lines_get_an_answer_each(lines):
    kept = content(lines)
    assert len(kept) == len(lines)
    assert not any(keep for line, keep in zip(lines, kept, strict=True) if not line.strip())


@pytest.mark.timeout(60)
def test_long_texts_take_no_long_time():
    assert (
        len(content(["首页 " * 3000, "a|" * 20_000, "甲" * 100_000, "基金证券" * 20_000] + ["甲科技"] * 30_000))
        == 30_004
    )


def test_doctests():
    assert doctest.testmod(furniture).failed == 0
