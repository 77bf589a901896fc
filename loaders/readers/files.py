"""Every kind of file that can be read: one list of suffixes, one function that reads any of them.

Readers are imported only when a file needs them: some bring large libraries, some are optional extras.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from aikg.ontology.errors import SourceError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.loaders.readers.document import Document
    from aikg.loaders.readers.tables import Table

__all__ = ["DOCUMENT_SUFFIXES", "SHEET_SUFFIXES", "SUFFIXES", "is_sheet", "read_file"]

TEXT_SUFFIXES = (".txt", ".md", ".markdown")
HTML_SUFFIXES = (".html", ".htm", ".xhtml")
DOCUMENT_SUFFIXES = (*TEXT_SUFFIXES, *HTML_SUFFIXES, ".pdf", ".docx")
SHEET_SUFFIXES = (".csv", ".tsv", ".tab", ".xlsx", ".xlsm")
SUFFIXES = DOCUMENT_SUFFIXES + SHEET_SUFFIXES
MOST_CHARACTERS = 4_000_000
"""Of one document: some ten thousand pages. What is said in a file is held in memory, about 0.5 KB a character."""
_MOST_BYTES = 16 << 20  # of a text; HTML may be four times as large, with its scripts


def is_sheet(path: Path) -> bool:
    """Whether a file is read as tables alone, with rows in place of lines."""
    return path.suffix.lower() in SHEET_SUFFIXES


def read_file(path: Path | str) -> tuple[Document, list[Table]]:
    """A file of any known kind as a document and its tables; which reader, its suffix tells.

    Raises SourceError in one line for a path that is missing or a folder, a kind that is not known, and for
    whatever keeps the reader of its kind from reading it.

    >>> read_file("report.md")  # doctest: +SKIP
    """
    path = Path(path)
    if not path.exists():
        raise SourceError(say(f"{path}: no such file", f"{path}：没有这个文件"))
    suffix = path.suffix.lower()
    most = _MOST_BYTES if suffix in TEXT_SUFFIXES else 4 * _MOST_BYTES if suffix in HTML_SUFFIXES else 0
    if most and path.is_file() and path.stat().st_size > most:  # not even read
        raise _too_large(path, f"{path.stat().st_size / (1 << 20):,.0f} MB", f"{most >> 20} MB")
    document, tables = _read(path, suffix)
    characters = sum(map(len, document.lines))
    if not is_sheet(path) and characters > MOST_CHARACTERS:
        raise _too_large(path, f"{characters:,}", f"{MOST_CHARACTERS:,}")
    return document, tables


def _too_large(path: Path, size: str, most: str) -> SourceError:
    en, zh = ("characters", "个字") if "MB" not in size else ("of text", "的文字")
    return SourceError(
        say(
            f"{path}: holds {size} {en}, a document is read up to {most}; split it into several files",
            f"{path}：有 {size} {zh}，一份文件最多读 {most}；请拆成几个文件",
        )
    )


def _read(path: Path, suffix: str) -> tuple[Document, list[Table]]:
    if suffix in TEXT_SUFFIXES:
        from aikg.loaders.readers.document import read_document
        from aikg.loaders.readers.pipe_tables import read_tables

        document = read_document(path)
        return document, read_tables(document)
    if suffix in HTML_SUFFIXES:
        from aikg.loaders.readers.html import read_html

        return read_html(path)
    if suffix == ".pdf":
        from aikg.loaders.readers.pdf import read_pdf

        return read_pdf(path)
    if suffix == ".docx":
        from aikg.loaders.readers.docx import read_docx

        return read_docx(path)
    if suffix in SHEET_SUFFIXES:
        from aikg.loaders.readers.sheets import read_sheets

        return read_sheets(path)
    kinds = " ".join(SUFFIXES)
    raise SourceError(
        say(
            f"{path}: files of this kind cannot be read; known are {kinds}",
            f"{path}：不能读取这种文件；能读取的有 {kinds}",
        )
    )
