"""Pipe tables: found, joined over pages, captioned; faithful cells; logical rows."""

from __future__ import annotations

import doctest
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_document import shared_document

from aikg.loaders.readers import pipe_tables, tables
from aikg.loaders.readers.pipe_tables import (
    Caption,
    Row,
    Table,
    fill_down,
    make_cell,
    merge_continued,
    parse_caption,
    read_tables,
    split_row,
)
from aikg.ontology.language import Said


def texts(table: Table) -> list[list[str | None]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def one(text: str) -> Table:
    found = read_tables(text.split("\n"))
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("module", [pipe_tables, tables])
def test_examples_in_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


# ---------------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**深圳市**", "深圳市"),
        ("__深圳市__", "深圳市"),
        ("*斜体*", "斜体"),
        ("甲**乙**丙", "甲乙丙"),
        ("`代码`", "代码"),
        ("甲<br>乙", "甲 乙"),
        ("甲 <BR/> 乙", "甲 乙"),
        ("35104*", "35104"),
        ("35104†", "35104"),
        ("35104 ①", "35104"),
        ("企业[1]", "企业"),
        ("企业[^注]", "企业"),
        ("亿元¹", "亿元"),
        ("亿元<sup>1</sup>", "亿元"),
        ("[示例](https://example.org)", "示例"),
        ("R&amp;D", "R&D"),
        (r"\*ST示例", "*ST示例"),
        # These mean something and stay.
        ("CR ₈", "CR ₈"),
        ("km²", "km²"),
        ("10³", "10³"),
        ("*ST示例", "*ST示例"),
        ("3*4*5", "3*4*5"),
        ("[40%，70%)", "[40%，70%)"),
        ("①", "①"),
        ("①加强；②推进", "①加强；②推进"),
        ("snake_case_name", "snake_case_name"),
        ("不详", "不详"),
        ("未透露", "未透露"),
        ("A&B", "A&B"),
        ("-4", "-4"),
    ],
)
def test_marks_are_removed_and_meaning_stays(raw, text):
    cell = make_cell(raw)
    assert (cell.text, cell.raw) == (text, raw)


@pytest.mark.parametrize("raw", ["—", "–", "-", "--", "－", "——", "／", "/", " — ", "**—**", "―"])
def test_a_dash_is_a_stated_blank(raw):
    cell = make_cell(raw)
    assert (cell.text, cell.is_dash, cell.is_empty) == (None, True, False)


@pytest.mark.parametrize("raw", ["", "   ", "\u3000", "![]()", "<br>"])
def test_an_empty_cell_says_nothing(raw):
    cell = make_cell(raw)
    assert (cell.text, cell.is_dash, cell.is_empty) == (None, False, True)


def test_escaped_pipes_and_outer_pipes():
    assert split_row(r"| 甲 \| 乙 | 丙 |") == ["甲 | 乙", "丙"]
    assert split_row("甲 | 乙") == ["甲", "乙"]
    assert split_row("| 甲 | | 丙 |") == ["甲", "", "丙"]
    assert split_row("| | |") == ["", ""]


# ---------------------------------------------------------------------------------------------- captions


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("图表 3：代表企业", Caption("图表3", "代表企业", None)),
        ("图表3:代表企业", Caption("图表3", "代表企业", None)),
        ("**表 1-2： 园区（单位：亿元）**", Caption("表1-2", "园区", "亿元")),
        ("图 4 企业分布", Caption("图4", "企业分布", None)),
        ("表１２：企业", Caption("表12", "企业", None)),
        ("表一 企业情况", Caption("表1", "企业情况", None)),
        ("表十二：企业", Caption("表12", "企业", None)),
        ("Table 3: Companies (unit: firms)", Caption("Table3", "Companies", "firms")),
        ("Fig. 2. Cities", Caption("Fig2", "Cities", None)),
        ("### 表 2 园区", Caption("表2", "园区", None)),
        ("续表 3", Caption("表3", None, None, continued=True)),
        ("图表 3：代表企业（续）", Caption("图表3", "代表企业", None, continued=True)),
        ("图表 30：融资情况（单位：亿，起）", Caption("图表30", "融资情况", "亿，起")),
        ("表 3 中国企业一览", Caption("表3", "中国企业一览", None)),
        ("表 3 显示，企业数量增加。", None),
        ("表 3 中的企业", None),
        ("图书馆 3：说明", None),
        ("表 2022年的企业", None),
        ("| 表 3：x |", None),
        ("表现 3：良好", None),
        ("", None),
    ],
)
def test_captions(line, expected):
    assert parse_caption(line) == expected


TABLE = "| 企业 | 城市 |\n|---|---|\n| 甲 | 深圳市 |\n| 乙 | — |"


def test_a_table_with_all_that_stands_around_it():
    table = one(f"正文。\n\n图表 7：示例企业（单位：家）\n\n{TABLE}\n\n参考来源：示例协会\n\n注：不含港澳\n\n正文。")
    assert (table.number, table.caption, table.unit, table.caption_line) == ("图表7", "示例企业", "家", 3)
    assert (table.line, table.headers, table.kind) == (5, ("企业", "城市"), "table")
    assert texts(table) == [["甲", "深圳市"], ["乙", None]]
    assert [row.line for row in table.rows] == [7, 8]
    assert table.rows[0].locator == "L7"
    assert table.rows[1].cells[1].is_dash
    assert table.note == "参考来源：示例协会 注：不含港澳"


def test_a_unit_in_a_line_of_its_own():
    table = one(f"表 1 示例\n单位：万元\n{TABLE}")
    assert (table.number, table.unit) == ("表1", "万元")


@pytest.mark.parametrize("between", ["", "\n", "\n\n", "\n- 12 -\n"])
def test_a_caption_may_stand_a_little_above(between):
    assert one(f"表 1：示例{between}\n{TABLE}").number == "表1"


def test_a_caption_with_text_between_is_not_the_tables():
    table = one(f"图表 6：生命周期\n\n参考来源：公开资料\n\n下表列出企业。\n\n{TABLE}")
    assert (table.number, table.caption) == (None, None)


def test_captions_below_where_that_is_the_documents_habit():
    found = read_tables(f"{TABLE}\n\n表 1：甲\n\n{TABLE.replace('甲', '丙')}\n\n表 2：乙\n".split("\n"))
    assert [(table.number, table.caption) for table in found] == [("表1", "甲"), ("表2", "乙")]


def test_captions_above_where_that_is_the_documents_habit():
    found = read_tables(f"表 1：甲\n{TABLE}\n\n表 2：乙\n{TABLE.replace('企业', '园区')}\n".split("\n"))
    assert [table.number for table in found] == ["表1", "表2"]


def test_a_table_without_a_caption_takes_one_below_but_not_that_of_a_picture():
    assert one(f"{TABLE}\n\n表 1：甲").number == "表1"
    assert one(f"{TABLE}\n\n图 1：分布").number is None
    above = f"表 1：甲\n{TABLE}\n\n正文。\n\n{TABLE.replace('企业', '园区')}"
    assert [t.number for t in read_tables(f"{above}\n\n表 2：乙\n\n正文。".split("\n"))] == ["表1", "表2"]
    assert [t.number for t in read_tables(f"{above}\n\n图表 2：图\n\n\n参考来源：某".split("\n"))] == ["表1", None]


# ---------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize(
    "furniture",
    [
        "",
        "\n\n",
        "\n12\n",
        "\n- 12 -\n",
        "\n第 12 页\n",
        "\nPage 3 of 9\n",
        "\n\x0c\n",
        "\n续表\n",
        "\n续表 1\n",
        "\n表 1：示例（续）\n",
        "\n---\n",
    ],
)
def test_a_table_over_two_pages_is_one(furniture):
    table = one(f"表 1：示例\n{TABLE}\n{furniture}\n| 企业 | 城市 |\n|--|------|\n| 丙 | 北京市 |\n\n来源：某")
    assert [row[0] for row in texts(table)] == ["甲", "乙", "丙"]
    assert (table.number, table.note) == ("表1", "来源：某")


def test_running_headers_are_furniture():
    page = "示例研究院年度报告"
    text = f"{page}\n\n正文。\n\n{page}\n\n{TABLE}\n\n{page}\n\n{TABLE.replace('甲', '丙')}"
    assert [row[0] for row in texts(one(text))] == ["甲", "乙", "丙", "乙"]


def test_rows_that_go_on_without_a_header():
    table = one(f"{TABLE}\n\n| 丙 | 北京市 |\n| 丁 |")
    assert [row[0] for row in texts(table)] == ["甲", "乙", "丙", "丁"]
    assert [row.ragged for row in table.rows] == [False, False, False, True]


@pytest.mark.parametrize("between", ["\n正文。\n", "\n参考来源：某\n", "\n表 2：另一表\n"])
def test_the_same_headers_after_text_are_another_table(between):
    assert len(read_tables(f"表 1：示例\n{TABLE}\n{between}\n{TABLE}".split("\n"))) == 2


def test_a_repeated_header_inside_is_dropped():
    assert len(one(f"{TABLE}\n| **企业** | 城市 |\n| 丙 | 北京市 |").rows) == 3
    assert len(one(f"{TABLE}\n{TABLE}").rows) == 4


def test_other_headers_directly_below_are_another_table():
    found = read_tables(f"{TABLE}\n| 园区 | 地点 | 领域 |\n|---|---|---|\n| 丙 | 丁 | 戊 |".split("\n"))
    assert [table.headers for table in found] == [("企业", "城市"), ("园区", "地点", "领域")]


# ---------------------------------------------------------------------------------------------- forms


def test_rows_with_another_number_of_cells_are_kept_and_flagged():
    table = one("| 甲 | 乙 |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n| 1 | 2 |")
    assert [row.ragged for row in table.rows] == [True, True, False]
    assert [len(row.cells) for row in table.rows] == [2, 3, 2]
    assert table.rows[0].cells[1].is_empty
    assert table.rows[0].problem == Said("the row has 1 cells, the header 2", "这一行有 1 个单元格，表头有 2 个")


def test_without_outer_pipes():
    table = one("企业 | 城市\n--- | :---:\n甲 | 深圳市\n乙 | 北京市\n\n正文。")
    assert (table.headers, texts(table)) == (("企业", "城市"), [["甲", "深圳市"], ["乙", "北京市"]])


def test_what_is_no_table():
    for text in [
        "首页|新闻|视频\n科技|财经",
        "甲 | 乙\n-----",
        "| 一行 |",
        "a || b",
        "标题\n---\n正文",
        "|",
        "|---|---|",
    ]:
        assert read_tables(text.split("\n")) == [], text
    assert read_tables([]) == []


def test_bare_rows_have_blank_headers():
    table = one("| 甲 | 1 |\n| 乙 | 2 |")
    assert (table.headers, len(table.rows), table.kind) == (("", ""), 2, "table")


def test_a_table_cut_by_the_end_of_the_file():
    assert one("表 1：示例\n| 企业 | 城市 |\n|---|---|").rows == ()
    table = one("| 企业 | 城市 |\n|---|---|\n| 甲 | 深圳市 |\n| 乙 | 北")
    assert texts(table)[-1] == ["乙", "北"]
    assert one("| 企业 | 城市 |\n|---|---|\n| 甲").rows == ()


def test_a_rule_under_every_row_is_no_row():
    assert texts(one("| 企业 | 城市 |\n|---|---|\n| 甲 | 深圳市 |\n|---|---|\n| 乙 | 北京市 |\n|---|---|")) == [
        ["甲", "深圳市"],
        ["乙", "北京市"],
    ]


def test_a_row_of_dashes_is_a_row():
    assert [cell.is_dash for cell in one(f"{TABLE}\n| - | — |").rows[-1].cells] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "| | |\n|---|---|\n| 一、总论 | 1 |\n| (一) 背景 | 2 |\n\n| | |\n|---|---|\n| 二、市场 | 10 |",
        "| 章节 | 页码 |\n|---|---|\n| 一、总论 | 1 |\n| 二、市场 | 10 |",
        "| 前言 | i |\n|---|---|\n| 一、总论 | 1 |\n| 二、市场 | 10 |".replace("前言 | i", "前言 | 1"),
    ],
)
def test_tables_of_contents(text):
    assert one(text).kind == "contents"


@pytest.mark.parametrize(
    "text",
    [
        "| 城市 | 2022 |\n|---|---|\n| 甲 | 2030 |\n| 乙 | 2040 |",
        "| 城市 | 家 |\n|---|---|\n| 甲 | 1 |\n| 乙 | 2 |",
        "| | |\n|---|---|\n| 甲 | 20 |\n| 乙 | 3 |",
        "| | |\n|---|---|\n| 甲 | 深圳 |",
    ],
)
def test_tables_of_numbers_are_no_contents(text):
    assert one(text).kind == "table"


# ---------------------------------------------------------------------------------------------- logical rows


def rows(*cells: list[str]) -> list[Row]:
    return [Row(line, tuple(make_cell(raw) for raw in row)) for line, row in enumerate(cells, start=10)]


def test_a_row_without_a_key_continues_the_one_above():
    merged = merge_continued(
        rows(["2016", "甲", "提出"], ["", "", "目标。"], ["", "", "AI"], ["", "", "2030"], ["2017", "—", "乙"]), 1
    )
    assert [[cell.text for cell in row.cells] for row in merged] == [
        ["2016", "甲", "提出目标。AI 2030"],
        ["2017", None, "乙"],
    ]
    assert [row.line for row in merged] == [10, 14]


def test_a_first_row_without_a_key_stays():
    assert len(merge_continued(rows(["", "头"], ["甲", "乙"]), 0)) == 2
    assert merge_continued([], 0) == ()


def test_merging_keeps_flags_and_cells_that_only_the_continuation_has():
    ragged = Row(
        11, (make_cell(""), make_cell("乙"), make_cell("丙")), ragged=True, problem=Said("three cells", "三格")
    )
    merged = merge_continued([*rows(["甲", ""]), ragged], 0)
    assert [cell.text for cell in merged[0].cells] == ["甲", "乙", "丙"]
    assert (merged[0].ragged, merged[0].problem) == (True, Said("three cells", "三格"))


def test_fill_down_fills_what_is_empty_but_not_a_dash():
    filled = fill_down(rows(["", "1"], ["甲", "2"], ["", "3"], ["—", ""], ["", "5"]), [0])
    assert [row.cells[0].raw for row in filled] == ["", "甲", "甲", "—", "—"]
    assert filled[3].cells[1].is_empty


# ---------------------------------------------------------------------------------------------- properties

# Marks that a cell is cleaned of, and what makes a rule or a dash, are tested above.
PLAIN = (
    st.text(st.sampled_from("甲乙丙市 abcXYZ0189，。（）:.|\\%¥'\""), max_size=8)
    .map(str.strip)
    .filter(lambda text: text == "" or text.strip("\\") != "")
)


def drawn(grid: list[list[str]]) -> list[str]:
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in grid]


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(1, 4))
    # Letters that no other cell has keep a row from being the header again, or a page number.
    header = [f"列{index}{draw(PLAIN)}" for index in range(width)]
    body = draw(st.lists(st.lists(PLAIN, min_size=width, max_size=width), max_size=6))
    return [header, *body]


@given(grids())
def test_what_is_drawn_is_read_back(grid):
    lines = drawn(grid)
    table = one("\n".join([lines[0], "|" + "---|" * len(grid[0]), *lines[1:]]))
    assert list(table.headers) == grid[0]
    assert [[cell.raw for cell in row.cells] for row in table.rows] == grid[1:]
    assert [[cell.text or "" for cell in row.cells] for row in table.rows] == grid[1:]


@given(grids(), st.data())
def test_two_pages_hold_the_rows_of_one(grid, data):
    lines = drawn(grid)
    at = data.draw(st.integers(1, len(lines)))
    rule = "|" + "---|" * len(grid[0])
    whole = one("\n".join([lines[0], rule, *lines[1:]]))
    parts = one(
        "\n".join([lines[0], rule, *lines[1:at], "", "- 7 -", "", lines[0], "|" + "-|" * len(grid[0]), *lines[at:]])
    )
    assert parts.headers == whole.headers
    assert texts(parts) == texts(whole)


@given(st.lists(st.text(st.sampled_from("|-: 图表1续：甲a\\*[]"), max_size=12), max_size=12))
def test_any_lines_are_read(lines):
    for table in read_tables(lines):
        assert all(len(row.cells) >= len(table.headers) for row in table.rows)
        assert all("|" in lines[row.line - 1] for row in table.rows)


def test_ten_megabytes_take_seconds():
    # 120,000 rows in 1,000 tables; the limit is generous for slow machines, but a quadratic reader needs hours.
    lines: list[str] = []
    for number in range(1000):
        lines += [f"图表 {number % 900}：示例", "", "| 企业 | 日期 | 说明 |", "|---|---|---|"]
        lines += [f"| 企业{i} | 2020-01-01 | {'说明文字' * 5} |" for i in range(120)]
        lines += ["", "参考来源：示例", "示例文字，" * 20, ""]
    assert sum(len(line.encode()) + 1 for line in lines) > 10_000_000
    start = time.perf_counter()
    assert len(read_tables(lines)) == 1000
    assert time.perf_counter() - start < 60


# ---------------------------------------------------------------------------------------------- the white paper


@pytest.mark.shared
def test_white_paper_tables():
    found = {table.number: table for table in read_tables(shared_document("003")) if table.kind == "table"}
    # Counted by hand in the document, continuation lines included.
    counts = {
        3: 20,
        4: 22,
        5: 28,
        7: 6,
        8: 5,
        9: 3,
        10: 4,
        11: 4,
        15: 18,
        19: 14,
        23: 14,
        27: 6,
        31: 13,
        43: 12,
        44: 10,
        45: 10,
    }
    counts |= {49: 10, 50: 14, 51: 9, 53: 5, 54: 7, 56: 6}
    assert {number: len(table.rows) for number, table in found.items()} == {f"图表{n}": c for n, c in counts.items()}
    assert sum(counts[n] for n in (3, 4, 5)) == 70
    assert not any(row.ragged for table in found.values() for row in table.rows)
    assert all(table.note for table in found.values())
    first = found["图表3"]
    assert (first.caption, first.caption_line, first.line) == ("人工智能产业链基础层代表企业", 174, 176)
    assert first.rows[0].locator == "L178"
    assert found["图表31"].unit == "港元，人民币，美元"
    assert found["图表8"].rows[0].cells[1].text.startswith("截至 2022 年底，中国人工智能行业集中度 CR ₈ 位于[40%，70%)")


@pytest.mark.shared
def test_white_paper_contents():
    contents = [table for table in read_tables(shared_document("003")) if table.kind == "contents"]
    assert [(table.line, len(table.rows)) for table in contents] == [(37, 83)]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("number", "key", "count"),
    [(15, "名称", 17), (19, "名称", 14), (23, "名称", 13), (27, "名称", 5), (51, "政策名称", 8), (56, "政策名称", 6)],
)
def test_white_paper_logical_rows(number, key, count):
    table = next(t for t in read_tables(shared_document("003")) if t.number == f"图表{number}")
    merged = merge_continued(table.rows, table.headers.index(key))
    assert len(merged) == count
    assert all(row.cells[table.headers.index(key)].text for row in merged)


@pytest.mark.shared
def test_white_paper_regions_are_filled_down():
    table = next(t for t in read_tables(shared_document("003")) if t.number == "图表50")
    regions = [row.cells[0].text for row in fill_down(table.rows, [0])]
    assert regions == ["长三角"] * 8 + ["珠三角"] * 3 + ["京津冀"] * 3
