"""How the states of a segment in a place look, in every picture that shows them: a colour, an outline and a word each.

The states are those of `graph.analysis.coverage` (``STATES``). Six of them cannot be told apart by colour alone, so that
what is only said is dashed, what is not recorded hatched, and none has a 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aikg.graph.analysis.coverage import STATES
from aikg.graph.views.chart import Key
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.views.svg import Svg

__all__ = ["LANES", "LOOKS", "NO_LANE", "Look", "draw_state", "state_keys", "state_word"]


LANES = (
    ("#1d4ed8", "#f1f6ff", "#b9cff8"),
    ("#6d3fc0", "#f7f3ff", "#d5c6f3"),
    ("#047857", "#effbf5", "#a9dcc8"),
    ("#9a5b00", "#fff8ea", "#e8cf9d"),
)
"""Colour, ground and outline of the layers, from upstream to downstream; `NO_LANE` is for what belongs to none."""
NO_LANE = ("#5b6675", "#f6f7f9", "#d3d9e2")


@dataclass(frozen=True)
class Look:
    """Fill, ink and outline of a state, and its words: a short one for a mark, a long one for legends."""

    fill: str
    ink: str
    edge: str
    short: tuple[str, str]
    long: tuple[str, str]
    dashed: bool = False


LOOKS: dict[str, Look] = {
    "strong": Look("#0f4c81", "#ffffff", "#0f4c81", ("强", "strong"), ("强：不少于 3 家且区位商 ≥ 1", "strong: 3 firms or more, LQ ≥ 1")),
    "present": Look("#7fb2dc", "#10243a", "#4f8dc0", ("有", "present"), ("有：不少于 3 家", "present: 3 firms or more")),
    "thin": Look("#dcebf7", "#10243a", "#8fb6d8", ("薄弱", "thin"), ("薄弱：1–2 家", "thin: 1 or 2 firms")),
    "stated": Look("#fff8ec", "#8a4b08", "#c77d1e", ("仅提及", "stated"), ("仅提及：园区、政策等提到，未见企业", "stated: named by parks or policies, no firm"), dashed=True),
    "none": Look("#ffffff", "#3b4655", "#8b95a3", ("0 无", "0 none"), ("0 无：已声明数据完整，一家也没有", "0 none: data declared complete, no firm")),
    "not recorded": Look(HATCH, "#5b6675", "#aab3bf", ("未见记载", "not recorded"), ("未见记载", "not recorded")),
}  # fmt: skip


def state_word(state: str, lang: str) -> str:
    """The short word of a state.

    >>> state_word("stated", "zh")
    '仅提及'
    """
    return LOOKS[state].short[lang == "en"]


def state_keys(lang: str, states: Sequence[str] = STATES) -> list[Key]:
    """Entries of a legend; *not recorded* is left to the frame, which adds it to every legend."""
    made = []
    for state in STATES:
        look = LOOKS[state]
        if state in states and state != "not recorded":
            made.append(Key(pick(lang, *look.long), "box", (look.fill,), dashed=look.dashed))
    return made


def draw_state(svg: Svg, right: float, y: float, state: str, lang: str, *, size: float = 11.0) -> float:
    """A mark that ends at `right`, its upper edge at `y`; returns its width."""
    look, word = LOOKS[state], state_word(state, lang)
    width = text_width(word, size) + 12
    svg.rect(
        right - width,
        y,
        width,
        size + 6,
        rx=(size + 6) / 2,
        fill=look.fill,
        stroke=look.edge,
        stroke_width=1,
        stroke_dasharray="3 2" if look.dashed else None,
        pointer_events="none",
    )
    if look.fill == HATCH:  # a word on hatching is hard to read
        svg.rect(right - width + 5, y + 2, width - 10, size + 2, fill="#ffffff", pointer_events="none")
    svg.text(right - width / 2, y + size + 1.5, word, size=size, anchor="middle", fill=look.ink, pointer_events="none")
    return width
