"""Draws the matrix of places, the tree of their likeness, their means, and the pairs that are most alike."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import broken, words_of
from aikg.graph.views.chart import Line
from aikg.graph.views.pictures.heatmap_cells import RAMP
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    import pandas as pd

    from aikg.graph.analysis.policy_inputs import Focus
    from aikg.graph.views.chart import Chart
    from aikg.graph.views.pictures.similarity_order import Tree

__all__ = ["OWN", "STEPS", "Scene", "draw_matrix"]

STEPS = (0.1, 0.2, 0.3, 0.5)
"""Upper ends of the classes of a cosine, the same for every level and weighting, so that pictures can be compared."""
_LEFT, _TREE, _BARS, _LIKEST = 104.0, 110.0, 150.0, 170.0
_CELL = (34.0, 62.0)
_HEAD_SIZE, _LINE = 12.0, 14.0
OWN = "#f4f6f9"
_NONE_EDGE = "#b6bec9"


class Scene:
    """What drawing needs: the measures, and names in the language of the picture."""

    def __init__(
        self,
        chart: Chart,
        found: Focus,
        names: dict[str, str],
        numbers: dict[str, int],
        value: dict[tuple[str, str], float],
        pairs: pd.DataFrame,
        means: pd.DataFrame,
        min_count: int,
    ) -> None:
        self.chart, self.found, self.names, self.numbers, self.value = chart, found, names, numbers, value
        self.pairs = {(row.place_id, row.other_id): row for row in records(pairs)}
        self.means = {row.place_id: row for row in records(means) if row.kind == "place"}
        self.min_count = min_count

    def reason(self, place: str) -> str:
        """Why a place is not compared."""
        n = self.numbers[place]
        return pick(
            self.chart.lang,
            f"有记载的重点 {n} 个，不足 {self.min_count} 个",
            f"{n} focus{'es' if n != 1 else ''} on record, fewer than {self.min_count}",
        )


def draw_matrix(scene: Scene, order: list[str], tree: Tree) -> None:
    chart, body, lang = scene.chart, scene.chart.body, scene.chart.lang
    if not order:
        body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
        body.rect(chart.width / 2 - 160, 42, 320, 36, fill="#ffffff")
        body.text(
            chart.width / 2,
            65,
            pick(lang, "政策重点：未见记载", "policy focuses: not recorded"),
            size=14,
            anchor="middle",
        )
        chart.height = 120
        return
    least, largest = _CELL
    # Beside a wide matrix there is no room for the tree and the means; the table and the details have them.
    side = len(order) * least + _LEFT + _TREE + _BARS <= chart.width
    room = chart.width - _LEFT - (_TREE + _BARS + 20 if side else 0)
    cell = min(largest, room / len(order))
    height = max(min(cell, 40.0), 22.0) if cell < least else min(cell, 46.0)
    # A size smaller, where a word would not fit a column.
    wide = any(text_width(word, _HEAD_SIZE) > cell - 3 for place in order for word in words_of(scene.names[place]))
    size = _HEAD_SIZE - 1 if wide else _HEAD_SIZE
    heads = {place: broken(scene.names[place], cell - 3, size, 4) for place in order}
    top = max(len(lines) for lines in heads.values()) * _LINE + 8
    for column, place in enumerate(order):
        x = _LEFT + column * cell + cell / 2
        for at, line in enumerate(heads[place]):
            body.text(x, top - 6 - (len(heads[place]) - 1 - at) * _LINE, line, size=size, anchor="middle", tags=(place, *_others(order, place)), tip=scene.names[place])  # fmt: skip
    for row, place in enumerate(order):
        y = top + row * height
        body.text(_LEFT - 8, y + height / 2 + 4.5, scene.names[place], size=12.5, anchor="end", width=_LEFT - 12, key=_told_place(scene, place), tags=(place,))  # fmt: skip
        for column, other in enumerate(order):
            _draw_cell(scene, place, other, _LEFT + column * cell, y, cell, height)
    right = _LEFT + len(order) * cell
    if side:
        _draw_tree(scene, tree, order, right + 12, top, height)
        _draw_means(scene, order, right + 12 + _TREE + 26, top, height)
        _draw_likest(scene, order, right + 12 + _TREE + 26 + _BARS + 14, top, len(order) * height)
    chart.height = top + len(order) * height + 6


def _others(order: list[str], place: str) -> tuple[str, ...]:
    """The head of a column stands for every row."""
    return tuple(other for other in order if other != place)


def _draw_cell(scene: Scene, place: str, other: str, x: float, y: float, width: float, height: float) -> None:
    chart, lang = scene.chart, scene.chart.lang
    names = scene.names
    middle = (x + width / 2, y + height / 2 + 4.5)
    if place == other:
        n = scene.numbers[place]
        few = n < scene.min_count
        tip = f"{names[place]}{chart.words['colon']}" + (scene.reason(place) if few else pick(lang, f"{n} 个重点", f"{n} focuses"))  # fmt: skip
        chart.body.rect(x + 1, y + 1, width - 2, height - 2, rx=2, fill=HATCH if few else OWN, stroke="#ccd3dc", key=_told_place(scene, place), tags=(place,), tip=tip)  # fmt: skip
        if few:
            chart.body.rect(
                middle[0] - 13, y + height / 2 - 9, 26, 18, fill="#ffffff", pointer_events="none", tags=(place,)
            )
        chart.body.text(
            *middle, f"n={n}", size=10.8, anchor="middle", fill="#5b6675", pointer_events="none", tags=(place,)
        )
        return
    x_, fill, ink, text, edge = scene.value.get((place, other), math.nan), HATCH, "#5b6675", "", None
    tip = f"{names[place]} – {names[other]}{chart.words['colon']}"
    if math.isnan(x_):
        tip += pick(lang, "；", "; ").join(f"{names[p]} {scene.reason(p)}" for p in (place, other) if scene.numbers[p] < scene.min_count) or chart.words["not_recorded"]  # fmt: skip
    elif x_ == 0:
        fill, text, ink, edge = "#ffffff", "0", "#3b4655", _NONE_EDGE
        tip += pick(lang, "0，所记载的重点无一相同", "0, none of the focuses on record is shared")
    else:
        shade = sum(x_ > step for step in STEPS)
        fill, text, ink = RAMP[shade], f"{x_:.2f}", "#ffffff" if shade > 2 else "#1b2430"
        tip += f"{x_:.2f}"
    chart.body.rect(x + 1, y + 1, width - 2, height - 2, rx=2, fill=fill, stroke=edge, stroke_width=1 if edge else None, key=_told_pair(scene, place, other), tags=(place, other), tip=tip)  # fmt: skip
    if text:
        chart.body.text(*middle, text, size=12 if width >= 34 else 10.8, anchor="middle", fill=ink, pointer_events="none", tags=(place, other))  # fmt: skip


def _draw_tree(scene: Scene, tree: Tree, order: list[str], x: float, top: float, height: float) -> None:
    """The clustering: a join at its mean distance (1 − cosine), 0 at the matrix, 1 at the far end."""
    body = scene.chart.body
    for join in tree.joins:
        upper, lower = (top + (at + 0.5) * height for at in (join.upper, join.lower))
        here, near, far = (x + part * _TREE for part in (join.distance, join.upper_distance, join.lower_distance))
        body.path(f"M{near:.1f} {upper:.1f}H{here:.1f}V{lower:.1f}H{far:.1f}", stroke="#7a8492", stroke_width=1.2)
    if tree.joins:
        end = top + len(order) * height
        joined = pick(scene.chart.lang, "距离 1−余弦", "distance 1−cosine")
        body.text(x + _TREE / 2, top - 20, joined, size=10.8, anchor="middle", fill="#5b6675")
        for share in (0.0, 0.5, 1.0):
            body.text(x + share * _TREE, top - 5, f"{share:g}", size=10.8, anchor="middle", fill="#7a8492")
            body.line(x + share * _TREE, top, x + share * _TREE, end, stroke="#eef1f5")


def _draw_means(scene: Scene, order: list[str], x: float, top: float, height: float) -> None:
    """How alike each place is to the others on average; hatched where it is not compared."""
    chart, body = scene.chart, scene.chart.body
    body.text(
        x, top - 5, pick(chart.lang, "与其他地方的平均", "mean to the others"), size=10.8, fill="#5b6675", width=_BARS
    )
    known = [row.value for row in scene.means.values() if not math.isnan(row.value)]
    longest = max([*known, 0.01])
    for at, place in enumerate(order):
        y = top + at * height + height / 2
        row = scene.means.get(place)
        tags, key = (place,), _told_place(scene, place)
        if row is None or math.isnan(row.value):
            tip = scene.reason(place) if scene.numbers[place] < scene.min_count else chart.words["not_recorded"]
            body.rect(
                x, y - 8, _BARS - 46, 16, fill=HATCH, stroke="#c3cad4", stroke_width=0.8, key=key, tags=tags, tip=tip
            )
            body.text(x + _BARS - 40, y + 4.5, f"n < {scene.min_count}", size=11, fill="#5b6675", tags=tags, tip=tip)
            continue
        width = row.value / longest * (_BARS - 46)
        body.rect(x, y - 8, max(width, 1), 16, rx=2, fill="#3a79bd", key=key, tags=tags, tip=f"{scene.names[place]} {row.value:.2f}")  # fmt: skip
        body.text(x + max(width, 1) + 6, y + 4.5, "0" if row.value == 0 else f"{row.value:.2f}", size=11.5, tags=tags)


def _draw_likest(scene: Scene, order: list[str], x: float, top: float, height: float) -> None:
    """The pairs that are most alike, with what they share: what a reader looks for first."""
    chart, body, names = scene.chart, scene.chart.body, scene.names
    width = chart.width - x
    pairs = [row for row in scene.pairs.values() if row.value > 0 and {row.place_id, row.other_id} <= set(order)]
    if width < _LIKEST or not pairs:
        return
    body.text(x, top - 5, pick(chart.lang, "最相像的几对与其共同重点", "Most alike, and what they share"), size=10.8, fill="#5b6675", width=width)  # fmt: skip
    y = top + 4
    for row in sorted(pairs, key=lambda row: (-row.value, row.place_id, row.other_id)):
        shared = set(scene.found.items(row.place_id)) & set(scene.found.items(row.other_id))
        said = broken(chart.words["list"].join(sorted(names.get(item, item) for item in shared)), width - 8, 11, 3)
        if y + 20 + len(said) * _LINE > top + height:
            break
        tags = (row.place_id, row.other_id)
        title = f"{names[row.place_id]} – {names[row.other_id]}"
        key = _told_pair(scene, row.place_id, row.other_id)
        body.text(x, y + 12, title, size=12, weight=600, width=width - 40, key=key, tags=tags)
        body.text(chart.width, y + 12, f"{row.value:.2f}", size=12, weight=600, anchor="end", tags=tags)
        for at, line in enumerate(said):
            body.text(x, y + 27 + at * _LINE, line, size=11, fill="#5b6675", tags=tags)
        y += 26 + len(said) * _LINE


def _told_place(scene: Scene, place: str) -> str:
    """What a place focuses on, who says so, and its mean cosine."""
    chart, lang = scene.chart, scene.chart.lang
    row = scene.means.get(place)
    lines = [Line(pick(lang, "有记载的重点", "focuses on record"), str(scene.numbers[place]))]
    if scene.numbers[place] < scene.min_count:
        lines.append(Line(pick(lang, "不作比较", "not compared"), scene.reason(place)))
    if row is not None:
        mean = None if math.isnan(row.value) else f"{row.value:.2f}"
        lines.append(Line(pick(lang, "与其他地方的平均", "mean to the others"), mean))
        away = None if math.isnan(row.distance) else f"{row.distance:.2f}"
        lines.append(Line(pick(lang, "与国家政策重点的距离", "distance to national policy"), away))
    items = scene.found.items(place)
    lines += [_said(scene, place, item, scene.names.get(item, item)) for item in items]
    return chart.tell(scene.names[place], lines, sources=scene.found.sources(place), nodes=[place, *items])


def _told_pair(scene: Scene, place: str, other: str) -> str:
    """Both cosines, and each shared focus with who names it on either side."""
    chart, lang, names = scene.chart, scene.chart.lang, scene.names
    row = scene.pairs[(place, other) if (place, other) in scene.pairs else (other, place)]
    for_both = [
        ("idf", pick(lang, "余弦（idf 加权）", "cosine (idf)")),
        ("plain", pick(lang, "余弦（等权）", "cosine (plain)")),
    ]
    lines = []
    for column, text in for_both:
        x = float(getattr(row, column))
        lines.append(Line(text, None if math.isnan(x) else f"{x:.2f}"))
    lines += [
        Line(pick(lang, "不作比较", "not compared"), f"{names[p]}{chart.words['colon']}{scene.reason(p)}")
        for p in (place, other)
        if scene.numbers[p] < scene.min_count
    ]
    shared = sorted(set(scene.found.items(place)) & set(scene.found.items(other)))
    lines.append(Line(pick(lang, "共同的重点", "shared focuses"), str(len(shared)) if shared else pick(lang, "记载中没有", "none on record")))  # fmt: skip
    for item in shared:
        lines += [_said(scene, p, item, f"{names.get(item, item)} · {names[p]}") for p in (place, other)]
    cited = sorted({entry for p in (place, other) for entry in scene.found.sources(p)})
    return chart.tell(f"{names[place]} – {names[other]}", lines, sources=cited, nodes=[place, other, *shared])


def _said(scene: Scene, place: str, item: str, title: str) -> Line:
    by = scene.found.named[place, item]
    who = [scene.names[one] for one in by]
    return Line(title, scene.chart.words["list"].join(who), tuple(sorted({e for said in by.values() for e in said})))
