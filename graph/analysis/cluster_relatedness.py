"""Diversity, proximity, relatedness density and complexity over a graph, and what a place could grow into."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aikg.graph.analysis import complexity
from aikg.graph.analysis.cluster_answers import answer, cell, ranged
from aikg.graph.analysis.cluster_inputs import LEVELS, Counted, counted, extremes
from aikg.graph.analysis.facts import things
from aikg.graph.analysis.names import find_place
from aikg.graph.analysis.relatedness import proximity, relatedness_density
from aikg.graph.analysis.tables import records
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

if TYPE_CHECKING:
    from aikg.graph.knowledge_graph import KnowledgeGraph

__all__ = ["Relatedness", "row_of"]

_ENOUGH = 10
"""Complexity is shown from so many places and segments on: on fewer it tells more about gaps than about places."""
_HAS = 3
"""Density is shown for places that have so many segments: with fewer there is nothing to be near to."""


class Relatedness:
    """The part of `Clusters` that starts from M, the segments in which a place is specialised."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        self.graph = graph

    def diversity(
        self, level: str = "City", *, min_count: int = 3, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """In how many segments a place is specialised (`value`: quotient ≥ 1 and at least `min_count` firms), in how many it has firms
        (`segments`), and how many places share the former on average (`ubiquity`).
        """
        found = counted(self.graph, level, places)
        m = complexity.presence(found.table, min_count=min_count)
        value, shared = complexity.diversity(m), complexity.reflections(m)[0]
        low, high = extremes(found, lambda t: complexity.diversity(complexity.presence(t, min_count=min_count)))
        rows = []
        for place in found.table.index:
            has = m.columns[m.loc[place] > 0]
            rows.append(
                {
                    "place": found.names[place],
                    "place_id": place,
                    "n": int(found.table.loc[place].sum()),
                    "place_firms": found.firms(place),
                    **(
                        ranged(float(value[place]), low.iloc[:, 0][place], high.iloc[:, 0][place])
                        # With fewer firms in every segment nothing could be told of any: that is no diversity of 0.
                        if (found.table.loc[place] >= min_count).any()
                        else ranged(math.nan, math.nan, math.nan)
                    ),
                    "segments": int((found.table.loc[place] > 0).sum()),
                    "ubiquity": shared[place],
                    "items": sorted(found.names[segment] for segment in has),
                    "sources": found.cited([place]),
                }
            )
        columns = ["place", "place_id", "n", "place_firms", "value", "low", "high", "segments", "ubiquity", "items"]
        return answer(rows, [*columns, "sources"], found)

    def proximity(
        self, level: str = "City", *, min_count: int = 3, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Proximity of each pair of segments that some place has, 0-1; `n` is how many places are specialised in both."""
        found = counted(self.graph, level, places)
        m = complexity.presence(found.table, min_count=min_count)
        value = proximity(m)
        low, high = extremes(found, lambda t: proximity(complexity.presence(t, min_count=min_count)))
        has = [segment for segment in m.columns if m[segment].any()]
        rows = []
        for at, one in enumerate(has):
            for other in has[at + 1 :]:
                at_places = m.index[(m[one] > 0) | (m[other] > 0)]
                rows.append(
                    {
                        "segment": found.names[one],
                        "segment_id": one,
                        "other": found.names[other],
                        "other_id": other,
                        "n": int((m[one] & m[other]).sum()),
                        **ranged(value.at[one, other], low.at[one, other], high.at[one, other]),
                        "sources": found.cited(at_places, [one, other]),
                    }
                )
        columns = ["segment", "segment_id", "other", "other_id", "n", "value", "low", "high", "sources"]
        alone = sum(1 for row in rows if row["n"] == 1)
        note = say(f"{alone} of {len(rows)} pairs rest on one place", f"{len(rows)} 对中有 {alone} 对只依据一个地方")
        return answer(rows, columns, found, note=note if alone else None)

    def relatedness_density(
        self, level: str = "City", *, min_count: int = 3, diagonal: bool = False, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Relatedness density, 0-1, of each place to each segment; NaN for places specialised in fewer than 3 segments.

        `n` are the firms of the place in the segment, null where none is recorded; `specialised` says whether the place has it in the
        sense of M. Sources are those of the place's segments that are near.
        """
        return _density(counted(self.graph, level, places), min_count=min_count, diagonal=diagonal)

    def eci(self, level: str = "City", *, min_count: int = 3, places: Sequence[str] | None = None) -> pd.DataFrame:
        """Economic complexity of places; NaN, with the reason in ``attrs["note"]``, where its conditions do not hold: ten places and ten
        segments that are specialised, all connected, a 2nd eigenvalue apart from the 3rd.
        """
        found = counted(self.graph, level, places)
        m = complexity.presence(found.table, min_count=min_count)
        value = complexity.eci(m)
        note = value.attrs["note"]
        rows_kept, columns_kept = int((m.sum(axis=1) > 0).sum()), int((m.sum() > 0).sum())
        if min(rows_kept, columns_kept) < _ENOUGH:
            value[:] = np.nan
            small = say(
                f"{rows_kept} places × {columns_kept} segments are specialised; the index needs {_ENOUGH} of each",
                f"只有 {rows_kept} 个地方、{columns_kept} 个环节有专业化优势，指数至少各需 {_ENOUGH} 个",
            )
            note = "; ".join(part for part in (small, note) if part)
        low, high = extremes(found, lambda t: complexity.eci(complexity.presence(t, min_count=min_count)))
        rows = [
            {
                "place": found.names[place],
                "place_id": place,
                "n": int(found.table.loc[place].sum()),
                "diversity": int(m.loc[place].sum()),
                **ranged(value[place], low.iloc[:, 0][place], high.iloc[:, 0][place]),
                "sources": found.cited([place]),
            }
            for place in found.table.index
        ]
        columns = ["place", "place_id", "n", "diversity", "value", "low", "high", "sources"]
        return answer(rows, columns, found, note=note)

    def next_segments(
        self, place: str = "深圳市", *, min_count: int = 3, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Segments of which no firm is recorded in the place: `density` of what is near, how many `places` have firms in it, and
        `firms_elsewhere`. n is null: not recorded, which is not none. QueryError for a place without recorded firms.
        """
        node, _ = find_place(self.graph, place)
        level = _level_of(self.graph, node)
        found = counted(self.graph, level, places, keep=node if level == "Region" else "")
        row = row_of(self.graph, found, node)
        near = _density(found, min_count=min_count, diagonal=False)
        density = near[(near["place_id"] == row) & near["n"].isna()]
        rows = []
        for gap in records(density):
            having = found.table.index[found.table[gap.segment_id] > 0]
            rows.append(
                {
                    "place": gap.place,
                    "place_id": gap.place_id,
                    "segment": gap.segment,
                    "segment_id": gap.segment_id,
                    "n": None,
                    "value": gap.value,
                    "low": gap.low,
                    "high": gap.high,
                    "places": len(having),
                    "firms_elsewhere": found.firms(segment=gap.segment_id),
                    "items": [found.names[other] for other in having],
                    "sources": sorted({*gap.sources, *found.cited(having, [gap.segment_id])}),
                }
            )
        columns = ["place", "place_id", "segment", "segment_id", "n", "value", "low", "high", "places"]
        note = None
        if min_count > 1 and density["value"].isna().all():
            note = say(
                f"no density with at least {min_count} firms per segment; min_count=1 counts single firms",
                f"每个环节至少 {min_count} 家企业时得不到密度；min_count=1 则一家也算",
            )
        return answer(rows, [*columns, "firms_elsewhere", "items", "sources"], found, note=note or near.attrs["note"])


def row_of(graph: KnowledgeGraph, found: Counted, place: str) -> str:
    """Id of the place that is a row of the table. QueryError where it is none: no firm recorded there, or another level."""
    node, name = find_place(graph, place)
    if node not in found.table.index:
        rows = ", ".join(found.names[row] for row in found.table.index[:8])
        raise QueryError(
            say(
                f"no company with a segment is recorded in {name} at this level; recorded are {rows or 'none'}",
                f"未见{name}有记载环节的企业；有记载的是 {rows or '无'}",
            )
        )
    return node


def _level_of(graph: KnowledgeGraph, node: str) -> str:
    for level in LEVELS:
        if node in set(things(graph, level)["id"]):
            return level
    raise QueryError(say(f"{node} is no city, province or region", f"{node} 不是城市、省份或区域"))


def _density(found: Counted, *, min_count: int, diagonal: bool) -> pd.DataFrame:
    def measure(table: pd.DataFrame) -> pd.DataFrame:
        m = complexity.presence(table, min_count=min_count)
        found_ = relatedness_density(m, diagonal=diagonal)
        return found_.where((m.sum(axis=1) >= _HAS).to_numpy()[:, None] & np.ones(m.shape, dtype=bool))

    m = complexity.presence(found.table, min_count=min_count)
    value, phi = measure(found.table), proximity(m).fillna(0.0)
    low, high = extremes(found, measure)
    rows = []
    for place in found.table.index:
        for segment in found.table.columns:
            near = m.columns[(m.loc[place] > 0) & (phi[segment] > 0)]
            rows.append(
                cell(found, place, segment)
                | {"specialised": bool(m.at[place, segment])}
                | ranged(value.at[place, segment], low.at[place, segment], high.at[place, segment])
                | {"sources": found.cited([place], near) if len(near) else found.sources.get((place, segment), [])}
            )
    columns = ["place", "place_id", "segment", "segment_id", "n", "specialised", "value", "low", "high", "sources"]
    note = say(
        f"NaN for places specialised in fewer than {_HAS} segments, and where nothing near is recorded",
        f"地方的优势环节不足 {_HAS} 个，或没有邻近环节的记载时为空",
    )
    return answer(rows, columns, found, note=note if value.isna().any(axis=None) else None)
