"""Location quotient (区位商) over regions × sectors; Balassa's index of revealed comparative advantage is the same formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aikg.graph.analysis.tables import checked, checked_series, one_total, same_labels

if TYPE_CHECKING:
    from aikg.graph.analysis.tables import Amounts

__all__ = ["hypergeometric_p", "location_quotient", "quotient_of_shares"]


def location_quotient(table: pd.DataFrame, min_count: float = 0, *, reference: Amounts | None = None) -> pd.DataFrame:
    """``(x_rs / X_r) / (X_s / X)``: how much larger a sector's share is in the region than in the whole (Hoover 1936).

    `table` is regions × sectors (firms, staff, patents …), at least two regions, or one with a `reference`: the amount
    of each sector in the whole (default: the column sums of the table). 1 is the average. No activity in the region or
    in the sector → NaN; activity elsewhere but not here → 0; an amount above 0 but below `min_count` → NaN, because one
    firm more or less would move the quotient by more than it says. ValueError names a negative or missing cell.

    >>> location_quotient(pd.DataFrame({"chips": [3, 1], "voice": [1, 3]}, index=["A", "B"]))
       chips  voice
    A    1.5    0.5
    B    0.5    1.5
    """
    amounts = checked(table)
    whole = amounts.sum() if reference is None else checked_series(reference, "reference")
    if reference is not None:
        one_total(whole, "reference")
        same_labels(amounts.columns, whole.index, "reference")
        whole = whole.reindex(amounts.columns)
    own = amounts.div(_positive(amounts.sum(axis=1)), axis=0)
    total = float(whole.sum())
    found = own.div(_positive(whole) / total if total > 0 else whole * np.nan, axis=1)
    return found.mask((amounts > 0) & (amounts < min_count))


def quotient_of_shares(shares: Amounts, reference: Amounts) -> pd.Series[float]:
    """The quotient where sources publish shares, not amounts: share here / share in the whole, sector by sector.

    Both in the same unit (0-1 or %). A share of 0 in the whole → NaN.

    >>> quotient_of_shares({"manufacturing": 49.7}, {"manufacturing": 43.3}).round(3)
    manufacturing    1.148
    dtype: float64
    """
    own, whole = checked_series(shares, "shares"), checked_series(reference, "reference")
    one_total(own, "shares")
    one_total(whole, "reference")
    same_labels(own.index, whole.index, "reference")
    return own / _positive(whole.reindex(own.index))


def hypergeometric_p(table: pd.DataFrame) -> pd.DataFrame:
    """Probability of at least as many firms of the sector in the region, were firms dealt to regions by chance.

    Hypergeometric upper tail P(N ≥ x_rs) with X firms, X_s of the sector, X_r drawn. Counts must be whole numbers.
    No activity in the region or in the sector → NaN.
    """
    from scipy.stats import hypergeom

    counts = checked(table)
    for column in counts.columns:
        for row, value in counts[column].items():
            if value != int(value):
                raise ValueError(f"table[{row!r}, {column!r}] is {value}; the probability needs whole numbers")
    total = int(counts.to_numpy().sum())
    regions, sectors = counts.sum(axis=1).to_numpy(), counts.sum().to_numpy()
    drawn, of_kind = regions[:, None] + 0 * sectors, sectors + 0 * regions[:, None]
    found = pd.DataFrame(
        hypergeom.sf(counts.to_numpy() - 1, total, of_kind, drawn), index=counts.index, columns=counts.columns
    )
    return found.where((drawn > 0) & (of_kind > 0))


def _positive(amounts: pd.Series[float]) -> pd.Series[float]:
    """Zeros become NaN, so that what is divided by them is undefined."""
    return amounts.where(amounts > 0)
