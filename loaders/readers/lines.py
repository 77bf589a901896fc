"""The lines that a reader makes of a file which has none of its own: HTML, PDF, DOCX.

Tables become lines too, drawn with `|` as in Markdown: so a fact from a table has a line that its user can be
shown, and captions, notes, units and tables that go on over a page are found as in every other document.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from aikg.loaders.readers.document import Document, read_cover
from aikg.loaders.readers.pipe_tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aikg.loaders.readers.tables import Table

__all__ = ["CJK", "Lines", "tidy", "without_invisible"]

# Han, kana, Hangul, and the punctuation and full-width signs that go with them.
CJK = "\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = re.compile(r"[ \t\r\n\f\v\xa0\u2000-\u200a\u3000]+")
_BREAK_IN_CJK = re.compile(rf"(?<=[{CJK}])[ \t]*\r?\n[ \t]*(?=[{CJK}])")


def tidy(text: str) -> str:
    """One line without what cannot be seen; a line break between Chinese characters is no blank.

    >>> tidy("  人工\\n智能 AI\\n industry ")
    '人工智能 AI industry'
    """
    return _BLANKS.sub(" ", _BREAK_IN_CJK.sub("", _INVISIBLE.sub("", text))).strip()


def without_invisible(text: str) -> str:
    """A line without marks of direction, zero-width blanks and control characters, which would become part of names.

    >>> without_invisible("\u202e杭州\u200b市")
    '杭州市'
    """
    return _INVISIBLE.sub("", text)


class Lines:
    """Collects lines, where they stand in the file, and which are headings."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._places: list[str | None] = []
        self._headings: dict[int, int] = {}
        self._space = False  # a table ends, or begins: a blank line keeps it from what is beside it

    def __len__(self) -> int:
        return len(self._lines)

    @property
    def has_text(self) -> bool:
        return any(self._lines)

    def add(self, text: str, *, level: int | None = None, place: str | None = None) -> None:
        """One paragraph or heading; nothing is added for a blank one."""
        text = tidy(text)
        if not text:
            return
        if self._space:
            self._put("", place)
        self._put(text, place)
        if level is not None:
            self._headings[len(self._lines)] = level

    def table(self, grid: Sequence[Sequence[str]], *, headed: bool = True, place: str | None = None) -> None:
        """Rows of equal width; the first names the columns where `headed`."""
        rows = [[tidy(cell).replace("|", "\\|") for cell in row] for row in grid]
        if self._lines and self._lines[-1]:
            self._put("", place)
        for number, row in enumerate(rows):
            self._put("| " + " | ".join(row) + " |", place)
            if headed and number == 0:
                self._put("|" + "---|" * len(row), place)
        self._space = True

    def _put(self, text: str, place: str | None) -> None:
        self._lines.append(text)
        self._places.append(place)
        self._space = False

    def document(
        self,
        path: Path,
        data: bytes,
        encoding: str,
        *,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
    ) -> tuple[Document, list[Table]]:
        """The document and its tables. What the file does not say of itself, its cover may."""
        lines = tuple(self._lines)
        cover = read_cover(lines)
        digest = hashlib.sha256(data).hexdigest()
        document = Document(
            path,
            path.name,
            digest,
            f"src:{digest[:12]}",
            encoding,
            lines,
            title or cover.title,
            publisher or cover.publisher,
            published or cover.published,
            places=tuple(self._places) if any(self._places) else (),
            headings=dict(self._headings),
        )
        return document, read_tables(document)
