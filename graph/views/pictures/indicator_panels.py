"""How a chart of one indicator is drawn: lines over time for series with several times, bars side by side for the rest."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from aikg.graph.views.axes import Scale, spread, ticks
from aikg.graph.views.chart import Line
from aikg.graph.views.chips import alert
from aikg.graph.views.details import number_text
from aikg.graph.views.recorded import code_names, figure_text
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, Svg, shown
from aikg.graph.views.words import pick
from aikg.ontology.concepts import load_concepts

if TYPE_CHECKING:
    from aikg.graph.views.chart import Chart
    from aikg.graph.views.pictures.indicator_values import Figure, Panel

__all__ = ["draw_panels", "indicator_name", "panel_title", "short_value", "state_name"]

# Okabe and Ito's colours for colour-blind readers, darkened where white is behind them; each series has a shape too.
_COLORS = ("#0b66a8", "#b8500a", "#08785b", "#a33f7d", "#5b4a00", "#3d4b8f", "#7a2d1d", "#2f6b77")
_SHAPES = ("dot", "square", "triangle", "diamond", "hexagon", "triangleDown")
_BAR, _PALE = "#2f6fcf", "#b9c9e2"
_GAP, _PAD, _ROW, _PLOT = 24.0, 14.0, 22.0, 158.0


def panel_title(panel: Panel, lang: str) -> str:
    """The indicator's name, in English where the list of indicators has one."""
    return indicator_name(panel.what, lang)


def indicator_name(name: str, lang: str) -> str:
    """A name of the list of indicators in a language; what the list lacks stays as it is written.

    >>> indicator_name("人工智能产业规模", "en"), indicator_name("“AI微证书”颁发数量", "en")
    ('Output of the AI industry', '“AI微证书”颁发数量')
    """
    known = {one.name: one.en for one in load_concepts().indicators()} if lang == "en" else {}
    return shown(known.get(name) or name)


def state_name(state: str, lang: str) -> str:
    """actual is 实际 and actual, the others as in the list of qualifiers."""
    return pick(lang, "实际", "actual") if state == "actual" else code_names("qualifier", lang).get(state, state)


def short_value(figure: Figure) -> str:
    """The value with the sign of its qualifier, without its unit: ≥ 8,000; 28–35; ≈ 3.5."""
    said = figure.row.get("qualifier") or []
    sign = next((mark for code, mark in (("over", "≥ "), ("under", "≤ "), ("approx", "≈ ")) if code in said), "")
    upper = (
        "" if figure.row.get("value_max") is None else f"{' … ' if figure.value < 0 else '–'}{number_text(figure.high)}"
    )
    return f"{sign}{number_text(figure.value)}{upper}"


def draw_panels(chart: Chart, panels: list[Panel], place: str, most: int) -> None:
    """Draw panels into the body of `chart`, in two columns where there are several: each goes under the shorter one."""
    columns = 2 if len(panels) > 1 else 1
    wide = (chart.width - _GAP * (columns - 1)) / columns
    ends = [0.0] * columns
    for panel in panels:
        at = ends.index(min(ends))
        height = _draw_panel(chart, panel, place, most, at * (wide + _GAP), ends[at], wide)
        ends[at] += height + _GAP * 0.75
    chart.height = max(ends)


def _draw_panel(chart: Chart, panel: Panel, place: str, most: int, x: float, y: float, wide: float) -> float:
    inner, lang = Svg(), chart.lang
    name, unit = panel_title(panel, lang), panel.unit or pick(lang, "未写明", "not stated")
    unit_text = pick(lang, f"单位：{shown(unit)}", f"unit: {shown(unit)}")
    aside = min(text_width(unit_text, 12), wide / 3)
    inner.text(_PAD, 25, name, size=14.5, weight=700, width=wide - aside - 3 * _PAD)
    inner.text(wide - _PAD, 25, unit_text, size=12, anchor="end", fill="#5b6675", width=wide / 3)
    end = 36.0
    lines, bars = panel.lines(), panel.bars()
    if lines:
        end = _draw_lines(chart, inner, panel, lines, place, end, wide)
    if bars:
        end = _draw_bars(chart, inner, panel, bars[:most], place, end, wide)
        if len(bars) > most:
            inner.text(
                _PAD,
                end + 12,
                pick(lang, f"另有 {len(bars) - most} 条，见数据表", f"{len(bars) - most} more in the table"),
                size=11,
                fill="#5b6675",
            )
            end += 16
    height = end + 10
    chart.body.rect(x, y, wide, height, fill="#ffffff", stroke="#d5dce5", rx=5)
    chart.body.group(inner, x=x, y=y)
    return height


def _look(figure: Figure, color: str) -> dict[str, Any]:
    """Filled where it is actual, hollow and dashed where it is expected, planned, or a peak."""
    if figure.state == "actual":
        return {"fill": color}
    return {"fill": "#ffffff", "stroke": color, "stroke_width": 1.6, "stroke_dasharray": "3 2"}


def _tags(figure: Figure) -> tuple[str, ...]:
    return (*figure.subjects, f"state:{figure.state}")


# -- over time ------------------------------------------------------------------------------------


def _draw_lines(
    chart: Chart, inner: Svg, panel: Panel, lines: list[list[Figure]], place: str, top: float, wide: float
) -> float:
    figures = [figure for line in lines for figure in line]
    spans = [figure.span for figure in figures if figure.span]
    low, high = min(int(span.start) for span in spans), max(-int(-span.end // 1) for span in spans)
    values = [figure.value for figure in figures] + [figure.high for figure in figures]
    marks = (
        ticks(max(min(values), 1.0), max(values), 5) if panel.ranks else ticks(min(0.0, *values), max(0.0, *values), 5)
    )
    left = _PAD + 14 + max(text_width(number_text(mark), 11) for mark in marks)
    right = wide - _PAD - min(max(text_width(_series_name(line), 12) for line in lines) + 74, wide * 0.46)
    bottom = top + _PLOT
    # Of ranks the first is at the top.
    y = Scale(marks[0], marks[-1], top + 14, bottom) if panel.ranks else Scale(marks[0], marks[-1], bottom, top + 14)
    x = Scale(low, high, left, right)
    for mark in marks:
        inner.line(left, y(mark), right, y(mark), stroke="#8b95a3" if mark == 0 else "#e6eaf0")
        inner.text(left - 6, y(mark) + 4, number_text(mark), size=11, anchor="end", fill="#5b6675")
    every = next(
        step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if step * (right - left) / max(high - low, 1) >= 34
    )
    for year in range(low, high):
        if (year - low) % every == 0:
            inner.text(x(year + 0.5), bottom + 16, year, size=11.5, anchor="middle", fill="#5b6675")
    ends = [y(line[-1].value) for line in lines]
    labels = spread(ends, 15, top + 8, bottom)
    for number, line in enumerate(sorted(lines, key=lambda one: (-one[-1].value, one[0].label, one[0].scope))):
        color = _COLORS[number % len(_COLORS)]
        _draw_series(chart, inner, panel, line, x, y, (color, _SHAPES[number % len(_SHAPES)]))
        at = lines.index(line)
        last = line[-1].span.middle if line[-1].span else float(high)
        text = f"{_series_name(line)} {_value_text(line[-1], chart.lang)}"
        inner.path(f"M{x(last) + 7:.2f} {ends[at]:.2f}L{right + 4:.2f} {ends[at]:.2f}L{right + 10:.2f} {labels[at]:.2f}", stroke=color, stroke_width=0.8, tags=_tags(line[-1]))  # fmt: skip
        weight = 700 if place and place in line[-1].subjects else 600
        inner.text(
            right + 13,
            labels[at] + 4,
            text,
            size=12,
            weight=weight,
            fill=color,
            width=wide - right - 16,
            tags=_tags(line[-1]),
        )
    return bottom + 26


def _series_name(line: list[Figure]) -> str:
    return " · ".join(part for part in (line[0].label, shown(line[0].scope)) if part)


def _draw_series(
    chart: Chart, inner: Svg, panel: Panel, line: list[Figure], x: Scale, y: Scale, look: tuple[str, str]
) -> None:
    color, shape = look
    points = [(x(figure.span.middle), y(figure.value), figure) for figure in line if figure.span]
    for (x1, y1, one), (x2, y2, other) in pairwise(points):
        # Two values of one time contradict each other or differ in kind: a dotted bracket, no line over time.
        both = one.state == other.state == "actual"
        dashes = "1.5 2.5" if one.period == other.period else None if both else "5 4"
        inner.line(x1, y1, x2, y2, stroke=color, stroke_width=1.8, stroke_dasharray=dashes, tags=(*line[0].subjects,))
    for at, (px, py, figure) in enumerate(points):
        common: dict[str, Any] = {"key": _tell(chart, panel, figure), "tags": _tags(figure), "tip": _tip(panel, figure)}
        if figure.row.get("value_max") is not None:
            inner.line(
                px, y(figure.value), px, y(figure.high), stroke=color, stroke_width=5, opacity=0.45, tags=_tags(figure)
            )
        if figure.span and figure.span.end - figure.span.start > 1.01:
            inner.line(
                x(figure.span.start), py, x(figure.span.end), py, stroke=color, stroke_width=1, tags=_tags(figure)
            )
        inner.symbol(shape, px, py, 5, **{**_look(figure, color), "stroke_dasharray": None}, **common)
        if at < len(points) - 1:
            inner.text(px, py - 9, short_value(figure), size=11, anchor="middle", fill=color, tags=_tags(figure))
        if figure.conflicts:
            alert(inner, px + 11, py - 9, tags=_tags(figure))


# -- side by side ---------------------------------------------------------------------------------


def _draw_bars(
    chart: Chart, inner: Svg, panel: Panel, bars: list[Figure], place: str, top: float, wide: float
) -> float:
    lang = chart.lang
    values = [figure.value for figure in bars] + [figure.high for figure in bars]
    texts = max(text_width(_value_text(figure, lang), 12) + (22 if figure.conflicts else 0) for figure in bars)
    left, right = wide * 0.4, wide - _PAD - texts - 8
    low, high = min(0.0, *values), max(0.0, *values)
    if panel.ranks:
        low, high = 0.0, max(values)
    # Room for the numbers of bars to the left of zero.
    scale = Scale(low, high if high > low else low + 1, left + (texts + 8 if low < 0 else 0), max(right, left + 40))
    y, shown_period = top, object()
    for figure in bars:
        if figure.period != shown_period:
            shown_period = figure.period
            y = _subhead(inner, figure, y, wide, lang)
        _draw_bar(chart, inner, panel, figure, place, y, scale, left)
        y += _ROW
    if low <= 0 <= high and not panel.ranks:
        inner.line(scale(0), top + 2, scale(0), y, stroke="#8b95a3", stroke_width=0.8)
    return y


def _subhead(inner: Svg, figure: Figure, y: float, wide: float, lang: str) -> float:
    text = shown(figure.period) if figure.period else pick(lang, "时期未写明", "no date")
    x = _PAD
    if not figure.period:
        inner.rect(x, y + 7, 14, 11, fill=HATCH, stroke="#c3cad4", stroke_width=0.8, rx=2)
        x += 19
    inner.text(x, y + 17, text, size=12, weight=700, fill="#33506b", width=wide / 2)
    inner.line(_PAD, y + 22, wide - _PAD, y + 22, stroke="#eef1f5")
    return y + 25


def _draw_bar(
    chart: Chart, inner: Svg, panel: Panel, figure: Figure, place: str, y: float, scale: Scale, left: float
) -> None:
    tags = _tags(figure)
    common: dict[str, Any] = {"key": _tell(chart, panel, figure), "tags": tags, "tip": _tip(panel, figure)}
    color = _BAR if not place or place in figure.subjects else _PALE
    room = left - _PAD - 10
    scope = shown(figure.scope, room * 0.5, 11)
    aside = text_width(scope, 11) + 6 if scope else 0.0
    weight = 700 if place and place in figure.subjects else None
    inner.text(_PAD, y + 15.5, figure.label, size=12, width=room - aside, weight=weight, **common)
    if scope:
        inner.text(
            left - 10,
            y + 15.5,
            scope,
            size=11,
            anchor="end",
            fill="#5b6675",
            tags=tags,
            tip=shown(figure.row.get("scope")),
        )
    text = _value_text(figure, chart.lang)
    if panel.ranks:
        x1, x2 = scale(figure.value), scale(figure.high)
        inner.line(scale(1) if scale.low < 1 else scale(scale.low), y + 11, x2, y + 11, stroke="#d9dee6", tags=tags)
        inner.symbol("diamond", x2, y + 11, 5.5, **_look(figure, color), **common)
    else:
        start = figure.value if figure.high > figure.value else 0.0
        x1, x2 = sorted((scale(start), scale(figure.high)))
        inner.rect(x1, y + 4, max(x2 - x1, 2), 14, rx=1.5, **_look(figure, color), **common)
    negative = figure.high < 0
    inner.text(
        x1 - 6 if negative else x2 + 8, y + 15.5, text, size=12, anchor="end" if negative else "start", tags=tags
    )
    if figure.conflicts:
        wide = text_width(text, 12) + 15
        alert(inner, x1 - wide if negative else x2 + wide + 4, y + 11, tags=tags)


def _value_text(figure: Figure, lang: str) -> str:
    state = "" if figure.state == "actual" else f" {state_name(figure.state, lang)}"
    return f"{short_value(figure)}{state}"


# -- what it tells --------------------------------------------------------------------------------


def _tip(panel: Panel, figure: Figure) -> str:
    parts = (figure.label, panel.what, figure.period, figure.scope, f"{short_value(figure)} {panel.unit}")
    return " · ".join(shown(part) for part in parts if part)


def _tell(chart: Chart, panel: Panel, figure: Figure) -> str:
    lang, row = chart.lang, figure.row
    qualifiers = code_names("qualifier", lang)
    said = chart.words["list"].join(qualifiers.get(one, one) for one in row.get("qualifier") or [])
    lines = [
        Line(pick(lang, "指标", "indicator"), panel_title(panel, lang)),
        Line(pick(lang, "数值", "value"), figure_text(row, lang), figure.sources),
        Line(pick(lang, "原文", "as written"), row.get("value_text")),
        Line(pick(lang, "时期", "period"), figure.period),
        Line(pick(lang, "口径", "scope"), row.get("scope")),
        Line(pick(lang, "限定", "qualifier"), said or None),
    ]
    if len(figure.ids) > 1:
        lines.append(Line(pick(lang, "相同的记载", "equal records"), str(len(figure.ids))))
    kind = f"{state_name(figure.state, lang)}{pick(lang, '值', ' value')}"
    return chart.tell(figure.label, lines, kind=kind, conflicts=figure.conflicts, nodes=[*figure.subjects, *figure.ids])
