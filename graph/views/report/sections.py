"""Chapters of a report on what a place has: in short, the chain, what could be done for it, parks and computing, firms."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import works_in
from aikg.graph.analysis.tables import records
from aikg.graph.views.details import number_text
from aikg.graph.views.pictures.park_facts import park_facts
from aikg.graph.views.recorded import figure_about, figure_text
from aikg.graph.views.report.parts import Cell, Column, Section
from aikg.graph.views.report.place import unique
from aikg.graph.views.states import state_word
from aikg.graph.views.svg import shown
from aikg.ontology.language import speaking
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.views.report.place import Place

__all__ = ["actions", "chain", "compute", "firms", "parks", "percent", "summary"]

_REASONS = {
    "provider_hhi": ("提供地集中于少数城市", "provided by few cities"),
    "one_firm": ("仅一家企业", "one firm only"),
    "suppliers_outside": ("供应多来自外部", "mostly supplied from outside"),
    "upstream": ("上游环节已具备", "an upstream segment is there"),
    "downstream": ("下游环节已具备", "a downstream segment is there"),
    "density": ("与已有优势环节关联紧密", "close to the segments it is strong in"),
}
_UNITS = {
    "firms": "家",
    "segments": "个",
    "layers": "层",
    "parks": "个",
    "policies": "项",
    "compute centres": "个",
    "programmes": "个",
    "institutions": "个",
}
_BASES = {
    "stated": ("来源写明", "stated"),
    "use": ("场景使用", "used by a scenario"),
    "layers": ("层次推得", "by layers"),
}


def percent(value: float) -> str:
    """A share as people read it.

    >>> percent(0.3939)
    '39%'
    """
    return f"{value:.0%}"


def summary(place: Place) -> Section:
    """How many of everything, and which."""
    p = place
    made = Section("summary", p.pick("概况", "In short"))
    found: dict[str, tuple[str, dict[str, Iterable[str]]]] = {
        key: (p.pick(*titles), dict(p.things[key]))
        for key, titles in (
            ("firms", ("企业", "Companies")),
            ("segments", ("环节", "Segments of the chain")),
            ("layers", ("产业链层", "Layers of the chain")),
            ("parks", ("园区", "Parks")),
            ("policies", ("政策", "Policies")),
            ("compute centres", ("智算中心", "Computing centres")),
            ("programmes", ("试点与专项", "Programmes")),
        )
    }
    seated = {n: p.spots(label) for label, n in (("University", "u"), ("Institution", "i"))}
    both = {node: [e for said in at.values() for e in said] for of in seated.values() for node, at in of.items()}
    found["institutions"] = (p.pick("高校与机构", "Universities and institutions"), dict(both))
    rows = []
    for key, (title, of) in found.items():
        unit = p.pick(_UNITS.get(key, ""), "")
        names = p.listed(sorted(of, key=p.name_of))
        cited = unique(entry for said in of.values() for entry in said)
        rows.append(
            (
                Cell(title),
                Cell(str(len(of)) if of else None, tuple(cited), "count", unit=unit if of else ""),
                Cell(names if of else ""),
            )
        )
    made.table(
        p.pick("有记载的数量与名称（去重）", "What is recorded, counted once each"),
        (
            Column(p.pick("项目", "What"), "name"),
            Column(p.pick("数量", "Number"), "number"),
            Column(p.pick("名称", "Names"), "long"),
        ),
        rows,
    )
    if disputed := p.things["firms with disputed seat"]:
        made.say(
            p.pick(
                f"其中 {len(disputed)} 家企业的总部所在地各来源说法不一：{p.listed(sorted(disputed))}；在每个所说的城市都计入。",
                f"Of these, sources disagree on the headquarters of {len(disputed)}: {p.listed(sorted(disputed))}; "
                "they count in each city that is named.",
            ),
            unique(entry for said in disputed.values() for entry in said),
            small=True,
        )
    return made


def chain(place: Place) -> Section:
    """How much of the chain is there, and the state of each segment."""
    p = place
    made = Section("chain", p.pick("产业链：环节与状态", "The chain: segments and their states"))
    states = p.states
    if states.empty:
        made.say(p.pick("未见产业链环节的记载。", "No segment of the chain is recorded."), unknown=True)
        return made
    layers = sorted(
        p.rows("ChainLayer").values(), key=lambda row: (row.get("order") is None, row.get("order"), row["id"])
    )
    rows = [_coverage(p, p.pick("全链", "Whole chain"), "")]
    rows += [_coverage(p, p.name_of(row["id"]), row["id"]) for row in layers]
    made.table(
        p.pick("产业链覆盖度", "Coverage of the chain"),
        (
            Column(p.pick("层", "Layer"), "name"),
            Column(p.pick("环节", "Segments"), "number"),
            Column(p.pick("有企业的", "With firms"), "number"),
            Column(p.pick("覆盖度", "Coverage"), "number"),
            Column(p.pick("两端皆有企业的上下游", "Links with firms at both ends"), "number"),
            Column(p.pick("企业（家）", "Companies"), "number"),
        ),
        rows,
    )
    names = {row["name"]: p.name_of(row["id"]) for row in layers}
    made.table(
        p.pick("有企业或被提及的环节", "Segments with firms, or named"),
        (
            Column(p.pick("环节", "Segment"), "name"),
            Column(p.pick("层", "Layer")),
            Column(p.pick("状态", "State")),
            Column(p.pick("企业数", "Firms"), "number"),
            Column(p.pick("区位商", "LQ"), "number"),
            Column(p.pick("企业", "Which"), "long"),
            Column(p.pick("提及者", "Named by"), "long"),
        ),
        (
            (
                Cell(p.name_of(row.id), tuple(row.sources)),
                Cell(p.words["list"].join(names.get(layer, layer) for layer in row.layer)),
                Cell(state_word(row.state, p.lang), look="state", code=row.state),
                Cell(_between(row.n, row.low) if row.n else None),
                Cell(f"{row.lq:.2f}" if not is_null(row.lq) else "n < 3" if row.n else ""),
                Cell(p.words["list"].join(row.firms)),
                Cell(p.words["list"].join(row.stated_by)),
            )
            for row in records(states)
            if row.state != "not recorded"
        ),
    )
    absent = states[states["state"] == "not recorded"]
    if len(absent):
        of = defaultdict(list)
        for row in records(absent):
            for layer in row.layer or [""]:
                of[names.get(layer, layer)].append(p.name_of(row.id))
        lists = p.words["semicolon"].join(
            f"{layer}{p.words['colon'] if layer else ''}{p.words['list'].join(found)}" for layer, found in of.items()
        )
        made.say(
            p.pick(
                f"未见企业、园区或政策提及的环节 {len(absent)} 个——{lists}。",
                f"Neither firms nor parks or policies are recorded for {len(absent)} segments – {lists}.",
            ),
            unknown=True,
        )
    return made


def _coverage(p: Place, title: str, layer: str) -> tuple[Cell, ...]:
    row = next(records(p.chain.coverage([p.id], layer=layer)))
    held = row.n > 0
    return (
        Cell(title, tuple(row.sources)),
        Cell(str(row.segments)),
        Cell(str(row.covered) if held else None),
        Cell(percent(row.value) if held and not math.isnan(row.value) else None),
        Cell(f"{row.linked} / {row.pairs}" if held and row.pairs else None),
        Cell(str(row.n) if held else None),
    )


def _between(n: int, low: int) -> str:
    """A number of firms; low – n where the headquarters of some are disputed."""
    return str(n) if low == n else f"{low}–{n}"


def actions(place: Place) -> Section:
    """What the place might strengthen, fill and extend into, with reasons."""
    p = place
    made = Section("actions", p.pick("强链、补链、延链", "Strengthen, fill, extend"))
    with speaking(p.lang):
        found = p.chain.actions(p.id)
    titles = {
        "strong": ("强链：已有而受制的环节", "Strengthen: there, but exposed"),
        "fill": ("补链：未见记载、上下游已具备的环节", "Fill: not recorded, with a neighbour of the chain there"),
        "extend": ("延链：与已有优势关联紧密的环节", "Extend: close to what is strong already"),
    }
    for action, title in titles.items():
        rows = []
        for row in records(found[found["action"] == action]):
            reasons = [p.pick(*_REASONS.get(code, (code, code))) for code in row.reasons]
            near = p.words["list"].join(p.names.get(f"segment:{name}", name) for name in row.neighbours)
            basis = p.words["list"].join(p.pick(*_BASES.get(code, (code, code))) for code in row.basis)
            number = "" if is_null(row.density) else f"{row.density:.2f} ≥ {row.cut:.2f}"
            rows.append(
                (
                    Cell(p.name_of(row.id), tuple(row.sources)),
                    Cell(state_word(row.state, p.lang), look="state", code=row.state),
                    Cell(str(row.n) if row.n else None),
                    Cell(
                        p.words["list"].join(reasons)
                        or p.pick(
                            "薄弱（1–2 家）" if row.state == "thin" else "未见制约",
                            "thin (1 or 2 firms)" if row.state == "thin" else "no exposure recorded",
                        )
                    ),
                    Cell(near or number, below=basis),
                )
            )
        last = (
            p.pick("密度 ≥ 界线", "Density ≥ bound")
            if action == "extend"
            else p.pick("相关环节（依据）", "Neighbours (basis)")
        )
        columns = [
            Column(p.pick("环节", "Segment"), "name"),
            Column(p.pick("状态", "State")),
            Column(p.pick("企业数", "Firms"), "number"),
            Column(p.pick("理由", "Why"), "long"),
            Column(last, "long"),
        ]
        made.table(p.pick(*title), columns, rows)
        if not rows:
            made.say(
                p.pick(
                    f"{title[0].partition('：')[0]}：没有可列的环节。",
                    f"{title[1].partition(':')[0]}: nothing to list.",
                ),
                unknown=True,
            )
    made.say(found.attrs["note"], small=True)
    return made


def firms(place: Place) -> Section:
    """Companies with what they work in and when they were founded."""
    p = place
    made = Section("firms", p.pick("企业", "Companies"))
    found = p.things["firms"]
    segments: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(works_in(p.graph)):
        segments[row.id][row.segment] = row.sources
    dated, at = p.stated(found, "founded"), p.spots("Company")
    rows = []
    for node in sorted(found, key=lambda one: (-len(segments[one]), p.name_of(one), one)):
        cited = [*found[node], *dated.get(node, ()), *(e for said in segments[node].values() for e in said)]
        rows.append(
            (
                Cell(p.name_of(node), tuple(unique(cited))),
                Cell(p.rows("Company")[node].get("founded")),
                Cell(p.listed(sorted(segments[node]))),
                Cell(p.listed(sorted(at.get(node, {})))),
            )
        )
    made.table(
        p.pick(f"企业 {len(rows)} 家", f"Companies: {len(rows)}"),
        (
            Column(p.pick("企业", "Company"), "name"),
            Column(p.pick("成立", "Founded")),
            Column(p.pick("环节", "Segments"), "long"),
            Column(p.pick("所在地", "Where")),
        ),
        rows,
    )
    if not rows:
        made.say(
            p.pick("未见企业的记载，不等于没有。", "No company is recorded, which does not mean that there is none."),
            unknown=True,
        )
    return made


def parks(place: Place) -> Section:
    """Parks with kind, place and focus, and their figures."""
    p = place
    made = Section("parks", p.pick("园区", "Parks"))
    found, facts = p.things["parks"], park_facts(p.graph, p.lang)
    focused = p.related("FOCUSES_ON", found)
    rows = []
    where = p.where(found)
    for node in sorted(found, key=lambda one: (-len(facts.focus.get(one, ())), p.name_of(one), one)):
        row, own = facts.rows[node], facts.focus.get(node, {})
        kind = [p.code("park_kind", row.get("kind")), p.code("level", row.get("level"))]
        cited = [*found[node], *row["sources"], *(e for said in focused.get(node, {}).values() for e in said)]
        broad = [p.pick("人工智能（未细分）", "AI as such")] if node in facts.broad else []
        rows.append(
            (
                Cell(p.name_of(node), tuple(unique(cited)), below=" · ".join(text for text in kind if text)),
                Cell(where.get(node)),
                Cell(p.words["list"].join([p.name_of(one) for one in own] or broad) or None),
            )
        )
    made.table(
        p.pick(f"园区 {len(rows)} 个", f"Parks: {len(rows)}"),
        (
            Column(p.pick("园区（类型、级别）", "Park (kind, level)"), "name"),
            Column(p.pick("所在", "Where")),
            Column(p.pick("布局重点", "Focus"), "long"),
        ),
        rows,
    )
    figures = [(node, one) for node in sorted(found, key=p.name_of) for one in facts.figures.get(node, ())]
    made.table(
        p.pick(f"园区的指标 {len(figures)} 项", f"Figures of parks: {len(figures)}"),
        (
            Column(p.pick("园区", "Park"), "name"),
            Column(p.pick("指标", "Indicator"), "long"),
            Column(p.pick("数值", "Value"), "number"),
            Column(p.pick("时期、口径、性质", "Period, scope, qualifier"), "long"),
        ),
        (
            (
                Cell(p.name_of(node), tuple(one["sources"])),
                Cell(one.get("indicator") or one["name"]),
                Cell(figure_text(one, p.lang)),
                Cell(figure_about(one, p.lang)),
            )
            for node, one in figures
        ),
    )
    if not rows:
        made.say(
            p.pick("未见园区的记载，不等于没有。", "No park is recorded, which does not mean that there is none."),
            unknown=True,
        )
    return made


def _figures(rows: list[dict[str, Any]], p: Place) -> Cell:
    return Cell("", items=tuple(_figure(row, p) for row in rows)) if rows else Cell(None)


def _figure(row: dict[str, Any], p: Place) -> str:
    about = figure_about(row, p.lang)
    text = f"{row.get('indicator') or row.get('name')} {figure_text(row, p.lang) or p.words['not_recorded']}"
    return shown(text + (f"{p.words['open']}{about}{p.words['shut']}" if about else ""))


def compute(place: Place) -> Section:
    """Computing centres with capacity and figures."""
    p = place
    made = Section("compute", p.pick("智算中心", "Computing centres"))
    found, at = p.things["compute centres"], p.spots("ComputeCenter")
    observed, figures = p.related("OBSERVED", found), p.rows("Observation")
    rows = []
    for node in sorted(found, key=lambda one: (p.name_of(one), one)):
        row = p.rows("ComputeCenter")[node]
        own = observed.get(node, {})
        capacity = row.get("capacity_value")
        cited = [*found[node], *row["sources"], *(e for said in own.values() for e in said)]
        rows.append(
            (
                Cell(p.name_of(node), tuple(unique(cited))),
                Cell(p.listed(sorted(at.get(node, {})))),
                Cell(None if capacity is None else f"{number_text(capacity)} {row.get('capacity_unit') or ''}".strip()),
                _figures([figures[one] for one in own], p),
            )
        )
    made.table(
        p.pick(f"智算中心 {len(rows)} 个", f"Computing centres: {len(rows)}"),
        (
            Column(p.pick("智算中心", "Centre"), "name"),
            Column(p.pick("所在", "Where")),
            Column(p.pick("算力", "Capacity"), "number"),
            Column(p.pick("指标", "Figures"), "long"),
        ),
        rows,
    )
    if not rows:
        made.say(
            p.pick(
                "未见智算中心的记载，不等于没有。",
                "No computing centre is recorded, which does not mean that there is none.",
            ),
            unknown=True,
        )
    return made
