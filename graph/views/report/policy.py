"""Chapters of a report on what a place wants: policies and their focus, focus against firms, goals, programmes, institutions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.tables import records
from aikg.graph.views.details import number_text
from aikg.graph.views.pictures.target_rows import Goal, goals_of
from aikg.graph.views.recorded import figure_text
from aikg.graph.views.report.parts import Cell, Column, Section
from aikg.graph.views.report.place import unique
from aikg.ontology.language import speaking
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from aikg.graph.views.report.place import Place

__all__ = ["focus", "institutions", "policies", "programmes", "targets"]

_OF_POLICY = ("APPLIES_TO", "ISSUED_BY")
_READINGS = {
    "aims beyond reach": ("力所不及：政策重点，企业少而不专", "beyond reach: in focus, few firms"),
    "overlooked strength": ("被忽视的优势：企业集中，未列为重点", "overlooked: strong in firms, not in focus"),
}
_STATES = {
    "reached": ("已达到", "reached"),
    "open": ("尚未", "open"),
    "above": ("高于目标", "above"),
    "no baseline recorded": (None, None),
}


def policies(place: Place) -> Section:
    """Policies by date, with what they focus on."""
    p = place
    made = Section("policies", p.pick("政策", "Policies"))
    found, rows_of = p.things["policies"], p.rows("Policy")
    focused, issuers = p.related("FOCUSES_ON", found), p.related("ISSUED_BY", found)
    rows = []
    for node in sorted(
        found, key=lambda one: (rows_of[one].get("issued") is None, rows_of[one].get("issued") or "", one)
    ):
        row, own = rows_of[node], focused.get(node, {})
        kind = [p.code("level", row.get("level")), p.code("policy_kind", row.get("kind"))]
        cited = [
            *found[node],
            *row["sources"],
            *(e for of in (own, issuers.get(node, {})) for said in of.values() for e in said),
        ]
        rows.append(
            (
                Cell(row.get("issued"), tuple(unique(cited))),
                Cell(p.name_of(node), below=" · ".join(text for text in kind if text)),
                Cell(p.listed(issuers.get(node, {}))),
                Cell(p.listed(own)),
            )
        )
    made.table(
        p.pick(f"政策 {len(rows)} 项，按发布时间", f"Policies by date of issue: {len(rows)}"),
        (
            Column(p.pick("发布", "Issued"), "name"),
            Column(p.pick("政策（级别、类型）", "Policy (level, kind)"), "long"),
            Column(p.pick("发布者", "Issued by")),
            Column(p.pick("重点", "Focus"), "long"),
        ),
        rows,
    )
    if not rows:
        made.say(
            p.pick(
                "未见本地政策的记载，不等于没有。",
                "No policy of the place is recorded, which does not mean that there is none.",
            ),
            unknown=True,
        )
    return made


def focus(place: Place) -> Section:
    """What place and policies name as focus, against the firms that are there."""
    p = place
    made = Section("focus", p.pick("政策重点与企业", "Policy focus against firms"))
    with speaking(p.lang):
        found = p.policies.gap(p.id)
    rows = []
    for row in records(found[(found["focus"] > 0) | found["n"].notna()]):
        reading = "" if is_null(row.reading) else p.pick(*_READINGS.get(row.reading, (row.reading, row.reading)))
        by = p.words["list"].join(row.said_by)
        rows.append(
            (
                Cell(p.name_of(row.id), tuple(row.sources)),
                Cell(str(row.focus) if row.focus else None),
                Cell(by),
                Cell(None if is_null(row.n) else str(row.n)),
                Cell("n < 3" if is_null(row.lq) and not is_null(row.n) else "" if is_null(row.lq) else f"{row.lq:.2f}"),
                Cell("" if is_null(row.gap) else f"{row.gap:+g}".replace("-", "−")),
                Cell(reading),
            )
        )
    made.table(
        p.pick(
            "政策重点与企业对照，差 = 重点名次 − 区位商名次",
            "Policy focus and firms; gap = rank of the focus − rank of the quotient",
        ),
        (
            Column(p.pick("环节", "Segment"), "name"),
            Column(p.pick("列为重点（次）", "In focus (times)"), "number"),
            Column(p.pick("由谁提出", "By whom"), "long"),
            Column(p.pick("企业数", "Firms"), "number"),
            Column(p.pick("区位商", "LQ"), "number"),
            Column(p.pick("差", "Gap"), "number"),
            Column(p.pick("解读", "Reading"), "long"),
        ),
        rows,
    )
    made.say(found.attrs["note"], unknown=not rows, small=bool(rows))
    if unmapped := found.attrs["unmapped"]:
        listed = p.words["list"].join(unmapped)
        made.say(p.pick(f"对应不到环节的重点词：{listed}。", f"Focus words without a segment: {listed}."), small=True)
    return made


def targets(place: Place) -> Section:
    """Goals and planned figures of the place and what lies in it, soonest first, with the latest value that they compare with."""
    p = place
    made = Section("targets", p.pick("目标与规划", "Goals and plans"))
    goals, said = {goal.id: goal for goal in goals_of(p.graph)}, _goals(p)
    rows_of = {**p.rows("Observation"), **p.rows("PolicyTarget")}
    of_policy, about = p.related("TARGETS", said, back=True), p.related("OBSERVED", said, back=True)
    policies_ = set(p.rows("Policy"))
    order = sorted(
        said,
        key=lambda one: (rows_of[one].get("due") or rows_of[one].get("period") or "9999", rows_of[one]["name"], one),
    )
    rows = []
    for node in order:
        row = rows_of[node]
        subjects, by = about.get(node, {}), sorted({*of_policy.get(node, {}), *(set(about.get(node, {})) & policies_)})
        own = p.words["list"].join(p.name_of(one) for one in subjects if one not in policies_)
        cited = [*said[node], *row["sources"], *(e for of in of_policy.get(node, {}).values() for e in of)]
        baseline, more = _baseline(goals.get(node), p)
        rows.append(
            (
                Cell(row.get("due") or row.get("period"), tuple(unique([*cited, *more]))),
                Cell(row["name"], below=p.words["semicolon"].join(text for text in (own, row.get("scope")) if text)),
                Cell(_goal(row, p)),
                baseline,
                Cell(p.listed(by), below=_basis(row, node in p.rows("PolicyTarget"), p)),
            )
        )
    made.table(
        p.pick(f"目标与规划数 {len(rows)} 项，先到期者在前", f"Goals and planned figures, soonest first: {len(rows)}"),
        (
            Column(p.pick("到期", "Due"), "name"),
            Column(p.pick("目标（对象、口径）", "Goal (of what, scope)"), "long"),
            Column(p.pick("目标值", "Goal"), "number"),
            Column(p.pick("最近的实际数", "Latest value"), "number"),
            Column(p.pick("所属政策", "Policy"), "long"),
        ),
        rows,
    )
    if not rows:
        made.say(p.pick("未见目标或规划数的记载。", "No goal or planned figure is recorded."), unknown=True)
    return made


def _goals(p: Place) -> dict[str, list[str]]:
    """Goals of the place: said of it or of what lies in it, or of one of its policies (the rule of the question targets-of-place)."""
    found: dict[str, list[str]] = defaultdict(list)
    policy_targets, figures = p.rows("PolicyTarget"), p.rows("Observation")
    for owner, of in p.related("OBSERVED", p.owners).items():
        for node, said in of.items():
            if node in policy_targets or {"target", "planned"} & set(figures.get(node, {}).get("qualifier") or ()):
                found[node] += [*said, *p.inside[owner]]
    owned: dict[str, list[str]] = defaultdict(list)
    for kind in _OF_POLICY:
        for owner, of in p.related(kind, p.owners, back=True).items():
            for policy, said in of.items():
                if policy in p.rows("Policy"):
                    owned[policy] += [*said, *p.inside[owner]]
    for policy, of in p.related("TARGETS", owned).items():
        for node, said in of.items():
            found[node] += [*said, *owned[policy]]
    return dict(found)


def _goal(row: dict[str, Any], p: Place) -> str | None:
    comparator = p.code("comparator", row.get("comparator")) if row.get("comparator") not in (None, "=") else None
    value = figure_text(row, p.lang)
    return None if value is None else " ".join(text for text in (comparator, value) if text)


def _basis(row: dict[str, Any], of_policy: bool, p: Place) -> str:
    if of_policy:
        return p.pick("政策目标", "goal of a policy")
    return str(p.code("qualifier", "target" if "target" in (row.get("qualifier") or ()) else "planned"))


def _baseline(goal: Goal | None, p: Place) -> tuple[Cell, list[str]]:
    """The latest values that a goal compares with, each with its state, and their sources."""
    if goal is None or not goal.baselines:
        return Cell(None), []
    values = p.words["semicolon"].join(f"{number_text(one.value)} {goal.unit}".strip() for one in goal.baselines)
    first = goal.baselines[0]
    states = dict.fromkeys(p.pick(*(text or "" for text in _STATES[goal.state(one)])) for one in goal.baselines)
    below = " · ".join(text for text in (str(first.row.get("period") or ""), *states) if text)
    return Cell(values, below=below), [entry for one in goal.baselines for entry in one.sources]


def programmes(place: Place) -> Section:
    """Programmes that the place, or what lies in it, takes part in."""
    p = place
    made = Section("programmes", p.pick("试点与专项", "Programmes"))
    found = p.things["programmes"]
    members = p.related("DESIGNATED_AS", found, back=True)
    years = _years(p)
    rows = []
    for node in sorted(found, key=lambda one: (p.name_of(one), one)):
        own = [one for one in members.get(node, {}) if one in p.inside]
        named = [
            p.name_of(one) + (f"{p.words['open']}{years[one, node]}{p.words['shut']}" if (one, node) in years else "")
            for one in own
        ]
        cited = [*found[node], *(e for one in own for e in members[node][one])]
        rows.append(
            (
                Cell(p.name_of(node), tuple(unique(cited))),
                Cell(p.words["list"].join(named) or p.pick("适用于本地", "applies to the place")),
            )
        )
    made.table(
        p.pick(f"试点与专项 {len(rows)} 个", f"Programmes: {len(rows)}"),
        (
            Column(p.pick("试点、专项", "Programme"), "name"),
            Column(p.pick("获批或参与者（年份）", "Who takes part (year)"), "long"),
        ),
        rows,
    )
    if not rows:
        made.say(p.pick("未见试点或专项的记载。", "No programme is recorded."), unknown=True)
    return made


def _years(p: Place) -> dict[tuple[str, str], int]:
    frame = p.graph.edges.get("DESIGNATED_AS")
    if frame is None:
        return {}
    rows = zip(frame["subject"], frame["object"], frame["year"].astype(object), strict=True)
    return {(one, programme): int(year) for one, programme, year in rows if not is_null(year)}


def institutions(place: Place) -> Section:
    """Universities, laboratories, associations and other institutions that sit in the place."""
    p = place
    made = Section("institutions", p.pick("高校与机构", "Universities and institutions"))
    rows = []
    for label, scheme in (("University", "university_kind"), ("Institution", "institution_kind")):
        found, rows_of = p.spots(label), p.rows(label)
        for node in sorted(found, key=lambda one: (rows_of[one].get("kind") or "~", p.name_of(one), one)):
            cited = [*rows_of[node]["sources"], *(e for said in found[node].values() for e in said)]
            kind = p.code(scheme, rows_of[node].get("kind"))
            rows.append((Cell(p.name_of(node), tuple(unique(cited))), Cell(kind), Cell(p.listed(found[node]))))
    made.table(
        p.pick(f"高校与机构 {len(rows)} 所（家）", f"Universities and institutions: {len(rows)}"),
        (
            Column(p.pick("名称", "Name"), "name"),
            Column(p.pick("类别", "Kind")),
            Column(p.pick("所在", "Where"), "long"),
        ),
        rows,
    )
    if not rows:
        made.say(p.pick("未见高校或机构的记载。", "No university or institution is recorded."), unknown=True)
    return made
