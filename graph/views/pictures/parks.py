"""Parks: what each focuses on as a matrix by city, or what is recorded of each as a card."""

from __future__ import annotations

from collections import Counter, defaultdict
from math import radians, sin
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.views.chart import Chart, Filter, Key, Line
from aikg.graph.views.chips import ALERT, Chip, alert, draw_chips, draw_nothing
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.park_cards import draw_cards
from aikg.graph.views.pictures.park_facts import FOCUS_LABELS, Parks, choose_parks, in_order, park_facts
from aikg.graph.views.style import label_style, text_width
from aikg.graph.views.svg import HATCH
from aikg.graph.views.svg import shown as shown_name
from aikg.graph.views.words import pick
from aikg.ontology.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["FOCUS_MARKS", "PARAMETERS", "parks"]

PARAMETERS = (
    Parameter(
        "view",
        "text",
        "matrix",
        {"zh": "matrix 园区 × 布局重点，cards 园区卡片", "en": "matrix: parks by focus; cards: a card for each park"},
        ("matrix", "cards"),
    ),
    Parameter("city", "text", "", {"zh": "只画此城市的园区", "en": "parks of this city only"}, values=("City",)),
    Parameter(
        "province", "text", "", {"zh": "只画此省区的园区", "en": "parks of this province only"}, values=("Province",)
    ),
    Parameter(
        "segment",
        "text",
        "",
        {"zh": "只画以此环节、技术或领域为重点的园区", "en": "parks that focus on this segment, technology or field"},
        values=FOCUS_LABELS,
    ),
    Parameter("park", "text", "", {"zh": "只画此园区", "en": "this park only"}, values=("Park",)),
    Parameter(
        "limit",
        "integer",
        None,
        {"zh": "最多多少园区；默认矩阵 80、卡片 24", "en": "how many parks at most; by default 80, as cards 24"},
        least=1,
    ),
    Parameter("columns", "integer", 24, {"zh": "矩阵最多多少列重点", "en": "columns of the matrix at most"}, least=1),
    LANG,
)
FOCUS_MARKS = {
    "ChainSegment": "dot",
    "Technology": "diamond",
    "Industry": "square",
    "ApplicationField": "hexagon",
    "ApplicationScenario": "triangle",
}
"""Marks of the kinds of focuses: kinds stay apart without their colours."""
_ROW, _CITY, _LEFT, _RIGHT = 23.0, 74.0, 316.0, 74.0
_SLANT, _NAME = 50.0, 150.0
# A matrix is mostly empty: its hatching steps back behind the marks.
_FAINT = 0.65
# Lines of chips below the matrix; all of them stand in the data.
_LINES = 12
_MOST = {"matrix": 80, "cards": 24}


def parks(
    graph: KnowledgeGraph,
    *,
    view: str = "matrix",
    city: str = "",
    province: str = "",
    segment: str = "",
    park: str = "",
    limit: int | None = None,
    columns: int = 24,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """Parks by city and focus, or as cards (`view`), those of a place or with a focus only.

    Raises QueryError with near names for an unknown city, province, focus or park.

    >>> parks(graph, city="杭州市", view="cards").svg()  # doctest: +SKIP
    """
    facts = park_facts(graph, lang)
    chosen, wanted = choose_parks(graph, facts, city=city, province=province, segment=segment, park=park)
    most = limit or _MOST[view]
    if view == "cards":
        chart = Chart(
            graph,
            "parks",
            pick(lang, "园区卡片：有记载的重点、园内、指标与称号", "Parks: focuses, contents, figures and titles on record"),
            lang,
            pick(lang, "记载最多的园区在前；斜纹为未见记载，不等于没有", "Parks with most on record first; hatched: not recorded, which is not none"),
        )  # fmt: skip
        ordered = sorted(chosen, key=lambda p: (-facts.recorded(p), facts.name[p], p))
        if not ordered:
            draw_nothing(chart)
        draw_cards(chart, facts, ordered[:most], FOCUS_MARKS)
        _say_cut(chart, len(ordered[:most]), len(ordered))
        chart.n = _parks_word(lang, len(ordered[:most])) if ordered else ""
    else:
        chart = Chart(
            graph,
            "parks",
            pick(lang, "园区 × 布局重点", "Parks by focus"),
            lang,
            pick(
                lang,
                "有记号：来源写明园区以此为重点；斜纹：未见记载，不等于没有",
                "A mark: a source names this focus of the park; hatched: not recorded, which is not none",
            ),
        )
        _matrix(chart, facts, chosen, wanted, most, columns)
    chart.legend += [Key(_kind(label, lang), FOCUS_MARKS[label], (label_style(label).color,)) for label in FOCUS_LABELS]
    chart.legend.append(Key(chart.words["has_conflict"], "triangle", (ALERT,)))
    return chart


def _matrix(chart: Chart, facts: Parks, chosen: Sequence[str], wanted: str, most: int, columns: int) -> None:
    lang = chart.lang
    with_focus = [p for p in chosen if facts.focus.get(p)]
    kept = sorted(with_focus, key=lambda p: (-len(facts.focus[p]), p))[:most]
    rows = in_order(facts, kept)
    counted = Counter(focus for p in rows for focus in facts.focus[p])
    spread: dict[str, set[str]] = defaultdict(set)
    for p in rows:
        for focus in facts.focus[p]:
            spread[focus].update(facts.cities(p))
    order = sorted(counted, key=lambda f: (f != wanted, -counted[f], -len(spread[f]), facts.name[f], f))
    # One further column alone is as wide as 其他, and says more.
    shown, others = (order, []) if len(order) <= columns + 1 else (order[:columns], order[columns:])
    if rows:
        _draw_matrix(chart, facts, rows, shown, others, counted)
    else:
        draw_nothing(chart)
    _rest(chart, facts, [p for p in chosen if p not in set(with_focus)])
    _say_cut(chart, len(rows), len(with_focus))
    if others:
        chart.notes.append(
            pick(
                lang,
                f"画出园区最多的 {len(shown)} 个重点，另 {len(others)} 个合为“其他”",
                f"the {len(shown)} focuses with most parks; {len(others)} more are “others”",
            )
        )
    chart.notes.append(
        pick(lang, "重点按来源所写的概念计，下级不计入上级；根概念“人工智能”不单列", "focuses as sources name them, narrower ones do not count for broader ones; the root 人工智能 has no column")
    )  # fmt: skip
    # Every park asked for is drawn, as a row or below; how many have a row is said with n.
    n = len(chosen) - len(with_focus) + len(rows)
    with_row = pick(lang, f"（{len(rows)} 个有细分重点的记载）", f" ({len(rows)} with a recorded focus)")
    chart.n = _parks_word(lang, n) + with_row if n else ""
    if len(rows) < sum(map(bool, facts.focus.values())):
        chart.notes.append(pick(lang, "园区数只计所画的园区", "numbers of parks are of those drawn"))
    columns_ = ("城市", "园区", "布局重点", "重点类型", "来源的措辞") if lang == "zh" else ("city", "park", "focus", "kind of focus", "wording")  # fmt: skip
    table: list[tuple[object, ...]] = []
    for p in [*rows, *(p for p in in_order(facts, chosen) if not facts.focus.get(p))]:
        where = "、".join(facts.name[c] for c in facts.cities(p)) or None
        found = facts.focus.get(p, {})
        for focus in sorted(found, key=lambda f: (-counted[f], facts.name[f], f)):
            text = "；".join(found[focus].texts) or None
            table.append((where, facts.name[p], facts.name[focus], _kind(facts.label[focus], lang), text))
        if not found:
            table.append(
                (where, facts.name[p], None, None, pick(lang, "人工智能", "人工智能") if p in facts.broad else None)
            )
    chart.table = pd.DataFrame(table, columns=list(columns_))


def _draw_matrix(
    chart: Chart,
    facts: Parks,
    rows: Sequence[str],
    shown: Sequence[str],
    others: Sequence[str],
    counted: Counter[str],
) -> None:
    body, lang = chart.body, chart.lang
    n_columns = len(shown) + bool(others)
    head = 22 + sin(radians(_SLANT)) * min(_NAME, max([text_width(facts.name[f], 12.5) for f in shown] or [0]))
    width = min(44.0, (chart.width - _LEFT - _RIGHT) / n_columns)
    right = _LEFT + n_columns * width
    city_tag = {c: f"c{at}" for at, c in enumerate(sorted({facts.place(p) for p in rows}))}
    focus_tag = {f: f"f{at}" for at, f in enumerate([*shown, *others])}
    for at, focus in enumerate(shown):
        x = _LEFT + (at + 0.5) * width
        body.text(
            0, 0, facts.name[focus], size=12.5, width=_NAME, key=chart.tell_node(focus), tags=(focus_tag[focus], facts.label[focus]),
            transform=f"translate({x:.1f} {head:.1f}) rotate({-_SLANT:g})",
        )  # fmt: skip
        body.text(x, head + 20, counted[focus], size=11.5, anchor="middle", fill="#5b6675")
    if others:
        x = _LEFT + (len(shown) + 0.5) * width
        text = pick(lang, f"其他（{len(others)} 个）", f"others ({len(others)})")
        body.text(0, 0, text, size=12.5, fill="#5b6675", transform=f"translate({x:.1f} {head:.1f}) rotate({-_SLANT:g})")
    body.text(_LEFT - 10, head + 20, pick(lang, "园区数", "parks"), size=11.5, anchor="end", fill="#5b6675")
    top = head + 28
    group = ""
    for line, park in enumerate(rows):
        y = top + line * _ROW
        city = facts.place(park)
        mine = facts.focus[park]
        tags = (city_tag[city], *(focus_tag[f] for f in mine), *sorted({facts.label[f] for f in mine}))
        if line == 0 or city != group:
            group = city
            body.line(0, y, right, y, stroke="#b8c1cd")
            _city(chart, facts, city, y, sum(facts.place(p) == city for p in rows), city_tag[city])
        doubtful = bool(facts.conflicts.get(park))
        name = shown_name(facts.name[park], _LEFT - _CITY - 14 - 18 * doubtful, 12.5)
        body.text(
            _LEFT - 10,
            y + 16,
            name,
            size=12.5,
            anchor="end",
            key=chart.tell_node(park),
            tags=tags,
            tip=facts.name[park],
        )
        if doubtful:
            alert(body, _LEFT - 20 - text_width(name, 12.5), y + _ROW / 2 + 0.5, tags=tags)
        for at, focus in enumerate(shown):
            _cell(chart, facts, park, focus, _LEFT + at * width, y, width, (city_tag[city], focus_tag[focus]))
        if others:
            _other_cell(chart, facts, park, [f for f in others if f in mine], right - width, y, width, city_tag[city], focus_tag)  # fmt: skip
    body.line(0, top + len(rows) * _ROW, right, top + len(rows) * _ROW, stroke="#b8c1cd")
    chart.height = top + len(rows) * _ROW + 6
    chart.filters = [
        Filter(
            pick(lang, "城市", "City"),
            tuple((city_tag[c], facts.name[c] if c else chart.words["not_recorded"]) for c in dict.fromkeys(map(facts.place, rows))),
        ),
        Filter(pick(lang, "重点", "Focus"), tuple((focus_tag[f], facts.name[f]) for f in [*shown, *others])),
        Filter(
            pick(lang, "重点类型", "Kind of focus"),
            tuple((label, _kind(label, lang)) for label in FOCUS_LABELS if label in {facts.label[f] for f in counted}),
        ),
    ]  # fmt: skip


def _city(chart: Chart, facts: Parks, city: str, y: float, n: int, tag: str) -> None:
    body = chart.body
    if not city:
        body.rect(0, y + 3, _CITY - 8, _ROW - 6, fill=HATCH, rx=2, tags=(tag,), tip=chart.words["not_recorded"])
        body.text(4, y + 16, chart.words["not_recorded"], size=10.5, fill="#4b5563", tags=(tag,))
        return
    body.text(
        0, y + 16, facts.name[city], size=12.5, weight=700, width=_CITY - 8, key=chart.tell_node(city), tags=(tag,)
    )
    if n > 1:
        body.text(0, y + 16 + _ROW - 5, _parks_word(chart.lang, n), size=11, fill="#5b6675", tags=(tag,))


def _cell(
    chart: Chart, facts: Parks, park: str, focus: str, x: float, y: float, width: float, tags: tuple[str, str]
) -> None:
    body, lang = chart.body, chart.lang
    found = facts.focus[park].get(focus)
    title = f"{facts.name[park]} · {facts.name[focus]}"
    label = facts.label[focus]
    all_tags = (*tags, label)
    if found is None:
        tip = f"{title}{chart.words['colon']}{chart.words['not_recorded']}"
        body.rect(x + 1, y + 1, width - 2, _ROW - 2, fill=HATCH, opacity=_FAINT, rx=2, tags=all_tags, tip=tip)
        return
    lines = [
        Line(pick(lang, "布局重点", "Focus"), facts.name[focus], tuple(found.sources)),
        Line(pick(lang, "类型", "Kind"), _kind(label, lang)),
        Line(pick(lang, "来源的措辞", "Wording"), "；".join(found.texts) or None, tuple(found.sources)),
    ]
    key = chart.tell(title, lines, sources=found.sources, conflicts=facts.conflicts.get(park, ()), nodes=[park, focus])
    color = label_style(label).color
    body.rect(
        x + 1, y + 1, width - 2, _ROW - 2, fill="#f2f6fb", stroke=color, stroke_width=1.2, rx=3, key=key, tags=all_tags, tip=title
    )  # fmt: skip
    body.symbol(
        FOCUS_MARKS.get(label, "dot"), x + width / 2, y + _ROW / 2, 6, fill=color, pointer_events="none", tags=all_tags
    )


def _other_cell(
    chart: Chart,
    facts: Parks,
    park: str,
    found: Sequence[str],
    x: float,
    y: float,
    width: float,
    city: str,
    focus_tag: dict[str, str],
) -> None:
    body = chart.body
    if not found:
        tip = f"{facts.name[park]}{chart.words['colon']}{chart.words['not_recorded']}"
        body.rect(x + 1, y + 1, width - 2, _ROW - 2, fill=HATCH, opacity=_FAINT, rx=2, tags=(city,), tip=tip)
        return
    tags = (city, *(focus_tag[f] for f in found), *sorted({facts.label[f] for f in found}))
    named = chart.words["list"].join(facts.name[f] for f in found)
    key = chart.tell(
        f"{facts.name[park]} · {pick(chart.lang, '其他重点', 'other focuses')}",
        [Line(facts.name[f], "；".join(facts.focus[park][f].texts) or None, tuple(facts.focus[park][f].sources)) for f in found],
        conflicts=facts.conflicts.get(park, ()),
        nodes=[park, *found],
    )  # fmt: skip
    body.rect(
        x + 1, y + 1, width - 2, _ROW - 2, fill="#f2f6fb", stroke="#6b7280", stroke_width=1.2, rx=3, key=key, tags=tags, tip=named
    )  # fmt: skip
    body.text(x + width / 2, y + 16, len(found), size=12, anchor="middle", pointer_events="none", tags=tags)


def _rest(chart: Chart, facts: Parks, rest: Sequence[str]) -> None:
    """Parks without a column: those that name 人工智能 only, and those of which no focus is recorded."""
    body, lang = chart.body, chart.lang
    broad = in_order(facts, [p for p in rest if p in facts.broad])
    unknown = in_order(facts, [p for p in rest if p not in facts.broad])
    y = chart.height + 8
    for found, title in (
        (broad, pick(lang, f"只写“人工智能”、未写细分重点的园区：{len(broad)} 个", f"{len(broad)} parks that name 人工智能 only")),
        (unknown, pick(lang, f"未见布局重点记载的园区：{len(unknown)} 个", f"{len(unknown)} parks without a recorded focus")),
    ):  # fmt: skip
        if not found:
            continue
        chips = []
        for p in found:
            where = "、".join(facts.name[c] for c in facts.cities(p)) or chart.words["not_recorded"]
            key = chart.tell_node(p)
            tip = f"{facts.name[p]}（{where}）"
            marked = bool(facts.conflicts.get(p))
            if p in facts.broad:
                chart.cite(facts.broad[p])
                chips.append(
                    Chip(facts.name[p], key=key, edge="#c77d1e", fill="#fff8ec", dashed=True, alert=marked, tip=tip)
                )
            else:
                chips.append(Chip(facts.name[p], key=key, fill=HATCH, edge="#aab3bf", alert=marked, tip=tip))
        body.text(0, y + 14, title, size=13, weight=700)
        y += (
            22
            + draw_chips(body, chips, 0, y + 22, chart.width, most=_LINES, more=pick(lang, "另 {n} 个", "{n} more"))
            + 12
        )
    if broad:
        chart.legend.append(Key(pick(lang, "只写“人工智能”", "人工智能 only"), "box", ("#fff8ec",), dashed=True))
    chart.height = y


def _say_cut(chart: Chart, drawn: int, all_: int) -> None:
    if drawn < all_:
        chart.notes.append(
            pick(
                chart.lang,
                f"只画记载最多的 {drawn} 个园区，共 {all_} 个",
                f"the {drawn} parks with most on record, of {all_}",
            )
        )


def _parks_word(lang: str, n: int) -> str:
    return pick(lang, f"{n} 个园区", f"{n} park{'s' if n > 1 else ''}")


def _kind(label: str, lang: str) -> str:
    known = load_schema().labels.get(label)
    return known.label[lang] if known else label
