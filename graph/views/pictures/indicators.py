"""Charts of indicators: values over time where a series has several, side by side where it has one; units apart."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.facts import names_of
from aikg.graph.analysis.names import find, find_place
from aikg.graph.citations import cite, titles
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.chips import ALERT
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.indicator_panels import draw_panels, panel_title, state_name
from aikg.graph.views.pictures.indicator_values import Panel, panels_of
from aikg.graph.views.recorded import rows_by_id
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "indicators"]

PARAMETERS = (
    Parameter(
        "indicator",
        "text",
        "",
        {"zh": "指标名称或来源的措辞，默认数值最多的几个", "en": "name of an indicator or a source's wording; by default those with most values"},
    ),
    Parameter(
        "place",
        "text",
        "",
        {"zh": "只看此地有数值的指标，并突出此地", "en": "only indicators with a value of this place, which stands out"},
        values=("City", "Province", "Region", "Country", "District", "Park"),
    ),
    Parameter("unit", "text", "", {"zh": "只看此单位", "en": "only this unit"}),
    Parameter("limit", "integer", 6, {"zh": "最多几幅图", "en": "how many charts at most"}, least=1),
    Parameter("rows", "integer", 18, {"zh": "每幅图最多几条横条", "en": "how many bars a chart at most"}, least=1),
    LANG,
)  # fmt: skip


def indicators(
    graph: KnowledgeGraph,
    *,
    indicator: str = "",
    place: str = "",
    unit: str = "",
    limit: int = 6,
    rows: int = 18,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Small multiples, one for each indicator and unit: nothing is converted, added up or joined across scopes.

    Lines connect values of one subject, unit and scope only; forecasts, plans, targets and peaks are hollow; ranges lie from their lower to
    their upper end. By default ranks are left out: their order is in the values. QueryError for an unknown indicator, unit or place.

    >>> indicators(graph, indicator="人工智能发明专利申请量").svg()  # doctest: +SKIP
    """
    panels = panels_of(graph, lang)
    where = _place(graph, place) if place else ("", "")
    chosen = panels
    if indicator:
        chosen = _of_indicator(graph, panels, indicator)
    if unit:
        known = sorted({panel.unit for panel in chosen if panel.unit})
        chosen = [panel for panel in chosen if panel.unit == unit]
        if not chosen:
            raise QueryError(
                say(
                    f"no value is in the unit '{unit}'; there are {', '.join(known[:12])}",
                    f"没有以“{unit}”为单位的数值；有 {'、'.join(known[:12])}",
                )
            )
    if where[0]:
        chosen = [panel for panel in chosen if where[0] in panel.subjects()]
    left_out = 0
    if not indicator:
        without = [panel for panel in chosen if not panel.ranks]
        left_out, chosen = len(chosen) - len(without), without
    drawn = chosen[:limit]
    title = pick(lang, "指标图", "Indicators")
    parts = [panel_title(drawn[0], lang)] if indicator and drawn else []
    parts += [shown(where[1])] if where[1] else []
    chart = Chart(graph, "indicators", f"{title}{pick(lang, '：', ': ')}{' · '.join(parts)}" if parts else title, lang)
    chart.subtitle = pick(
        lang,
        "每幅图一个指标、一个单位；只有同一对象、同一口径的数值才连线，其余并列；空心为预测、规划、目标、峰值",
        "One indicator and unit each; lines join values of one subject and scope only, others stand side by side; hollow: forecast, plan, target or peak",
    )
    if drawn:
        draw_panels(chart, drawn, where[0], rows)
    else:
        _draw_nothing(chart)
    chart.legend = _legend(drawn, bool(where[0]), lang)
    count = sum(len(panel.figures) for panel in drawn)
    chart.n = pick(lang, f"{count} 个数值，{len(drawn)} 个指标", f"{count} values, {len(drawn)} indicators")
    chart.filters = _filters(graph, drawn, lang)
    chart.notes = _notes(len(chosen) - len(drawn), left_out, drawn, rows, lang)
    chart.table = _table(graph, drawn, lang)
    return chart


def _place(graph: KnowledgeGraph, place: str) -> tuple[str, str]:
    try:
        return find_place(graph, place)
    except QueryError as error:
        try:
            return find(graph, place, "Park")
        except QueryError:
            raise error from None


def _of_indicator(graph: KnowledgeGraph, panels: list[Panel], text: str) -> list[Panel]:
    """Panels of an indicator, by its name in the list or by a wording of a source."""
    wanted = text.strip()
    rows = rows_by_id(graph, "Observation")
    found = [panel for panel in panels if panel.what == wanted]
    found = found or [
        panel
        for panel in panels
        if any(
            wanted in (rows[i].get("indicator_text"), rows[i]["name"]) for figure in panel.figures for i in figure.ids
        )
    ]
    if found:
        return found
    known = sorted({panel.what for panel in panels})
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.4) or [word for word in known if wanted in word][:3]
    listed = near or [panel.what for panel in panels[:8]]
    meant = say(f"; did you mean {', '.join(listed)}?", f"；是不是 {'、'.join(listed)}？") if listed else ""
    raise QueryError(say(f"no value of an indicator '{wanted}' is recorded{meant}", f"未见指标“{wanted}”的数值{meant}"))


def _draw_nothing(chart: Chart) -> None:
    body = chart.body
    body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
    body.rect(chart.width / 2 - 160, 42, 320, 36, fill="#ffffff")
    text = pick(chart.lang, "指标数值：未见记载", "values of indicators: not recorded")
    body.text(chart.width / 2, 65, text, size=14, anchor="middle")
    chart.height = 120


def _legend(drawn: list[Panel], placed: bool, lang: str) -> list[Key]:
    figures = [figure for panel in drawn for figure in panel.figures]
    keys = [Key(pick(lang, "实际值", "actual value"), "box", ("#2f6fcf",))] if figures else []
    if placed:
        keys = [
            Key(pick(lang, "所选地方", "chosen place"), "box", ("#2f6fcf",)),
            Key(pick(lang, "其他", "others"), "box", ("#b9c9e2",)),
        ]
    if any(figure.state != "actual" for figure in figures):
        keys.append(
            Key(
                pick(lang, "空心、虚线：预测、规划、目标、峰值", "hollow, dashed: forecast, plan, target, peak"),
                "box",
                ("#ffffff",),
                dashed=True,
            )
        )
    if any(figure.conflicts for figure in figures):
        keys.append(Key(pick(lang, "来源有矛盾", "sources disagree"), "triangle", (ALERT,)))
    return keys


def _filters(graph: KnowledgeGraph, drawn: list[Panel], lang: str) -> list[Filter]:
    names = names_of(graph)
    count: dict[str, int] = {}
    for panel in drawn:
        for figure in panel.figures:
            for node in figure.subjects:
                count[node] = count.get(node, 0) + 1
    nodes = sorted(count, key=lambda node: (-count[node], names.get(node, node), node))[:60]
    states = sorted({figure.state for panel in drawn for figure in panel.figures})
    return [
        Filter(
            pick(lang, "对象", "Subject"),
            tuple(
                (
                    node,
                    pick(lang, f"{names.get(node, node)}（{count[node]}）", f"{names.get(node, node)} ({count[node]})"),
                )
                for node in nodes
            ),
        ),
        Filter(pick(lang, "状态", "State"), tuple((f"state:{state}", state_name(state, lang)) for state in states)),
    ]


def _notes(more: int, ranks: int, drawn: list[Panel], rows: int, lang: str) -> list[str]:
    notes = []
    if more:
        notes.append(
            pick(
                lang,
                f"只画数值最多的 {len(drawn)} 个，另有 {more} 个未画",
                f"the {len(drawn)} with most values; {more} more are not drawn",
            )
        )
    if ranks:
        notes.append(
            pick(
                lang,
                f"未画 {ranks} 个名次指标（用 indicator 点名可画）",
                f"{ranks} indicators of rank are left out (name one with indicator=)",
            )
        )
    cut = sum(max(len(panel.bars()) - rows, 0) for panel in drawn)
    if cut:
        notes.append(pick(lang, f"{cut} 条横条未画，见数据表", f"{cut} bars are not drawn; they are in the table"))
    if any({"over", "under", "approx"} & set(f.row.get("qualifier") or []) for panel in drawn for f in panel.figures):
        notes.append(pick(lang, "≥ 超过，≤ 不足，≈ 约", "≥ over, ≤ under, ≈ about"))
    notes.append(
        pick(
            lang,
            "单位与口径照来源，不换算、不相加",
            "units and scopes as sources state them: nothing is converted or added up",
        )
    )
    return notes


def _table(graph: KnowledgeGraph, drawn: list[Panel], lang: str) -> pd.DataFrame:
    names, held = names_of(graph), titles(graph)
    return pd.DataFrame(
        [
            {
                pick(lang, "指标", "indicator"): panel.what,
                pick(lang, "对象", "subject"): [names.get(node, node) for node in figure.subjects],
                pick(lang, "时期", "period"): figure.period,
                pick(lang, "数值", "value"): figure.value,
                pick(lang, "上限", "upper end"): figure.row.get("value_max"),
                pick(lang, "单位", "unit"): panel.unit or None,
                pick(lang, "状态", "state"): state_name(figure.state, lang),
                pick(lang, "限定", "qualifier"): list(figure.row.get("qualifier") or []),
                pick(lang, "口径", "scope"): figure.row.get("scope"),
                pick(lang, "原文", "as written"): figure.row.get("value_text"),
                pick(lang, "编号", "id"): figure.ids[0],
                pick(lang, "出处", "sources"): [cite(entry, held, lang) for entry in figure.sources],
            }
            for panel in drawn
            for figure in sorted(panel.figures, key=lambda f: (f.label, f.scope, f.period or "", f.value, f.ids))
        ]
    )
