"""The repair of one line, or of one window of a very long one."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from aikg.loaders.repair.brackets import BRACKET, HAN, TONED, belongs
from aikg.loaders.repair.changes import Change, ChangeKind
from aikg.loaders.repair.marks import WIDE, is_narrowed
from aikg.loaders.repair.script import CHANGED, settle_all, settled_apart, to_simplified
from aikg.loaders.repair.shift import find_shifts

if TYPE_CHECKING:
    from aikg.ontology.language import Said

__all__ = ["repair_line"]


@functools.cache
def _runs() -> re.Pattern[str]:
    changed = re.escape(CHANGED())
    bracket = rf"\((?:{TONED})\)"
    bare = r"\([a-z]{1,6}\)"  # confirmed later
    return re.compile(rf"(?:[{HAN}]{bracket}|[{changed}](?:{bare})?)+|[,:;!?]")


def repair_line(line: str, number: int, *, narrowed: bool, before: str = "") -> tuple[str, list[Change]]:
    """The repaired line and its changes.

    `narrowed`: whether the text's marks were narrowed. `before`: what stands in front of a window, repaired.
    """
    if line.isascii():
        return line, []
    parts: list[str] = []
    changes: list[Change] = []
    length = 0
    given_to = 0
    for start, end, text, kind, sure, note in _pieces(line, narrowed, before):
        if start > given_to:
            parts.append(line[given_to:start])
            length += start - given_to
        parts.append(text)
        changes.append(Change(number, length, length + len(text), line[start:end], text, kind, sure, note))
        length += len(text)
        given_to = end
    if not changes:
        return line, []
    parts.append(line[given_to:])
    return "".join(parts), changes


_Piece = tuple[int, int, str, ChangeKind, bool, "Said | None"]


def _pieces(line: str, narrowed: bool, before: str) -> list[_Piece]:
    pieces: list[_Piece] = []
    at = 0
    for patch in find_shifts(line):
        pieces += _plain(line, at, patch.start, narrowed, before)
        pieces.append((patch.start, patch.end, patch.text, "shift", patch.sure, patch.note))
        at, before = patch.end, patch.text
    return pieces + _plain(line, at, len(line), narrowed, before)


def _plain(line: str, start: int, end: int, narrowed: bool, before: str) -> list[_Piece]:
    """Runs of a stretch whose bytes were not shifted; `before` is what was made of what stands right before it."""
    pieces: list[_Piece] = []
    table = to_simplified()
    for match in _runs().finditer(line, start, end):
        given = match[0]
        if given in WIDE:
            front = before if before and match.start() == start else _in_front(line, match.start())
            if narrowed and is_narrowed(front, line[match.end() : match.end() + 16]):
                pieces.append((match.start(), match.end(), WIDE[given], "mark", True, None))
            continue
        text, kind = given, "script"
        if "(" in given:
            text, kind = _without_readings(given), "reading"
        made = text.translate(table)
        if settled_apart(made):
            made = _settled(line, match.start(), match.end(), given, text)
        if made != given:
            pieces.append((match.start(), match.end(), made, kind, True, None))  # type: ignore[arg-type]
    return pieces


def _without_readings(given: str) -> str:
    def kept(match: re.Match[str]) -> str:
        char, reading = given[match.start() - 1], match[1]
        return "" if not reading.isascii() or belongs(char, reading) else match[0]

    return BRACKET.sub(kept, given)


_AROUND = 3


def _settled(line: str, start: int, end: int, given: str, text: str) -> str:
    """The run with 著, 乾, 昇 and 徵 decided by their neighbours, which may stand outside of it."""
    table = to_simplified()
    ahead = BRACKET.sub("", line[end : end + 24])[:_AROUND]
    behind = BRACKET.sub("", line[max(start - 24, 0) : start])[-1:]
    if "乾(" in given:
        given = re.sub(r"乾\((?!qi)[^)]*\)", "干", given)
        text = _without_readings(given)
    whole = settle_all((behind + text + ahead).translate(table))
    return whole[len(behind) : len(behind) + len(text)]


def _in_front(line: str, at: int) -> str:
    """The line up to a mark, without the reading that stands right before it."""
    front = line[max(at - 200, 0) : at]
    if front.endswith(")"):
        cut = front.rfind("(")
        if cut > 0 and BRACKET.fullmatch(front, cut):
            return front[:cut]
    return front
