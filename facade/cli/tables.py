"""Answers as text: a table for people, CSV for spreadsheets, JSON for programs. Unknown is not none in any of them.

===========  ====================  ===========  ====================
a cell        table                 CSV          JSON
===========  ====================  ===========  ====================
null          未见记载              (empty)      null
0             0                     0            0
1400.0        1400                  1400         1400.0
list          a; b                  a; b         ["a", "b"]
text =1+1     =1+1                  '=1+1        "=1+1"
===========  ====================  ===========  ====================

A spreadsheet that opens a CSV runs text that begins with ``=``, ``+``, ``-``, ``@``, a tab or a CR as a formula, also
where somebody else's document wrote it. Such a text gets an apostrophe in front, which spreadsheets take for "this is
text"; numbers stay numbers, and JSON has every text as it is.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from aikg.cli.messages import say, title
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    import pandas as pd

    from aikg.cli.language import Lang

__all__ = ["Table", "as_csv", "as_json", "as_table", "csv_cell", "plain"]

_GAP = 2  # columns of a terminal between two columns of a table
_NARROWEST = 8
_MOST_LINES = 4
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*(?:[eE][+-]?[0-9]+)?[%％]?")


@dataclass
class Table:
    """Columns and rows of plain Python values; `titles` are headings for people, by column.

    `blank` are columns in which null says nothing about the world (a figure without a caption, say): for people
    it is left empty there, where everywhere else it is 未见记载. `codes` are words for people by column and code;
    CSV and JSON keep the codes.
    """

    columns: list[str]
    rows: list[list[Any]]
    titles: Mapping[str, str] = field(default_factory=dict)
    blank: frozenset[str] = frozenset()
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of_frame(cls, frame: pd.DataFrame, titles: Mapping[str, str] | None = None) -> Table:
        """A frame's cells as plain values: numpy scalars and arrays, NA and NaN are gone."""
        columns = [str(name) for name in frame.columns]
        cells = [[plain(value) for value in frame.iloc[:, i].tolist()] for i in range(len(columns))]
        return cls(columns, [list(row) for row in zip(*cells, strict=True)], titles or {})

    @classmethod
    def of_rows(
        cls, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], titles: Mapping[str, str] | None = None
    ) -> Table:
        """Mappings as a table; absent keys are null."""
        return cls(list(columns), [[plain(row.get(name)) for name in columns] for row in rows], titles or {})

    def word(self, column: str, cell: Any, lang: Lang) -> Any:
        """A cell for people: codes as words, null (and a list of nothing) as not recorded, or empty in a `blank` column."""
        if cell is None or cell == []:
            return None if column in self.blank else say("not_recorded", lang)
        return _worded(cell, self.codes.get(column, {}))

    def map(self, change: Callable[[str, Any], Any]) -> Table:
        """The same table with each cell replaced by ``change(column, cell)``."""
        rows = [[change(name, cell) for name, cell in zip(self.columns, row, strict=True)] for row in self.rows]
        return replace(self, rows=rows)


def plain(value: Any) -> Any:
    """A cell as JSON knows it; null, NaN and infinities are None.

    >>> plain(float("nan")), plain((1, 2.5)), plain({"a": None})
    (None, [1, 2.5], {'a': None})
    """
    if isinstance(value, str | bool | int) or value is None:
        return value
    if isinstance(value, float):
        return float(value) if abs(value) < float("inf") else None  # also of numpy's subclass; NaN compares false
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if is_null(value):
        return None
    if hasattr(value, "tolist"):  # numpy scalars and arrays
        return plain(value.tolist())
    return str(value)


def as_json(table: Table) -> str:
    """One array of objects, an object a line, Chinese as it is."""
    lines = [json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) for row in table.rows]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def as_csv(table: Table, *, bom: bool = False, formulas: bool = False) -> str:
    """Comma-separated values with one heading line; lines end in LF.

    Text that a spreadsheet would run gets an apostrophe in front; with `formulas` every text stays as it is.
    """
    made = csv_cell if formulas else _harmless
    lines = _Lines()
    writer = csv.writer(lines)
    writer.writerow([made(name) for name in table.columns])
    writer.writerows([made(cell) for cell in row] for row in table.rows)
    return ("\ufeff" if bom else "") + "".join(lines)


class _Lines(list[str]):
    """Takes the rows of a `csv.writer` and ends them in LF. Told to do so itself, the writer no longer quotes a CR."""

    def write(self, row: str) -> None:
        self.append(row.removesuffix("\r\n") + "\n")


def csv_cell(cell: Any) -> str:
    """A cell as a spreadsheet's text.

    >>> csv_cell(1070000000.0), csv_cell(33.3), csv_cell([True, None, "a"]), csv_cell(None)
    ('1070000000', '33.3', 'true; ; a', '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and _is_whole(cell):
        return str(int(cell))
    if isinstance(cell, list):
        return "; ".join(csv_cell(item) for item in cell)
    if isinstance(cell, dict):
        return json.dumps(cell, ensure_ascii=False)
    return str(cell)


def _harmless(cell: Any) -> str:
    """A cell that no spreadsheet takes for a formula; numbers, also those written as text, are none."""
    text = csv_cell(cell)
    if isinstance(cell, int | float) or not _FORMULA.match(text) or _NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def as_table(table: Table, lang: Lang, columns: int | None = None) -> tuple[str, bool]:
    """The table for people, and whether cells were shortened.

    `columns` is the terminal's width: cells are wrapped to fit, and shortened behind four lines; where there are
    too many columns for that, each row becomes a block of its own. None (a file, a pipe) means as wide as it takes.
    """
    import tabulate

    from aikg.cli.width import clean, width

    headings = [clean(table.titles.get(name) or title(name, lang)) for name in table.columns]
    absent = ["" if name in table.blank else say("not_recorded", lang) for name in table.columns]
    words = [table.codes.get(name, {}) for name in table.columns]
    cells = [[_shown(_worded(cell, words[i]), lang, absent[i]) for i, cell in enumerate(row)] for row in table.rows]
    numbers = [_is_numeric(row[i] for row in table.rows) for i in range(len(table.columns))]
    shortened = False
    if columns is not None and cells:
        natural = [max(width(text) for text in column) for column in zip(headings, *cells, strict=True)]
        room = _share(natural, columns)
        if room is None:
            return _blocks(headings, cells, columns, lang), False
        headings = [_fitted(text, room[i])[0] for i, text in enumerate(headings)]
        for row in cells:
            for i, text in enumerate(row):
                row[i], cut = _fitted(text, room[i])
                shortened = shortened or cut
    tabulate.PRESERVE_WHITESPACE = False
    text = tabulate.tabulate(
        cells,
        headings,
        tablefmt="simple",
        disable_numparse=True,
        colalign=["right" if number else "left" for number in numbers] if cells else None,
    )
    return "\n".join(line.rstrip() for line in text.split("\n")) + "\n", shortened


def _worded(cell: Any, words: Mapping[str, str]) -> Any:
    if isinstance(cell, list):
        return [_worded(item, words) for item in cell]
    return words.get(cell, cell) if isinstance(cell, str) else cell


def _shown(cell: Any, lang: Lang, absent: str) -> str:
    from aikg.cli.width import clean

    if cell is None or cell == []:
        return absent
    if isinstance(cell, bool):
        return say("yes" if cell else "no", lang)
    if isinstance(cell, float):
        return str(int(cell)) if _is_whole(cell) else f"{cell:.10g}"
    if isinstance(cell, list):
        return "; ".join(_shown(item, lang, absent) for item in cell)
    if isinstance(cell, dict):
        return clean(json.dumps(cell, ensure_ascii=False))
    return clean(str(cell))


def _is_whole(number: float) -> bool:
    """Whether a number is shown without a decimal point: one is stored as a float beside others that have parts."""
    return number.is_integer() and abs(number) < 1e15


def _is_numeric(cells: Iterable[Any]) -> bool:
    kinds = {type(cell) for cell in cells if cell is not None}
    return bool(kinds) and kinds <= {int, float}


def _share(natural: Sequence[int], columns: int) -> list[int] | None:
    """Widths that fit: narrow columns keep theirs, the wide ones share what is left. None when nothing fits."""
    room = columns - _GAP * (len(natural) - 1)
    if sum(min(n, _NARROWEST) for n in natural) > room:
        return None
    share = list(natural)
    open_ = set(range(len(natural)))
    while sum(share) > room:
        # A column narrower than an even part leaves the rest of its part to the others.
        even = (room - sum(share[i] for i in range(len(share)) if i not in open_)) // len(open_)
        narrow = {i for i in open_ if natural[i] <= even}
        if not narrow:
            for i in open_:
                share[i] = max(even, _NARROWEST)
            break
        open_ -= narrow
    return share


def _fitted(text: str, columns: int) -> tuple[str, bool]:
    from aikg.cli.width import shorten, width, wrap

    if width(text) <= columns:
        return text, False
    lines = wrap(text, columns)
    if len(lines) <= _MOST_LINES:
        return "\n".join(lines), False
    return "\n".join([*lines[: _MOST_LINES - 1], shorten(lines[_MOST_LINES - 1] + "……", columns)]), True


def _blocks(headings: Sequence[str], cells: Sequence[Sequence[str]], columns: int, lang: Lang) -> str:
    from aikg.cli.width import pad, width, wrap

    left = max(width(heading) for heading in headings) + _GAP
    lines = []
    for number, row in enumerate(cells, 1):
        lines.append(f"── {say('row', lang, n=number)} ──")
        for heading, text in zip(headings, row, strict=True):
            for i, part in enumerate(wrap(text, max(columns - left, 20))):
                lines.append(pad(heading if i == 0 else "", left) + part)
    return "\n".join(lines) + "\n"
