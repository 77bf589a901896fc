"""Porter's diamond of several places side by side: ratings and judgements as sources state them, never a number of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from aikg.graph.analysis.facts import names_of, things
from aikg.graph.analysis.names import find
from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.details import number_text
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.diamond_judgements import (
    CORNERS,
    FRAMEWORK,
    Corner,
    Judgement,
    corners_of,
    gem_of,
    judgements_of,
    known_framework,
)
from aikg.graph.views.pictures.place_values import place_name
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, Svg, shown
from aikg.graph.views.words import pick
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "diamond"]

_MOST, _DEFAULT = 6, 3
PARAMETERS = (
    Parameter("places", "text_list", [], {"zh": "并列哪些区域、城市或国家（逗号分隔），默认评价最多的三个区域", "en": "regions, cities or countries side by side (comma); by default the three regions most assessed"}, values=("Region", "City", "Country")),
    Parameter("framework", "text", FRAMEWORK, {"zh": "评价框架", "en": "framework of the assessments"}),
    LANG,
)  # fmt: skip

_RATED, _SAID, _EDGE = "#dcebf7", "#ffffff", "#4f8dc0"
_LINE, _HEAD, _SIZE = 16.5, 22.0, 11.5
_GAP = 16.0
_BOX = 194.0
_MOST_LINES = 8


def diamond(
    graph: KnowledgeGraph,
    *,
    places: Sequence[str] = (),
    framework: str = "钻石模型",
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """One diamond for each place: what ASSESSED says of each determinant, in the sources' own words.

    Ratings are quoted, never turned into numbers. The GEM index (`graph.analysis.gem`) is given only where six numeric
    scores are recorded. Raises QueryError for an unknown place, and for more than six.

    >>> diamond(graph, places=["北京", "上海"]).svg()  # doctest: +SKIP
    """
    chart = Chart(
        graph,
        "diamond",
        pick(lang, f"{framework}：各地对照", "Porter's diamond, side by side" if framework == FRAMEWORK else framework),
        lang,
        pick(
            lang,
            "评价照录来源，不打分、不合并；斜纹框未见记载，不等于没有",
            "Judgements as sources state them, neither scored nor merged; hatched: not recorded, which is not none",
        ),
    )
    known_framework(graph, framework)
    found = judgements_of(graph, framework)
    chosen = _chosen(graph, places, found)
    names = names_of(graph, "Region", "City", "Country", "Province", "District")
    columns = min(max(len(chosen), 1), _DEFAULT)
    width = (chart.width - 28 * (columns - 1)) / columns
    y, rows = 0.0, []
    for start in range(0, len(chosen), columns):
        of_row = chosen[start : start + columns]
        cells = {place: corners_of(graph, place, found) for place in of_row}
        scores = {place: gem_of(found.get(place, [])) for place in of_row}
        heights = _heights(cells, lang)
        for at, place in enumerate(of_row):
            name = place_name(place, names, lang)
            drawn = _Diamond(chart, place, name, names, cells[place], heights, scores[place])
            end = drawn.draw(at * (width + 28), y, width)
            rows += drawn.rows()
        y = end + 28
    _frame(chart, chosen, names, found, rows, y)
    return chart


def _chosen(graph: KnowledgeGraph, places: Sequence[str], found: dict[str, list[Judgement]]) -> list[str]:
    if places:
        chosen = list(dict.fromkeys(find(graph, text, "Region", "City", "Country")[0] for text in places))
        if len(chosen) > _MOST:
            raise QueryError(say(f"{len(chosen)} places do not fit side by side; at most {_MOST}", f"并列 {len(chosen)} 处画不下；最多 {_MOST} 处"))  # fmt: skip
        return chosen
    regions = set(things(graph, "Region")["id"])
    ranked = sorted((p for p in found if p in regions), key=lambda p: (-len(found[p]), p))
    return ranked[:_DEFAULT]


def _wrapped(text: str, width: float) -> list[str]:
    """Two lines at most (the whole is told on choice); no line begins with a closing sign."""
    whole = shown(text, 2 * width - 12, _SIZE)
    lines = _broken(whole, width)
    for narrower in (1, 2):
        # One or two signs alone on the second line look lost: break earlier.
        if len(lines) == 2 and len(lines[1]) <= 2:
            lines = _broken(whole, width - narrower * _SIZE)
    return lines


def _broken(text: str, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for sign in text:
        if line and text_width(line + sign, _SIZE) > width and sign not in "，。；、）！？…,.;)":
            lines.append(line)
            line = ""
        line += sign
    return [*lines, line]


def _lines(corner: Corner, lang: str, width: float = _BOX - 24) -> list[tuple[str, str]]:
    """What stands in a box below ratings, as (line, kind): ``first`` and ``next`` lines of texts, then ``quiet`` ones."""
    lines = [
        (part, "next" if at else "first") for text in corner.texts for at, part in enumerate(_wrapped(text, width))
    ]
    if len(lines) > _MOST_LINES:
        more = pick(lang, f"…… 共 {len(corner.texts)} 条，点击查看", f"… {len(corner.texts)} in all, choose to see")
        lines = [*lines[: _MOST_LINES - 1], (more, "quiet")]
    if corner.inside:
        n = len({place for place, _ in corner.inside})
        lines.append((pick(lang, f"＋ 其中 {n} 座城市另有评价", f"+ {n} cities inside"), "quiet"))
    return lines


def _heights(cells: dict[str, dict[str, Corner]], lang: str) -> dict[str, float]:
    """The same height for the same corner of all diamonds of a row, so that they can be compared."""
    made = {}
    for corner in CORNERS:
        lines = [_lines(of[corner], lang) for of in cells.values()]
        chips = any(of[corner].ratings for of in cells.values())
        made[corner] = _HEAD + 8 + _LINE * max((len(one) for one in lines), default=0) + (22 if chips else 0)
        made[corner] = max(made[corner], 52.0)
    made["factors"] = made["demand"] = max(made["factors"], made["demand"])
    return made


class _Diamond:
    """One place's diamond."""

    def __init__(
        self,
        chart: Chart,
        place: str,
        name: str,
        names: dict[str, str],
        cells: dict[str, Corner],
        heights: dict[str, float],
        gem_of: tuple[float, tuple[str, ...]] | None,
    ) -> None:
        self.chart, self.place, self.name, self.names, self.cells, self.heights = (
            chart,
            place,
            name,
            names,
            cells,
            heights,
        )
        self.gem, self.lang = gem_of, chart.lang

    def draw(self, x: float, y: float, width: float) -> float:
        body, h = self.chart.body, self.heights
        body.text(x + width / 2, y + 16, self.name, size=17, weight=700, anchor="middle", width=width, key=self.chart.tell_node(self.place), tags=(self.place,))  # fmt: skip
        if self.gem is not None:
            value, said = self.gem
            words = f"GEM {number_text(round(value, 1))}"
            key = self.chart.tell(f"{self.name} · GEM", [Line(pick(self.lang, "GEM（Padmore & Gibson 1998，由六项所载评分计算）", "GEM (Padmore & Gibson 1998, of the six scores recorded)"), number_text(round(value, 4)), said)])  # fmt: skip
            body.text(x + width, y + 16, words, size=13, anchor="end", weight=600, fill="#0f4c81", key=key)
        box = min(_BOX, width / 2 - 8)
        left, right, middle = x, x + width - box, x + (width - box) / 2
        top = y + 28
        at: dict[str, tuple[float, float]] = {"chance": (left, top)}
        top += h["chance"] + _GAP
        at["strategy"] = (middle, top)
        top += h["strategy"] + 2 * _GAP
        at["factors"], at["demand"] = (left, top), (right, top)
        top += h["factors"] + 2 * _GAP
        at["related"] = (middle, top)
        top += h["related"] + _GAP
        at["government"] = (right, top)
        end = top + h["government"]
        self._arrows(at, box)
        for corner, (bx, by) in at.items():
            self._box(body, corner, bx, by, box, h[corner])
        return self._others(body, x, end + 12, width)

    def _arrows(self, at: dict[str, tuple[float, float]], box: float) -> None:
        """Each determinant acts on each other one (solid), chance and government on all (dashed)."""
        body, h = self.chart.body, self.heights

        def center(corner: str) -> tuple[float, float]:
            return at[corner][0] + box / 2, at[corner][1] + h[corner] / 2

        four = ("strategy", "demand", "related", "factors")
        pairs = [(a, b) for n, a in enumerate(four) for b in four[n + 1 :]]
        for a, b in pairs:
            body.line(*center(a), *center(b), stroke="#9db7cf", stroke_width=1.6)
        for outer in ("chance", "government"):
            for b in ("strategy", "factors") if outer == "chance" else ("related", "demand"):
                body.line(*center(outer), *center(b), stroke="#b5bdc8", stroke_width=1.3, stroke_dasharray="4 4")

    def _box(self, body: Svg, corner: str, x: float, y: float, width: float, height: float) -> None:
        here, title = self.cells[corner], pick(self.lang, *CORNERS[corner])
        known = bool(here.own or here.inside)
        outer = corner in ("chance", "government")
        key = self._tell(corner, title)
        fill = _RATED if here.ratings else _SAID if known else HATCH
        body.rect(x, y, width, height, rx=14 if outer else 6, fill="#ffffff")
        body.rect(
            x, y, width, height, rx=14 if outer else 6, fill=fill, stroke=_EDGE if known else "#aab3bf", stroke_width=1.3,
            stroke_dasharray="5 3" if known and not here.own else None, key=key, tags=(self.place, corner),
            tip=f"{self.name} · {title}" + ("" if known else f"{self.chart.words['colon']}{self.chart.words['not_recorded']}"),
        )  # fmt: skip
        silent: dict[str, Any] = {"pointer_events": "none", "tags": (self.place, corner)}
        if not known:  # words on hatching are hard to read
            wide = min(max(text_width(title, 12.5), 70) + 16, width - 8)
            body.rect(x + (width - wide) / 2, y + height / 2 - 20, wide, 40, rx=4, fill="#ffffff", **silent)
            body.text(x + width / 2, y + height / 2 - 4, title, size=12.5, weight=600, anchor="middle", width=width - 10, fill="#5b6675", **silent)  # fmt: skip
            body.text(x + width / 2, y + height / 2 + 13, self.chart.words["not_recorded"], size=11.5, anchor="middle", fill="#5b6675", **silent)  # fmt: skip
            return
        body.text(x + 12, y + 17, title, size=12.5, weight=600, width=width - 24, **silent)
        top = y + _HEAD + 4
        if here.ratings:
            left = x + 12
            for rating in here.ratings:
                wide = min(text_width(rating, _SIZE) + 14, x + width - 8 - left)
                if wide < 30:
                    break
                body.rect(left, top, wide, 17, rx=8.5, fill="#0f4c81", **silent)
                body.text(left + wide / 2, top + 12.5, rating, size=_SIZE, anchor="middle", fill="#ffffff", width=wide - 8, **silent)  # fmt: skip
                left += wide + 6
            top += 22
        for line, kind in _lines(here, self.lang, width - 24):
            top += _LINE
            if kind == "first":
                body.circle(x + 11, top - 8, 2, fill=_EDGE, **silent)
            body.text(x + 17, top - 4, line, size=_SIZE, width=width - 18, fill="#5b6675" if kind == "quiet" else "#1b2430", **silent)  # fmt: skip

    def _tell(self, corner: str, title: str) -> str:
        here = self.cells[corner]
        lines = [Line(one.aspect or one.name, self._full(one), one.sources) for one in here.own]
        lines += [Line(place_name(place, self.names, self.lang), self._full(one), one.sources) for place, one in here.inside]  # fmt: skip
        if not lines:
            lines = [Line(title, None)]
        nodes = [self.place, *dict.fromkeys(one.id for one in [*here.own, *(j for _, j in here.inside)])]
        said = sorted({e for one in [*here.own, *(j for _, j in here.inside)] for e in one.sources})
        return self.chart.tell(f"{self.name} · {title}", lines, sources=said, nodes=nodes)

    def _full(self, one: Judgement) -> str:
        return self.chart.words["semicolon"].join(part for part in (one.rating, one.text) if part) or one.name

    def _others(self, body: Svg, x: float, y: float, width: float) -> float:
        """Aspects that are no corner, as they are called."""
        here = self.cells["other"]
        if not here.own:
            return y
        key = self._tell("other", pick(self.lang, "其他方面", "Other aspects"))
        listed = [f"{one.aspect or one.name}{self.chart.words['colon']}{self._full(one)}" for one in here.own]
        height = _LINE * min(len(listed), 5) + 12
        body.rect(x, y, width, height, rx=6, fill="#f7f9fc", stroke="#d9dee6", key=key, tags=(self.place, "other"), tip=f"{self.name} · {pick(self.lang, '其他方面', 'Other aspects')}")  # fmt: skip
        for at, line in enumerate(listed[:5]):
            body.text(x + 12, y + 17 + at * _LINE, line, size=_SIZE, width=width - 24, pointer_events="none", tags=(self.place, "other"))  # fmt: skip
        return y + height

    def rows(self) -> list[list[object]]:
        """The data: one row per judgement, and one for each corner of which nothing is recorded."""
        made: list[list[object]] = []
        for corner in (*CORNERS, "other"):
            here = self.cells[corner]
            title = (
                pick(self.lang, *CORNERS[corner]) if corner in CORNERS else pick(self.lang, "其他方面", "other aspects")
            )
            for place, one in [*((self.place, j) for j in here.own), *here.inside]:
                made.append([self.name, title, place_name(place, self.names, self.lang), one.aspect or None, one.rating, one.text, list(one.sources)])  # fmt: skip
            if not here.own and not here.inside and corner in CORNERS:
                made.append([self.name, title, None, None, None, None, []])
        return made


def _frame(
    chart: Chart, chosen: list[str], names: dict[str, str], found: dict[str, list[Judgement]], rows: list[list[object]], y: float
) -> None:  # fmt: skip
    lang = chart.lang
    if not chosen:
        chart.body.rect(0, 0, chart.width, 120, fill=HATCH, rx=8, stroke="#d9dee6")
        chart.body.rect(chart.width / 2 - 180, 44, 360, 32, fill="#ffffff", rx=4)
        chart.body.text(chart.width / 2, 65, pick(lang, "此框架下的评价未见记载", "no assessment in this framework is recorded"), size=14, anchor="middle")  # fmt: skip
        y = 148
    chart.height = y - 20
    chart.legend = [
        Key(pick(lang, "来源给出评级（照录）", "rated by a source (quoted)"), "box", (_RATED,)),
        Key(pick(lang, "有描述、未给评级", "described, not rated"), "box", (_SAID,)),
    ]
    inside = [
        cell
        for place in chosen
        for cell in corners_of(chart.graph, place, found).values()
        if cell.inside and not cell.own
    ]
    if inside:
        chart.legend.append(Key(pick(lang, "虚框：该地本身未见记载，其中城市有", "dashed: not the place itself, but cities in it"), "line", (_EDGE,), dashed=True))  # fmt: skip
    if chosen:
        chart.filters = [
            Filter(pick(lang, "地方", "Place"), tuple((p, place_name(p, names, lang)) for p in chosen)),
            Filter(pick(lang, "方面", "Aspect"), tuple((c, pick(lang, *text)) for c, text in CORNERS.items())),
        ]
    judged = {one.id for place in chosen for one in found.get(place, ())}
    chart.n = pick(lang, f"{len(judged)} 条评价", f"{len(judged)} assessments")
    if chosen and all(gem_of(found.get(place, [])) is None for place in chosen):
        chart.notes.append(pick(lang, "GEM 指数需六项数值评分，未见记载，故不计算", "the GEM index needs six numeric scores; none are recorded, so it is not computed"))  # fmt: skip
    if lang == "en":
        chart.notes.append("judgements stand in the sources' own words")
    heads = [("地方", "place"), ("要素", "determinant"), ("所评对象", "assessed"), ("来源所称方面", "aspect as stated"), ("评级", "rating"), ("描述", "text"), ("出处", "sources")]  # fmt: skip
    chart.table = pd.DataFrame(rows, columns=[pick(lang, *head) for head in heads], dtype=object)
