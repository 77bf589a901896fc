"""CSV, TSV and XLSX files as tables. Rows are numbered as a spreadsheet program shows them, from 1."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import re
import warnings
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from aikg.loaders.readers.archive import check_archive
from aikg.loaders.readers.document import Document, decode, read_bytes
from aikg.loaders.readers.files import SHEET_SUFFIXES
from aikg.loaders.readers.pipe_tables import is_note
from aikg.loaders.readers.tables import EMPTY, Cell, Row, Table, cell_count, make_cell, split_unit
from aikg.ontology.errors import SourceError
from aikg.ontology.language import Said, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

__all__ = ["SHEET_SUFFIXES", "read_sheets"]

_DELIMITERS = ",;\t"
_MOST_CELLS = 30_000_000  # one stray cell in the last corner makes a sheet of 17 thousand million
_MOST_MERGED = 1_000_000  # every one becomes a cell in memory when the workbook is opened
_MOST_COLUMNS = 16_384  # of Excel
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([A-Za-z0-9:$]{1,30})[\"']")
_SNIFFED = 200  # records that decide on the delimiter


def read_sheets(path: Path | str) -> tuple[Document, list[Table]]:
    """The file as a document (identity, title = its stem, lines for CSV) and its tables, one per sheet.

    `Row.line` is the row number, `Row.locator` the line of a CSV file (``L14``) or sheet and row
    (``Sheet1!14``). A broken row, such as one with another number of fields than the header, is `ragged` and
    says why in `problem`; the caller decides whether that stops it. Empty rows are left out, but counted.

    Raises SourceError in one line for a file that is missing, empty, no text, no workbook, locked, or without
    a header, and for a quotation mark that is never closed.
    """
    path = Path(path)
    data = read_bytes(path)
    if path.suffix.lower() in (".xlsx", ".xlsm", ".xls") or data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        tables = _workbook(data, path)
        return _document(path, data, "xlsx", ()), tables
    text, encoding = decode(data, path.name)
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    if lines[-1] == "":
        lines.pop()
    table = _delimited(text, path)
    return _document(path, data, encoding, tuple(lines)), [table]


def _document(path: Path, data: bytes, encoding: str, lines: tuple[str, ...]) -> Document:
    digest = hashlib.sha256(data).hexdigest()
    return Document(path, path.name, digest, f"src:{digest[:12]}", encoding, lines, path.stem, None, None)


# ------------------------------------------------------------------------------------------------ CSV


def _delimited(text: str, path: Path) -> Table:
    text = text.removeprefix("\ufeff")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    separator = re.match(r"sep=(.)\r?\n", text)  # Excel's own hint
    delimiter = separator[1] if separator else _delimiter(text, path)
    records = [record for record in _records(text, delimiter, path) if any(cell.strip() for cell in record[2])]
    if separator:
        records = records[1:]
    if not records:
        raise SourceError(
            say(
                f"{path}: holds no table; the first row must name the columns",
                f"{path}：里面没有表；第一行要写各列的名称",
            )
        )
    line, _, head, _ = records[0]
    headers = [make_cell(cell, marks=False).text or "" for cell in head]
    while headers and not headers[-1]:
        headers.pop()
    if len(headers) > _MOST_COLUMNS:
        raise SourceError(
            say(
                f"{path} row {line}: {len(headers):,} columns, a table has at most {_MOST_COLUMNS:,}; check the separators",
                f"{path} 第 {line} 行：有 {len(headers):,} 列，一张表最多 {_MOST_COLUMNS:,} 列；请检查分隔符",
            )
        )
    rows = [_csv_row(cells, len(headers), number, start, problem) for number, start, cells, problem in records[1:]]
    name, unit = split_unit(path.stem)
    return Table(tuple(headers), tuple(rows), line, caption=name or path.stem, unit=unit)


def _csv_row(raws: Sequence[str], width: int, number: int, line: int, problem: Said | None) -> Row:
    # Spreadsheet programs write a tail of empty fields; it says nothing.
    kept = list(raws)
    while len(kept) > width and not kept[-1].strip():
        kept.pop()
    cells = [make_cell(raw, marks=False) for raw in kept]
    if len(cells) != width and problem is None:
        problem = Said(
            f"the row has {len(cells)} fields, the header {width}", f"这一行有 {len(cells)} 个字段，表头有 {width} 个"
        )
    cells += [EMPTY] * (width - len(cells))
    return Row(number, tuple(cells), ragged=problem is not None, problem=problem, place=f"L{line}")


def _records(text: str, delimiter: str, path: Path) -> Iterator[tuple[int, int, list[str], Said | None]]:
    """Row number, first line, fields and problem of each record.

    The strict reader finds what the lenient one hides: a quotation mark never closed swallows the rest of the
    file. After any other fault the record is taken leniently and marked, and reading goes on behind it.
    """
    lines = _lines(text)
    at, number = 0, 0
    while at < len(lines):
        source = _Counted(lines, at)
        reader = csv.reader(source, delimiter=delimiter, strict=True)
        while True:
            first = source.position
            number += 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if "unexpected end of data" in str(error):
                    raise SourceError(
                        say(
                            f"{path} row {number}: a quotation mark opened in line {first + 1} is never closed; "
                            "close it, or double it where it belongs to the text",
                            f"{path} 第 {number} 行：文件第 {first + 1} 行开始的引号没有闭合；"
                            "请补上引号，若引号属于正文请写两遍",
                        )
                    ) from None
                fields = _leniently(lines[first : source.position], delimiter)
                problem = Said(f"a quotation mark stands inside a field ({error})", f"字段中间有引号（{error}）")
                yield number, first + 1, fields, problem
                at = source.position
                break
            yield number, first + 1, fields, None


def _leniently(lines: Sequence[str], delimiter: str) -> list[str]:
    try:
        return [field for part in csv.reader(lines, delimiter=delimiter) for field in part]
    except csv.Error:  # a field beyond the reader's limit
        return "".join(lines).split(delimiter)


class _Counted:
    """An iterator over lines that tells how far it has been read."""

    def __init__(self, lines: Sequence[str], position: int) -> None:
        self.lines = lines
        self.position = position

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def _lines(text: str) -> list[str]:
    """Lines with their ends, split at LF only, as everywhere else."""
    lines = [line + "\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _delimiter(text: str, path: Path) -> str:
    """The character that splits most of the first records into one number of fields, and into the most."""
    if path.suffix.lower() in (".tsv", ".tab"):
        return "\t"
    lines = _lines(text)[: 4 * _SNIFFED]
    best, score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        counts = []
        try:
            for fields in csv.reader(lines, delimiter=delimiter):
                if any(field.strip() for field in fields):
                    counts.append(len(fields))
                if len(counts) == _SNIFFED:
                    break
        except csv.Error:
            continue
        width = counts[0] if counts else 1
        if width < 2:
            continue
        share = sum(count == width for count in counts) / len(counts)
        if (share, width) > score:
            best, score = delimiter, (share, width)
    return best


# ------------------------------------------------------------------------------------------------ XLSX

_BAD_WORKBOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    SyntaxError,  # of either XML parser
    KeyError,
    IndexError,
    AttributeError,
    ValueError,
    TypeError,
    OSError,
    EOFError,
)


def _workbook(data: bytes, path: Path) -> list[Table]:
    check_archive(data, path, "XLSX")
    try:
        _check_merged(data, path)
        values = _load(data, formulas=False)
        # Loading twice is dear; only a workbook with formulas needs it.
        formulas = _load(data, formulas=True) if _has_formulas(data) else None
    except _BAD_WORKBOOK as error:
        raise SourceError(
            say(
                f"{path}: is no XLSX workbook that can be read ({error}); save it again as XLSX",
                f"{path}：不是能读取的 XLSX 工作簿（{error}）；请重新另存为 XLSX",
            )
        ) from None
    tables = []
    for sheet in values.worksheets:
        table = _sheet(sheet, formulas[sheet.title] if formulas else None, path)
        if table is not None:
            tables.append(table)
    if not tables:
        raise SourceError(
            say(
                f"{path}: no sheet holds a table; the first row must name the columns",
                f"{path}：没有一个工作表里有表；第一行要写各列的名称",
            )
        )
    return tables


def _load(data: bytes, *, formulas: bool) -> Any:
    with warnings.catch_warnings():
        # Openpyxl warns of styles and validations that it drops; none of them is data.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=not formulas)


def _sheet_parts(data: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml"):
                yield archive.read(name)


def _has_formulas(data: bytes) -> bool:
    return any(b"<f" in part for part in _sheet_parts(data))


def _check_merged(data: bytes, path: Path) -> None:
    """SourceError for merged cells over a whole sheet, before they fill the memory."""
    for part in _sheet_parts(data):
        merged = 0
        for match in _MERGED.finditer(part):
            left, top, right, bottom = (edge or 1 for edge in range_boundaries(match[1].decode("ascii")))
            merged += (right - left + 1) * (bottom - top + 1)
        if merged > _MOST_MERGED:
            raise SourceError(
                say(
                    f"{path}: {merged:,} cells of a sheet are merged; undo that where there is no data, or save it as CSV",
                    f"{path}：一个工作表合并了 {merged:,} 个单元格；请取消没有数据处的合并，或另存为 CSV",
                )
            )


def _sheet(sheet: Worksheet, formulas: Worksheet | None, path: Path) -> Table | None:
    """The table of a sheet; rows above the header (title, unit) and notes below it become its note."""
    if sheet.max_row * sheet.max_column > _MOST_CELLS:
        raise SourceError(
            say(
                f"{path} sheet {sheet.title}: spans {sheet.max_row} rows and {sheet.max_column} columns; "
                "delete the empty rows and columns behind the data, or save the sheet as CSV",
                f"{path} 工作表 {sheet.title}：有 {sheet.max_row} 行、{sheet.max_column} 列；"
                "请删除数据后面的空行和空列，或把工作表另存为 CSV",
            )
        )
    grid = [[_value_cell(cell) for cell in row] for row in sheet.iter_rows()]
    _spread(sheet, grid)
    first = _header_row(grid)
    if first is None:
        return None
    headers = [cell.text or "" for cell in grid[first]]
    while headers and not headers[-1]:
        headers.pop()
    width = len(headers)
    name = re.sub(r"[\s|#;]+", "_", sheet.title)
    unknown = _uncalculated(sheet, formulas, first)
    if first + 1 in unknown:
        raise SourceError(
            say(
                f"{path} sheet {sheet.title} {unknown[first + 1]}; open the file in Excel and save it again",
                f"{path} 工作表 {sheet.title}：{unknown[first + 1]}；请用 Excel 打开并重新保存",
            )
        )
    rows, notes = [], []
    for index in range(first + 1, len(grid)):
        cells = list(grid[index])
        while len(cells) > width and cells[-1].text is None:
            cells.pop()
        if all(cell.is_empty for cell in cells) and index + 1 not in unknown:
            continue
        filled = {cell.text for cell in cells if cell.text}
        if len(filled) == 1 and cells[0].text and is_note(cells[0].text):
            notes.append(cells[0].text)
            continue
        cells += [EMPTY] * (width - len(cells))
        problem = unknown.get(index + 1)
        if len(cells) > width:
            problem = cell_count(len(cells), width)
        rows.append(
            Row(
                index + 1,
                tuple(cells),
                ragged=problem is not None,
                problem=problem,
                place=f"{name}!{index + 1}",
            )
        )
    unit = None
    for row in grid[:first]:
        for text in dict.fromkeys(cell.text for cell in row if cell.text):
            title, found = split_unit(text)
            unit = unit or found
            if title:
                notes.insert(0, title)
    return Table(tuple(headers), tuple(rows), first + 1, caption=sheet.title, note=" ".join(notes) or None, unit=unit)


def _header_row(grid: Sequence[Sequence[Cell]]) -> int | None:
    """The first row that names most of the columns; a title or a unit above it fills fewer cells."""
    words = [len({cell.text for cell in row if cell.text}) for row in grid[:50]]
    enough = max(2, -(-max(words, default=0) * 6 // 10))
    filled = [index for index, count in enumerate(words) if count]
    return next((index for index in filled if words[index] >= enough), filled[0] if filled else None)


def _spread(sheet: Worksheet, grid: list[list[Cell]]) -> None:
    """A merged cell holds its value for every row and column that it covers."""
    for area in sheet.merged_cells.ranges:
        top, left = area.min_row - 1, area.min_col - 1
        if top >= len(grid) or left >= len(grid[top]):
            continue
        for row in grid[top : area.max_row]:
            for column in range(left, min(area.max_col, len(row))):
                row[column] = grid[top][left]


def _uncalculated(sheet: Worksheet, formulas: Worksheet | None, first: int) -> dict[int, Said]:
    """Row → problem, for formulas without a result in the file: what wrote it does not calculate."""
    found: dict[int, Said] = {}
    for row in formulas.iter_rows(min_row=first + 1) if formulas is not None else ():
        for cell in row:
            if cell.data_type == "f" and sheet.cell(cell.row, cell.column).value is None:
                place = f"{get_column_letter(cell.column)}{cell.row}"
                found.setdefault(
                    cell.row,
                    Said(f"{place} has a formula without a stored result", f"{place} 的公式没有保存计算结果"),
                )
    return found


def _value_cell(cell: Any) -> Cell:
    """A cell as it is shown: dates in ISO form and no finer than displayed, percentages with their sign."""
    value, shown = cell.value, str(cell.number_format or "")
    if value is None:
        return EMPTY
    if cell.data_type == "e":
        return Cell(None, str(value))  # #N/A, #DIV/0! are no values
    if isinstance(value, bool):
        return _exact("TRUE" if value else "FALSE")
    if isinstance(value, dt.datetime | dt.date):
        return _exact(_date(value, shown))
    if isinstance(value, int | float):
        return _exact(_number(value, shown))
    return make_cell(str(value), marks=False)


def _exact(text: str) -> Cell:
    return Cell(text, text)


def _date(value: dt.datetime | dt.date, shown: str) -> str:
    pattern = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", shown).lower()
    if isinstance(value, dt.datetime) and (value.hour or value.minute or value.second):
        return value.isoformat(sep=" ", timespec="seconds")
    text = value.strftime("%Y-%m-%d") if value.year >= 1000 else value.isoformat()[:10]
    if "y" in pattern and "d" not in pattern:
        return text[:7] if "m" in pattern else text[:4]
    return text


def _number(value: float, shown: str) -> str:
    """The digits without a float's tail: 15, as many as Excel keeps."""
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    return f"{_digits(number * 100)}%" if "%" in shown else _digits(number)


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
