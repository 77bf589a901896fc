"""Contradictions as dumbbells: both sides of each, with their sources, on a scale where they are numbers or dates."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from aikg.graph.citations import titles
from aikg.graph.evidence import conflicts, find_node
from aikg.graph.views.chain_names import names_in
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.contradiction_draw import COLORS, draw_dispute, height_of
from aikg.graph.views.pictures.contradiction_rows import Dispute, disputes, table_of
from aikg.graph.views.recorded import code_names
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from typing import Literal

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "contradictions"]

PARAMETERS = (
    Parameter(
        "severity",
        "text",
        "",
        {
            "zh": "只看此严重程度：hard 不能同真、soft 可解释、alias 写法不同",
            "en": "only this severity: hard, soft or alias (spelt differently)",
        },
        ("", "hard", "soft", "alias"),
    ),
    Parameter(
        "kind", "text", "", {"zh": "只看此类矛盾", "en": "only this kind"}, ("", *code_names("conflict_kind", "en"))
    ),
    Parameter(
        "subject",
        "text",
        "",
        {"zh": "只看此对象的矛盾：名称、别名或编号", "en": "only those about this thing: name, alias or id"},
    ),
    Parameter(
        "limit", "integer", 40, {"zh": "最多多少条，严重者在前", "en": "how many at most, hard ones first"}, least=1
    ),
    LANG,
)
_BAND, _KIND, _GAP = 28.0, 24.0, 8.0


def contradictions(
    graph: KnowledgeGraph,
    *,
    severity: Literal["", "hard", "soft", "alias"] = "",
    kind: str = "",
    subject: str = "",
    limit: int = 40,
    lang: Literal["zh", "en"] = "zh",
) -> Chart:
    """The contradictions of the graph (`evidence.conflicts`), hard ones first, each with both values as written and their sources.

    Numbers of one unit stand on a scale where the larger is 100 %, dates on a time axis of their own, everything else as two
    labelled ends. `severity`, `kind` and `subject` limit them; GraphError for an unknown subject.

    >>> contradictions(graph, severity="hard").svg()  # doctest: +SKIP
    """
    about = find_node(graph, subject) if subject else ""
    found = conflicts(graph, kinds=[kind] if kind else (), severities=[severity] if severity else ())
    if about:
        found = found[found["subject_id"] == about]
    every = disputes(found, names_in(graph, lang), lang)
    drawn = every[:limit]
    chart = Chart(
        graph,
        "contradictions",
        pick(lang, "矛盾对照图：来源说法不一之处", "Contradictions: where sources disagree"),
        lang,
        pick(
            lang,
            "每行一处矛盾，两端为双方原文与出处；数值以较大者为 100%，日期按时间轴，其余并列。未裁定者两端皆空心",
            "One row each, both sides as written with their sources; numbers in % of the larger, dates on a time axis, others side by side",
        ),
    )
    _draw(chart, drawn, every)
    chart.legend = _legend(drawn, lang)
    chart.filters = _filters(graph, drawn, lang)
    chart.n = pick(lang, f"{len(every)} 处矛盾", f"{len(every)} contradictions")
    chart.notes += _notes(every, drawn, lang)
    chart.table = table_of(drawn, titles(graph), lang)
    return chart


def _draw(chart: Chart, drawn: list[Dispute], every: list[Dispute]) -> None:
    body, lang = chart.body, chart.lang
    if not drawn:
        body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
        body.rect(chart.width / 2 - 190, 42, 380, 36, fill="#ffffff")
        empty = pick(lang, "来源互相矛盾之处：未见记载", "sources that disagree: not recorded")
        body.text(chart.width / 2, 65, empty, size=14, anchor="middle")
        chart.height = 120
        return
    of_severity = Counter(one.severity for one in every)
    of_kind = Counter((one.severity, one.kind) for one in every)
    here = Counter((one.severity, one.kind) for one in drawn)
    y, severity, kind = 0.0, None, None
    for one in drawn:
        if one.severity != severity:
            y += _GAP if severity is not None else 0
            severity, kind = one.severity, None
            shown_ = sum(n for (s, _), n in here.items() if s == severity)
            _band(chart, y, one, shown_, of_severity[severity])
            y += _BAND + 2
        if one.kind != kind:
            kind = one.kind
            n, whole = here[severity, kind], of_kind[severity, kind]
            counted = str(n) if n == whole else f"{n} / {whole}"
            tags = _tags_of_group([other for other in drawn if (other.severity, other.kind) == (severity, kind)])
            body.text(2, y + 17, f"{one.kind_name}{chart.words['open']}{counted}{chart.words['shut']}", size=12, weight=600, fill=COLORS.get(severity, COLORS[""]), tags=tags, width=400)  # fmt: skip
            body.line(0, y + _KIND - 1, chart.width, y + _KIND - 1, tags=tags)
            y += _KIND
        height = height_of(chart, one)
        draw_dispute(chart, one, y, height)
        y += height
        body.line(0, y, chart.width, y, stroke="#eef1f5")
    chart.height = y


def _band(chart: Chart, y: float, one: Dispute, n: int, whole: int) -> None:
    lang = chart.lang
    said = {
        "hard": pick(lang, "至少一方有误", "at least one side is wrong"),
        "soft": pick(lang, "口径、时间不同或一方留空可以解释", "scope, time or a blank may explain it"),
        "alias": pick(lang, "同一事物的不同写法", "one thing, written in two ways"),
    }.get(one.severity, "")
    many = pick(lang, f"{n} 处", f"{n}") if n == whole else pick(lang, f"画出 {n} 处，共 {whole} 处", f"{n} of {whole}")
    text = f"{one.severity_name} · {many}" + (f" · {said}" if said else "")
    chart.body.rect(0, y, chart.width, _BAND - 4, rx=3, fill=COLORS.get(one.severity, COLORS[""]))
    chart.body.text(10, y + 16.5, text, size=13, weight=600, fill="#ffffff", width=chart.width - 20)


def _tags_of_group(group: list[Dispute]) -> tuple[str, ...]:
    """A heading stays as long as one of its rows does."""
    return tuple(dict.fromkeys(tag for one in group for tag in one.tags))


def _legend(drawn: list[Dispute], lang: str) -> list[Key]:
    ink = "#3b4655"
    forms = {one.reading.form for one in drawn}
    keys = []
    if "number" in forms:
        keys.append(Key(pick(lang, "数值（较大者为 100%）", "number (larger = 100 %)"), "dot", (ink,), dashed=True))
    if "date" in forms:
        keys.append(
            Key(
                pick(lang, "日期（每行自有时间轴）", "date (each row has its own axis)"), "diamond", (ink,), dashed=True
            )
        )
    if "words" in forms:
        keys.append(Key(pick(lang, "文字（无刻度）", "words (no scale)"), "square", (ink,), dashed=True))
    keys.append(Key(pick(lang, "实心、✓：图谱采用的一方", "filled, ✓: the side that the graph shows"), "dot", (ink,)))
    if any(extent is not None and extent.open for one in drawn for extent in (one.reading.a, one.reading.b)):
        keys.append(Key(pick(lang, "→ 原文为“超过”等，← “不足”等", "→ the source says over, ← under"), "line", (ink,)))
    return keys


def _filters(graph: KnowledgeGraph, drawn: list[Dispute], lang: str) -> list[Filter]:
    named = titles(graph)
    documents = sorted({tag for one in drawn for tag in one.documents}, key=lambda d: (named.get(d, d), d))
    severities = {one.severity: one.severity_name for one in drawn}
    kinds = {one.kind: one.kind_name for one in drawn}
    return [
        Filter(pick(lang, "严重程度", "Severity"), tuple((f"severity:{s}", name) for s, name in severities.items())),
        Filter(pick(lang, "类别", "Kind"), tuple((f"kind:{k}", name) for k, name in kinds.items())),
        Filter(pick(lang, "文献", "Document"), tuple((d, named.get(d, d)) for d in documents)),
    ]


def _notes(every: list[Dispute], drawn: list[Dispute], lang: str) -> list[str]:
    notes = []
    if len(drawn) < len(every):
        rest = Counter(one.severity for one in every[len(drawn) :])
        names = {one.severity: one.severity_name for one in every}
        listed = pick(lang, "、", ", ").join(f"{names[s]} {n}" for s, n in rest.items())
        notes.append(
            pick(
                lang,
                f"只画 {len(drawn)} 处（严重者在前），未画：{listed}",
                f"{len(drawn)} drawn, hard ones first; left out: {listed}",
            )
        )
    extents = [extent for one in drawn if one.reading.form == "number" for extent in (one.reading.a, one.reading.b)]
    if any(extent is not None and extent.high > extent.low for extent in extents):
        notes.append(
            pick(lang, "区间画成长条，百分比取中点", "ranges are bars; their percentage is taken from the middle")
        )
    if any(one.reading.form == "words" for one in drawn):
        notes.append(
            pick(
                lang,
                "单位不同、数值相同或含算式者按文字并列",
                "sides with different units, the same number or a calculation are shown as words",
            )
        )
    return notes
