"""Tables of HTML and DOCX: which hold data and which only arrange the page, and their cells as a rectangle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["CONTINUES", "Drawn", "Item", "TableBox", "Text", "rectangle"]


class Text(NamedTuple):
    """A block of text; `level` where it is a heading."""

    text: str
    level: int | None = None


class Drawn(NamedTuple):
    """A table of data."""

    rows: list[list[str]]
    headed: bool


Item = Text | Drawn

CONTINUES = -1
"""In place of the rows that a cell spans: it belongs to the cell above it."""

_WIDEST = 300  # columns, and what one cell may span
_LARGEST = 1_000_000  # cells of a filled rectangle: spans are cheap to write and dear to fill
_LONG_CELL = 1500  # characters; a cell with more arranges the page
_MANY_BLOCKS = 12


class Cell(NamedTuple):
    """What a cell holds, how far it spans, whether it is a heading (th, or in thead)."""

    items: list[Item]
    rows: int
    columns: int
    heading: bool

    @property
    def text(self) -> str:
        return "\n".join(item.text for item in self.items if isinstance(item, Text))


@dataclass
class TableBox:
    """A table while it is read."""

    layout: bool = False
    in_head: bool = False
    in_caption: bool = False
    _rows: list[list[Cell]] = field(default_factory=list)
    _captions: list[Item] = field(default_factory=list)
    _loose: list[Item] = field(default_factory=list)
    _open: bool = False

    def row(self) -> None:
        self._rows.append([])
        self._open = False

    def cell(self, rows: int, columns: int, *, heading: bool) -> None:
        if not self._rows:
            self._rows.append([])
        # 0 means to the end of the table.
        spans = (rows or len(self._rows) + _LARGEST, min(max(columns, 1), _WIDEST))
        self._rows[-1].append(Cell([], *spans, heading or self.in_head))
        self._open = True

    def cell_ends(self) -> None:
        self._open = False

    def put(self, item: Item) -> None:
        if self.in_caption:
            self._captions.append(item)
        elif self._open and self._rows and self._rows[-1]:
            self._rows[-1][-1].items.append(item)
        else:
            self._loose.append(item)  # between cells: no place in the table, but text of the page

    def items(self) -> list[Item]:
        """What the table gives to the page: captions and the drawn table, or only its texts in their order."""
        rows = [row for row in self._rows if row]
        if self._is_layout(rows):
            return self._captions + self._loose + [item for row in rows for cell in row for item in cell.items]
        spans = [[(cell.text, cell.rows, cell.columns) for cell in row] for row in rows]
        grid = rectangle(spans)
        before = self._captions + self._loose
        head = 0
        while len(rows) > head + 1 and all(cell.heading for cell in rows[head]):
            head += 1
        # A first row of one cell over all columns is the title of the table.
        while len(grid) > 2 and len(rows[0]) == 1 and rows[0][0].columns >= len(grid[0]) > 1:
            before.append(Text(grid[0][0]))
            del grid[0], rows[0]
            head = max(head - 1, 0)
        sideways = head == 0 and all(row[0].heading and not any(cell.heading for cell in row[1:]) for row in rows)
        if head > 1:
            joined = [" ".join(dict.fromkeys(filter(None, column))) for column in zip(*grid[:head], strict=True)]
            grid = [joined, *grid[head:]]
        return [*before, Drawn(grid, headed=not sideways)]

    def _is_layout(self, rows: list[list[Cell]]) -> bool:
        cells = [cell for row in rows for cell in row]
        if self.layout or len(rows) < 2 or max(len(row) for row in rows) < 2:
            return True
        for cell in cells:
            texts = [item for item in cell.items if isinstance(item, Text)]
            if len(texts) < len(cell.items) or any(item.level for item in texts) or len(texts) > _MANY_BLOCKS:
                return True
            if len(cell.text) > _LONG_CELL:
                return True
        return not any(cell.items for cell in cells)


def rectangle(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """Rows of (text, rows spanned, columns spanned) as a filled rectangle: a spanned place repeats the text.

    >>> rectangle([[("甲", 2, 1), ("1", 1, 1)], [("2", 1, 1)]])
    [['甲', '1'], ['甲', '2']]
    """
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}  # column → text and rows that it still covers
    cells = 0
    for row in rows:
        line: list[str] = []
        below: dict[int, tuple[str, int]] = {}
        for text, down, across in (*row, ("", 0, 0)):
            while len(line) in hanging:
                above, left = hanging[len(line)]
                if left > 1:
                    below[len(line)] = (above, left - 1)
                line.append(above)
            for _ in range(min(across, _WIDEST - len(line))):
                if down == CONTINUES:
                    line.append(grid[-1][len(line)] if grid and len(line) < len(grid[-1]) else text)
                    continue
                if down > 1:
                    below[len(line)] = (text, down - 1)
                line.append(text)
        hanging = below
        cells += len(line)
        if cells > _LARGEST:
            break
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid]
