"""Chapters of a report on what is said of a place: figures, likeness, assessments, contradictions; what is missing; how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.facts import works_in
from aikg.graph.analysis.tables import records
from aikg.graph.evidence import conflicts
from aikg.graph.views.details import number_text
from aikg.graph.views.recorded import code_names
from aikg.graph.views.report.parts import Cell, Column, Section
from aikg.graph.views.report.place import unique
from aikg.ontology.errors import QueryError
from aikg.ontology.language import speaking
from aikg.ontology.schema import load_schema
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Collection

    from aikg.graph.views.report.place import Place

__all__ = ["assessments", "contradictions", "indicators", "likeness", "method", "missing"]

_PLANNED = {"target", "planned"}


def indicators(place: Place) -> Section:
    """Published figures of the place itself; goals and plans have a chapter of their own."""
    p = place
    made = Section("indicators", p.pick("公布的指标", "Published figures"))
    figures = p.rows("Observation")
    of = {node: said for node, said in p.related("OBSERVED", [p.id]).get(p.id, {}).items() if node in figures}
    also = p.related("OBSERVED", of, back=True)
    rows = []
    named = code_names("qualifier", p.lang)
    shown = [node for node in of if not _PLANNED & set(figures[node].get("qualifier") or ())]
    for node in sorted(shown, key=lambda one: _order(figures[one])):
        row = figures[node]
        others = [p.name_of(one) for one in also.get(node, {}) if one != p.id and one not in p.ways.get(p.id, {})]
        about = p.words["semicolon"].join(text for text in (row.get("scope"), p.words["list"].join(others)) if text)
        qualifiers = p.words["list"].join(named.get(code, code) for code in row.get("qualifier") or ())
        rows.append(
            (
                Cell(
                    row.get("indicator") or row["name"],
                    tuple(unique([*of[node], *row["sources"]])),
                    below="" if row.get("indicator") else p.pick("来源的措辞", "as worded"),
                ),
                Cell(_value(row)),
                Cell(row.get("unit")),
                Cell(row.get("period")),
                Cell(about),
                Cell(qualifiers),
            )
        )
    made.table(
        p.pick(f"公布的指标 {len(rows)} 项", f"Published figures: {len(rows)}"),
        (
            Column(p.pick("指标", "Indicator"), "name"),
            Column(p.pick("数值", "Value"), "number"),
            Column(p.pick("单位", "Unit")),
            Column(p.pick("时期", "Period")),
            Column(p.pick("口径", "Scope"), "long"),
            Column(p.pick("性质", "Qualifier")),
        ),
        rows,
    )
    if not rows:
        made.say(p.pick("未见公布的指标。", "No published figure is recorded."), unknown=True)
    return made


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    listed = row.get("indicator")
    return (
        listed is None,
        listed or row["name"],
        str(row.get("unit")),
        str(row.get("scope") or ""),
        str(row.get("period") or ""),
        row["id"],
    )


def _value(row: dict[str, Any]) -> str | None:
    if row.get("value") is None:
        return row.get("value_text")
    most = row.get("value_max")
    # A year is a name of a year, not an amount: no groups of three.
    write = str if row.get("unit") == "年" and float(row["value"]).is_integer() else number_text
    ends = [int(one) if write is str else one for one in (row["value"], most) if one is not None]
    return "–".join(write(one) for one in ends)


def likeness(place: Place) -> Section:
    """How alike its policy focus is to that of the other places of its level."""
    p = place
    made = Section("likeness", p.pick("与其他地方的相似度", "Likeness to other places"))
    with speaking(p.lang):
        try:
            found = p.policies.similarity(level=p.level)
        except QueryError as error:
            made.say(str(error), unknown=True)
            return made
    mine = found[(found["place_id"] == p.id) | (found["other_id"] == p.id)]
    rows, few = [], []
    for row in records(mine):
        own = row.place_id == p.id
        other, n = (row.other_id, row.n_other) if own else (row.place_id, row.n_place)
        if is_null(row.value):
            few.append(p.name_of(other))
            continue
        rows.append(
            (
                Cell(p.name_of(other), tuple(row.sources)),
                Cell(f"{row.idf:.2f}"),
                Cell(f"{row.plain:.2f}"),
                Cell(f"{row.n} / {row.n_place if own else row.n_other} / {n}"),
                Cell(p.words["list"].join(row.shared)),
            )
        )
    made.table(
        p.pick("政策重点的相似度（0–1），高者在前", "Likeness of policy focus (0–1), highest first"),
        (
            Column(p.pick("地方", "Place"), "name"),
            Column(p.pick("相似度（idf）", "Cosine (idf)"), "number"),
            Column(p.pick("不加权", "Plain"), "number"),
            Column(p.pick("共同 / 本地 / 对方", "Shared / own / theirs"), "number"),
            Column(p.pick("共同的重点", "Shared focus"), "long"),
        ),
        rows,
    )
    if few:
        listed = p.words["list"].join(sorted(few))
        made.say(
            p.pick(
                f"有记载的重点不足 3 个而不计算的：{listed}。",
                f"Not computed, since fewer than 3 focuses are recorded: {listed}.",
            ),
            small=True,
        )
    if not rows:
        made.say(p.pick("未见可比的政策重点。", "No policy focus that could be compared is recorded."), unknown=True)
    return made


def assessments(place: Place) -> Section:
    """What sources judge of the place."""
    p = place
    made = Section("assessments", p.pick("来源的评价", "What sources judge"))
    of, rows_of = p.related("ASSESSED", [p.id]).get(p.id, {}), p.rows("Assessment")
    rows = []
    for node in sorted(
        of, key=lambda one: (rows_of[one].get("framework") or "~", rows_of[one].get("aspect") or "", one)
    ):
        row = rows_of[node]
        rows.append(
            (
                Cell(
                    row.get("aspect") or row["name"],
                    tuple(unique([*of[node], *row["sources"]])),
                    below=p.code("framework", row.get("framework")) or "",
                ),
                Cell(row.get("rating") or ""),
                Cell(row.get("text")),
            )
        )
    made.table(
        p.pick(f"评价 {len(rows)} 条", f"Judgements: {len(rows)}"),
        (
            Column(p.pick("方面（框架）", "Aspect (framework)"), "name"),
            Column(p.pick("评级", "Rating")),
            Column(p.pick("内容", "What is said"), "long"),
        ),
        rows,
    )
    return made


def contradictions(place: Place) -> Section:
    """Where sources disagree on the place, or on anything that the report is about: both sides, each with its sources."""
    p = place
    made = Section("contradictions", p.pick("来源之间的矛盾", "Where sources disagree"))
    found = conflicts(p.graph)
    found = found[found["subject_id"].isin(p.members)]
    schema = load_schema()
    known = {name: relation.label[p.lang] for name, relation in schema.relations.items()}
    for label in schema.labels:
        known |= {column.name: column.label[p.lang] for column in schema.node_columns(label).values()}
    rows = []
    for row in records(found):
        about = " · ".join(
            text for text in (known.get(row.property, row.property), row.period) if not is_null(text) and text
        )
        chosen = "" if is_null(row.chosen) else p.pick(f"采用 {row.chosen}", f"shown: {row.chosen}")
        rows.append(
            (
                Cell(p.name_of(row.subject_id) if row.subject_id in p.names else row.subject, below=about),
                Cell(str(row.value_a), _entries(row.source_a)),
                Cell(str(row.value_b), _entries(row.source_b)),
                Cell(p.code("severity", row.severity), below=chosen),
            )
        )
    made.table(
        p.pick(f"矛盾 {len(rows)} 对", f"Pairs of values: {len(rows)}"),
        (
            Column(p.pick("对象（属性、时期）", "Of what (property, period)"), "name"),
            Column(p.pick("甲说", "One side"), "long"),
            Column(p.pick("乙说", "Other side"), "long"),
            Column(p.pick("程度", "Severity")),
        ),
        rows,
        apart=True,
    )
    if not rows:
        made.say(p.pick("未见来源之间的矛盾。", "No contradiction between sources is recorded."), unknown=True)
    return made


def _entries(text: Any) -> tuple[str, ...]:
    return () if is_null(text) else tuple(part for part in str(text).split(", ") if part)


def missing(place: Place) -> Section:
    """What is not recorded, which is not the same as none."""
    p = place
    made = Section("missing", p.pick("未见记载之处", "What is not recorded"))
    rows: list[tuple[Cell, ...]] = []

    def add(what: str, lacking: Collection[str], of: int, names: bool = True) -> None:
        if lacking:
            listed = p.listed(sorted(lacking, key=p.name_of)) if names else ""
            rows.append((Cell(what), Cell(f"{len(lacking)} / {of}"), Cell(listed)))

    companies, parks_, policies_ = p.things["firms"], p.things["parks"], p.things["policies"]
    centres = p.things["compute centres"]
    working, dated = set(works_in(p.graph)["id"]), p.rows("Company")
    add(
        p.pick("环节未见记载的企业", "Companies without a segment"),
        {c for c in companies if c not in working},
        len(companies),
    )
    add(
        p.pick("成立日期未见记载的企业", "Companies without a founding date"),
        {c for c in companies if dated[c].get("founded") is None},
        len(companies),
    )
    focused = {*p.related("FOCUSES_ON", {*parks_, *policies_})}
    add(p.pick("布局重点未见记载的园区", "Parks without a focus"), {k for k in parks_ if k not in focused}, len(parks_))
    add(
        p.pick("指标未见记载的园区", "Parks without figures"),
        {k for k in parks_ if k not in p.related("OBSERVED", parks_)},
        len(parks_),
    )
    add(
        p.pick("发布日期未见记载的政策", "Policies without a date"),
        {d for d in policies_ if p.rows("Policy")[d].get("issued") is None},
        len(policies_),
    )
    add(
        p.pick("重点未见记载的政策", "Policies without a focus"),
        {d for d in policies_ if d not in focused},
        len(policies_),
    )
    add(
        p.pick("算力未见记载的智算中心", "Computing centres without a capacity"),
        {c for c in centres if p.rows("ComputeCenter")[c].get("capacity_value") is None},
        len(centres),
    )
    states = p.states
    absent = states[states["state"] == "not recorded"]
    add(
        p.pick("企业与提及皆未见记载的环节", "Segments with neither firms nor a mention"),
        set(absent["id"]),
        len(states),
    )
    stated = states[states["state"] == "stated"]
    add(p.pick("仅被提及、未见企业的环节", "Segments that are named, without a firm"), set(stated["id"]), len(states))
    made.table(
        p.pick("图谱中没有的内容；未见记载不等于没有", "What the graph lacks; not recorded is not the same as none"),
        (
            Column(p.pick("内容", "What"), "name"),
            Column(p.pick("缺 / 全部", "Lacking / all"), "number"),
            Column(p.pick("哪些", "Which"), "long"),
        ),
        rows,
    )
    empty = {
        "firms": ("企业", "companies"),
        "parks": ("园区", "parks"),
        "policies": ("政策", "policies"),
        "compute centres": ("智算中心", "computing centres"),
        "programmes": ("试点与专项", "programmes"),
    }
    nothing = [p.pick(*titles) for key, titles in empty.items() if not p.things[key]]
    if nothing:
        listed = p.words["list"].join(nothing)
        made.say(p.pick(f"完全未见记载：{listed}。", f"Nothing at all is recorded of: {listed}."), unknown=True)
    return made


def method(place: Place) -> Section:
    """How the numbers came about."""
    p = place
    made = Section("method", p.pick("方法", "Method"))
    for zh, en in _METHOD:
        made.say(p.pick(zh, en))
    return made


_METHOD = (
    (
        "本报告由图谱自动生成，只写来源所载；每行末尾方括号中的号码是文末出处的编号。未见记载不等于没有，也不作零计。",
        "This report is made from the graph and states what sources say; the numbers in brackets at the end of a row refer to the notes at "
        "the end. What is not recorded is not none, and no zero.",
    ),
    (
        "计数按编号去重：区域按其各省市、区县、园区合并去重；总部所在地有矛盾的企业在每个所说的地方都计入，以“下限–上限”表示。设在本地的部委不代表本地，其政策不计入。",
        "Distinct ids are counted; a region counts everything in its provinces, cities, districts and parks once. A company whose headquarters are "
        "disputed counts in each place named, given as low–high. A ministry that sits in the place does not speak for it.",
    ),
    (
        "环节状态：强 = 不少于 3 家企业且区位商 ≥ 1；有 = 不少于 3 家；薄弱 = 1–2 家；仅提及 = 园区、政策等提到而未见企业。区位商 = 本地该环节企业占比 ÷ 参照地区该环节企业占比（Florence 1939），不足 3 家不计。",
        "States: strong = 3 firms or more and a location quotient of at least 1; present = 3 or more; thin = 1 or 2; stated = named by parks, policies …, no "
        "firm recorded. Location quotient = share of the segment among the place's firms ÷ its share in the places compared with (Florence 1939), not given below 3.",
    ),
    (
        "强链：强或薄弱且受制（提供地 HHI > 0.4、仅一家、供应过半来自外部）；补链：未见记载而上游或下游环节已具备；延链：未具备的环节中，关联密度（Hidalgo 等 2007）居前四分之一者，优势环节不足 3 个时不列。",
        "Strengthen: strong or thin, with what exposes it (HHI of the places of providers above 0.4, one firm, most supplies from outside). Fill: not recorded, "
        "with an upstream or downstream segment present. Extend: absent segments in the upper quarter of relatedness density (Hidalgo et al. 2007); none below 3 strong segments.",
    ),
    (
        "相似度为政策重点的余弦（0–1）；idf 加权降低各地都提的重点的分量（Spärck Jones 1972），以同级全部地方为参照。",
        "Likeness is the cosine of policy focuses (0–1); the idf weight lowers what all places name (Spärck Jones 1972), over all places of the level.",
    ),
)
