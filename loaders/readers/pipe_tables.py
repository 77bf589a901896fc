"""Tables drawn with `|` in Markdown and in text made from PDF: found, joined over pages, given captions."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aikg.loaders.readers.document import Document
from aikg.loaders.readers.tables import (
    Caption,
    Cell,
    Row,
    Table,
    clean,
    fill_down,
    make_cell,
    make_row,
    merge_continued,
    parse_caption,
    split_unit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Caption",
    "Cell",
    "Row",
    "Table",
    "fill_down",
    "is_note",
    "make_cell",
    "merge_continued",
    "parse_caption",
    "read_tables",
    "split_row",
]

_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_RULE = re.compile(r":?-{3,}:?")
_PIPE = re.compile(r"(?<!\\)\|")
_NOTE = re.compile(
    r"[*>（(\s]*(?:参考来源|资料来源|数据来源|信息来源|图表来源|来源|數據來源|資料來源|參考來源|來源|备注|備註|附注|注释|注|说明"
    r"|Sources?|Notes?|Data sources?)\s*\d{0,2}\s*[:：]",
    re.IGNORECASE,
)
_PAGE_NUMBER = re.compile(
    r"[-–—·~\s]*(?:第\s*)?[0-9]{1,4}(?:\s*页)?(?:\s*(?:/|of|共)\s*[0-9]{1,4}(?:\s*页)?)?[-–—·~\s]*|page\s+[0-9]{1,4}(?:\s+of\s+[0-9]{1,4})?"
    r"|[-*_]{3,}|\f|<!--.*-->|(?:接上表|续上表|续表|[(（]续表?[)）]|[(（]continued[)）]|转下页|接下页)[:：]?",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"附?图\d|Fig|Chart")
_CONTENTS_HEADER = re.compile(r"目\s*[录錄次]|页\s*[码碼]|contents|pages?", re.IGNORECASE)
_PAGE = re.compile(r"[0-9]{1,4}|[ivxlIVXL]{1,6}")
_RUNNING_HEADER = 40  # characters; a longer line that repeats is text, not the head of a page
_ENDINGS = ("。", "；", ";", "：", ":", "，", ",", "、", "！", "？")


@dataclass(slots=True)
class _Block:
    """Lines first..last (0-based) that form one drawn table."""

    first: int
    last: int
    headers: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)
    headless: bool = False
    contents: bool = False


def read_tables(source: Document | Sequence[str]) -> list[Table]:
    """All pipe tables of a document (or of its lines), top to bottom. Line numbers count from 1.

    With or without outer pipes; escaped pipes; captions before a table, or behind it in documents that write
    them there; fragments of one table on several pages joined; ragged rows kept and flagged; tables of
    contents with ``kind="contents"``. A block of pipe lines without a dashed line has no headers: each is "".
    Never raises on text.

    >>> table = read_tables(["表 1：城市", "", "| 市 | 家 |", "|--|--|", "| 合肥 | 3 |"])[0]
    >>> table.number, table.caption, table.headers, table.rows[0].cells[1].text
    ('表1', '城市', ('市', '家'), '3')
    """
    lines = source.lines if isinstance(source, Document) else tuple(source)
    blocks = _blocks(lines)
    if not blocks:
        return []
    furniture = _running_headers(lines)
    groups = _joined(blocks, lines, furniture)
    captions = _captions(groups, lines, furniture)
    tables = []
    for number, group in enumerate(groups):
        head = group[0]
        line, caption, unit = captions[number]
        following = groups[number + 1][0].first if number + 1 < len(groups) else len(lines)
        tables.append(
            Table(
                headers=head.headers,
                rows=tuple(row for block in group for row in block.rows),
                line=head.first + 1,
                number=caption.number if caption else None,
                caption=caption.title if caption else None,
                caption_line=None if line is None else line + 1,
                kind="contents" if head.contents else "table",
                note=_note(lines, group[-1].last + 1, following),
                unit=(caption.unit if caption else None) or unit,
            )
        )
    return tables


def is_note(line: str) -> bool:
    """Whether a line is a table's note: 参考来源：…, 注：…, Source: …"""
    return _NOTE.match(line) is not None


def split_row(line: str) -> list[str]:
    r"""The raw cells of a line, stripped. ``\|`` is a pipe inside a cell; outer pipes are optional.

    >>> split_row(r"| a \| b | c |")
    ['a | b', 'c']
    """
    text = line.strip()
    parts = text.split("|") if "\\|" not in text else [part.replace("\\|", "|") for part in _PIPE.split(text)]
    if len(parts) > 1 and not parts[0].strip():
        del parts[0]
    if len(parts) > 1 and not parts[-1].strip() and text.endswith("|"):
        del parts[-1]
    return [part.strip() for part in parts]


# ------------------------------------------------------------------------------------- finding blocks


def _is_delimiter(line: str) -> bool:
    return "-" in line and "|" in line and _DELIMITER.fullmatch(line.strip()) is not None


def _is_piped(line: str) -> bool:
    return line.lstrip().startswith("|") and line.count("|") > 1


def _blocks(lines: Sequence[str]) -> list[_Block]:
    blocks: list[_Block] = []
    index = 0
    while index < len(lines):
        if "|" not in lines[index]:
            index += 1
            continue
        block = _block(lines, index)
        if block is None:
            index += 1
            continue
        blocks.append(block)
        index = block.last + 1
    return blocks


def _block(lines: Sequence[str], first: int) -> _Block | None:
    """The table that starts at `first`: a header over a dashed line, or bare rows between outer pipes."""
    piped = _is_piped(lines[first])
    if first + 1 < len(lines) and _is_delimiter(lines[first + 1]) and _PIPE.search(lines[first]):
        raw = split_row(lines[first])
        # Without outer pipes only an equal number of columns tells a table from a line of text over a rule.
        if piped or len(raw) == len(split_row(lines[first + 1])):
            return _body(lines, first, tuple(clean(text) for text in raw), piped)
    if piped and not _is_delimiter(lines[first]):
        last = first
        while last + 1 < len(lines) and _is_piped(lines[last + 1]) and not _is_delimiter(lines[last + 1]):
            last += 1
        # The last of these lines is the header of the next table when a dashed line follows.
        if last + 1 < len(lines) and _is_delimiter(lines[last + 1]):
            last -= 1
        if last >= first:
            width = len(split_row(lines[first]))
            rows = [make_row(split_row(lines[i]), width, i + 1) for i in range(first, last + 1)]
            return _Block(first, last, ("",) * width, rows, headless=True)
    return None


def _body(lines: Sequence[str], first: int, headers: tuple[str, ...], piped: bool) -> _Block:
    block = _Block(first, first + 1, headers)
    named = any(headers)
    index = first + 2
    while index < len(lines):
        line = lines[index]
        cells = split_row(line) if (_is_piped(line) if piped else _PIPE.search(line)) else None
        if cells is None:
            # A row whose outer pipe was lost still has the right number of cells.
            if not piped or not _PIPE.search(line) or len(split_row(line)) != len(headers):
                break
            cells = split_row(line)
        if all(_RULE.fullmatch(cell) for cell in cells):
            block.last = index  # some converters draw a rule under every row
            index += 1
            continue
        again = len(cells) == len(headers) and tuple(clean(cell) for cell in cells) == headers
        ruled = index + 1 < len(lines) and _is_delimiter(lines[index + 1])
        if ruled and len(cells) == len(split_row(lines[index + 1])) != len(headers):
            break  # the header of another table that follows without a blank line
        if again and (named or ruled):
            index += 2 if ruled else 1
            block.last = index - 1
            continue
        block.rows.append(make_row(cells, len(headers), index + 1))
        block.last = index
        index += 1
    block.contents = _is_contents(block)
    return block


def _is_contents(block: _Block) -> bool:
    """Two or three columns, page numbers in the last one that never fall, no header of data above them."""
    width = len(block.headers)
    if not 2 <= width <= 3 or not block.rows:
        return False
    pages = [row.cells[width - 1].text for row in block.rows if not row.cells[width - 1].is_empty]
    if len(pages) < (len(block.rows) + 1) // 2 or not all(page and _PAGE.fullmatch(page) for page in pages):
        return False
    numbers = [int(page) for page in pages if page and page.isdecimal()]
    if numbers != sorted(numbers) or any(row.cells[0].is_empty for row in block.rows):
        return False
    last = block.headers[-1]
    first_entry = last.isdecimal() and len(last) < 4 and bool(numbers) and int(last) <= numbers[0]
    return not any(block.headers) or first_entry or any(_CONTENTS_HEADER.fullmatch(header) for header in block.headers)


# ------------------------------------------------------------------------------------- joining pages


def _running_headers(lines: Sequence[str]) -> frozenset[str]:
    """Short lines that stand three times or more in a document: the head or foot of its pages."""
    short = Counter(line.strip() for line in lines if len(line) <= 2 * _RUNNING_HEADER and "|" not in line)
    return frozenset(
        text
        for text, count in short.items()
        if count >= 3
        and 0 < len(text) <= _RUNNING_HEADER
        and not text.endswith(_ENDINGS)
        and not _NOTE.match(text)
        and not parse_caption(text)
    )


def _is_furniture(line: str, running: frozenset[str]) -> bool:
    text = line.strip()
    return not text or text in running or (len(text) < 80 and _PAGE_NUMBER.fullmatch(text) is not None)


def _joined(blocks: list[_Block], lines: Sequence[str], running: frozenset[str]) -> list[list[_Block]]:
    """Groups of blocks that are one table: the same headers, or bare rows, only page furniture between."""
    groups: list[list[_Block]] = []
    number: str | None = None  # of the caption over the last group
    end = 0  # of the block before
    for block in blocks:
        head = groups[-1][0] if groups and groups[-1][-1].last + 1 == end else None
        between = lines[end : block.first]
        end = block.last + 1
        own = [caption for line in between if (caption := parse_caption(line))]
        if (
            head is not None
            and _continues(head, block)
            and all(_is_furniture(line, running) or parse_caption(line) for line in between)
            and all(caption.continued or caption.number == number for caption in own)
        ):
            if block.headless and not head.headless:
                width = len(head.headers)
                block.rows = [make_row(split_row(lines[row.line - 1]), width, row.line) for row in block.rows]
            groups[-1].append(block)
        elif not block.headless or block.first < block.last:
            groups.append([block])
            number = own[-1].number if own else None
        # else: one line between pipes is no table, unless it continues one
    return groups


def _continues(head: _Block, block: _Block) -> bool:
    width = len(head.headers)
    if block.headless:
        return len(block.headers) == width and block.first > head.last + 1
    if any(head.headers):
        return block.headers == head.headers
    return head.contents and block.contents and len(block.headers) == width


# ------------------------------------------------------------------------------- captions and notes

_Found = tuple[int | None, Caption | None, str | None]


def _captions(groups: list[list[_Block]], lines: Sequence[str], running: frozenset[str]) -> list[_Found]:
    """Line, caption and unit of each table. A caption belongs to one table only.

    Most documents write it above. Where more tables have one below than above, below is the document's habit;
    otherwise a caption below is taken only by a table that has none above, never one of a picture (图 N), and
    not one with a note of its own under it: so looks a picture of which the text has only the caption.
    """
    above = [_above(groups, i, lines, running) for i in range(len(groups))]
    below = [_below(groups, i, lines, running) for i in range(len(groups))]
    counted = [i for i, group in enumerate(groups) if not group[0].contents]
    below_is_habit = sum(below[i][1] is not None for i in counted) > sum(above[i][1] is not None for i in counted)
    first, second = (below, above) if below_is_habit else (above, below)
    taken: set[int] = set()
    result: list[_Found] = [(None, None, above[i][2]) for i in range(len(groups))]
    for choices in (first, second):
        for i in counted:
            line, caption, _unit = choices[i]
            if choices is below and not below_is_habit and line is not None and any(c[1] for c in above):
                following = next((text for text in lines[line + 1 : line + 8] if text.strip()), "")
                caption = None if _NOTE.match(following) else caption
            if caption is not None and line is not None and result[i][1] is None and line not in taken:
                taken.add(line)
                result[i] = (line, caption, result[i][2])
    return result


def _above(groups: list[list[_Block]], i: int, lines: Sequence[str], running: frozenset[str]) -> _Found:
    stop = groups[i - 1][-1].last if i else -1
    unit = None
    for index in range(groups[i][0].first - 1, max(stop, groups[i][0].first - 12), -1):
        text = lines[index].strip()
        if not text:
            continue
        if caption := parse_caption(text):
            return index, caption, unit
        rest, found = split_unit(text)
        if found and not rest and unit is None:
            unit = found
        elif not _is_furniture(text, running):
            break
    return None, None, unit


def _below(groups: list[list[_Block]], i: int, lines: Sequence[str], running: frozenset[str]) -> _Found:
    stop = groups[i + 1][0].first if i + 1 < len(groups) else len(lines)
    for index in range(groups[i][-1].last + 1, min(stop, groups[i][-1].last + 8)):
        text = lines[index].strip()
        if not text:
            continue
        caption = parse_caption(text)
        if caption and not _PICTURE.match(caption.number):
            return index, caption, None
        if not _is_furniture(text, running):
            break
    return None, None, None


def _note(lines: Sequence[str], start: int, stop: int) -> str | None:
    """What stands directly under a table: 参考来源：…, 注：… (several lines become one)."""
    notes: list[str] = []
    for index in range(start, min(stop, start + 12)):
        text = lines[index].strip()
        if not text:
            continue
        if not _NOTE.match(text) or len(notes) == 3:
            break
        notes.append(clean(text))
    return " ".join(notes) or None
