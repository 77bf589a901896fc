"""Goals as bullet bars against the latest recorded value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.facts import names_of
from aikg.graph.analysis.names import find, find_place
from aikg.graph.citations import cite, titles
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.chips import ALERT
from aikg.graph.views.figure_conflicts import FigureConflicts
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.target_bullets import LOOKS, PLACES, Bullet, draw_bullets, state_word
from aikg.graph.views.pictures.target_rows import STATES, Goal, goals_of
from aikg.graph.views.svg import HATCH, shown
from aikg.graph.views.words import pick
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.pictures.target_rows import Baseline

__all__ = ["PARAMETERS", "targets"]

PARAMETERS = (
    Parameter(
        "place",
        "text",
        "",
        {"zh": "只看此地方的目标，默认各地（目标多者在前）", "en": "only goals of this place; by default all, those with most goals first"},
        values=("City", "Province", "Region", "Country", "District", "Park"),
    ),
    Parameter(
        "indicator",
        "text",
        "",
        {"zh": "只看此指标（指标名称或来源的措辞）", "en": "only this indicator (its name or the source's wording)"},
    ),
    Parameter("limit", "integer", 60, {"zh": "最多多少个目标", "en": "how many goals at most"}, least=1),
    LANG,
)  # fmt: skip


def targets(
    graph: KnowledgeGraph,
    *,
    place: str = "",
    indicator: str = "",
    limit: int = 60,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Each goal on a scale of its own: its value is 100 %, the latest comparable value a bar, and hatched where none is recorded.

    The rules are those of the question target-baseline (`goals_of`). Goals with a value come first, then those without, by place, places with
    most goals first. QueryError for an unknown place or indicator.

    >>> targets(graph, place="浙江省").svg()  # doctest: +SKIP
    """
    goals = goals_of(graph)
    where = _place(graph, place) if place else ("", "")
    if indicator:
        goals = _of_indicator(goals, indicator)
    if where[0]:
        goals = [goal for goal in goals if where[0] in goal.subjects]
    title = pick(lang, "目标与现状", "Targets against recorded values")
    chart = Chart(graph, "targets", f"{title}{pick(lang, '：', ': ')}{shown(where[1])}" if where[1] else title, lang)
    chart.subtitle = pick(
        lang,
        "每条以该目标值为 100%，各有自己的刻度，不同单位不在同一轴上；横条为最近一次记载的实际数，斜纹为未见可比的实际数",
        "Each goal is 100 % of its own scale, so units never share an axis; bars are the latest recorded values, hatched: no comparable value recorded",
    )
    bullets = _ordered(graph, goals, lang)
    kept = bullets[:limit]
    _draw(chart, kept, place=where[0])
    met = sum(bool(one.goal.baselines) for one in kept)
    chart.n = pick(
        lang,
        f"{len(kept)} 个目标，其中 {met} 个有可比的实际数",
        f"{len(kept)} goals, {met} of them with a comparable value",
    )
    chart.filters = _filters(graph, kept, lang)
    chart.notes = _notes(kept, len(bullets) - len(kept), lang)
    chart.table = _table(graph, kept, lang)
    return chart


def _place(graph: KnowledgeGraph, place: str) -> tuple[str, str]:
    try:
        return find_place(graph, place)
    except QueryError as error:
        try:
            return find(graph, place, "Park")
        except QueryError:
            raise error from None


def _of_indicator(goals: list[Goal], indicator: str) -> list[Goal]:
    found = [goal for goal in goals if indicator.strip() in (goal.row.get("indicator"), goal.row.get("name"))]
    if found:
        return found
    import difflib

    known = sorted({str(word) for goal in goals for word in (goal.row.get("indicator"), goal.row.get("name")) if word})
    near = (
        difflib.get_close_matches(indicator, known, n=3, cutoff=0.4)
        or [word for word in known if indicator in word][:3]
    )
    listed = near or known[:8]
    there = say(f"; there are {', '.join(listed)}", f"；有 {'、'.join(listed)}") if listed else ""
    raise QueryError(
        say(f"no goal of this graph is about '{indicator}'{there}", f"本图没有关于“{indicator}”的目标{there}")
    )


def _ordered(graph: KnowledgeGraph, goals: list[Goal], lang: str) -> list[Bullet]:
    """Goals with a baseline first, by date due; then the others by place, places with most goals first, those of no place last."""
    labels = {node: label for label in PLACES if label in graph.nodes for node in graph.nodes[label]["id"]}
    names, conflicts = names_of(graph), FigureConflicts(graph, lang)
    made = []
    for goal in goals:
        places = sorted((PLACES.index(labels[node]), node) for node in goal.things if node in labels)
        rows = [goal.row, *(one.row for one in goal.baselines)]
        # One contradiction of both the goal and its value is said once.
        found = {str(one): one for row in rows for one in conflicts.of(goal.things, row)}
        made.append(Bullet(goal, places[0][1] if places else "", names, lang, list(found.values())))
    count: dict[str, int] = {}
    for one in made:
        count[one.home] = count.get(one.home, 0) + 1

    def key(one: Bullet) -> tuple[object, ...]:
        goal = one.goal
        late = (goal.period or "9999", str(goal.row.get("name")), goal.id)
        return (False, *late) if goal.baselines else (True, not one.home, -count[one.home], one.home, *late)

    return sorted(made, key=key)


def _draw(chart: Chart, bullets: list[Bullet], *, place: str) -> None:
    lang = chart.lang
    if not bullets:
        body = chart.body
        body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
        body.rect(chart.width / 2 - 160, 42, 320, 36, fill="#ffffff")
        body.text(chart.width / 2, 65, pick(lang, "目标：未见记载", "goals: not recorded"), size=14, anchor="middle")
        chart.height = 120
        return
    draw_bullets(chart, bullets, place)
    held = {bullet.goal.state(one) for bullet in bullets for one in bullet.goal.baselines}
    chart.legend = [
        Key(f"{LOOKS[state].sign} {state_word(state, lang)}", "box", (LOOKS[state].color,))
        for state in STATES
        if state in held
    ]
    chart.legend.append(Key(pick(lang, "目标值（100%）", "goal (100 %)"), "line", ("#1b2430",)))
    if any(bullet.conflicts for bullet in bullets):
        chart.legend.append(Key(chart.words["has_conflict"], "triangle", (ALERT,)))


def _filters(graph: KnowledgeGraph, bullets: list[Bullet], lang: str) -> list[Filter]:
    names = names_of(graph)
    homes = list(dict.fromkeys(sorted(bullet.home for bullet in bullets if bullet.home)))
    states = [state for state in STATES if any(bullet.tags_state == f"state:{state}" for bullet in bullets)]
    return [
        Filter(pick(lang, "地方", "Place"), tuple((home, names.get(home, home)) for home in homes)),
        Filter(pick(lang, "状态", "State"), tuple((f"state:{state}", state_word(state, lang)) for state in states)),
    ]


def _notes(kept: list[Bullet], left: int, lang: str) -> list[str]:
    notes = [pick(lang, f"另有 {left} 个目标未画", f"{left} more goals are not drawn")] if left else []
    notes.append(
        pick(
            lang,
            "可比：对象、指标、单位都相同，取最近一期；口径由来源各自写明，未必相同",
            "comparable: same things, indicator and unit, latest time; scopes are as sources state them and may differ",
        )
    )
    if any(bullet.goal.baselines for bullet in kept):
        notes.append(
            pick(
                lang,
                "年均增速 =（目标 ÷ 实际）的 1/年数 次方 − 1，年份未写明的不算",
                "yearly growth = (goal ÷ value)^(1/years) − 1; none where a year is not recorded",
            )
        )
    return notes


def _table(graph: KnowledgeGraph, bullets: list[Bullet], lang: str) -> pd.DataFrame:
    names, held = names_of(graph), titles(graph)
    rows = []
    for bullet in bullets:
        goal = bullet.goal
        listed: list[Baseline | None] = [*goal.baselines] or [None]
        for one in listed:
            state = state_word(goal.state(one), lang)
            sources = [*goal.sources, *(one.sources if one else ())]
            rows.append(
                {
                    pick(lang, "目标", "goal"): goal.row.get("name"),
                    pick(lang, "编号", "id"): goal.id,
                    pick(lang, "对象", "about"): [names.get(node, node) for node in goal.subjects],
                    pick(lang, "关系", "relation"): goal.relation,
                    pick(lang, "目标值", "value of the goal"): goal.value,
                    pick(lang, "单位", "unit"): goal.unit or None,
                    pick(lang, "到期", "due"): goal.period,
                    pick(lang, "状态", "state"): state,
                    pick(lang, "实际数", "latest value"): one.value if one else None,
                    pick(lang, "实际数时期", "its time"): one.row.get("period") if one else None,
                    pick(lang, "目标减实际", "goal minus value"): goal.distance(one) if one else None,
                    pick(lang, "年数", "years"): goal.years(one) if one else None,
                    pick(lang, "所需年均增长 %", "yearly growth needed %"): goal.growth(one) if one else None,
                    pick(lang, "出处", "sources"): [cite(entry, held, lang) for entry in dict.fromkeys(sources)],
                }
            )
    table = pd.DataFrame(rows)
    years = pick(lang, "年数", "years")
    if years in table:
        table[years] = table[years].astype("Int64")
    return table
