"""Repair of text that a converter damaged: what a whole text needs, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.loaders.repair.changes import Change, ChangeKind
from aikg.loaders.repair.detection import Evidence, Kind
from aikg.loaders.repair.line import repair_line
from aikg.loaders.repair.script import read_as_simplified

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Change", "ChangeKind", "Kind", "Repaired", "repair_lines"]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair, with as many lines as were given.

    `kind`: clean; damaged; bare (the converter's work without brackets); traditional (left as it is).
    `lines` are for people, `reading` for extraction: Simplified, and the same as `lines` except for a text in
    Traditional. `changes` are in reading order.
    """

    lines: tuple[str, ...]
    kind: Kind
    changes: tuple[Change, ...]
    reading: tuple[str, ...]

    def unsure(self, line: int) -> list[tuple[int, int]]:
        """Spans of `reading` in a line (from 1) that were guessed; what is read from them deserves less trust."""
        return [(change.start, change.end) for change in self.changes if change.line == line and not change.sure]


def repair_lines(lines: Sequence[str]) -> Repaired:
    """Repair a text given as lines without their ends.

    >>> done = repair_lines(["人工智能產(chǎn)業(yè),規(guī)劃(AI)"])
    >>> done.kind, done.lines
    ('damaged', ('人工智能产业，规划(AI)',))
    """
    given = tuple(lines)
    evidence = Evidence()
    for line in given:
        evidence.add(line)
    kind = evidence.kind
    if kind == "clean":
        return Repaired(given, kind, (), given)
    if kind == "traditional":
        return Repaired(given, kind, (), tuple(map(read_as_simplified, given)))
    repaired: list[str] = []
    changes: list[Change] = []
    for number, line in enumerate(given, start=1):
        text, found = repair_line(line, number, narrowed=evidence.narrowed)
        repaired.append(text)
        changes += found
    done = tuple(repaired)
    return Repaired(done, kind, tuple(changes), done)
