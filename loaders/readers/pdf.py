"""PDF documents as lines and tables: paragraphs whole again, running heads and page numbers dropped.

Needs the optional extra ``aikg[pdf]`` (pdfplumber); it is imported only when a PDF is read.
"""

from __future__ import annotations

import io
import logging
import re
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from aikg.loaders.readers.document import read_bytes
from aikg.loaders.readers.lines import Lines
from aikg.loaders.readers.pdf_pages import Grid, Line, Page, furniture, is_unreadable, paragraphs, read_page
from aikg.ontology.errors import SourceError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.loaders.readers.document import Document
    from aikg.loaders.readers.tables import Table

__all__ = ["read_pdf"]

_END = b"%%EOF"
_TAIL = 1 << 16
_STREAM = re.compile(rb"stream\r?\n(?=[\x08-\x78][\x01\x5e\x9c\xda])")  # packed, by its first two bytes
_SMALL = 8 << 20  # bytes that a stream may unpack to at any ratio
_LARGEST = 256 << 20
_RATIO = 200  # text and drawings are packed to a tenth; the pixels of a blank page to far less, but are not unpacked


def read_pdf(path: Path | str) -> tuple[Document, list[Table]]:
    """A PDF as a document (one line a paragraph) and its ruled tables; `Document.places` gives the page: ``p3``.

    A paragraph that a page broke is one line, of the pages ``p3-4``; a table on several pages is one table.
    Raises SourceError in one line for a file that is missing, empty, no PDF, cut off, or locked, for pages that
    are pictures, and where the optional extra is not installed.
    """
    path = Path(path)
    data = read_bytes(path)
    if not data.lstrip()[:1024].count(b"%PDF-"):
        raise SourceError(
            say(
                f"{path}: is no PDF file; give it the right suffix, or download it again",
                f"{path}：不是 PDF 文件；请改正后缀，或重新下载",
            )
        )
    if _END not in data[-_TAIL:]:
        raise SourceError(
            say(
                f"{path}: only the first part of the PDF file is there; copy or download it again",
                f"{path}：PDF 文件不完整，只有前一部分；请重新复制或下载",
            )
        )
    if _is_bomb(data):
        raise SourceError(
            say(
                f"{path}: a part of it unpacks to more than any page needs; print it to a new PDF, or save it as text",
                f"{path}：其中有一部分解压后远大于正常页面；请打印成新的 PDF，或另存为文本",
            )
        )
    pages = _pages(path, data)
    texts = [line.text for page in pages for line in page.lines]
    if not any(texts) and not any(page.grids for page in pages):
        raise SourceError(
            say(
                f"{path}: the pages hold no text, they are pictures; run text recognition (OCR) first",
                f"{path}：页面里没有文字，只有图片；请先做文字识别（OCR）",
            )
        )
    if is_unreadable(texts):
        raise SourceError(
            say(
                f"{path}: its fonts do not tell which characters they draw; run text recognition (OCR) first",
                f"{path}：字体没有说明对应的字符，无法取出文字；请先做文字识别（OCR）",
            )
        )
    return _lines(pages).document(path, data, "pdf")


def _is_bomb(data: bytes) -> bool:
    """Whether a stream unpacks to what would fill the memory. Pictures are not looked at: nothing unpacks them."""
    for match in _STREAM.finditer(data):
        head = data[max(match.start() - 1_000, 0) : match.start()]
        if b"/Image" in head[head.rfind(b"obj") + 1 :]:
            continue
        unpacker, at, size = zlib.decompressobj(), match.end(), 0
        try:
            while (unpacker.unconsumed_tail or at < len(data)) and not unpacker.eof:
                packed = unpacker.unconsumed_tail
                if not packed:
                    packed, at = data[at : at + _TAIL], min(at + _TAIL, len(data))
                size += len(unpacker.decompress(packed, _SMALL))
                taken = at - match.end() - len(unpacker.unconsumed_tail)
                if size > _LARGEST or (size > _SMALL and size > _RATIO * taken):
                    return True
        except zlib.error:  # locked, damaged or no packed stream after all: the library will say
            continue
    return False


def _pages(path: Path, data: bytes) -> list[Page]:
    try:
        import pdfplumber
        from pdfminer.pdfdocument import PDFPasswordIncorrect
        from pdfminer.pdfexceptions import PDFException
        from pdfplumber.utils.exceptions import PdfminerException
    except ModuleNotFoundError:
        raise SourceError(
            say(
                f'{path}: PDF files need an extra; install it with: pip install "aikg[pdf]"',
                f'{path}：读取 PDF 需要可选组件；请安装：pip install "aikg[pdf]"',
            )
        ) from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every odd colour
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            pages = []
            for number, page in enumerate(pdf.pages, start=1):
                pages.append(read_page(page, number))
                page.close()  # else every letter of every page stays in memory
            return pages
    except PDFPasswordIncorrect:
        raise _locked(path) from None
    except PdfminerException as error:
        if isinstance(error.args[0] if error.args else None, PDFPasswordIncorrect):
            raise _locked(path) from None
        raise _broken(path, error) from None
    # A damaged file makes the library stumble anywhere.
    except (PDFException, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError) as error:
        raise _broken(path, error) from None
    except (OSError, EOFError, RecursionError, NotImplementedError, ArithmeticError) as error:
        raise _broken(path, error) from None


def _locked(path: Path) -> SourceError:
    return SourceError(
        say(
            f"{path}: is locked by a password; save it without one",
            f"{path}：有密码；请去掉密码后另存",
        )
    )


def _broken(path: Path, error: Exception) -> SourceError:
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return SourceError(
        say(
            f"{path}: the PDF file is damaged ({reason}); download it again, or print it to a new PDF",
            f"{path}：PDF 文件已损坏（{reason}）；请重新下载，或打印成新的 PDF",
        )
    )


def _lines(pages: list[Page]) -> Lines:
    """Text and tables in their order; what repeats on the pages is left out."""
    dropped = furniture(pages)
    lines = Lines()
    pending: list[tuple[Line, int]] = []
    before: Grid | None = None  # the table that the page before ended with
    for page in pages:
        kept: list[Line | Grid] = [part for part in page.parts if id(part) not in dropped]
        for position, part in enumerate(kept):
            if isinstance(part, Line):
                pending.append((part, page.number))
                before = None
                continue
            _put(lines, pending)
            goes_on = before is not None and position == 0 and len(before.rows[0]) == len(part.rows[0])
            again = goes_on and before is not None and before.rows[0] == part.rows[0]
            lines.table(part.rows, headed=not goes_on or again, place=f"p{page.number}")
            before = part if not goes_on or before is None else before
    _put(lines, pending)
    return lines


def _put(lines: Lines, pending: list[tuple[Line, int]]) -> None:
    for text, first, last in paragraphs(pending):
        lines.add(text, place=f"p{first}" if first == last else f"p{first}-{last}")
    pending.clear()
