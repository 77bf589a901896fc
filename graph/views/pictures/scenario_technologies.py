"""Numbers of application scenarios by field and technology."""

from __future__ import annotations

from collections import Counter
from math import radians, sin
from typing import TYPE_CHECKING

import pandas as pd

from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.chips import draw_nothing
from aikg.graph.views.pictures.scenario_facts import by_field, in_order
from aikg.graph.views.style import text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.views.pictures.scenario_facts import Scenario

__all__ = ["draw_technologies", "say_fields"]

_RAMP = ("#dbe7f6", "#a9c8ea", "#6ea3d8", "#3a79bd", "#174f91")
_LEFT, _SLANT, _NAME, _ROW = 150.0, 50.0, 150.0, 28.0


def draw_technologies(
    chart: Chart, chosen: Sequence[Scenario], names: dict[str, str], only: str, limit: int, columns: int
) -> None:
    """Draw numbers of scenarios by field and technology; what is not among the first `columns` is one column of others."""
    lang, body = chart.lang, chart.body
    grouped = {f: held for f, held in by_field(chosen, only).items() if f}
    fields = in_order(grouped, names, limit)
    drawn = {one.id: one for f in fields for one in grouped[f]}
    uses = Counter(t for one in drawn.values() for t in one.technologies)
    order = sorted(uses, key=lambda t: (-uses[t], names[t], t))
    shown, others = (order, []) if len(order) <= columns + 1 else (order[:columns], order[columns:])
    headings = ("领域", "技术", "场景数", "该领域技术有记载的场景数", "场景") if lang == "zh" else ("field", "technology", "scenarios", "scenarios of the field with a recorded technology", "names")  # fmt: skip
    if not order:
        draw_nothing(chart)
        chart.table = pd.DataFrame([], columns=list(headings))
        return
    tag = {key: f"x{at}" for at, key in enumerate([*fields, *order])}
    head = 24 + sin(radians(_SLANT)) * min(_NAME, max(text_width(names[t], 12.5) for t in shown))
    left, right = _LEFT + 62, 74.0
    width = min(48.0, (chart.width - left - right) / (len(shown) + bool(others)))
    for at, t in enumerate(shown):
        middle = left + (at + 0.5) * width
        body.text(
            0, 0, names[t], size=12.5, width=_NAME, key=chart.tell_node(t), tags=(tag[t],),
            transform=f"translate({middle:.1f} {head:.1f}) rotate({-_SLANT:g})",
        )  # fmt: skip
        body.text(middle, head + 20, uses[t], size=11.5, anchor="middle", fill="#5b6675", tags=(tag[t],))
    if others:
        text = pick(lang, f"其他（{len(others)} 项）", f"others ({len(others)})")
        body.text(0, 0, text, size=12.5, fill="#5b6675", transform=f"translate({left + (len(shown) + 0.5) * width:.1f} {head:.1f}) rotate({-_SLANT:g})")  # fmt: skip
    body.text(left - 10, head + 20, pick(lang, "场景数", "scenarios"), size=11.5, anchor="end", fill="#5b6675")
    counts = {(f, t): [one for one in grouped[f] if t in one.technologies] for f in fields for t in order}
    highest = max(map(len, counts.values()))
    rows: list[tuple[object, ...]] = []
    for line, f in enumerate(fields):
        y = head + 28 + line * _ROW
        with_technology = [one for one in grouped[f] if one.technologies]
        body.text(left - 66, y + 18, names[f], size=12.5, anchor="end", width=left - 70, key=chart.tell_node(f), tags=(tag[f],))  # fmt: skip
        share = f"{len(with_technology)}/{len(grouped[f])}" if with_technology else ""
        body.text(left - 10, y + 18, share, size=11.5, anchor="end", fill="#5b6675", tags=(tag[f],), tip=pick(lang, "技术有记载的场景数 / 场景数", "scenarios with a recorded technology / scenarios"))  # fmt: skip
        for at, t in enumerate(shown):
            _cell(chart, f"{names[f]} · {names[t]}", counts[f, t], [f, t], left + at * width, y, width, (tag[f], tag[t]), highest)  # fmt: skip
        if others:
            held = [one for one in grouped[f] if set(others) & set(one.technologies)]
            title = f"{names[f]} · {pick(lang, '其他技术', 'other technologies')}"
            also = tuple(tag[t] for t in others if counts[f, t])
            _cell(chart, title, held, [f], left + len(shown) * width, y, width, (tag[f], *also), highest, others, names)
        for t in order:
            held = counts[f, t]
            if held:
                rows.append((names[f], names[t], len(held), len(with_technology), "、".join(sorted(one.name for one in held))))  # fmt: skip
        if not with_technology:
            rows.append((names[f], None, None, None, None))
    chart.height = head + 34 + len(fields) * _ROW
    chart.filters = [
        Filter(pick(lang, "技术", "Technology"), tuple((tag[t], f"{names[t]} {uses[t]}") for t in order)),
        Filter(pick(lang, "领域", "Field"), tuple((tag[f], names[f]) for f in fields)),
    ]
    chart.legend = [Key(pick(lang, f"场景数 1 – {highest}", f"scenarios, 1 to {highest}"), "ramp", _RAMP)]
    say_fields(chart, grouped, fields, drawn)
    if others:
        chart.notes.append(
            pick(
                lang,
                f"画出场景最多的 {len(shown)} 项技术，另 {len(others)} 项合为“其他”",
                f"the {len(shown)} technologies with most scenarios; {len(others)} more are “others”",
            )
        )
    chart.notes.append(
        pick(lang, "领域旁为技术有记载的场景数 / 场景数", "beside a field: scenarios with a recorded technology / all of it")
    )  # fmt: skip
    chart.table = pd.DataFrame(rows, columns=list(headings), dtype=object)


def _cell(
    chart: Chart,
    title: str,
    held: Sequence[Scenario],
    nodes: Sequence[str],
    x: float,
    y: float,
    width: float,
    tags: tuple[str, ...],
    highest: int,
    others: Sequence[str] = (),
    names: dict[str, str] | None = None,
) -> None:
    body = chart.body
    if not held:
        tip = f"{title}{chart.words['colon']}{chart.words['not_recorded']}"
        body.rect(x + 1, y + 1, width - 2, _ROW - 2, fill=HATCH, opacity=0.65, rx=2, tags=tags, tip=tip)
        return
    lines = [Line(pick(chart.lang, "场景数", "scenarios"), str(len(held)))]
    for one in sorted(held, key=lambda one: (one.name, one.id)):
        found = [t for t in one.technologies if t in (others or nodes)]
        said = sorted({entry for t in found for entry in one.technologies[t]})
        value = chart.words["list"].join(names[t] for t in found) if names else "✓"
        lines.append(Line(one.name, value, tuple(said)))
    cited = sorted({entry for line in lines for entry in line.sources})
    key = chart.tell(title, lines, sources=cited, nodes=[*nodes, *(one.id for one in held)])
    shade = _RAMP[min(len(_RAMP) - 1, (len(held) - 1) * len(_RAMP) // highest)]
    body.rect(x + 1, y + 1, width - 2, _ROW - 2, fill=shade, rx=2, key=key, tags=tags, tip=f"{title}{chart.words['colon']}{len(held)}")  # fmt: skip
    ink = "#ffffff" if _RAMP.index(shade) > 2 else "#1b2430"
    body.text(x + width / 2, y + 18.5, len(held), size=12.5, anchor="middle", fill=ink, pointer_events="none", tags=tags)  # fmt: skip


def say_fields(
    chart: Chart, grouped: dict[str, list[Scenario]], fields: Sequence[str], drawn: dict[str, Scenario]
) -> None:
    """Say how many scenarios are drawn (n), which fields are left out, and what is drawn more than once."""
    lang = chart.lang
    chart.n = pick(lang, f"{len(drawn)} 个场景", f"{len(drawn)} scenarios") if drawn else ""
    if len(fields) < len(grouped):
        chart.notes.append(
            pick(
                lang,
                f"只画场景最多的 {len(fields)} 个领域，共 {len(grouped)} 个",
                f"the {len(fields)} fields with most scenarios, of {len(grouped)}",
            )
        )
    several = [one for one in drawn.values() if len([f for f in one.fields if f in fields]) > 1]
    if several:
        listed = chart.words["list"].join(sorted(one.name for one in several)[:4])
        chart.notes.append(
            pick(lang, f"{listed}属于不止一个领域，各列一次，n 只计一次", f"{listed}: of more than one field, drawn in each, counted once in n")
        )  # fmt: skip
