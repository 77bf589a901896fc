"""Application scenarios: field by maturity, each scenario a chip, or field by technology with numbers of scenarios."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.names import find
from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.chips import ALERT, Chip, draw_chips, draw_nothing, lines_of_chips, unknown_chip
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.scenario_facts import (
    FIELD_LABELS,
    MATURITIES,
    TECHNOLOGY_LABELS,
    Scenario,
    by_field,
    in_order,
    scenario_facts,
)
from aikg.graph.views.pictures.scenario_technologies import draw_technologies, say_fields
from aikg.graph.views.recorded import code_names
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "scenarios"]

PARAMETERS = (
    Parameter(
        "view",
        "text",
        "maturity",
        {
            "zh": "maturity 领域 × 成熟度，technologies 领域 × 技术",
            "en": "maturity: fields by maturity; technologies: fields by technology",
        },
        ("maturity", "technologies"),
    ),
    Parameter("field", "text", "", {"zh": "只画此领域", "en": "this field only"}, values=FIELD_LABELS),
    Parameter(
        "technology",
        "text",
        "",
        {"zh": "只画使用此技术的场景", "en": "scenarios that use this technology only"},
        values=TECHNOLOGY_LABELS,
    ),
    Parameter("limit", "integer", 24, {"zh": "最多多少领域", "en": "how many fields at most"}, least=1),
    Parameter(
        "columns", "integer", 22, {"zh": "领域 × 技术最多多少列", "en": "columns of technologies at most"}, least=1
    ),
    LANG,
)
# Maturity from dark to light, and each column has its heading: nothing hangs on the colour alone.
_LOOKS = {"成熟": ("#155e63", "#e3f1f1"), "新兴": ("#1d6fb8", "#e8f1fa"), "未来": ("#7a4fb5", "#f2ecfa")}
_PALE = ("#8b95a3", "#f5f7fa")
_LEFT, _PAD = 150.0, 8.0
_LINES = 14
"""Lines of chips in a cell at most; all of them stand in the data."""


def scenarios(
    graph: KnowledgeGraph,
    *,
    view: str = "maturity",
    field: str = "",
    technology: str = "",
    limit: int = 24,
    columns: int = 22,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Scenarios by field and maturity, or numbers of scenarios by field and technology.

    Raises QueryError with near names for an unknown field or technology.

    >>> scenarios(graph, view="technologies", field="智能医疗").svg()  # doctest: +SKIP
    """
    found, names = scenario_facts(graph, lang)
    asked = []
    chosen = list(found.values())
    only = ""
    if field:
        only, name = find(graph, field, *FIELD_LABELS)
        asked.append(name)
        chosen = [one for one in chosen if only in one.fields]
    if technology:
        wanted, name = find(graph, technology, *TECHNOLOGY_LABELS)
        asked.append(name)
        chosen = [one for one in chosen if wanted in one.technologies]
    if asked and not chosen:
        listed = "、".join(asked)
        raise QueryError(
            say(
                f"no scenario is recorded for {listed} (not recorded, which is not none)",
                f"未见{listed}的应用场景的记载（不等于没有）",
            )
        )
    if view == "technologies":
        chart = Chart(
            graph,
            "scenarios",
            pick(lang, "应用场景：领域 × 技术", "Application scenarios: fields by technology"),
            lang,
            pick(
                lang,
                "每格为使用该技术的场景数；斜纹：未见记载，不等于没有",
                "Scenarios that use a technology; hatched: not recorded, which is not none",
            ),
        )
        # A narrower field stands for itself only where something is recorded of it.
        draw_technologies(chart, [one for one in chosen if one.rated or one.technologies], names, only, limit, columns)
    else:
        chart = Chart(
            graph,
            "scenarios",
            pick(lang, "应用场景矩阵：领域 × 成熟度", "Application scenarios: fields by maturity"),
            lang,
            pick(
                lang,
                "名称后的数字为来源写明的技术数，点击可见；斜纹：未见记载，不等于没有",
                "The number behind a name: technologies that sources name (choose it to see them); hatched: not recorded, which is not none",
            ),
        )
        _maturity(chart, [one for one in chosen if one.rated], names, only, limit)
    return chart


# -- field by maturity ---------------------------------------------------------------------------------


def _maturity(chart: Chart, chosen: Sequence[Scenario], names: dict[str, str], only: str, limit: int) -> None:
    lang, body = chart.lang, chart.body
    grouped = by_field(chosen, only)
    fields = in_order(grouped, names, limit)
    code = code_names("maturity", lang)
    drawn = {one.id: one for f in fields for one in grouped[f]}
    # A code that the list of maturities does not know has a column of its own, before what is not recorded.
    unlisted = {one.maturity for one in drawn.values() if one.maturity} - set(MATURITIES)
    states: list[str | None] = [*MATURITIES, *sorted(unlisted), None]
    place = {s: f"m{at}" for at, s in enumerate(states)}
    uses = Counter(t for one in drawn.values() for t in one.technologies)
    technologies = sorted(uses, key=lambda t: (-uses[t], names[t], t))
    tag = {key: f"x{at}" for at, key in enumerate([*fields, *technologies])}
    # Columns as wide as what stands in them asks for, so that rows stay low.
    load = {s: 1 + sum(_chip_width(one) for one in drawn.values() if one.maturity == s) for s in states}
    total = sum(w**0.5 for w in load.values())
    room = chart.width - _LEFT
    least = min(0.09, 0.8 / len(states))
    widths = {s: least * room + (1 - least * len(states)) * room * w**0.5 / total for s, w in load.items()}
    x = {s: _LEFT + sum(widths[t] for t in states[:at]) for at, s in enumerate(states)}
    for s in states:
        n = sum(one.maturity == s for one in drawn.values())
        title = code.get(s, s) if s else chart.words["not_recorded"]
        edge, fill = _LOOKS.get(s, _PALE) if s else (_PALE[0], HATCH)
        body.rect(x[s] + 2, 0, widths[s] - 4, 30, fill=fill, rx=4, stroke=edge, tags=(place[s],))
        count = pick(lang, f"{n} 个", f"{n}") if n else ""
        body.text(x[s] + widths[s] / 2, 20, f"{title}  {count}".strip(), size=13, weight=700, anchor="middle", fill=edge if s else "#3b4655", width=widths[s] - 12)  # fmt: skip
    body.text(_LEFT - 12, 20, pick(lang, "成熟度 →", "maturity →"), size=12, anchor="end", fill="#5b6675")
    y = 36.0
    for f in fields:
        chips = {
            s: [
                _chip(chart, one, names, (tag[f], place[s], *(tag[t] for t in one.technologies)))
                for one in sorted(grouped[f], key=lambda one: (one.name, one.id))
                if one.maturity == s
            ]
            for s in states
        }
        high = min(_LINES, max(len(lines_of_chips(c, widths[s] - 2 * _PAD - 4, 12)) for s, c in chips.items()))
        height = high * 26 - 5 + 2 * _PAD
        _field_label(chart, f, names, tag[f], len(grouped[f]), y, height)
        for s in states:
            tags = (tag[f], place[s])
            tip = (
                f"{names.get(f, chart.words['not_recorded'])} · {code.get(s, s) if s else chart.words['not_recorded']}"
            )
            # In the column of what is not rated an empty cell says nothing: every scenario of the field is rated.
            empty = not chips[s] and s is not None
            if chips[s] or empty:
                body.rect(
                    x[s] + 2, y, widths[s] - 4, height, fill=HATCH if empty else "#f8fafc", opacity=0.65 if empty else None, rx=4, tags=tags,
                    tip=f"{tip}{chart.words['colon']}{chart.words['not_recorded']}" if empty else "",
                )  # fmt: skip
            draw_chips(
                body,
                chips[s],
                x[s] + 2 + _PAD,
                y + _PAD,
                widths[s] - 2 * _PAD - 4,
                most=_LINES,
                more=pick(lang, "另 {n} 个", "{n} more"),
            )
        y += height + 5
    if not fields:
        draw_nothing(chart)
        y = 30
    chart.height = y
    listed = [(tag[f], names.get(f, chart.words["not_recorded"])) for f in fields]
    maturity_word = pick(lang, "成熟度", "Maturity")
    chart.filters = [
        Filter(pick(lang, "技术", "Technology"), tuple((tag[t], f"{names[t]} {uses[t]}") for t in technologies)),
        Filter(pick(lang, "领域", "Field"), tuple(listed)),
        Filter(
            maturity_word,
            tuple(
                (place[s], code.get(s, s) if s else chart.words["not_recorded"])
                for s in states
                if any(one.maturity == s for one in drawn.values())
            ),
        ),
    ]
    chart.legend = [Key(code.get(s, s), "box", (_LOOKS[s][0],)) for s in MATURITIES]
    chart.legend.append(Key(pick(lang, "来源有矛盾", "sources disagree"), "triangle", (ALERT,)))
    say_fields(chart, grouped, fields, drawn)
    rows = [
        (
            names.get(f),
            one.name,
            code.get(one.maturity or "", one.maturity),
            "、".join(names[t] for t in one.technologies) or None,
            len(one.technologies) or None,
            "；".join(what for what, _ in one.conflicts) or None,
        )
        for f in fields
        for one in sorted(grouped[f], key=lambda one: (states.index(one.maturity), one.name, one.id))
    ]  # fmt: skip
    headings = ("领域", "场景", "成熟度", "技术", "技术数", "矛盾") if lang == "zh" else ("field", "scenario", "maturity", "technologies", "number of technologies", "contradictions")  # fmt: skip
    chart.table = pd.DataFrame(rows, columns=list(headings), dtype=object)


def _chip_width(one: Scenario) -> float:
    return Chip(one.name, badge=str(len(one.technologies)) if one.technologies else None, alert=bool(one.conflicts)).width(12) + 5  # fmt: skip


def _chip(chart: Chart, one: Scenario, names: dict[str, str], tags: tuple[str, ...]) -> Chip:
    lang = chart.lang
    code = code_names("maturity", lang)
    lines = [
        Line(pick(lang, "成熟度", "Maturity"), code.get(one.maturity or "", one.maturity), tuple(one.sources)),
        *(Line(pick(lang, "领域", "Field"), names[p], tuple(said)) for p, said in sorted(one.fields.items())),
        *(Line(pick(lang, "使用技术", "Uses"), names[t], tuple(said)) for t, said in one.technologies.items()),
    ]
    if not one.fields:
        lines.append(Line(pick(lang, "领域", "Field"), None))
    if not one.technologies:
        lines.append(Line(pick(lang, "使用技术", "Uses"), None))
    key = chart.tell(
        one.name,
        lines,
        kind=pick(lang, "应用场景", "Application scenario"),
        sources=one.sources,
        conflicts=one.conflicts,
        nodes=[one.id, *one.fields, *one.technologies],
    )
    edge = _LOOKS.get(one.maturity or "", _PALE)[0]
    named = chart.words["list"].join(names[t] for t in one.technologies) or chart.words["not_recorded"]
    return Chip(
        one.name,
        key=key,
        tags=tags,
        edge=edge,
        badge=str(len(one.technologies)) if one.technologies else None,
        alert=bool(one.conflicts),
        dashed=one.maturity not in _LOOKS,
        tip=f"{one.name}{chart.words['semicolon']}{pick(lang, '技术', 'technologies')}{chart.words['colon']}{named}",
    )


def _field_label(chart: Chart, f: str, names: dict[str, str], tag: str, n: int, y: float, height: float) -> None:
    body = chart.body
    middle = y + height / 2 - 3
    if f:
        body.text(_LEFT - 12, middle, names[f], size=13, weight=700, anchor="end", width=_LEFT - 14, key=chart.tell_node(f), tags=(tag,))  # fmt: skip
    else:
        text = pick(chart.lang, "领域未见记载", "field not recorded")
        draw_chips(chart.body, [unknown_chip(text, (tag,))], 0, middle - 17, _LEFT - 10)
    body.text(_LEFT - 12, middle + 15, pick(chart.lang, f"{n} 个场景", f"{n} scenario{'s' if n > 1 else ''}"), size=11.5, anchor="end", fill="#5b6675", tags=(tag,))  # fmt: skip
