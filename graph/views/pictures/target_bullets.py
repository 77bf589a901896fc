"""How goals are drawn: a full row for each goal with a recorded value, and goals without one by place in two columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.views.axes import Scale
from aikg.graph.views.chart import Line
from aikg.graph.views.chips import alert
from aikg.graph.views.details import number_text
from aikg.graph.views.pictures.indicator_panels import indicator_name
from aikg.graph.views.recorded import figure_text
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.views.chart import Chart
    from aikg.graph.views.pictures.target_rows import Baseline, Goal
    from aikg.graph.views.recorded import Conflicts

__all__ = ["LOOKS", "PLACES", "Bullet", "Look", "draw_bullets", "state_word", "with_unit"]

PLACES = ("District", "Park", "City", "Province", "Region", "Country")
"""Labels of places, narrow before wide: a goal stands under the narrowest of its places."""
_MOST = 125.0  # the scale of a bullet ends here (% of the goal)
_SIGNS = {">": ">", ">=": "≥", "<": "<", "<=": "≤", "=": "=", "~": "≈"}


@dataclass(frozen=True)
class Look:
    """Colour, sign and words of a state."""

    color: str
    sign: str
    words: tuple[str, str]


LOOKS = {
    "reached": Look("#0b7a55", "✓", ("已达到", "reached")),
    "open": Look("#2f6fcf", "→", ("尚未达到", "not yet reached")),
    "above": Look("#b3690b", "↑", ("高于目标（升高是好是坏未写明）", "above the goal (better or worse is not stated)")),
    "no baseline recorded": Look("#5b6675", "?", ("未见可比的实际数", "no comparable value recorded")),
}


def state_word(state: str, lang: str) -> str:
    """The words of a state.

    >>> state_word("reached", "zh")
    '已达到'
    """
    return LOOKS[state].words[lang == "en"]


def with_unit(value: float, unit: str) -> str:
    """A number with its unit: 70%, but 500 亿元.

    >>> with_unit(70.0, "%"), with_unit(500.0, "亿元")
    ('70%', '500 亿元')
    """
    return number_text(value) + (unit if not unit or unit.startswith("%") else f" {unit}")


@dataclass
class Bullet:
    """A goal to draw: `home` is the narrowest of its places ("" for none), `names` all names by id."""

    goal: Goal
    home: str
    names: dict[str, str]
    lang: str
    conflicts: Conflicts = field(default_factory=list)

    @property
    def tags_state(self) -> str:
        return f"state:{self.goal.state(self.goal.baselines[0] if self.goal.baselines else None)}"

    @property
    def tags(self) -> tuple[str, ...]:
        return (*self.goal.subjects, self.tags_state)

    @property
    def title(self) -> str:
        name, listed = self.goal.row.get("name"), self.goal.row.get("indicator")
        return indicator_name(str(listed or name), self.lang) if self.lang == "en" else shown(name)

    @property
    def text(self) -> str:
        """The goal as a number with its sign: ≥ 90%."""
        sign = _SIGNS.get(self.goal.relation or "", "")
        return f"{sign} {with_unit(self.goal.value, self.goal.unit)}".strip()

    def about(self, *but: str) -> str:
        """What it is a goal of, and its scope, without some of its things."""
        things = [shown(self.names.get(node, node)) for node in self.goal.things if node not in but]
        scope = self.goal.row.get("scope")
        return " · ".join([*things, *([shown(scope)] if scope else [])])

    def share(self, baseline: Baseline) -> float | None:
        """The value in % of the goal; None where that says nothing (a goal of 0 or less)."""
        return baseline.value / self.goal.value * 100 if self.goal.value > 0 else None


def draw_bullets(chart: Chart, bullets: list[Bullet], place: str) -> None:
    """Draw all goals into the body of `chart`; `place` is the one that the picture is about ("" for all)."""
    compared = [bullet for bullet in bullets if bullet.goal.baselines]
    others = [bullet for bullet in bullets if not bullet.goal.baselines]
    y = 0.0
    if compared:
        text = pick(
            chart.lang,
            f"有可比实际数的目标（{len(compared)}）",
            f"Goals with a comparable recorded value ({len(compared)})",
        )
        y = _heading(chart, y, text)
        for bullet in compared:
            y = _full(chart, bullet, y, place)
        y += 14
    if others:
        text = pick(
            chart.lang,
            f"未见可比实际数的目标（{len(others)}）：不等于没有进展",
            f"Goals without a comparable recorded value ({len(others)}): which is not the same as no progress",
        )
        y = _heading(chart, y, text)
        y = _columns(chart, others, y)
    chart.height = y


def _heading(chart: Chart, y: float, text: str) -> float:
    chart.body.text(0, y + 16, text, size=14, weight=700, fill="#33506b")
    chart.body.line(0, y + 24, chart.width, y + 24, stroke="#b9c4d1")
    return y + 32


_LEFT, _RIGHT, _HEIGHT = 330.0, 850.0, 66.0


def _full(chart: Chart, bullet: Bullet, y: float, place: str) -> float:
    body, goal, lang = chart.body, bullet.goal, chart.lang
    key, tags = _tell(chart, bullet), bullet.tags
    common: dict[str, Any] = {"key": key, "tags": tags, "tip": f"{bullet.title}: {bullet.text}"}
    scale = Scale(0.0, _MOST, _LEFT, _RIGHT)
    body.text(0, y + 26, bullet.title, size=13.5, weight=600, width=_LEFT - 34, **common)
    body.text(0, y + 43, bullet.about(place), size=11.5, fill="#5b6675", width=_LEFT - 16, tags=tags)
    if bullet.conflicts:
        wide = min(text_width(bullet.title, 13.5), _LEFT - 34)
        alert(body, wide + 11, y + 22, tags=tags)
    top = y + 20
    body.rect(_LEFT, top, _RIGHT - _LEFT, 22, fill="#f1f4f8", rx=2, **common)
    body.rect(_LEFT, top, scale(100) - _LEFT, 22, fill="#e1e7ef", tags=tags, pointer_events="none")
    for at in (0, 50, 100):
        body.line(scale(at), top + 22, scale(at), top + 26, stroke="#9aa5b3", tags=tags)
    thick = 12.0 / len(goal.baselines)
    for number, one in enumerate(goal.baselines):
        share = bullet.share(one)
        look = LOOKS[goal.state(one)]
        tip = f"{bullet.title}: {figure_text(one.row, lang)}"
        if share is None or share < 0:
            # No share of a goal of 0 or less: the numbers stand alone.
            continue
        end = min(share, _MOST)
        bar = top + 5 + number * thick
        body.rect(_LEFT, bar, scale(end) - _LEFT, max(thick - (number < len(goal.baselines) - 1), 2), fill=look.color, key=key, tags=tags, tip=tip)  # fmt: skip
        if share > _MOST:
            x = _RIGHT - 12
            body.path(f"M{x} {bar - 2:.2f}l5 {thick + 4:.2f}M{x + 5} {bar - 2:.2f}l5 {thick + 4:.2f}", stroke="#ffffff", stroke_width=2.2, tags=tags, pointer_events="none")  # fmt: skip
    body.rect(scale(100) - 1.75, top - 5, 3.5, 32, fill="#1b2430", **common)
    due = pick(
        lang,
        f"（{goal.period} 年到期）" if str(goal.period or "").isdecimal() else f"（{goal.period} 到期）",
        f" (due {goal.period})",
    )
    when = due if goal.period else pick(lang, "（到期未写明）", " (no date due)")
    body.text(
        scale(100),
        y + 11,
        f"{pick(lang, '目标', 'goal')} {bullet.text}{when}",
        size=12,
        weight=600,
        anchor="middle",
        tags=tags,
    )
    _values(chart, bullet, scale, top + 38)
    _verdict(chart, bullet, y)
    body.line(0, y + _HEIGHT + 4, chart.width, y + _HEIGHT + 4, stroke="#eef1f5")
    return y + _HEIGHT + 10


def _values(chart: Chart, bullet: Bullet, scale: Scale, y: float) -> None:
    """The real numbers of the bars, below the first one's end, and 0 % where there is room."""
    lang, goal = chart.lang, bullet.goal
    unknown = pick(lang, "时期未写明", "no date")
    parts = []
    for one in goal.baselines:
        share = bullet.share(one)
        of_goal = pick(lang, f"（目标的 {share:.3g}%）", f" ({share:.3g}% of the goal)") if share is not None else ""
        parts.append(f"{figure_text(one.row, lang)}{of_goal}")
    text = (
        f"{goal.baselines[0].row.get('period') or unknown}{pick(lang, '：', ': ')}{pick(lang, '；', '; ').join(parts)}"
    )
    share = bullet.share(goal.baselines[0])
    wide = text_width(text, 12)
    wanted = scale(min(max(share or 0.0, 0.0), _MOST)) - wide / 2
    x = min(max(wanted, _LEFT), _RIGHT - wide)
    color = LOOKS[goal.state(goal.baselines[0])].color
    chart.body.text(x, y + 5, text, size=12, fill=color, weight=600, tags=bullet.tags, width=_RIGHT - _LEFT)


def _verdict(chart: Chart, bullet: Bullet, y: float) -> None:
    body, goal, lang = chart.body, bullet.goal, chart.lang
    one = goal.baselines[0]
    look = LOOKS[goal.state(one)]
    x, wide = _RIGHT + 24, chart.width - _RIGHT - 24
    body.circle(x + 8, y + 20, 8, fill=look.color, tags=bullet.tags)
    body.text(
        x + 8,
        y + 24.2,
        look.sign,
        size=12,
        anchor="middle",
        fill="#ffffff",
        weight=700,
        tags=bullet.tags,
        pointer_events="none",
    )
    body.text(
        x + 22,
        y + 24.5,
        state_word(goal.state(one), lang),
        size=13,
        weight=600,
        fill=look.color,
        width=wide - 22,
        tags=bullet.tags,
    )
    gap = _difference(abs(goal.distance(one)), goal.unit, lang)
    side = pick(
        lang, "差" if goal.distance(one) >= 0 else "高出", "short by" if goal.distance(one) >= 0 else "above by"
    )
    body.text(x + 22, y + 42, f"{side} {gap}", size=12, tags=bullet.tags, width=wide - 22)
    body.text(x + 22, y + 59, _growth_text(goal, one, lang), size=12, fill="#3b4655", tags=bullet.tags, width=wide - 22)


def _difference(value: float, unit: str, lang: str) -> str:
    """A difference of percentages is in points."""
    return (
        with_unit(value, unit)
        if unit != "%"
        else pick(lang, f"{number_text(value)} 个百分点", f"{number_text(value)} points")
    )


def _growth_text(goal: Goal, one: Baseline, lang: str) -> str:
    growth, years = goal.growth(one), goal.years(one)
    if growth is None:
        if years is None:
            return pick(lang, "年均增速无从计算（年份未写明）", "no yearly growth: a year is not recorded")
        return pick(lang, "年均增速无从计算", "no yearly growth can be told")
    return pick(lang, f"{years} 年内每年须 {growth:+.1f}%", f"{growth:+.1f} % a year over {years} years")


# -- goals without a value ------------------------------------------------------------------------

_ROW, _HEAD, _GAP = 40.0, 30.0, 32.0


def _columns(chart: Chart, bullets: list[Bullet], top: float) -> float:
    """Groups by place, set down two columns; a group is not torn unless it alone is longer than a column."""
    groups: dict[str, list[Bullet]] = {}
    for bullet in bullets:
        groups.setdefault(bullet.home, []).append(bullet)
    wide = (chart.width - _GAP) / 2
    ends = [top, top]
    for home, listed in groups.items():
        at = 0 if ends[0] <= ends[1] else 1
        ends[at] = _group(chart, home, listed, at * (wide + _GAP), ends[at], wide)
    return max(ends)


def _group(chart: Chart, home: str, listed: list[Bullet], x: float, y: float, wide: float) -> float:
    body, lang = chart.body, chart.lang
    names = listed[0].names
    name = names.get(home) or pick(
        lang, "不属于某一地方（算力中心、群体、政策等）", "of no single place (compute centres, groups, policies)"
    )
    key = chart.tell_node(home) if home in names else ""
    tags = tuple(dict.fromkeys(tag for bullet in listed for tag in bullet.tags))
    body.rect(x, y + 2, wide, 22, fill="#edf1f6", rx=3, tags=tags)
    body.text(x + 8, y + 17.5, name, size=13, weight=700, width=wide - 60, key=key, tags=tags, tip=shown(name))
    body.text(x + wide - 8, y + 17.5, len(listed), size=12, anchor="end", fill="#5b6675", tags=tags)
    y += _HEAD
    for bullet in listed:
        _short(chart, bullet, home, x, y, wide)
        y += _ROW
    return y + 6


def _short(chart: Chart, bullet: Bullet, home: str, x: float, y: float, wide: float) -> None:
    body, lang = chart.body, chart.lang
    key, tags = _tell(chart, bullet), bullet.tags
    common: dict[str, Any] = {"key": key, "tags": tags, "tip": f"{bullet.title}: {bullet.text}"}
    about = bullet.about(home)
    left, right = 308.0, 416.0
    body.text(x + 8, y + (14 if about else 21), bullet.title, size=12.5, weight=600, width=left - 30, **common)
    body.text(x + 8, y + 30, about, size=11, fill="#5b6675", width=left - 20, tags=tags)
    if bullet.conflicts:
        alert(body, x + 8 + min(text_width(bullet.title, 12.5), left - 30) + 10, y + 10, tags=tags)
    body.rect(x + left, y + 7, right - left, 18, fill=HATCH, stroke="#c3cad4", stroke_width=0.8, **common)
    body.rect(x + right - 1.5, y + 3, 3, 26, fill="#1b2430", tags=tags, pointer_events="none")
    body.text(x + right + 8, y + 14, bullet.text, size=12.5, weight=600, tags=tags, width=wide - right - 8)
    due = bullet.goal.period
    text = pick(lang, f"{due} 到期", f"due {due}") if due else pick(lang, "到期未写明", "no date due")
    body.text(x + right + 8, y + 30, text, size=11, fill="#5b6675", tags=tags, width=wide - right - 8)


# -- what it tells --------------------------------------------------------------------------------


def _tell(chart: Chart, bullet: Bullet) -> str:
    goal, lang = bullet.goal, chart.lang
    names, row = bullet.names, bullet.goal.row
    lines = [
        Line(pick(lang, "目标值", "goal"), bullet.text, goal.sources),
        Line(pick(lang, "原文", "as written"), row.get("value_text")),
        Line(pick(lang, "到期", "due"), goal.period),
        Line(
            pick(lang, "对象", "about"),
            chart.words["list"].join(shown(names.get(node, node)) for node in goal.subjects),
        ),
        Line(pick(lang, "口径", "scope"), row.get("scope")),
    ]
    for one in goal.baselines:
        growth = goal.growth(one)
        said = [
            f"{one.row.get('period') or pick(lang, '时期未写明', 'no date')}",
            *([one.row["scope"]] if one.row.get("scope") else []),
        ]
        value = f"{figure_text(one.row, lang)}{chart.words['open']}{pick(lang, '，', ', ').join(map(str, said))}{chart.words['shut']}"
        lines += [
            Line(pick(lang, "最近实际数", "latest value"), value, one.sources),
            Line(pick(lang, "状态", "state"), state_word(goal.state(one), lang)),
            Line(pick(lang, "目标减实际", "goal minus value"), _difference(goal.distance(one), goal.unit, lang)),
            Line(pick(lang, "所需年均增长", "yearly growth"), None if growth is None else f"{growth:+.1f}%"),
        ]
    if not goal.baselines:
        lines.append(Line(pick(lang, "最近实际数", "latest value"), None))
    nodes = [goal.id, *(str(one.row["id"]) for one in goal.baselines), *goal.subjects]
    return chart.tell(bullet.title, lines, kind=pick(lang, "目标", "goal"), conflicts=bullet.conflicts, nodes=nodes)
