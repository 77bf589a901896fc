"""The headings of a Markdown text. Everything else in it is read as the text that it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["heading_levels"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+\S|\s*[^\s#!\w]|(?=[\u3400-\u9fff]))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_UNDERLINE = re.compile(r" {0,3}(=+|-{3,})\s*")
_NO_HEADING = ("|", "#", "-", "*", ">", "+")
_SENTENCE_ENDS = ("。", "；", ";", "，", ",", "：", ":")
_LONGEST = 80


def heading_levels(lines: Sequence[str]) -> dict[int, int]:
    """Line (from 1) → level of the headings: ``# …``, also without the blank that many forget, and underlined ones.

    Front matter and fenced code hold no headings; a dashed line under a sentence or a table is none either.

    >>> heading_levels(["# 总论", "", "背景", "---", "正文。"])
    {1: 1, 3: 2}
    """
    found: dict[int, int] = {}
    fence: str | None = None
    front = bool(lines) and lines[0].lstrip("\ufeff").strip() == "---"
    for index, line in enumerate(lines):
        if front and index:
            front = line.strip() not in ("---", "...")
            continue
        if mark := _FENCE.match(line):
            if fence is None:
                fence = mark[1]
            elif mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = None
            continue
        if fence is not None or front:
            continue
        if match := _HEADING.match(line.lstrip("\ufeff")):
            found[index + 1] = len(match[1])
        elif index and _UNDERLINE.fullmatch(line) and _may_be_underlined(lines, index - 1, found):
            found[index] = 1 if line.lstrip().startswith("=") else 2
    return found


def _may_be_underlined(lines: Sequence[str], index: int, found: dict[int, int]) -> bool:
    text = lines[index].strip()
    alone = index == 0 or not lines[index - 1].strip() or index in found
    return (
        alone
        and 0 < len(text) <= _LONGEST
        and "|" not in text
        and not text.startswith(_NO_HEADING)
        and not text.endswith(_SENTENCE_ENDS)
    )
