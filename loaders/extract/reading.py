"""A document as it is read for its prose: repaired, without tables and without page furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aikg.loaders.extract.protocol import Prose
from aikg.loaders.readers.furniture import content
from aikg.loaders.readers.tables import Table
from aikg.loaders.repair.text import Repaired

if TYPE_CHECKING:
    from aikg.loaders.readers.document import Document

__all__ = ["prose_of"]


def prose_of(document: Document, tables: Sequence[Table], repaired: Repaired) -> Prose:
    """The running text of a document as repaired. Lines keep their numbers; what is no prose is blank."""
    in_table = _table_lines(document, tables)
    kept = content(repaired.reading)
    lines = [
        text if keep and number not in in_table else ""
        for number, (text, keep) in enumerate(zip(repaired.reading, kept, strict=True), start=1)
    ]
    doubted = {change.line for change in repaired.changes if not change.sure}
    unsure = {line: repaired.unsure(line) for line in sorted(doubted)}
    return Prose(document, lines, dict(document.headings), unsure)


def _table_lines(document: Document, tables: Sequence[Table]) -> set[int]:
    found: set[int] = set()
    for table in tables:
        found.update(row.line for row in table.rows)
        found.add(table.line)
        if table.caption_line is not None:
            found.add(table.caption_line)
    found.update(number for number, line in enumerate(document.lines, start=1) if line.lstrip().startswith("|"))
    return found
