"""Cluster stars of the European Cluster Observatory: size, specialisation, focus; one star for each that holds."""

from __future__ import annotations

import math

import pandas as pd

from aikg.graph.analysis.quotient import location_quotient
from aikg.graph.analysis.tables import checked
from aikg.ontology.language import say

__all__ = ["cluster_stars"]


def cluster_stars(
    table: pd.DataFrame, min_count: float = 0, *, top: float = 0.1, quotient: float = 2.0, min_regions: int = 20
) -> pd.DataFrame:
    """One row per region and sector: `region`, `sector`, `n`, `size`, `specialisation`, `focus` (1, 0 or NaN), `stars`, `reason`.

    `size`: among the `top` share of regions by the sector's amount; `specialisation`: location quotient of at least
    `quotient`; `focus`: among the `top` share of regions by the sector's share of the region's own activity. A tie that does
    not fit whole into the top wins no star, and neither does an amount of 0. `stars` is NaN, and `reason` says why, with
    fewer than `min_regions` active regions, with less than `min_count`, or with no activity in the region or sector.
    """
    if not 0 < top <= 1:
        raise ValueError(f"top is {top}; it is a share between 0 and 1")
    amounts = checked(table)
    quotients = location_quotient(amounts)
    totals, sectors = amounts.sum(axis=1), amounts.sum()
    active = amounts[totals > 0]
    places = math.floor(len(active) * top + 1e-9)
    own = active.div(totals[totals > 0], axis=0)
    # `max`: tied regions all get the last rank of their group, so that they are in only together.
    large = (active.rank(ascending=False, method="max") <= places) & (active > 0)
    focused = (own.rank(ascending=False, method="max") <= places) & (active > 0)
    few = say(
        f"only {len(active)} regions; a top tenth needs {min_regions}",
        f"只有 {len(active)} 个地区，取前一成至少要 {min_regions} 个",
    )
    rows = []
    for region in amounts.index:
        for sector in amounts.columns:
            n = float(amounts[sector][region])
            reason = None
            if totals[region] == 0 or sectors[sector] == 0:
                reason = say("no activity in the region or the sector", "该地区或该环节没有任何活动")
            elif len(active) < min_regions:
                reason = few
            elif n < min_count:
                reason = say(f"fewer than {min_count:g}", f"少于 {min_count:g}")
            held = (math.nan, math.nan, math.nan)
            if reason is None:
                held = (
                    float(large[sector][region]),
                    float(quotients[sector][region] >= quotient),
                    float(focused[sector][region]),
                )
            rows.append((region, sector, n, *held, sum(held), reason))
    columns = ["region", "sector", "n", "size", "specialisation", "focus", "stars", "reason"]
    return pd.DataFrame(rows, columns=columns)
