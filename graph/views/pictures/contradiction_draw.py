"""Draws one contradiction as a row: of what, the one side, the scale, the other side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.graph.citations import cite, titles
from aikg.graph.views.chain_names import broken
from aikg.graph.views.chart import Line
from aikg.graph.views.details import number_text
from aikg.graph.views.pictures.contradiction_sides import Extent, days_between
from aikg.graph.views.short_citation import short_citation
from aikg.graph.views.svg import HATCH, Svg
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.views.chart import Chart
    from aikg.graph.views.pictures.contradiction_rows import Dispute, Side

__all__ = ["COLORS", "draw_dispute", "height_of"]

COLORS = {"hard": "#b42318", "soft": "#8a5a00", "alias": "#4b5563", "": "#4b5563"}
_NAME, _SIDE, _GAP = 222.0, 312.0, 18.0
_SIZE, _SMALL, _LINE = 12.0, 10.8, 15.0
_RADIUS = 5.5
_MOST = 2  # lines of a name or a value


@dataclass(frozen=True)
class _Texts:
    name: list[str]
    what: list[str]
    sides: tuple[list[str], list[str]]


def _texts(chart: Chart, one: Dispute) -> _Texts:
    what = " · ".join(part for part in (one.what, one.period) if part)
    values = [_value(chart, side) for side in one.sides]
    left, right = (broken(value, _SIDE, _SIZE, _MOST) for value in values)
    return _Texts(broken(one.subject, _NAME, 12.5, _MOST), broken(what, _NAME, 11.0, _MOST), (left, right))


def _value(chart: Chart, side: Side) -> str:
    if side.text is None:
        return pick(chart.lang, "—（原文为短横，未见记载）", "— (a dash in the source: not recorded)")
    return ("✓ " if side.chosen else "") + side.text


def height_of(chart: Chart, one: Dispute) -> float:
    """Height of the row in pixels."""
    texts = _texts(chart, one)
    left = len(texts.name) + len(texts.what)
    sides = max(len(side) for side in texts.sides) + 1
    return max(left, sides, 2) * _LINE + 11


def draw_dispute(chart: Chart, one: Dispute, y: float, height: float) -> None:
    """The row with its upper edge at `y`; it tells both sides with all their sources."""
    body, texts, named = chart.body, _texts(chart, one), titles(chart.graph)
    key = _told(chart, one)
    left, right = one.sides
    tip = f"{one.subject} · {one.what}{chart.words['colon']}" + " ↔ ".join(
        f"{side.text or '—'}{chart.words['open']}{cite(side.sources[0], named, chart.lang) if side.sources else chart.words['no_sources']}{chart.words['shut']}"
        for side in (left, right)
    )
    body.rect(0, y, chart.width, height, fill="#ffffff", key=key, tags=one.tags, tip=tip)
    inner = Svg()
    line = y + 6 + _LINE - 4
    for text in texts.name:
        inner.text(2, line, text, size=12.5, weight=600)
        line += _LINE
    for text in texts.what:
        inner.text(2, line, text, size=11, fill="#5b6675")
        line += _LINE
    start = _NAME + _GAP + _SIDE
    end = chart.width - _SIDE
    for side, lines, x, anchor in ((left, texts.sides[0], start, "end"), (right, texts.sides[1], end, "start")):
        line = y + 6 + _LINE - 4
        for text in lines:
            inner.text(x, line, text, size=_SIZE, anchor=anchor, weight=700 if side.chosen else None, fill="#7a8492" if side.text is None else "#1b2430")  # fmt: skip
            line += _LINE
        inner.text(x, line, short_citation(side.sources, named, chart.lang, _SIDE, _SMALL), size=_SMALL, anchor=anchor, fill="#5b6675")  # fmt: skip
    _draw_scale(chart, inner, one, start + _GAP, end - _GAP, y + height / 2 - (0 if one.reading.form == "words" else 5))
    body.group(inner, tags=one.tags, pointer_events="none")


def _draw_scale(chart: Chart, svg: Svg, one: Dispute, start: float, end: float, y: float) -> None:
    form, low, high = one.reading.form, one.reading.a, one.reading.b
    if form == "words" or low is None or high is None:
        _draw_words(svg, one, start, end, y)
        return
    flip = one.sides[0] is one.b
    extents = (high, low) if flip else (low, high)
    if form == "number":
        _draw_numbers(svg, one, extents, start, end, y)
    else:
        _draw_dates(chart, svg, one, extents, start, end, y)


def _draw_words(svg: Svg, one: Dispute, start: float, end: float, y: float) -> None:
    color = COLORS.get(one.severity, COLORS[""])
    ends = (start + 8, end - 8)
    svg.line(ends[0], y, ends[1], y, stroke=color, stroke_width=1.2, stroke_dasharray="2 4")
    sign = "=" if one.a.text == one.b.text else "≈" if one.severity == "alias" else "≠"
    middle = (start + end) / 2
    svg.rect(middle - 12, y - 9, 24, 18, fill="#ffffff")
    svg.text(middle, y + 5, sign, size=14, anchor="middle", fill=color, weight=700)
    for side, x in zip(one.sides, ends, strict=True):
        _draw_end(svg, "square", x, y, color, side)


def _draw_numbers(svg: Svg, one: Dispute, extents: tuple[Extent, Extent], start: float, end: float, y: float) -> None:
    """On a line from 0 to 100 % of the larger number; a range is a bar, "over" and "under" are arrows."""
    color = COLORS.get(one.severity, COLORS[""])
    # Room at both ends for the marks themselves and for arrows.
    zero, whole = start + 14, end - 22
    svg.line(zero, y, whole, y, stroke="#d9dee6", stroke_width=1)
    for quarter in range(5):
        x = zero + quarter / 4 * (whole - zero)
        svg.line(x, y - 4, x, y + 4, stroke="#c3cad4", stroke_width=1)
    largest = max(extents[0].high, extents[1].high)
    spans = [(zero + e.low / largest * (whole - zero), zero + e.high / largest * (whole - zero)) for e in extents]
    _draw_pair(svg, "dot", one, spans, y, color, tuple(e.open for e in extents))
    share = one.reading.share
    if share is not None:
        # Under the line, by the smaller one: how large it is beside the larger one.
        x = min(max((spans[0][0] + spans[0][1]) / 2, start + 14), whole - 30)
        svg.text(x, y + 20.5, f"{share:.0%}", size=_SMALL, anchor="middle", fill=color)
        svg.text(whole, y + 20.5, "100%", size=_SMALL, anchor="middle", fill="#7a8492") if whole - x > 44 else None


def _draw_dates(
    chart: Chart, svg: Svg, one: Dispute, extents: tuple[Extent, Extent], start: float, end: float, y: float
) -> None:
    """On an axis that reaches a little beyond both, with a tick per day, month or year."""
    color = COLORS.get(one.severity, COLORS[""])
    first, last = extents[0].low, max(extents[0].high, extents[1].high)
    # No finer ticks than the finer of the two dates states, and not more of them than can be told apart.
    finest = min(extent.high - extent.low for extent in extents)
    unit, per_year = next(
        (
            (name, many)
            for name, many in ((("天", "day"), 372.0), (("月", "month"), 12.0))
            if finest < 1.5 / many and (last - first) * many <= 40
        ),
        (("年", "year"), 1.0),
    )
    margin = max((last - first) * 0.15, 1 / per_year)
    zero, whole = start + 14, end - 14
    low, high = first - margin, last + margin

    def at(year: float) -> float:
        return zero + (year - low) / (high - low) * (whole - zero)

    svg.line(zero, y, whole, y, stroke="#d9dee6", stroke_width=1)
    step = max(1, round((high - low) * per_year / 24))
    for tick in range(int(low * per_year) + 1, int(high * per_year) + 1):
        if tick % step == 0:
            svg.line(at(tick / per_year), y - 4, at(tick / per_year), y + 4, stroke="#c3cad4", stroke_width=1)
    spans = [(at(e.low), at(e.high)) if per_year < 372 and e.high - e.low > 1 / 372 * 1.5 else (at((e.low + e.high) / 2),) * 2 for e in extents]  # fmt: skip
    _draw_pair(svg, "diamond", one, spans, y, color, ("", ""))
    apart = _apart(one, extents, chart.lang)
    said = pick(chart.lang, f"相差 {apart}，每格 {step} {unit[0]}", f"{apart} apart; ticks: {step} {unit[1]}{'s' if step > 1 else ''}")  # fmt: skip
    svg.text((start + end) / 2, y + 20.5, said, size=_SMALL, anchor="middle", fill=color)


def _apart(one: Dispute, extents: tuple[Extent, Extent], lang: str) -> str:
    days = days_between(one.a.text or "", one.b.text or "")
    if days is not None:
        return pick(lang, f"{days} 天", f"{days} day{'s' if days != 1 else ''}")
    months = round((extents[1].low - extents[0].low) * 12)
    if all(extent.high - extent.low > 0.5 for extent in extents):
        years = round(extents[1].low - extents[0].low)
        return pick(lang, f"{years} 年", f"{years} year{'s' if years != 1 else ''}")
    return pick(lang, f"约 {months} 个月", f"about {months} month{'s' if months != 1 else ''}")


def _draw_pair(
    svg: Svg, shape: str, one: Dispute, spans: list[tuple[float, float]], y: float, color: str, opens: tuple[str, ...]
) -> None:
    middles = [(low + high) / 2 for low, high in spans]
    bars = [high - low > 2 * _RADIUS for low, high in spans]
    ends = [
        (low, high) if bar else (middle - _RADIUS - 1, middle + _RADIUS + 1)
        for (low, high), bar, middle in zip(spans, bars, middles, strict=True)
    ]
    # Marks that would lie on each other stand above and below the line.
    near = ends[1][0] - ends[0][1] < (-0.5 if all(bars) else 1.0)
    rows = (y - _RADIUS - 1, y + _RADIUS) if near else (y, y)
    if not near:
        svg.line(middles[0], y, middles[1], y, stroke=color, stroke_width=3)
    for at, (side, (low, high), row, opened) in enumerate(zip(one.sides, spans, rows, opens, strict=True)):
        middle = middles[at]
        if bars[at]:
            svg.rect(low, row - 4, high - low, 8, rx=4, fill=color if side.chosen else "#ffffff", stroke=color, stroke_width=1.6)  # fmt: skip
        else:
            _draw_end(svg, shape, middle, row, color, side)
        if opened:
            way = 1 if opened == "over" else -1
            # Above the mark, where no line hides it.
            svg.path(f"M{middle - way * 3:.1f} {row - 10:.1f}h{way * 13}m{-way * 4} -3l{way * 4} 3l{-way * 4} 3", stroke=color, stroke_width=1.4)  # fmt: skip


def _draw_end(svg: Svg, shape: str, x: float, y: float, color: str, side: Side) -> None:
    fill = HATCH if side.text is None else color if side.chosen else "#ffffff"
    svg.symbol(shape, x, y, _RADIUS, fill=fill, stroke=color, stroke_width=2)


def _told(chart: Chart, one: Dispute) -> str:
    lang = chart.lang
    lines = [Line(pick(lang, "时期", "period"), one.period)] if one.period else []
    nothing = pick(lang, "未裁定，两说并存", "undecided: both are kept")
    lines.append(Line(chart.words["chosen"], one.chosen or nothing))
    if one.reading.form == "number" and one.reading.a is not None and one.reading.b is not None:
        read = [
            number_text(e.low) + (f"–{number_text(e.high)}" if e.high != e.low else "") + f" {e.unit}".rstrip()
            for e in (one.reading.a, one.reading.b)
        ]
        lines.append(Line(pick(lang, "读作数值", "read as numbers"), " / ".join(read)))
        lines.append(Line(pick(lang, "小者为大者的", "smaller in % of larger"), f"{one.reading.share:.0%}"))
    said = [(side.text or "—", list(side.sources)) for side in (one.a, one.b)]
    return chart.tell(
        f"{one.subject} · {one.what}",
        lines,
        kind=f"{one.severity_name} · {one.kind_name}",
        sources=[*one.a.sources, *one.b.sources],
        conflicts=[(one.what, said)],
        nodes=[one.subject_id] if one.subject_id else (),
    )
