"""HTML pages as lines and tables. Nothing is fetched, nothing is executed, and what is hidden is not read.

The page is read as a stream of tags, never as a tree: a page of a hundred thousand nested boxes costs no more
than a flat one.
"""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from aikg.loaders.numbers.dates import DateError, parse_date
from aikg.loaders.readers.document import decode, read_bytes, refuse_magic
from aikg.loaders.readers.lines import CJK, Lines, tidy
from aikg.loaders.readers.table_boxes import TableBox, Text
from aikg.ontology.errors import SourceError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aikg.loaders.readers.document import Document
    from aikg.loaders.readers.table_boxes import Item
    from aikg.loaders.readers.tables import Table

__all__ = ["read_html"]


def read_html(path: Path | str) -> tuple[Document, list[Table]]:
    """A page as a document (one line a block; list items begin with ``- ``) and its tables.

    Encoding: byte order mark, what the page declares, UTF-8, GB18030. Menus (nav) and the foot of the page are
    left out where they are marked as such; `furniture` knows the others by their look.
    Raises SourceError in one line for a file that is missing, empty, no text, or a page without any text.
    """
    path = Path(path)
    data = read_bytes(path)
    text, encoding = _decode(data, path.name)
    page = _Page()
    # Libxml2 gives up at a depth of its own without huge_tree, and silently: the rest of the page would be lost.
    parser = etree.HTMLParser(target=page, huge_tree=True)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text.lstrip("\ufeff")).replace("\0", "")
    try:
        for start in range(0, len(text), _PIECE):
            parser.feed(text[start : start + _PIECE])
        parser.close()
    except etree.LxmlError:
        page.close()  # "no element found" for a file of comments; what was read until then is kept
    lines = page.lines()
    if not lines.has_text:
        raise SourceError(
            say(
                f"{path}: the page holds no text (a script may write it); save it from a browser as text or PDF",
                f"{path}：网页里没有文字（可能由脚本生成）；请在浏览器里另存为文本或 PDF",
            )
        )
    return lines.document(
        path, data, encoding, title=page.title(), publisher=page.publisher(), published=page.published()
    )


_PIECE = 1 << 16

# ------------------------------------------------------------------------------------------ encodings

_DECLARED = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_PROLOGUE = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_ENCODINGS = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "gb2312": "gb18030",  # browsers read all of these as one
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "hz": "hz",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
    "shift_jis": "cp932",
    "euc_jp": "euc_jp",
    "euc_kr": "cp949",
    "iso8859-1": "cp1252",
    "cp1252": "cp1252",
}
_BROKEN_SHARE = 0.001


def _decode(data: bytes, name: str) -> tuple[str, str]:
    refuse_magic(data, name)
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, name)
    head = _COMMENT.sub(b"", data[:8192])
    found = _PROLOGUE.match(head) or _DECLARED.search(head)
    declared = _encoding(found[1].decode("ascii")) if found else None
    for encoding in dict.fromkeys(filter(None, (declared if declared != "cp1252" else None, "utf-8"))):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    if declared in ("utf-8", "gb18030"):
        # A page cut by bytes, or put together from several: a few broken characters, shown as such.
        text = data.decode(declared, "replace")
        if text.count("\ufffd") <= max(3, _BROKEN_SHARE * len(text)):
            return text, declared
    if declared == "cp1252" and b"\0" not in data:
        return data.decode("cp1252", "replace"), "cp1252"
    return decode(data, name)


def _encoding(declared: str) -> str | None:
    try:
        return _ENCODINGS.get(codecs.lookup(declared).name)
    except LookupError:
        return None


# ------------------------------------------------------------------------------------------ the page


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


_NEVER = _tags(
    "script style template noscript svg canvas object embed iframe frame applet audio video map select datalist "
    "textarea button nav rt rp del dialog"
)
_EMPTY = _tags("area base br col embed frame hr img input link meta param source track wbr")
_BLOCKS = _tags(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu ol optgroup option p pre section summary ul"
)
_HIDDEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))", re.IGNORECASE)
_FOOT_ROLES = ("navigation", "contentinfo", "search", "menu", "menubar", "dialog")
_DEEPEST_TABLE = 40
_LONGEST_HEADING = 150
_SUPERSCRIPT = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")


class _Page:
    """Takes the parser's events and keeps lines and tables in the order of the page."""

    def __init__(self) -> None:
        self.items: list[Item] = []
        self._tables: list[TableBox] = []
        self._text: list[str] = []
        self._level: int | None = None
        self._item = ""  # the mark of a list item that has no text yet
        self._lists: list[int | None] = []  # the next number of each open list; None where it has no numbers
        self._skipped = 0  # depth inside of an element that is not read
        self._within: list[str] = []  # open elements that change how their content is read
        self._sup: list[str] | None = None
        self._after_link = False
        self._titles: list[str] = []
        self._h1: list[str] = []
        self._meta: dict[str, str] = {}

    # -- events

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        if self._skipped:
            self._skipped += tag not in _EMPTY
            return
        if tag == "meta":
            name = attrib.get("name") or attrib.get("property") or attrib.get("itemprop") or ""
            if content := tidy(attrib.get("content", "")):
                self._meta.setdefault(name.strip().lower(), content)
            return
        if self._is_hidden(tag, attrib):
            self._skipped = tag not in _EMPTY
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in ("br", "hr"):
            self._flush()
        elif tag in ("title", "article", "main", "pre"):
            self._within.append(tag)
        elif tag[0] == "h" and tag[1:].isdigit():
            self._level = int(tag[1:])
        elif tag in ("ul", "ol", "menu", "dir"):
            self._lists.append(_integer(attrib.get("start"), 1) if tag == "ol" else None)
        elif tag == "li":
            self._item = self._mark()
        elif tag == "sup":
            self._sup = []
        elif tag == "a" and self._after_link:
            self._text.append(" ")  # links side by side are words of a menu
        elif tag in ("table", "caption", "tr", "thead", "tbody", "tfoot", "td", "th"):
            self._table_starts(tag, attrib)
        self._after_link = False

    def end(self, tag: str) -> None:
        if self._skipped:
            self._skipped -= tag not in _EMPTY
            return
        if tag in _BLOCKS:
            self._flush()
        if tag in ("title", "article", "main", "pre"):
            if tag in self._within:
                self._within.remove(tag)
        elif tag in ("ul", "ol", "menu", "dir"):
            if self._lists:
                self._lists.pop()
        elif tag == "li":
            self._item = ""
        elif tag[0] == "h" and tag[1:].isdigit():
            self._level = None
        elif tag == "sup":
            self._superscript()
        elif tag in ("table", "caption", "tr", "thead", "td", "th"):
            self._table_ends(tag)
        self._after_link = tag == "a"

    def data(self, text: str) -> None:
        if self._skipped:
            return
        self._after_link = False
        if "title" in self._within:
            self._titles.append(text)
        elif self._sup is not None:
            self._sup.append(text)
        elif "pre" in self._within and "\n" in text:
            for number, part in enumerate(text.split("\n")):
                if number:
                    self._flush()
                self._text.append(part)
        else:
            self._text.append(text)

    def comment(self, text: str) -> None:
        """Never read."""

    def close(self) -> None:
        self._flush()
        while self._tables:
            self._close_table()

    # -- what events mean

    def _is_hidden(self, tag: str, attrib: Mapping[str, str]) -> bool:
        if tag in _NEVER:
            return tag != "dialog" or "open" not in attrib
        if tag == "footer" or attrib.get("role", "").lower() in _FOOT_ROLES:
            return not self._within or tag != "footer"  # an article may have a foot of its own: its sources
        if "hidden" in attrib and attrib["hidden"].lower() != "until-found":
            return True
        return "style" in attrib and _HIDDEN_STYLE.search(attrib["style"]) is not None

    def _mark(self) -> str:
        if not self._lists or self._lists[-1] is None:
            return "- "
        number = self._lists[-1]
        self._lists[-1] = number + 1
        return f"{number}. "

    def _superscript(self) -> None:
        """m² keeps its power; [12] is a footnote, which is no part of the text."""
        text = tidy("".join(self._sup or ()))
        self._sup = None
        if text and not re.fullmatch(r"[\[［(（〔].*[\])）〕］]", text):
            self._text.append(text.translate(_SUPERSCRIPT))

    def _flush(self) -> None:
        if not self._text:
            return
        text = tidy("".join(self._text))
        self._text.clear()
        if not text:
            return
        level = self._level if len(text) <= _LONGEST_HEADING else None
        if level == 1:
            self._h1.append(text)
        if self._item and level is None:
            text, self._item = self._item + text, ""
        self._put(Text(text, level))

    def _put(self, item: Item) -> None:
        if self._tables:
            self._tables[-1].put(item)
        else:
            self.items.append(item)

    def _table_starts(self, tag: str, attrib: Mapping[str, str]) -> None:
        self._flush()
        if tag == "table":
            if len(self._tables) < _DEEPEST_TABLE:
                self._tables.append(TableBox(layout=attrib.get("role") in ("presentation", "none")))
        elif self._tables:
            table = self._tables[-1]
            if tag == "tr":
                table.row()
            elif tag == "thead":
                table.in_head = True
            elif tag in ("tbody", "tfoot"):
                table.in_head = False
            elif tag == "caption":
                table.in_caption = True
            else:
                spans = (_integer(attrib.get("rowspan"), 1), _integer(attrib.get("colspan"), 1))
                table.cell(*spans, heading=tag == "th")

    def _table_ends(self, tag: str) -> None:
        self._flush()
        if not self._tables:
            return
        if tag == "table":
            self._close_table()
        elif tag == "caption":
            self._tables[-1].in_caption = False
        elif tag == "thead":
            self._tables[-1].in_head = False
        elif tag in ("td", "th"):
            self._tables[-1].cell_ends()

    def _close_table(self) -> None:
        for item in self._tables.pop().items():
            self._put(item)

    # -- results

    def lines(self) -> Lines:
        lines = Lines()
        for item in self.items:
            if isinstance(item, Text):
                lines.add(item.text, level=item.level)
            else:
                lines.table(item.rows, headed=item.headed)
        return lines

    def title(self) -> str | None:
        """The heading that the page's title repeats, else the title without the site's name behind it."""
        full = tidy("".join(self._titles))
        for heading in self._h1:
            if len(heading) >= 4 and (heading in full or len(self._h1) == 1):
                return heading
        named = self._meta.get("articletitle") or self._meta.get("og:title") or full
        first = re.split(r"\s*[_|｜]\s*|\s+[-–—]+\s+|(?<=[" + CJK + r"])[-–—]+(?=[" + CJK + r"])", named)[0]
        return first if len(first) >= 4 else None

    def publisher(self) -> str | None:
        return self._meta.get("contentsource") or self._meta.get("og:site_name") or self._meta.get("sitename")

    def published(self) -> str | None:
        for name in ("pubdate", "article:published_time", "publishdate", "og:release_date", "datepublished", "date"):
            try:
                return parse_date(self._meta[name])
            except (KeyError, DateError):
                continue
        return None


def _integer(text: str | None, default: int) -> int:
    found = re.match(r"\s*(\d{1,6})", text or "")
    return int(found[1]) if found else default
