"""Measures of clusters over a graph: who is concentrated where, and what a place could grow into.

Each builds a table of places × segments from the graph (`cluster_inputs`) and calls a pure function of this package.
A number of firms in a graph measures what sources tell as well as the economy: results say what was counted
(``attrs["by"]``), how many, from which sources, and are NaN below `min_count` firms. What is not recorded has no row or no n.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from aikg.graph.analysis import cluster_profile, concentration, quotient, spatial
from aikg.graph.analysis.cluster_answers import FIRMS, answer, cell, ranged, told
from aikg.graph.analysis.cluster_inputs import counted, extremes, rows_of_level
from aikg.graph.analysis.cluster_published import published_quotient, published_table
from aikg.graph.analysis.cluster_relatedness import Relatedness, row_of
from aikg.graph.analysis.specialisation import REFERENCES, krugman
from aikg.graph.analysis.stars import cluster_stars
from aikg.ontology.errors import QueryError
from aikg.ontology.language import say

__all__ = ["Clusters"]


class Clusters(Relatedness):
    """``kg.clusters``: measures over the places of a graph. `graph` is a KnowledgeGraph.

    `level` is City, Province (with the cities that are provinces) or Region (a choice that does not overlap, or the
    `places` you name). `min_count` firms are needed for a number.

    >>> Clusters(graph).location_quotient(level="City")  # doctest: +SKIP
    """

    # -- the table --------------------------------------------------------------------------------

    def table(self, level: str = "City", by: str = FIRMS, *, places: Sequence[str] | None = None) -> pd.DataFrame:
        """Places × segments with ids as labels: distinct firms, or what sources publish of an indicator (NaN: not given).

        ``attrs``: by, n (distinct firms, or values), names (by id), note. Firms: 0 means that none is recorded.
        """
        if by != FIRMS:
            rows = rows_of_level(self.graph, level, places)
            return published_table(self.graph, by, level, rows)
        found = counted(self.graph, level, places)
        wide = found.table.copy()
        labels = [*wide.index, *wide.columns]
        told(wide, by=by, n=found.firms(), note=found.note)
        wide.attrs["names"] = {key: found.names[key] for key in labels}
        return wide

    # -- concentration and specialisation -----------------------------------------------------------

    def location_quotient(
        self,
        level: str = "City",
        by: str = FIRMS,
        *,
        min_count: int = 3,
        places: Sequence[str] | None = None,
        significance: bool = False,
    ) -> pd.DataFrame:
        """Location quotient of each place and segment that has firms: `n` them, `place_firms` those of the place.

        `by` may be an indicator that sources publish by place and segment or layer (泛人工智能企业占比): then the country is what it is
        compared with, shares by shares, and n is null. `significance` adds `p`, the hypergeometric chance of as many firms.
        """
        if by != FIRMS:
            rows = rows_of_level(self.graph, level, places)
            return published_quotient(self.graph, by, level, rows)
        found = counted(self.graph, level, places)
        value = quotient.location_quotient(found.table, min_count)
        low, high = extremes(found, quotient.location_quotient)
        chance = quotient.hypergeometric_p(found.table) if significance and len(found.table) else None
        rows_ = []
        for place, segment in found.sources:
            row = cell(found, place, segment) | {"place_firms": found.firms(place)}
            row |= ranged(value.at[place, segment], low.at[place, segment], high.at[place, segment])
            if significance:
                row["p"] = None if chance is None else chance.at[place, segment]
            rows_.append(row | {"sources": found.sources[place, segment]})
        columns = ["place", "place_id", "segment", "segment_id", "n", "place_firms", "value", "low", "high"]
        among = say(
            f"quotients compare these {len(found.table)} places with each other, not with all places of the level",
            f"区位商只在这 {len(found.table)} 个地方之间比较，不与该层级的全部地方比较",
        )
        columns = [*columns, *(["p"] if significance else []), "sources"]
        return answer(rows_, columns, found, min_count=min_count, note=among if places else None)

    def concentration(
        self, level: str = "City", *, k: int = 4, min_count: int = 3, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """How concentrated each segment is over places: HHI (`value`, 0-1), `normalised`, `equivalent` number, `cr` of the k largest."""
        if k < 1:
            raise QueryError(say(f"k={k}: the k largest need k ≥ 1", f"k={k}：至少为 1"))
        found = counted(self.graph, level, places)
        low, high = extremes(found, lambda table: table.apply(_hhi))
        rows = []
        for segment in found.table.columns:
            spread = found.table[segment]
            n = int(spread.sum())
            enough = n >= min_count and n > 0
            kept = spread[spread > 0]
            rows.append(
                {
                    "segment": found.names[segment],
                    "segment_id": segment,
                    "n": n,
                    "places": len(kept),
                    **ranged(_hhi(spread) if enough else np.nan, low.iloc[:, 0][segment], high.iloc[:, 0][segment]),
                    "normalised": concentration.hhi(spread, normalised=True, renormalise=True) if enough else np.nan,
                    "equivalent": concentration.hhi(spread, equivalent=True, renormalise=True) if enough else np.nan,
                    "cr": concentration.cr_k(spread, k, renormalise=True) if enough else np.nan,
                    "largest": [found.names[place] for place in kept[kept == kept.max()].index],
                    "sources": found.cited(segments=[segment]),
                }
            )
        columns = ["segment", "segment_id", "n", "places", "value", "low", "high", "normalised", "equivalent", "cr"]
        return answer(rows, [*columns, "largest", "sources"], found, min_count=min_count)

    def specialisation(
        self,
        level: str = "City",
        *,
        reference: str = "nation",
        against: str = "",
        min_count: int = 3,
        places: Sequence[str] | None = None,
    ) -> pd.DataFrame:
        """Krugman's index of each place, 0-2, and its half (`hoover`). `reference`: nation (all places of the table), mean or rest
        (the others), or region: the place named by `against`.
        """
        if reference not in REFERENCES:
            raise QueryError(
                say(
                    f"reference '{reference}' is none of {', '.join(REFERENCES)}",
                    f"参照“{reference}”不对，应为 {'、'.join(REFERENCES)} 之一",
                )
            )
        found = counted(self.graph, level, places)
        other = None
        if reference == "region":
            if not against:
                raise QueryError(say("reference=region needs against=PLACE", "reference=region 需要 against=地方"))
            other = row_of(self.graph, found, against)
        value = krugman(found.table, reference, region=other, min_count=min_count)
        low, high = extremes(found, lambda table: krugman(table, reference, region=other))
        # A firm in two segments is two entries of the table, and one firm.
        shown = {p: value[p] if found.firms(p) >= min_count else math.nan for p in found.table.index}
        rows = [
            {
                "place": found.names[place],
                "place_id": place,
                "n": int(found.table.loc[place].sum()),
                "place_firms": found.firms(place),
                **ranged(shown[place], low.iloc[:, 0][place], high.iloc[:, 0][place]),
                "hoover": shown[place] / 2,
                "reference": found.names[other] if other else reference,
                "sources": found.cited([place]),
            }
            for place in found.table.index
        ]
        columns = ["place", "place_id", "n", "place_firms", "value", "low", "high", "hoover", "reference", "sources"]
        return answer(rows, columns, found, min_count=min_count)

    def locational_gini(
        self, level: str = "City", *, min_count: int = 3, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Locational Gini of each segment, 0 (spread like all firms) to 1."""
        return self._of_segments(spatial.locational_gini, level, min_count, places)

    def ellison_glaeser(
        self, level: str = "City", *, min_count: int = 3, places: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Ellison-Glaeser gamma of each segment from numbers of firms (the graph knows no plant sizes), H = 1/n."""
        return self._of_segments(spatial.ellison_glaeser, level, min_count, places)

    def _of_segments(
        self,
        measure: Callable[[pd.DataFrame], pd.Series[float]],
        level: str,
        min_count: int,
        places: Sequence[str] | None,
    ) -> pd.DataFrame:
        found = counted(self.graph, level, places)
        value = measure(found.table)
        low, high = extremes(found, measure)
        rows = []
        for segment in found.table.columns:
            n = int(found.table[segment].sum())
            rows.append(
                {
                    "segment": found.names[segment],
                    "segment_id": segment,
                    "n": n,
                    "places": int((found.table[segment] > 0).sum()),
                    **ranged(
                        value[segment] if n >= min_count else np.nan,
                        low.iloc[:, 0][segment],
                        high.iloc[:, 0][segment],
                    ),
                    "sources": found.cited(segments=[segment]),
                }
            )
        columns = ["segment", "segment_id", "n", "places", "value", "low", "high", "sources"]
        return answer(rows, columns, found, min_count=min_count)

    def stars(self, level: str = "City", *, min_count: int = 3, places: Sequence[str] | None = None) -> pd.DataFrame:
        """Cluster stars of each place and segment that has firms; NaN with the reason below 20 places or `min_count` firms."""
        found = counted(self.graph, level, places)
        pure = {(row["region"], row["sector"]): row for row in cluster_stars(found.table, min_count).to_dict("records")}
        low, high = extremes(found, lambda table: cluster_stars(table).set_index(["region", "sector"])[["stars"]])
        rows = []
        for where in found.sources:
            row = pure[where]
            held = {name: row[name] for name in ("size", "specialisation", "focus")}
            stars = ranged(row["stars"], low.at[where, "stars"], high.at[where, "stars"])
            said = {"reason": row["reason"], "sources": found.sources[where]}
            rows.append(cell(found, *where) | held | stars | said)
        columns = ["place", "place_id", "segment", "segment_id", "n", "size", "specialisation", "focus"]
        return answer(rows, [*columns, "value", "low", "high", "reason", "sources"], found, min_count=min_count)

    # -- profiles -----------------------------------------------------------------------------------

    def gem(self, scores: pd.DataFrame | Iterable[Mapping[str, Any]] | None = None) -> pd.DataFrame:
        """Porter's diamond as a number (GEM, 10-1000) of each place; see `cluster_profile.gem_of_places`."""
        return cluster_profile.gem_of_places(self.graph, scores)

    def profile(self, place: str, other: str | None = None) -> pd.DataFrame:
        """A cluster in numbers, beside another one if given; see `cluster_profile.profile`."""
        return cluster_profile.profile(self.graph, place, other)


def _hhi(spread: pd.Series[float]) -> float:
    return concentration.hhi(spread, renormalise=True)
