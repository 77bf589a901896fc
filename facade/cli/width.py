"""Text as a terminal shows it: a Chinese character takes two columns, and a document's control characters none.

Names and cells come from documents. What could move the cursor, colour the screen or turn the direction of
writing around is replaced before it reaches a terminal.
"""

from __future__ import annotations

import re

from wcwidth import wcswidth, wcwidth

__all__ = ["clean", "pad", "shorten", "width", "wrap"]

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
# A piece is not to be broken and takes the blanks behind it: a Latin word or number (up to an underscore, a slash or
# a hyphen before a letter), or a wide character together with the closing marks that must not begin a line.
_CLOSING = re.escape("，。、；：！？）》」』】〕”’…％%,.;:!?)")
_OPENING = re.escape("（《「『【〔“‘(")
_NARROW = "!-~\u00a0-\u2fff"
_PIECE = re.compile(rf"[{_OPENING}]*(?:[{_NARROW}]+?(?:[_/]|-(?=[A-Za-z])|(?![{_NARROW}]))|\S)[{_CLOSING}]*[ \t]*|\s+")


def clean(text: str) -> str:
    """`text` in one line without control characters.

    >>> clean("深圳\\x1b[31m\\n市")
    '深圳 [31m 市'
    """
    return _CONTROL.sub(" ", text)


def width(text: str) -> int:
    """Columns that `text` takes on a terminal.

    >>> width("深圳AI")
    6
    """
    if text.isascii():
        return len(text)
    columns = int(wcswidth(text))
    return columns if columns >= 0 else sum(max(int(wcwidth(char)), 0) for char in text)


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled up with blanks to `columns`, on its left side with `right`."""
    blanks = " " * max(columns - width(text), 0)
    return blanks + text if right else text + blanks


def shorten(text: str, columns: int) -> str:
    """`text`, or as much of it as fits into `columns` with an ellipsis behind it.

    >>> shorten("人工智能产业", 7)
    '人工智…'
    """
    if width(text) <= columns:
        return text
    kept, used = "", 0
    for char in text:
        used += width(char)
        if used > columns - 1:
            break
        kept += char
    return kept + "…"


def wrap(text: str, columns: int) -> list[str]:
    """`text` in lines of at most `columns`; words are broken only where they are longer than a line.

    >>> wrap("国家新一代AI创新发展试验区", 12)
    ['国家新一代AI', '创新发展试验', '区']
    """
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if width(line + piece.rstrip()) <= columns:
            line += piece
            continue
        if line.strip():
            lines.append(line.rstrip())
            line = ""
        rest = piece.lstrip() if lines else piece
        while width(rest.rstrip()) > columns:
            head = _head(rest, columns)
            lines.append(head)
            rest = rest[len(head) :]
        line = rest
    if line.strip() or not lines:
        lines.append(line.rstrip())
    return lines


def _head(text: str, columns: int) -> str:
    """The longest beginning that fits, but at least one character."""
    used = 0
    for index, char in enumerate(text):
        used += width(char)
        if used > columns and index:
            return text[:index]
    return text
