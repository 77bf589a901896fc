"""Whether names and figures of a drawing lie on top of one another, as a browser measures them."""

from __future__ import annotations

from typing import Any

__all__ = ["outside", "overlaps"]

_BOXES = """() => [...picture.querySelectorAll('text')].filter(t => t.textContent.trim() && !t.closest('[transform*="rotate"]')).map(t => {
    const b = t.getBoundingClientRect(), z = picture.getBoundingClientRect();
    return [t.firstChild && t.querySelector('title') ? t.textContent.replace(t.querySelector('title').textContent, '') : t.textContent,
            b.left - z.left, b.top - z.top, b.right - z.left, b.bottom - z.top, z.width]; })"""


def overlaps(page: Any) -> list[tuple[str, str]]:
    """Pairs of level texts that cover each other by more than 2 pixels in width and 4 in height."""
    boxes = page.evaluate(_BOXES)
    return [
        (one[0], other[0])
        for at, one in enumerate(boxes)
        for other in boxes[at + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 2 and min(one[4], other[4]) - max(one[2], other[2]) > 4
    ]


def outside(page: Any) -> list[str]:
    """Level texts that leave the drawing at its sides."""
    return [box[0] for box in page.evaluate(_BOXES) if box[1] < -1 or box[3] > box[5] + 1]
