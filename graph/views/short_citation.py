"""Citations that fit: the title gives way, figure and line stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aikg.graph.citations import cite, parse_source
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import shown
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["short_citation"]


def short_citation(
    entries: Sequence[str], titles: Mapping[str, str], lang: str, width: float, size: float = 10.5
) -> str:
    """The first of several source entries in at most `width` pixels at `size`, and how many more there are.

    >>> titles = {"src:a76a81ffa34b": "2023人工智能发展白皮书"}
    >>> short_citation(["src:a76a81ffa34b#L178;图表3;企业简称"], titles, "zh", 170)
    '《2023人工智能…》图表3，第178行'
    """
    if not entries:
        return pick(lang, "未附来源", "no source given")
    more = len(entries) - 1
    tail = pick(lang, f" 等 {len(entries)} 处", f" and {more} more") if more else ""
    whole = shown(cite(entries[0], titles, lang))
    room = width - text_width(tail, size)
    found = parse_source(entries[0])
    title = shown(titles.get(found.source, found.source)) if found is not None else ""
    over = text_width(whole, size) - room
    if over > 0 and title in whole:
        whole = whole.replace(title, shown(title, max(text_width(title, size) - over, 2 * size), size), 1)
    return shown(whole, room, size) + tail
