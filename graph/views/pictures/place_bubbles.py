"""Bubbles at the coordinates of cities, with enlarged windows where they crowd, links, and outlines of regions."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.views.chart import Chart, Key
from aikg.graph.views.pictures.place_map import Box, Labels, Window, arc, crowds, fitted, hull_path
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Callable

    from aikg.graph.views.pictures.base_map import BaseMap
    from aikg.graph.views.pictures.place_links import Link

__all__ = ["City", "Scene", "draw_scene"]

FILL, EDGE, INK, SOFT = "#f6b04d", "#8a4f08", "#1b2430", "#5b6675"
# Colours of outlines that stay apart for colour-blind readers (Okabe & Ito 2008), each with a dash of its own.
OUTLINES = (("#0072b2", None), ("#009e73", "7 4"), ("#cc79a7", "2 3"), ("#56b4e9", "10 3 2 3"), ("#7a5195", "5 2"))
LINKS = {"supply": ("#1d4ed8", None), "sites": ("#0f766e", "6 3"), "disputed": ("#b42318", "2 3")}
_LARGEST, _PER_ROOT, _SMALLEST, _UNKNOWN = 30.0, 9.0, 3.0, 5.0
_NEAR, _MOST_WINDOWS = 34.0, 4
# Labels stay readable where a link runs below them.
_HALO: dict[str, Any] = {"stroke": "#f7f9fc", "stroke_width": 3, "stroke_linejoin": "round", "paint_order": "stroke"}


@dataclass(frozen=True)
class City:
    """A city to draw: `n` is None where nothing is recorded; `tags` are what filters look for."""

    id: str
    name: str
    latitude: float
    longitude: float
    n: int | None
    disputed: bool = False
    tags: tuple[str, ...] = ()


@dataclass
class Scene:
    """What is drawn: cities, links between them, regions as (id, name, ids of their cities)."""

    cities: list[City]
    links: list[Link] = field(default_factory=list)
    regions: list[tuple[str, str, list[str]]] = field(default_factory=list)
    base: BaseMap | None = None
    containers: list[tuple[str, set[str]]] = field(default_factory=list)
    """Names that an enlarged window may have: (region, its cities), the smallest first."""


def draw_scene(
    chart: Chart, scene: Scene, main: Box, side: Box, tell: Callable[[str], str], tell_link: Callable[[Link], str]
) -> Box:
    """Draw the map into `main` and enlarged windows into `side`; returns the room that is left of it for lists."""
    scale = _scale(scene.cities)
    radius = {c.id: _radius(c.n, scale) for c in scene.cities}
    if any(c.n is not None and scale * math.sqrt(c.n) < _SMALLEST for c in scene.cities):
        chart.notes.append(pick(chart.lang, "最小的圆按最小可见大小画", "the smallest circles are drawn at the least visible size"))  # fmt: skip
    points = [(c.latitude, c.longitude) for c in scene.cities]
    if scene.base is None:
        window = fitted(points, main, pad=_LARGEST + 14)
    else:
        window = Window(scene.base.west, scene.base.south, scene.base.east, scene.base.north, main)
    at = {c.id: window.point(c.latitude, c.longitude) for c in scene.cities}
    groups = crowds(at, _NEAR, main.width / 2.6, _MOST_WINDOWS)
    panel = _Panel(chart, scene, radius, tell, tell_link)
    chart.body.rect(main.x, main.y, main.width, main.height, rx=6, fill="#f7f9fc", stroke="#d9dee6")
    if scene.base is not None:
        scene.base.draw(chart.body, main)
    enlarged = {i for group in groups for i in group}
    panel.draw(window, [c.id for c in scene.cities], quiet=enlarged, regions=True, size_key=True)
    gap, columns = 14.0, 2 if len(groups) > 1 else 1
    width = (side.width - gap * (columns - 1)) / columns
    height = min(width * 0.8, 214.0)
    for order, group in enumerate(groups):
        column, row = order % columns, order // columns
        x, y = side.x + column * (width + gap), side.y + row * (height + 22 + gap)
        frame = Box(x, y + 22, width, height)
        ids = [i for i in group if i in at]
        inner = fitted([(c.latitude, c.longitude) for c in scene.cities if c.id in ids], frame, pad=46)
        within = [c.id for c in scene.cities if inner.holds(c.latitude, c.longitude) and c.id in ids]
        letter = "ABCDEFGH"[order]
        chart.body.text(
            x, y + 14, f"{letter} · {_container(chart, scene, within)}", size=13, weight=600, width=width + gap - 2
        )
        chart.body.rect(frame.x, frame.y, frame.width, frame.height, rx=6, fill="#f7f9fc", stroke="#aab3bf", stroke_dasharray="5 3")  # fmt: skip
        panel.draw(inner, within)
        _mark(chart, [(*at[i], radius[i]) for i in ids], letter)
    _legend(chart, scene)
    rows, rest = -(-len(groups) // columns), len(groups) % columns
    if rest:  # beside the last window
        x, y = side.x + rest * (width + gap), side.y + (rows - 1) * (height + 22 + gap)
        return Box(x, y, side.x + side.width - x, side.height - y)
    y = side.y + rows * (height + 22 + gap)
    return Box(side.x, y, side.width, side.height - y)


def _scale(cities: list[City]) -> float:
    """Radius of one thing: area is proportional to the number, the largest city has the largest circle."""
    highest = max((c.n or 0 for c in cities), default=0)
    return min(_LARGEST / math.sqrt(highest), _PER_ROOT) if highest else _PER_ROOT


def _radius(n: int | None, scale: float) -> float:
    return _UNKNOWN if n is None else max(scale * math.sqrt(n), _SMALLEST)


def _container(chart: Chart, scene: Scene, ids: list[str]) -> str:
    number = pick(chart.lang, f"{len(ids)} 座城市", f"{len(ids)} cities")
    for name, members in scene.containers:
        if set(ids) <= members:
            return f"{name}{chart.words['open']}{number}{chart.words['shut']}"
    return number


def _mark(chart: Chart, circles: list[tuple[float, float, float]], letter: str) -> None:
    """Where an enlarged window lies on the map."""
    left, right = min(x - r for x, _, r in circles) - 5, max(x + r for x, _, r in circles) + 5
    top, bottom = min(y - r for _, y, r in circles) - 5, max(y + r for _, y, r in circles) + 5
    chart.body.rect(left, top, right - left, bottom - top, rx=4, fill="none", stroke="#5b6675", stroke_dasharray="5 3", pointer_events="none")  # fmt: skip
    chart.body.rect(left - 1, top - 15, 16, 15, rx=3, fill="#5b6675", pointer_events="none")
    chart.body.text(left + 7, top - 3.5, letter, size=12, weight=600, fill="#ffffff", anchor="middle", pointer_events="none")  # fmt: skip


@dataclass
class _Panel:
    chart: Chart
    scene: Scene
    radius: dict[str, float]
    tell: Callable[[str], str]
    tell_link: Callable[[Link], str]

    def draw(
        self,
        window: Window,
        ids: list[str],
        *,
        quiet: set[str] | frozenset[str] = frozenset(),
        regions: bool = False,
        size_key: bool = False,
    ) -> None:
        """Regions, links, bubbles and labels in one window; `quiet` cities are labelled in a window of their own."""
        inside = set(ids)
        cities = [c for c in self.scene.cities if c.id in inside]
        at = {c.id: window.point(c.latitude, c.longitude) for c in cities}
        labels = Labels(Box(window.box.x + 3, window.box.y + 3, window.box.width - 6, window.box.height - 6))
        for c in cities:
            labels.circle(*at[c.id], self.radius[c.id])
        crowded = [(*at[i], self.radius[i]) for i in sorted(quiet & inside)]
        if crowded:
            self._keep_marks_free(labels, inside & quiet, at)
        if size_key:
            self._sizes(labels, window.box)
            if self.scene.base is not None:
                self._number(labels, window.box)
        if regions:
            self._regions(labels, at)
        self._links(at)
        ordered = sorted(cities, key=lambda c: (-self.radius[c.id], c.id))
        for c in ordered:
            self._bubble(c, at[c.id])
        for c in ordered:
            if c.id not in quiet:
                self._label(labels, c, at[c.id])

    def _keep_marks_free(self, labels: Labels, ids: set[str], at: dict[str, tuple[float, float]]) -> None:
        for group in crowds({i: at[i] for i in ids}, _NEAR, 1e9, 99):
            xs, ys, r = [at[i][0] for i in group], [at[i][1] for i in group], max(self.radius[i] for i in group)
            labels.taken.append(Box(min(xs) - r - 6, min(ys) - r - 21, max(xs) - min(xs) + 2 * r + 12, max(ys) - min(ys) + 2 * r + 27))  # fmt: skip

    def _bubble(self, c: City, point: tuple[float, float]) -> None:
        known = c.n is not None
        said = str(c.n) if known else self.chart.words["not_recorded"]
        self.chart.body.circle(
            *point, self.radius[c.id], fill=FILL if known else HATCH, fill_opacity=0.82 if known else None,
            stroke=EDGE if known else "#8b95a3", stroke_width=1.2, key=self.tell(c.id), tags=(c.id, *c.tags),
            stroke_dasharray="3 2" if c.disputed else None, tip=f"{c.name}{self.chart.words['colon']}{said}",
        )  # fmt: skip

    def _label(self, labels: Labels, c: City, point: tuple[float, float]) -> None:
        text = c.name if c.n is None else f"{c.name} {c.n}"
        size = 12.0 if c.n is not None else 11.0
        r = self.radius[c.id]
        found = labels.place(*point, r, text, size)
        if found is None:  # the tooltip and the table still have it
            return
        box, away = found
        own = (c.id, *c.tags)
        if away:
            dx, dy = box.x + box.width / 2 - point[0], box.y + box.height / 2 - point[1]
            far = math.hypot(dx, dy)
            end = (min(max(point[0], box.x), box.x + box.width), min(max(point[1], box.y), box.y + box.height))
            self.chart.body.line(point[0] + dx / far * r, point[1] + dy / far * r, *end, stroke="#8b95a3", stroke_width=0.8, tags=own)  # fmt: skip
        self.chart.body.text(box.x, box.y + size, text, size=size, fill=INK if c.n is not None else SOFT, weight=600 if c.n is not None else None, tags=own, **_HALO)  # fmt: skip

    def _regions(self, labels: Labels, at: dict[str, tuple[float, float]]) -> None:
        for order, (region, name, members) in enumerate(self.scene.regions):
            circles = [(*at[i], self.radius[i]) for i in members if i in at]
            if not circles:
                continue
            color, dash = OUTLINES[order % len(OUTLINES)]
            path, (x, y) = hull_path(circles)
            self.chart.body.path(
                path, fill=color, fill_opacity=0.09, stroke=color, stroke_width=1.6, stroke_dasharray=dash,
                stroke_linejoin="round", key=self.chart.tell_node(region), tags=(region,), tip=name,
            )  # fmt: skip
            found = labels.place(x, y, 2, name, 12.5)
            if found is not None:
                self.chart.body.text(found[0].x, found[0].y + 12.5, name, size=12.5, weight=600, fill=color, tags=(region,), **_HALO)  # fmt: skip

    def _links(self, at: dict[str, tuple[float, float]]) -> None:
        for link in self.scene.links:
            if link.start in at and link.end in at:
                color, dash = LINKS[link.kind]
                self.chart.body.path(
                    arc(at[link.start], at[link.end]), stroke=color, stroke_opacity=0.7, stroke_linecap="round",
                    stroke_width=min(1.6 + 0.8 * (len(link.things) - 1), 6.0), stroke_dasharray=dash,
                    key=self.tell_link(link), tags=(link.start, link.end, *link.tags), tip=link.title,
                )  # fmt: skip

    def _sizes(self, labels: Labels, box: Box) -> None:
        """Circles of round numbers in the lower left corner, as a scale."""
        numbers = [c.n for c in self.scene.cities if c.n is not None]
        if not numbers:
            return
        highest, scale = max(numbers), _scale(self.scene.cities)
        shown = sorted({1, _round(highest / 4), highest})
        x, base = box.x + 14.0, box.y + box.height - 12.0
        for n in shown:
            r = _radius(n, scale)
            self.chart.body.circle(x + r, base - r, r, fill="none", stroke=EDGE, stroke_width=1)
            self.chart.body.text(x + 2 * r + 4, base - 2, n, size=11, fill=SOFT)
            x += 2 * r + 30
        top = base - 2 * _radius(highest, scale)
        labels.taken.append(Box(box.x, top - 6, x - box.x, box.y + box.height - top + 6))

    def _number(self, labels: Labels, box: Box) -> None:
        """The base map's number, on the map itself."""
        if self.scene.base is None:
            return
        text = pick(
            self.chart.lang, f"底图审图号：{self.scene.base.number}", f"base map 审图号: {self.scene.base.number}"
        )
        found = labels.place(box.x + box.width, box.y + box.height - 8, 0, text, 12, far=True)
        spot = found[0] if found else Box(box.x + box.width - 250, box.y + box.height - 20, 240, 15)
        self.chart.body.rect(spot.x - 4, spot.y - 1, spot.width + 8, spot.height + 4, rx=3, fill="#ffffff", opacity=0.9)
        self.chart.body.text(spot.x, spot.y + 12, text, size=12, weight=600)


def _round(value: float) -> int:
    """A number with one digit that says something: 9.75 is 10, 43 is 40."""
    if value < 1:
        return 1
    step = 10 ** math.floor(math.log10(value))
    return int(round(value / step) * step)


def _legend(chart: Chart, scene: Scene) -> None:
    lang = chart.lang
    if any(c.disputed for c in scene.cities):
        chart.legend.append(Key(pick(lang, "虚线圆：含总部有矛盾的企业", "dashed circle: with firms of disputed headquarters"), "line", (EDGE,), dashed=True))  # fmt: skip
    kinds = {link.kind for link in scene.links}
    for kind, zh, en in (
        ("supply", "供应（按供应关系数加粗）", "deliveries (wider: more of them)"),
        ("sites", "企业在两地均有记载", "firm recorded in both cities"),
        ("disputed", "总部有矛盾：两地均有记载", "disputed headquarters: recorded in both"),
    ):
        if kind in kinds:
            color, dash = LINKS[kind]
            chart.legend.append(Key(pick(lang, zh, en), "line", (color,), dashed=dash is not None))
