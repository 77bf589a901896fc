"""A table as an Excel workbook, in which nothing that was text becomes a date, a formula or an error.

Excel reads ``2017-12`` in a CSV as a date and runs ``=HYPERLINK(…)``; cells of a workbook say themselves what they are.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from aikg.cli.messages import title
from aikg.cli.tables import csv_cell

if TYPE_CHECKING:
    from aikg.cli.language import Lang
    from aikg.cli.tables import Table

__all__ = ["MOST_ROWS", "as_workbook"]

MOST_ROWS = 1_048_576
"""Rows of a sheet, the heading included."""

_LONGEST = 32_767  # characters of a cell
_EXACT = 10**15  # Excel keeps fifteen digits: longer numbers stay whole as text only


def as_workbook(table: Table, lang: Lang = "zh") -> tuple[bytes, bool]:
    """An .xlsx file of one sheet with a heading row, and whether cells were shortened to what Excel takes.

    A workbook is for people: headings and codes are words of the language, and what is not recorded says so (cells of
    the table's `blank` columns stay empty). Text cells are text, numbers numbers, true and false likewise; lists are
    joined by ``; ``.
    """
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("aikg")
    sheet.freeze_panes = "A2"
    shortened = False

    def made(value: Any) -> Any:
        nonlocal shortened
        if value is None or isinstance(value, bool):
            return WriteOnlyCell(sheet, value)
        if isinstance(value, int | float) and abs(value) < _EXACT:
            return WriteOnlyCell(sheet, int(value) if float(value).is_integer() else value)
        text = csv_cell(value).encode("utf-8", "backslashreplace").decode("utf-8")
        text = ILLEGAL_CHARACTERS_RE.sub(" ", text)
        if len(text) > _LONGEST:
            text, shortened = text[: _LONGEST - 1] + "…", True
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"  # openpyxl takes =… for a formula and #N/A for an error
        cell.number_format = "@"  # stays text also when somebody edits the cell
        return cell

    headings = [table.titles.get(name) or title(name, lang) for name in table.columns]
    sheet.append([made(heading) for heading in headings])
    for row in table.rows:
        sheet.append([made(table.word(name, value, lang)) for name, value in zip(table.columns, row, strict=True)])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue(), shortened
