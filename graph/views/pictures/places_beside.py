"""The list beside a map: what is recorded, but of no place that is on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.views.chart import Chart

__all__ = ["Aside", "draw_asides"]

_ROW, _MOST = 19.0, 12


@dataclass(frozen=True)
class Aside:
    """A heading and its entries: name, number (None: not recorded), key of the details."""

    title: str
    entries: list[tuple[str, int | None, str]]


def draw_asides(chart: Chart, asides: list[Aside], x: float, y: float, width: float) -> float:
    """Draw the lists in as many columns as names allow, from (x, y); returns where they end. At most twelve entries each, then how many more."""
    if not asides:
        return y
    chart.body.text(x, y, pick(chart.lang, "不在图上的记载", "Recorded, but not on the map"), size=13, weight=600)
    y += 8
    for aside in asides:
        widest = max((text_width(name, 12) for name, _, _ in aside.entries), default=0.0) + 46
        columns = max(1, min(int(width // widest), 4))
        column = width / columns
        y += _ROW
        chart.body.text(x, y, aside.title, size=12, fill="#5b6675", width=width)
        shown = aside.entries[:_MOST]
        for at, (name, n, key) in enumerate(shown):
            if at % columns == 0:
                y += _ROW
            left = x + at % columns * column
            chart.body.rect(left, y - 11, 26, 14, rx=7, fill="#fdeccf" if n is not None else HATCH, stroke="#8a4f08" if n is not None else "#8b95a3", stroke_width=0.8, key=key, tip=f"{name}{chart.words['colon']}{n if n is not None else chart.words['not_recorded']}")  # fmt: skip
            if n is not None:
                chart.body.text(left + 13, y, n, size=11, anchor="middle", pointer_events="none")
            chart.body.text(left + 32, y, name, size=12, width=column - 40)
        if len(aside.entries) > _MOST:
            y += _ROW
            rest = len(aside.entries) - _MOST
            chart.body.text(x, y, pick(chart.lang, f"另有 {rest} 处，见数据表", f"{rest} more, see the data"), size=11, fill="#5b6675")  # fmt: skip
    return y + 8
