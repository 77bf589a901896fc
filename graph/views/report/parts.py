"""What a report is made of: sections of texts, tables and pictures, in which every cell keeps the sources that state it.

Sections are put together first and written afterwards (`page`), since the end notes are numbered over the whole
report: by document and line, so that neighbouring notes read as one range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

__all__ = ["Cell", "Column", "Figure", "Paragraph", "Section", "Table", "cited"]


@dataclass(frozen=True)
class Cell:
    """A cell: its text (None: not recorded), the source entries that state it, and how it looks.

    `look` is "" for text, ``count`` for a number in large type, or ``state`` for a state of a segment (its code in `code`).
    `unit` stands behind a number, `below` is a second line in small type, `items` are lines of a list instead of the text.
    """

    text: str | None
    sources: tuple[str, ...] = ()
    look: str = ""
    code: str = ""
    below: str = ""
    unit: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """Heading and kind of a column: ``text``, ``number`` (set to the right), ``name`` (row heading) or ``long`` (wide)."""

    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Table:
    """A table with a caption; `rows` have a cell per column. Sources stand at the end of a row, or (`apart`) behind each cell."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    apart: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A text with its sources. `unknown` marks what says that something is not recorded, `small` a remark."""

    text: str
    sources: tuple[str, ...] = ()
    unknown: bool = False
    small: bool = False


@dataclass(frozen=True)
class Figure:
    """A picture: its name, title, and SVG element (`report_pictures.beside` makes it fit to stand beside others)."""

    name: str
    title: str
    svg: str


@dataclass
class Section:
    """A chapter; `id` is its anchor."""

    id: str
    title: str
    parts: list[Paragraph | Table | Figure] = field(default_factory=list)

    def say(self, text: str | None, sources: Iterable[str] = (), *, unknown: bool = False, small: bool = False) -> None:
        """Add a paragraph; nothing for no text."""
        if text:
            self.parts.append(Paragraph(text, tuple(sources), unknown, small))

    def table(
        self, caption: str, columns: Iterable[Column], rows: Iterable[Iterable[Cell]], *, apart: bool = False
    ) -> None:
        """Add a table; nothing where there is no row."""
        made = tuple(tuple(row) for row in rows)
        if made:
            self.parts.append(Table(caption, tuple(columns), made, apart))


def cited(sections: Iterable[Section]) -> Iterator[str]:
    """All source entries of these sections, with repetitions."""
    for section in sections:
        for part in section.parts:
            if isinstance(part, Paragraph):
                yield from part.sources
            elif isinstance(part, Table):
                for row in part.rows:
                    for cell in row:
                        yield from cell.sources
