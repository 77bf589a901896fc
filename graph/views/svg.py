"""Writes SVG as text: presentation attributes only (a page's policy admits no inline style), every text escaped.

A picture must stay readable whatever stands in a name: control characters and direction marks are dropped from what is
drawn, long names end in … with the whole name in the tooltip, and nothing of a name can become markup.
"""

from __future__ import annotations

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from aikg.graph.views.style import FONT_STACK, text_width

__all__ = ["HATCH", "Svg", "cleaned", "shown"]

HATCH = "url(#not-recorded)"
"""Fill of what is not recorded, in every picture."""

# What XML cannot hold, and what would reorder or break the text around it.
_BAD = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]"
)
_LONGEST = 600
# Corners of marks, in units of their radius.
_CORNERS: dict[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "triangle": ((0, -1.15), (1.1, 0.85), (-1.1, 0.85)),
    "triangleDown": ((0, 1.15), (1.1, -0.85), (-1.1, -0.85)),
    "hexagon": ((1.05, 0), (0.53, 0.91), (-0.53, 0.91), (-1.05, 0), (-0.53, -0.91), (0.53, -0.91)),
}


def cleaned(text: str) -> str:
    """Text on one line, without control characters and direction marks, however long it is.

    >>> cleaned("深圳\\u202e市\\n ")
    '深圳 市'
    """
    return " ".join(_BAD.sub(" ", text).split())


def shown(text: object, width: float | None = None, size: float = 12.0) -> str:
    """A name as it is drawn: on one line, without control characters, cut with … to `width` pixels at `size`.

    >>> shown("深圳市\\u202e人工智能行业协会", 60, 12)
    '深圳市…'
    """
    plain = cleaned(str(text)[:_LONGEST])
    if width is None or text_width(plain, size) <= width:
        return plain
    room = width - text_width("…", size)
    used = 0.0
    for at, sign in enumerate(plain):
        used += text_width(sign, size)
        if used > room:
            return plain[:at].rstrip() + "…"
    return plain


class Svg:
    """A drawing in pixels, from the upper left corner. `parts` are elements as text, in the order of drawing.

    `key` of a shape is what its details are kept under (`Chart.tell`), `tags` are what filters look for, `tip` is its
    tooltip.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []

    def element(
        self,
        name: str,
        content: str = "",
        *,
        key: str = "",
        tags: tuple[str, ...] = (),
        tip: str = "",
        **attributes: Any,
    ) -> None:
        """Any element. `content` is markup; attribute names have _ for -, a trailing _ is dropped, None is left out."""
        written = {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items() if v is not None}
        if key:
            written |= {"data-key": key, "tabindex": "0", "role": "button", "aria-label": tip or key}
        if tags:
            written["data-tags"] = " ".join(tag.replace(" ", "_") for tag in tags)
        text = "".join(f" {k}={quoteattr(_value(v))}" for k, v in written.items())
        inside = (f"<title>{escape(shown(tip))}</title>" if tip else "") + content
        self.parts.append(f"<{name}{text}>{inside}</{name}>" if inside else f"<{name}{text}/>")

    def rect(self, x: float, y: float, width: float, height: float, **attributes: Any) -> None:
        self.element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), **attributes)

    def circle(self, x: float, y: float, r: float, **attributes: Any) -> None:
        self.element("circle", cx=x, cy=y, r=max(r, 0), **attributes)

    def line(self, x1: float, y1: float, x2: float, y2: float, **attributes: Any) -> None:
        self.element("line", x1=x1, y1=y1, x2=x2, y2=y2, **{"stroke": "#d9dee6", **attributes})

    def symbol(self, shape: str, x: float, y: float, r: float, **attributes: Any) -> None:
        """A mark of about 2 r around (x, y): dot, square, diamond, triangle, triangleDown or hexagon, as in `LABEL_STYLES`."""
        if shape in _CORNERS:
            corners = [f"{x + dx * r:.2f} {y + dy * r:.2f}" for dx, dy in _CORNERS[shape]]
            self.path("M" + "L".join(corners) + "Z", **{"fill": "#1b2430", **attributes})
        else:
            self.circle(x, y, r, **attributes)

    def path(self, d: str, **attributes: Any) -> None:
        self.element("path", d=d, **{"fill": "none", **attributes})

    def text(
        self,
        x: float,
        y: float,
        text: object,
        *,
        size: float = 12.0,
        width: float | None = None,
        anchor: str = "start",
        fill: str = "#1b2430",
        weight: int | None = None,
        tip: str = "",
        **attributes: Any,
    ) -> None:
        """One line of text at its base line; cut to `width` pixels, then the whole text is its tooltip."""
        cut = shown(text, width, size)
        whole = shown(text)
        self.element(
            "text",
            escape(cut),
            x=x,
            y=y,
            font_size=size,
            fill=fill,
            text_anchor=None if anchor == "start" else anchor,
            font_weight=weight,
            tip=tip or (whole if cut != whole else ""),
            **attributes,
        )

    def group(self, inner: Svg, *, x: float = 0.0, y: float = 0.0, **attributes: Any) -> None:
        """Another drawing, moved to (x, y)."""
        self.element(
            "g", "".join(inner.parts), transform=f"translate({_value(x)} {_value(y)})" if x or y else None, **attributes
        )

    def document(self, width: float, height: float, title: str) -> str:
        """The whole `<svg>` element; it can stand in a page or be a file of its own."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_value(width)} {_value(height)}" '
            f'width="{_value(width)}" height="{_value(height)}" font-family={quoteattr(FONT_STACK)} role="img" '
            f"aria-label={quoteattr(shown(title))}>"
            '<defs><pattern id="not-recorded" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
            '<rect width="6" height="6" fill="#ffffff"/><rect width="2" height="6" fill="#d5dbe3"/></pattern></defs>'
            f'<rect width="{_value(width)}" height="{_value(height)}" fill="#ffffff"/>' + "".join(self.parts) + "</svg>"
        )


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return _BAD.sub(" ", str(value)[:_LONGEST])
