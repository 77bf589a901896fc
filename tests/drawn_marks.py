"""What a drawing holds, in its own pixels: texts with their boxes, and shapes that tell something."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.graph.views.style import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aikg.graph.views.chart import Chart

__all__ = ["Text", "crossings", "page_of", "texts_of"]

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """A text and the box that it takes, by the widths that layouts reckon with."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float


def page_of(chart: Chart) -> ET.Element:
    return ET.fromstring(chart.svg())  # noqa: S314 - our own


def texts_of(root: ET.Element, dx: float = 0.0, dy: float = 0.0) -> Iterator[Text]:
    """All texts below an element; groups move what is in them."""
    for element in root:
        moved = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", element.get("transform", ""))
        x, y = (dx + float(moved[1]), dy + float(moved[2])) if moved else (dx, dy)
        if element.tag == f"{SVG}text":
            size = float(element.attrib["font-size"])
            written = "".join(element.itertext()) if element.find(f"{SVG}title") is None else element[0].tail or ""
            width, at = text_width(written, size), x + float(element.attrib["x"])
            left = at - {"start": 0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
            base = y + float(element.attrib["y"])
            yield Text(written, left, left + width, base - 0.75 * size, base + 0.1 * size, size)
        else:
            yield from texts_of(element, x, y)


def crossings(texts: list[Text]) -> list[tuple[str, str]]:
    """Pairs of texts whose boxes lie on each other."""
    return [
        (one.text, other.text)
        for at, one in enumerate(texts)
        for other in texts[at + 1 :]
        if min(one.right, other.right) - max(one.left, other.left) > 1
        and min(one.bottom, other.bottom) - max(one.top, other.top) > 1
    ]
