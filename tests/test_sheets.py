"""CSV, TSV and XLSX as tables with the row numbers that their users see."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.loaders.readers.sheets import SHEET_SUFFIXES, read_sheets
from aikg.loaders.readers.tables import Table
from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said

COMPANIES = "企业简称,成立日期,所在城市\n甲科技,2015-07-14,北京市\n乙智能,—,深圳市\n丙,,\n"


def write(tmp_path: Path, data: bytes | str, name: str = "firms.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def one(path: Path) -> Table:
    _, tables = read_sheets(path)
    assert len(tables) == 1
    return tables[0]


def texts(table: Table) -> list[list[str | None]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_a_csv_file(tmp_path):
    document, tables = read_sheets(write(tmp_path, COMPANIES))
    table = tables[0]
    assert (table.headers, table.caption, table.line) == (("企业简称", "成立日期", "所在城市"), "firms", 1)
    assert texts(table) == [["甲科技", "2015-07-14", "北京市"], ["乙智能", None, "深圳市"], ["丙", None, None]]
    assert [(row.line, row.locator) for row in table.rows] == [(2, "L2"), (3, "L3"), (4, "L4")]
    assert table.rows[1].cells[1].is_dash
    assert table.rows[2].cells[1].is_empty
    assert not any(row.ragged for row in table.rows)
    assert (document.title, document.encoding, document.name) == ("firms", "utf-8", "firms.csv")
    assert document.lines[1] == "甲科技,2015-07-14,北京市"
    assert document.source_id == "src:" + document.sha256[:12]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    path = write(tmp_path, COMPANIES.replace(",", delimiter).encode(encoding))
    assert one(path).headers == ("企业简称", "成立日期", "所在城市")


def test_a_delimiter_that_also_stands_in_the_text(tmp_path):
    path = write(tmp_path, "名称;领域\n甲;大数据,云计算,芯片\n乙;芯片\n")
    assert texts(one(path)) == [["甲", "大数据,云计算,芯片"], ["乙", "芯片"]]
    assert one(write(tmp_path, "名称\t说明\n甲\ta,b,c\n乙\td,e,f\n", "x.tsv")).headers == ("名称", "说明")
    assert one(write(tmp_path, "sep=;\n名称;数\n甲;1\n")).rows[0].line == 3


def test_quoted_line_ends_do_not_shift_the_row_numbers(tmp_path):
    path = write(tmp_path, '名称,说明\n甲,"第一行\r\n第二行"\n乙,"说""好"""\n')
    table = one(path)
    assert texts(table) == [["甲", "第一行 第二行"], ["乙", '说"好"']]
    # A spreadsheet shows 乙 in row 3; in the file it begins in line 4.
    assert [(row.line, row.locator) for row in table.rows] == [(2, "L2"), (3, "L4")]


def test_empty_rows_are_left_out_but_counted(tmp_path):
    table = one(write(tmp_path, "\n名称,数\n\n甲,1\n,\n乙,2\n"))
    assert table.line == 2
    assert [row.line for row in table.rows] == [4, 6]


def test_one_column_and_old_line_ends(tmp_path):
    assert texts(one(write(tmp_path, "名称\r甲\r乙\r"))) == [["甲"], ["乙"]]


def test_broken_rows_are_flagged_with_the_reason(tmp_path):
    table = one(write(tmp_path, '名称,城市,数\n甲,乙市\n丙,丁市,1,多\n戊,己市,2,,\n"庚"辛,壬市,3\n癸,子市,4\n'))
    assert [(row.line, row.ragged) for row in table.rows] == [(2, True), (3, True), (4, False), (5, True), (6, False)]
    assert table.rows[0].problem == Said("the row has 2 fields, the header 3", "这一行有 2 个字段，表头有 3 个")
    assert table.rows[1].problem == Said("the row has 4 fields, the header 3", "这一行有 4 个字段，表头有 3 个")
    assert "quotation mark" in str(table.rows[3].problem)
    assert len(table.rows[0].cells) == 3
    assert texts(table)[4] == ["癸", "子市", "4"]


def test_a_unit_in_the_name_of_the_file(tmp_path):
    table = one(write(tmp_path, COMPANIES, "企业规模（单位：亿元）.csv"))
    assert (table.caption, table.unit) == ("企业规模", "亿元")


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "a.csv", "is empty"),
        (b"\n\n,,\n", "a.csv", "holds no table"),
        (
            '名称,说明\n甲,"没有结束\n乙,1\n'.encode(),
            "a.csv",
            "row 2: a quotation mark opened in line 2 is never closed",
        ),
        (b"a\0b", "a.csv", "binary"),
        (b"not a zip", "a.xlsx", "no XLSX workbook"),
        (b"PK\x03\x04broken", "a.xlsx", "no XLSX workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.xls", "password"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(tmp_path, data, name, says):
    with pytest.raises(SourceError) as error:
        read_sheets(write(tmp_path, data, name))
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert ";" in str(error.value)


def test_a_very_long_field_is_kept(tmp_path):
    table = one(write(tmp_path, f"名称,说明\n甲,{'长' * 140_000}\n乙,短\n"))
    assert [row[0] for row in texts(table)] == ["甲", "乙"]
    assert len(texts(table)[0][1] or "") == 140_000


def test_a_missing_file(tmp_path):
    with pytest.raises(SourceError, match="no such file"):
        read_sheets(tmp_path / "missing.csv")
    assert ".xlsx" in SHEET_SUFFIXES


FIELD = st.text(st.sampled_from('甲乙 a1,;\t"\n\\%—'), max_size=6)


@given(st.lists(st.lists(FIELD, min_size=2, max_size=2), min_size=1, max_size=6), st.sampled_from(",;\t"))
def test_what_csv_writes_is_read_back(tmp_path_factory, grid, delimiter):
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows([["名称", "说明"], *grid])
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(f"sep={delimiter}\n{target.getvalue()}".encode())
    written = [row for row in grid if any(cell.strip() for cell in row)]
    assert [[cell.raw for cell in row.cells] for row in one(path).rows] == [
        [cell.strip() for cell in row] for row in written
    ]


# ------------------------------------------------------------------------------------------------ XLSX


def workbook(tmp_path: Path, *sheets: tuple[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def test_a_workbook_gives_a_table_per_sheet(tmp_path):
    path = workbook(
        tmp_path,
        (
            "企业 2022",
            [
                ["企业", "成立日期", "规模（亿元）"],
                ["甲", dt.date(2015, 7, 14), 10.7],
                [None, None, None],
                ["乙", "—", 35104],
            ],
        ),
        ("空", []),
        ("园区", [["园区", "地点"], ["丙", "深圳"]]),
    )
    document, tables = read_sheets(path)
    assert [(table.caption, table.line) for table in tables] == [("企业 2022", 1), ("园区", 1)]
    assert texts(tables[0]) == [["甲", "2015-07-14", "10.7"], ["乙", None, "35104"]]
    assert tables[0].rows[1].cells[1].is_dash
    assert [(row.line, row.locator) for row in tables[0].rows] == [(2, "企业_2022!2"), (4, "企业_2022!4")]
    assert (document.encoding, document.lines) == ("xlsx", ())


def test_values_are_as_shown(tmp_path):
    path = workbook(
        tmp_path,
        (
            "s",
            [["值", "名"]]
            + [
                [value, "x"]
                for value in (0.176, 0.1 + 0.2, 3.0, 1e15, -4, True, dt.datetime.fromisoformat("2022-09-01T08:03"))
            ],
        ),
    )
    book = openpyxl.load_workbook(path)
    book["s"]["A2"].number_format = "0.0%"
    month, year = dt.date(2022, 9, 1), dt.date(2022, 1, 1)
    book["s"].append([month, "x"])
    book["s"].append([year, "x"])
    book["s"]["A9"].number_format, book["s"]["A10"].number_format = 'yyyy"年"m"月"', "yyyy"
    book.save(path)
    assert [row[0] for row in texts(one(path))] == [
        "17.6%",
        "0.3",
        "3",
        "1000000000000000",
        "-4",
        "TRUE",
        "2022-09-01 08:03:00",
        "2022-09",
        "2022",
    ]


def test_merged_cells_hold_for_all_their_rows(tmp_path):
    path = workbook(
        tmp_path, ("s", [["地区", "中心", "算力"], ["长三角", "甲", 1], [None, "乙", 2], [None, "丙", None]])
    )
    book = openpyxl.load_workbook(path)
    book["s"].merge_cells("A2:A4")
    book["s"].merge_cells("C3:C4")
    book.save(path)
    assert texts(one(path)) == [["长三角", "甲", "1"], ["长三角", "乙", "2"], ["长三角", "丙", "2"]]


def test_a_title_a_unit_and_notes_around_the_table(tmp_path):
    path = workbook(
        tmp_path,
        (
            "s",
            [
                ["示例企业一览"],
                [None, None, "单位：亿元"],
                ["企业", "城市", "规模"],
                ["甲", "乙市", 1],
                ["资料来源：示例协会"],
            ],
        ),
    )
    book = openpyxl.load_workbook(path)
    book["s"].merge_cells("A1:C1")
    book.save(path)
    table = one(path)
    assert (table.headers, table.line, table.unit) == (("企业", "城市", "规模"), 3, "亿元")
    assert table.note == "示例企业一览 资料来源：示例协会"
    assert [row.line for row in table.rows] == [4]


def test_surplus_cells_are_flagged(tmp_path):
    table = one(workbook(tmp_path, ("s", [["甲", "乙"], [1, 2, 3], [4, 5]])))
    assert [(row.ragged, row.problem) for row in table.rows] == [
        (True, Said("the row has 3 cells, the header 2", "这一行有 3 个单元格，表头有 2 个")),
        (False, None),
    ]


def with_result(path: Path, result: str) -> None:
    """Store a result beside the formula of B2, as a spreadsheet program does and openpyxl cannot."""
    source = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
    with zipfile.ZipFile(path, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "xl/worksheets/sheet1.xml":
                data = data.replace(b"<f>1+1</f><v />", b"<f>1+1</f>" + result.encode()).replace(
                    b"<f>1+1</f><v></v>", b"<f>1+1</f>" + result.encode()
                )
            target.writestr(item, data)


def test_formulas_give_their_stored_result(tmp_path):
    path = workbook(tmp_path, ("s", [["名", "数"], ["甲", "=1+1"], ["乙", 3]]))
    flagged = one(path)
    problem = Said("B2 has a formula without a stored result", "B2 的公式没有保存计算结果")
    assert (flagged.rows[0].ragged, flagged.rows[0].problem) == (True, problem)
    assert texts(flagged)[1] == ["乙", "3"]
    with_result(path, "<v>2</v>")
    assert texts(one(path)) == [["甲", "2"], ["乙", "3"]]


def test_a_formula_in_the_header_stops(tmp_path):
    path = workbook(tmp_path, ("s", [["名", "数", "=1+1"], ["甲", 1, 2]]))
    with pytest.raises(SourceError, match="C1 has a formula without a stored result; open the file in Excel"):
        read_sheets(path)


def test_error_values_are_no_values(tmp_path):
    path = workbook(tmp_path, ("s", [["名", "数"], ["甲", "#N/A"]]))
    cell = one(path).rows[0].cells[1]
    assert (cell.text, cell.raw) == (None, "#N/A")


def test_a_workbook_without_a_table(tmp_path):
    with pytest.raises(SourceError, match="no sheet holds a table"):
        read_sheets(workbook(tmp_path, ("s", [])))
