"""Places side by side: one table of what the other measures say of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis import chain_inputs, supply
from aikg.graph.analysis.chain import Chain
from aikg.graph.analysis.coverage import STATES
from aikg.graph.analysis.facts import above, links, things
from aikg.graph.analysis.names import find_place
from aikg.graph.analysis.policy import Policies
from aikg.graph.analysis.policy_inputs import focus_of, policy_places
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say
from aikg.ontology.values import is_null

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["compare", "wide"]

_COLUMNS = ["place", "place_id", "measure", "name", "value", "unit", "n", "state", "sources"]
_RECORDED, _UNKNOWN = "recorded", "not recorded"


def compare(
    graph: KnowledgeGraph,
    places: Sequence[str],
    *,
    speakers: Iterable[str] = ("place", "policy"),
    k: int = 3,
    min_count: int = 3,
    roll_up: bool = False,
    segments: bool = True,
) -> pd.DataFrame:
    """Two or more places (cities, provinces, regions, countries) side by side, one row per place and measure.

    Columns: place, place_id, measure (a code), name (in the language of the moment), value (null where not recorded or not defined), unit, n (what the
    value rests on), state (recorded, not recorded, or too few; for segments their state), sources. Measures: companies, parks, policies and computing
    centres in the place; chain coverage (all, by layer, connected) and numbers of segments by state; leakage where SUPPLIES is recorded; what its
    policy focuses on, the share of focus words that have a segment, Spearman's rho of focus and quotients, likeness of focus to each other place
    (idf cosine); and, unless `segments` is off, firms and quotient of each segment that any of the places has. `wide` puts the places into columns.

    Raises QueryError for fewer than two different places, or an unknown one.

    >>> wide(compare(graph, ["深圳", "杭州"]))  # doctest: +SKIP
    """
    listed = [places] if isinstance(places, str) else list(places)
    found = dict(find_place(graph, text) for text in listed)
    if len(found) < 2:
        raise QueryError(
            say(
                f"a comparison needs two different places; given: {', '.join(listed)}",
                f"比较需要两个不同的地方；所给：{'、'.join(listed)}",
            )
        )
    said = tuple([speakers] if isinstance(speakers, str) else speakers)
    table, policies = _Table(), Policies(graph)
    for place, name in found.items():
        table.at(place, name)
        _things(graph, table, place)
        states = _chain(policies.chain, table, place, k, min_count, roll_up)
        _policy(policies, table, place, said, min_count)
        if segments:
            _segments(table, states)
    _likeness(policies, table, found, said, min_count)
    result = pd.DataFrame(table.rows, columns=_COLUMNS)
    if segments:
        shown = set(result.loc[result["measure"].str.startswith("firms:") & result["value"].notna(), "measure"])
        kept = [
            not m.startswith(("firms:", "lq:")) or f"firms:{m.partition(':')[2]}" in shown for m in result["measure"]
        ]
        result = result[kept].reset_index(drop=True)
    result["value"] = result["value"].astype("float64")
    result["n"] = result["n"].astype("Int64")
    result.attrs.update(by="firms", n=len(found), note=None, speakers=list(said))
    levels = {chain_inputs.level_of(graph, place) for place in found}
    if len(levels) > 1:
        result.attrs["note"] = say(
            f"the places are of different levels ({', '.join(sorted(levels))}): quotients compare each with its own level",
            f"所比地方层级不同（{'、'.join(sorted(levels))}），区位商各与本层级比较",
        )
    return result


def wide(found: pd.DataFrame) -> pd.DataFrame:
    """A comparison with a row per measure: measure, name, unit, a column per place, `n …` and `state …` per place, sources (of all).

    Places of one name are told apart by their id. Segments come after everything else, as in the long form.
    """
    places = list(dict.fromkeys(zip(found["place_id"], found["place"], strict=True)))
    names = [name for _, name in places]
    titles = {place: name if names.count(name) == 1 else f"{name} ({place})" for place, name in places}
    cells = {(row.place_id, row.measure): row for row in records(found)}
    heads = found.drop_duplicates("measure")
    heads = heads.assign(late=heads["measure"].str.startswith(("firms:", "lq:")))
    heads = heads.sort_values("late", kind="stable")
    rows = []
    for head in records(heads):
        row: dict[str, Any] = {"measure": head.measure, "name": head.name, "unit": head.unit}
        here = [(place, cells.get((place, head.measure))) for place, _ in places]
        row |= {titles[place]: math.nan if cell is None else cell.value for place, cell in here}
        row |= {f"n {titles[place]}": None if cell is None or is_null(cell.n) else int(cell.n) for place, cell in here}
        row |= {f"state {titles[place]}": None if cell is None else cell.state for place, cell in here}
        row["sources"] = sorted({entry for _, cell in here if cell is not None for entry in cell.sources})
        rows.append(row)
    columns = ["measure", "name", "unit", *titles.values(), *(f"n {t}" for t in titles.values())]
    columns += [*(f"state {t}" for t in titles.values()), "sources"]
    result = pd.DataFrame(rows, columns=columns)
    for title in titles.values():
        result[f"n {title}"] = result[f"n {title}"].astype("Int64")
    result.attrs.update(found.attrs)
    return result


class _Table:
    """Rows of the comparison, of the place at hand."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.place: tuple[str, str] = ("", "")

    def at(self, place: str, name: str) -> None:
        self.place = (place, name)

    def add(
        self,
        measure: str,
        name: str,
        value: float | None,
        unit: str,
        n: int | None,
        sources: Iterable[str],
        state: str | None = None,
    ) -> None:
        known = value is not None and not math.isnan(value)
        cited = sorted(set(sources))
        self.rows.append(
            {
                "place": self.place[1],
                "place_id": self.place[0],
                "measure": measure,
                "name": name,
                "value": value if known else math.nan,
                "unit": unit,
                "n": n or None,  # nothing on record is no count of zero
                "state": state or (_RECORDED if known else _UNKNOWN if not n else "too few"),
                "sources": cited,
            }
        )


def _share() -> str:
    return say("share, 0-1", "比例，0–1")


def _things(graph: KnowledgeGraph, table: _Table, place: str) -> None:
    """Companies, parks, centres and policies; none on record is not zero."""
    spots: dict[str, list[str]] = {node: way[place] for node, way in above(graph).items() if place in way}
    spots[place] = []
    inside = {node: sorted(way) for node, way in spots.items()}
    level = chain_inputs.level_of(graph, place)
    seated = chain_inputs.seats_with_municipalities(graph, level)
    seated = seated[seated["place"] == place]
    n = seated["id"].nunique()
    cited = [entry for said in seated["sources"] for entry in said]
    table.add("companies", say("companies", "企业"), n or None, say("companies", "家"), n, cited)
    for label, code, name, unit in (
        ("Park", "parks", say("parks", "园区"), say("parks", "个")),
        ("ComputeCenter", "centres", say("computing centres", "智算中心"), say("centres", "个")),
    ):
        of = [node for node in things(graph, label)["id"] if node in inside]
        said = [entry for node in of for entry in inside[node]]
        table.add(code, name, len(of) or None, unit, len(of), said)
    owned = policy_places(graph)
    rows = links(graph, "APPLIES_TO", "ISSUED_BY", subjects=["Policy"])
    mine = sorted(policy for policy, where in owned.items() if place in where)
    said = [
        e for s, o, c in zip(rows["subject"], rows["object"], rows["sources"], strict=True) if o == place for e in c
    ]
    name = say("policies of its own", "本级政策")
    table.add("policies", name, len(mine) or None, say("policies", "项"), len(mine), said)


def _chain(chain: Chain, table: _Table, place: str, k: int, min_count: int, roll_up: bool) -> pd.DataFrame:
    graph, share = chain.graph, _share()
    whole = chain.coverage([place], roll_up=roll_up).iloc[0]
    n = int(whole["n"])
    # Without any firm on record a coverage of 0 would claim that nothing is there.
    held = n > 0
    table.add(
        "coverage", say("chain coverage", "产业链覆盖度"), whole["value"] if held else None, share, n, whole["sources"]
    )
    linked = say("connected coverage", "上下游连通覆盖度")
    table.add(
        "connected",
        linked,
        whole["connected"] if held else None,
        share,
        int(whole["pairs"]) if held else 0,
        whole["sources"],
    )
    for layer, name in _layers(graph):
        row = chain.coverage([place], layer=layer, roll_up=roll_up).iloc[0]
        of_layer = say(f"coverage of {name}", f"{name}覆盖度")
        own = int(row["n"])
        table.add(
            f"coverage:{layer}",
            of_layer,
            row["value"],
            share,
            own,
            row["sources"] or whole["sources"],
        )
    states = chain.states(place, k=k, min_count=min_count, roll_up=roll_up)
    words = {
        "strong": say("segments strong", "强势环节"),
        "present": say("segments present", "具备环节"),
        "thin": say("segments thin", "薄弱环节"),
        "stated": say("segments stated only", "仅见表述的环节"),
        "not recorded": say("segments not recorded", "未见记载的环节"),
    }
    for state in STATES:
        if state in words:
            of = states[states["state"] == state]
            cited = [entry for said in of["sources"] for entry in said] or whole["sources"]
            code = f"segments:{state.replace(' ', '_')}"
            # Nothing but gaps on record is said as such; "0 segments strong" needs firms to say it of.
            count = float(len(of)) if held or state == "not recorded" or len(of) else None
            table.add(code, words[state], count, say("segments", "个"), len(states) if held else len(of), cited)
    if "SUPPLIES" in graph.edges:
        row = supply.leakage_of(graph, place, min_count=min_count).iloc[0]
        table.add(
            "leakage", say("leakage of supply", "供应外部依赖"), row["value"], share, int(row["n"]), row["sources"]
        )
    return states


def _layers(graph: KnowledgeGraph) -> list[tuple[str, str]]:
    """Id and name of the layers, from upstream to downstream."""
    frame = graph.nodes.get("ChainLayer")
    if frame is None:
        return []
    order = [math.inf if is_null(at) else int(at) for at in frame["order"].astype(object)]
    return [(node, name) for _, node, name in sorted(zip(order, frame["id"], frame["name"], strict=True))]


def _segments(table: _Table, states: pd.DataFrame) -> None:
    for row in records(states.sort_values("id")):
        unit = say("companies", "家")
        table.add(f"firms:{row.id}", row.segment, row.n or None, unit, row.n, row.sources, row.state)
        quotient = say(f"{row.segment}: location quotient", f"{row.segment}：区位商")
        table.add(f"lq:{row.id}", quotient, row.lq if row.n else None, "", row.n, row.sources, row.state)


def _policy(policies: Policies, table: _Table, place: str, speakers: tuple[str, ...], min_count: int) -> None:
    focus = policies.focus(place, speakers=speakers)
    cited = [entry for said in focus["sources"] for entry in said]
    n = len(focus)
    table.add("focus", say("segments in focus", "政策重点环节"), n or None, say("segments", "个"), n, cited)
    gap = policies.gap(place, speakers=speakers, min_count=min_count)
    words = int(gap.attrs["words"])
    name = say("focus words with a segment of the chain", "可对应到产业链环节的重点词")
    named = [entry for of in policies.focus(place, speakers=speakers, items="words")["sources"] for entry in of]
    table.add("mapped", name, gap.attrs["mapped"], _share(), words, named)
    ranked = int(gap["gap"].notna().sum())
    said = [entry for of in gap["sources"] for entry in of]
    name = say("policy and firms (Spearman's rho)", "政策与企业的秩相关（斯皮尔曼）")
    table.add("gap_spearman", name, gap.attrs["spearman"], say("-1 to 1", "-1 至 1"), ranked, said)


def _likeness(
    policies: Policies, table: _Table, places: dict[str, str], speakers: tuple[str, ...], min_count: int
) -> None:
    """Likeness of focus to each of the other places, as rows `similarity:<id>`; to itself there is none."""
    pairs = policies.similarity(list(places), speakers=speakers, min_count=min_count)
    found = focus_of(policies.graph, speakers=speakers)
    for row in records(pairs):
        for place, other in ((row.place_id, row.other_id), (row.other_id, row.place_id)):
            table.at(place, places[place])
            name = say(f"likeness of focus to {places[other]}", f"与{places[other]}的政策重点相似度")
            n = min(len(found.items(place)), len(found.items(other)))
            table.add(f"similarity:{other}", name, row.value, _share(), n, row.sources)
