"""Compute centres by unit and state: a panel for each unit, a line for each centre with its stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import floor, log10
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape

from aikg.graph.analysis.names import find
from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.chips import ALERT, Chip, alert, draw_chips, unknown_chip
from aikg.graph.views.details import number_text
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.compute_facts import STATES, Center, Figure, compute_facts, totals
from aikg.graph.views.pictures.compute_words import (
    LOOKS,
    place_lines,
    place_of,
    table_of,
    tell_center,
    tip_of,
    value_of,
)
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "compute"]

PARAMETERS = (
    Parameter("city", "text", "", {"zh": "只画此城市的中心", "en": "centres of this city only"}, values=("City",)),
    Parameter(
        "province", "text", "", {"zh": "只画此省区的中心", "en": "centres of this province only"}, values=("Province",)
    ),
    Parameter(
        "region", "text", "", {"zh": "只画此区域的中心", "en": "centres of this region only"}, values=("Region",)
    ),
    Parameter("unit", "text", "", {"zh": "只画此单位，如 PFLOPS", "en": "this unit only, such as PFLOPS"}),
    Parameter("state", "text", None, {"zh": "只画此状态", "en": "this state only"}, STATES),
    Parameter("limit", "integer", 40, {"zh": "每个单位最多多少中心", "en": "centres of each unit at most"}, least=1),
    LANG,
)


_ROW, _NAME, _PLACE, _BAR, _SAID = 30.0, 206.0, 104.0, 330.0, 852.0
_HIGH = 14.0


@dataclass
class _Panel:
    """What one panel needs: its unit, the centres in it, pixels per unit, and tags of regions."""

    chart: Chart
    names: dict[str, str]
    unit: str
    scale: float
    tags: dict[str, str] = field(default_factory=dict)


def compute(
    graph: KnowledgeGraph,
    *,
    city: str = "",
    province: str = "",
    region: str = "",
    unit: str = "",
    state: str | None = None,
    limit: int = 40,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Compute centres: for each unit a panel with the centres' power in operation, planned, forecast and at peak.

    Raises QueryError, with near names, for an unknown city, province, region or unit.

    >>> compute(graph, region="长三角").svg()  # doctest: +SKIP
    """
    chart = Chart(
        graph,
        "compute",
        pick(lang, "智算中心：按单位与状态", "Compute centres by unit and state"),
        lang,
        pick(
            lang,
            "单位按来源所写，不换算；不同单位、不同状态从不相加。同一中心的各期画在一行",
            "Units as sources write them: never converted or added up, nor are states. Stages of a centre share a line",
        ),
    )
    centers, names = compute_facts(graph, lang)
    centers = _asked(graph, centers, city, province, region)
    units = sorted({f.unit for one in centers for f in one.figures})
    if unit:
        if unit not in units:
            listed = ", ".join(units) or chart.words["not_recorded"]
            raise QueryError(
                say(f"no figure in '{unit}' is recorded; units are {listed}", f"未见单位为“{unit}”的记载；有 {listed}")
            )
        units = [unit]
        centers = [one for one in centers if any(f.unit == unit for f in one.figures)]
    if state:
        for one in centers:
            one.figures = [f for f in one.figures if f.state == state]
        centers = [one for one in centers if one.figures]
        units = [u for u in units if any(f.unit == u for one in centers for f in one.figures)]
    regions = {r for one in centers for r in one.places.get("Region", {})}
    count = {r: sum(r in one.places.get("Region", {}) for one in centers) for r in regions}
    order = sorted(regions, key=lambda r: (-count[r], names[r], r))
    tags = {r: f"r{at}" for at, r in enumerate(order)}
    with_unit = {u: [one for one in centers if any(f.unit == u for f in one.figures)] for u in units}
    y = 0.0
    for u in sorted(units, key=lambda u: (-len(with_unit[u]), u)):
        y = _draw_panel(chart, names, u, with_unit[u], limit, tags, y) + 22
    y = _draw_unknown(chart, names, [one for one in centers if not one.figures], tags, y)
    if not centers:
        draw_chips(chart.body, [unknown_chip(chart.words["not_recorded"])], 0, 4, 400)
        y = 36
    chart.height = y
    _finish(chart, names, centers, order, tags)
    return chart


def _asked(graph: KnowledgeGraph, centers: list[Center], city: str, province: str, region: str) -> list[Center]:
    asked = []
    for text, level in ((city, "City"), (province, "Province"), (region, "Region")):
        if text:
            place, name = find(graph, text, level)
            asked.append(name)
            centers = [one for one in centers if place in one.places.get(level, {})]
    if asked and not centers:
        listed = "、".join(asked)
        raise QueryError(
            say(
                f"no compute centre is recorded for {listed} (not recorded, which is not none)",
                f"未见{listed}的智算中心的记载（不等于没有）",
            )
        )
    return centers


# -- one panel -----------------------------------------------------------------------------------------


def _draw_panel(
    chart: Chart, names: dict[str, str], unit: str, centers: list[Center], limit: int, tags: dict[str, str], y: float
) -> float:
    body, lang = chart.body, chart.lang
    ranked = sorted(centers, key=lambda one: _rank(one, unit))
    drawn = ranked[:limit]
    if len(drawn) < len(ranked):
        chart.notes.append(
            pick(
                lang,
                f"{unit}：只画 {len(drawn)} 个中心，共 {len(ranked)} 个",
                f"{unit}: {len(drawn)} centres of {len(ranked)}",
            )
        )
    highest = max(f.high or f.value for one in drawn for f in one.figures if f.unit == unit)
    step = _step(highest)
    top = step * -(-highest // step) if highest > 0 else 1.0
    room = _SAID - _BAR - 26
    panel = _Panel(chart, names, unit, room / top, tags)
    title = shown(unit, 200, 17)
    body.text(0, y + 19, unit, size=17, weight=700, width=200)
    start = max(text_width(title, 17) * 1.15 + 14, 90)
    used = draw_chips(body, _totals(panel, centers), start, y + 3, chart.width - start, size=12, height=22)
    y += max(used, 22) + 32
    height = len(drawn) * _ROW
    at = 0.0
    while at <= top + step / 2:
        x = _BAR + at * panel.scale
        body.line(x, y - 4, x, y + height, stroke="#e4e8ee" if at else "#8b95a3")
        body.text(x, y - 8, number_text(round(at, 9)), size=11, anchor="middle", fill="#5b6675")
        at += step
    body.text(0, y - 8, pick(lang, "智算中心", "centre"), size=11, fill="#5b6675")
    body.text(_NAME + 10, y - 8, pick(lang, "所在地", "place"), size=11, fill="#5b6675")
    body.text(_SAID, y - 8, pick(lang, f"记载（{unit}）", f"on record ({unit})"), size=11, fill="#5b6675", width=chart.width - _SAID)  # fmt: skip
    for one in drawn:
        _draw_center(panel, one, y)
        y += _ROW
    return y


def _draw_center(panel: _Panel, one: Center, y: float) -> None:
    chart = panel.chart
    figures = [f for f in one.figures if f.unit == panel.unit]
    states = [s for s in STATES if any(f.state == s for f in figures)]
    key = tell_center(chart, panel.names, one, panel.unit)
    tags = _tags(panel.tags, one)
    all_tags = (*tags, *states)
    middle = y + _ROW / 2
    chart.body.rect(0, y + 1, chart.width, _ROW - 2, fill="#fafbfc", opacity=0.55, rx=3, key=key, tags=all_tags, tip=one.name)  # fmt: skip
    _label(chart, panel.names, one, middle, key, all_tags)
    base = 0.0
    for state in states:
        found = [f for f in figures if f.state == state]
        base = _draw_state(panel, one, state, found, base, middle, key, (*tags, state))
    _said(panel, one, states, figures, middle, all_tags, key)


def _draw_state(
    panel: _Panel,
    one: Center,
    state: str,
    found: list[Figure],
    base: float,
    middle: float,
    key: str,
    tags: tuple[str, ...],
) -> float:
    """The bar of one state and the marks of its stages; returns where the bar of what is in operation ends."""
    chart, look, scale = panel.chart, LOOKS[state], panel.scale
    body = chart.body
    counted = one.counted(panel.unit, state)
    assert counted is not None  # noqa: S101 - a state is drawn only where it has a figure
    if state == "actual":
        body.rect(_BAR, middle - _HIGH / 2, counted.value * scale, _HIGH, fill=look.fill, key=key, tags=tags, tip=tip_of(chart, one, counted))  # fmt: skip
        _range(panel, counted, middle, look.color, tags)
        for other in found:
            if other.value != counted.value:
                # What else is stated of the same: a hollow mark, not a bar of its own.
                x = _BAR + other.value * scale
                tip = f"{chart.words['also_stated']}{chart.words['colon']}{tip_of(chart, one, other)}"
                body.symbol("hexagon", x, middle, 5, fill="#ffffff", stroke=ALERT, stroke_width=1.6, key=key, tags=tags, tip=tip)  # fmt: skip
        return counted.value
    end = max(f.high or f.value for f in found)
    start = base if end > base else 0.0
    body.rect(
        _BAR + start * scale, middle - 4, (end - start) * scale, 8, fill=look.fill, stroke=look.color, stroke_width=1.3, key=key, tags=tags,
        stroke_dasharray=None if state == "peak" else "4 3", tip=tip_of(chart, one, counted),
    )  # fmt: skip
    for figure in found:
        _range(panel, figure, middle, look.color, tags)
        body.symbol(look.mark, _BAR + figure.value * scale, middle, 6, fill=look.color, stroke="#ffffff", stroke_width=0.8, key=key, tags=tags, tip=tip_of(chart, one, figure))  # fmt: skip
    return base


def _range(panel: _Panel, figure: Figure, middle: float, color: str, tags: tuple[str, ...]) -> None:
    """A range: a pale bar from its lower to its upper end, with both ends marked."""
    if figure.high is None or figure.high <= figure.value:
        return
    low, high = _BAR + figure.value * panel.scale, _BAR + figure.high * panel.scale
    body = panel.chart.body
    body.rect(low, middle - _HIGH / 2, high - low, _HIGH, fill=color, opacity=0.28, tags=tags, pointer_events="none")
    for x in (low, high):
        body.line(x, middle - 10, x, middle + 10, stroke=color, stroke_width=2, tags=tags, pointer_events="none")


def _label(chart: Chart, names: dict[str, str], one: Center, middle: float, key: str, tags: tuple[str, ...]) -> None:
    body = chart.body
    over: dict[str, Any] = {"tags": tags}
    room = _NAME - (18 if one.conflicts else 0)
    body.text(4, middle + 4.5, one.name, size=12.5, width=room, key=key, **over)
    if one.conflicts:
        alert(body, 4 + min(text_width(shown(one.name), 12.5), room) + 11, middle, tags=tags)
    place = place_of(names, one)
    if place:
        body.text(_NAME + 10, middle + 4.5, chart.words["list"].join(place), size=12, fill="#3b4655", width=_PLACE, **over)  # fmt: skip
    else:
        body.rect(_NAME + 8, middle - 9, _PLACE - 6, 18, fill=HATCH, rx=3, tags=tags)
        body.text(_NAME + 14, middle + 4, chart.words["not_recorded"], size=11, fill="#4b5563", **over)


def _said(
    panel: _Panel,
    one: Center,
    states: Sequence[str],
    figures: list[Figure],
    middle: float,
    tags: tuple[str, ...],
    key: str,
) -> None:
    """What is on record, in words: state, value, stage, time."""
    chart = panel.chart
    parts = []
    for state in states:
        counted = one.counted(panel.unit, state)
        found = [f for f in figures if f.state == state]
        if state == "actual":
            found.sort(key=lambda f: f is not counted)
        values = [value_of(chart, f) for f in found]
        if state == "actual" and len(values) > 1:
            also = chart.words["also_stated"] + " " + chart.words["list"].join(values[1:])
            values = [values[0] + chart.words["semicolon"] + also]
        parts.append((state, f"{LOOKS[state].words[chart.lang == 'en']} {chart.words['list'].join(values)}"))
    whole = " · ".join(text for _, text in parts)
    room = chart.width - _SAID - 4
    if text_width(whole, 12) > room:
        chart.body.text(_SAID, middle + 4.5, whole, size=12, width=room, tags=tags, key=key)
        return
    spans = " · ".join(f'<tspan fill="{LOOKS[state].color}">{escape(shown(text))}</tspan>' for state, text in parts)
    chart.body.element("text", spans, x=_SAID, y=middle + 4.5, font_size=12.0, fill="#5b6675", tags=tags, pointer_events="none")  # fmt: skip


def _totals(panel: _Panel, centers: list[Center]) -> list[Chip]:
    """A chip for each state: how many centres, and the sum of this unit and state alone."""
    chart, lang, unit = panel.chart, panel.chart.lang, panel.unit
    chips = []
    for state, total in totals(centers, unit).items():
        look = LOOKS[state]
        amount = number_text(total.low) + (f"–{number_text(total.high)}" if total.ranges else "")
        word = look.words[lang == "en"]
        n = pick(lang, f"{total.n} 个中心", f"{total.n} centre{'s' if total.n > 1 else ''}")
        text = f"{word} {n} · {pick(lang, '合计', 'sum')} {amount}" if total.n > 1 else f"{word} {n} · {amount}"
        lines = [Line(pick(lang, "合计", "Sum"), f"{amount} {unit}")]
        for one in centers:
            counted = one.counted(unit, state)
            if counted is not None:
                lines.append(Line(one.name, value_of(chart, counted), counted.sources))
        nodes = [one.id for one in centers if one.counted(unit, state)]
        key = chart.tell(f"{unit} · {word}", lines, sources=sorted({e for line in lines for e in line.sources}), nodes=nodes)  # fmt: skip
        chips.append(Chip(text, key=key, tags=(state,), edge=look.color, symbol=look.mark or "square", ink=look.color))
    return chips


def _draw_unknown(chart: Chart, names: dict[str, str], centers: list[Center], tags: dict[str, str], y: float) -> float:
    """Centres of which no figure is recorded: a hatched bar each."""
    if not centers:
        return y
    lang, body = chart.lang, chart.body
    n = len(centers)
    body.text(0, y + 17, pick(lang, f"未见算力记载的中心：{n} 个", f"{n} centre{'s' if n > 1 else ''} without a recorded figure"), size=14, weight=700)  # fmt: skip
    y += 28
    for one in centers:
        key = chart.tell(one.name, [Line(pick(lang, "算力", "power"), None), *place_lines(chart, names, one)], sources=one.sources, conflicts=one.conflicts, nodes=[one.id])  # fmt: skip
        all_tags = (*_tags(tags, one), "unknown")
        middle = y + _ROW / 2
        body.rect(0, y + 1, chart.width, _ROW - 2, fill="#fafbfc", opacity=0.55, rx=3, key=key, tags=all_tags, tip=one.name)  # fmt: skip
        _label(chart, names, one, middle, key, all_tags)
        body.rect(_BAR, middle - _HIGH / 2, _SAID - _BAR - 26, _HIGH, fill=HATCH, stroke="#c3cad4", stroke_width=0.8, tags=all_tags)  # fmt: skip
        body.text(_SAID, middle + 4.5, chart.words["not_recorded"], size=12, fill="#5b6675", tags=all_tags)
        y += _ROW
    return y + 6


def _tags(tags: dict[str, str], one: Center) -> tuple[str, ...]:
    return tuple(tags[r] for r in one.places.get("Region", {}) if r in tags) or ("r-",)


def _rank(one: Center, unit: str) -> tuple[int, float, str, str]:
    """What is in operation first, then planned …; the largest first."""
    state = next(s for s in STATES if one.of(unit, s))
    counted = one.counted(unit, state)
    return STATES.index(state), -(counted.value if counted else 0.0), one.name, one.id


def _step(highest: float) -> float:
    """Distance of the axis' lines: 1, 2 or 5 times a power of ten, so that there are three to seven of them."""
    if highest <= 0:
        return 1.0
    power = 10.0 ** floor(log10(highest))
    return float(next(m * power for m in (0.2, 0.5, 1.0, 2.0) if highest / (m * power) <= 6))


def _finish(chart: Chart, names: dict[str, str], centers: list[Center], order: list[str], tags: dict[str, str]) -> None:
    lang = chart.lang
    drawn = {f.state for one in centers for f in one.figures}
    options = [(tags[r], names[r]) for r in order]
    if any(not one.places.get("Region") for one in centers):
        options.append(("r-", chart.words["not_recorded"]))
    states = [(s, LOOKS[s].words[lang == "en"]) for s in STATES if s in drawn]
    if any(not one.figures for one in centers):
        states.append(("unknown", chart.words["not_recorded"]))
    chart.filters = [
        Filter(pick(lang, "区域", "Region"), tuple(options)),
        Filter(pick(lang, "状态", "State"), tuple(states)),
    ]
    chart.legend = [
        Key(LOOKS[s].words[lang == "en"], LOOKS[s].mark or "box", (LOOKS[s].color,)) for s in STATES if s in drawn
    ]
    chart.legend.append(Key(pick(lang, "另有记载的值", "also stated"), "hexagon", (ALERT,), dashed=True))
    chart.legend.append(Key(chart.words["has_conflict"], "triangle", (ALERT,)))
    chart.n = pick(lang, f"{len(centers)} 个智算中心", f"{len(centers)} centres") if centers else ""
    if drawn:
        chart.notes.append(
            pick(lang, "合计只在同一单位、同一状态之内；一个中心同一状态有多个数时取最大者，现有取图中采用的值", "sums are within one unit and state; of several figures of a centre in one state the largest counts, in operation the chosen one")
        )  # fmt: skip
        chart.notes.append(
            pick(lang, "所计之数可出自不同时间", "the figures may be of different times")
        )  # fmt: skip
    chart.table = table_of(chart, names, centers)
