"""Geometry of a map without boundaries: projection, groups of crowded points, hulls, and labels that do not overlap."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aikg.graph.views.style import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["Box", "Labels", "Window", "arc", "crowds", "fitted", "hull_path"]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Box, gap: float = 0.0) -> bool:
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )

    def holds(self, other: Box) -> bool:
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.x + other.width <= self.x + self.width
            and other.y + other.height <= self.y + self.height
        )


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the earth in a box, equirectangular: degrees of longitude are shortened by the cosine of the middle latitude.

    `west`, `south`, `east`, `north` in degrees (WGS-84), `box` in pixels.
    """

    west: float
    south: float
    east: float
    north: float
    box: Box

    def point(self, latitude: float, longitude: float) -> Point:
        """Pixels of a point.

        >>> Window(100, 20, 110, 30, Box(0, 0, 100, 100)).point(25, 105)
        (50.0, 50.0)
        """
        x = self.box.x + (longitude - self.west) / (self.east - self.west) * self.box.width
        y = self.box.y + (self.north - latitude) / (self.north - self.south) * self.box.height
        return x, y

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.west <= longitude <= self.east and self.south <= latitude <= self.north


def fitted(points: Iterable[Point], box: Box, *, pad: float = 44.0, least: float = 1.2) -> Window:
    """The window that shows all (latitude, longitude) `points` in `box` with the same scale north and east.

    At least `least` degrees high, so that one city alone is no infinite scale.
    """
    listed = list(points) or [(35.0, 105.0)]
    south, north = min(p[0] for p in listed), max(p[0] for p in listed)
    west, east = min(p[1] for p in listed), max(p[1] for p in listed)
    shrink = max(math.cos(math.radians((south + north) / 2)), 0.05)
    inner_w, inner_h = max(box.width - 2 * pad, 1.0), max(box.height - 2 * pad, 1.0)
    # Degrees of latitude per pixel: the wider of what height and width need.
    scale = max((north - south) / inner_h, (east - west) * shrink / inner_w, least / inner_h)
    high, wide = scale * box.height, scale * box.width / shrink
    lat, lon = (south + north) / 2, (west + east) / 2
    return Window(lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2, box)


def crowds(points: Mapping[str, Point], near: float, widest: float, most: int = 4) -> list[list[str]]:
    """Groups of at least three points, each within `near` pixels of another of its group, none wider than `widest`.

    A group that is too wide is split by a smaller distance. The largest `most` groups, from north to south.
    """
    groups: list[list[str]] = []
    waiting = [(sorted(points), near)]
    while waiting:
        ids, distance = waiting.pop()
        for group in _linked(ids, points, distance):
            if len(group) < 3:
                continue
            xs, ys = [points[i][0] for i in group], [points[i][1] for i in group]
            if max(max(xs) - min(xs), max(ys) - min(ys)) <= widest:
                groups.append(group)
            elif distance > 4:
                waiting.append((group, distance * 0.7))
    chosen = sorted(groups, key=lambda g: (-len(g), g))[:most]
    return sorted(chosen, key=lambda g: (min(points[i][1] for i in g), g))


def _linked(ids: Sequence[str], points: Mapping[str, Point], distance: float) -> list[list[str]]:
    # A grid of cells as wide as the distance: only neighbours are compared.
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for i in ids:
        cells[int(points[i][0] // distance), int(points[i][1] // distance)].append(i)
    seen: set[str] = set()
    groups = []
    for start in ids:
        if start in seen:
            continue
        seen.add(start)
        group, edge = [], [start]
        while edge:
            one = edge.pop()
            group.append(one)
            cx, cy = int(points[one][0] // distance), int(points[one][1] // distance)
            for other in [i for dx in (-1, 0, 1) for dy in (-1, 0, 1) for i in cells.get((cx + dx, cy + dy), ())]:
                if other not in seen and math.dist(points[one], points[other]) <= distance:
                    seen.add(other)
                    edge.append(other)
        groups.append(sorted(group))
    return groups


def hull_path(circles: Sequence[tuple[float, float, float]], margin: float = 9.0) -> tuple[str, Point]:
    """An outline around circles (x, y, r) as path, `margin` pixels away; and its topmost point, for a label.

    The convex hull (Andrew's monotone chain, 1979) of points on the widened circles; one circle gives a ring.
    """
    points = sorted(
        {
            (
                round(x + (r + margin) * math.cos(math.tau * step / 24), 2),
                round(y + (r + margin) * math.sin(math.tau * step / 24), 2),
            )
            for x, y, r in circles
            for step in range(24)
        }
    )
    outline = _half(points)[:-1] + _half(points[::-1])[:-1]
    top = min(outline, key=lambda p: (p[1], p[0]))
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in outline) + " Z", top


def _half(points: Sequence[Point]) -> list[Point]:
    made: list[Point] = []
    for p in points:
        while len(made) > 1:
            (ax, ay), (bx, by) = made[-2], made[-1]
            if (bx - ax) * (p[1] - ay) - (by - ay) * (p[0] - ax) > 0:
                break
            made.pop()
        made.append(p)
    return made


def arc(start: Point, end: Point, bend: float = 0.18) -> str:
    """A curve between two points, bent to its left, so that there and back are two curves."""
    (x1, y1), (x2, y2) = start, end
    cx, cy = (x1 + x2) / 2 - (y2 - y1) * bend, (y1 + y2) / 2 + (x2 - x1) * bend
    return f"M{x1:.1f} {y1:.1f} Q{cx:.1f} {cy:.1f} {x2:.1f} {y2:.1f}"


@dataclass
class Labels:
    """Places labels beside circles inside `frame`, where nothing else is.

    Taken are all circles and what `taken` lists; a label that finds no room at its circle stands further away, up to
    `farthest` pixels, and is then to be joined to it by a line.
    """

    frame: Box
    taken: list[Box] = field(default_factory=list)
    farthest: float = 60.0

    def circle(self, x: float, y: float, r: float) -> None:
        """Keep labels off a circle."""
        side = r * 0.92  # corners of the box are free
        self.taken.append(Box(x - side, y - side, 2 * side, 2 * side))

    def place(
        self, x: float, y: float, r: float, text: str, size: float, *, far: bool = True
    ) -> tuple[Box, bool] | None:
        """Room for the text: its box, and whether it stands away from its circle; None where there is none."""
        width, height = text_width(text, size), size * 1.25
        distance = r + 4.0
        while distance <= r + (self.farthest if far else 4.0):
            for angle in (0, 180, 90, 270, 30, 330, 150, 210, 60, 300, 120, 240):
                dx, dy = math.cos(math.radians(angle)), math.sin(math.radians(angle))
                px, py = x + dx * distance, y + dy * distance
                left = px if dx > 0.3 else px - width if dx < -0.3 else px - width / 2
                upper = py if dy > 0.85 else py - height if dy < -0.85 else py - height / 2
                box = Box(left, upper, width, height)
                if self.frame.holds(box) and not any(box.meets(other, 1.5) for other in self.taken):
                    self.taken.append(box)
                    return box, distance > r + 5
            distance += 9.0
        return None
