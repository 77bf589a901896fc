"""Draws the lanes of the panorama: boxes of segments with their firms, and the segments that no firm is recorded for."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.views.chain_names import broken
from aikg.graph.views.chart import Chart, Line
from aikg.graph.views.states import LANES, LOOKS, NO_LANE, draw_state
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aikg.graph.views.pictures.panorama_content import Box, Lane, Panorama, Place

__all__ = ["Scene", "draw_lane"]

LABEL, GAP = 66.0, 10.0
_CELL, _CHIP, _PAD = 22.0, 21.0, 7.0
_SOFT = "#5b6675"


@dataclass
class Scene:
    """What all parts of the drawing share. `spots` are the corners (x, y, width, height) of the boxes drawn, by segment."""

    chart: Chart
    content: Panorama
    names: dict[str, str]
    places: Sequence[Place]
    most: int
    tags: dict[str, tuple[str, ...]]
    right: float
    spots: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        return 5 if len(self.places) > 1 or self.chart.lang == "en" else 6

    def pick(self, zh: str, en: str) -> str:
        return pick(self.chart.lang, zh, en)

    def colors(self, lane: Lane) -> tuple[str, str, str]:
        layers = [other for other in self.content.lanes if other.id]
        return LANES[layers.index(lane) % len(LANES)] if lane.id else NO_LANE

    def lane_name(self, lane: Lane) -> str:
        return self.names.get(lane.id, lane.name) if lane.id else self.pick("未归入产业层", "No layer")

    def box_name(self, box: Box) -> str:
        return self.names[box.id] if box.id else self.pick("环节未见记载", "segment not recorded")

    def ordered(self, firms: Iterable[str]) -> list[str]:
        """Most connected first."""
        return sorted(firms, key=lambda firm: (self.content.rank.get(firm, math.inf), firm))

    def tags_of(self, firms: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({tag for firm in firms for tag in self.tags.get(firm, ())})) or ("nowhere",)


# -- a lane ---------------------------------------------------------------------------------------------


def draw_lane(scene: Scene, lane: Lane, y: float) -> float:
    """Draw a lane from `y` downwards; returns its height."""
    chart, colors = scene.chart, scene.colors(lane)
    left = LABEL + GAP
    width = (scene.right - left - GAP - (scene.columns - 1) * GAP) / scene.columns
    rows = [lane.boxes[at : at + scene.columns] for at in range(0, len(lane.boxes), scene.columns)]
    heights = [max(_height(scene, box, width) for box in row) for row in rows]
    free = scene.columns - len(rows[-1]) if rows else 0
    panel, beside = 0.0, False
    if lane.named:
        span = free * (width + GAP) - GAP
        beside = bool(free) and _panel(scene, lane, 0, 0, span, draw=False) <= max(heights[-1] * 1.35, 130)
        if not beside:
            span = scene.right - left - GAP
        panel = _panel(scene, lane, 0, 0, span, draw=False)
    if beside:
        heights[-1] = max(heights[-1], panel)
    whole = sum(heights) + GAP * (len(rows) + 1) + (panel + GAP if panel and not beside else 0)
    if not rows and not panel:
        whole = 56.0
    label = chart.tell(
        scene.lane_name(lane),
        [Line(scene.pick("有记载的企业", "firms on record"), str(len(lane.firms())) if lane.firms() else None)],
        nodes=[lane.id] if lane.id else [],
        sources=sorted({entry for box in lane.boxes for entry in box.layer_sources}),
    )
    chart.body.rect(LABEL - 8, y, scene.right - LABEL + 8, whole, rx=8, fill=colors[1], stroke=colors[2])
    _label(scene, lane, y, whole, colors[0], label)
    at = y + GAP
    for row, height in zip(rows, heights, strict=True):
        for column, box in enumerate(row):
            _draw_box(scene, lane, box, left + column * (width + GAP), at, width, height)
        if row is rows[-1] and beside:
            x = left + len(row) * (width + GAP)
            _panel(scene, lane, x, at, scene.right - GAP - x, draw=True, height=height)
        at += height + GAP
    if panel and not beside:
        _panel(scene, lane, left, at, scene.right - left - GAP, draw=True)
    if not rows and not panel:
        chart.body.rect(left, y + 12, scene.right - left - GAP, 32, fill=HATCH, rx=4)
        chart.body.text(left + 12, y + 33, chart.words["not_recorded"], size=12.5)
    return whole


def _label(scene: Scene, lane: Lane, y: float, height: float, color: str, key: str) -> None:
    body, name = scene.chart.body, shown(scene.lane_name(lane))[:24]
    body.rect(0, y, LABEL, height, rx=8, fill=color, key=key, tip=name)
    n = len(lane.firms())
    count = scene.pick(f"{n} 家", f"{n} firms") if n else scene.chart.words["not_recorded"]
    style: dict[str, Any] = {"fill": "#ffffff", "anchor": "middle", "pointer_events": "none"}
    foot = broken(count, LABEL - 6, 12, 2)
    room = height - 16 - 14 * len(foot)
    middle = y + room / 2 + 8
    if all(ord(sign) > 0x2E7F for sign in name) and len(name) * 22 <= room:
        top = middle - len(name) * 11 + 17
        for at, sign in enumerate(name):
            body.text(LABEL / 2, top + at * 22, sign, size=18, weight=700, **style)
    elif all(ord(sign) < 0x2E80 for sign in name) and text_width(name, 15) <= room:
        turned = f"translate({LABEL / 2 + 5:.1f} {middle:.1f}) rotate(-90)"
        body.text(0, 0, name, size=15, weight=700, transform=turned, **style)
    else:
        lines = broken(name, LABEL - 6, 12.5, max(1, int(room / 15)))
        for at, line in enumerate(lines):
            body.text(LABEL / 2, middle - len(lines) * 7.5 + 11 + at * 15, line, size=12.5, weight=700, **style)
    for at, line in enumerate(foot):
        body.text(LABEL / 2, y + height - 10 - 14 * (len(foot) - 1 - at), line, size=12, **style)


# -- a box ----------------------------------------------------------------------------------------------


def _title(scene: Scene, box: Box, width: float) -> list[str]:
    return broken(scene.box_name(box), width - 58, 13.5, 2)


def _head(scene: Scene, box: Box, width: float) -> float:
    return 12.0 + 16.0 * len(_title(scene, box, width)) + (13.0 if box.under else 0.0)


def _height(scene: Scene, box: Box, width: float) -> float:
    return _head(scene, box, width) + _firms_height(scene, box) + 20


def _firms_height(scene: Scene, box: Box) -> float:
    if not scene.places:
        return 6 + _CELL * math.ceil(min(len(box.firms), scene.most) / _columns(len(box.firms)))
    own = [len(place.firms_of(box)) for place in scene.places]
    if len(scene.places) == 1:
        return 26 + max(_CELL * math.ceil(min(own[0], scene.most) / _columns(own[0])), 26)
    return 44 + _CELL * max(1, *(min(n, scene.most) for n in own))


def _columns(n: int) -> int:
    """Few firms stand below each other, so that their names need not be cut."""
    return 1 if n <= 3 else 2


def _draw_box(scene: Scene, lane: Lane, box: Box, x: float, y: float, width: float, height: float) -> None:
    body, colors = scene.chart.body, scene.colors(lane)
    tags = scene.tags_of(box.firms)
    head = _head(scene, box, width)
    key = _tell_box(scene, lane, box)
    name = scene.box_name(box)
    body.rect(x, y, width, height, rx=6, fill="#ffffff", stroke=colors[2], stroke_width=1.2, tags=tags)
    body.rect(x + 0.6, y + 0.6, width - 1.2, head, rx=6, fill=colors[1], key=key, tags=tags, tip=name)
    if box.id:
        scene.spots.setdefault(box.id, (x, y, width, height))
    top = y + 19.0
    if box.under:
        under = f"{scene.names[box.under]} ›"
        body.text(x + _PAD, y + 14, under, size=10.8, fill=_SOFT, width=width - 60, pointer_events="none", tags=tags)
        top += 13
    for at, line in enumerate(_title(scene, box, width)):
        body.text(
            x + _PAD, top + at * 16, line, size=13.5, weight=700, fill=colors[0], pointer_events="none", tags=tags, tip=name
        )  # fmt: skip
    n = len(box.firms)
    count = scene.pick(f"{n} 家", str(n)) if n else "–"
    body.text(x + width - _PAD, y + 19, count, size=12, anchor="end", fill=_SOFT, pointer_events="none", tags=tags)
    below = y + head
    if not scene.places:
        _firms(scene, lane, list(box.firms), x + _PAD, below + 6, width - 2 * _PAD, _columns(n))
        _more(scene, len(box.firms), x, y, width, height, tags)
    else:
        part = (width - 2 * _PAD - (len(scene.places) - 1) * 8) / len(scene.places)
        for number, place in enumerate(scene.places):
            _draw_place(scene, lane, box, place, x + _PAD + number * (part + 8), below + 5, part)
            if number:
                mid = x + _PAD + number * (part + 8) - 4
                body.line(
                    mid, below + 6, mid, below + _firms_height(scene, box), stroke=colors[2], stroke_dasharray="2 3"
                )
    _flow_mark(scene, box, x, y + height - 6)


def _firms(scene: Scene, lane: Lane, firms: list[str], x: float, y: float, width: float, columns: int) -> None:
    """Firms as badges with the first character and the name; logos are others' rights."""
    chart, color = scene.chart, scene.colors(lane)[0]
    each = (width - (columns - 1) * 5) / columns
    for at, firm in enumerate(scene.ordered(firms)[: scene.most]):
        left, top = x + (at % columns) * (each + 5), y + (at // columns) * _CELL
        name, tags = scene.names[firm], scene.tags_of([firm])
        chart.body.rect(
            left, top, each, _CELL - 3, rx=4, fill="#f8fafc", stroke="#e6eaf0", key=chart.tell_node(firm), tags=tags, tip=name
        )  # fmt: skip
        chart.body.circle(left + 10, top + (_CELL - 3) / 2, 7.2, fill=color, pointer_events="none", tags=tags)
        chart.body.text(left + 10, top + 13.6, (shown(name) or "?")[0], size=10.8, anchor="middle", fill="#ffffff", pointer_events="none", tags=tags)  # fmt: skip
        chart.body.text(left + 19.5, top + 13.8, name, size=11.5, width=each - 20, pointer_events="none", tags=tags)


def _more(
    scene: Scene, n: int, x: float, y: float, width: float, height: float, tags: tuple[str, ...] | None = None
) -> None:
    if n > scene.most:
        more = scene.pick(f"等 {n} 家", f"{n} in all")
        scene.chart.body.text(
            x + width - _PAD, y + height - 6, more, size=11, anchor="end", fill=_SOFT, tags=tags or ()
        )


def _draw_place(scene: Scene, lane: Lane, box: Box, place: Place, x: float, y: float, width: float) -> None:
    """What one place has of a segment: its state, and its firms or why there is none."""
    body, firms = scene.chart.body, place.firms_of(box)
    state = place.states.get(box.id)
    n = len(firms)
    two = len(scene.places) > 1
    count = scene.pick(f"{n} 家", f"{n}") if n else "–"
    body.text(x, y + 13, f"{scene.names[place.id]} {count}", size=11.5, weight=600, width=width - (0 if two else 74))
    if state:
        mark = y + 18 if two else y
        draw_state(body, x + (_mark_width(state, scene) if two else width), mark, state, scene.chart.lang, size=10.8)
    top = y + (38 if two else 20)
    if firms:
        columns = 1 if two else _columns(n)
        _firms(scene, lane, list(firms), x, top, width, columns)
        if n > scene.most:
            body.text(x + width, top + _CELL * math.ceil(scene.most / columns) + 10, scene.pick(f"等 {n} 家", f"{n} in all"), size=11, anchor="end", fill=_SOFT)  # fmt: skip
    elif place.named_by.get(box.id):
        by = scene.chart.words["list"].join(scene.names[who] for who in sorted(place.named_by[box.id]))
        said = scene.pick(f"见于：{by}", f"named by {by}")
        for at, line in enumerate(broken(said, width, 11, 2)):
            body.text(x, top + 13 + at * 14, line, size=11, fill="#8a4b08", tip=said)
    else:
        body.rect(x, top + 2, width, 18, rx=3, fill=HATCH, stroke="#dfe4ea")


def _mark_width(state: str, scene: Scene) -> float:
    return text_width(LOOKS[state].short[scene.chart.lang == "en"], 10.8) + 12


def _tell_box(scene: Scene, lane: Lane, box: Box) -> str:
    """Everything that the picture knows of a box, with sources line by line."""
    chart = scene.chart
    layer = None if not lane.id else scene.lane_name(lane)
    if lane.id and not box.layer_sources:
        layer = scene.pick(f"{layer}（按本图谱的环节体系或其上级环节归层）", f"{layer} (by the scheme of segments, or the broader one)")  # fmt: skip
    firms = scene.ordered(box.firms)
    lines = [Line(scene.pick("有记载的企业", "firms on record"), str(len(firms)) if firms else None)]
    for place in scene.places:
        lines += _place_lines(scene, box, place)
    lines += [Line(scene.names[firm], "✓", tuple(box.firms[firm])) for firm in firms]
    for who, said in sorted(box.named_by.items()):
        lines.append(Line(scene.names[who], scene.pick("提及此环节", "names this segment"), tuple(said)))
    if box.under:
        lines.append(Line(scene.pick("上级环节", "broader segment"), scene.names[box.under]))
    lines.append(Line(scene.pick("产业层", "layer"), layer, tuple(box.layer_sources)))
    sources = sorted({entry for said in (*box.firms.values(), *box.named_by.values()) for entry in said})
    return chart.tell(scene.box_name(box), lines, sources=sources, nodes=[*([box.id] if box.id else ()), *firms])


def _place_lines(scene: Scene, box: Box, place: Place) -> list[Line]:
    state, firms = place.states.get(box.id), place.firms_of(box)
    said = tuple(sorted({e for entries in firms.values() for e in entries}))
    lines = [Line(scene.names[place.id], LOOKS[state].long[scene.chart.lang == "en"], said)] if state else []
    lines.append(
        Line(
            scene.pick(f"{scene.names[place.id]}企业", f"firms in {scene.names[place.id]}"),
            str(len(firms)) if firms else None,
        )
    )
    if place.sure.get(box.id, len(firms)) != len(firms):
        undisputed = scene.pick("　其中总部无矛盾", "– headquarters undisputed")
        lines.append(Line(undisputed, str(place.sure[box.id])))
    lq = place.quotients.get(box.id, math.nan)
    if not math.isnan(lq):
        lines.append(Line(scene.pick("　区位商", "– location quotient"), f"{lq:.2f}"))
    for who, entries in sorted(place.named_by.get(box.id, {}).items()):
        lines.append(Line(scene.pick("　提及者", "– named by"), scene.names[who], tuple(entries)))
    return lines


def _flow_mark(scene: Scene, box: Box, x: float, y: float) -> None:
    """How many segments are recorded upstream and downstream of this one, and how many below it; told on choice."""
    if not box.id:
        return
    up = [pair for pair in scene.content.pairs if pair.downstream == box.id]
    down = [pair for pair in scene.content.pairs if pair.upstream == box.id]
    if not up and not down and not box.narrower:
        return
    words = {"stated": scene.pick("文献所述", "stated"), "use": scene.pick("场景使用", "used in scenarios")}
    lines = []
    for pairs, end, zh, en in ((up, "upstream", "上游", "upstream"), (down, "downstream", "下游", "downstream")):
        for pair in pairs:
            via = scene.chart.words["list"].join(scene.names[node] for node in pair.via)
            basis = words.get(pair.basis, pair.basis) + (f"{scene.chart.words['colon']}{via}" if via else "")
            lines.append(Line(f"{scene.pick(zh, en)} {scene.names[getattr(pair, end)]}", basis, tuple(pair.sources)))
    narrower = scene.chart.words["list"].join(scene.names[s] for s in box.narrower)
    if narrower:
        lines.append(Line(scene.pick("下级环节", "narrower segments"), narrower))
    name = scene.names[box.id]
    title = scene.pick(f"{name}：上下游与下级环节", f"{name}: upstream, downstream and narrower")
    key = scene.chart.tell(title, lines, nodes=[box.id, *box.narrower])
    parts = [
        scene.pick(zh, en).format(n=n)
        for zh, en, n in (
            ("上游 {n}", "↑ {n}", len(up)),
            ("下游 {n}", "↓ {n}", len(down)),
            ("下级 {n}", "{n} below", len(box.narrower)),
        )
        if n
    ]
    text = " · ".join(parts)
    scene.chart.body.text(x + _PAD, y, text, size=11, fill=_SOFT, key=key, tip=title)


# -- segments without a firm -------------------------------------------------------------------------


def _panel(
    scene: Scene, lane: Lane, x: float, y: float, width: float, *, draw: bool, height: float | None = None
) -> float:
    """The segments of a lane that no firm is recorded for; returns the height."""
    title = scene.pick("未见企业记载的环节", "Segments without a firm on record")
    needed = 26 + _chips(scene, lane.named, 0, 0, width - 2 * _PAD, draw=False) + 6
    if draw:
        body = scene.chart.body
        body.rect(x, y, width, height or needed, rx=6, fill="#ffffff", stroke="#aab3bf", stroke_dasharray="4 3")
        body.text(x + _PAD, y + 18, title, size=12, fill=_SOFT, weight=600, width=width - 2 * _PAD)
        _chips(scene, lane.named, x + _PAD, y + 26, width - 2 * _PAD, draw=True)
    return needed


def _chips(scene: Scene, boxes: list[Box], x: float, y: float, width: float, *, draw: bool) -> float:
    """Small marks of segments, in as many rows as they need; returns the height.

    A narrower one stands behind its broader one with a ›; where that has firms, and so is a box, its name goes before.
    """
    at, row, before = 0.0, 0, ""
    marks = {box.id for box in boxes}
    for box in boxes:
        if box.under and box.under not in marks and box.under != before:
            before = box.under
            head = f"{scene.names[before]} ›"
            needed = text_width(shown(head), 11.5) + 6
            if at:
                at, row = 0.0, row + 1
            if draw:
                scene.chart.body.text(
                    x, y + row * (_CHIP + 3) + 15, head, size=11.5, weight=600, fill=_SOFT, width=width
                )  # fmt: skip
            at += min(needed, width)
        name = ("› " if box.under in marks else "") + scene.box_name(box)
        needed = min(text_width(shown(name), 11.5) + 16 + 15 * max(len(scene.places) - 1, 0), width)
        if at and at + needed > width:
            at, row = 0.0, row + 1
        if draw:
            _chip(scene, box, name, x + at, y + row * (_CHIP + 3), needed)
        at += needed + 5
    return (row + 1) * (_CHIP + 3) if boxes else 0.0


def _chip(scene: Scene, box: Box, name: str, x: float, y: float, width: float) -> None:
    body = scene.chart.body
    states = [place.states.get(box.id, "not recorded") for place in scene.places]
    states = states or ["stated" if box.named_by else "not recorded"]
    lane = next((one for one in scene.content.lanes if box in one.named), None)
    key = _tell_box(scene, lane or scene.content.lanes[0], box)
    scene.spots.setdefault(box.id, (x, y, width, _CHIP))
    first = LOOKS[states[0]]
    body.rect(
        x,
        y,
        width,
        _CHIP,
        rx=4,
        fill=first.fill,
        stroke=first.edge,
        stroke_dasharray="3 2" if first.dashed else None,
        key=key,
        tip=f"{name}: {', '.join(LOOKS[state].short[scene.chart.lang == 'en'] for state in states)}",
        tags=("nowhere",),
    )
    end = x + width
    for state in states[1:]:  # the second place: a square at the end
        look = LOOKS[state]
        end -= 14
        body.rect(end, y + 1, 13, _CHIP - 2, rx=3, fill=look.fill, stroke=look.edge, stroke_dasharray="3 2" if look.dashed else None, pointer_events="none", tags=("nowhere",))  # fmt: skip
    if first.fill == HATCH:
        body.rect(x + 6, y + 2, end - x - 12, _CHIP - 4, fill="#ffffff", pointer_events="none", tags=("nowhere",))
    body.text(
        x + (end - x) / 2, y + 14.8, name, size=11.5, anchor="middle", width=end - x - 14, fill=first.ink, pointer_events="none", tags=("nowhere",)
    )  # fmt: skip
