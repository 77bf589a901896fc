"""Where a place could go next: segments without a firm on record, by how near they are and how common elsewhere."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import pandas as pd

from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.chain_inputs import chain_segments, layer_of, level_of
from aikg.graph.analysis.clusters import Clusters
from aikg.graph.analysis.complexity import pci, presence
from aikg.graph.analysis.facts import names_of, seats, works_in
from aikg.graph.analysis.names import find_place
from aikg.graph.analysis.tables import records
from aikg.graph.views.chain_names import names_in
from aikg.graph.views.chart import Chart, Filter, Key
from aikg.graph.views.parameter import LANG, Parameter
from aikg.graph.views.pictures.next_segments_draw import COLORS, Spot, draw_spots
from aikg.graph.views.states import state_word
from aikg.graph.views.svg import HATCH
from aikg.graph.views.words import pick
from aikg.ontology.language import say, speaking

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["PARAMETERS", "next_segments"]

PARAMETERS = (
    Parameter(
        "place",
        "text",
        "",
        {
            "zh": "城市、省或地区；默认为企业最多的城市",
            "en": "city, province or region; default: the city with most firms",
        },
        values=("City", "Province", "Region"),
    ),
    Parameter(
        "min_count",
        "integer",
        3,
        {
            "zh": "至少几家企业才算有优势；得不到任何密度时按 1 家计，并在副标题说明",
            "en": "firms that a specialisation needs; 1 is taken, and said, where no density comes of it",
        },
        least=1,
    ),
    LANG,
)


@dataclass
class _Found:
    """What the measures say of one place."""

    place: str
    name: str
    min_count: int
    spots: list[Spot] = field(default_factory=list)
    nowhere: list[Spot] = field(default_factory=list)
    firms: int = 0
    notes: list[str] = field(default_factory=list)


def next_segments(
    graph: KnowledgeGraph, *, place: str = "", min_count: int = 3, lang: Literal["zh", "en"] = "zh"
) -> Chart:
    """Relatedness density (across) by number of places that have the segment (up), size by firms elsewhere.

    From `Clusters.next_segments`; 延链 and 补链 from `Chain.actions`; segments without a density stand beside, hatched. The index of
    complexity is given only where `Clusters.eci` gives one. QueryError for an unknown place and one without recorded firms.

    >>> next_segments(graph, place="上海").svg()  # doctest: +SKIP
    """
    title = pick(lang, "可延伸的环节", "Next segments")
    chart = Chart(graph, "next-segments", title, lang)
    here = find_place(graph, place)[0] if place else _busiest(graph)
    if here is None:
        _draw_nothing(chart)
        return chart
    names = names_in(graph, lang)
    with speaking(lang):
        found = _measured(graph, here, names, min_count)
    chart.title = f"{found.name}{chart.words['colon']}{title}"
    chart.subtitle = pick(
        lang,
        "图中未见本地企业的环节：越靠右越接近本地已有优势，越靠上别处越常见，圆越大别处企业越多",
        "Segments without a firm on record here: further right is nearer to what is here, higher more common, larger more firms",
    )
    if found.min_count != min_count:
        chart.subtitle += pick(
            lang,
            f"。每环节至少 {min_count} 家时得不到密度，此图一家也算",
            f". {min_count} firms per segment give no density: one counts",
        )
    draw_spots(chart, found.spots, found.nowhere)
    chart.legend = _legend(found, lang)
    layers = sorted({layer for spot in [*found.spots, *found.nowhere] for layer in spot.layers})
    actions = dict.fromkeys(action for spot in [*found.spots, *found.nowhere] for action in spot.actions)
    chart.filters = [
        Filter(pick(lang, "产业层", "Layer"), tuple((f"layer:{layer}", layer) for layer in layers)),
        Filter(pick(lang, "建议", "Action"), tuple((f"action:{one}", _action_word(one, lang)) for one in actions)),
    ]
    chart.n = pick(lang, f"{found.firms} 家企业", f"{found.firms} firms")
    chart.notes += found.notes
    chart.table = _table(found, lang)
    return chart


def _busiest(graph: KnowledgeGraph) -> str | None:
    """The city with most firms that have a segment; None where there is none."""
    firms = works_in(graph)[["id"]].drop_duplicates().merge(seats(graph), on="id")
    counted = firms.groupby("place")["id"].nunique()
    return None if counted.empty else str(min(counted.index, key=lambda city: (-int(counted[city]), city)))


def _draw_nothing(chart: Chart) -> None:
    chart.body.rect(0, 0, chart.width, 120, fill=HATCH, stroke="#c3cad4")
    chart.body.rect(chart.width / 2 - 160, 42, 320, 36, fill="#ffffff")
    empty = pick(chart.lang, "有环节与城市的企业：未见记载", "firms with segment and city: not recorded")
    chart.body.text(chart.width / 2, 65, empty, size=14, anchor="middle")
    chart.height = 120
    chart.table = pd.DataFrame(columns=[pick(chart.lang, "环节", "segment")])


def _measured(graph: KnowledgeGraph, here: str, names: dict[str, str], min_count: int) -> _Found:
    clusters, chain = Clusters(graph), Chain(graph)
    rows, used = clusters.next_segments(here, min_count=min_count), min_count
    if min_count > 1 and rows["value"].isna().all():
        rows, used = clusters.next_segments(here, min_count=1), 1
    found = _Found(here, names[here], used, firms=int(rows.attrs["n"] or 0))
    level = level_of(graph, here)
    ids = {name: node for node, name in names_of(graph, "City", "Province", "Region").items()}
    index, why = _complexity(clusters, level, used)
    if why:
        found.notes.append(why)
    advised = chain.actions(here, min_count=used)
    actions: dict[str, list[tuple[str, list[str]]]] = {}
    for row in records(advised):
        if row.action in ("extend", "fill"):
            actions.setdefault(row.id, []).append((row.action, list(row.neighbours)))
    states = {row.id: row for row in records(chain.states(here, min_count=used))}
    segments = chain_segments(graph)
    layers = layer_of(graph, [*rows["segment_id"], *segments])
    for row in records(rows):
        found.spots.append(
            Spot(
                id=row.segment_id,
                name=names[row.segment_id],
                density=float(row.value),
                low=float(row.low),
                high=float(row.high),
                places=int(row.places),
                firms=int(row.firms_elsewhere),
                where=[names.get(ids.get(name, ""), name) for name in row.items],
                layers=[names.get(f"layer:{layer}", layer) for layer in layers.get(row.segment_id, [])],
                actions=dict(actions.get(row.segment_id, [])),
                state=states[row.segment_id].state if row.segment_id in states else "",
                said_by=list(states[row.segment_id].stated_by) if row.segment_id in states else [],
                pci=index.get(row.segment_id, math.nan),
                sources=list(row.sources),
            )
        )
    # What has a firm nowhere is no column of the table: neither a density nor a number of places can be given.
    known = set(clusters.table(level).columns)
    for segment in segments:
        own = states.get(segment)
        if segment in known or own is None:
            continue
        found.nowhere.append(
            Spot(
                id=segment,
                name=names[segment],
                layers=[names.get(f"layer:{layer}", layer) for layer in layers.get(segment, [])],
                actions=dict(actions.get(segment, [])),
                state=own.state,
                said_by=list(own.stated_by),
                sources=list(own.sources),
            )
        )
    # The other notes of these measures are about what this picture does not show.
    notes = [
        rows.attrs.get("note") if any(math.isnan(spot.density) for spot in found.spots) else None,
        advised.attrs.get("note") if not any("extend" in spot.actions for spot in found.spots) else None,
    ]
    found.notes += [note for note in notes if note]
    return found


def _complexity(clusters: Clusters, level: str, min_count: int) -> tuple[dict[str, float], str]:
    """Complexity by segment where the index holds (`Clusters.eci`), else none and why not."""
    found = clusters.eci(level, min_count=min_count)
    if found["value"].notna().any():
        values = pci(presence(clusters.table(level), min_count=min_count))
        return {str(key): float(x) for key, x in values.dropna().items()}, ""
    reason = str(found.attrs.get("note") or "")
    return {}, say(f"no complexity (ECI, PCI): {reason}", f"不给经济复杂度（ECI、PCI）：{reason}")


def _action_word(action: str, lang: str) -> str:
    return pick(lang, "延链", "extend") if action == "extend" else pick(lang, "补链", "fill")


def _legend(found: _Found, lang: str) -> list[Key]:
    keys = [Key(pick(lang, "环节，面积为别处企业数", "segment; area: firms elsewhere"), "circle", (COLORS["plain"],))]
    if any("extend" in spot.actions for spot in found.spots):
        keys.append(Key(pick(lang, "延链：密度居本地未有环节前四分之一", "extend: density in the top quarter of what is absent here"), "circle", (COLORS["extend"],)))  # fmt: skip
    if any("fill" in spot.actions for spot in [*found.spots, *found.nowhere]):
        keys.append(Key(pick(lang, "补链：上下游环节本地已有", "fill: a neighbour in the chain is here"), "diamond", (COLORS["fill"],)))  # fmt: skip
    if any(spot.ranged for spot in found.spots):
        keys.append(Key(pick(lang, "横线：总部有矛盾的企业各归一城时的范围（圆点为各城都计入）", "bar: range where disputed firms are put in one city (the mark counts them in each)"), "line", ("#7a8492",)))  # fmt: skip
    return keys


def _table(found: _Found, lang: str) -> pd.DataFrame:
    headings = {
        "segment": ("环节", "segment"),
        "layers": ("产业层", "layer"),
        "density": ("关联密度", "relatedness density"),
        "low": ("下限", "low"),
        "high": ("上限", "high"),
        "places": ("有此环节的地方数", "places that have it"),
        "firms": ("别处企业数", "firms elsewhere"),
        "where": ("有此环节的地方", "where"),
        "actions": ("建议", "action"),
        "state": ("本地状态", "state here"),
        "said_by": ("提及者", "named by"),
        "pci": ("PCI", "PCI"),
    }

    def known(x: float) -> float | None:
        return None if math.isnan(x) else x

    rows = [
        {
            "segment": spot.name,
            "layers": spot.layers,
            "density": known(spot.density),
            "low": known(spot.low),
            "high": known(spot.high),
            "places": spot.places,
            "firms": spot.firms,
            "where": spot.where,
            "actions": [_action_word(action, lang) for action in spot.actions],
            "state": state_word(spot.state, lang) if spot.state else None,
            "said_by": spot.said_by,
            "pci": known(spot.pci),
        }
        for spot in [*found.spots, *found.nowhere]
    ]
    table = pd.DataFrame(rows, columns=list(headings))
    for column in ("density", "low", "high", "pci"):
        table[column] = table[column].astype("Float64")
    for column in ("places", "firms"):
        table[column] = table[column].astype("Int64")
    return table.rename(columns={key: both[lang == "en"] for key, both in headings.items()})
