"""Tables as text: widths of Chinese, wrapping, what null looks like, and that CSV and JSON lose nothing."""

from __future__ import annotations

import csv
import doctest
import io
import json
from importlib import import_module
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aikg.cli.build_report import report_lines
from aikg.cli.output import cited
from aikg.cli.tables import Table, as_csv, as_json, as_table
from aikg.cli.width import clean, shorten, width, wrap
from aikg.cli.workbook import as_workbook

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
CELL = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
ROWS = st.lists(st.tuples(CELL | st.lists(TEXT, max_size=3), CELL), max_size=6)
MIXED = st.text("国家新一代（AI）创新，试验区_a-b/12 x", max_size=60)


@pytest.mark.parametrize("name", ["cypher", "language", "messages", "misuse", "tables", "width"])
def test_examples_in_the_docstrings(name: str) -> None:
    found = doctest.testmod(import_module(f"aikg.cli.{name}"))
    assert found.attempted > 0
    assert found.failed == 0


@given(MIXED, st.integers(2, 30))
def test_wrapping_fits_and_keeps_every_character(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(TEXT, st.integers(1, 20))
def test_shortened_text_fits(text: str, columns: int) -> None:
    short = shorten(clean(text), columns)
    assert width(short) <= columns
    assert short == clean(text) or short.endswith("…")


def test_words_and_closing_marks_stay_together() -> None:
    assert wrap("华为（HUAWEI）、腾讯", 12) == ["华为", "（HUAWEI）、", "腾讯"]
    assert wrap("financing_stage 融资阶段", 10) == ["financing_", "stage 融资", "阶段"]


@given(ROWS)
def test_json_gives_every_value_back(rows: list[tuple[Any, Any]]) -> None:
    table = Table(["a", "b"], [list(row) for row in rows])
    assert json.loads(as_json(table)) == [{"a": a, "b": b} for a, b in rows]


@given(st.lists(st.tuples(TEXT, TEXT), max_size=6))
def test_csv_gives_every_text_back(rows: list[tuple[str, str]]) -> None:
    text = as_csv(Table(["a", "b"], [list(row) for row in rows]), bom=True, formulas=True)
    assert text.startswith("\ufeffa,b\n")
    assert list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1:] == [list(row) for row in rows]


@given(ROWS, st.none() | st.integers(40, 120), st.sampled_from(["zh", "en"]))
def test_a_table_never_breaks_its_lines_or_the_terminal(
    rows: list[tuple[Any, Any]], columns: int | None, lang: Any
) -> None:
    text, _ = as_table(Table(["a", "名称"], [list(row) for row in rows]), lang, columns)
    lines = text.removesuffix("\n").split("\n")
    assert not any(char < " " for line in lines for char in line)
    if columns is None:
        assert len(lines) == len(rows) + 2
    else:
        assert all(width(line) <= columns for line in lines)


def test_columns_line_up_although_chinese_is_wide() -> None:
    text, shortened = as_table(Table(["name", "n"], [["深圳市", 12], ["AI", None], ["甲", 0]]), "en")
    assert text.splitlines() == [
        "name               n",
        "------  ------------",
        "深圳市            12",
        "AI      not recorded",
        "甲                 0",
    ]
    assert not shortened


def test_too_many_columns_become_blocks_and_long_cells_are_shortened() -> None:
    wide = Table([f"c{i}" for i in range(12)], [["产业" * 20] * 12])
    text, shortened = as_table(wide, "zh", 80)
    assert text.startswith("── 第 1 条 ──\nc0")
    assert not shortened
    assert "".join(line[5:] for line in text.splitlines()[1:3]) == "产业" * 20
    text, shortened = as_table(Table(["a"], [["长" * 500]]), "zh", 40)
    assert shortened
    assert len(text.splitlines()) == 2 + 4
    assert text.endswith("…\n")


def test_csv_gives_a_spreadsheet_no_formula() -> None:
    """Cells as OWASP's page on CSV injection lists them: = + - @ tab CR at the start."""
    texts = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1", "\r=1", "—", "a=b", "-5", "+3.5%", ""]
    table = Table(["=a", "n"], [[text, -5.5] for text in texts] + [[["=1", "b"], 7]])
    found = list(csv.reader(io.StringIO(as_csv(table), newline="")))
    assert found[0] == ["'=a", "n"]
    assert [row[0] for row in found[1:]] == [
        "'=1+1", "'+cmd|' /C calc'!A0", "'-2+3", "'@SUM(1)", "'\t=1", "'\r=1", "—", "a=b", "-5", "+3.5%", "", "'=1; b",
    ]  # fmt: skip
    assert {row[1] for row in found[1:]} == {"-5.5", "7"}
    assert '"=1+1"' in as_json(table)


def test_csv_and_tables_write_whole_numbers_whole_and_json_keeps_them() -> None:
    table = Table(["v"], [[1070000000.0], [1100.0], [33.3], [1e300], [7], [None]])
    assert as_csv(table).split("\n")[1:-1] == ["1070000000", "1100", "33.3", "1e+300", "7", '""']
    assert as_table(table, "en")[0].split()[2:5] == ["1070000000", "1100", "33.3"]
    assert [row["v"] for row in json.loads(as_json(table))] == [1070000000.0, 1100.0, 33.3, 1e300, 7, None]


def test_a_workbook_takes_what_documents_hold() -> None:
    long = "长" * 40_000
    content, shortened = as_workbook(Table(["a"], [["红\x1b\x00"], [long], [10**18], [{"k": 1}], ["\ud800"]]))
    assert shortened
    cells = [row[0] for row in openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)]
    assert cells == ["a", "红  ", "长" * 32_766 + "…", str(10**18), '{"k": 1}', "\\ud800"]
    assert not as_workbook(Table(["a"], []))[1]


def test_control_characters_of_a_document_do_not_reach_the_terminal() -> None:
    text, _ = as_table(Table(["a"], [["红\x1b[31m\u202e\x07\r\n字"]]), "zh")
    assert text.splitlines()[2] == "红 [31m 字"


def test_frames_come_as_plain_values() -> None:
    frame = pd.DataFrame(
        {
            "list": pd.Series([["a"], [], None], dtype=pd.ArrowDtype(pa.list_(pa.string()))),
            "whole": pd.Series([1, None, 0], dtype=pd.ArrowDtype(pa.int64())),
            "float": [np.float64(1.5), np.nan, 0.0],
            "true": pd.Series([True, None, False], dtype=pd.ArrowDtype(pa.bool_())),
            "any": [{"id": "x", "n": np.int64(1)}, None, np.array([1, 2])],
        }
    )
    assert Table.of_frame(frame).rows == [
        [["a"], 1, 1.5, True, {"id": "x", "n": 1}],
        [[], None, None, None, None],
        [None, 0, 0.0, False, [1, 2]],
    ]
    assert Table.of_frame(frame.iloc[:0]).rows == []


def test_citations_are_named_once_a_cell_but_parallel_lists_keep_their_length() -> None:
    entries = ["src:0123456789ab#L1;图表3;甲", "src:0123456789ab#L1;图表3;乙"]
    table = Table(
        ["sources", "value_sources", "source_a", "id"], [[entries, entries, ", ".join(entries), "src:0123456789ab"]]
    )
    asked = []

    def cite(entry: str) -> str:
        asked.append(entry)
        return "《某》"

    assert cited(table, cite).rows == [[["《某》"], ["《某》", "《某》"], "《某》", "src:0123456789ab"]]
    assert sorted(asked) == sorted(entries)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_report_names_long_lists_in_part_and_where_the_rest_is(lang: Any) -> None:
    report = {
        "graph": "g", "inputs": [], "tables": [], "left_out": [], "notes": [{"zh": "某事", "en": "a thing"}],
        "problems": [{"zh": f"a.csv 第 {i} 行：x", "en": f"a.csv row {i}: x"} for i in range(40)],
        "unknown_words": {"某词": "Technology"}, "untied_indicators": {"某指标": "src:0123456789ab#L1"},
        "rows": {}, "records": 1234, "merged": 0, "conflicts": 0, "candidates": 0,
        "counts": {"nodes": {"City": 2}, "edges": {}, "statements": {"all": 0}},
    }  # fmt: skip
    text = "\n".join(report_lines(report, lang, None))
    row, note = {"zh": ("a.csv 第 {} 行", "某事"), "en": ("a.csv row {}", "a thing")}[lang]
    assert row.format(29) in text
    assert row.format(30) not in text
    assert "10" in text
    assert "report.json" in text
    assert all(word in text for word in (note, "某词", "某指标", "1,234", "City"))
