"""One PDF page as lines and ruled tables in reading order; over all pages what repeats, and whole paragraphs."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.loaders.readers.lines import CJK, tidy
from aikg.loaders.readers.tables import parse_caption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["Grid", "Line", "Page", "furniture", "is_unreadable", "paragraphs", "read_page"]


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line. Positions in points from the left and top of the page; `left` and `right` are its column's."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    left: float = 0.0
    right: float = 0.0

    @property
    def size(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table; a merged place repeats nothing: the library gives it to its first cell."""

    rows: list[list[str]]
    top: float


@dataclass(slots=True)
class Page:
    number: int
    height: float
    parts: list[Line | Grid] = field(default_factory=list)

    @property
    def lines(self) -> list[Line]:
        return [part for part in self.parts if isinstance(part, Line)]

    @property
    def grids(self) -> list[Grid]:
        return [part for part in self.parts if isinstance(part, Grid)]


_MOST_RULES = 4000  # a page with more lines is a map or a drawing; looking for tables in it takes minutes
_MOST_LETTERS = 100_000
_CID = re.compile(r"\(cid:\d+\)")


def read_page(page: Any, number: int) -> Page:
    """Lines and tables of a page of pdfplumber, a column at a time, top to bottom."""
    made = Page(number, float(page.height))
    if len(page.chars) > _MOST_LETTERS:
        return made
    rules = len(page.lines) + len(page.rects) + len(page.curves)
    tables = []
    for table in page.find_tables() if rules <= _MOST_RULES else ():
        rows = [[_text(cell or "") for cell in row] for row in table.extract()]
        if len(rows) > 1 and len(rows[0]) > 1 and any(cell for row in rows for cell in row):
            tables.append((table.bbox, Grid(_filled(table, rows), float(table.bbox[1]))))
    boxes = [box for box, _ in tables]
    words = [
        word
        for word in page.extract_words(x_tolerance=2, y_tolerance=3, keep_blank_chars=False)
        if not any(_inside(word, box) for box in boxes)
    ]
    lines = _columns(_printed_lines(words), float(page.width))
    grids = [grid for _, grid in tables]
    made.parts = [*lines]
    for grid in grids:
        at = next((i for i, part in enumerate(made.parts) if isinstance(part, Line) and part.top > grid.top), None)
        made.parts.insert(len(made.parts) if at is None else at, grid)
    return made


def _filled(table: Any, rows: list[list[str]]) -> list[list[str]]:
    """Cells that a merged one covers hold its text: those without a box of their own, left or above of them."""
    for i, row in enumerate(table.rows):
        for j, box in enumerate(row.cells):
            if box is not None or i >= len(rows) or j >= len(rows[i]):
                continue
            if j and row.cells[j - 1] is None:
                rows[i][j] = rows[i][j - 1]
            elif (above := table.rows[i - 1].cells[j] if i else None) is not None and above[3] > table.rows[i].bbox[1]:
                rows[i][j] = rows[i - 1][j]
            elif j:
                rows[i][j] = rows[i][j - 1]
    return rows


def _inside(word: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


# Fonts draw some characters by the signs of their radicals; NFKC knows only the older set of these.
_RADICALS = str.maketrans(
    "⺁⺠⺫⺬⺮⺼⻄⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "厂民目示竹肉西见角贝车长门青页风飞食马骨鬼鱼鸟麦黄齐齿龙龟",
)


def _text(text: str) -> str:
    text = _CID.sub("\ufffd", text).translate(_RADICALS)
    return tidy(re.sub("[\u2f00-\u2fdf\ufb00-\ufb06]", lambda m: unicodedata.normalize("NFKC", m[0]), text))


def is_unreadable(texts: Sequence[str]) -> bool:
    """Whether most characters are unknown: fonts without a table of what they draw."""
    whole = "".join(texts)
    unknown = whole.count("\ufffd") + sum("\ue000" <= char <= "\uf8ff" for char in whole)
    return unknown > 0.3 * max(len(whole), 1)


# ------------------------------------------------------------------------------------- lines of a page


def _printed_lines(words: list[dict[str, Any]]) -> list[Line]:
    """Words side by side; a gap of three letters and more divides columns."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        last = rows[-1] if rows else None
        if last and abs(word["bottom"] - last[-1]["bottom"]) <= max(2.0, 0.35 * (word["bottom"] - word["top"])):
            last.append(word)
        else:
            rows.append([word])
    lines: list[Line] = []
    for row in rows:
        row.sort(key=lambda w: w["x0"])
        group = [row[0]]
        for word in row[1:]:
            if word["x0"] - group[-1]["x1"] > 3 * (word["bottom"] - word["top"]):
                lines.append(_line(group))
                group = []
            group.append(word)
        lines.append(_line(group))
    return [line for line in lines if line.text]


def _line(words: list[dict[str, Any]]) -> Line:
    text = ""
    for word in words:
        text = _joined(text, word["text"])
    return Line(
        _text(text),
        float(words[0]["x0"]),
        float(words[-1]["x1"]),
        float(min(word["top"] for word in words)),
        float(max(word["bottom"] for word in words)),
    )


def _joined(first: str, second: str) -> str:
    """A blank between words, none between Chinese characters."""
    if not first or not second:
        return first + second
    chinese = re.match(f"[{CJK}]", first[-1]) and re.match(f"[{CJK}]", second[0])
    return first + second if chinese else f"{first} {second}"


def _columns(lines: list[Line], width: float) -> list[Line]:
    """Reading order: where a gutter divides the page, left before right, between lines that cross it."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return _placed(sorted(lines, key=lambda line: (line.top, line.x0)))
    ordered: list[Line] = []
    band: list[Line] = []
    for line in [*sorted(lines, key=lambda line: (line.top, line.x0)), None]:
        if line is not None and not line.x0 < gutter < line.x1:
            band.append(line)
            continue
        ordered += _placed([part for part in band if part.x1 <= gutter])
        ordered += _placed([part for part in band if part.x0 >= gutter])
        band = []
        if line is not None:
            ordered += _placed([line])
    return ordered


def _gutter(lines: list[Line], width: float) -> float | None:
    """The middle of a blank strip between two columns of text of at least five lines each."""
    for share in (0.5, 0.48, 0.52, 0.46, 0.54, 0.44, 0.56):
        at = share * width
        left = [line for line in lines if line.x1 <= at]
        right = [line for line in lines if line.x0 >= at]
        wide = [line for line in (*left, *right) if line.x1 - line.x0 > 0.25 * width]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) >= 5 and len(wide) >= 0.6 * (len(left) + len(right)) and crossing <= len(left):
            return at
    return None


def _placed(lines: list[Line]) -> list[Line]:
    """Lines with the edges of their column: where most of them begin and end at the outermost."""
    if not lines:
        return []
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    return [Line(line.text, line.x0, line.x1, line.top, line.bottom, left, right) for line in lines]


# ---------------------------------------------------------------------------------------- all the pages

_PAGE_NUMBER = re.compile(
    r"[-–—·~|\s]*(?:第\s*)?(?:[0-9]{1,4}|[ivxlIVXL]{1,6})(?:\s*页)?(?:\s*(?:/|of|,|，)?\s*共?\s*[0-9]{1,4}\s*页?)?[-–—·~|\s]*"
    r"|(?:page|p\.?)\s*[0-9]{1,4}(?:\s*(?:/|of)\s*[0-9]{1,4})?",
    re.IGNORECASE,
)
_MARGIN = 0.12  # of the height of a page
_OUTERMOST = 3  # lines at its top and bottom


def furniture(pages: Sequence[Page]) -> set[int]:
    """The lines (their `id`) at the edges of pages that repeat there but for numbers, and page numbers."""
    found: set[int] = set()
    seen: dict[tuple[str, bool], list[Line]] = defaultdict(list)
    for page in pages:
        by_height = sorted(page.lines, key=lambda line: line.top)
        for at_top, edge in ((True, by_height[:_OUTERMOST]), (False, by_height[::-1][:_OUTERMOST])):
            for line in edge:
                near = line.bottom <= _MARGIN * page.height if at_top else line.top >= (1 - _MARGIN) * page.height
                if not near:
                    continue
                if _PAGE_NUMBER.fullmatch(line.text):
                    found.add(id(line))
                seen[re.sub(r"\d+", "#", line.text), at_top].append(line)
    enough = 2 if len(pages) <= 3 else 3
    for lines in seen.values():
        heights = sorted(line.top for line in lines)
        middle = heights[len(heights) // 2]
        same = [line for line in lines if abs(line.top - middle) <= 4]
        if len(same) >= enough:
            found.update(id(line) for line in same)
    return found


_STARTS = re.compile(
    r"[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）、.．](?!\d)|第[一二三四五六七八九十\d]{1,3}[章节篇部]|[•●■◆▪·○➢◇\-–—*]\s?|图表?\s*\d|表\s*\d"
    r"|(?:资料|数据|参考)?来源\s*[:：]|注\s*[:：]|\d+(?:\.\d+){1,3}\s*[^\d\s%.]"
)
_ENDS = re.compile(r"[。！？；;!?.:：][”’」』）)\]]?$")


def paragraphs(lines: Sequence[tuple[Line, int]]) -> Iterator[tuple[str, int, int]]:
    """Text, first and last page of each paragraph made of printed lines and their pages.

    A line goes on in the next one where it is full, the next is not indented, of the same size, and no heading.
    """
    text, first, last = "", 0, 0
    before: Line | None = None
    for line, page in lines:
        if before is not None and _goes_on(before, line, same_page=page == last):
            text, last = _hyphenated(text, line.text), page
        else:
            if text:
                yield text, first, last
            text, first, last = line.text, page, page
        before = line
    if text:
        yield text, first, last


def _hyphenated(first: str, second: str) -> str:
    if re.search(r"[a-z]-$", first) and re.match(r"[a-z]", second):
        return first[:-1] + second
    # A line ends where it is full: beside a Chinese character that says nothing of a blank.
    chinese = re.match(f"[{CJK}]", first[-1]) or re.match(f"[{CJK}]", second[0])
    return first + second if chinese else f"{first} {second}"


def _goes_on(line: Line, following: Line, *, same_page: bool) -> bool:
    size = max(line.size, 1.0)
    if abs(following.size - size) > 0.15 * size:
        return False
    full = line.right - line.x1 <= 2.2 * size and line.x1 - line.x0 > 8 * size
    indented = following.x0 - following.left > 0.8 * size
    if not full or (indented and line.x0 - line.left < 0.8 * size) or parse_caption(line.text):
        return False
    if _STARTS.match(following.text) and (_ENDS.search(line.text) or indented):
        return False
    gap = following.top - line.bottom
    if same_page and following.left == line.left and (gap > 1.6 * size or gap < -size):
        return False
    # A full line that ends with a full stop may end its paragraph: then the next one is indented, or a wide gap shows it.
    return not (_ENDS.search(line.text) and line.text[-1] in "。！？" and indented)
