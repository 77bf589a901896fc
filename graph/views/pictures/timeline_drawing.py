"""How the time line of policies is drawn: lanes with packed rows, dates as wide as they are vague, bars of planning periods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import names_of
from aikg.graph.views.axes import Scale, broken, free_rows
from aikg.graph.views.chart import Key, Line
from aikg.graph.views.chips import ALERT, alert
from aikg.graph.views.details import number_text
from aikg.graph.views.pictures.policy_marks import LANES
from aikg.graph.views.recorded import code_names
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick, words

if TYPE_CHECKING:
    from aikg.graph.views.axes import Span
    from aikg.graph.views.chart import Chart
    from aikg.graph.views.pictures.policy_marks import PolicyMark

__all__ = ["draw_timeline", "lane_name"]

_LEFT, _ROW, _HEAD, _PAD = 104.0, 28.0, 30.0, 6.0
_SIZE, _GAP, _LONGEST = 12.0, 16.0, 470.0
_COLORS = {
    "international": "#5b6472",
    "national": "#8a2f3c",
    "regional": "#0b7a55",
    "provincial": "#2456c4",
    "municipal": "#6d3fc0",
    "district": "#0f6c80",
    "park": "#9a5b0a",
    "other": "#5b6472",
}
_Lane = tuple[str, str]
"""A level and, where it stands for one place, the place."""


@dataclass
class _Item:
    """A policy on its way into the drawing: its texts, and where it lies on the axis."""

    mark: PolicyMark
    before: str
    title: str
    key: str
    tags: tuple[str, ...]
    start: float = 0.0
    end: float = 0.0
    label: float = 0.0
    left: bool = False

    @property
    def width(self) -> float:
        """Of the texts and the mark of a contradiction."""
        title = min(text_width(self.title, _SIZE), _LONGEST)
        return title + (text_width(self.before, 11) + 5 if self.before else 0) + (18 if self.mark.conflicts else 0)


def draw_timeline(chart: Chart, dated: list[PolicyMark], undated: list[PolicyMark], by: str) -> None:
    body, lang = chart.body, chart.lang
    names = names_of(chart.graph)
    if not dated and not undated:
        body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
        body.rect(chart.width / 2 - 160, 42, 320, 36, fill="#ffffff")
        body.text(chart.width / 2, 65, pick(lang, "政策：未见记载", "policies: not recorded"), size=14, anchor="middle")
        chart.height = 120
        return
    y = 0.0
    if dated:
        scale = _scale(dated, chart.width)
        grouped = _lanes(chart, dated, by, names)
        for items in grouped.values():
            for item in items:
                if item.mark.issued:
                    _place(item, item.mark.issued, scale, chart.width)
        rows = {lane: free_rows([(item.start, item.end) for item in items], _GAP) for lane, items in grouped.items()}
        heights = {lane: (max(found) + 1) * _ROW + 2 * _PAD for lane, found in rows.items()}
        bottom = _HEAD + sum(heights.values())
        y = _HEAD
        for number, lane in enumerate(grouped):
            body.rect(_LEFT, y, chart.width - _LEFT, heights[lane], fill="#f6f8fb" if number % 2 else "#ffffff")
            y += heights[lane]
        _grid(chart, scale, bottom)
        y = _HEAD
        for lane, items in grouped.items():
            _lane_head(chart, lane, y, heights[lane], len(items), names)
            for item, row in zip(items, rows[lane], strict=True):
                if item.mark.issued:
                    _draw_item(chart, item, item.mark.issued, scale, y + _PAD + row * _ROW)
            y += heights[lane]
    if undated:
        y = _draw_undated(chart, undated, by, names, y + (14 if dated else 0))
    chart.height = y
    chart.legend = _legend(dated, [*dated, *undated], lang)


def _scale(dated: list[PolicyMark], width: float) -> Scale:
    """Whole years, from the first issue to the end of the last bar, at most ten years beyond the last issue."""
    issued = [mark.issued for mark in dated if mark.issued]
    low = min(int(span.start) for span in issued)
    newest = max(span.end for span in issued)
    high = min(max(mark.last for mark in dated), newest + 10)
    for mark in dated:
        if mark.years and mark.years[0] >= low - 5:
            low = min(low, mark.years[0])
    return Scale(low, max(-int(-high // 1), low + 1), _LEFT + 8, width - 8)


def _lanes(chart: Chart, dated: list[PolicyMark], by: str, names: dict[str, str]) -> dict[_Lane, list[_Item]]:
    """Lanes from above. National policies of several countries have a lane for each."""
    nations = {mark.home for mark in dated if mark.lane == "national"}
    grouped: dict[_Lane, list[_Item]] = {}
    for mark in dated:
        if by == "level":
            lane = (mark.lane, mark.home if mark.lane == "national" and len(nations) > 1 else "")
        else:
            lane = ("", mark.home)
        # One country alone needs no name before each title.
        said = bool(lane[1]) or mark.lane == "national"
        grouped.setdefault(lane, []).append(_item(chart, mark, said, names))
    # Levels from above; countries and places by level, then those with the most policies.
    order = sorted(
        grouped, key=lambda lane: (LANES.index(lane[0] or "other"), _rank(lane[1]), -len(grouped[lane]), lane)
    )
    return {lane: grouped[lane] for lane in order}


def _rank(home: str) -> int:
    labels = ("country:", "province:", "city:", "district:", "park:", "region:")
    return next((at for at, start in enumerate(labels) if home.startswith(start)), len(labels))


def _item(chart: Chart, mark: PolicyMark, placed: bool, names: dict[str, str]) -> _Item:
    home = names.get(mark.home, "")
    # A title that begins with its place says it; a lane of places too.
    short = home.rstrip("省市县区") or home
    says = placed or not home or (len(short) > 1 and short in mark.name)
    tags = (*mark.focus, *sorted(mark.inside), f"kind:{mark.row.get('kind') or ''}")
    key = _tell(chart, mark, names)
    return _Item(mark, "" if says else shown(home, 130, 11), f"《{shown(mark.name)}》", key, tags)


def _place(item: _Item, issued: Span, scale: Scale, width: float) -> None:
    """Where the mark, its title and its bars lie: the title to the right of the mark, or to the left of it at the edge."""
    mark = item.mark
    x1, x2 = scale(issued.start), max(scale(issued.end), scale(issued.start) + 6)
    ends = [x1, x2]
    for first, last in _stretches(mark, issued):
        ends += [scale(max(first, scale.low)), scale(min(last, scale.high))]
    room = item.width + 6
    item.left = x2 + room > width and x1 - room > _LEFT
    item.label = x1 - room if item.left else min(x2 + 6, width - room)
    item.start, item.end = min(*ends, item.label), max(*ends, item.label + item.width)


def _stretches(mark: PolicyMark, issued: Span) -> list[tuple[float, float]]:
    found = [(float(mark.years[0]), mark.years[1] + 1.0)] if mark.years else []
    return [*found, (issued.start, mark.due[-1] + 1.0)] if mark.due else found


def _grid(chart: Chart, scale: Scale, bottom: float) -> None:
    years = range(int(scale.low), int(scale.high) + 1)
    room = (scale.end - scale.start) / max(len(years) - 1, 1)
    every = next(step for step in (1, 2, 5, 10, 20, 50, 100, 10_000) if step * room >= 40)
    for year in years:
        x = scale(year)
        chart.body.line(x, _HEAD - 6, x, bottom, stroke="#dfe4eb")
        if year < scale.high and year % every == 0:
            middle = x + room / 2 if every == 1 else x
            chart.body.text(middle, 18, year, size=12.5, anchor="middle", fill="#5b6675", weight=600)


def _lane_head(chart: Chart, lane: _Lane, y: float, height: float, n: int, names: dict[str, str]) -> None:
    body, lang = chart.body, chart.lang
    level, home = lane
    text = names.get(home) or lane_name(level or "other", lang)
    body.rect(0, y + 1, _LEFT - 6, height - 2, fill=_COLORS.get(level, "#33506b"), rx=4)
    key = chart.tell_node(home) if home in names else ""
    size = 13.0 if text_width(text, 13) <= _LEFT - 14 else 11.0
    lines = broken(text, _LEFT - 16, size, 2)
    count = pick(lang, f"{n} 项", f"n = {n}")
    if len(lines) * 14 + 14 <= height - 4:
        lines.append(count)
    top = y + height / 2 - len(lines) * 7 + 11
    for at, line in enumerate(lines):
        small = line is count
        body.text(
            (_LEFT - 6) / 2, top + at * 14.5 - (0 if small else 1), line, size=11 if small else size, anchor="middle", fill="#ffffff",
            weight=None if small else 700, key="" if small else key, tip=text,
        )  # fmt: skip


def lane_name(lane: str, lang: str) -> str:
    if lane == "international":
        return pick(lang, "国际", "International")
    if lane == "other":
        return pick(lang, "地方未见记载", "no place")
    return code_names("level", lang)[lane]


def _draw_item(chart: Chart, item: _Item, issued: Span, scale: Scale, y: float) -> None:
    body, mark = chart.body, item.mark
    color = _COLORS[mark.lane]
    common: dict[str, Any] = {"key": item.key, "tags": item.tags, "tip": f"{item.title} {mark.row.get('issued')}"}
    x1, x2 = scale(issued.start), scale(issued.end)
    if issued.precision == "year":
        body.rect(
            x1 + 1,
            y + 2,
            x2 - x1 - 2,
            13,
            fill=color,
            fill_opacity=0.14,
            stroke=color,
            stroke_width=1.3,
            rx=3,
            **common,
        )
    elif issued.precision == "day":
        body.circle((x1 + x2) / 2, y + 8.5, 5, fill=color, **common)
    else:
        body.rect(x1, y + 2, max(x2 - x1, 6), 13, fill=color, rx=2, **common)
    x = item.label
    silent: dict[str, Any] = {"tags": item.tags, "pointer_events": "none"}
    if item.before:
        body.text(x, y + 12.5, item.before, size=11, fill="#5b6675", **silent)
        x += text_width(item.before, 11) + 5
    body.text(x, y + 12.5, item.title, size=_SIZE, width=_LONGEST, key=item.key, tags=item.tags, tip=item.title)
    if mark.conflicts:
        alert(body, item.label + item.width - 7, y + 8, tags=item.tags)
    if mark.due:
        last = min(mark.due[-1] + 1.0, scale.high)
        body.line(x2, y + 22, scale(last), y + 22, stroke=color, stroke_width=1.2, stroke_dasharray="1.5 3", **silent)
    if mark.years:
        first, last = max(float(mark.years[0]), scale.low), min(mark.years[1] + 1.0, scale.high)
        tip = f"{item.title} {mark.years[0]}–{mark.years[1]}"
        body.rect(
            scale(first) + 1,
            y + 19.5,
            scale(last) - scale(first) - 2,
            5,
            fill=color,
            opacity=0.42,
            rx=2,
            key=item.key,
            tags=item.tags,
            tip=tip,
        )
    for year in mark.due:
        if year < scale.high:
            body.symbol(
                "triangleDown",
                scale(year + 0.5),
                y + 22,
                4.2,
                fill="#ffffff",
                stroke=color,
                stroke_width=1.4,
                key=item.key,
                tags=item.tags,
                tip=f"{item.title} ▽ {year}",
            )


def _draw_undated(chart: Chart, undated: list[PolicyMark], by: str, names: dict[str, str], top: float) -> float:
    """The list of policies without a date, by level, set in columns."""
    body, lang = chart.body, chart.lang
    order = sorted(undated, key=lambda m: (LANES.index(m.lane), m.home, m.name, m.id))
    nations = {mark.home for mark in order if mark.lane == "national"}
    items = [_item(chart, m, by == "place" or nations == {m.home}, names) for m in order]
    columns = 3 if len(items) > 2 else max(len(items), 1)
    wide = (chart.width - _LEFT) / columns
    lines = -(-len(items) // columns)
    height = lines * 25 + 2 * _PAD + 22
    body.rect(0, top + 1, _LEFT - 6, height - 2, fill=HATCH, stroke="#aab3bf", rx=4)
    body.rect(8, top + height / 2 - 19, _LEFT - 22, 38, fill="#ffffff", rx=3)
    body.text(
        (_LEFT - 6) / 2,
        top + height / 2 - 3,
        pick(lang, "未见日期", "no date"),
        size=12.5,
        anchor="middle",
        weight=700,
        fill="#3b4655",
    )
    body.text(
        (_LEFT - 6) / 2,
        top + height / 2 + 13,
        pick(lang, f"{len(items)} 项", f"n = {len(items)}"),
        size=11,
        anchor="middle",
        fill="#3b4655",
    )
    heading = pick(
        lang,
        "发布日期未见记载，不能放在时间轴上；标题前为层级或地方：",
        "Date of issue not recorded, so they have no place on the axis; in front of titles: level or place",
    )
    body.text(_LEFT + 8, top + 18, heading, size=11.5, fill="#5b6675")
    for at, item in enumerate(items):
        x, y = _LEFT + 8 + at // lines * wide, top + 22 + _PAD + at % lines * 25
        body.rect(
            x,
            y + 3,
            14,
            13,
            fill=HATCH,
            stroke=_COLORS[item.mark.lane],
            stroke_width=1.4,
            rx=2,
            key=item.key,
            tags=item.tags,
            tip=item.title,
        )
        level = " ".join(
            part
            for part in (
                lane_name(item.mark.lane, lang) if by == "level" else names.get(item.mark.home, ""),
                item.before,
            )
            if part
        )
        level = shown(level, wide / 2, 11)
        body.text(x + 20, y + 13.5, level, size=11, fill=_COLORS[item.mark.lane], tags=item.tags)
        start = x + 20 + text_width(level, 11) + 6
        room = x + wide - 14 - start - (18 if item.mark.conflicts else 0)
        body.text(start, y + 13.5, item.title, size=_SIZE, width=room, key=item.key, tags=item.tags, tip=item.title)
        if item.mark.conflicts:
            alert(body, start + min(text_width(item.title, _SIZE), room) + 9, y + 9, tags=item.tags)
    return top + height


def _legend(dated: list[PolicyMark], drawn: list[PolicyMark], lang: str) -> list[Key]:
    precise = {mark.issued.precision for mark in dated if mark.issued}
    keys = [Key(pick(lang, "写到日", "issued: a day"), "circle", ("#33506b",))] if "day" in precise else []
    if precise & {"month", "range"}:
        keys.append(Key(pick(lang, "写到月（占满该月）", "issued: a month"), "box", ("#33506b",)))
    if "year" in precise:
        keys.append(Key(pick(lang, "只写年份（占满全年）", "issued: only a year"), "box", ("#dde3ea",)))
    if any(mark.years for mark in dated):
        keys.append(Key(pick(lang, "标题写明的规划期", "planning period in the title"), "line", ("#93a5c4",)))
    if any(mark.due for mark in dated):
        keys.append(
            Key(pick(lang, "目标到期年份", "year in which goals are due"), "triangleDown", ("#33506b",), dashed=True)
        )
    if any(mark.conflicts for mark in drawn):
        keys.append(Key(words(lang)["has_conflict"], "triangle", (ALERT,)))
    return keys


def _tell(chart: Chart, mark: PolicyMark, names: dict[str, str]) -> str:
    lang, row = chart.lang, mark.row
    kinds, levels, said = code_names("policy_kind", lang), code_names("level", lang), tuple(row.get("sources") or ())
    joint = chart.words["list"]
    lines = [
        Line(pick(lang, "发布", "issued"), row.get("issued"), said if row.get("issued") else ()),
        Line(pick(lang, "类别", "kind"), kinds.get(row.get("kind") or "", row.get("kind"))),
        Line(pick(lang, "层级（来源所写）", "level (as stated)"), levels.get(mark.level or "", mark.level)),
        Line(pick(lang, "画在", "drawn under"), lane_name(mark.lane, lang)),
    ]
    for title, ends in (
        (pick(lang, "发布者", "issued by"), mark.issuers),
        (pick(lang, "适用于", "applies to"), mark.owners),
    ):
        if ends:
            lines += [Line(title, names.get(node, node), tuple(cited)) for node, cited in sorted(ends.items())]
        else:
            lines.append(Line(title, None))
    years = f"{mark.years[0]}–{mark.years[1]}" if mark.years else None
    lines.append(Line(pick(lang, "规划期（标题）", "planning period (title)"), years, said if years else ()))
    for goal, cited in sorted(mark.goals, key=lambda pair: str(pair[0]["id"])):
        text = f"{goal.get('name')} {goal.get('comparator') or ''} {number_text(goal['value']) if goal.get('value') is not None else ''} {goal.get('unit') or ''}"
        due = goal.get("due") or chart.words["not_recorded"]
        lines.append(Line(pick(lang, "目标", "goal"), f"{text}{pick(lang, '，到期 ', ', due ')}{due}", tuple(cited)))
    focus = sorted((names.get(node, node), tuple(cited)) for node, cited in mark.focus.items())
    lines.append(
        Line(
            pick(lang, "重点", "focus"),
            joint.join(n for n, _ in focus) or None,
            tuple(e for _, cited in focus for e in cited),
        )
    )
    nodes = [mark.id, *sorted({**mark.issuers, **mark.owners}), *sorted(str(goal["id"]) for goal, _ in mark.goals)]
    return chart.tell(
        mark.name, lines, kind=pick(lang, "政策", "policy"), sources=said, conflicts=mark.conflicts, nodes=nodes
    )
