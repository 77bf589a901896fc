"""Chips: short names in rounded boxes, set in lines like words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.views.chart import Chart
    from aikg.graph.views.svg import Svg

__all__ = ["ALERT", "Chip", "alert", "draw_chips", "draw_nothing", "lines_of_chips", "unknown_chip"]

ALERT = "#b42318"
"""Colour of the mark of a contradiction."""
_PAD, _GAP, _SYMBOL = 7.0, 5.0, 13.0


@dataclass(frozen=True)
class Chip:
    """One chip. `symbol` is a mark of `Svg.symbol` before the name, `badge` a short text behind it; None: hatched, not recorded.

    `alert` marks a contradiction, `dashed` what is said but not counted.
    """

    text: str
    key: str = ""
    tags: tuple[str, ...] = ()
    fill: str = "#ffffff"
    edge: str = "#c3cad4"
    ink: str = "#1b2430"
    symbol: str = ""
    badge: str | None = ""
    alert: bool = False
    dashed: bool = False
    tip: str = ""

    def width(self, size: float) -> float:
        """Width in pixels with the whole name."""
        return self._around(size) + text_width(shown(self.text), size)

    def _around(self, size: float) -> float:
        badge = 18.0 if self.badge is None else text_width(self.badge, size - 1) + 6 if self.badge else 0.0
        return 2 * _PAD + (_SYMBOL if self.symbol else 0) + badge + (15 if self.alert else 0)


def lines_of_chips(chips: Sequence[Chip], width: float, size: float = 12.0) -> list[list[tuple[float, float, Chip]]]:
    """Chips in lines of `width`: (x, width, chip). A chip wider than a line gets a line of its own, its name cut.

    >>> [len(line) for line in lines_of_chips([Chip("智慧社区"), Chip("智能门禁"), Chip("城市大脑")], 140)]
    [2, 1]
    """
    lines: list[list[tuple[float, float, Chip]]] = []
    x = 0.0
    for chip in chips:
        needed = min(chip.width(size), width)
        if not lines or x + needed > width + 0.01:
            lines.append([])
            x = 0.0
        lines[-1].append((x, needed, chip))
        x += needed + _GAP
    return lines


def draw_chips(
    body: Svg,
    chips: Sequence[Chip],
    x: float,
    y: float,
    width: float,
    *,
    size: float = 12.0,
    height: float = 21.0,
    gap: float = 5.0,
    most: int | None = None,
    more: str = "",
) -> float:
    """Draw chips in lines from (x, y); returns the height used. Beyond `most` lines the last ends in `more` (``{n}`` are left out)."""
    lines = lines_of_chips(chips, width, size)
    left = 0
    if most is not None and len(lines) > most:
        kept = [list(line) for line in lines[:most]]
        left = len(chips) - sum(map(len, kept))
        note = text_width(more.format(n=len(chips)), size - 1)
        while len(kept[-1]) > 1 and kept[-1][-1][0] + kept[-1][-1][1] + 6 + note > width:
            kept[-1].pop()
            left += 1
        lines = kept
    for at, line in enumerate(lines):
        top = y + at * (height + gap)
        for start, wide, chip in line:
            _draw(body, chip, x + start, top, wide, height, size)
    if left:
        start, wide, _ = lines[-1][-1]
        body.text(
            x + start + wide + 6,
            y + (len(lines) - 1) * (height + gap) + height / 2 + 4,
            more.format(n=left),
            size=size - 1,
            fill="#5b6675",
        )
    return len(lines) * height + max(len(lines) - 1, 0) * gap


def _draw(body: Svg, chip: Chip, x: float, y: float, width: float, height: float, size: float) -> None:
    middle = y + height / 2
    tip = chip.tip or shown(chip.text)
    body.rect(
        x, y, width, height, fill=chip.fill, stroke=chip.edge, stroke_width=1, rx=4, key=chip.key, tags=chip.tags, tip=tip,
        stroke_dasharray="3 2" if chip.dashed else None,
    )  # fmt: skip
    over: dict[str, Any] = {"pointer_events": "none", "tags": chip.tags}
    start = x + _PAD
    if chip.symbol:
        body.symbol(chip.symbol, start + 4, middle, 4.2, fill=chip.edge, **over)
        start += _SYMBOL
    around = chip._around(size)
    body.text(start, middle + size * 0.36, chip.text, size=size, width=width - around + 1, fill=chip.ink, **over)
    end = x + width - _PAD
    if chip.badge is None:
        body.rect(end - 12, middle - 5, 12, 10, fill=HATCH, stroke="#aab3bf", stroke_width=0.8, rx=2, **over)
        end -= 18
    elif chip.badge:
        body.text(end, middle + size * 0.34, chip.badge, size=size - 1, anchor="end", fill="#5b6675", **over)
        end -= text_width(chip.badge, size - 1) + 6
    if chip.alert:
        alert(body, end - 6, middle, tags=chip.tags)


def unknown_chip(text: str, tags: tuple[str, ...] = ()) -> Chip:
    """A hatched chip: this is not recorded."""
    return Chip(text, tags=tags, fill=HATCH, edge="#aab3bf", ink="#4b5563")


def draw_nothing(chart: Chart) -> None:
    """An empty picture that says so: nothing is recorded of what was asked for."""
    chart.body.parts.clear()
    draw_chips(chart.body, [unknown_chip(chart.words["not_recorded"])], 0, 4, 400)
    chart.height = 36


def alert(body: Svg, x: float, y: float, tags: tuple[str, ...] = (), r: float = 6.2) -> None:
    """The mark of a contradiction: a red triangle with a sign in it."""
    body.symbol("triangle", x, y, r, fill=ALERT, pointer_events="none", tags=tags)
    body.text(
        x, y + r * 0.62, "!", size=10.5, anchor="middle", fill="#ffffff", weight=700, pointer_events="none", tags=tags
    )
