"""What a table of any file is: cells, rows, headers and what stands around it; and how marks are removed.

The readers (`pipe_tables`, `sheets`) make these; mappings say what they mean.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from aikg.loaders.numbers.dates import plain
from aikg.ontology.language import Said

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

__all__ = [
    "Caption",
    "Cell",
    "Row",
    "Table",
    "fill_down",
    "make_cell",
    "merge_continued",
    "parse_caption",
    "split_unit",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `raw` is what stands in the file; `text` is the value without marks, None where it has none.

    A dash is a *stated* blank (`is_dash`), an empty cell says nothing (`is_empty`); both have no text.
    Words such as 不详 or 未透露 are text.
    """

    text: str | None
    raw: str
    is_dash: bool = False

    @property
    def is_empty(self) -> bool:
        return self.text is None and not self.is_dash


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `line` is where it starts: the line of a document, the row of a sheet as shown to its user.

    `ragged`: the file gives this row more or fewer cells than the header has; missing ones are filled with
    empty cells, surplus ones are kept at the end. `problem` says what is broken, for a person. `place` is the
    locator where that is not ``L`` and the line.
    """

    line: int
    cells: tuple[Cell, ...]
    ragged: bool = False
    problem: Said | None = None
    place: str | None = None

    @property
    def locator(self) -> str:
        """``L178`` for a line of a document or CSV file, ``Sheet1!14`` for a row of a workbook."""
        return self.place or f"L{self.line}"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption.

    `line` is the header's; `number` is normalised (图表3), `caption` is the title without number and unit;
    `unit` is what （单位：…） says; `note` is what follows (参考来源：…). Tables of contents have a `kind`.
    """

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    line: int
    number: str | None = None
    caption: str | None = None
    caption_line: int | None = None
    kind: Literal["table", "contents"] = "table"
    note: str | None = None
    unit: str | None = None


# ---------------------------------------------------------------------------------------------- cells

_MARKED = re.compile(r"[*_`<&!\[\]\\†‡§①-⑳⁰¹²³⁴-⁹〔［]")
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)
_FOOTNOTE_TAG = re.compile(r"<sup>\s*(?:\[?\d{1,3}\]?|[*†‡①-⑳])\s*</sup>\s*$", re.IGNORECASE)
_TAG = re.compile(r"</?(?:b|i|u|em|strong|span|font|p|sup|sub|small|nobr)(?: [^<>]*)?>", re.IGNORECASE)
_IMAGE_OR_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\([^()\[\]]*\)")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_BOLD = re.compile(r"(\*\*|__)(?=[^\s*_])([^*]*?[^\s*_])\1")
_ITALIC = re.compile(r"(?<![^\s（(，、])([*_])(?=[^\s*_])([^*_]*[^\s*_])\1(?![^\s）)，、；;。])")
_CODE = re.compile(r"`([^`]*)`")
_ESCAPE = re.compile(r"\\([*_`~\[\]#<>&!-])")
# A superscript digit is a footnote behind a Chinese character or a bracket, a power behind a letter (m²).
_FOOTNOTE = re.compile(
    r"(?:\[\^[^\[\]\s]{1,12}\]|\[\d{1,3}\]|〔\d{1,3}〕|［\d{1,3}］|[†‡§]|\*|[①-⑳]"
    r"|(?<=[\u3400-\u9fff）)”》%％。；，、⁰¹²³⁴-⁹])[⁰¹²³⁴-⁹])\s*$"
)
_DASH = re.compile(r"[-—–－―‒−─‐‑]{1,6}|[/／]{1,2}|\\")


def clean(raw: str) -> str:
    """The text of a cell without Markdown, HTML and footnote marks. Subscripts (CR ₈) are part of a name.

    >>> clean("**1565**<br>亿元¹")
    '1565 亿元'
    """
    text = raw.strip()
    if not _MARKED.search(text):
        return text
    text = _BREAK.sub(" ", text)
    text = _FOOTNOTE_TAG.sub("", text)
    text = _TAG.sub("", text)
    text = _IMAGE_OR_LINK.sub(lambda m: "" if m[1] else m[2], text)
    text = _ENTITY.sub(lambda m: html.unescape(m[0]), text)
    text = _BOLD.sub(r"\2", text)
    text = _ITALIC.sub(r"\2", text)
    text = _CODE.sub(r"\1", text)
    text = text.strip()
    while match := _FOOTNOTE.search(text, max(0, len(text) - 20)):
        rest = text[: match.start()].rstrip()
        # A cell of nothing but a mark, or with an escaped star, means what it shows.
        if not rest or rest.endswith("\\"):
            break
        text = rest
    return _ESCAPE.sub(r"\1", text).strip()


def make_cell(raw: str, *, marks: bool = True) -> Cell:
    """A cell from the characters in the file; `marks=False` where they are no Markdown and HTML (sheets).

    >>> make_cell(" **A轮** ").text, make_cell("—").is_dash, make_cell("  ").is_empty
    ('A轮', True, True)
    """
    raw = raw.strip()
    text = clean(raw) if marks else re.sub(r"\s*[\r\n]+\s*", " ", raw)
    if not text:
        return Cell(None, raw)
    if _DASH.fullmatch(text):
        return Cell(None, raw, is_dash=True)
    return Cell(text, raw)


EMPTY = Cell(None, "")


def cell_count(found: int, width: int) -> Said:
    """What is wrong with a row of `found` cells under a header of `width`."""
    return Said(f"the row has {found} cells, the header {width}", f"这一行有 {found} 个单元格，表头有 {width} 个")


def make_row(raws: Sequence[str], width: int, line: int, place: str | None = None) -> Row:
    """A row of `width` cells; `ragged` and padded where the file gives another number."""
    cells = tuple(make_cell(raw) for raw in raws)
    if len(cells) == width:
        return Row(line, cells, place=place)
    problem = cell_count(len(cells), width)
    padded = cells + (EMPTY,) * (width - len(cells))
    return Row(line, padded, ragged=True, problem=problem, place=place)


# ---------------------------------------------------------------------------------------------- rows

_ASCII_WORD_END = re.compile(r"[A-Za-z0-9,.;:%)]$")
_ASCII_WORD_START = re.compile(r"^[A-Za-z0-9(]")


def _joined(first: str, second: str) -> str:
    """Chinese runs on without a blank where a page ended; Latin words and numbers need one."""
    if not first or not second:
        return first + second
    blank = _ASCII_WORD_END.search(first) and _ASCII_WORD_START.search(second)
    return f"{first} {second}" if blank else first + second


def _append(cell: Cell, more: Cell) -> Cell:
    if more.is_empty:
        return cell
    if cell.is_empty:
        return more
    text = _joined(cell.text or "", more.text or "")
    raw = _joined(cell.raw, more.raw)
    return Cell(text or None, raw, is_dash=not text)


def merge_continued(rows: Sequence[Row], key_index: int) -> tuple[Row, ...]:
    """Logical rows: a row whose key cell is empty continues the one above, cell by cell, and takes its line.

    A dash in the key column is no continuation. A first row without a key stays as it is.
    """
    merged: list[Row] = []
    for row in rows:
        key = row.cells[key_index] if -len(row.cells) <= key_index < len(row.cells) else EMPTY
        if not merged or not key.is_empty:
            merged.append(row)
            continue
        above = merged[-1]
        width = max(len(above.cells), len(row.cells))
        left = above.cells + (EMPTY,) * (width - len(above.cells))
        right = row.cells + (EMPTY,) * (width - len(row.cells))
        merged[-1] = replace(
            above,
            cells=tuple(_append(a, b) for a, b in zip(left, right, strict=True)),
            ragged=above.ragged or row.ragged,
            problem=above.problem or row.problem,
        )
    return tuple(merged)


def fill_down(rows: Sequence[Row], indexes: Collection[int]) -> tuple[Row, ...]:
    """Rows whose empty cells in the given columns hold the cell above, as a merged cell on paper means it."""
    last: dict[int, Cell] = {}
    filled = []
    for row in rows:
        cells = list(row.cells)
        for index in indexes:
            if index >= len(cells):
                continue
            if cells[index].is_empty:
                cells[index] = last.get(index, cells[index])
            else:
                last[index] = cells[index]
        filled.append(replace(row, cells=tuple(cells)))
    return tuple(filled)


# ---------------------------------------------------------------------------------------------- captions


@dataclass(frozen=True, slots=True)
class Caption:
    """图表 3：代表企业（单位：家） → 图表3, the title, 家. `continued`: 续表 3, （续）, (continued)."""

    number: str
    title: str | None
    unit: str | None
    continued: bool = False


_CAPTION = re.compile(
    r"(?P<again>续)?(?P<word>图表|附表|附图|表格|圖表|图|表|圖|Table|Figure|Exhibit|Chart|Tab\.|Fig\.)[ ]?"
    r"(?P<number>[0-9]{1,3}(?:[-.–—][0-9]{1,3}){0,2}[a-dA-D]?(?![0-9A-Za-z])"
    r"|[一二三四五六七八九十]{1,3}(?=[ :.、(续]|$))"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[ ]*[:.、．。—-][ ]*|[ ]+|(?=[(（\[【])|$")
_CONTINUED = re.compile(r"[(（]\s*(?:续|续表|续上表|接上表|cont(?:inued|['’]d)?\.?)\s*[)）]$", re.IGNORECASE)
_UNIT = re.compile(
    r"(?:[(（\[【]\s*|(?:^|\s+))(?:计量)?(?:单位|單位|Units?)\s*[:：]\s*"
    r"([^()（）\[\]【】]{1,30}?)\s*[)）\]】]?\s*$",
    re.IGNORECASE,
)
_CHINESE = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_SENTENCE_END = ("。", "；", ";", "！", "？", "，", ",", "?", "!")
_SPOKEN_OF = re.compile(
    r"[ ]*(?:所示|显示|可见|可知|为|是|中(?=[,，的可所])|的|给出|列出|反映|(?:shows?|lists?|gives?)\b)",
    re.IGNORECASE,
)
_WRAPPING = re.compile(r"^(?:#{1,6}\s+|>\s*)?(?:\*\*|__|\*)?(.*?)(?:\*\*|__|\*)?\s*$")
_MAX_CAPTION = 120


def split_unit(text: str) -> tuple[str, str | None]:
    """Cut 单位：… off the end of a caption, or read a line of its own.

    >>> split_unit("融资情况（单位：亿，起）")
    ('融资情况', '亿，起')
    """
    match = _UNIT.search(text)
    if not match:
        return text, None
    return text[: match.start()].rstrip(), match[1]


def parse_caption(line: str) -> Caption | None:
    """The caption in a line of its own, or None. Colons of both widths, blanks, bold and headings are read.

    >>> parse_caption("**表 1-2: 园区一览（单位：家）**")
    Caption(number='表1-2', title='园区一览', unit='家', continued=False)
    """
    text = line.strip()
    if not text or len(text) > _MAX_CAPTION or "|" in text:
        return None
    unwrapped = _WRAPPING.match(text)
    text = unwrapped[1].strip().replace("**", "") if unwrapped else text
    shown = plain(text)
    match = _CAPTION.match(shown)
    if not match:
        return None
    rest_start = match.start("rest")
    separator = _SEPARATOR.match(shown, rest_start)
    if not separator:
        return None
    with_colon = ":" in separator[0]
    title = text[separator.end() :].strip()
    # 表 3 显示…。 is a sentence about a table, not its caption.
    if not with_colon and (title.endswith(_SENTENCE_END) or len(title) > 60 or _SPOKEN_OF.match(plain(title))):
        return None
    title, unit = split_unit(title)
    continued = bool(match["again"])
    if mark := _CONTINUED.search(title):
        title, continued = title[: mark.start()].rstrip(), True
    word = {"圖表": "图表", "圖": "图"}.get(match["word"], match["word"].capitalize())
    return Caption(word.rstrip(".") + _number(match["number"]), title or None, unit, continued)


def _number(text: str) -> str:
    if text[0] not in "一二三四五六七八九十":
        return re.sub("[–—]", "-", text)
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    value = (_CHINESE.get(tens, 1) * 10 if ten else 0) + _CHINESE.get(ones, 0)
    return str(value)
