"""What stands in the cells of the heat map: which cities and segments, what each cell shows and tells."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.chain_inputs import chain_segments, layer_of
from aikg.graph.analysis.clusters import Clusters
from aikg.graph.analysis.facts import above, links, names_of, seats, things, works_in
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import layers_in_order, names_in
from aikg.graph.views.chart import Line
from aikg.graph.views.states import LOOKS, state_word
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph
    from aikg.graph.views.chart import Chart

__all__ = ["BELOW", "RAMP", "Cell", "Grid", "grid"]

# Light to dark blue: even steps in lightness, legible for colour-blind readers and in print.
RAMP = ("#dbe7f6", "#a9c8ea", "#6ea3d8", "#3a79bd", "#174f91")
# Below the average: orange, which stays apart from blue for every kind of colour blindness.
BELOW = ("#f3c9a0", "#fae6d3")
_FEW = "#f4f6f9"
_STEPS = (1.25, 1.5, 2.0, 3.0)
"""Upper ends of the classes of location quotients from 1 on."""
_SPEAK = ("FOCUSES_ON", "USES_TECHNOLOGY", "PILLAR_INDUSTRY")


@dataclass(frozen=True)
class Cell:
    """What one cell looks like: fill, outline, text and tooltip, and the key of its details ("" for none)."""

    fill: str
    tip: str
    text: str = ""
    ink: str = "#1b2430"
    edge: str | None = None
    dashed: bool = False
    key: str = ""


@dataclass
class Grid:
    """The rows (`cities`), columns (`segments`, under `heads`: tag, text, number of columns) and cells of the picture."""

    names: dict[str, str]
    cities: list[str] = field(default_factory=list)
    segments: list[str] = field(default_factory=list)
    heads: list[tuple[str, str, int]] = field(default_factory=list)
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    firms: int = 0
    highest: int = 0
    ramp: tuple[str, ...] = RAMP
    below: tuple[str, ...] = BELOW
    layers: dict[str, list[str]] = field(default_factory=dict)
    within: dict[str, list[str]] = field(default_factory=dict)

    def tags_of(self, city: str = "", segment: str = "") -> tuple[str, ...]:
        """What filters look for. A heading of a row stands for all columns, one of a column for all rows."""
        of_city = [city, *self.within.get(city, ())] if city else [*self.cities, *self.regions]
        of_segment = self.layers.get(segment, []) if segment else [tag for tag, _, _ in self.heads]
        return (*of_city, *of_segment)


def grid(
    graph: KnowledgeGraph,
    chart: Chart,
    value: str,
    *,
    region: str,
    layer: str,
    limit: int,
    most: int,
    min_count: int,
) -> Grid:
    """Rows, columns and cells; what the cells tell goes into `chart`. QueryError for an unknown region or layer."""
    inside = find(graph, region, "Region", "Province")[0] if region else ""
    wanted = find(graph, layer, "ChainLayer")[1] if layer else ""
    found = Grid(names_in(graph, chart.lang))
    ways = above(graph)
    work, spots = works_in(graph), seats(graph)
    firms = work.merge(spots, on="id", suffixes=("_segment", "_seat"))
    lost = len(set(work["id"]) - set(spots["id"]))
    if lost:
        found.notes.append(
            pick(
                chart.lang,
                f"另有 {lost} 家企业的城市未见记载，不在表中",
                f"{lost} more firms without a recorded city are left out",
            )
        )
    if inside:
        firms = firms[firms["place"].isin([place for place in set(firms["place"]) if inside in ways.get(place, ())])]
    spoken = _spoken(graph, ways) if value == "state" else {}
    by_segment = firms.groupby("segment")["id"].nunique()
    segments = chain_segments(graph) if value == "state" else list(by_segment.index)
    named = layer_of(graph, segments)
    order = {name: at for at, (_, name) in enumerate(layers_in_order(graph))}
    first = {s: min(named[s], key=lambda x: order.get(x, 99), default="") for s in segments}
    chosen = sorted(
        (s for s in segments if not wanted or wanted in named[s]), key=lambda s: (-int(by_segment.get(s, 0)), s)
    )
    # By layer, and layers without a place in the order still side by side: the heads stand over whole groups.
    found.segments = sorted(chosen[:most], key=lambda s: (order.get(first[s], 99 + (not first[s])), first[s]))
    heads = {name: found.names[node] for node, name in names_of(graph, "ChainLayer").items()}
    tags = {name: f"layer:{name}" for name in {first[s] for s in found.segments}}
    found.layers = {s: [tags[first[s]]] for s in found.segments}
    without = pick(chart.lang, "未归入产业层", "no layer recorded")
    for name in dict.fromkeys(first[s] for s in found.segments):
        found.heads.append(
            (tags[name], heads.get(name, name) or without, sum(first[s] == name for s in found.segments))
        )
    firms = firms[firms["segment"].isin(set(chosen))]
    totals = firms.groupby("place")["id"].nunique()
    said = {
        city: set(of) & set(chosen) for city, of in spoken.items() if not inside or inside in ways.get(city, {city: []})
    }
    everyone = sorted(
        {*totals.index, *(city for city, of in said.items() if of)},
        key=lambda c: (-int(totals.get(c, 0)), -len(said.get(c, ())), c),
    )
    found.cities = everyone[:limit]
    found.firms = firms["id"].nunique()
    regions = set(things(graph, "Region")["id"])
    found.within = {city: sorted(regions & set(ways.get(city, ()))) for city in found.cities}
    found.regions = sorted({r for held in found.within.values() for r in held}, key=lambda r: (found.names[r], r))
    if len(everyone) > len(found.cities):
        found.notes.append(
            pick(
                chart.lang,
                f"只画 {len(found.cities)} 座城市（企业多者在前），共 {len(everyone)} 座",
                f"{len(found.cities)} cities of {len(everyone)}, most firms first",
            )
        )
    if len(chosen) > len(found.segments):
        found.notes.append(
            pick(
                chart.lang,
                f"只画企业最多的 {len(found.segments)} 个环节，共 {len(chosen)} 个",
                f"the {len(found.segments)} segments with most firms of {len(chosen)}",
            )
        )
    members = _members(firms)
    if value == "state":
        _states(graph, chart, found, members)
    else:
        _numbers(graph, chart, found, members, value, min_count)
    return found


def _members(firms: Any) -> dict[tuple[str, str], dict[str, list[str]]]:
    cells: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for row in records(firms):
        cells[row.place, row.segment][row.id] = sorted({*row.sources_segment, *row.sources_seat})
    return cells


def _spoken(graph: KnowledgeGraph, ways: dict[str, dict[str, list[str]]]) -> dict[str, set[str]]:
    """Cities that themselves, their districts or parks, or policies of these, name segments: candidates for rows.

    What a cell then says is `Chain.states`; this only chooses for which cities to ask.
    """
    cities = set(things(graph, "City")["id"])
    homes: dict[str, set[str]] = defaultdict(set)
    for node in {*ways, *cities}:
        homes[node] |= cities & {node, *ways.get(node, ())}
    for row in records(links(graph, "APPLIES_TO", "ISSUED_BY", subjects=["Policy"])):
        homes[row.subject] |= cities & {row.object, *ways.get(row.object, ())}
    found: dict[str, set[str]] = defaultdict(set)
    for row in records(links(graph, *_SPEAK)):
        for city in homes.get(row.subject, ()):
            found[city].add(row.object)
    return found


def _numbers(
    graph: KnowledgeGraph,
    chart: Chart,
    found: Grid,
    members: dict[tuple[str, str], dict[str, list[str]]],
    value: str,
    min_count: int,
) -> None:
    lang, names = chart.lang, found.names
    quotients = {}
    if value == "lq" and members:
        measured = Clusters(graph).location_quotient(min_count=min_count)
        quotients = {(row.place_id, row.segment_id): row for row in records(measured)}
        found.notes.append(
            pick(
                lang,
                f"区位商以全部有记载的城市为整体，n ≥ {min_count} 才给；总部有矛盾的企业在其各城市都计入",
                f"quotients compare with all cities on record and need n ≥ {min_count}; firms with disputed headquarters count in each city",
            )
        )
    shown_ = [len(members.get((c, s), ())) for c in found.cities for s in found.segments]
    found.highest = max(shown_, default=0)
    for city in found.cities:
        for segment in found.segments:
            at = members.get((city, segment), {})
            n = len(at) or None
            row: dict[str, Any] = {
                "city": names[city],
                "segment": names[segment],
                "layer": _layer(found, segment),
                "n": n,
                "companies": [names[f] for f in sorted(at)],
            }
            found.rows.append(row)
            if not at:
                found.cells[city, segment] = Cell(HATCH, chart.words["not_recorded"])
                continue
            lines = [Line(pick(lang, "企业数", "firms"), str(n))]
            quotient = quotients.get((city, segment))
            if value == "lq":
                row |= _ranged(quotient)
                lines += _told_quotient(row, lang, min_count)
            key = _tell(chart, found, city, segment, lines, at)
            if value == "firms":
                shade = min(len(RAMP) - 1, (len(at) - 1) * len(RAMP) // found.highest)
                ink = "#ffffff" if shade > 2 else "#1b2430"
                found.cells[city, segment] = Cell(RAMP[shade], str(n), str(n), ink, key=key)
            else:
                found.cells[city, segment] = _quotient_cell(row, len(at), key)


def _ranged(quotient: Any) -> dict[str, float | None]:
    if quotient is None or math.isnan(quotient.value):
        return {"lq": None, "low": None, "high": None}
    return {name: None if math.isnan(x) else x for name, x in zip(("lq", "low", "high"), (quotient.value, quotient.low, quotient.high), strict=True)}  # fmt: skip


def _told_quotient(row: dict[str, Any], lang: str, min_count: int) -> list[Line]:
    named = pick(lang, "区位商", "location quotient")
    if row["lq"] is None:
        few = pick(lang, f"不足 {min_count} 家，不给数值", f"fewer than {min_count} firms: no value")
        return [Line(named, few)]
    lines = [Line(named, f"{row['lq']:.2f}")]
    if row["low"] is not None and round(row["low"], 2) != round(row["high"], 2):
        between = pick(lang, "总部有矛盾时的区间", "range, headquarters disputed")
        lines.append(Line(between, f"{row['low']:.2f} – {row['high']:.2f}"))
    return lines


def _quotient_cell(row: dict[str, Any], n: int, key: str) -> Cell:
    if row["lq"] is None:
        return Cell(_FEW, f"n = {n}", f"({n})", "#5b6675", edge="#ccd3dc", key=key)
    lq = row["lq"]
    wide = row["low"] is not None and f"{row['low']:.1f}" != f"{row['high']:.1f}"  # seen in what is drawn
    text = f"{lq:.1f}" + ("±" if wide else "")
    tip = f"{lq:.2f} (n = {n})"
    if lq < 1:
        return Cell(BELOW[0] if lq < 0.5 else BELOW[1], tip, text, key=key)
    shade = sum(lq >= step for step in _STEPS)
    return Cell(RAMP[shade], tip, text, "#ffffff" if shade > 2 else "#1b2430", key=key)


def _states(
    graph: KnowledgeGraph, chart: Chart, found: Grid, members: dict[tuple[str, str], dict[str, list[str]]]
) -> None:
    lang, names, chain = chart.lang, found.names, Chain(graph)
    for city in found.cities:
        states = {row.id: row for row in records(chain.states(city))}
        for segment in found.segments:
            own = states[segment]
            look = LOOKS[own.state]
            word = state_word(own.state, lang)
            at = members.get((city, segment), {})
            lq = None if math.isnan(own.lq) else float(own.lq)
            found.rows.append(
                {
                    "city": names[city],
                    "segment": names[segment],
                    "layer": _layer(found, segment),
                    "n": own.n or (0 if own.state == "none" else None),
                    "lq": lq,
                    "state": own.state,
                    "stated_by": own.stated_by,
                    "companies": own.firms,
                }
            )
            if own.state == "not recorded":
                found.cells[city, segment] = Cell(HATCH, chart.words["not_recorded"])
                continue
            lines = [Line(pick(lang, "状态", "state"), look.long[lang == "en"])]
            lines.append(Line(pick(lang, "企业数", "firms"), str(own.n) if own.n else None))
            if own.low != own.high:
                doubted = pick(lang, "其中总部无矛盾", "headquarters undisputed")
                lines.append(Line(doubted, str(own.low)))
            if lq is not None:
                lines.append(Line(pick(lang, "区位商", "location quotient"), f"{lq:.2f}"))
            if own.stated_by:
                lines.append(Line(pick(lang, "提及者", "named by"), chart.words["list"].join(own.stated_by)))
            key = _tell(chart, found, city, segment, lines, at, own.sources)
            text = str(own.n) if own.n else "0" if own.state == "none" else "○"
            found.cells[city, segment] = Cell(
                look.fill, word, text, look.ink, None if own.n else look.edge, look.dashed, key
            )
    found.highest = max((row["n"] or 0 for row in found.rows), default=0)


def _tell(
    chart: Chart,
    found: Grid,
    city: str,
    segment: str,
    lines: list[Line],
    at: dict[str, list[str]],
    sources: Iterable[str] = (),
) -> str:
    names = found.names
    said = sorted({*sources, *(entry for entries in at.values() for entry in entries)})
    told = [Line(names[f], "✓", tuple(e)) for f, e in sorted(at.items())]
    return chart.tell(
        f"{names[city]} · {names[segment]}", [*lines, *told], sources=said, nodes=[city, segment, *sorted(at)]
    )


def _layer(found: Grid, segment: str) -> str | None:
    tag = found.layers[segment][0]
    return next(text for head, text, _ in found.heads if head == tag) if tag.partition(":")[2] else None
