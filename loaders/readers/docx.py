"""DOCX documents as lines and tables: headings by their styles, tables with merged cells, all in their order.

A DOCX file is a ZIP archive of XML; both are read here without a library for Word. So nothing has to be
installed, files of the strict kind are read too, and text is taken from where such libraries do not look:
accepted insertions, content controls, text boxes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from aikg.loaders.readers.archive import check_archive
from aikg.loaders.readers.document import read_bytes
from aikg.loaders.readers.lines import Lines, tidy
from aikg.loaders.readers.table_boxes import CONTINUES, TableBox, Text
from aikg.ontology.errors import SourceError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.loaders.readers.document import Document
    from aikg.loaders.readers.table_boxes import Item
    from aikg.loaders.readers.tables import Table

__all__ = ["read_docx"]

_PIECE = 1 << 16


def read_docx(path: Path | str) -> tuple[Document, list[Table]]:
    """A Word document as a document (one line a paragraph) and its tables.

    Left out are what Word does not print as text of the document: deleted and hidden text, comments, headers
    and footers, notes, the table of contents that Word makes.
    Raises SourceError in one line for a file that is missing, empty, locked, damaged, a bomb, or without text.
    """
    path = Path(path)
    data = read_bytes(path)
    check_archive(data, path, "DOCX")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            main = _related(archive, "", "/officeDocument")
            if main is None:
                raise KeyError("word/document.xml")
            styles = _Styles()
            if (part := _related(archive, main, "/styles")) is not None and part in archive.namelist():
                _feed(archive, part, styles)
            body = _Body(styles)
            _feed(archive, main, body)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        etree.LxmlError,
        KeyError,
        ValueError,
        OSError,
        EOFError,
    ) as error:
        raise _unreadable(path, error) from None
    except (RuntimeError, NotImplementedError) as error:  # a part with a password, or packed in a rare way
        raise _unreadable(path, error) from None
    if not body.lines.has_text:
        raise SourceError(
            say(
                f"{path}: the document holds no text; if it shows pictures of text, run text recognition (OCR) first",
                f"{path}：文档里没有文字；如果内容是图片，请先做文字识别（OCR）",
            )
        )
    return body.lines.document(path, data, "docx", title=body.title)


def _unreadable(path: Path, error: Exception) -> SourceError:
    reason = tidy(str(error))[:200]
    return SourceError(
        say(
            f"{path}: is no DOCX document that can be read ({reason}); open it in Word and save it again as DOCX",
            f"{path}：不是能读取的 DOCX 文档（{reason}）；请用 Word 打开，重新另存为 DOCX",
        )
    )


# ------------------------------------------------------------------------------------------ the parts


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> str | None:
    """The part that another one (or the archive itself, "") names as its document or its styles."""
    folder, name = posixpath.split(part)
    try:
        xml = archive.read(posixpath.join(folder, "_rels", f"{name}.rels"))
    except KeyError:
        return None
    for relation in etree.fromstring(xml, parser=_parser()).iter("{*}Relationship"):
        if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
            target = relation.get("Target", "")
            return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    return None


def _parser(target: object = None) -> etree.XMLParser:
    """Reads no file but the given one: entities, external ones too, are left alone."""
    return etree.XMLParser(target=target, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)


def _feed(archive: zipfile.ZipFile, part: str, target: object) -> None:
    """Part of the archive → events, piece by piece: neither the XML nor a tree of it is ever whole in memory."""
    parser = _parser(target)
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            parser.feed(piece)
    parser.close()


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _value(attrib: Mapping[str, str], name: str = "val") -> str | None:
    return next((value for key, value in attrib.items() if _local(key) == name), None)


def _is_on(attrib: Mapping[str, str]) -> bool:
    return (_value(attrib) or "true").lower() not in ("0", "false", "off", "none")


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default


class _Style(NamedTuple):
    name: str
    parent: str | None
    level: int | None


_HEADING_NAME = re.compile(r"(?:heading|标题|標題|berschrift)\s*([1-9])", re.IGNORECASE)
_TITLE_NAME = re.compile(r"title|标题|標題|文档标题", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)(?:\s*\d|\s*heading|\s*标题)?|table of figures|图表目录", re.IGNORECASE)


class _Styles:
    """Takes the events of styles.xml: which styles are headings, the title, the table of contents."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._id: str | None = None
        self.default: str | None = None

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        tag = _local(tag)
        if tag == "style":
            self._id = _value(attrib, "styleId") or ""
            self._styles[self._id] = _Style("", None, None)
        elif self._id is not None and tag in ("name", "basedOn", "outlineLvl"):
            style, value = self._styles[self._id], _value(attrib) or ""
            if tag == "name":
                style = style._replace(name=value)
            elif tag == "basedOn":
                style = style._replace(parent=value)
            else:
                style = style._replace(level=_outline(value))
            self._styles[self._id] = style

    def end(self, tag: str) -> None:
        if _local(tag) == "style":
            self._id = None

    def close(self) -> None:
        """Nothing is left open."""

    def level(self, style: str | None) -> int | None:
        """The heading level of a style, its own or one that it is based on."""
        for _ in range(20):
            if style is None or style not in self._styles:
                return None
            found = self._styles[style]
            if named := _HEADING_NAME.fullmatch(found.name.strip()):
                return int(named[1])
            if found.level is not None:
                return found.level
            style = found.parent
        return None

    def is_title(self, style: str | None) -> bool:
        return style in self._styles and _TITLE_NAME.fullmatch(self._styles[style].name.strip()) is not None

    def is_contents(self, style: str | None) -> bool:
        return style in self._styles and _CONTENTS_NAME.fullmatch(self._styles[style].name.strip()) is not None


def _outline(value: str) -> int | None:
    """Word counts from 0; 9 is body text."""
    level = _number(value, 9)
    return level + 1 if level < 9 else None


# ------------------------------------------------------------------------------------------ the text

_NEVER = frozenset(["del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "sectPr"])
_DEEPEST_TABLE = 40
_LONGEST_HEADING = 150


class _Paragraph:
    """A paragraph while it is read; one in a text box stands inside another."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.style: str | None = None
        self.outline: int | None = None


class _Body:
    """Takes the events of document.xml."""

    def __init__(self, styles: _Styles) -> None:
        self.lines = Lines()
        self.title: str | None = None
        self._styles = styles
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[TableBox] = []
        self._cell: list[tuple[int, int]] = []  # rows and columns spanned by each open cell that has no text yet
        self._head = False
        self._flat = 0  # depth inside of tables too deep to be drawn
        self._skipped = 0
        self._in_text = False
        self._in_properties = False
        self._vanish = False

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        tag = _local(tag)
        if self._skipped or tag in _NEVER:
            self._skipped += 1
            return
        paragraph = self._paragraphs[-1] if self._paragraphs else None
        if tag == "p":
            self._paragraphs.append(_Paragraph())
        elif tag == "r":
            self._vanish = False
        elif tag == "rPr":
            self._in_properties = True
        elif tag == "vanish" and self._in_properties:
            self._vanish = _is_on(attrib)
        elif tag == "t":
            self._in_text = not self._vanish
        elif paragraph is not None and tag in _SIGNS:
            if not self._vanish and not (tag == "tab" and "pos" in {_local(key) for key in attrib}):
                paragraph.text.append(_SIGNS[tag])
        elif paragraph is not None and tag == "pStyle":
            paragraph.style = _value(attrib)
        elif paragraph is not None and tag == "outlineLvl":
            paragraph.outline = _outline(_value(attrib) or "")
        else:
            self._table_starts(tag, attrib)

    def end(self, tag: str) -> None:
        tag = _local(tag)
        if self._skipped:
            self._skipped -= 1
        elif tag == "t":
            self._in_text = False
        elif tag == "rPr":
            self._in_properties = False
        elif tag == "r":
            self._vanish = False
        elif tag == "p" and self._paragraphs:
            self._put_paragraph(self._paragraphs.pop())
        else:
            self._table_ends(tag)

    def data(self, text: str) -> None:
        if self._in_text and not self._skipped and self._paragraphs:
            self._paragraphs[-1].text.append(text)

    def close(self) -> None:
        """The parser has seen to it that all is closed."""

    def _put_paragraph(self, paragraph: _Paragraph) -> None:
        if self._styles.is_contents(paragraph.style):
            return
        for text in filter(None, map(tidy, "".join(paragraph.text).split("\n"))):
            title = self._styles.is_title(paragraph.style)
            level = paragraph.outline or self._styles.level(paragraph.style) or (1 if title else None)
            level = level if len(text) <= _LONGEST_HEADING else None
            if title and self.title is None and not self._tables:
                self.title = text
            self._put(Text(text, level))

    def _put(self, item: Item) -> None:
        if self._tables:
            self._open_cell()
            self._tables[-1].put(item)
        elif isinstance(item, Text):
            self.lines.add(item.text, level=item.level)
        else:
            self.lines.table(item.rows, headed=item.headed)

    # -- tables: what a cell spans is said inside of it, before its text

    def _table_starts(self, tag: str, attrib: Mapping[str, str]) -> None:
        if tag == "tbl":
            if len(self._tables) >= _DEEPEST_TABLE:
                self._flat += 1
                return
            self._open_cell()
            self._tables.append(TableBox())
            self._cell.append((0, 0))
        elif not self._tables or self._flat:
            return
        elif tag == "tr":
            self._head = False
            self._tables[-1].row()
        elif tag == "gridBefore" and (columns := _number(_value(attrib), 0)):
            self._tables[-1].cell(1, columns, heading=False)
            self._tables[-1].cell_ends()
        elif tag == "tblHeader":
            self._head = _is_on(attrib)
        elif tag == "tc":
            self._cell[-1] = (1, 1)
        elif tag == "gridSpan" and self._cell[-1][1]:
            self._cell[-1] = (self._cell[-1][0], max(1, _number(_value(attrib), 1)))
        elif tag == "vMerge" and self._cell[-1][1] and _value(attrib) != "restart":
            self._cell[-1] = (CONTINUES, self._cell[-1][1])

    def _table_ends(self, tag: str) -> None:
        if tag == "tbl" and self._flat:
            self._flat -= 1
        elif not self._tables or self._flat:
            return
        elif tag == "tc":
            self._open_cell()
            self._tables[-1].cell_ends()
        elif tag == "tbl":
            self._cell.pop()
            for item in self._tables.pop().items():
                self._put(item)

    def _open_cell(self) -> None:
        if self._tables and self._cell[-1][1]:
            rows, columns = self._cell[-1]
            self._tables[-1].cell(rows, columns, heading=self._head)
            self._cell[-1] = (0, 0)


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
