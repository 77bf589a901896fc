"""A document as it is read for its prose: repaired, without tables and without page furniture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aikg.loaders.extract.protocol import Prose
from aikg.loaders.readers.foreign import is_foreign
from aikg.loaders.readers.furniture import content
from aikg.loaders.readers.lines import without_invisible
from aikg.loaders.readers.tables import Table
from aikg.loaders.repair.text import Repaired

if TYPE_CHECKING:
    from aikg.loaders.readers.document import Document

__all__ = ["prose_of"]


def prose_of(document: Document, tables: Sequence[Table], repaired: Repaired) -> Prose:
    """The running text of a document as repaired. Lines keep their numbers; what is no prose, or no Chinese, is blank."""
    in_table = _table_lines(document, tables)
    kept = content(repaired.reading)
    lines = [
        text if keep and number not in in_table and not is_foreign(text) else ""
        for number, (text, keep) in enumerate(zip(repaired.reading, kept, strict=True), start=1)
    ]
    unsure: dict[int, list[tuple[int, int]]] = {}
    for change in repaired.changes:
        if not change.sure:
            unsure.setdefault(change.line, []).append((change.start, change.end))
    for number, text in enumerate(lines, start=1):
        if not text.isascii() and number not in unsure:  # the spans count the characters that nobody sees
            lines[number - 1] = without_invisible(text)
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
