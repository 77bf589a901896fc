"""What the measures of clusters start from: firms per place and segment with their sources.

A firm counts once in every segment it works in and in every place it is recorded in. Where its headquarters are
disputed it counts in each of the cities; `Counted.variants` are the tables with each such firm in one city only.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from aikg.graph.analysis.facts import above, links, names_of, seats, things, works_in
from aikg.graph.analysis.names import find
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["LEVELS", "Counted", "counted", "disjoint", "extremes", "rows_of_level"]

LEVELS = ("City", "Province", "Region")
_COMBINATIONS = 4096


@dataclass(frozen=True)
class Counted:
    """Distinct firms per place and segment: `table` (ids as labels), names by id, and per cell its firms and sources."""

    table: pd.DataFrame
    names: dict[str, str]
    members: dict[tuple[str, str], set[str]]
    sources: dict[tuple[str, str], list[str]]
    variants: list[pd.DataFrame] | None = field(default_factory=list)
    note: str | None = None

    def firms(self, place: str | None = None, segment: str | None = None) -> int:
        """Distinct firms of a place, of a segment, or of all: fewer than the cells' sum, since a firm may work in several."""
        of = [m for (p, s), m in self.members.items() if place in (None, p) and segment in (None, s)]
        return len(set().union(*of))

    def number(self, place: str, segment: str) -> int:
        """Firms of one cell."""
        return len(self.members.get((place, segment), ()))

    def cited(self, places: Iterable[str] = (), segments: Iterable[str] = ()) -> list[str]:
        """Sources of the cells of these places and segments; all, where none is given."""
        here, of = set(places), set(segments)
        cells = [said for (p, s), said in self.sources.items() if (not here or p in here) and (not of or s in of)]
        return sorted({entry for said in cells for entry in said})


def counted(graph: KnowledgeGraph, level: str, places: Sequence[str] | None = None, *, keep: str = "") -> Counted:
    """Firms of each place of the level in each segment. QueryError for another level, unknown or overlapping places.

    Province counts the cities that are provinces (北京, 上海, 天津, 重庆) among its rows. Regions overlap: see `disjoint`;
    `places` names the rows instead, and `keep` is the id of one that the choice must hold.
    """
    chosen = rows_of_level(graph, level, places, keep=keep)
    found = _seats(graph, level)
    found = found[found["place"].isin(chosen)]
    work = works_in(graph)
    by_firm: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in records(work):
        by_firm[row.id][row.segment] = row.sources
    cells: dict[tuple[str, str], set[str]] = defaultdict(set)
    firms: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in records(found):
        for segment, said in by_firm.get(row.id, {}).items():
            cells[row.place, segment].update(row.sources, said)
            firms[row.place, segment].add(row.id)
    index, columns = sorted({p for p, _ in firms}), sorted({s for _, s in firms})
    homes = {f: alternatives for f, alternatives in _disputed(graph, set(index)).items() if f in by_firm}
    note = None
    if not firms:
        note = say(
            f"this graph records no company with both a segment and a {level.lower()}",
            f"本图没有同时记载环节和所在地（{level.lower()}）的企业",
        )
    names = {**names_of(graph, "ChainSegment"), **names_of(graph, *LEVELS)}
    whole = _frame({cell: len(of) for cell, of in firms.items()}, index, columns)
    rest = _frame({cell: len(of - set(homes)) for cell, of in firms.items()}, index, columns)
    variants, unassigned = _variants(rest, {f: (homes[f], list(by_firm[f])) for f in sorted(homes)})
    return Counted(
        table=whole,
        names=names,
        members=dict(sorted(firms.items())),
        sources={cell: sorted(of) for cell, of in sorted(cells.items())},
        variants=variants,
        note=note or unassigned,
    )


def extremes(
    table: Counted, measure: Callable[[pd.DataFrame], pd.DataFrame | pd.Series[Any]]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lowest and highest result, as frames with the labels of the measure (a Series: one column).

    Over the variants, each of which puts every disputed firm into one of its cities, and the table itself, which counts
    it in all of them: so the value lies within its range.
    Undefined in a variant (a place that has lost its only firm) says nothing; undefined in all, or more than 4,096 variants: NaN.
    """
    results = [pd.DataFrame(measure(variant)).astype("float64") for variant in [table.table, *(table.variants or [])]]
    if table.variants is None:  # too many of them
        return results[0] * math.nan, results[0] * math.nan
    low, high = results[0], results[0]
    for other in results[1:]:
        low = low.where(~(other < low) & low.notna(), other)
        high = high.where(~(other > high) & high.notna(), other)
    return low, high


def rows_of_level(
    graph: KnowledgeGraph, level: str, places: Sequence[str] | None = None, *, keep: str = ""
) -> list[str]:
    """Ids of the places that are rows: those named, else all of the level, of regions a disjoint choice."""
    if level not in LEVELS:
        raise QueryError(
            say(f"level '{level}' is none of {', '.join(LEVELS)}", f"层级“{level}”不对，应为 {'、'.join(LEVELS)} 之一")
        )
    named = [places] if isinstance(places, str) else list(places or ())
    if named:
        labels = ("Province", "City") if level == "Province" else (level,)
        chosen = [find(graph, text, *labels)[0] for text in named]
        _apart(graph, chosen)
        return sorted(set(chosen))
    if level == "Region":
        return disjoint(graph, keep=keep)
    return sorted({*things(graph, level)["id"], *(_municipalities(graph) if level == "Province" else ())})


def disjoint(graph: KnowledgeGraph, *, keep: str = "") -> list[str]:
    """Regions of which no two share a place: as many as possible, then with as many firms as possible, then by id; `keep` is in.

    珠三角 lies in 粤港澳大湾区 and both in 东部地区: counted side by side, their firms would count several times, and relatedness
    density would pass 1. Only regions with firms are looked at.
    """
    seated = seats(graph, "Region")
    firms = Counter(seated["place"])
    members = _members(graph)
    fixed = [keep] if keep else []
    regions = sorted((r for r in firms if r not in fixed), key=lambda r: (firms[r], r))
    best: tuple[int, int, list[str]] = (0, 0, [])

    def widen(chosen: list[str], at: int) -> None:
        nonlocal best
        size = (len(chosen), sum(firms[r] for r in chosen))
        if size > best[:2] or (size == best[:2] and sorted(chosen) < best[2]):
            best = (*size, sorted(chosen))
        if len(chosen) + len(regions) - at < best[0]:
            return
        for next_at in range(at, len(regions)):
            region = regions[next_at]
            if all(members[region].isdisjoint(members[other]) for other in chosen):
                widen([*chosen, region], next_at + 1)

    widen(fixed, 0)
    return best[2]


def _members(graph: KnowledgeGraph) -> dict[str, set[str]]:
    """Places within each place, itself included."""
    inside: dict[str, set[str]] = defaultdict(set)
    kinds = set(things(graph, "District", "City", "Province", "Region")["id"])
    ways = above(graph, "PART_OF")
    for node in kinds:
        for reached in ways.get(node, {node: []}):
            inside[reached].add(node)
    return inside


def _apart(graph: KnowledgeGraph, chosen: list[str]) -> None:
    members, names = _members(graph), names_of(graph, *LEVELS)
    for one, other in itertools.combinations(sorted(set(chosen)), 2):
        if members[one] & members[other]:
            raise QueryError(
                say(
                    f"{names[one]} and {names[other]} overlap, so firms would count twice; leave one out",
                    f"{names[one]}与{names[other]}有重叠，企业会被重复计算；请去掉其中一个",
                )
            )


def _municipalities(graph: KnowledgeGraph) -> set[str]:
    """Cities that are provinces by their code (GB/T 2260: 110000)."""
    frame = graph.nodes.get("City")
    if frame is None:
        return set()
    ids = frame["id"].astype(str)
    return set(ids[ids.str.fullmatch(r"city:\d{2}0000")])


def _seats(graph: KnowledgeGraph, level: str) -> pd.DataFrame:
    found = seats(graph, level)
    if level == "Province":
        cities = seats(graph, "City")
        found = pd.concat([found, cities[cities["place"].isin(_municipalities(graph))]], ignore_index=True)
    return found


def _disputed(graph: KnowledgeGraph, rows: set[str]) -> dict[str, list[set[str]]]:
    """Firms with headquarters in several cities: for each of the cities, the rows of the table that they then count in.

    A site or a park that hosts the firm is no headquarters and counts in any case.
    """
    frame = graph.edges.get("LOCATED_IN")
    if frame is None or "role" not in frame:
        return {}
    ways, cities = above(graph), set(things(graph, "City")["id"])
    firms = set(things(graph, "Company")["id"])
    homes: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    always: dict[str, set[str]] = defaultdict(set)
    for firm, spot, role in zip(frame["subject"], frame["object"], frame["role"].astype(object), strict=True):
        if firm in firms:
            reached = set(ways.get(spot, {spot: []}))
            at = reached & cities if isinstance(role, str) and role == "headquarters" else set()
            for city in at:
                homes[firm][city] |= reached & rows
            if not at:
                always[firm] |= reached & rows
    for row in records(links(graph, "HOSTS", objects=["Company"])):
        always[row.object] |= set(ways.get(row.subject, {row.subject: []})) & rows
    return {
        firm: [of[city] | always[firm] for city in sorted(of)]
        for firm, of in homes.items()
        if len(of) > 1 and set().union(*of.values()) | always[firm]
    }


def _frame(cells: dict[tuple[str, str], int], index: list[str], columns: list[str]) -> pd.DataFrame:
    rows = [[cells.get((place, segment), 0) for segment in columns] for place in index]
    return pd.DataFrame(rows, index=index, columns=columns, dtype="int64")


def _variants(
    rest: pd.DataFrame, disputed: dict[str, tuple[list[set[str]], list[str]]]
) -> tuple[list[pd.DataFrame] | None, str | None]:
    if not disputed:
        return [], None
    options = [[(spots, segments) for spots in homes] for homes, segments in disputed.values()]
    number = math.prod(len(option) for option in options)
    if number > _COMBINATIONS:
        return None, say(
            f"low and high are not computed: {len(disputed)} companies with disputed headquarters can be assigned in {number} ways, more than {_COMBINATIONS}",
            f"未计算 low 与 high：{len(disputed)} 家企业总部有矛盾，分配方式有 {number} 种，超过 {_COMBINATIONS} 种",
        )
    found = []
    for choice in itertools.product(*options):
        table = rest.copy()
        for spots, segments in choice:
            for place in spots:
                table.loc[place, segments] += 1
        found.append(table)
    return found, None
