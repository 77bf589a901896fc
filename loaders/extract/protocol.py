"""What the loader asks of an extractor: prose in, records out. A user may hand in one of his own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aikg.loaders.records import Origin, Records, locator

if TYPE_CHECKING:
    from aikg.loaders.readers.document import Document

__all__ = ["UNSURE", "Extractor", "Prose"]

UNSURE = 0.5
"""Confidence of what is read from a span whose repair is a guess."""


@dataclass(frozen=True)
class Prose:
    """The running text of one document, repaired and without page furniture.

    `lines[i]` is line i+1 of the file as given (Simplified, empty where a table or furniture stood); `headings` gives
    the level of lines that the file itself marks as headings; `unsure` the spans of a line that a repair could only
    guess: what is read from them is less sure. `places` gives further locator parts by line (``p3`` of a PDF).
    """

    document: Document
    lines: Sequence[str]
    headings: Mapping[int, int] = field(default_factory=dict)
    unsure: Mapping[int, Sequence[tuple[int, int]]] = field(default_factory=dict)

    def is_unsure(self, line: int, text: str, start: int, end: int) -> bool:
        """Whether `text[start:end]`, where `text` stands in `line`, touches a span that the repair could only guess."""
        spans = self.unsure.get(line, ())
        if not spans:
            return False
        offset = max(self.lines[line - 1].find(text), 0)
        return any(a < end + offset and b > start + offset for a, b in spans)

    def origin(self, line: int, heading: str | None = None, *, confidence: float = 0.8) -> Origin:
        """Where a fact of `line` was said; `method` is pattern, since no table or person vouches for it."""
        where = locator(line, self.document.place(line), heading)
        return Origin(self.document.source_id, where, self.document.published, "pattern", confidence)


class Extractor(Protocol):
    """Reads facts from running text.

    `known` gives names that the caller knows beforehand (from tables, or from a graph): (name, label, id) each. The
    records must cite their lines through `Prose.origin`, or with a `method` and `confidence` of their own. Give an
    object of this kind to `aikg.build(..., extractor=mine)`.
    """

    name: str

    def extract(self, prose: Prose, known: Iterable[tuple[str, str, str]] = ()) -> Records: ...
