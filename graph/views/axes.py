"""Axes: round ticks, a straight scale from values to pixels, and dates as spans of years.

A month is drawn as a month and a year as a year: what a source does not state more precisely has no single point in time.
"""

from __future__ import annotations

import math
import re
from calendar import monthrange
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.graph.views.style import text_width
from aikg.graph.views.svg import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Scale", "Span", "broken", "free_rows", "span_of", "spread", "ticks"]

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True)
class Span:
    """A stretch of time in years (2022-03 is 2022.17 to 2022.25) and how precise it is: day, month, year or range."""

    start: float
    end: float
    precision: str

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def span_of(text: object) -> Span | None:
    """The time that a date or period states: YYYY, YYYY-MM, YYYY-MM-DD, or two of them with / between; None for anything else.

    >>> span_of("2022-03").precision, span_of("2024/2025").end, span_of("“十四五”") is None
    ('month', 2026.0, True)
    """
    first, _, last = str(text or "").strip().partition("/")
    begin, finish = _stated(first), _stated(last or first)
    if begin is None or finish is None or finish.end <= begin.start:
        return None
    return Span(begin.start, finish.end, "range" if last else begin.precision)


def _stated(text: str) -> Span | None:
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return Span(float(year), year + 1.0, "year")
    start = year + (month - 1) / 12
    if day is None:
        return Span(start, year + month / 12, "month")
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        return None
    return Span(start + (day - 1) / days / 12, start + day / days / 12, "day")


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """At most `most` round values (1, 2 or 5 times a power of ten apart) that reach from `low` or below to `high` or above.

    >>> ticks(0, 8300), ticks(-54.2, 0, 5)
    ([0.0, 2000.0, 4000.0, 6000.0, 8000.0, 10000.0], [-60.0, -40.0, -20.0, 0.0])
    """
    if not high > low:
        high = low + (abs(low) * 0.1 if abs(low) > 10 else 1.0)
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    steps = (power * factor for factor in (1, 2, 5, 10, 20, 50, 100))
    for step in steps:
        first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            return [round(at * step, 12) for at in range(first, last + 1)]
    return [low, high]


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high` on pixels from `start` to `end` (which may be smaller: upward axes).

    >>> Scale(2017, 2027, 100, 1100)(2022)
    600.0
    """

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.start)


def free_rows(spans: Sequence[tuple[float, float]], gap: float = 12.0) -> list[int]:
    """A row for each stretch (start, end), so that none overlaps another in its row: the first row with room, in the given order.

    >>> free_rows([(0, 50), (20, 80), (70, 90)])
    [0, 1, 0]
    """
    rows: list[list[tuple[float, float]]] = []
    found = []
    for start, end in spans:
        at = next(
            (n for n, taken in enumerate(rows) if all(end + gap <= s or start >= e + gap for s, e in taken)), len(rows)
        )
        if at == len(rows):
            rows.append([])
        rows[at].append((start, end))
        found.append(at)
    return found


def broken(text: str, width: float, size: float, most: int) -> list[str]:
    """A text in at most `most` lines of at most `width` pixels, the last one cut with … ; words stay whole where they fit.

    >>> broken("廊坊经济技术开发区", 90, 11, 2)
    ['廊坊经济技术开发', '区']
    """
    pieces = re.findall(r"[^\s\u2e80-\uffff]+\s*|\s+|.", shown(text))
    pieces = [sign for piece in pieces for sign in (piece if text_width(piece, size) > width else [piece])]
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    lines = [line.rstrip() for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], shown(" ".join(lines[most - 1 :]), width, size)]


def spread(wanted: Sequence[float], distance: float, low: float, high: float) -> list[float]:
    """Places for labels near the wanted ones, in their order, at least `distance` apart and inside low … high where they fit.

    >>> spread([10, 12, 50], 14, 0, 100)
    [10, 24, 50]
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    placed = {}
    last = low - distance
    for at in order:
        placed[at] = last = max(wanted[at], last + distance)
    edge = high + distance
    for at in reversed(order):
        placed[at] = edge = min(placed[at], edge - distance)
    return [placed[at] for at in range(len(wanted))]
