"""Repair of files of any size: read twice, in windows, and never held in memory as a whole.

The first reading finds out what happened to the text, the second repairs it. A line that is longer than a window is
cut behind a mark, where no damaged run goes across.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from aikg.loaders.readers.document import decode, read_bytes
from aikg.loaders.repair.brackets import HAN
from aikg.loaders.repair.detection import Evidence, Kind
from aikg.loaders.repair.line import repair_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aikg.loaders.repair.changes import Change

__all__ = ["Piece", "Survey", "repaired_pieces", "survey"]

_BLOCK = 1 << 18  # bytes
_WINDOW = 1 << 14  # characters of a line that are repaired at once
_REACH = 2_000  # how far back a window looks for a mark to end at
_CUT = re.compile(rf"[。，、；,]\s?(?=[{HAN}])|[ \t|](?=[{HAN}A-Za-z0-9])")


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first reading of a file found: `kind` as in `Repaired`, whether marks were narrowed, the encoding."""

    kind: Kind
    narrowed: bool
    encoding: str


class Piece(NamedTuple):
    """A stretch of a repaired file, with the end of its line if it has it; `changes` count from the line's begin."""

    text: str
    changes: tuple[Change, ...]


def survey(path: Path) -> Survey:
    """Read a file once and say what happened to its text.

    Raises SourceError in one line for what is no readable text.
    """
    encoding = _encoding(path)
    try:
        evidence = _evidence(path, encoding)
    except UnicodeDecodeError:  # the file begins in ASCII, and its encoding shows later
        _, encoding = decode(read_bytes(path), path.name)
        evidence = _evidence(path, encoding)
    return Survey(evidence.kind, evidence.narrowed, encoding)


def repaired_pieces(path: Path, found: Survey) -> Iterator[Piece]:
    """The repaired file from begin to end, in pieces of at most a few ten thousand characters.

    Line ends stay as they are given. Texts that are clean or in Traditional come out as they went in.
    """
    number, column, before = 1, 0, ""
    for text in _windows(path, found.encoding):
        if found.kind in ("clean", "traditional"):
            yield Piece(text, ())
            continue
        body = text.removesuffix("\n")
        made, changes = repair_line(body, number, narrowed=found.narrowed, before=before)
        if column:
            changes = [replace(change, start=change.start + column, end=change.end + column) for change in changes]
        if len(body) < len(text):
            made += "\n"
            number, column, before = number + 1, 0, ""
        else:
            column, before = column + len(made), made[-8:]
        yield Piece(made, tuple(changes))


def _evidence(path: Path, encoding: str) -> Evidence:
    evidence = Evidence()
    for text in _windows(path, encoding):
        evidence.add(text)
    return evidence


def _encoding(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(_BLOCK)
    except (OSError, ValueError):
        head = b""
    if len(head) < _BLOCK:  # small, empty, missing, a folder: the reader of documents has the words for it
        return decode(read_bytes(path), path.name)[1]
    for cut in range(4):  # a block may end within a character
        try:
            head[: _BLOCK - cut].decode("utf-8")
        except UnicodeDecodeError:
            continue
        head = head[: _BLOCK - cut]
        break
    else:
        head = head[: head.rfind(b"\n") + 1 or _BLOCK - _BLOCK % 4]
    return decode(head, path.name)[1]


def _windows(path: Path, encoding: str) -> Iterator[str]:
    """Lines with their LF; long ones in several windows."""
    decoder = codecs.getincrementaldecoder(encoding)()
    rest = ""
    with path.open("rb") as file:
        while True:
            block = file.read(_BLOCK)
            text = rest + decoder.decode(block, final=not block)
            at = 0
            while (end := text.find("\n", at)) >= 0:
                yield from _cut_up(text[at : end + 1])
                at = end + 1
            rest = text[at:]
            while len(rest) > 2 * _WINDOW:
                cut = _cut(rest)
                yield rest[:cut]
                rest = rest[cut:]
            if not block:
                if rest:
                    yield from _cut_up(rest)
                return


def _cut_up(line: str) -> Iterator[str]:
    while len(line) > 2 * _WINDOW:
        cut = _cut(line)
        yield line[:cut]
        line = line[cut:]
    yield line


def _cut(line: str) -> int:
    """Where the first window of a long line ends."""
    marks = [match.end() for match in _CUT.finditer(line, _WINDOW - _REACH, _WINDOW)]
    if marks:
        return marks[-1]
    # Without a mark in sight: not within a bracket, nor right behind a character that may have one.
    opened = line.rfind("(", _WINDOW - 10, _WINDOW)
    if opened > 0 and line.find(")", opened, opened + 10) >= _WINDOW:
        return opened - 1
    return _WINDOW - 1 if line[_WINDOW : _WINDOW + 1] == "(" else _WINDOW
