"""Krugman's index: how far the structure of a region is from a reference, and its twin for sectors over regions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aikg.graph.analysis.tables import checked, checked_series, one_total, same_labels

if TYPE_CHECKING:
    from aikg.graph.analysis.tables import Amounts

__all__ = ["REFERENCES", "hoover", "krugman", "krugman_concentration"]

REFERENCES = ("nation", "mean", "rest", "region")
"""What a region is compared with: the sum of all, the mean of the others' shares, the sum of the others, one region."""


def krugman(
    table: pd.DataFrame, reference: str | Amounts = "nation", *, region: Any = None, min_count: float = 0
) -> pd.Series[float]:
    """``sum_s |x_rs / X_r - ref_s|`` per region, 0 (same structure) to 2 (nothing in common) (Krugman 1991).

    `reference` decides the number: ``nation`` (all regions, the own one included), ``mean`` (unweighted mean of the
    other regions' shares), ``rest`` (the other regions pooled), ``region`` (the one named by `region`), or amounts per
    sector of your own. Some authors halve it: that is `hoover`. No activity in the region or the reference, or fewer
    than `min_count` → NaN.

    >>> krugman(pd.DataFrame([[20, 80, 0], [0, 0, 100]], index=["A", "B"]), "region", region="B").to_dict()
    {'A': 2.0, 'B': 0.0}
    """
    amounts = checked(table)
    totals = amounts.sum(axis=1)
    own = amounts.div(totals.where(totals > 0), axis=0)
    if not isinstance(reference, str):
        given = checked_series(reference, "reference")
        one_total(given, "reference")
        same_labels(amounts.columns, given.index, "reference")
        compared = _spread(_share(given.reindex(amounts.columns)), amounts)
    elif reference == "nation":
        compared = _spread(_share(amounts.sum()), amounts)
    elif reference == "region":
        if region not in amounts.index:
            raise ValueError(
                f"region {region!r} is no row of the table; it has {', '.join(map(str, amounts.index[:5]))}"
            )
        compared = _spread(own.loc[region], amounts)
    elif reference == "rest":
        others = amounts.sum() - amounts
        left = others.sum(axis=1)
        compared = others.div(left.where(left > 0), axis=0)
    elif reference == "mean":
        others = own.fillna(0.0).sum() - own.fillna(0.0)
        active = int((totals > 0).sum()) - (totals > 0).astype(int)
        compared = others.div(active.where(active > 0), axis=0)
    else:
        raise ValueError(f"reference {reference!r} is none of {', '.join(REFERENCES)}")
    found = (own - compared).abs().sum(axis=1, skipna=False)
    return found.where((totals > 0) & (totals >= min_count))


def hoover(
    table: pd.DataFrame, reference: str | Amounts = "nation", *, region: Any = None, min_count: float = 0
) -> pd.Series[float]:
    """Hoover's index of specialisation, 0-1: half of `krugman`, the share that would have to change sector."""
    return krugman(table, reference, region=region, min_count=min_count) / 2


def krugman_concentration(
    table: pd.DataFrame, reference: str | Amounts = "mean", *, sector: Any = None, min_count: float = 0
) -> pd.Series[float]:
    """The twin over regions: how far a sector's spread over the regions is from the other sectors', 0-2, per sector.

    `reference` as for `krugman`, with sectors in the place of regions (``region`` means the one sector named).
    """
    return krugman(checked(table).T, reference, region=sector, min_count=min_count)


def _share(amounts: pd.Series[float]) -> pd.Series[float]:
    total = float(amounts.sum())
    return amounts / total if total > 0 else amounts * np.nan


def _spread(shares: pd.Series[float], amounts: pd.DataFrame) -> pd.DataFrame:
    """The same reference for every region."""
    return pd.DataFrame([shares.to_numpy()] * len(amounts), index=amounts.index, columns=amounts.columns)
