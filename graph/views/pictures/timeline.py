"""Policies over time: lanes by level or place, dates as precise as they are recorded, planning periods as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.facts import names_of, things
from aikg.graph.citations import cite, titles
from aikg.graph.views.chart import Chart, Filter
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.policy_marks import PolicyMark, names_with_counts, policy_marks
from aikg.graph.views.pictures.timeline_drawing import draw_timeline, lane_name
from aikg.graph.views.recorded import code_names
from aikg.graph.views.svg import shown
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "timeline"]

COUNTRY = "中国"
PARAMETERS = (
    Parameter(
        "lanes",
        "text",
        "level",
        {"zh": "泳道：level 按层级、place 按地方", "en": "lanes by level or by place"},
        ("level", "place"),
    ),
    Parameter(
        "country",
        "text",
        COUNTRY,
        {"zh": "只看此国（含其省市）的政策，空为各国", "en": "only policies of this country and places in it; empty: all"},
        values=("Country",),
    ),
    Parameter(
        "place",
        "text",
        "",
        {"zh": "只看此地（含其下级）的政策", "en": "only policies of this place and of what lies in it"},
        values=("City", "Province", "Region", "Country", "District", "Park"),
    ),
    Parameter("since", "integer", 0, {"zh": "发布年份不早于，0 为不限", "en": "issued in this year or later; 0: any"}, least=0),
    Parameter("until", "integer", 0, {"zh": "发布年份不晚于，0 为不限", "en": "issued in this year or before; 0: any"}, least=0),
    Parameter("limit", "integer", 120, {"zh": "最多多少项（取近年的）", "en": "how many at most (the latest)"}, least=1),
    LANG,
)  # fmt: skip
_OPTIONS = 60


def timeline(
    graph: KnowledgeGraph,
    *,
    lanes: Literal["level", "place"] = "level",
    country: str = COUNTRY,
    place: str = "",
    since: int = 0,
    until: int = 0,
    limit: int = 120,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Policies by date of issue: a month is a bar over the month, a year one over the year; those without a date are listed apart.

    Bars below a title are the planning period that the title states, triangles the years in which goals are due (the rules of
    the question policy-duration). QueryError for an unknown country or place.

    >>> timeline(graph, place="浙江省", lanes="place").svg()  # doctest: +SKIP
    """
    # The default is no wish of the reader's: a graph without that country shows what it has.
    if country == COUNTRY and COUNTRY not in set(things(graph, "Country")["name"]):
        country = ""
    marks = policy_marks(graph, country=country, place=place, lang=lang)
    dated = [
        m
        for m in marks
        if m.issued and (not since or m.issued.end > since) and (not until or m.issued.start < until + 1)
    ]
    undated = [m for m in marks if m.issued is None]
    # The newest: their list is in the order of issue.
    cut = max(len(dated) + len(undated) - limit, 0)
    dated, undated = dated[min(cut, len(dated)) :], undated[: len(undated) - max(cut - len(dated), 0)]
    title = pick(lang, "人工智能政策时间线", "Time line of AI policies")
    where = shown(place or country, 300, 22)
    chart = Chart(graph, "timeline", f"{title}{pick(lang, '：', ': ')}{where}" if where else title, lang)
    chart.subtitle = pick(
        lang,
        "横轴为发布时间：写到月的占满该月，只写年份的占满全年；标题下的横条是标题写明的规划期，▽ 为目标到期年份",
        "By date of issue: a month fills its month, a year its year; bars below titles are planning periods that titles state, ▽ years in which goals are due",
    )
    draw_timeline(chart, dated, undated, lanes)
    drawn = [*dated, *undated]
    chart.n = pick(
        lang,
        f"{len(drawn)} 项政策（{len(undated)} 项日期未见记载）",
        f"{len(drawn)} policies ({len(undated)} without a recorded date)",
    )
    chart.filters = _filters(graph, drawn, lang)
    chart.notes = _notes(marks, drawn, cut, since, until, lanes, lang)
    chart.table = _table(graph, drawn, lang)
    return chart


def _filters(graph: KnowledgeGraph, drawn: list[PolicyMark], lang: str) -> list[Filter]:
    made = []
    for title, what in ((pick(lang, "重点", "Focus"), "focus"), (pick(lang, "地方", "Place"), "inside")):
        options = names_with_counts(graph, drawn, what)[:_OPTIONS]
        made.append(
            Filter(title, tuple((node, pick(lang, f"{name}（{n}）", f"{name} ({n})")) for node, name, n in options))
        )
    kinds, held = code_names("policy_kind", lang), sorted({str(mark.row.get("kind") or "") for mark in drawn})
    unknown = pick(lang, "未见记载", "not recorded")
    made.append(
        Filter(pick(lang, "类别", "Kind"), tuple((f"kind:{k}", kinds.get(k, k) if k else unknown) for k in held))
    )
    return made


def _notes(
    marks: list[PolicyMark], drawn: list[PolicyMark], cut: int, since: int, until: int, by: str, lang: str
) -> list[str]:
    notes = []
    if cut:
        notes.append(
            pick(
                lang,
                f"只画近年的 {len(drawn)} 项，另有 {cut} 项未画",
                f"only the latest {len(drawn)}; {cut} are not drawn",
            )
        )
    if since or until:
        stretch = f"{since or ''}–{until or ''}"
        outside = len(marks) - len(drawn) - cut
        notes.append(
            pick(
                lang,
                f"只画 {stretch} 年发布的（未画 {outside} 项）；日期未见记载的照列",
                f"only those issued in {stretch} ({outside} not drawn); undated ones stay",
            )
        )
    derived = sum(mark.level is None and mark.lane != "other" for mark in drawn)
    if by == "level" and derived:
        notes.append(
            pick(
                lang,
                f"{derived} 项来源未写层级，按发布或适用的最高一级地方归入（直辖市归省级）",
                f"{derived} have no stated level: they stand under the highest place that issued them or that they apply to (municipalities under provinces)",
            )
        )
    notes.append(
        pick(
            lang,
            "“三年行动”“十四五”等没有写出年份的不推算",
            "nothing is inferred from “three-year” or “14th five-year”",
        )
    )
    return notes


def _table(graph: KnowledgeGraph, drawn: list[PolicyMark], lang: str) -> pd.DataFrame:
    names, held = names_of(graph), titles(graph)
    kinds, levels = code_names("policy_kind", lang), code_names("level", lang)
    rows = [
        {
            pick(lang, "政策", "policy"): mark.name,
            pick(lang, "编号", "id"): mark.id,
            pick(lang, "发布", "issued"): mark.row.get("issued"),
            pick(lang, "泳道", "lane"): lane_name(mark.lane, lang),
            pick(lang, "层级（来源所写）", "level (as stated)"): levels.get(mark.level or "", mark.level),
            pick(lang, "类别", "kind"): kinds.get(mark.row.get("kind") or "", mark.row.get("kind")),
            pick(lang, "地方", "places"): [names.get(node, node) for node in sorted({**mark.issuers, **mark.owners})],
            pick(lang, "规划期首年", "period from"): mark.years[0] if mark.years else None,
            pick(lang, "规划期末年", "period to"): mark.years[1] if mark.years else None,
            pick(lang, "目标到期年份", "goals due"): "、".join(map(str, mark.due)) or None,
            pick(lang, "重点", "focus"): sorted(names.get(node, node) for node in mark.focus),
            pick(lang, "出处", "sources"): [cite(entry, held, lang) for entry in mark.row.get("sources") or []],
        }
        for mark in drawn
    ]
    table = pd.DataFrame(rows)
    for column in (pick(lang, "规划期首年", "period from"), pick(lang, "规划期末年", "period to")):
        if column in table:
            table[column] = table[column].astype("Int64")
    return table
