"""Draws the scatter of next segments: one band per number of places, marks side by side, labels beside them."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aikg.graph.views.axes import ticks
from aikg.graph.views.chart import Line
from aikg.graph.views.states import state_word
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aikg.graph.views.chart import Chart

__all__ = ["COLORS", "Spot", "draw_spots"]

COLORS = {"plain": "#3a79bd", "extend": "#0b7a55", "fill": "#8a5a00"}
_LEFT, _SIDE, _GAP = 96.0, 318.0, 34.0
_HEIGHT = 430.0
_LARGEST, _LEAST = 20.0, 7.0
_SIZE, _SMALL = 12.5, 10.8
_MANY = 12  # so many places, and bands of numbers that no segment has are left out


@dataclass(frozen=True)
class Spot:
    """A segment that has no firm on record in the place. NaN and None: not recorded."""

    id: str
    name: str
    density: float = math.nan
    low: float = math.nan
    high: float = math.nan
    places: int | None = None
    firms: int | None = None
    where: list[str] = field(default_factory=list)
    layers: list[str] = field(default_factory=list)
    actions: dict[str, list[str]] = field(default_factory=dict)
    state: str = ""
    said_by: list[str] = field(default_factory=list)
    pci: float = math.nan
    sources: list[str] = field(default_factory=list)

    @property
    def ranged(self) -> bool:
        """Whether disputed headquarters change the density in what is shown of it."""
        return not math.isnan(self.low) and f"{self.low:.2f}" != f"{self.high:.2f}"

    @property
    def tags(self) -> tuple[str, ...]:
        return (*(f"layer:{layer}" for layer in self.layers), *(f"action:{action}" for action in self.actions))


@dataclass(frozen=True)
class _Mark:
    """Where a spot stands in its band: pixels across, radius, the stretch that mark and label take, and its lane."""

    spot: Spot
    x: float
    r: float
    label: float
    anchor: str
    lane: int


def draw_spots(chart: Chart, spots: list[Spot], nowhere: list[Spot]) -> None:
    """The scatter, and beside it what has no density; sets the height of the chart."""
    placed = [spot for spot in spots if not math.isnan(spot.density)]
    beside = [spot for spot in spots if math.isnan(spot.density)]
    side = bool(beside or nowhere)
    right = chart.width - (_SIDE + _GAP if side else 20)
    keys = {spot.id: _told(chart, spot) for spot in [*spots, *nowhere]}
    bottom = _draw_scatter(chart, placed, keys, right)
    chart.height = bottom + 34
    if side:
        end = _draw_beside(chart, beside, nowhere, keys, chart.width - _SIDE, chart.height)
        chart.height = max(chart.height, end)


def _draw_scatter(chart: Chart, placed: list[Spot], keys: Mapping[str, str], right: float) -> float:
    body, lang = chart.body, chart.lang
    if not placed:
        body.rect(_LEFT, 0, right - _LEFT, 160, fill=HATCH, stroke="#c3cad4")
        body.rect((_LEFT + right) / 2 - 170, 62, 340, 36, fill="#ffffff")
        none = pick(lang, "关联密度：未见记载（原因见脚注）", "relatedness density: not recorded (see the notes)")
        body.text((_LEFT + right) / 2, 85, none, size=13, anchor="middle")
        return 160.0
    reach = max(max(spot.density, spot.high if spot.ranged else 0.0) for spot in placed)
    steps = ticks(0.0, min(1.0, max(reach, 0.1)))
    start, end = _LEFT + _LARGEST + 6, right - 24

    def across(x: float) -> float:
        return start + x / steps[-1] * (end - start)

    counts = sorted({spot.places or 0 for spot in placed}, reverse=True)
    bands = list(range(counts[0], 0, -1)) if counts[0] <= _MANY else counts
    most = max(spot.firms or 0 for spot in placed)
    marks = {band: _lanes([s for s in placed if s.places == band], across, right, most, lang) for band in bands}
    lane = 2 * _LARGEST + 6
    heights = {band: max((mark.lane for mark in marks[band]), default=0) * lane + lane + 12 for band in bands}
    heights = {band: height if marks[band] else 34.0 for band, height in heights.items()}
    spare = max(0.0, _HEIGHT - sum(heights.values())) / len(bands)
    y = 4.0
    tops = {}
    for band in bands:
        tops[band] = y
        y += heights[band] + spare
    for at, band in enumerate(bands):
        if at % 2 == 0:
            body.rect(_LEFT, tops[band], right - _LEFT, heights[band] + spare, fill="#f6f8fb")
        text = pick(lang, f"{band} 个地方", f"{band} place{'s' if band != 1 else ''}")
        body.text(_LEFT - 10, tops[band] + (heights[band] + spare) / 2 + 4, text, size=12, anchor="end", fill="#3b4655")
    for step in steps:
        body.line(across(step), 4, across(step), y, stroke="#dde3ea")
        body.text(across(step), y + 16, f"{step:g}", size=11.5, anchor="middle", fill="#3b4655")
    body.line(_LEFT, y, right, y, stroke="#8b95a3")
    across_text = pick(lang, "关联密度（0 无邻近环节在本地，1 邻近环节都在本地）→", "relatedness density (0: nothing near is here, 1: all that is near is here) →")  # fmt: skip
    body.text(right, y + 33, across_text, size=11.5, anchor="end", fill="#5b6675", width=right - _LEFT)
    body.text(
        0, y + 16, pick(lang, "↑ 有此环节的地方", "↑ places with it"), size=11.5, fill="#5b6675", width=_LEFT + 10
    )
    for band in bands:
        lanes = max((mark.lane for mark in marks[band]), default=0) + 1
        room = (heights[band] + spare) / lanes
        for mark in marks[band]:
            _draw_mark(chart, mark, tops[band] + (mark.lane + 0.5) * room, across, keys[mark.spot.id])
    return y


def _lanes(spots: list[Spot], across: Callable[[float], float], right: float, most: int, lang: str) -> list[_Mark]:
    """Marks of one band in as few lanes as keep marks, ranges and labels apart; nearest segments first."""
    made: list[_Mark] = []
    taken: list[list[tuple[float, float]]] = []
    for spot in sorted(spots, key=lambda s: (-s.density, s.id)):
        x = across(spot.density)
        r = max(_LEAST, _LARGEST * math.sqrt((spot.firms or 0) / most)) if most else _LEAST
        low, high = x - r - 4, x + r + 4
        if spot.ranged:
            low, high = min(low, across(spot.low) - 4), max(high, across(spot.high) + 4)
        wide = _label_width(spot, lang)
        if high + 6 + wide <= right:
            label, anchor, stretch = high + 6, "start", (low, high + 6 + wide)
        elif low - 6 - wide >= _LEFT:
            label, anchor, stretch = low - 6, "end", (low - 6 - wide, high)
        elif x + r + 6 + wide <= right:  # the range leaves no room on either side: above and below its line
            label, anchor, stretch = x + r + 6, "start", (low, max(high, x + r + 6 + wide))
        else:
            label, anchor, stretch = x - r - 6, "end", (min(low, x - r - 6 - wide), high)
        lane = next(
            (at for at, own in enumerate(taken) if all(stretch[1] < a or b < stretch[0] for a, b in own)), len(taken)
        )
        if lane == len(taken):
            taken.append([])
        taken[lane].append(stretch)
        made.append(_Mark(spot, x, r, label, anchor, lane))
    return made


def _label_width(spot: Spot, lang: str) -> float:
    return max(text_width(_title(spot, lang), _SIZE), text_width(_figures(spot, lang), _SMALL)) + 4


def _title(spot: Spot, lang: str) -> str:
    said = [
        pick(lang, "延链", "extend") if action == "extend" else pick(lang, "补链", "fill") for action in spot.actions
    ]
    return shown(spot.name, 220, _SIZE) + (" · " + " · ".join(said) if said else "")


def _figures(spot: Spot, lang: str) -> str:
    between = f" ({spot.low:.2f}–{spot.high:.2f})" if spot.ranged else ""
    complexity = "" if math.isnan(spot.pci) else f" · PCI {spot.pci:.2f}"
    density = "0" if spot.density == 0 else f"{spot.density:.2f}"
    firms = pick(lang, f"{spot.firms} 家", f"{spot.firms} firm{'s' if spot.firms != 1 else ''}")
    return f"{density}{between} · {firms}{complexity}"


def _color(spot: Spot) -> str:
    return COLORS["extend" if "extend" in spot.actions else "fill" if "fill" in spot.actions else "plain"]


def _draw_mark(chart: Chart, mark: _Mark, y: float, across: Callable[[float], float], key: str) -> None:
    body, spot = chart.body, mark.spot
    color = _color(spot)
    if spot.ranged:
        low, high = (across(x) for x in (spot.low, spot.high))
        body.path(f"M{low:.1f} {y - 5:.1f}v10M{low:.1f} {y:.1f}H{high:.1f}M{high:.1f} {y - 5:.1f}v10", stroke="#7a8492", stroke_width=1.4, tags=spot.tags)  # fmt: skip
    shape = "diamond" if "fill" in spot.actions and "extend" not in spot.actions else "dot"
    tip = f"{spot.name}{chart.words['colon']}{_figures(spot, chart.lang)}"
    body.symbol(shape, mark.x, y, mark.r * (0.9 if shape == "diamond" else 1), fill=color, fill_opacity=0.85, stroke=color, key=key, tags=spot.tags, tip=tip)  # fmt: skip
    weight = 700 if "extend" in spot.actions else 600
    astride = spot.ranged and across(spot.low) < mark.label < across(spot.high)
    body.text(mark.label, y - (6 if astride else 1), _title(spot, chart.lang), size=_SIZE, anchor=mark.anchor, weight=weight, fill=color if spot.actions else "#1b2430", tags=spot.tags, pointer_events="none")  # fmt: skip
    body.text(mark.label, y + (17 if astride else 13), _figures(spot, chart.lang), size=_SMALL, anchor=mark.anchor, fill="#5b6675", tags=spot.tags, pointer_events="none")  # fmt: skip


def _draw_beside(
    chart: Chart, beside: list[Spot], nowhere: list[Spot], keys: Mapping[str, str], x: float, height: float
) -> float:
    """What has no density, hatched: nothing near is recorded, or no firm anywhere. Returns where it ends."""
    lang, y = chart.lang, 4.0
    groups = [
        (beside, pick(lang, "密度无从计算：邻近环节未见记载", "No density: nothing near is recorded")),
        (nowhere, pick(lang, "各地都未见企业，密度无从计算", "No firm on record anywhere, so no density")),
    ]
    for spots, title in groups:
        if not spots:
            continue
        chart.body.text(x, y + 12, f"{title}{chart.words['open']}{len(spots)}{chart.words['shut']}", size=12, weight=600, width=_SIDE)  # fmt: skip
        y += 22
        # What fills the chain or is named here comes first.
        ranked = sorted(spots, key=lambda s: (not s.actions, not s.said_by, s.id))
        lines = max(1, int((max(height, 320.0) - y - 4) // 24))
        # One column where names would be cut in two and all of them find room in one.
        wide = any(text_width(_chip_text(spot, lang), 11) > _SIDE / 2 - 24 for spot in ranked)
        columns = 1 if wide and len(ranked) <= lines else 2
        column, room = _SIDE / columns, lines * columns
        kept = ranked if len(ranked) <= room else ranked[: room - 1]
        for at, spot in enumerate(kept):
            _draw_chip(chart, spot, keys[spot.id], x + (at % columns) * column, y + (at // columns) * 24, column - 8)
        if len(kept) < len(ranked):
            rest = pick(lang, f"另 {len(ranked) - len(kept)} 个见数据表", f"{len(ranked) - len(kept)} more in the data")
            chart.body.text(
                x + (len(kept) % columns) * column + 4,
                y + (len(kept) // columns) * 24 + 14,
                rest,
                size=11,
                fill="#5b6675",
            )
        y += math.ceil(min(len(ranked), room) / columns) * 24 + 12
    return y


def _chip_text(spot: Spot, lang: str) -> str:
    said = [pick(lang, "补链", "fill")] if "fill" in spot.actions else []
    if spot.state == "stated":
        said.append(state_word("stated", lang))
    return shown(spot.name) + (f" · {' · '.join(said)}" if said else "")


def _draw_chip(chart: Chart, spot: Spot, key: str, x: float, y: float, width: float) -> None:
    lang = chart.lang
    color = _color(spot) if spot.actions else "#5b6675"
    text = _chip_text(spot, lang)
    tip = f"{text}{chart.words['colon']}{chart.words['not_recorded']}"
    chart.body.rect(x, y, width, 20, rx=4, fill=HATCH, stroke=color if spot.actions else "#c3cad4", stroke_width=1, key=key, tags=spot.tags, tip=tip)  # fmt: skip
    cut = shown(text, width - 16, 11)
    chart.body.rect(x + 5, y + 2, min(text_width(cut, 11) + 6, width - 10), 16, fill="#ffffff", pointer_events="none", tags=spot.tags)  # fmt: skip
    chart.body.text(x + 8, y + 14, cut, size=11, fill=color if spot.actions else "#1b2430", pointer_events="none", tags=spot.tags)  # fmt: skip


def _told(chart: Chart, spot: Spot) -> str:
    lang, comma = chart.lang, chart.words["list"]
    density = None if math.isnan(spot.density) else f"{spot.density:.2f}"
    lines = [Line(pick(lang, "关联密度", "relatedness density"), density)]
    if spot.ranged:
        between = pick(lang, "总部有矛盾时的范围", "range, headquarters disputed")
        lines.append(Line(between, f"{spot.low:.2f} – {spot.high:.2f}"))
    lines += [
        Line(pick(lang, "有此环节的地方", "places that have it"), f"{spot.places}{chart.words['colon']}{comma.join(spot.where)}" if spot.places else None),
        Line(pick(lang, "别处企业数", "firms elsewhere"), str(spot.firms) if spot.firms else None),
        Line(pick(lang, "本地企业数", "firms here"), None),
    ]  # fmt: skip
    if spot.state:
        lines.append(Line(pick(lang, "本地状态", "state here"), None if spot.state == "not recorded" else state_word(spot.state, lang)))  # fmt: skip
    if spot.said_by:
        lines.append(Line(pick(lang, "提及者", "named by"), comma.join(spot.said_by)))
    if "extend" in spot.actions:
        lines.append(Line(pick(lang, "延链", "extend"), pick(lang, "密度居本地未有环节的前四分之一", "density in the top quarter of what is absent here")))  # fmt: skip
    if "fill" in spot.actions:
        lines.append(Line(pick(lang, "补链", "fill"), pick(lang, "本地已有的上下游环节：", "neighbours in the chain that are here: ") + comma.join(spot.actions["fill"])))  # fmt: skip
    if not math.isnan(spot.pci):
        lines.append(Line("PCI", f"{spot.pci:.2f}"))
    return chart.tell(spot.name, lines, kind=comma.join(spot.layers), sources=spot.sources, nodes=[spot.id])
