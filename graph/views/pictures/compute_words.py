"""How figures of compute centres are said: what states look like, values in words, details, and the data as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.views.chart import Chart, Line
from aikg.graph.views.details import number_text
from aikg.graph.views.recorded import code_names
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.views.pictures.compute_facts import Center, Figure

__all__ = ["LOOKS", "StateLook", "place_lines", "place_of", "table_of", "tell_center", "tip_of", "value_of"]


@dataclass(frozen=True)
class StateLook:
    """How a state looks: colour, fill of its bar (outlined, unless it is in operation), and the mark at its end."""

    color: str
    fill: str
    mark: str
    words: tuple[str, str]


LOOKS = {
    "actual": StateLook("#0f6b63", "#0f6b63", "", ("现有", "in operation")),
    "planned": StateLook("#1d5fb0", "#ffffff", "diamond", ("规划", "planned")),
    "target": StateLook("#86198f", "#ffffff", "square", ("目标", "target")),
    "forecast": StateLook("#6d4bc3", "#ffffff", "triangle", ("预计", "forecast")),
    "peak": StateLook("#b45309", "#fdf0dd", "triangleDown", ("峰值", "peak")),
}


def value_of(chart: Chart, figure: Figure) -> str:
    """A figure without its unit: 超过 100–200（一期，2024）."""
    named = code_names("qualifier", chart.lang)
    before = [named[q] for q in figure.qualifier if q in ("over", "under", "approx")]
    value = number_text(figure.value) + (f"–{number_text(figure.high)}" if figure.high is not None else "")
    inside = pick(chart.lang, "，", ", ").join(part for part in (figure.scope, figure.period) if part)
    return " ".join([*before, value]) + (f"{chart.words['open']}{inside}{chart.words['shut']}" if inside else "")


def tip_of(chart: Chart, one: Center, figure: Figure) -> str:
    """A figure with its centre, state and unit: the tooltip of its bar or mark."""
    word = LOOKS[figure.state].words[chart.lang == "en"]
    return f"{one.name}{chart.words['colon']}{word} {value_of(chart, figure)} {figure.unit}"


def tell_center(chart: Chart, names: dict[str, str], one: Center, unit: str) -> str:
    """What a centre tells in the panel of a unit; returns the key."""
    figures = [f for f in one.figures if f.unit == unit]
    lines = [
        Line(LOOKS[f.state].words[chart.lang == "en"], f"{value_of(chart, f)} {f.unit}", f.sources) for f in figures
    ]
    places = [p for level in ("City", "Region") for p in one.places.get(level, {})]
    return chart.tell(
        f"{one.name} · {unit}",
        [*lines, *place_lines(chart, names, one)],
        sources=one.sources,
        conflicts=one.conflicts,
        nodes=[one.id, *places],
    )


def place_lines(chart: Chart, names: dict[str, str], one: Center) -> list[Line]:
    """Lines of details that say where a centre is, each level with its sources."""
    lang = chart.lang
    lines = []
    for level, word in (("City", pick(lang, "城市", "City")), ("Province", pick(lang, "省区", "Province")), ("Region", pick(lang, "区域", "Region"))):  # fmt: skip
        found = one.places.get(level, {})
        cited = tuple(sorted({entry for said in found.values() for entry in said}))
        text = chart.words["list"].join(names[p] for p in found) or None
        if text or level != "Province":  # cities that are provinces have none
            lines.append(Line(word, text, cited))
    return lines


def place_of(names: dict[str, str], one: Center) -> list[str]:
    """Where a centre is: its cities, else its provinces, else what sources state (a region)."""
    found = list(one.places.get("City", {})) or list(one.places.get("Province", {})) or one.spots
    return [names.get(p, p) for p in found]


def table_of(chart: Chart, names: dict[str, str], centers: Sequence[Center]) -> pd.DataFrame:
    """The data behind the picture: a row for each figure, and one for each centre without any."""
    lang = chart.lang
    headings = {
        "zh": ("智算中心", "城市", "区域", "单位", "状态", "数值", "上限", "阶段", "时期", "限定", "计入合计"),
        "en": ("centre", "cities", "regions", "unit", "state", "value", "upper end", "stage", "period", "qualifier", "counts in the sum"),
    }[lang]  # fmt: skip
    qualifier, join = code_names("qualifier", lang), chart.words["list"].join
    rows: list[tuple[Any, ...]] = []
    for one in centers:
        head = (one.name, *(join(names[p] for p in one.places.get(level, {})) or None for level in ("City", "Region")))
        for f in one.figures:
            counts = chart.words["yes" if one.counted(f.unit, f.state) is f else "no"]
            said = join(qualifier.get(q, q) for q in f.qualifier) or None
            rows.append((*head, f.unit, LOOKS[f.state].words[lang == "en"], f.value, f.high, f.scope, f.period, said, counts))  # fmt: skip
        if not one.figures:
            rows.append((*head, *(None,) * (len(headings) - len(head))))
    return pd.DataFrame(rows, columns=list(headings), dtype=object)
