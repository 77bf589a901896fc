"""Province tiles: every province-level unit of China as one square of a fixed grid, coloured by what is recorded there.

A grid has no boundaries and no sizes; neighbours are near each other where the grid allows it. All 34 units are on it,
香港, 澳门 and 台湾 like the others.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aikg.graph.views.chart import Chart, Key
from aikg.graph.views.pictures.place_values import Recorded, place_name, value_word
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick
from aikg.ontology.places import load_places

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["GRID", "RAMP", "TILE_COLUMNS", "TILE_ROWS", "class_bounds", "draw_ranking", "draw_tiles", "unit_id"]

# Code of the unit (GB/T 2260, first two digits) → column and row.
GRID: dict[str, tuple[int, int]] = {
    "23": (7, 0), "22": (7, 1), "15": (4, 2), "11": (5, 2), "12": (6, 2), "21": (7, 2),
    "65": (0, 3), "62": (1, 3), "64": (2, 3), "61": (3, 3), "14": (4, 3), "13": (5, 3), "37": (6, 3),
    "54": (0, 4), "63": (1, 4), "51": (2, 4), "50": (3, 4), "41": (4, 4), "34": (5, 4), "32": (6, 4), "31": (7, 4),
    "53": (2, 5), "52": (3, 5), "42": (4, 5), "36": (5, 5), "33": (6, 5),
    "45": (3, 6), "43": (4, 6), "35": (5, 6), "71": (7, 6),
    "44": (4, 7), "81": (5, 7), "46": (3, 8), "82": (4, 8),
}  # fmt: skip
TILE_COLUMNS, TILE_ROWS = 8, 9
# Light to dark blue: even steps in lightness, legible for colour-blind readers and in print.
RAMP = ("#dbe7f6", "#a9c8ea", "#6ea3d8", "#3a79bd", "#174f91")
_DARK = 3


def unit_id(code: str) -> str:
    """Id of a unit by its two digits: a province, or one of the four cities that are provinces.

    >>> unit_id("44"), unit_id("11")
    ('province:440000', 'city:110000')
    """
    return load_places().get(code).id


def class_bounds(highest: int, classes: int = len(RAMP)) -> list[int]:
    """Upper bounds of at most `classes` classes from 1 to `highest`, wider upwards (by square root).

    >>> class_bounds(43), class_bounds(3)
    ([2, 7, 16, 28, 43], [1, 2, 3])
    """
    found = {max(1, math.ceil(highest * (step / classes) ** 2)) for step in range(1, classes + 1)}
    return sorted(found) if highest > 0 else []


def shade(n: int, bounds: list[int]) -> str:
    """Colour of a number; few classes are spread over the whole ramp."""
    at = next(i for i, bound in enumerate(bounds) if n <= bound)
    return RAMP[round(at * (len(RAMP) - 1) / max(len(bounds) - 1, 1))]


def draw_tiles(
    chart: Chart, counted: Recorded, names: dict[str, str], tell: Callable[[str], str], tags: dict[str, set[str]], width: float
) -> float:  # fmt: skip
    """Draw all tiles into the body, `width` wide; returns the height. `tell` gives the key of a unit's details."""
    lang, body = chart.lang, chart.body
    step_x = width / TILE_COLUMNS
    step_y = min(61.0, step_x * 0.76)
    units = {code: unit_id(code) for code in GRID}
    highest = max((counted.at(unit).n or 0 for unit in units.values()), default=0)
    bounds = class_bounds(highest)
    for code, (column, row) in GRID.items():
        unit = units[code]
        at = counted.at(unit)
        x, y = column * step_x, row * step_y
        # The grid has all units, also those that the graph does not know.
        name = load_places().get(code).name_en if lang == "en" else _brief(code)
        full = place_name(unit, names, lang) if unit in names else load_places().get(code).name
        said = chart.words["not_recorded"] if at.n is None else str(at.n)
        fill = HATCH if at.n is None else shade(at.n, bounds)
        ink = "#ffffff" if fill in RAMP[_DARK:] else "#1b2430"
        own = (unit, *sorted(tags.get(unit, ())))
        body.rect(
            x + 2, y + 2, step_x - 4, step_y - 4, rx=6, fill=fill, stroke="#aab3bf" if at.n is None else "#ffffff",
            stroke_width=1, key=tell(unit), tags=own, tip=f"{full} · {value_word(counted.value, lang)}: {said}",
        )  # fmt: skip
        size = 14.0 if lang == "zh" else 11.5
        cx = x + step_x / 2
        if at.n is None:  # words on hatching are hard to read
            body.rect(cx - step_x * 0.46, y + step_y / 2 - 19, step_x * 0.92, 37, rx=4, fill="#ffffff", opacity=0.86, pointer_events="none", tags=own)  # fmt: skip
        body.text(cx, y + step_y / 2 - 3, name, size=size, width=step_x - 4, anchor="middle", weight=600, fill=ink, pointer_events="none", tags=own)  # fmt: skip
        body.text(
            cx, y + step_y / 2 + 14, said + ("!" if at.disputed else ""), size=12.5 if at.n else 10.5, anchor="middle",
            fill=ink if at.n else "#5b6675", pointer_events="none", tags=own,
        )  # fmt: skip
    lower = 1
    for bound in bounds:
        words = f"{lower}–{bound}" if bound > lower else str(bound)
        named = f"{value_word(counted.value, lang)} {words}" if lower == 1 else words
        chart.legend.append(Key(named, "box", (shade(bound, bounds),)))
        lower = bound + 1
    if any(counted.at(unit).disputed for unit in units.values()):
        chart.notes.append(
            pick(
                lang,
                "! 含总部有矛盾的企业，在各地都计入",
                "! with firms of disputed headquarters, counted in each place",
            )
        )
    return TILE_ROWS * step_y


def draw_ranking(
    chart: Chart, counted: Recorded, tell: Callable[[str], str], tags: dict[str, set[str]], x: float, y: float, width: float, lowest: float
) -> None:  # fmt: skip
    """Bars of the units that have most, from (x, y) down to `lowest`: lengths compare what colours only class."""
    ranked = sorted(
        ((counted.at(unit_id(code)).n or 0, code) for code in GRID if counted.at(unit_id(code)).n), key=lambda r: (-r[0], r[1])
    )  # fmt: skip
    room = int((lowest - y - 12) // 20)
    if not ranked or room < 1:
        return
    body, lang = chart.body, chart.lang
    names = {code: load_places().get(code).name_en if lang == "en" else _brief(code) for _, code in ranked}
    left = min(max(text_width(name, 12) for name in names.values()) + 8, width / 3)
    title = pick(
        lang, f"{value_word(counted.value, lang)}最多的省级单位", f"Units with most {value_word(counted.value, lang)}"
    )
    body.text(x, y, title, size=13, weight=600, width=width)
    for at, (n, code) in enumerate(ranked[:room]):
        top, unit = y + 10 + at * 20, unit_id(code)
        own = (unit, *sorted(tags.get(unit, ())))
        body.text(x, top + 12, names[code], size=12, width=left, tags=own)
        bar = (width - left - 40) * n / ranked[0][0]
        body.rect(x + left, top + 2, bar, 13, rx=2, fill=RAMP[_DARK], key=tell(unit), tags=own, tip=f"{names[code]}: {n}")  # fmt: skip
        body.text(x + left + bar + 6, top + 13, n, size=12, tags=own)


def _brief(code: str) -> str:
    """What a unit is called in short: its first alias (广东), which the place table gives to every unit."""
    place = load_places().get(code)
    return place.aliases[0] if place.aliases else place.name
